"""Shapley shares of variance: a grid worked by hand, a slow twin over all orders, what must not matter."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from comity.measures.shapley import shapley_shares

GRID = np.array(list(product(range(2), range(3), range(2))))
VALUES = arrays(float, len(GRID), elements=st.integers(-50, 50).map(float))


def slow(values: np.ndarray, choices: np.ndarray) -> list[float]:
    """The mean gain of each choice over every order in which choices become known."""

    def worth(known: tuple[int, ...]) -> float:
        cells: dict[tuple[int, ...], list[float]] = {}
        for v, row in zip(values, choices, strict=True):
            cells.setdefault(tuple(int(row[k]) for k in known), []).append(float(v))
        mean = sum(values) / len(values)
        return sum(len(c) * (sum(c) / len(c) - mean) ** 2 for c in cells.values()) / len(values)

    d = choices.shape[1]
    gains = [0.0] * d
    orders = list(permutations(range(d)))
    for order in orders:
        for k, i in enumerate(order):
            gains[i] += worth(tuple(sorted(order[: k + 1]))) - worth(tuple(sorted(order[:k])))
    whole = worth(tuple(range(d)))
    return [g / len(orders) / whole for g in gains]


def test_a_grid_worked_by_hand() -> None:
    """v = 3a + b over two choices of two options: variances 9/4 and 1/4, so nine tenths and one tenth."""
    choices = np.array(list(product(range(2), range(2))))
    np.testing.assert_allclose(shapley_shares(choices @ [3, 1], choices), [0.9, 0.1])
    # v = a and b (1 only where both are 1): variance 3/16; each alone explains 1/16, the rest is shared.
    np.testing.assert_allclose(shapley_shares(choices.prod(axis=1), choices), [0.5, 0.5])


@settings(deadline=None, max_examples=40)
@given(VALUES, st.integers(0, 11))
def test_against_a_slow_twin_on_grids_with_a_hole(values: np.ndarray, hole: int) -> None:
    kept = np.arange(len(GRID)) != hole
    v, x = values[kept], GRID[kept]
    found = shapley_shares(v, x)
    if np.isnan(found).all():
        assert np.ptp(v) == 0
        return
    np.testing.assert_allclose(found, slow(v, x), atol=1e-9)
    assert found.sum() == pytest.approx(1)
    np.testing.assert_allclose(shapley_shares(3 * v - 7, x), found, atol=1e-9)
    np.testing.assert_allclose(shapley_shares(v, x[:, ::-1]), found[::-1], atol=1e-9)
    np.testing.assert_allclose(shapley_shares(v, 5 - x), found, atol=1e-9)


def test_what_does_not_vary_has_no_shares() -> None:
    assert np.isnan(shapley_shares([2, 2], [[0], [1]])).all()


def test_bad_input() -> None:
    with pytest.raises(ValueError, match="row of up to"):
        shapley_shares([1, 2], [0, 1])
    with pytest.raises(ValueError, match="every reading"):
        shapley_shares([1, float("nan")], [[0], [1]])
    with pytest.raises(ValueError, match="row of up to"):
        shapley_shares([1], [[0] * 13])
