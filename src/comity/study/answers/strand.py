"""What answers about other strands share: their sources, notes, and the date of the answer.

They are frozen, have ``to_dict`` (JSON-ready) and ``to_polars`` (one tidy frame), as every answer.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from comity.study.answers.common import Json, Note

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source of an answer.

    label  : of the stored table, or the ledger's kind; source : who made it, in words.
    as_of  : the day the source says it was made, ISO, "" where it does not; span : what it covers, in words.
    sha256 : of the file, "" for a ledger.
    """

    label: str
    source: str
    span: str
    as_of: str = ""
    sha256: str = ""
    licence: str = ""
    link: str = ""

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "label": self.label,
            "source": self.source,
            "span": self.span,
            "as_of": self.as_of,
            "sha256": self.sha256,
            "licence": self.licence,
            "link": self.link,
        }


@dataclass(frozen=True, slots=True)
class StrandHeader:
    """What every view carries. subject : states, period and choices, in words."""

    subject: str
    sources: tuple[SourceLine, ...]
    answered: date
    version: str

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "subject": self.subject,
            "sources": [s.to_dict() for s in self.sources],
            "answered": self.answered.isoformat(),
            "comity": self.version,
        }

    @property
    def carried(self) -> dict[str, str]:
        """What every row of a CSV carries."""
        return {"sources": "; ".join(s.label for s in self.sources), "answered": self.answered.isoformat()}


@dataclass(frozen=True, slots=True)
class StrandAnswer(ABC):
    """An answer about a strand other than votes."""

    header: StrandHeader
    notes: tuple[Note, ...]

    @abstractmethod
    def to_dict(self) -> Json:
        """For JSON."""

    @abstractmethod
    def to_polars(self) -> pl.DataFrame:
        """One tidy frame."""
