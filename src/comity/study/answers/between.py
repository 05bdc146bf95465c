"""The time between two dates, and whether what a text says of it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.strands.intervals import Length, Told
from comity.study.answers.common import Json
from comity.study.answers.ledger import Entry
from comity.study.answers.strand import StrandAnswer

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class BetweenAnswer(StrandAnswer):
    """From one date to another.

    a, b       : the dates, as exact as given; row_a, row_b : the rows they were taken from, None for plain dates.
    length     : least and most; negative where the second comes first.
    said, told : a phrase and whether it holds; "" and None where none was asked.
    """

    a: str
    b: str
    row_a: Entry | None
    row_b: Entry | None
    length: Length
    order: Told
    said: str
    told: Told | None

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "from": self.a,
            "to": self.b,
            "from_row": self.row_a.to_dict() if self.row_a else None,
            "to_row": self.row_b.to_dict() if self.row_b else None,
            "days": list(self.length.days),
            "months": list(self.length.months),
            "years": list(self.length.years),
            "first_comes_first": self.order,
            "said": self.said,
            "told": self.told,
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row."""
        import polars as pl

        lengths = {"days": self.length.days, "months": self.length.months, "years": self.length.years}
        ends = {
            f"{unit}_{end}": n for unit, pair in lengths.items() for end, n in zip(("least", "most"), pair, strict=True)
        }
        return pl.DataFrame([{"from": self.a, "to": self.b, **ends, "said": self.said, "told": self.told or ""}])
