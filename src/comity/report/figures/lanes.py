"""Where marks and their names stand in the lanes of a timeline, so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LETTER, GAP = 5.3, 7.0  # pixels: of a letter at size 10, between a mark and what comes after it


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark from ``left`` to ``right``, in pixels, and its name."""

    left: float
    right: float
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """The level of a mark in its lane, from 0 at the top, and its name, "" where there is no room.

    text_at    : where the name begins ("left") or ends ("right").
    text_level : the mark's own, or the one above it.
    """

    level: int
    text: str
    text_at: float
    align: str
    text_level: int


def placed(marks: Sequence[Mark], width: float, levels: int, letters: int) -> list[Place]:
    """A place a mark, in their order: the first level with room for mark and name, else for the mark alone.

    levels  : how many levels have room for names; marks without a name may need more.
    letters : the most of a name that is shown.
    """
    taken: list[list[tuple[float, float]]] = []
    found: list[Place] = []
    for mark in marks:
        text = mark.text if len(mark.text) <= letters else mark.text[: letters - 1].rstrip() + "…"
        found.append(_named(mark, text, width, levels, taken) or _bare(mark, taken))
    return found


def _named(mark: Mark, text: str, width: float, levels: int, taken: list[list[tuple[float, float]]]) -> Place | None:
    length = len(text) * LETTER + GAP
    beside = []
    if mark.right + length <= width:
        beside.append((mark.left, mark.right + length, mark.right + GAP - 2, "left"))
    if mark.left - length >= 0:
        beside.append((mark.left - length, mark.right, mark.left - GAP + 2, "right"))
    for level in range(levels):
        for left, right, at, align in beside:
            if _take(taken, level, left, right):
                return Place(level, text, at, align, level)
    return _above(mark, text, length, levels, taken) if not beside else None


def _above(mark: Mark, text: str, length: float, levels: int, taken: list[list[tuple[float, float]]]) -> Place | None:
    """A bar as wide as the figure has its name over it."""
    for level in range(1, levels):
        if _free(taken, level - 1, mark.left, mark.left + length) and _take(taken, level, mark.left, mark.right):
            _take(taken, level - 1, mark.left, mark.left + length)
            return Place(level, text, mark.left, "left", level - 1)
    return None


def _bare(mark: Mark, taken: list[list[tuple[float, float]]]) -> Place:
    level = 0
    while not _take(taken, level, mark.left, mark.right):
        level += 1
    return Place(level, "", mark.right, "left", level)


def _take(taken: list[list[tuple[float, float]]], level: int, left: float, right: float) -> bool:
    """Keep a stretch of a level, unless another has a part of it."""
    if not _free(taken, level, left, right):
        return False
    taken[level].append((left, right))
    return True


def _free(taken: list[list[tuple[float, float]]], level: int, left: float, right: float) -> bool:
    while len(taken) <= level:
        taken.append([])
    return not any(left < b + 3 and a < right + 3 for a, b in taken[level])
