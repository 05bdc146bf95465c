"""The catalogue of measures on the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from comity.model.words import say
from comity.report.terminal_page import QUIET, STRONG

if TYPE_CHECKING:
    from comity.measures.catalogue import Measure


def measures_view(measures: Iterable[Measure]) -> RenderableType:
    """One block a measure."""
    head = [Text(say("measures.heading"), style=STRONG), Text(say("measures.lead"), style=QUIET)]
    return Group(Text(), *head, *(part for m in measures for part in (Text(), _block(m))))


def _block(measure: Measure) -> RenderableType:
    lines = Table.grid(padding=(0, 2, 0, 0))
    lines.add_column(style=QUIET)
    lines.add_column()
    for key, words in (
        ("source", measure.source),
        ("range", measure.range),
        ("needs", measure.needs),
        ("when", measure.when),
        ("when_not", measure.when_not),
    ):
        lines.add_row(f"  {say(f'measures.label_{key}')}", words)
    return Group(Text.assemble((measure.id, STRONG), "  ", measure.formula), lines)
