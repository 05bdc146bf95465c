"""One roll call, state by state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from comity.model.choice import Choice
from comity.model.counts import Share
from comity.study.answers.common import Header, Json, Note, day_text

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Ballot:
    """One state's vote on a roll call, with the footnote of its seat where there is one."""

    state: str
    name: str
    choice: Choice
    footnote: str | None = None
    in_group: bool = False
    apart: bool = False

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "state": self.state,
            "name": self.name,
            "vote": self.choice.word,
            "footnote": self.footnote,
            "in_group": self.in_group,
            "apart": self.apart,
        }


@dataclass(frozen=True, slots=True)
class GroupStand:
    """A group on a roll call: its modal choice, with how many of its members made it."""

    group: str
    name: str
    members: tuple[str, ...]
    modal: tuple[Choice, ...]
    share: Share
    apart: tuple[str, ...]

    def to_dict(self) -> Json:
        """For JSON; more than one modal choice is a tie."""
        return {
            "group": self.group,
            "name": self.name,
            "members": list(self.members),
            "modal": [c.word for c in self.modal],
            "share": {"k": self.share.k, "n": self.share.n, "value": self.share.value},
            "apart": list(self.apart),
        }


@dataclass(frozen=True, slots=True)
class GroupCount:
    """A group's members on a roll call, by choice; ``counts`` are yes, abstained, no, absent.

    modal : the choice most of its cast votes share; several where they tie, none where nobody voted.
    apart : the members that cast another vote.
    """

    group: str
    name: str
    kind: str
    counts: tuple[int, int, int, int]
    modal: tuple[Choice, ...]
    apart: tuple[Ballot, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        words = ("yes", "abstain", "no", "absent")
        return {
            "group": self.group,
            "name": self.name,
            "kind": self.kind,
            **dict(zip(words, self.counts, strict=True)),
            "modal": [c.word for c in self.modal],
            "apart": [{"state": b.state, "name": b.name, "vote": b.choice.word} for b in self.apart],
        }


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one roll call; ``nonvoting`` may be unknown."""

    yes: int | None
    no: int | None
    abstain: int | None
    nonvoting: int | None

    def to_dict(self) -> Json:
        """For JSON."""
        return {"yes": self.yes, "no": self.no, "abstain": self.abstain, "nonvoting": self.nonvoting}


@dataclass(frozen=True, slots=True)
class VoteAnswer:
    """One roll call.

    computed   : the tally counted from the votes; None where only a published one is held.
    published  : the tally as published and who it comes from; None where no release holds one.
    agrees     : whether the recomputed tally equals the published one; None without either.
    majority   : "simple", "two_thirds" or None: not recorded; ``majority_basis`` says on what ground.
    lenders    : field → release that lends it.
    groups     : groups with at least two members on that day, those of the United Nations first.
    """

    header: Header
    roll_call: str
    symbol: str | None
    title: str | None
    date: date | None
    date_precision: str
    session: int | None
    session_label: str | None
    issues: tuple[str, ...]
    body: str
    computed: Tally | None
    published: Tally | None
    published_from: str | None
    agrees: bool | None
    majority: str | None
    majority_basis: str | None
    link: str | None
    checked: bool
    ballots: tuple[Ballot, ...]
    group: GroupStand | None
    lenders: dict[str, str]
    notes: tuple[Note, ...]
    groups: tuple[GroupCount, ...] = ()

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "roll_call": self.roll_call,
            "symbol": self.symbol,
            "title": self.title,
            "date": day_text(self.date, self.date_precision),
            "session": self.session,
            "session_label": self.session_label,
            "issues": list(self.issues),
            "body": self.body,
            "tally": self.computed.to_dict() if self.computed else None,
            "published_tally": self.published.to_dict() if self.published else None,
            "published_from": self.published_from,
            "tally_agrees": self.agrees,
            "majority": self.majority,
            "majority_basis": self.majority_basis,
            "link": self.link,
            "checked": self.checked,
            "votes": [b.to_dict() for b in self.ballots],
            "group": self.group.to_dict() if self.group else None,
            "groups": [g.to_dict() for g in self.groups],
            "lent": self.lenders,
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a state."""
        import polars as pl

        return pl.DataFrame([b.to_dict() for b in self.ballots])
