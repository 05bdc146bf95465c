"""Breaks, who moved and decompositions on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from comity.report import parts
from comity.report.change_tables import Changed, moved_table, sentences, table, title
from comity.report.document import Line, Table
from comity.report.terminal_page import QUIET, STRONG, page, ruled
from comity.study.answers.moved import MovedAnswer


def change(answer: Changed) -> RenderableType:
    """The sentences, the table, notes, drops, source."""
    made = moved_table(answer, codes=True) if isinstance(answer, MovedAnswer) else table(answer)
    drawn = Group(*_under_texts(made)) if isinstance(answer, MovedAnswer) else ruled(made)
    return page(
        title(answer),
        parts.subject(answer.header),
        Group(*map(Text, sentences(answer))),
        *([Group(Text(made.caption, style=QUIET), drawn)] if made.lines else []),
        header=answer.header,
        notes=answer.notes,
        lines=(made.note or None, parts.dropped_line(answer.dropped)),
    )


def _under_texts(made: Table) -> Iterator[Text]:
    """Lines whose first ``heads`` items, number and text, stand above their figures: a text needs the whole width."""
    heads = [column.head.split(" ") for column in made.columns[made.heads :]]
    figures = [[item.text for item in line.items[made.heads :]] for line in made.lines]
    widths = [max(len(cell) for cell in (*head, *(row[k] for row in figures))) for k, head in enumerate(heads)]
    deep = max(map(len, heads))
    for k in range(deep):
        yield Text(_set([[*[""] * (deep - len(h)), *h][k] for h in heads], widths), style=QUIET)
    for line, row in zip(made.lines, figures, strict=True):
        yield _named(line, made.heads)
        yield Text(_set(row, widths), no_wrap=True)


def _named(line: Line, heads: int) -> Text:
    number, *text = (item.text for item in line.items[:heads])
    return Text.assemble((number, QUIET), " ", (" ".join(text), STRONG))


def _set(cells: Sequence[str], widths: Sequence[int]) -> str:
    return " ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
