"""What a claim is held against: one class a kind of test, each a closed set of fields; nothing is ever evaluated."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from comity.audit.parts_of import (
    Body,
    Choices,
    DateField,
    DateRef,
    FigureText,
    GroupId,
    Is,
    LedgerName,
    Pair,
    Pairs,
    Part,
    PastWhen,
    PeriodText,
    ReadingPart,
    Selected,
    Years,
    read_period,
)
from comity.strands.ledgers.row import StateId
from comity.strands.visits import RULES


class TestPart(Part):
    """What every test may carry.

    printed : the figure as the text prints it, where the claim's value says more, or otherwise.
    scope   : groups that a scope word of the text can mean ("Southeast Asia"); each is run.
    note    : why the test is as it is.
    """

    __test__ = False
    printed: FigureText = ""
    scope: tuple[GroupId, ...] = ()
    note: str = ""


Category = Literal["same", "ambivalent", "opposite", "absent", "diverged"]


class PairVotes(TestPart, Selected):
    """Joint choices of two states. diverged : opposite and ambivalent together.

    than, direction : the figure is more, or less, than that of another period.
    """

    pair: Pair
    category: Category = "same"
    reading: ReadingPart | None = None
    than: PeriodText = ""
    direction: Literal["more", "less"] = "more"


class VoteShare(PairVotes):
    """A share of recorded votes on which two states chose so. of : all of them, or those that both cast."""

    kind: Literal["vote-share"]
    of: Literal["all", "cast"] = "all"


class VoteCount(PairVotes):
    """A number of recorded votes on which two states chose so."""

    kind: Literal["vote-count"]


class RollCallCount(TestPart, Selected):
    """A number of recorded votes. pair : of whose votes the text speaks, where it does."""

    kind: Literal["roll-call-count"]
    pair: Pair | None = None
    reading: ReadingPart | None = None


class SingleVote(TestPart):
    """One vote. votes : what states are said to have voted; tally : counts said; body : whose vote it is said to be."""

    kind: Literal["single-vote"]
    symbol: str
    votes: dict[StateId, Choices] = Field(default_factory=dict)
    tally: dict[Literal["yes", "no", "abstain"], int] = Field(default_factory=dict)
    body: Body | None = None
    on: PastWhen | None = None
    adopted: bool | None = None

    @model_validator(mode="after")
    def _named(self) -> SingleVote:
        if not (self.votes or self.tally or self.body or self.on) and self.adopted is None:
            raise ValueError("a single vote says something: votes, tally, body, on or adopted")
        return self


class Rank(TestPart, Selected):
    """A partner's place among a state's partners; is : the place said. among : a group of partners."""

    kind: Literal["rank"]
    state: StateId
    partner: StateId
    by: Literal["share", "kappa"] = "share"
    among: GroupId | None = None
    is_: Annotated[int, Field(alias="is", ge=1)]


class BreakDate(TestPart, Selected):
    """The first year on a new level, as a text asserts it."""

    kind: Literal["break-date"]
    pair: Pair
    year: Years


class Arms(TestPart):
    """Deliveries of major conventional arms. of : whose total a share or place is of."""

    recipient: StateId
    supplier: StateId | None = None
    period: PeriodText
    of: Literal["imports", "exports"] = "imports"

    @model_validator(mode="after")
    def _whose(self) -> Arms:
        if self.supplier is None and (self.of == "exports" or isinstance(self, ArmsShare | ArmsRank)):
            raise ValueError("name the supplier")
        if read_period(self.period).clock != "year":
            raise ValueError(f"arms are known by the year, got {self.period}")
        return self


class ArmsShare(Arms):
    """A supplier's share of a recipient's imports, or a recipient's of a supplier's exports."""

    kind: Literal["arms-share"]


class ArmsRank(Arms):
    """A supplier's place among a recipient's, or a recipient's among a supplier's; is : the place said."""

    kind: Literal["arms-rank"]
    is_: Annotated[int, Field(alias="is", ge=1)]


class ArmsPeak(Arms):
    """The year, or the years, in which most was delivered. place : 2 for the second largest year."""

    kind: Literal["arms-peak"]
    years: PeriodText
    place: Annotated[int, Field(ge=1, le=5)] = 1


class ArmsTotal(Arms):
    """A volume of deliveries."""

    kind: Literal["arms-total"]


class TradeTotal(TestPart):
    """Goods trade in a year: of a pair, or of a state with all."""

    kind: Literal["trade-total"]
    pair: Pair | None = None
    state: StateId | None = None
    year: Years
    flow: Literal["imports", "exports", "both"] = "both"

    @model_validator(mode="after")
    def _whose(self) -> TradeTotal:
        if (self.pair is None) == (self.state is None):
            raise ValueError("trade is of a pair or of a state: give one of them")
        return self


class TierOnDate(TestPart):
    """The tier that a state gave a partner on a day: named, or by its place from the top."""

    kind: Literal["tier-on-date"]
    holder: StateId
    partner: StateId
    on: PastWhen
    tier: str = ""
    rank: Annotated[int, Field(ge=1, le=9)] | None = None

    @model_validator(mode="after")
    def _named(self) -> TierOnDate:
        if not self.tier and self.rank is None:
            raise ValueError("say which tier: tier or rank")
        return self


class VisitCount(TestPart):
    """Visits between two states under a rule. host : only to that state."""

    kind: Literal["visit-count"]
    pair: Pair
    rule: Literal[tuple(RULES)]  # type: ignore[valid-type]
    period: PeriodText
    person: str = ""
    host: StateId | None = None


class DateIs(TestPart):
    """The date of a ledger row."""

    kind: Literal["date"]
    ledger: LedgerName
    row: str
    field: DateField = "date"
    is_: Annotated[PastWhen, Field(alias="is")]


class Interval(TestPart):
    """The time between two dates."""

    kind: Literal["interval"]
    from_: Annotated[DateRef, Field(alias="from")]
    to: DateRef
    length: float
    unit: Literal["days", "weeks", "months", "years"]
    about: bool = False


class Membership(TestPart):
    """Whether a state was a member of a group on a day."""

    kind: Literal["membership"]
    state: StateId
    group: GroupId
    on: PastWhen
    member: bool = True


class Ordering(TestPart):
    """One thing before another."""

    kind: Literal["ordering"]
    first: DateRef
    then: DateRef


class LedgerFact(TestPart):
    """That a ledger has a row; that a field of it is so; or that one of its figures (by its ``what``) is as printed."""

    kind: Literal["ledger-fact"]
    ledger: LedgerName
    row: str
    field: str = ""
    figure: str = ""
    is_: Annotated[Is | None, Field(alias="is")] = None

    @model_validator(mode="after")
    def _whole(self) -> LedgerFact:
        if (self.is_ is not None) != bool(self.field):
            raise ValueError("a field is given with what it is: field and is")
        if self.field and self.figure:
            raise ValueError("a fact is of a field or of a figure, not of both")
        return self


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


class Opinion(TestPart):
    """A judgement, a motive, a forecast without a test: nothing to hold it against."""

    kind: Literal["opinion"]
    why: str


class NotTestable(TestPart):
    """A statement of fact that nothing at hand can decide. needs : what would."""

    kind: Literal["not-testable"]
    why: str
    needs: str


Test = Annotated[
    VoteShare
    | VoteCount
    | RollCallCount
    | SingleVote
    | Rank
    | BreakDate
    | ArmsShare
    | ArmsRank
    | ArmsPeak
    | ArmsTotal
    | TradeTotal
    | TierOnDate
    | VisitCount
    | DateIs
    | Interval
    | Membership
    | Ordering
    | LedgerFact
    | Quantified
    | Opinion
    | NotTestable,
    Discriminator("kind"),
]
"""A test of some kind."""
