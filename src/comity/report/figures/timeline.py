"""Figure: a timeline in lanes, one a ledger: dots for what happened on a day, bars for what lasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import altair as alt

from comity.model.clock import today
from comity.model.words import say
from comity.report import parts
from comity.report.figures.data import Row
from comity.report.figures.lanes import Mark, Place, placed
from comity.report.figures.style import INK, MUTED, PALETTE, PAPER, RULE, WIDE, Size, drawing, finish, title
from comity.report.strands.rows import when
from comity.strands.intervals import OPEN, Span
from comity.strands.ledgers.kinds import KINDS
from comity.strands.translated import translated
from comity.study import ledgers
from comity.study.answers.ledger import Entry
from comity.study.answers.timeline import TimelineAnswer

SMALL = ("treaties", "tiers", "visits", "access", "sanctions")
LEVEL, HEAD, DOT = 15, 20, 3.5  # pixels: of a level, above a lane for its name, half a dot
_SHORT = 6.0  # pixels: a stretch below is drawn as a dot


def timeline_figure(answer: TimelineAnswer, *, kinds: Sequence[str] | None = None, size: Size = WIDE) -> Any:
    """The timeline (an Altair chart); every row has a mark, as many names as fit are written.

    kinds : the ledgers drawn, one of which has a row; all by default.
    """
    entries = [e for e in answer.entries if kinds is None or e.kind in kinds]
    spans = {id(e): _drawn(e) for e in entries}
    first, last = _domain(answer, list(spans.values()))
    scale = size.plot / (last - first)
    rows, heads, height = _rows(answer, entries, spans, (first, last), scale, size)
    frame = _Frame(first, last, height)
    layers = [*_lanes(heads, frame), *_bars(rows, frame), *_dots(rows, frame), *_names(rows, size, frame)]
    main = alt.layer(*layers).properties(width=size.plot, height=height)
    foot = _foot(answer, entries, size, sum(not r["text"] for r in rows))
    head = title(
        size,
        say("timeline.figure", subject=answer.header.subject),
        say("timeline.figure_sub"),
        say("timeline.figure_filled"),
    )
    return finish(alt.vconcat(main, foot, spacing=16).properties(title=head), _described(answer, rows))


def _drawn(entry: Entry) -> Span:
    """The days drawn: a row that goes on is drawn to today."""
    found = ledgers.span(entry.kind, entry.row)
    end = max(today(), found.begin[1])
    return Span(found.begin, (end, end)) if found.end == OPEN else found


def _domain(answer: TimelineAnswer, spans: Sequence[Span]) -> tuple[float, float]:
    if answer.period:
        first, last = answer.period.years
        return float(first), float(last + 1)
    return float(min(s.begin[0].year for s in spans)), float(max(s.end[1].year for s in spans) + 1)


def _years(day: date) -> float:
    """A day as a year and its part."""
    start = date(day.year, 1, 1)
    return (
        day.year + (day - start).days / (date(day.year + 1, 1, 1) - start).days if day.year < 9999 else float(day.year)
    )


def _rows(
    answer: TimelineAnswer,
    entries: Sequence[Entry],
    spans: dict[int, Span],
    domain: tuple[float, float],
    scale: float,
    size: Size,
) -> tuple[list[Row], list[Row], float]:
    """One row a mark with its place, one a lane with its name, and the height of all lanes."""
    rows: list[Row] = []
    heads: list[Row] = []
    top = 0.0
    differ = {id(e) for m in answer.moments if m.same_day == "no" for e in m.entries}
    for kind in KINDS:
        mine = [e for e in entries if e.kind == kind]
        if not mine:
            continue
        made = [_row(e, spans[id(e)], domain, bad=id(e) in differ, short=_SHORT / scale) for e in mine]
        marks = [_mark(r, domain[0], scale) for r in made]
        places = placed(marks, size.plot, 8 if size.narrow else 12, 26 if size.narrow else 44)
        heads.append(
            {
                "y": top,
                "text": say("timeline.figure_lane", label=say(f"ledger_kind.{kind}"), n=len(mine)),
                "left": domain[0],
            }
        )
        for r, place in zip(made, places, strict=True):
            rows.append(r | _put(place, top, domain[0], scale))
        top += HEAD + LEVEL * (1 + max(p.level for p in places)) + 4
    return rows, heads, top


def _row(entry: Entry, span: Span, domain: tuple[float, float], *, bad: bool, short: float) -> Row:
    """Ends of a mark, as parts of years within the domain; what lasts less than ``short`` is a dot.

    sure : the stretch that is certain of a bar.
    """

    def inside(day: date, *, after: bool = False) -> float:
        return min(max(_years(day + timedelta(days=1) if after and day < date.max else day), domain[0]), domain[1])

    left, right = inside(span.begin[0]), inside(span.end[1], after=True)
    lasts = not span.moment and right - left >= short
    sure = (inside(span.latest_begin), inside(span.earliest_end, after=True))
    day = span.begin[0] == span.begin[1]
    return {
        "kind": entry.kind, "id": entry.row.id, "title": translated(entry.row.title), "date": entry.row.date,
        "left": left, "right": right, "middle": (left + right) / 2, "lasts": lasts, "exact": day and not lasts,
        "sure_left": min(sure), "sure_right": max(sure) if sure[0] <= sure[1] else min(sure),
        "colour": PALETTE["opposite"] if bad else PALETTE["same"], "checked": entry.row.checked,
    }  # fmt: skip


def _mark(row: Row, first: float, scale: float) -> Mark:
    if row["lasts"]:
        return Mark((row["left"] - first) * scale, (row["right"] - first) * scale, row["title"])
    middle = (row["middle"] - first) * scale
    half = max(DOT, (row["right"] - row["left"]) * scale / 2)
    return Mark(middle - half, middle + half, row["title"])


def _put(place: Place, top: float, first: float, scale: float) -> Row:
    y, name = (top + HEAD + LEVEL * (level + 0.5) for level in (place.level, place.text_level))
    return {"y": y, "name_y": name, "text": place.text, "at": first + place.text_at / scale, "align": place.align}


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where columns stand: one scale across and one down for every layer."""

    first: float
    last: float
    height: float

    def x(self, column: str) -> Any:
        """Years, from left to right."""
        axis = alt.Axis(title=None, format="d", tickMinStep=1, grid=True, gridColor=RULE)
        scale = alt.Scale(domain=[self.first, self.last], nice=False, zero=False)
        return alt.X(f"{column}:Q", scale=scale, axis=axis)

    def y(self, column: str = "y") -> Any:
        """Pixels, from top to bottom."""
        return alt.Y(f"{column}:Q", scale=alt.Scale(domain=[self.height, 0], nice=False), axis=None)


def _lanes(heads: list[Row], frame: _Frame) -> list[Any]:
    base = drawing(heads)
    rule = base.mark_rule(color=RULE).encode(y=frame.y())
    name = base.mark_text(align="left", baseline="top", dy=4, fontWeight=600, fontSize=11, color=INK)
    return [rule, name.encode(x=frame.x("left"), y=frame.y(), text="text:N")]


_TIPS = ["title:N", "date:N", "kind:N", "checked:N"]


def _bars(rows: list[Row], frame: _Frame) -> list[Any]:
    """The whole stretch pale, what is certain of it strong; open bars are unchecked."""
    bars = [r for r in rows if r["lasts"]]
    if not bars:
        return []
    base = drawing(bars)
    colour = alt.Color("colour:N", scale=None)
    whole = base.mark_rule(strokeWidth=7, opacity=0.25).encode(
        x=frame.x("left"), x2="right:Q", y=frame.y(), color=colour
    )
    sure = frame.x("sure_left")
    strong = base.mark_rule(strokeWidth=7, opacity=0.75).encode(
        x=sure, x2="sure_right:Q", y=frame.y(), color=colour, tooltip=_TIPS
    )
    hollow = [r for r in bars if not r["checked"] and r["sure_right"] > r["sure_left"]]
    inner = drawing(hollow).mark_rule(strokeWidth=3.5, color=PAPER).encode(x=sure, x2="sure_right:Q", y=frame.y())
    return [whole, strong, *([inner] if hollow else [])]


def _dots(rows: list[Row], frame: _Frame) -> list[Any]:
    """A dot a row, with a line over the days it may mean where no day is known."""
    dots = [r for r in rows if not r["lasts"]]
    layers: list[Any] = []
    coarse = [r for r in dots if not r["exact"]]
    colour = alt.Color("colour:N", scale=None)
    if coarse:
        layers.append(
            drawing(coarse)
            .mark_rule(strokeWidth=1.5)
            .encode(x=frame.x("left"), x2="right:Q", y=frame.y(), color=colour)
        )
    place = {"x": frame.x("middle"), "y": frame.y(), "tooltip": _TIPS}
    if filled := [r for r in dots if r["checked"]]:
        layers.append(drawing(filled).mark_circle(size=38, opacity=1).encode(color=colour, **place))
    if hollow := [r for r in dots if not r["checked"]]:
        ring = drawing(hollow).mark_point(size=30, strokeWidth=1.6, filled=False, fill=PAPER)
        layers.append(ring.encode(stroke=alt.Stroke("colour:N", scale=None), **place))
    return layers


def _names(rows: list[Row], size: Size, frame: _Frame) -> list[Any]:
    layers = []
    for align in ("left", "right"):
        mine = [r for r in rows if r["text"] and r["align"] == align]
        if mine:
            text = drawing(mine).mark_text(align=align, baseline="middle", fontSize=10, color=INK, limit=size.plot)
            layers.append(text.encode(x=frame.x("at"), y=frame.y("name_y"), text="text:N"))
    return layers


def _foot(answer: TimelineAnswer, entries: Sequence[Entry], size: Size, unnamed: int) -> Any:
    """Notes and sources below, as every figure's."""
    told = [say("timeline.figure_unlabelled", k=unnamed)] if unnamed else []
    lines = [line for s in (*told, _source(answer, entries)) for line in size.lines(s, 10)]
    mark: dict[str, Any] = {"align": "left", "baseline": "top", "lineHeight": 14, "fontSize": 10, "color": MUTED}
    text = drawing([{"text": "\n".join(lines)}]).mark_text(lineBreak="\n", clip=False, **mark)
    return text.encode(x=alt.value(0), y=alt.value(0), text="text:N").properties(width=size.plot, height=1)


def _source(answer: TimelineAnswer, rows: Sequence[Entry]) -> str:
    return say(
        "timeline.figure_source",
        rows=len(rows),
        checked=sum(e.row.checked for e in rows),
        ledgers=len({e.kind for e in rows}),
        answered=parts.day(answer.header.answered),
        version=answer.header.version,
    )


def _described(answer: TimelineAnswer, rows: Sequence[Row]) -> str:
    ordered = sorted(rows, key=lambda r: r["left"])
    told = ", ".join(
        say("timeline.figure_lane", label=say(f"ledger_kind.{k}"), n=sum(r["kind"] == k for r in rows))
        for k in KINDS
        if any(r["kind"] == k for r in rows)
    )
    first, last = when(ordered[0]["date"]), when(ordered[-1]["date"])
    return say("timeline.figure_alt", subject=answer.header.subject, first=first, last=last, told=told)
