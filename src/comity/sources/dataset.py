"""What every table of another strand becomes (arms, trade, alliances, surveys), and what its adapter is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import polars as pl

KINDS = ("arms-register", "arms-tiv", "trade", "alliances", "survey", "visit-counts")


@dataclass(frozen=True, slots=True, eq=False)
class RawDataset:
    """One table as its file has it, before states are resolved.

    kind, layout : what it is, and the adapter's id.
    label        : suggested, from the content.
    source       : id in the source registry.
    frame        : the rows.
    names        : column with a state as the source writes it → column to be added with its id, null where the name
                   is no state or not known.
    scheme       : code scheme of those columns for states.resolve.
    first, last  : years the table covers, both included.
    as_of        : the day the source says it was made; None where it does not say.
    warnings     : faults met while reading, a sentence each.
    """

    kind: str
    layout: str
    label: str
    source: str
    frame: pl.DataFrame
    names: Mapping[str, str]
    scheme: str
    first: int
    last: int
    as_of: date | None = None
    warnings: tuple[str, ...] = field(default=())


class DatasetAdapter(Protocol):
    """Reads one layout."""

    @property
    def layout(self) -> str:
        """Its id."""

    @property
    def version(self) -> int:
        """Raised whenever the same file would give another table."""

    def recognise(self, path: Path, head: bytes) -> bool:
        """Whether the file is of this layout, judged by its first 64 kB, decompressed."""

    def read(self, path: Path) -> RawDataset:
        """Read it; raises BadFile errors that name file, line and column."""
