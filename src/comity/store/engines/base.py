"""What an engine has to do: read lines and tables, run an expression over them, write what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from comity.strands.events.tally import Frame


class Engine(AbstractContextManager["Engine"], Protocol):
    """An engine at work; leaving it ends what it started.

    name : as it is chosen, and as results tell it.
    """

    name: str

    def lines(self, files: Sequence[Path], width: int) -> Frame:
        """Lines of tab-separated text without header or quotes, of ``width`` columns each: c0, c1, …, all text."""

    def tables(self, files: Sequence[Path]) -> Frame:
        """Rows of Parquet files of one schema."""

    def write(self, frame: Frame, file: Path) -> None:
        """Run an expression and write its rows, in any order, as one Parquet file or a folder of them."""


def names(width: int) -> list[str]:
    """The columns of a line."""
    return [f"c{place}" for place in range(width)]
