"""Breaks, who moved and decompositions on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from comity.report import parts
from comity.report.change_tables import Changed, sentences, table, title
from comity.report.terminal_page import QUIET, page, ruled


def change(answer: Changed) -> RenderableType:
    """The sentences, the table, notes, drops, source."""
    made = table(answer)
    return page(
        title(answer),
        parts.subject(answer.header),
        Group(*map(Text, sentences(answer))),
        *([Group(Text(made.caption, style=QUIET), ruled(made))] if made.lines else []),
        header=answer.header,
        notes=answer.notes,
        lines=(made.note or None, parts.dropped_line(answer.dropped)),
    )
