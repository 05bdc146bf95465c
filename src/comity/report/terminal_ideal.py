"""Ideal points on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
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
        *(Group(Text(made.caption, style=QUIET), ruled(made)) for made in tables),
        header=answer.header,
        notes=answer.notes,
    )
