"""Statements over a domain: roll calls, ledger rows or states, and what is said to hold of them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from comity.audit.parts_of import (
    Choices,
    GroupId,
    Is,
    LedgerName,
    Pairs,
    Part,
    PastWhen,
    PeriodText,
    Selected,
    TestPart,
)
from comity.strands.ledgers.row import StateId


class Symbols(Part):
    """Roll calls by their symbols."""

    symbols: Annotated[tuple[str, ...], Field(min_length=1)]


class RollCalls(Selected):
    """Roll calls of an issue or set in a period. targets : about the situation in these states; theme : of a family."""

    targets: tuple[StateId, ...] = ()
    theme: str = ""


class Rows(Part):
    """Rows of a ledger. where : field → what it is, or a list of what it may be."""

    ledger: LedgerName
    where: dict[str, Is | tuple[Is, ...]] = Field(default_factory=dict)
    states: tuple[StateId, ...] = ()
    period: PeriodText = ""


class Members(Part):
    """States: the members of a group on a day."""

    states: GroupId
    on: PastWhen


def _domain(given: Any) -> str:
    keys = set(given) if isinstance(given, dict) else set(vars(given)) if isinstance(given, Part) else set()
    return next((k for k in ("symbols", "ledger", "states") if k in keys), "votes")


Domain = Annotated[
    Annotated[Symbols, Tag("symbols")]
    | Annotated[RollCalls, Tag("votes")]
    | Annotated[Rows, Tag("ledger")]
    | Annotated[Members, Tag("states")],
    Discriminator(_domain),
]


class TierHeldBy(Part):
    """That a state gave the member a tier on a day."""

    holder: StateId
    on: PastWhen
    rank: Annotated[int, Field(ge=1, le=9)] | None = None
    tier: str = ""


class Voted(Part):
    """That a member voted so on a roll call."""

    symbol: str
    choice: Choices


class Predicate(Part):
    """What holds of a member of the domain; where several are given, all of them.

    On roll calls: votes (state → choices), same, opposite, ambivalent, diverged (pairs).
    On states: voted (on a roll call), tier, member (of a group).
    On ledger rows: row (field → what it is).
    """

    votes: dict[StateId, Choices] = Field(default_factory=dict)
    same: Pairs = ()
    opposite: Pairs = ()
    ambivalent: Pairs = ()
    diverged: Pairs = ()
    voted: Voted | None = None
    tier: TierHeldBy | None = None
    member: GroupId | None = None
    row: dict[str, Is | tuple[Is, ...]] = Field(default_factory=dict)

    @property
    def of(self) -> str:
        """Of what it speaks: "votes", "states" or "ledger"."""
        if self.voted or self.tier or self.member:
            return "states"
        return "ledger" if self.row else "votes"

    @model_validator(mode="after")
    def _some(self) -> Predicate:
        given = {name for name in type(self).model_fields if getattr(self, name)}
        sorts = [given & of for of in ({"voted", "tier", "member"}, {"row"}, _ON_VOTES) if given & of]
        if len(sorts) != 1:
            raise ValueError("a predicate speaks of votes, of states or of ledger rows: give one sort, and something")
        return self


_ON_VOTES = {"votes", "same", "opposite", "ambivalent", "diverged"}


class Quantified(TestPart):
    """A statement over a domain.

    all-of, none-of : of every member of the domain; only : of these members (who) and no other;
    first : who is the first of which it holds; always-since : of every member from a day (since) on.
    who : symbols, ids of rows or of states.
    """

    kind: Literal["quantified"]
    form: Literal["all-of", "none-of", "only", "first", "always-since"]
    domain: Domain
    predicate: Predicate
    who: tuple[str, ...] = ()
    since: PastWhen | None = None

    @model_validator(mode="after")
    def _meant(self) -> Quantified:
        sort = {"Symbols": "votes", "RollCalls": "votes", "Rows": "ledger", "Members": "states"}
        if sort[type(self.domain).__name__] != self.predicate.of:
            raise ValueError(f"the domain and the predicate do not speak of the same: {self.predicate.of}")
        if (self.form in ("only", "first")) != bool(self.who):
            raise ValueError("only and first name whom they mean, and the other forms do not: who")
        if (self.form == "always-since") != (self.since is not None):
            raise ValueError("always-since has a day, and the other forms have none: since")
        return self
