"""How alike the members of a group voted over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.model.counts import Share
from comity.model.period import Period
from comity.model.reading import Dropped
from comity.study.answers.common import Header, Json, Note

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Placed:
    """A mean index of the group beside groups of its size drawn from the Assembly.

    value      : mean over the roll calls that define it; None where none does.
    roll_calls : how many do: at least two members cast a vote that the index reads.
    median, low, high : of the drawn groups, the last two the middle 95 %; None where nothing defines them.
    above      : the share of drawn groups that were less cohesive, ties counted half; None where all were alike.
    """

    value: float | None
    roll_calls: int
    median: float | None
    low: float | None
    high: float | None
    above: float | None

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "value": self.value,
            "roll_calls": self.roll_calls,
            "drawn_median": self.median,
            "drawn_low": self.low,
            "drawn_high": self.high,
            "above": self.above,
        }


@dataclass(frozen=True, slots=True)
class Stretch:
    """The group over a year, a session, or the whole period.

    fewest, most : members with a seat, over its roll calls.
    absent       : members' absences of all their votes, k of n.
    unanimous    : roll calls on which at least two members cast a vote and all who did made the same choice.
    too_few      : roll calls on which fewer than two members cast a vote.
    """

    period: Period
    roll_calls: int
    fewest: int
    most: int
    absent: Share
    unanimous: int
    too_few: int
    rice: Placed
    agreement: Placed
    partial: bool = False

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "label": self.period.label,
            "partial": self.partial,
            "roll_calls": self.roll_calls,
            "members_fewest": self.fewest,
            "members_most": self.most,
            "absences": self.absent.k,
            "member_votes": self.absent.n,
            "absent_share": self.absent.value,
            "unanimous": self.unanimous,
            "too_few": self.too_few,
            "rice": self.rice.to_dict(),
            "agreement_index": self.agreement.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Since:
    """Days of a membership as the sources have them: ISO dates, a month or a year where no more is known; "" open.

    end : the last day.
    """

    start: str
    end: str
    checked: bool

    def to_dict(self) -> Json:
        """For JSON."""
        return {"start": self.start or None, "end": self.end or None, "checked": self.checked}


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """How often a member, while in the group, made the choice that most of the group's other members made.

    whole, stretches : of roll calls on which it cast a vote, at least two others did, and one choice led among them;
                       ``stretches`` are those of the answer.
    beside           : the same for a power, of roll calls on which both cast a vote; () where none was asked for.
    since            : its memberships.
    """

    state: str
    name: str
    whole: Share
    stretches: tuple[Share, ...]
    beside_whole: Share | None
    beside: tuple[Share, ...]
    since: tuple[Since, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        told: Json = {
            "state": self.state,
            "name": self.name,
            "memberships": [s.to_dict() for s in self.since],
            "with_the_others": _share(self.whole),
            "with_the_others_by_stretch": [_share(s) for s in self.stretches],
        }
        if self.beside_whole is not None:
            told |= {"with_the_power": _share(self.beside_whole)}
            told |= {"with_the_power_by_stretch": [_share(s) for s in self.beside]}
        return told


@dataclass(frozen=True, slots=True)
class CohesionAnswer:
    """A group's cohesion over a period and in each of its years (or sessions) that has a roll call.

    members : state id → name, of all who were members and held a seat at some time of the period.
    records : of each of them, in the order of ``members``. power : (id, name) of the state they are held against.
    """

    header: Header
    group: str
    name: str
    period: Period
    members: dict[str, str]
    whole: Stretch
    stretches: tuple[Stretch, ...]
    draws: int
    seed: int
    dropped: tuple[Dropped, ...]
    notes: tuple[Note, ...]
    records: tuple[MemberRecord, ...] = ()
    power: tuple[str, str] | None = None

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "group": self.group,
            "name": self.name,
            "period": self.period.label,
            "members": self.members,
            "draws": self.draws,
            "seed": self.seed,
            "whole": self.whole.to_dict(),
            "stretches": [s.to_dict() for s in self.stretches],
            "power": self.power[0] if self.power else None,
            "member_records": [r.to_dict() for r in self.records],
            "dropped": [d.to_dict() for d in self.dropped],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a stretch, the whole period first."""
        import polars as pl

        rows = []
        for stretch in (self.whole, *self.stretches):
            nested = stretch.to_dict()
            row = {"group": self.group, "period": nested.pop("label")}
            indices = {name: nested.pop(name) for name in ("rice", "agreement_index")}
            row |= nested
            for name, placed in indices.items():
                row |= {name if key == "value" else f"{name}_{key}": value for key, value in placed.items()}
            rows.append(row)
        return pl.DataFrame(rows, infer_schema_length=None)


def _share(share: Share) -> Json:
    return {"k": share.k, "n": share.n, "value": share.value}
