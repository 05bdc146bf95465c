"""The measures of a pair on the terminal: below the period table, one line a measure."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table as Grid
from rich.text import Text

from comity.report.document import Item, Table
from comity.report.measure_tables import measure_sentences, measures_table
from comity.report.terminal_page import QUIET, STRONG, grid
from comity.study.answers.pair import PairAnswer


def measures_block(answer: PairAnswer) -> Iterator[RenderableType]:
    """The table and the sentences beside it; nothing where no measure was asked for."""
    table = measures_table(answer)
    if table is None:
        return
    yield _grid(table)
    yield from (Text(sentence, style=QUIET) for sentence in measure_sentences(answer))


def _grid(table: Table) -> Grid:
    """The name of a pair on a line of its own, its measures below."""
    made = grid(*(column.head for column in table.columns[1:]))
    for k, line in enumerate(table.lines):
        pair, *items = line.items
        if line.kind == "first":
            if k:
                made.add_row()
            made.add_row(Text(pair.text, style=STRONG))
        made.add_row(*(_words(item, k) for k, item in enumerate(items)))
    return made


def _words(item: Item, column: int) -> str:
    return "  " * (column == 0) + " ".join((item.text, *item.below))
