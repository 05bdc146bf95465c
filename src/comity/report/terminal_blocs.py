"""Blocs and cohesion on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from comity.model.words import say, span
from comity.report import bloc_words as words
from comity.report import parts
from comity.report.bloc_tables import COHESION, stretch_cells, sweep_table
from comity.report.terminal_page import QUIET, STRONG, grid, page
from comity.study.answers.blocs import Bloc, BlocsAnswer
from comity.study.answers.cohesion import CohesionAnswer


def blocs(answer: BlocsAnswer) -> RenderableType:
    """Each bloc with its members, who is in none, the sweep, and who moved."""
    outside = [Group(*map(Text, words.outside(answer)))] if words.outside(answer) else []
    moved: list[RenderableType] = []
    if answer.earlier:
        sentences = map(Text, words.moved(answer.earlier))
        moved = [Group(Text(say("chapter.blocs_moved"), style=STRONG), *sentences)]
    return page(
        say("blocs.title", period=span(answer.period.label)),
        parts.subject(answer.header),
        Text(words.lead(answer)),
        *(_bloc(b, answer.runs) for b in answer.blocs),
        *outside,
        Text(words.search(answer), style=QUIET),
        Group(Text(say("chapter.blocs_sweep"), style=STRONG), _sweep(answer)),
        *moved,
        header=answer.header,
        notes=answer.notes,
        lines=(parts.dropped_line(answer.dropped),),
    )


def _bloc(bloc: Bloc, runs: int) -> RenderableType:
    facts, *others = words.about(bloc, runs)
    title = Text.assemble((f"{bloc.number}. {words.name(bloc)}", STRONG))
    return Group(title, Text(facts), *(Text(line, style=QUIET) for line in others))


def _sweep(answer: BlocsAnswer) -> RenderableType:
    content = sweep_table(answer)
    table = grid(*(column.head for column in content.columns), left=(2,))
    for line in content.lines:
        table.add_row(*(item.text for item in line.items))
    return Group(table, Text(content.note, style=QUIET))


def cohesion(answer: CohesionAnswer) -> RenderableType:
    """Both indices over the whole period and by year, each beside the drawn sets."""
    starred = [s for s in answer.stretches if s.partial]
    last = parts.day(answer.header.origin.last)
    partial = say("line.partial_note", label=span(starred[-1].period.label), last=last) if starred else None
    return page(
        say("cohesion.title", name=answer.name, period=span(answer.period.label)),
        parts.subject(answer.header),
        Text(words.cohesion_lead(answer)),
        _years(answer),
        Text(say("cohesion.legend", draws=answer.draws), style=QUIET),
        header=answer.header,
        notes=answer.notes,
        lines=(partial, parts.dropped_line(answer.dropped)),
    )


def _years(answer: CohesionAnswer) -> Table:
    unit = "session" if answer.header.reading.clock == "session" else "year"
    table = grid(say(f"column.{unit}"), *(say(f"cohesion_column.{k}") for k in COHESION))
    for stretch in (answer.whole, *answer.stretches):
        table.add_row(*stretch_cells(stretch), style=STRONG if stretch is answer.whole else "")
    return table
