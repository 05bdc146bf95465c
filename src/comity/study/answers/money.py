"""Answers about money between two states: aid, debt, investment, and what the figures allow to work out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from comity.strands.finance import WriteOff
from comity.study.answers.common import Json
from comity.study.answers.ledger import Entry
from comity.study.answers.strand import StrandAnswer

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class MoneyAnswer(StrandAnswer):
    """Rows of the ledgers of aid and investment about a pair. Figures stand side by side and are never added.

    write_offs : what a share written off leaves of a debt, worked out from the rows' figures.
    """

    a: str
    b: str
    name_a: str
    name_b: str
    aid: tuple[Entry, ...]
    investment: tuple[Entry, ...]
    write_offs: tuple[WriteOff, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "a": self.a,
            "b": self.b,
            "name_a": self.name_a,
            "name_b": self.name_b,
            "aid": [entry.to_dict() for entry in self.aid],
            "investment": [entry.to_dict() for entry in self.investment],
            "write_offs": [asdict(found) for found in self.write_offs],
            "notes": [note.to_dict() for note in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a figure, with the row of the ledger that has it; a row without figures has one line of its own."""
        import polars as pl

        rows = []
        for entry in (*self.aid, *self.investment):
            figures = [f.model_dump(mode="json") for f in entry.row.figures] or [{}]
            rows += [entry.flat() | {f"figure_{k}": v for k, v in figure.items()} for figure in figures]
        return pl.DataFrame(rows, infer_schema_length=None)
