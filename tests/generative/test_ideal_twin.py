"""The index arrays of the ideal-point model against dictionaries."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from comity.measures.ideal.connect import session_links
from comity.measures.ideal.model import Votes
from comity.measures.ideal.prepare import prepare

SHAPE = (9, 6)
CELLS = arrays(np.uint8, SHAPE, elements=st.sampled_from([0, 1, 2, 3, 5]))
WHEN = arrays(np.int64, SHAPE[0], elements=st.sampled_from([1, 2, 3, 7]))
FAMILY = arrays(np.int64, SHAPE[0], elements=st.integers(-1, 3))
LEFT = arrays(np.bool_, SHAPE[0], elements=st.sampled_from([False, False, False, True]))

Cast = dict[tuple[int, int], int]


def slow_cast(cells: np.ndarray, when: np.ndarray, family: np.ndarray, left: np.ndarray) -> tuple[Cast, list[int]]:
    """(row, state) → choice of the votes that stay, and each row's text: the earliest row on it."""
    order = sorted(range(len(cells)), key=lambda r: (when[r], r))
    text = [next(q for q in order if q == r or (family[q] == family[r] >= 0)) for r in range(len(cells))]
    cast = {
        (r, s): int(cells[r, s])
        for r in range(len(cells))
        for s in range(cells.shape[1])
        if not left[r] and cells[r, s] <= 2
    }
    while True:
        kinds = defaultdict(set)
        for (r, _), choice in cast.items():
            kinds[text[r]].add(choice)
        cast = {(r, s): c for (r, s), c in cast.items() if len(kinds[text[r]]) > 1}
        texts, votes = defaultdict(set), defaultdict(int)
        for r, s in cast:
            texts[int(when[r])].add(text[r])
            votes[s] += 1
        kept = {(r, s): c for (r, s), c in cast.items() if len(texts[int(when[r])]) > 1 and votes[s] > 1}
        if kept == cast:
            return cast, text
        cast = kept


@settings(max_examples=150, deadline=None)
@given(CELLS, WHEN, FAMILY, LEFT)
def test_prepare_twin(cells: np.ndarray, when: np.ndarray, family: np.ndarray, left: np.ndarray) -> None:
    cast, text = slow_cast(cells, when, family, left)
    try:
        found = prepare(cells, when, links=family, leave_out=left, drop_thin=True)
    except ValueError as err:
        assert not cast or "connects" in str(err)
        return
    begun = {t: min(int(when[r]) for r, _ in cast if text[r] == t) for t in {text[r] for r, _ in cast}}
    items = sorted(begun, key=lambda t: (begun[t], t))
    units = sorted({(s, int(when[r])) for r, s in cast})
    votes = sorted((items.index(text[r]), units.index((s, int(when[r]))), c) for (r, s), c in cast.items())
    assert sorted(zip(found.item.tolist(), found.unit.tolist(), found.choice.tolist(), strict=True)) == votes
    assert found.row.tolist() == items
    assert list(zip(found.state.tolist(), found.session.tolist(), strict=True)) == units
    voted = {r for r, _ in cast}
    assert found.row_item.tolist() == [items.index(text[r]) if r in voted else -1 for r in range(len(cells))]
    check_views(found)
    check_neighbours(found, units, [u for _, u, _ in votes])


def check_views(found: Votes) -> None:
    """Both orders hold every vote once, each in its item's and its unit's place."""
    assert sorted(found.unit_order.tolist()) == list(range(found.choice.size))
    for i in range(found.row.size):
        assert set(found.item[found.item_start[i] : found.item_start[i + 1]].tolist()) == {i}
    for u in range(found.state.size):
        mine = found.unit_order[found.unit_start[u] : found.unit_start[u + 1]]
        assert set(found.unit[mine].tolist()) == {u} and (np.diff(found.item[mine]) >= 0).all()


def check_neighbours(found: Votes, units: list[tuple[int, int]], cast_by: list[int]) -> None:
    """Sessions before and after of the same state, and the share s_it."""
    for u, (state, session) in enumerate(units):
        before = [k for k, (s, t) in enumerate(units) if s == state and t < session]
        after = [k for k, (s, t) in enumerate(units) if s == state and t > session]
        assert found.previous[u] == (before[-1] if before else -1)
        assert found.following[u] == (after[0] if after else -1)
        leaned = before[-1] if before else after[0] if after else None
        mine = cast_by.count(u)
        assert found.weight[u] == (1.0 if leaned is None else mine / (mine + cast_by.count(leaned)))


@settings(max_examples=150, deadline=None)
@given(CELLS, WHEN, FAMILY)
def test_sessions_that_hang_together_twin(cells: np.ndarray, when: np.ndarray, family: np.ndarray) -> None:
    """Refused as unconnected exactly where walking from session to session does not reach them all."""
    cast, text = slow_cast(cells, when, family, np.zeros(len(cells), bool))
    sessions = {int(when[r]) for r, _ in cast}
    if not sessions:
        return
    reached, more = set[int](), {min(sessions)}
    while more:
        reached |= more
        states = {s for r, s in cast if int(when[r]) in reached}
        texts = {text[r] for r, _ in cast if int(when[r]) in reached}
        more = {int(when[r]) for r, s in cast if s in states or text[r] in texts} - reached
    try:
        links = session_links(prepare(cells, when, links=family, drop_thin=True))
    except ValueError as err:
        assert "connects" in str(err) and reached != sessions
        return
    assert reached == sessions and len(links) == len(sessions)
