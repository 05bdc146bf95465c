"""Answers about counts of visits that others published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.model.period import Period
from comity.study.answers.common import Json
from comity.study.answers.strand import StrandAnswer

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class CountSeries:
    """One count by year. key : role and kind, as "host leaders"; other : the state the visits were with, None for all.

    counts : year → number, None where the source gives it as not known; a year without a row is left out.
    """

    table: str
    key: str
    other: str | None
    counts: tuple[tuple[int, int | None], ...]

    def on(self, year: int) -> int | None:
        """The count of a year; None where it is not known or has no row."""
        return dict(self.counts).get(year)

    def to_dict(self) -> Json:
        """For JSON."""
        counts = {str(year): count for year, count in self.counts}
        return {"table": self.table, "key": self.key, "with": self.other, "counts": counts}


@dataclass(frozen=True, slots=True)
class VisitCountsAnswer(StrandAnswer):
    """Published counts of a state's visits by year."""

    state: str
    name: str
    period: Period
    series: tuple[CountSeries, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "state": self.state,
            "name": self.name,
            "period": self.period.label,
            "series": [series.to_dict() for series in self.series],
            "notes": [note.to_dict() for note in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a series and year."""
        import polars as pl

        rows = [
            {"state": self.state, "table": s.table, "key": s.key, "with": s.other, "year": year, "count": count}
            for s in self.series
            for year, count in s.counts
        ]
        return pl.DataFrame(rows, infer_schema_length=None)
