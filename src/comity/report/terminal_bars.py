"""Bars drawn with characters: a shape a category, so that they read without colour."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

from comity.model.counts import CATEGORIES, Counts

MARKS = {"same": "█", "ambivalent": "▒", "opposite": "╳", "absent": "·"}
COLOURS = {"same": "cyan", "ambivalent": "yellow", "opposite": "red", "absent": "bright_black"}


MARKS_OF_CAST = {c: MARKS[c] for c in CATEGORIES[:3]}
NARROWEST, WIDEST = 8, 40


class Bar:
    """The categories' shares of all recorded votes, or of those both cast, as wide as its column allows."""

    def __init__(self, counts: Counts, *, cast_only: bool = False) -> None:
        self.counts = counts
        self.marks = MARKS_OF_CAST if cast_only else MARKS

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(NARROWEST, WIDEST).with_maximum(options.max_width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self.drawn(options.max_width)

    def drawn(self, width: int) -> Text:
        """Characters dealt by largest remainder, so that a bar is always full; empty where there is no vote."""
        sizes = {c: getattr(self.counts, c) for c in self.marks}
        total = sum(sizes.values())
        if not total:
            return Text()
        exact = {c: width * size / total for c, size in sizes.items()}
        cells = {c: int(part) for c, part in exact.items()}
        for c in sorted(cells, key=lambda c: cells[c] - exact[c])[: width - sum(cells.values())]:
            cells[c] += 1
        return Text().join(Text(self.marks[c] * cells[c], style=COLOURS[c]) for c in cells)
