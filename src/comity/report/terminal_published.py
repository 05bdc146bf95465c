"""A published table beside ours on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from comity.report import parts
from comity.report import published_tables as made
from comity.report.document import Table
from comity.report.terminal_page import QUIET, grid, page
from comity.study.answers.published import PublishedAnswer


def published(answer: PublishedAnswer) -> RenderableType:
    """The sentences, what is not compared, other ways, the largest gaps, notes, source."""
    tables = [made.not_compared(answer), *(t for c in answer.columns for t in (made.ways(c), *made.gaps(c)))]
    return page(
        made.title(answer),
        parts.subject(answer.header),
        *(Group(*map(Text, made.summary(c))) for c in answer.columns),
        *(_drawn(t) for t in tables if t),
        Group(*(Text(line, style=QUIET) for line in made.facts(answer))),
        header=answer.header,
        notes=answer.notes,
        lines=(parts.dropped_line(answer.dropped),),
    )


def _drawn(table: Table) -> RenderableType:
    drawn = grid(*(c.head.replace(" ", "|") if c.numeric else c.head for c in table.columns))
    for line in table.lines:
        drawn.add_row(*(item.text for item in line.items), style="bold" if line.kind else None)
    note = [Text(table.note, style=QUIET)] if table.note else []
    return Group(Text(table.caption, style=QUIET), drawn, *note)
