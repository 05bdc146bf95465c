"""Neighbours' and own votes against slow twins, and what must not matter: the vote itself, names, order."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from comity.measures.near import near_shares, own_votes

SHAPE = (7, 5)
CELLS = arrays(np.uint8, SHAPE, elements=st.sampled_from([0, 1, 2, 3, 5]))
WHEN = arrays(np.int64, SHAPE[0], elements=st.integers(1, 9))
FAMILY = arrays(np.int64, SHAPE[0], elements=st.integers(-1, 2))


def slow_near(cells: np.ndarray, when: np.ndarray, r: int, i: int, sharpness: float, decay: float) -> list[float]:
    shares = [0.0, 0.0, 0.0]
    for j in range(cells.shape[1]):
        if j == i or cells[r, i] > 2 or cells[r, j] > 2:
            continue
        alike = joint = 0.0
        for q in range(len(cells)):
            apart = abs(int(when[q]) - int(when[r]))
            if q != r and apart <= 5 and cells[q, i] <= 2 and cells[q, j] <= 2:
                joint += decay**apart
                alike += decay**apart * (cells[q, i] == cells[q, j])
        shares[cells[r, j]] += math.exp(sharpness * ((alike + 1) / (joint + 2) - 1)) * joint / (joint + 10)
    total = sum(shares)
    return [s / total if total > 1e-6 else 0.0 for s in shares]


@settings(max_examples=60, deadline=None)
@given(CELLS, WHEN)
def test_near_shares_twin(cells: np.ndarray, when: np.ndarray) -> None:
    found = near_shares(cells, when, sharpness=8.0, decay=0.75)
    twin = [[slow_near(cells, when, r, i, 8.0, 0.75) for i in range(SHAPE[1])] for r in range(SHAPE[0])]
    known = np.array(twin).sum(axis=-1) > 0
    np.testing.assert_allclose(found[known], np.array(twin)[known], atol=2e-4)


@settings(max_examples=60, deadline=None)
@given(CELLS, WHEN, FAMILY)
def test_own_votes_twin(cells: np.ndarray, when: np.ndarray, family: np.ndarray) -> None:
    found = own_votes(cells, when, family, fade=3.0)
    for r in range(SHAPE[0]):
        for s in range(SHAPE[1]):
            twin = [0.0, 0.0, 0.0]
            for q in range(SHAPE[0]):
                if q != r and family[q] == family[r] >= 0 and cells[q, s] <= 2:
                    twin[cells[q, s]] += math.exp(-abs(int(when[q]) - int(when[r])) / 3)
            np.testing.assert_allclose(found[r, s], twin, atol=1e-5)


@settings(max_examples=60, deadline=None)
@given(CELLS, WHEN, FAMILY, st.integers(0, 6), st.integers(0, 4), st.integers(0, 2))
def test_a_vote_never_speaks_for_itself(
    cells: np.ndarray, when: np.ndarray, family: np.ndarray, r: int, s: int, other: int
) -> None:
    """Another choice in one cell leaves what is expected of that cell as it was."""
    if cells[r, s] > 2:
        return
    changed = cells.copy()
    changed[r, s] = other
    before, after = (near_shares(c, when, sharpness=8.0, decay=0.75)[r, s] for c in (cells, changed))
    np.testing.assert_allclose(before, after, atol=2e-4)
    before, after = (own_votes(c, when, family, fade=3.0)[r, s] for c in (cells, changed))
    np.testing.assert_array_equal(before, after)


@settings(max_examples=40, deadline=None)
@given(CELLS, WHEN, st.permutations(range(SHAPE[0])), st.permutations(range(SHAPE[1])))
def test_order_and_names_do_not_matter(cells: np.ndarray, when: np.ndarray, rows: list[int], states: list[int]) -> None:
    found = near_shares(cells, when, sharpness=8.0, decay=0.75)
    moved = near_shares(cells[np.ix_(rows, states)], when[rows], sharpness=8.0, decay=0.75)
    np.testing.assert_allclose(found[np.ix_(rows, states)], moved, atol=2e-4)
