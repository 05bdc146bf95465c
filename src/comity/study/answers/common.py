"""What the answers share: the header every view carries, notes, and one pair over several periods.

All answers are frozen, have ``to_dict`` (JSON-ready, the field names of every face of Comity) and ``to_polars``
(one tidy frame). Shares are in [0, 1]; None where the denominator is 0. State ids are the registry's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from comity.model.body import CODES, where
from comity.model.counts import CATEGORIES, Counts
from comity.model.origin import Origin
from comity.model.period import Period
from comity.model.reading import Reading
from comity.study.answers.measured import Measured

if TYPE_CHECKING:
    import polars as pl

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be said next to a result. ``id`` names its message template, ``text`` is the sentence."""

    id: str
    text: str

    def to_dict(self) -> Json:
        """For JSON."""
        return {"id": self.id, "text": self.text}


@dataclass(frozen=True, slots=True)
class Header:
    """What every view carries: release, last roll call in it, reading, date of the answer.

    chosen : in words, what takes the place of the reading where an answer rests on a choice of roll calls of its own.
    """

    origin: Origin
    reading: Reading
    issue_label: str
    answered: date
    version: str
    chosen: str = ""

    @property
    def where(self) -> dict[str, str]:
        """The body that voted, as the sentences of every face name it."""
        return where(self.origin.body)

    def to_dict(self) -> Json:
        """Flat: body, release and last_roll_call at the top."""
        return {
            "body": CODES[self.origin.body],
            "release": self.origin.release,
            "last_roll_call": self.origin.last.isoformat(),
            "issue": self.reading.issue,
            "issue_label": self.issue_label,
            "origin": self.origin.to_dict(),
            "reading": self.reading.to_dict(),
            "answered": self.answered.isoformat(),
            "comity": self.version,
        }

    @property
    def carried(self) -> dict[str, str]:
        """What every row of a CSV carries."""
        return {
            "body": CODES[self.origin.body],
            "release": self.origin.release,
            "sha256": self.origin.sha256,
            "last_roll_call": self.origin.last.isoformat(),
            "issue": self.reading.issue,
            "answered": self.answered.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Cell:
    """One pair in one period.

    partial  : marks a year the release does not cover to its end.
    measures : the measures asked for, in that order; empty where none was.
    """

    period: Period
    counts: Counts
    partial: bool = False
    measures: tuple[Measured, ...] = ()

    def to_dict(self) -> Json:
        """The period's label followed by the counts, the shares and any measures."""
        told = {"label": self.period.label, "partial": self.partial, **self.counts.to_dict()}
        return told | ({"measures": {m.id: m.to_dict() for m in self.measures}} if self.measures else {})


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair over several periods (or years)."""

    a: str
    b: str
    name_a: str
    name_b: str
    cells: tuple[Cell, ...]

    @property
    def label(self) -> str:
        """Both names."""
        return f"{self.name_a} – {self.name_b}"

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "a": self.a,
            "b": self.b,
            "name_a": self.name_a,
            "name_b": self.name_b,
            "periods": [cell.to_dict() for cell in self.cells],
        }


def day_text(day: date | None, precision: str) -> str | None:
    """A date in ISO form, without its day where that is a placeholder; None where only the session is known."""
    if day is None:
        return None
    return day.isoformat() if precision == "day" else day.isoformat()[:7]


def flat(counts: Counts) -> dict[str, int | float | None]:
    """Counts and shares as one flat row."""
    nested = counts.to_dict()
    row: dict[str, Any] = {k: v for k, v in nested.items() if isinstance(v, int)}
    for denominator in ("share_of_all", "share_of_cast"):
        values = nested[denominator]
        assert isinstance(values, dict)
        row |= {f"{c}_{denominator}": values[c] for c in CATEGORIES if c in values}
    return row


def rows_frame(rows: tuple[PairRow, ...]) -> pl.DataFrame:
    """One tidy row a pair and period."""
    import polars as pl

    return pl.DataFrame(
        [
            {"a": row.a, "b": row.b, "period": cell.period.label, "partial": cell.partial, **flat(cell.counts)}
            | {m.id: m.value for m in cell.measures}
            | {f"{m.id}_years": m.years for m in cell.measures if m.years is not None}
            for row in rows
            for cell in row.cells
        ],
        infer_schema_length=None,
    )
