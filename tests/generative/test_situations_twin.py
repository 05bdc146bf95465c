"""The grid against a slow twin that walks the roll calls one by one, on made-up tables."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vote_tables
from comity.errors import EmptySelection
from comity.model.reading import Reading
from comity.study.situations import situations

TARGETS = {
    "Situation of human rights in Cuba": ("CUB",),
    "Human rights situation in the Sudan": ("SDN",),
    "Situation of human rights in Bosnia and Herzegovina and Croatia": ("BIH", "HRV"),
    "The right to food": (),
    "": (),
}
FIRST = date(2000, 1, 1)

ROWS = st.lists(
    st.tuples(
        st.integers(0, 1400), st.sampled_from(sorted(TARGETS)), st.sampled_from("YANX9."), st.sampled_from("YANX9.")
    ),
    min_size=1,
    max_size=25,
)
ASKED = st.sampled_from([None, ("CUB",), ("HRV",), ("SDN", "BIH")])


def day_of(days: int) -> date:
    return FIRST + timedelta(days=days)


def written(rows: list[tuple[int, str, str, str]]) -> str:
    head = "| date | symbol | title | VNM | RUS | USA |"
    lines = [f"| {day_of(d)} | A/RES/60/{i + 1} | {t} | {a} | {b} | Y |" for i, (d, t, a, b) in enumerate(rows)]
    # a first and a last roll call, so that the period lies inside the release
    ends = [f"| {day} | A/RES/59/{i} | Ends | Y | Y | Y |" for i, day in ((1, "2000-01-01"), (2, "2003-12-31"))]
    return "\n".join([head, *lines, *ends])


def twin(
    rows: list[tuple[int, str, str, str]], asked: tuple[str, ...] | None, absent_too: bool
) -> dict[object, object]:
    """Every cell as a multiset of pairs of letters, and the classes of all texts."""
    cells: dict[tuple[str, int], Counter[str]] = {}
    classes: Counter[str] = Counter()
    for days, title, a, b in rows:
        if not absent_too and "9" in (a, b):
            continue
        about = [t for t in TARGETS[title] if asked is None or t in asked]
        if not about:
            continue
        mine, theirs = ("x" if v in "X9." else v for v in (a, b))
        for target in about:
            cells.setdefault((target, day_of(days).year), Counter())[mine + theirs] += 1
        if "x" in (mine, theirs):
            classes["absent"] += 1
        elif mine == theirs:
            classes["same"] += 1
        else:
            classes["ambivalent" if "A" in (mine, theirs) else "opposite"] += 1
    return {"cells": cells, "classes": classes}


@given(ROWS, ASKED, st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_grid_equals_the_twin(
    rows: list[tuple[int, str, str, str]], asked: tuple[str, ...] | None, absent_too: bool
) -> None:
    corpus = vote_tables.corpus(*vote_tables.frames(written(rows)))
    expected = twin(rows, asked, absent_too)
    reading = Reading(coded_nonmember="count" if absent_too else "drop", duplicates="keep")
    try:
        answer = situations("VNM", "RUS", targets=asked or "all", period="2000-2003", reading=reading, corpus=corpus)
    except EmptySelection:
        assert not expected["cells"]
        return
    letter = {"YES": "Y", "ABSTAIN": "A", "NO": "N", "ABSENT": "x", "CODED_NONMEMBER": "x"}
    cells = {
        (row.target, slot): Counter(letter[v.choice_a.name] + letter[v.choice_b.name] for v in votes)
        for row in answer.rows
        for slot, votes in row.cells
    }
    assert cells == expected["cells"]
    total = answer.total
    classes = {k: getattr(total, k) for k in ("same", "ambivalent", "opposite", "absent")}
    assert {k: n for k, n in classes.items() if n} == expected["classes"]
    assert len(answer.exceptions) == total.roll_calls - total.same
    assert [v.date for v in answer.exceptions] == sorted(v.date for v in answer.exceptions if v.date)
