"""Parts: the tally of each batch, and beside it the lines that could not be counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from comity.ingest.events.meanings import no_days
from comity.ingest.events.pieces import Piece
from comity.store.engines.base import Engine
from comity.store.events import ASIDE, PARTS, Journal, remove
from comity.strands.events.layouts import Layout
from comity.strands.events.tally import Frame, faulty, tallied

MOST_ASIDE = 100_000
"""Faulty lines kept of one file, and of one batch; all are counted."""
LONGEST_ASIDE = 4_000
"""Bytes kept of a faulty line."""
_LINES = {"file": pl.String, "fault": pl.String, "line": pl.String}

Line = tuple[str, str, str]


class Parts:
    """Makes parts, and forgets those of a file whose end is spoilt. They count once they are settled."""

    def __init__(self, journal: Journal, engine: Engine, work: Path) -> None:
        self.journal, self.engine, self.work = journal, engine, work
        self._names: list[str] = []
        self._lines: list[Line] = []
        self._mine: list[Line] = []
        self._begun = 0

    def begin(self) -> None:
        """A file begins: what follows is its own until ``keep`` or ``forget``."""
        self._begun, self._mine = len(self._names), []

    def keep(self) -> None:
        """The file is whole."""
        self._lines += self._mine
        self._begun, self._mine = len(self._names), []

    def forget(self) -> None:
        """The file is spoilt."""
        for name in self._names[self._begun :]:
            remove(self.journal.folder / PARTS / name)
        del self._names[self._begun :]
        self._mine = []

    def keeper(self, shown: str) -> Callable[[str, bytes], None]:
        """Takes faulty lines of a stream."""

        def keep(fault: str, line: bytes) -> None:
            if len(self._mine) < MOST_ASIDE:
                self._mine.append((shown, fault, line[:LONGEST_ASIDE].decode("utf-8", "backslashreplace")))

        return keep

    def make(self, pieces: Sequence[Piece], *, own: bool) -> None:
        """Have the engine tally pieces of one layout: those of the file that is being read (``own``), or of others."""
        layout = pieces[0].layout
        lines = self.engine.lines([piece.path for piece in pieces], layout.width)
        name = f"{len(self.journal.parts) + len(self._names):06}.parquet"
        part = self.journal.folder / PARTS / name
        self.engine.write(tallied(lines, layout), part)
        self._names.append(name)
        if not own:
            self._begun = len(self._names)
        tally = pl.scan_parquet(files_of(part))  # looked at a piece at a time: there may be more of it than fits
        late = no_days(tally.select("day").unique().collect(engine="streaming")["day"].to_list())
        strange = (pl.col("fault") != "") | pl.col("day").is_in(late)
        if tally.select(strange.any()).collect(engine="streaming").item():
            self._keep_faulty(lines, layout, late, self._mine if own else self._lines)

    def settle(self) -> None:
        """Write the faulty lines, and the journal that names the parts."""
        if self._lines:
            number = self._names[-1] if self._names else f"{len(self.journal.parts):06}-lines.parquet"
            told = pl.DataFrame(self._lines, schema=_LINES, orient="row")
            told.write_parquet(self.journal.folder / ASIDE / number)
        self.journal.parts += self._names
        self.journal.keep()
        self._names, self._lines, self._begun = [], [], 0

    def _keep_faulty(self, lines: Frame, layout: Layout, late: list[str], into: list[Line]) -> None:
        """Which of several files a line stood in, an engine does not tell."""
        file = self.work / "faulty.parquet"
        self.engine.write(faulty(lines, layout, late).head(MOST_ASIDE), file)
        told = pl.read_parquet(files_of(file))
        into += [("", fault, line[:LONGEST_ASIDE]) for fault, line in told.iter_rows()]
        remove(file)


def files_of(file: Path) -> list[Path]:
    """What an engine wrote: one Parquet file, or a folder of several."""
    return sorted(file.glob("*.parquet")) if file.is_dir() else [file]
