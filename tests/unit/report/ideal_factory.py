"""Answers about ideal points made by hand (see factory): a pair, others beside it, a group, a distance, a roll call."""

from __future__ import annotations

import math
from datetime import date

import factory

from comity.model.choice import Choice
from comity.model.words import say
from comity.study.answers.common import Note
from comity.study.answers.ideal import EARLY, Fit, Gap, IdealDistanceAnswer, IdealShowAnswer, Point
from comity.study.answers.ideal_paths import GroupRange, GroupSession, IdealPathsAnswer
from comity.study.answers.ideal_vote import IdealVoteAnswer, Placed

HEADER = factory.header("all", "all issues")
FIT = Fit({"issue": "all", "sessions": [1, 0], "matches": "auto", "method": "fit", "smooth": False}, "5e" * 32)
SESSIONS = tuple(t for t in range(1, 79) if t != 19)
BRIDGES = {t: 0 if t == 1 else 10 + t % 7 for t in SESSIONS}
NOTES = (
    Note("ideal_scale", say("notes.ideal_scale")),
    Note("ideal_early", say("notes.ideal_early", early=EARLY)),
)
STARTS = {"VNM": (32, -1.0, "Viet Nam"), "RUS": (1, -2.5, "Russia"), "USA": (1, 2.0, "United States"),
          "CHN": (26, -0.9, "China"), "DDR": (28, -2.0, "German Democratic Republic")}  # fmt: skip


def points(state: str, until: int = 78) -> list[Point]:
    first, base, name = STARTS[state]
    held = [t for t in SESSIONS if first <= t <= until]
    theta = {t: base + 0.4 * math.sin(t / 6) for t in held}
    return [Point(state, name, t, theta[t], theta[t] - 0.3, theta[t] + 0.2, 50 + t % 9) for t in held]


def show_answer(*states: str, until: dict[str, int] | None = None, first: int = 1) -> IdealShowAnswer:
    states = states or ("VNM", "RUS", "USA", "CHN")
    made = [p for s in states for p in points(s, (until or {}).get(s, 78)) if p.session >= first]
    names = tuple((s, STARTS[s][2]) for s in states)
    return IdealShowAnswer(HEADER, FIT, names, tuple(sorted(made, key=lambda p: p.session)), BRIDGES, NOTES)


def group_range(quartiles: bool = False) -> GroupRange:
    sessions = tuple(GroupSession(t, -0.9, -0.4 + t / 1000, 0.1, 5 + t // 16) for t in SESSIONS if t >= 22)
    return GroupRange("asean", "ASEAN", quartiles, sessions)


def paths_answer(*states: str, quartiles: bool = False, **changes: object) -> IdealPathsAnswer:
    return IdealPathsAnswer(show_answer(*states, **changes), group_range(quartiles))  # type: ignore[arg-type]


def distance_answer(first: int = 32) -> IdealDistanceAnswer:
    """Russia less Viet Nam turned round: the difference falls through 0 in the sessions after 40."""
    gaps = []
    for t in (t for t in SESSIONS if t >= first):
        d = (44 - t) / 12
        gaps.append(Gap(t, d, d - 0.5, d + 0.5, abs(d), max(0.0, abs(d) - 0.5), abs(d) + 0.5, float(d > 0)))
    return IdealDistanceAnswer(HEADER, FIT, "VNM", "RUS", "Viet Nam", "Russia", tuple(gaps), 2000, 1945, NOTES)


def vote_answer(beta: float = -1.4, focus: tuple[str, ...] = ("VNM",)) -> IdealVoteAnswer:
    """Forty made-up states along the scale, each voting as most expected, but for five at the wrong end."""
    gamma1, gamma2 = 0.4, 1.8
    placed = []
    for i in range(40):
        theta = -1.9 + i * 0.11
        yes = 0.5 * math.erfc(-(gamma1 - beta * theta) / math.sqrt(2))
        no = 0.5 * math.erfc((gamma2 - beta * theta) / math.sqrt(2))
        chances = (yes, 1 - yes - no, no)
        choice = Choice(chances.index(max(chances))) if i < 35 else Choice.NO
        state, name = ("VNM", "Viet Nam") if i == 8 else (f"S{i:02d}", f"State number {i:02d}")
        placed.append(Placed(state, name, choice, theta, *chances))
    cuts = (gamma1 / beta, gamma2 / beta) if abs(beta) >= 0.05 else None
    return IdealVoteAnswer(
        HEADER, FIT, "A/RES/68/262", "R9999", "Territorial integrity of [a state]", date(2014, 3, 27), "day", 68, None,
        beta, gamma1, gamma2, cuts, 1, tuple(placed), tuple((s, (8, 9, 3)) for s in focus), NOTES[:1],
    )  # fmt: skip
