"""Breaks, who moved and decompositions on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from comity.report import parts
from comity.report.change_tables import Changed, sentences, table, title
from comity.report.document import Item, Table
from comity.report.terminal_page import QUIET, grid, page


def change(answer: Changed) -> RenderableType:
    """The sentences, the table, notes, drops, source."""
    made = table(answer)
    return page(
        title(answer),
        parts.subject(answer.header),
        Group(*map(Text, sentences(answer))),
        *([Group(Text(made.caption, style=QUIET), _grid(made))] if made.lines else []),
        header=answer.header,
        notes=answer.notes,
        lines=(made.note or None, parts.dropped_line(answer.dropped)),
    )


def _grid(made: Table) -> Grid:
    left = [i for i, column in enumerate(made.columns) if not column.numeric]
    drawn = grid(
        *(column.head.replace(" ", "|") if column.numeric else column.head for column in made.columns), left=left
    )
    for line in made.lines:
        drawn.add_row(*map(_cell, line.items), style="bold" if line.kind else None)
    return drawn


def _cell(item: Item) -> RenderableType:
    return (
        Group(Text(item.text), *(Text(below, style=QUIET) for below in item.below)) if item.below else Text(item.text)
    )
