"""Answers about change made by hand (see factory)."""

from __future__ import annotations

import factory

from comity.model.counts import Share
from comity.model.period import Period
from comity.study.answers.breaks import Break, BreaksAnswer, BreakSeries, Chance, DateSupport, Point
from comity.study.answers.moved import DecomposeAnswer, FamilyMove, MovedAnswer, Part
from comity.study.answers.pair_header import PairHeader

PAIR = PairHeader(factory.header(), "VNM", "RUS", "Viet Nam", "Russia", factory.DROPPED, factory.NOTES)
DATES = tuple(
    DateSupport(year, support, rank, 4, support > 0.14)
    for year, support, rank in ((1995, 0.02, 4), (1996, 0.5, 2), (1997, 1.0, 1), (2000, 0.2, 3))
)


def found(before: float, after: float, preferred: str = "step") -> Break:
    chance = (Chance(0.1, 32, 0, 1000), Chance(0.9, 656, 100, 1000))
    aicc = {"none": 90.0, "ramp": 80.0, "step": 50.0}
    return Break(preferred, 1997, before, after, 60, 533, 1.7, aicc, DATES, DATES[3], chance)


def breaks_answer(preferred: str = "step") -> BreaksAnswer:
    points = (Point(1992, 0.18, 60), Point(1997, 0.74, 533))
    series = (
        BreakSeries("share", points, 593, found(11 / 60, 398 / 533, preferred)),
        BreakSeries("less_median", points, 593, found(-0.4, 0.1, preferred)),
        BreakSeries("matched", (), 593, None, "needs_titles"),
    )
    return BreaksAnswer(PAIR, Period(1992, 2023), series, 2000, 1)


def moved_answer(families: int = 25) -> MovedAnswer:
    moves = tuple(
        FamilyMove(
            i, f"Text {i} on a matter of human rights " * 4, (4, 9), (1, 1), (0.25, 1), (1, 0.5), 0.04, 0, -0.75, 0
        )
        for i in range(families)
    )
    shift = {"a": (1.0, 1.0), "b": (0.25, 1.0), "world": (1.0, 0.5)}
    parts = {"a": 0.0, "b": -0.75, "both": 0.0}
    common = (4 * families, 9 * families)
    return MovedAnswer(
        PAIR, (factory.EARLY, factory.LATE), moves, shift if moves else {}, parts if moves else {}, common, (111, 447)
    )


def decompose_answer() -> DecomposeAnswer:
    names = ("within", "reweighting", "entry", "exit", "unmatched")
    values = (0.18, -0.01, 0.14, 0.08, 0.02)
    parts = tuple(
        Part(name, value, (value + 0.05, value - 0.05), (value - 0.1, value + 0.1), 16, (89, 183))
        for name, value in zip(names, values, strict=True)
    )
    shares = (Share(40, 111), Share(345, 447))
    return DecomposeAnswer(PAIR, (factory.EARLY, factory.LATE), shares, parts, (0.24, 0.58), 124, 2000, 1)
