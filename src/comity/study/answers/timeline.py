"""What happened between states, in order, from every ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.model.period import Period
from comity.strands.intervals import Told
from comity.strands.ledgers.when import precision
from comity.study.answers.common import Json
from comity.study.answers.ledger import Entry, entries_frame
from comity.study.answers.strand import StrandAnswer

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Moment:
    """One happening: a row, or the rows of one event side by side.

    same_day : of two rows or more in one ledger of dated things, whether their dates can be the same; else "yes".
    """

    event: str
    entries: tuple[Entry, ...]
    same_day: Told

    @property
    def accounts(self) -> int:
        """The most rows that one ledger has of it."""
        kinds = [e.kind for e in self.entries]
        return max(kinds.count(kind) for kind in kinds)

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "event": self.event,
            "accounts": self.accounts,
            "same_day": self.same_day,
            "rows": [{**e.to_dict(), "precision": precision(e.row.date)} for e in self.entries],
        }


@dataclass(frozen=True, slots=True)
class TimelineAnswer(StrandAnswer):
    """Moments in order of date. states : ids; kinds : the ledgers asked; either : rows about any one of the states."""

    states: tuple[str, ...]
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    period: Period | None
    either: bool
    moments: tuple[Moment, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All rows, moment by moment."""
        return tuple(e for m in self.moments for e in m.entries)

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "states": list(self.states),
            "names": list(self.names),
            "kinds": list(self.kinds),
            "period": self.period.label if self.period else None,
            "either": self.either,
            "moments": [m.to_dict() for m in self.moments],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a ledger row, with the precision of its date and how many accounts its event has."""
        extra = tuple(
            {"precision": precision(e.row.date), "accounts": m.accounts} for m in self.moments for e in m.entries
        )
        return entries_frame(self.entries, extra)
