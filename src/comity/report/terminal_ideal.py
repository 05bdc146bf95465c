"""Ideal points on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.text import Text

from comity.report import parts
from comity.report.document import Table
from comity.report.ideal_tables import Ideal, ideal_chapters, ideal_sentences, ideal_title
from comity.report.terminal_page import QUIET, page, ruled


def ideal(answer: Ideal) -> RenderableType:
    """The sentences, the tables, notes, source."""
    tables = [b for c in ideal_chapters(answer) for b in c.blocks if isinstance(b, Table) and b.lines]
    return page(
        ideal_title(answer),
        parts.subject(answer.header),
        Group(*map(Text, ideal_sentences(answer))),
        *(Group(Text(made.caption, style=QUIET), Dealt(made)) for made in tables),
        header=answer.header,
        notes=answer.notes,
    )


@dataclass(frozen=True)
class Dealt:
    """A table that is cut between its columns where the terminal is too narrow for it: the parts follow each other,
    each with the first column, so that no number is cut short (six states need more than 80 columns)."""

    table: Table

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        rest = list(range(1, len(self.table.columns)))
        while rest:
            k = len(rest)
            while k > 1 and _wide(self._part(rest[:k]), console, options) > options.max_width:
                k -= 1
            yield ruled(self._part(rest[:k]))
            rest = rest[k:]
            if rest:
                yield Text()

    def _part(self, which: Sequence[int]) -> Table:
        of = (0, *which)
        lines = tuple(replace(line, items=tuple(line.items[i] for i in of)) for line in self.table.lines)
        return replace(self.table, columns=tuple(self.table.columns[i] for i in of), lines=lines)


def _wide(table: Table, console: Console, options: ConsoleOptions) -> int:
    """The columns a table takes where it has all the room it wants."""
    return Measurement.get(console, options.update(width=10_000, max_width=10_000), ruled(table)).maximum
