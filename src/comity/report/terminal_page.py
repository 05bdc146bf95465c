"""The frame of a view on the terminal: title, body, notes, what was left out, source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from comity.model.words import say
from comity.report import parts
from comity.report.document import Item
from comity.report.document import Table as NeutralTable
from comity.study.answers.common import Header, Note

_BLANK = re.compile(r" (?:\| )?(?!%)")  # a figure keeps its sign

QUIET = "dim"
STRONG = "bold"


def grid(*heads: str, left: Iterable[int] = (0,)) -> Table:
    """A table without lines; columns are right-aligned but those in ``left``."""
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style=QUIET, show_edge=False)
    for i, head in enumerate(heads):
        is_left = i in tuple(left)
        table.add_column(
            head.replace("|", "\n"),
            justify="left" if is_left else "right",
            vertical="top",
            no_wrap=not is_left,
            min_width=12 if is_left else None,
        )
    return table


def ruled(made: NeutralTable) -> Table:
    """A neutral table on the terminal: number columns right-aligned, their heads over several lines."""
    left = [i for i, column in enumerate(made.columns) if not column.numeric]
    heads = (_BLANK.sub("|", column.head) if column.numeric else column.head for column in made.columns)
    drawn = grid(*heads, left=left)
    for line in made.lines:
        drawn.add_row(*map(_cell, line.items), style=STRONG if line.kind else None)
    return drawn


def _cell(item: Item) -> RenderableType:
    if not item.below:
        return Text(item.text)
    return Group(Text(item.text), *(Text(below, style=QUIET) for below in item.below))


def said(sentences: Iterable[str]) -> list[RenderableType]:
    """Sentences as one block of a page; nothing where there is none."""
    lines = [Text(sentence) for sentence in sentences]
    return [Group(*lines)] if lines else []


def page(
    title: str,
    sub: str,
    *body: RenderableType,
    header: Header,
    notes: tuple[Note, ...],
    lines: Iterable[str | None] = (),
) -> RenderableType:
    """The frame of every view: title, body, notes numbered, what was left out, source."""
    top: list[RenderableType] = [Text(title, style=STRONG), Text(sub, style=QUIET)]
    spaced = chain.from_iterable((Text(), part) for part in body)
    end: list[RenderableType] = [Text(line) for line in lines if line]
    listed: list[RenderableType] = [Text(), Text(say("heading.notes"), style=STRONG)] if notes else []
    for i, note in enumerate(notes, 1):
        item = Table.grid(padding=(0, 1, 0, 0))
        item.add_row(f"{i}.", note.text)
        listed.append(item)
    foot = [Text(), Text(parts.source_line(header), style=QUIET)]
    return Group(Text(), *top, *spaced, *listed, *([Text()] if end else []), *end, *foot)
