"""Figure: a world map, states coloured by what they did; small states are dots, what has no colour is outlined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt

from comity.model.words import say
from comity.report.figures.style import INK, MUTED, PAPER, RULE, WIDE, Size, drawing, finish, footer, title
from comity.report.figures.world import held_on, largest, outlines, world
from comity.study.answers.common import Header

# Light and warm to dark and cold: five steps that stay in order in grey print and under colour blindness. The last
# looks like the palette's first, but a dark page turns the order round and so has to tell the two apart.
RAMP = ("#f2e2bc", "#ccd3a8", "#8fb8a6", "#4a8f95", "#0f4a58")
_SEEN = 3.0  # square pixels: what covers less is drawn as a dot
_NARROW_SEEN = 1.0
_STROKE = {"stroke": PAPER, "strokeWidth": 0.5}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a colour stands for. dashed : outlined by dashes, for what is not known well enough. shape : of a dot."""

    label: str
    colour: str
    dashed: bool = False
    shape: str = "circle"


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a state: its kind, and the words a pointer brings up."""

    kind: Kind
    words: str
    name: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A map to draw.

    told  : by state id. day : whose states the shapes are drawn for. labels : state id → a short text set on it.
    notes : sentences below, before the one on boundaries. long : whether kinds take a line of the legend each.
    """

    header: Header
    title: str
    subtitles: tuple[str, ...]
    kinds: tuple[Kind, ...]
    told: Mapping[str, Told]
    day: date
    description: str
    notes: tuple[str, ...] = ()
    labels: Mapping[str, str] | None = None
    long: bool = False


def world_map(plan: Plan, *, size: Size = WIDE) -> Any:
    """The map (an Altair chart)."""
    scale = size.plot / world().width
    height = round(world().height * scale)
    colour = _colour(plan, size)
    layers = [_land(plan, size), *_shapes(plan, size, colour), *_dots(plan, size, colour)]
    layers += _labels(plan, size)
    chart = (
        alt.layer(*layers)
        .properties(width=size.plot, height=height)
        .project(type="identity", scale=1, translate=[0, 0])
    )
    foot = footer(size, plan.header, 0, *plan.notes, say("world.boundaries", **plan.header.where))
    foot = foot.properties(width=size.plot, height=1)
    whole = alt.vconcat(chart, foot, spacing=10).properties(title=title(size, plan.title, *plan.subtitles))
    return finish(whole, plan.description)


def _colour(plan: Plan, size: Size) -> Any:
    scale = alt.Scale(domain=[k.label for k in plan.kinds], range=[k.colour for k in plan.kinds])
    columns: dict[str, Any] = {"columns": 1} if plan.long else {"columns": 2 if size.narrow else 4}
    legend = alt.Legend(
        orient="top", title=None, symbolType="square", symbolStrokeWidth=0.6, symbolStrokeColor=MUTED, offset=10,
        labelLimit=size.text - 30, **columns,
    )  # fmt: skip
    return alt.Color("kind:N", scale=scale, legend=legend)


def _land(plan: Plan, size: Size) -> Any:
    """Every shape without a colour, outlined."""
    drawn = [
        _feature(geometry)
        for geometry, held in zip(outlines(size.plot), held_on(plan.day), strict=True)
        if geometry and held not in plan.told
    ]
    return drawing(drawn).mark_geoshape(fill=PAPER, stroke=RULE, strokeWidth=0.8)


def _shapes(plan: Plan, size: Size, colour: Any) -> list[Any]:
    plain: list[Any] = []
    dashed: list[Any] = []
    for geometry, held in zip(outlines(size.plot), held_on(plan.day), strict=True):
        if geometry and (told := plan.told.get(held)):
            (dashed if told.kind.dashed else plain).append(_feature(geometry, **_facts(told)))
    tip = ["name:N", "told:N"]
    layers = [drawing(plain).mark_geoshape(**_STROKE).encode(color=colour, tooltip=tip)] if plain else []
    if dashed:
        outline = {"stroke": MUTED, "strokeWidth": 0.6, "strokeDash": [1.5, 1.5]}
        layers.append(drawing(dashed).mark_geoshape(**outline).encode(color=colour, tooltip=tip))
    return layers


def _dots(plan: Plan, size: Size, colour: Any) -> list[Any]:
    """States too small to be seen, each a dot; one that has several shapes is drawn on the largest."""
    scale = size.plot / world().width
    rows = []
    for held, shape in largest(plan.day).items():
        told = plan.told.get(held)
        if told and shape.area * scale**2 < (_NARROW_SEEN if size.narrow else _SEEN):
            x, y = shape.at
            rows.append({"x": x * scale, "y": y * scale, **_facts(told), "form": told.kind.shape})
    if not rows:
        return []
    area, shapes = (13 if size.narrow else 26), sorted({row["form"] for row in rows})
    form = alt.Shape("form:N", scale=alt.Scale(domain=shapes, range=shapes), legend=None)
    marks = drawing(rows).mark_point(filled=True, size=area, opacity=1, stroke=PAPER, strokeWidth=0.5)
    return [marks.encode(x=_across(size), y=_down(size), color=colour, shape=form, tooltip=["name:N", "told:N"])]


def _labels(plan: Plan, size: Size) -> list[Any]:
    scale = size.plot / world().width
    at = largest(plan.day)
    rows = [
        {"x": at[s].at[0] * scale, "y": at[s].at[1] * scale, "text": text}
        for s, text in (plan.labels or {}).items()
        if s in at
    ]
    if not rows:
        return []
    place = {"x": _across(size), "y": _down(size), "text": "text:N"}
    base, points = drawing(rows), 10 if size.narrow else 13
    halo = base.mark_text(fontSize=points, fontWeight=600, color=PAPER, stroke=PAPER, strokeWidth=4, strokeJoin="round")
    return [mark.encode(**place) for mark in (halo, base.mark_text(fontSize=points, fontWeight=600, color=INK))]


def _facts(told: Told) -> dict[str, Any]:
    return {"kind": told.kind.label, "name": told.name, "told": told.words}


def _feature(geometry: Any, **facts: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, **facts}


def _across(size: Size) -> Any:
    return alt.X("x:Q", scale=alt.Scale(domain=[0, size.plot], range=[0, size.plot], nice=False, zero=False), axis=None)


def _down(size: Size) -> Any:
    height = round(world().height * size.plot / world().width)
    return alt.Y("y:Q", scale=alt.Scale(domain=[0, height], range=[0, height], nice=False, zero=False), axis=None)
