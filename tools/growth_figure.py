"""Figure: how seconds and memory grow with size, both axes in powers of ten, a line a result."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt

from comity.report.figures.data import Row
from comity.report.figures.sessions import LINE, spread
from comity.report.figures.style import INK, MUTED, PALETTE, RULE, WIDE, drawing, finish, title
from suite.result import Result
from suite.words import number, time

HEIGHT, AXIS, GAP, LETTER = 240, 52, 26, 6.1
STYLES: tuple[tuple[str, list[float]], ...] = (
    (PALETTE["same"], [1, 0]),
    (PALETTE["opposite"], [9, 2]),
    (PALETTE["ambivalent"], [1, 0]),
    (MUTED, [2, 2]),
    (INK, [7, 2, 1.5, 2]),
    (MUTED, [5, 2]),
)
_SECONDS = (
    "datum.value < 0.001 ? format(datum.value * 1e6, ',') + ' µs' : "
    "datum.value < 1 ? format(datum.value * 1000, ',') + ' ms' : format(datum.value, ',') + ' s'"
)
_SIZES = "datum.value < 1e6 ? format(datum.value, ',') : format(datum.value, '~s')"
_MEMORY = "format(datum.value, ',') + ' MB'"


def growth_figure(benchmark: str, curves: Sequence[Result], source: str) -> Any:
    """Seconds on the left and the most memory on the right (an Altair chart); the curves are against the same size.

    source : the line below: machine and date.
    """
    rows: list[Row] = [
        {"curve": c.name, "size": p.size, "seconds": p.seconds, "memory": p.peak_mb} for c in curves for p in c.growth
    ]
    held = [row for row in rows if row["memory"] is not None]
    panels = 2 if held else 1
    room = LETTER * max(len(c.name) for c in curves) + 18
    width = (WIDE.plot - panels * (AXIS + room) - (panels - 1) * GAP) / panels
    parts = [_panel(rows, "seconds", "Seconds", _SECONDS, curves, width)]
    if held:
        parts.append(_panel(held, "memory", "Most memory", _MEMORY, curves, width))
    lines = [line for text in (_PROPORTION, source) for line in WIDE.lines(text, 10)]
    mark: dict[str, Any] = {"align": "left", "baseline": "top", "lineHeight": 14, "fontSize": 10, "color": MUTED}
    foot = drawing([{"text": "\n".join(lines)}]).mark_text(lineBreak="\n", clip=False, **mark)
    foot = foot.encode(x=alt.value(-AXIS), y=alt.value(0), text="text:N").properties(width=width, height=1)
    head = title(WIDE, f"Cost against {curves[0].by}", benchmark)
    whole = alt.vconcat(alt.hconcat(*parts, spacing=GAP), foot, spacing=20).properties(title=head)
    return finish(whole, growth_text(curves))


_PROPORTION = "Dotted: cost in proportion to size. Both axes in powers of ten."


def growth_text(curves: Sequence[Result]) -> str:
    """Every point in words."""
    told = []
    for c in curves:
        points = [f"{number(p.size)}: {time(p.seconds)}{_megabytes(p.peak_mb)}" for p in c.growth]
        told.append(f"{c.name}, by {c.by}: {'; '.join(points)}.")
    return " ".join(told)


def _megabytes(peak: float | None) -> str:
    return "" if peak is None else f", {number(peak)} MB"


def _panel(rows: list[Row], field: str, name: str, labels: str, curves: Sequence[Result], width: float) -> Any:
    """One plot with its lines, points and names."""
    wide = _domain([row["size"] for row in rows])
    high = _domain([row[field] for row in rows])
    x = alt.X("size:Q", scale=_scale(wide), axis=_axis(wide, _SIZES, curves[0].by, grid=False))
    y = alt.Y(f"{field}:Q", scale=_scale(high), axis=_axis(high, labels, None, grid=True))
    layers = [_proportion(wide, high, x, y, field)]
    for curve, (colour, dash) in zip(curves, _styles(len(curves)), strict=True):
        base = drawing([row for row in rows if row["curve"] == curve.name]).encode(x=x, y=y)
        layers += [
            base.mark_line(color=colour, strokeDash=dash, strokeWidth=2),
            base.mark_circle(color=colour, size=34, opacity=1),
        ]
    names = _names(rows, field, high, width)
    heading = alt.TitleParams(text=name, anchor="start", fontSize=12, fontWeight=600, color=INK, offset=8)
    return alt.layer(*layers, *names).properties(width=width, height=HEIGHT, title=heading)


def _styles(count: int) -> list[tuple[str, list[float]]]:
    return [STYLES[k % len(STYLES)] for k in range(count)]


def _names(rows: list[Row], field: str, high: tuple[float, float], width: float) -> list[Any]:
    """The name of each curve at its end, moved apart, with a thin lead where one had to move."""
    ends: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row["size"]):
        ends[row["curve"]] = row
    low, top = (math.log(end) for end in high)
    wanted = [HEIGHT * (top - math.log(row[field])) / (top - low) for row in ends.values()]
    placed = spread(wanted, LINE, -6, HEIGHT + 6)
    layers = []
    for name, at, to in zip(ends, wanted, placed, strict=True):
        base = drawing([{"text": name}])
        lead = base.mark_rule(color=RULE, strokeWidth=0.8, clip=False)
        word = base.mark_text(align="left", baseline="middle", color=INK, clip=False)
        layers += [
            lead.encode(x=alt.value(width + 2), x2=alt.value(width + 9), y=alt.value(at), y2=alt.value(to)),
            word.encode(x=alt.value(width + 12), y=alt.value(to), text="text:N"),
        ]
    return layers


def _proportion(wide: tuple[float, float], high: tuple[float, float], x: Any, y: Any, field: str) -> Any:
    """A dotted line of slope 1 through the middle, cut at the frame."""
    middle = math.sqrt(high[0] * high[1]) / math.sqrt(wide[0] * wide[1])
    first, last = max(wide[0], high[0] / middle), min(wide[1], high[1] / middle)
    ends: list[Row] = [{"size": size, field: size * middle} for size in (first, last)]
    return drawing(ends).mark_line(color=MUTED, strokeDash=[1, 4], strokeWidth=1).encode(x=x, y=y)


def _domain(values: Sequence[float]) -> tuple[float, float]:
    """A little beyond the least and the most, at least a factor of three, in powers."""
    low, high = min(values), max(values)
    pad = max((high / low) ** 0.06, (3 / (high / low)) ** 0.5)
    return low / pad, high * pad


def _scale(domain: tuple[float, float]) -> Any:
    return alt.Scale(type="log", domain=list(domain), nice=False)


def ticks(low: float, high: float) -> list[float]:
    """Powers of ten from low to high, with 5, and then 2, of each where there would be fewer than three.

    >>> ticks(60, 7000), ticks(400, 900)
    ([100.0, 500.0, 1000.0, 5000.0], [500.0])
    """
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    for steps in ((1,), (1, 5), (1, 2, 5)):
        found = [float(f"{step}e{k}") for k in range(first, last + 1) for step in steps]
        found = [value for value in found if low <= value <= high]
        if len(found) > 2:
            break
    return found


def _axis(domain: tuple[float, float], labels: str, name: str | None, *, grid: bool) -> Any:
    quiet: dict[str, Any] = {"domain": not grid, "ticks": not grid, "grid": grid, "labelOverlap": False}
    room: dict[str, Any] = {"minExtent": AXIS - 8, "maxExtent": AXIS - 8} if grid else {"titleAnchor": "start"}
    return alt.Axis(title=name, values=ticks(*domain), labelExpr=labels, gridColor=RULE, **quiet, **room)
