"""Spread of ties: a hand-worked table, slow twins, and what must not change when states are renamed or reordered."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from comity.measures.balance import (
    LEAST_YEARS,
    across_strands,
    effective_number,
    equidistance,
    lean,
    leave_one_out,
    moved_with,
    ternary,
    tie_shares,
    weight_play,
    weighted,
)

GAP = float("nan")
TIES = st.lists(st.floats(0, 1e6).filter(lambda x: x == 0 or x > 1e-6), min_size=2, max_size=6)
SPREADS = st.integers(1, 6).flatmap(
    lambda s: arrays(float, (s, 3), elements=st.floats(0.01, 100)).map(lambda a: a / a.sum(axis=1, keepdims=True))
)


def test_a_table_worked_by_hand() -> None:
    """Trade 60, 30, 10; arms 0, 20, 80; tiers unknown for one power."""
    ties = [[60, 30, 10], [0, 20, 80], [3, GAP, 3]]
    shares = tie_shares(ties)
    np.testing.assert_allclose(shares[:2], [[0.6, 0.3, 0.1], [0.0, 0.2, 0.8]])
    assert np.isnan(shares[2]).all()
    # 1 - (|.6-1/3| + |.3-1/3| + |.1-1/3|) / (2 * 2/3) = 1 - .5333/1.3333; 1 - (1/3 + .1333 + .4667)/1.3333
    np.testing.assert_allclose(equidistance(ties)[:2], [0.6, 0.3])
    assert math.isnan(equidistance(ties)[2])
    np.testing.assert_allclose(weighted(shares), [0.3, 0.25, 0.45])
    np.testing.assert_allclose(weighted(shares, [3, 1, 9]), [0.45, 0.275, 0.275])
    np.testing.assert_allclose(leave_one_out(shares)[:2], [[0.0, 0.2, 0.8], [0.6, 0.3, 0.1]])
    assert np.isnan(leave_one_out(shares)[2]).all()
    np.testing.assert_allclose(across_strands(shares), [0.6 / math.sqrt(2), 0.1 / math.sqrt(2), 0.7 / math.sqrt(2)])
    assert float(lean(60, 10)) == pytest.approx(50 / 70)
    assert float(effective_number([60, 30, 10])) == pytest.approx(1 / (0.36 + 0.09 + 0.01))


@given(TIES)
def test_shares_and_evenness_against_a_slow_twin(ties: list[float]) -> None:
    whole = math.fsum(ties)
    found, even = tie_shares(ties), float(equidistance(ties))
    if whole == 0:
        assert np.isnan(found).all() and math.isnan(even)
        return
    slow = [t / whole for t in ties]
    np.testing.assert_allclose(found, slow, rtol=1e-9)
    away = sum(abs(s - 1 / len(ties)) for s in slow) / (2 * (1 - 1 / len(ties)))
    assert even == pytest.approx(1 - away, abs=1e-9) and 0 <= even <= 1
    np.testing.assert_allclose(tie_shares(ties[::-1]), found[::-1], rtol=1e-9)
    assert float(equidistance([7 * t for t in ties])) == pytest.approx(even, abs=1e-9)


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_lean_is_antisymmetric_and_bounded(a: float, b: float) -> None:
    found = float(lean(a, b))
    if a + b == 0:
        assert math.isnan(found)
        return
    assert -1 <= found <= 1
    assert float(lean(b, a)) == pytest.approx(-found)
    if min(a, b) > 1e-300:
        assert float(equidistance([a, b])) == pytest.approx(1 - abs(found), abs=1e-9)


@given(SPREADS)
def test_weights_move_the_mean_only_between_the_strands(shares: np.ndarray) -> None:
    low, high = weight_play(shares, np.random.default_rng(1), draws=200)
    assert (low >= shares.min(axis=0) - 1e-12).all() and (high <= shares.max(axis=0) + 1e-12).all()
    assert (low <= high).all()
    mean = weighted(shares)
    np.testing.assert_allclose(mean, [math.fsum(c) / len(c) for c in shares.T], rtol=1e-9)
    order = np.random.default_rng(2).permutation(len(shares))
    np.testing.assert_allclose(weighted(shares[order]), mean)
    for k, without in enumerate(leave_one_out(shares)):
        rest = [row for i, row in enumerate(shares) if i != k]
        expected = np.mean(rest, axis=0) if rest else [GAP] * 3
        np.testing.assert_allclose(without, expected)


@given(SPREADS)
def test_a_triangle_keeps_shares_as_distances_to_its_sides(shares: np.ndarray) -> None:
    x, y = ternary(shares)
    side = math.sqrt(3)
    np.testing.assert_allclose(2 * y / side, shares[:, 2], atol=1e-9)
    np.testing.assert_allclose(x - y / side, shares[:, 1], atol=1e-9)


@given(arrays(float, st.integers(10, 30), elements=st.floats(0, 1)), st.integers(-3, 3))
def test_moved_with_against_a_slow_twin(first: np.ndarray, lag: int) -> None:
    second = np.roll(first, 1) ** 2
    rho, n = moved_with(first, second, lag)
    a, b = np.diff(first), np.diff(second)
    pairs = [(a[i], b[i + lag]) for i in range(len(a)) if 0 <= i + lag < len(b)]
    assert n == len(pairs)
    if n < LEAST_YEARS:
        assert math.isnan(rho)
        return
    ranks = [[sum(y < x for y in s) + (sum(y == x for y in s) + 1) / 2 for x in s] for s in zip(*pairs, strict=True)]
    if min(np.std(r) for r in ranks) == 0:
        assert math.isnan(rho)
    else:
        assert rho == pytest.approx(np.corrcoef(*ranks)[0, 1], abs=1e-9)


def test_series_that_move_together_and_apart() -> None:
    year = np.arange(12.0)
    wave = np.sin(year)
    assert moved_with(wave, wave) == (pytest.approx(1.0), 11)
    assert moved_with(wave, -wave)[0] == pytest.approx(-1.0)
    assert math.isnan(moved_with(wave, np.ones(12))[0])
    later = np.r_[GAP, wave[:-1]]
    assert moved_with(wave, later, lag=1) == (pytest.approx(1.0), 10)


def test_bad_ties_are_refused() -> None:
    for bad in ([1.0], [-1.0, 2.0], 3.0):
        with pytest.raises(ValueError, match="tie"):
            tie_shares(bad)
    with pytest.raises(ValueError, match="weight"):
        weighted([[0.5, 0.5]], [1, 2])
    with pytest.raises(ValueError, match="corners"):
        ternary([0.5, 0.5])
    with pytest.raises(ValueError, match="0 or more"):
        effective_number([1, -1])
    with pytest.raises(ValueError, match="one value a year"):
        moved_with([1, 2, 3], [1, 2])


def test_nothing_known_is_nothing_told() -> None:
    gap = [[GAP, GAP, GAP]]
    assert np.isnan(weighted(gap)).all() and np.isnan(across_strands(gap)).all()
    assert all(np.isnan(v).all() for v in weight_play(gap, np.random.default_rng(0)))
    assert math.isnan(effective_number([])) and math.isnan(effective_number([0.0, GAP]))
