"""Answers about surveys: what was asked about a state, of whom, with its n."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from comity.study.answers.common import Json
from comity.study.answers.strand import StrandAnswer

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One share of one wave. share, margin : in percent, as published; margin None where not told; n : people asked."""

    wave: str
    population: str
    question: str
    answer: str
    share: float
    n: int
    margin: float | None
    source: str
    table: str

    def to_dict(self) -> Json:
        """Flat."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class SurveyAnswer(StrandAnswer):
    """Surveys about a state, by wave."""

    about: str
    name: str
    rows: tuple[SurveyRow, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "about": self.about,
            "name": self.name,
            "rows": [row.to_dict() for row in self.rows],
            "notes": [note.to_dict() for note in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a share."""
        import polars as pl

        return pl.DataFrame([{"about": self.about} | row.to_dict() for row in self.rows], infer_schema_length=None)
