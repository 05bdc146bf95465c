"""What figures over sessions share: the axis with its years, the hatched first sessions, the strip of linked texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
from typing import Any

import altair as alt

from comity.model.words import say
from comity.report.figures.data import Row
from comity.report.figures.style import MUTED, NARROW, RULE, Size, drawing
from comity.study.answers.common import Note
from comity.study.answers.ideal import EARLY

QUIET = "#9aa5ac"
AXIS, GAP = 34, 7  # room of the vertical axis; pixels between the lines of the hatching
LINE = 13.0  # least distance of two labels, in pixels
STRIP = 34
_ROOM = {False: 46, True: 34}  # pixels a tick label takes, by whether the figure is narrow
_STEPS = (1, 2, 5, 10, 20)
_ROUND = (0.1, 0.2, 0.5, 1.0, 2.0)
_SAID = ("ideal_early", "ideal_unbridged", "ideal_unlinked", "ideal_no_titles", "ideal_subset", "ideal_not_converged")


def caveats(notes: Iterable[Note]) -> list[str]:
    """The notes that a figure over sessions must carry."""
    return [n.text for n in notes if n.id in _SAID]


@dataclass(frozen=True, slots=True)
class Sessions:
    """The plane of a figure: sessions first to last across ``width`` pixels, low to high up ``height`` pixels."""

    first: int
    last: int
    low: float
    high: float
    width: float
    height: float
    narrow: bool = False

    @classmethod
    def around(cls, rows: Sequence[Row], size: Size, *, right: float, height: float) -> Sessions:
        """A plane that holds every row's session, low and high; ``right`` pixels are left for labels."""
        low, high = min(r["low"] for r in rows), max(r["high"] for r in rows)
        step = next((s for s in _ROUND if (high - low) / s <= 9), _ROUND[-1])
        pad = step / 4
        times = [r["session"] for r in rows]
        width = size.plot - AXIS - right
        return cls(min(times), max(times), low - pad, high + pad, width, height, size.narrow)

    @property
    def step(self) -> float:
        """Pixels a session."""
        return self.width / (self.last - self.first + 1)

    def across(self, field: str = "session:Q", *, axis: Any = None) -> Any:
        """The axis of sessions."""
        scale = alt.Scale(domain=[self.first - 0.5, self.last + 0.5], nice=False, zero=False, padding=0)
        return alt.X(field, scale=scale, axis=axis)

    def up(self, field: str) -> Any:
        """The axis of the points; every layer names it, for a layer without would take it from all."""
        scale = alt.Scale(domain=[self.low, self.high], nice=False, zero=False)
        return alt.Y(field, scale=scale, axis=self._values())

    def level(self, value: float) -> float:
        """Pixels of a value from the top of the plot."""
        return (self.high - value) / (self.high - self.low) * self.height

    def ticks(self) -> list[int]:
        """Round sessions with room between them; the first and the last always."""
        room = _ROOM[self.narrow]
        every = next((k for k in _STEPS if k * self.step >= room), _STEPS[-1])
        ends = {self.first, self.last}
        inner = [
            t
            for t in range(self.first, self.last)
            if t % every == 0 and min(abs(t - e) for e in ends) * self.step >= room
        ]
        return sorted({*inner, *ends})

    def _values(self) -> Any:
        """The vertical axis: a line at each round value, a stronger one at 0."""
        zero = alt.condition("datum.value === 0", alt.value(MUTED), alt.value(RULE))
        label = "replace(format(datum.value, '.1~f'), '-', '−')"
        step = next((s for s in _ROUND if (self.high - self.low) / s <= 9), _ROUND[-1])
        begin, end = int(self.low / step) - 1, int(self.high / step) + 1
        shown = [round(k * step, 3) for k in range(begin, end + 1) if self.low <= k * step <= self.high]
        return alt.Axis(
            title=None, values=shown, labelExpr=label, gridColor=zero, domain=False, ticks=False,
            minExtent=AXIS - 8, maxExtent=AXIS - 8,
        )  # fmt: skip

    def hatching(self) -> list[Any]:
        """Diagonals over the first sessions, whose levels depend on the start of the fit, and a word on why."""
        until = min(EARLY, self.last) + 0.5
        if self.first > EARLY:
            return []
        wide, high = (until - self.first + 0.5) * self.step, self.height
        rows = []
        for start in range(-int(high), int(wide), GAP):
            x0, x1 = max(start, 0), min(start + high, wide)
            if x1 > x0:
                ends = [(x0, high - (x0 - start)), (x1, high - (x1 - start))]
                rows.append({f"{k}{i}": v for i, e in enumerate(ends) for k, v in zip("xy", self._at(*e), strict=True)})
        lines = drawing(rows).mark_rule(color=QUIET, strokeWidth=0.6, opacity=0.8)
        diagonals = lines.encode(x=self.across("x0:Q"), x2="x1:Q", y=self.up("y0:Q"), y2="y1:Q")
        return [diagonals, self._above(say("ideal_figure.hatched", early=EARLY))]

    def _above(self, sentence: str) -> Any:
        """A quiet line over a plot; cut in two where narrow."""
        lines = NARROW.lines(sentence, 10) if self.narrow else [sentence]
        style: dict[str, Any] = {"align": "left", "baseline": "bottom", "fontSize": 10, "lineHeight": 12}
        word = drawing([{"text": "\n".join(lines)}]).mark_text(lineBreak="\n", color=MUTED, clip=False, **style)
        return word.encode(x=alt.value(-AXIS if self.narrow else 0), y=alt.value(7 - 12 * len(lines)), text="text:N")

    def _at(self, x: float, y: float) -> tuple[float, float]:
        """Session and value of a place given in pixels."""
        return self.first - 0.5 + x / self.step, self.high - y / self.height * (self.high - self.low)

    def strip(self, bridges: Mapping[int, int]) -> Any:
        """Bars of the texts linked to another session, above the axis of sessions and years."""
        rows = [{"session": t, "linked": k} for t, k in sorted(bridges.items()) if self.first <= t <= self.last]
        most = max((r["linked"] for r in rows), default=0)
        year = "[format(datum.value, 'd'), format(datum.value + 1945, 'd')]"
        axis = alt.Axis(
            title=say("ideal_figure.axis"), values=self.ticks(), labelExpr=year, grid=False, labelAngle=0,
            titleAnchor="start", titlePadding=4, labelFlush=False, tickSize=4, labelOverlap=False,
        )  # fmt: skip
        peak = next((r["session"] for r in rows if r["linked"] == most), 0)
        key = "linked" if most else "linked_none"
        bars = drawing(rows).mark_bar(color=QUIET, size=max(1.0, self.step - 1))
        scale = alt.Scale(domain=[0, max(most, 1)], nice=False)
        layers = [
            bars.encode(x=self.across(axis=axis), y=alt.Y("linked:Q", scale=scale, axis=None),
                        tooltip=["session:Q", "linked:Q"]),
            self._above(say(f"ideal_figure.{key}", most=most, session=peak)),
        ]  # fmt: skip
        return alt.layer(*layers).properties(width=self.width, height=STRIP)

    def labels(self, ends: Sequence[Row]) -> list[Any]:
        """Names at the ends of their lines, moved apart, with a thin lead where one had to move.

        ends : text, value, colour, strong; all at the last session.
        """
        wanted = [self.level(e["value"]) for e in ends]
        placed = spread(wanted, LINE, -6, self.height + 6)
        rows = [{**e, "to": y} for e, y in zip(ends, placed, strict=True)]
        layers = []
        for row, y in zip(rows, wanted, strict=True):
            base = drawing([row])
            x = self.width - self.step / 2
            lead = base.mark_rule(color=MUTED, strokeWidth=0.6, clip=False)
            weight = 600 if row["strong"] else 400
            name = base.mark_text(
                align="left", baseline="middle", color=row["colour"], fontWeight=weight, clip=False, fontSize=11
            )
            line = {
                "x": alt.value(x + 3),
                "x2": alt.value(self.width + 9),
                "y": alt.value(y),
                "y2": alt.value(row["to"]),
            }
            layers += [
                lead.encode(**line),
                name.encode(x=alt.value(self.width + 12), y=alt.value(row["to"]), text="text:N"),
            ]
        return layers


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places as near as may be to those wanted, in the same order, at least ``gap`` apart, from low to high.

    Where low to high has no room for all, they run past high.

    >>> spread([5, 6, 40], 10, 0, 50), spread([5, 6], 10, 3, 50)
    ([0.5, 10.5, 40.0], [3, 13])
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    # Less gap * k, the places need only not fall: the nearest such are means of blocks (isotonic regression).
    blocks: list[list[float]] = []
    for k, i in enumerate(order):
        blocks.append([wanted[i] - gap * k])
        while len(blocks) > 1 and fmean(blocks[-2]) > fmean(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    level = [fmean(block) for block in blocks for _ in block]
    top = high - gap * (len(order) - 1)
    found = {i: max(low, min(top, at)) + gap * k for k, (i, at) in enumerate(zip(order, level, strict=True))}
    return [found[i] for i in range(len(wanted))]


def runs(sessions: Sequence[int]) -> list[int]:
    """The number of the unbroken run each session belongs to: a line is not drawn over a session without votes.

    >>> runs([17, 18, 20, 21])
    [0, 0, 1, 1]
    """
    numbers = [0] if sessions else []
    for before, after in pairwise(sessions):
        numbers.append(numbers[-1] + (after != before + 1))
    return numbers
