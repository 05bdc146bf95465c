"""The spread of ties in twelve cases on which the literature agrees: does each strand lean where it is said to lean?

python benchmarks/face_validity.py [--json]

Needs the recorded votes, SIPRI's register and the Correlates of War's trade (COMITY_SHARED_DATA, or ../shared/data
beside the checkout). The cases and their expected leans were written down before any was computed. A lean is
(a − b)/(a + b) of the ties against size; "even" asks for less than EVEN of it either way.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import NamedTuple

from suite.result import Result, Said
from suite.script import script
from suite.shared import ARMS, SHARED, TRADE, WIDE, add, require

STRANDS = ("votes", "arms", "trade")
EVEN = 1 / 3


class Case(NamedTuple):
    """A state between two powers; of each strand the power it is said to lean to, "even", or "" for no claim."""

    state: str
    first: str
    second: str
    period: str
    votes: str
    arms: str
    trade: str


CASES = (
    Case("GBR", "USA", "RUS", "1960-1989", "USA", "USA", "USA"),
    Case("BGR", "USA", "RUS", "1960-1989", "RUS", "RUS", "RUS"),
    Case("CUB", "USA", "RUS", "1965-1989", "RUS", "RUS", "RUS"),
    Case("MNG", "CHN", "RUS", "1972-1989", "", "RUS", "RUS"),
    Case("FIN", "USA", "RUS", "1960-1989", "even", "RUS", "RUS"),
    Case("YUG", "USA", "RUS", "1960-1989", "", "RUS", ""),
    Case("IND", "USA", "RUS", "1970-1989", "RUS", "RUS", "RUS"),
    Case("EGY", "USA", "RUS", "1960-1972", "RUS", "RUS", "RUS"),
    Case("EGY", "USA", "RUS", "1980-2000", "", "USA", "USA"),
    Case("ISR", "USA", "RUS", "1970-2010", "USA", "USA", "USA"),
    Case("PAK", "CHN", "RUS", "1975-2010", "", "CHN", "CHN"),
    Case("JPN", "USA", "CHN", "1972-2010", "USA", "USA", ""),
)


def measure(_: argparse.Namespace) -> Iterator[Said]:
    files = (WIDE, SHARED / ARMS, SHARED / TRADE)
    require(files)
    for file in files:
        add([file])
    leans = {case: leaning(case) for case in CASES}
    asked = [(case, s, getattr(case, s)) for case in CASES for s in STRANDS if getattr(case, s)]
    counts = {
        "asked": len(asked),
        "as expected": sum(met(case, leans[case][s], expected) for case, s, expected in asked),
        "gaps": sum(leans[case][s] is None for case, s, _ in asked),
    }
    yield Result("all cases", "leans that are as the literature says", figures=counts)
    for case in CASES:
        told = {s: describe(case, lean, getattr(case, s)) for s, lean in leans[case].items()}
        yield Result(f"{case.state} {case.period}", f"lean to {case.first} or to {case.second}", figures=told)


def leaning(case: Case) -> dict[str, float | None]:
    """The lean of each strand; None where it has no data."""
    from comity.study.balance.spread import balance

    answer = balance(case.state, powers=[case.first, case.second], period=case.period, basis="baseline")
    pair = f"{case.first}-{case.second}"
    return {s.strand: s.leans[pair] if s.counted else None for s in answer.strands if s.strand in STRANDS}


def met(case: Case, lean: float | None, expected: str) -> bool:
    if lean is None:
        return False
    return abs(lean) < EVEN if expected == "even" else (lean > 0) == (expected == case.first)


def describe(case: Case, lean: float | None, expected: str) -> str:
    told = "no data" if lean is None else f"{lean:+.2f}"
    mark = "as expected" if met(case, lean, expected) else "not as expected"
    return told if not expected else f"{told}, expected {expected}: {mark}"


if __name__ == "__main__":
    script(__doc__, measure)
