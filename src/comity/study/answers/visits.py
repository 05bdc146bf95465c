"""Visits between two states, counted under named rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.model.period import Period
from comity.study.answers.common import Json
from comity.study.answers.ledger import Entry, entries_frame
from comity.study.answers.strand import StrandAnswer

if TYPE_CHECKING:
    import polars as pl

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class VisitShown:
    """One visit with every account of it. rules : those it falls under by all accounts; doubtful : by some only."""

    visitor: str
    host: str
    accounts: tuple[Entry, ...]
    rules: tuple[str, ...]
    doubtful: tuple[str, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "visitor": self.visitor,
            "host": self.host,
            "rules": list(self.rules),
            "doubtful": list(self.doubtful),
            "accounts": [e.to_dict() for e in self.accounts],
        }


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How many visits fall under a rule, by direction; the fewest and the most where accounts differ."""

    rule: str
    to_b: Range
    to_a: Range

    @property
    def both(self) -> Range:
        """Both directions together."""
        return (self.to_b[0] + self.to_a[0], self.to_b[1] + self.to_a[1])

    def to_dict(self) -> Json:
        """For JSON."""
        return {"rule": self.rule, "a_to_b": list(self.to_b), "b_to_a": list(self.to_a), "both": list(self.both)}


@dataclass(frozen=True, slots=True)
class PersonCount:
    """How often one person made the visit, by rule, in one direction."""

    person: str
    visitor: str
    counts: tuple[tuple[str, Range], ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {"person": self.person, "visitor": self.visitor, "counts": {k: list(v) for k, v in self.counts}}


@dataclass(frozen=True, slots=True)
class VisitsAnswer(StrandAnswer):
    """Counts under every rule, or the one asked for, each with its list; what was not held is listed apart."""

    a: str
    b: str
    name_a: str
    name_b: str
    period: Period | None
    person: str
    rules: tuple[str, ...]
    counts: tuple[RuleCount, ...]
    persons: tuple[PersonCount, ...]
    visits: tuple[VisitShown, ...]
    not_held: tuple[Entry, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "a": self.a,
            "b": self.b,
            "period": self.period.label if self.period else None,
            "person": self.person,
            "counts": [c.to_dict() for c in self.counts],
            "persons": [p.to_dict() for p in self.persons],
            "visits": [v.to_dict() for v in self.visits],
            "not_held": [e.to_dict() for e in self.not_held],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row an account of a visit, with the rules it falls under."""
        shown = [(v, e) for v in self.visits for e in v.accounts]
        extra = [
            {"visitor": v.visitor, "host": v.host, "rules": ";".join(v.rules), "doubtful": ";".join(v.doubtful)}
            for v, _ in shown
        ]
        more = [{"visitor": "", "host": "", "rules": "", "doubtful": ""} for _ in self.not_held]
        own = [_own(e) for e in (*(e for _, e in shown), *self.not_held)]
        merged = tuple(x | o for x, o in zip([*extra, *more], own, strict=True))
        return entries_frame((*(e for _, e in shown), *self.not_held), merged)


def _own(entry: Entry) -> dict[str, object]:
    return {k: v for k, v in entry.own().items() if k in ("person", "office", "type", "place", "occasion")}
