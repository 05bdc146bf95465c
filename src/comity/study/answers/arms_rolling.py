"""The answer about suppliers' shares over a moving window of years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.model.period import Period
from comity.strands.arms import Amount
from comity.study.answers.arms import Part, flat_frame
from comity.study.answers.arms_rows import Mark
from comity.study.answers.common import Json
from comity.study.answers.strand import StrandAnswer

if TYPE_CHECKING:
    import polars as pl


REST = "other"
"""The key under which all suppliers but the first few stand."""


@dataclass(frozen=True, slots=True)
class RollingShare:
    """A supplier's share of all deliveries in the years to ``year``."""

    supplier: str
    name: str
    year: int
    amount: Amount
    share: Part


@dataclass(frozen=True, slots=True)
class ArmsRollingAnswer(StrandAnswer):
    """Shares of a recipient's suppliers over a window of ``window`` years that ends in each year.

    order : the suppliers shown, the largest in the period first; all others are one, under the key REST.
    """

    recipient: str
    name: str
    period: Period
    window: int
    order: tuple[str, ...]
    rows: tuple[RollingShare, ...]
    marks: tuple[Mark, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "recipient": self.recipient,
            "period": self.period.label,
            "window": self.window,
            "rows": [
                {"supplier": r.supplier, "name": r.name, "year": r.year, "tiv": r.amount.to_dict(),
                 "share": r.share.to_dict()} for r in self.rows
            ],
            "sanctions": [m.to_dict() for m in self.marks],
            "notes": [n.to_dict() for n in self.notes],
        }  # fmt: skip

    def to_polars(self) -> pl.DataFrame:
        """One row a supplier and year."""
        return flat_frame({"recipient": self.recipient, "window": self.window}, self.to_dict()["rows"])
