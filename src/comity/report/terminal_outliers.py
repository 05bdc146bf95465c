"""Opposite and surprising votes on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from comity.report import parts, record
from comity.report.outlier_tables import SHOWN, sentences, shown_note, side_sentences, title
from comity.report.terminal_page import QUIET, STRONG, page
from comity.study.answers.outliers import Outlier, OutliersAnswer


def outliers(answer: OutliersAnswer) -> RenderableType:
    """The sentences, the votes, notes, drops, source."""
    return page(
        title(answer),
        parts.subject(answer.header),
        Group(*map(Text, sentences(answer))),
        *(_block(answer, row) for row in answer.rows[:SHOWN]),
        header=answer.header,
        notes=answer.notes,
        lines=(shown_note(answer) or None, parts.dropped_line(answer.dropped)),
    )


def _block(answer: OutliersAnswer, row: Outlier) -> RenderableType:
    split = row.split
    when = parts.day(split.date, split.date_precision)
    name = Text(f"{record.name(split.symbol, split.roll_call)} · {when}", style=STRONG)
    if split.link:
        name.stylize(f"link {split.link}")
    told = [Text(" ".join(side_sentences(n, s))) for n, s in ((answer.name_a, row.a), (answer.name_b, row.b))]
    foot = [Text(line, style=QUIET) for line in (*split.footnotes, *([split.link] if split.link else []))]
    return Group(name, Text(record.title(split.title)), *(Padding(t, (0, 0, 0, 2)) for t in told), *foot)
