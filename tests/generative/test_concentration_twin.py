"""Concentration under bounds: against all corners, a fine grid, and plain loops."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures.concentration import entropy, hhi, hhi_bounds, rank_bounds, share_bounds, shares

amounts = st.lists(st.integers(0, 400), min_size=1, max_size=6)
boxes = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=5).map(
    lambda pairs: ([float(min(p)) for p in pairs], [float(max(p)) for p in pairs])
)
# Sums of squares of figures below 100 are exact; what is left is the rounding of a division.
CLOSE = 1e-9


@given(amounts)
def test_shares_index_and_entropy_are_those_of_plain_loops(held: list[int]) -> None:
    whole = sum(held)
    if whole == 0:
        assert math.isnan(hhi(held)) and math.isnan(entropy(held)) and np.isnan(shares(held)).all()
        return
    parts = [a / whole for a in held]
    assert shares(held).tolist() == pytest.approx(parts)
    assert hhi(held) == pytest.approx(sum(p * p for p in parts))
    assert entropy(held) == pytest.approx(-sum(p * math.log(p) for p in parts if p), abs=CLOSE)
    n = sum(p > 0 for p in parts)
    assert 1 / n - CLOSE <= hhi(held) <= 1 + CLOSE
    assert entropy(held) <= math.log(n) + CLOSE


@given(boxes)
def test_shares_and_ranks_are_met_at_corners_and_never_left(box: tuple[list[float], list[float]]) -> None:
    low, high = box
    corners = [c for c in product(*zip(low, high, strict=True)) if sum(c)]
    bottom, top = share_bounds(low, high)
    best, worst = rank_bounds(low, high)
    if not corners:
        assert np.isnan(bottom).all() and np.isnan(top).all()
        return
    for i in range(len(low)):
        seen = [c[i] / sum(c) for c in corners]
        others_may_be_nothing = sum(low) - low[i] == 0 and low[i] == 0
        assert top[i] == pytest.approx(max(seen))
        # Where all may be nothing, the part can come as near to 0 as one likes only if another is there.
        if not (others_may_be_nothing and len(low) == 1):
            assert bottom[i] <= min(seen) + CLOSE
            if low[i] or sum(high) - high[i]:
                assert bottom[i] == pytest.approx(min(seen))
        ranks = [1 + sum(o > c[i] for j, o in enumerate(c) if j != i) for c in product(*zip(low, high, strict=True))]
        assert (best[i], worst[i]) == (min(ranks), max(ranks))


@given(boxes)
def test_the_index_stays_within_its_bounds_and_meets_the_lower_one(box: tuple[list[float], list[float]]) -> None:
    low, high = box
    bottom, top = hhi_bounds(low, high)
    corners = [c for c in product(*zip(low, high, strict=True)) if sum(c)]
    if not corners:
        assert math.isnan(bottom) and math.isnan(top)
        return
    assert top >= max(map(hhi, corners)) - CLOSE
    levels = np.linspace(0, 60, 601)
    clipped = [np.clip(c, low, high) for c in levels]
    grid = min(hhi(a) for a in clipped if a.sum())
    assert bottom <= min(grid, *map(hhi, corners)) + CLOSE
    # The grid of common values comes within a tenth of a TIV of the best one, where the index is flat.
    assert bottom == pytest.approx(grid, abs=2e-3)
    if low == high:
        assert bottom == top == pytest.approx(hhi(low))
