"""The shapes of a world map, and which state each is drawn for on a day: present boundaries, as drawn by the source."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from comity.states.registry import registry


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape of the map, in pixels of a map ``World.width`` wide, y downwards.

    state : the state of today, "" for what is no state of the registry; name : as the source has it.
    area  : in square pixels. at : a point inside. polygons : rings of points, an outer one and its holes.
    """

    state: str
    name: str
    area: float
    at: tuple[float, float]
    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]


@dataclass(frozen=True, slots=True)
class World:
    """All shapes."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


@cache
def world() -> World:
    """The shapes of the package."""
    text = (resources.files("comity.data") / "maps" / "world.json").read_text(encoding="utf-8")
    held = json.loads(text)
    unit = held["tenths"]
    shapes = tuple(
        Shape(
            s["state"],
            s["name"],
            s["area"],
            (s["at"][0] / unit, s["at"][1] / unit),
            tuple(tuple(_ring(steps, unit) for steps in polygon) for polygon in s["polygons"]),
        )
        for s in held["shapes"]
    )
    return World(held["width"] / unit, held["height"] / unit, shapes)


@cache
def held_on(day: date) -> tuple[str, ...]:
    """For every shape the state that it is drawn for on a day: its own, or one that it was part of; "" for none.

    >>> from datetime import date
    >>> shapes = [s.name for s in world().shapes]
    >>> [held_on(date(1985, 6, 1))[shapes.index(n)] for n in ("Kazakhstan", "Ukraine", "Croatia", "Namibia")]
    ['RUS', 'UKR', 'YUG', '']
    """
    return tuple(_holder(shape.state, day) for shape in world().shapes)


def unseen(states: Collection[str], day: date) -> tuple[str, ...]:
    """Those of the states that no shape is drawn for on a day, in their order: they shared today's territory."""
    seen = set(held_on(day))
    return tuple(s for s in states if s not in seen)


def largest(day: date) -> dict[str, Shape]:
    """By state the largest of the shapes that are drawn for it on a day."""
    found: dict[str, Shape] = {}
    for shape, held in zip(world().shapes, held_on(day), strict=True):
        if held and (held not in found or shape.area > found[held].area):
            found[held] = shape
    return found


def _holder(state: str, day: date) -> str:
    if not state or registry().state(state).existed_on(day):
        return state
    came = (s for s in registry().successions if s.successor == state and s.kind != "seat" and day < s.day)
    return next((found for s in came if (found := _holder(s.predecessor, day))), "")


def _ring(steps: list[int], unit: int) -> tuple[tuple[float, float], ...]:
    x = y = 0
    points = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / unit, y / unit))
    return (*points, points[0])


@cache
def outlines(width: int) -> tuple[Any, ...]:
    """The GeoJSON geometry of every shape at a width, in pixels to the tenth; None for what is smaller than that."""
    scale = width / world().width
    return tuple(_geometry(shape, scale) for shape in world().shapes)


def _geometry(shape: Shape, scale: float) -> dict[str, Any] | None:
    polygons = [[_scaled(ring, scale) for ring in polygon] for polygon in shape.polygons]
    kept = [[ring for ring in polygon if len(ring) > 3] for polygon in polygons if len(polygon[0]) > 3]
    return {"type": "MultiPolygon", "coordinates": kept} if kept else None


def _scaled(ring: tuple[tuple[float, float], ...], scale: float) -> list[list[float]]:
    points: list[list[float]] = []
    for x, y in ring:
        here = [round(x * scale, 1), round(y * scale, 1)]
        if not points or here != points[-1]:
            points.append(here)
    return points
