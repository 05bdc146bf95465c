"""Intervals for shares: a hand-worked case, a slow twin, and published values."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures.proportions import Z95, difference, difference_p, wilson

trials = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


# Newcombe (1998), comparison of eleven methods, method 10, printed to four decimals.
@pytest.mark.parametrize(
    ("k1", "n1", "k2", "n2", "low", "high"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (10, 10, 0, 10, 0.6075, 1.0000),
    ],
)
def test_published_intervals(k1, n1, k2, n2, low, high):
    found = difference(k1, n1, k2, n2)
    assert [round(float(x), 4) for x in found] == [low, high]


@given(trials)
def test_wilson_ends_solve_the_score_equation(kn):
    """The ends are the shares p whose score test against k/n is exactly z: found here by bisection."""
    k, n = kn

    def score(p):
        return (k / n - p) ** 2 * n - Z95**2 * p * (1 - p)

    def bisect(inside, outside):
        for _ in range(200):
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if score(middle) < 0 else (inside, middle)
        return (inside + outside) / 2

    low, high = wilson(k, n)
    assert float(low) == pytest.approx(0 if k == 0 else bisect(k / n, 0.0), abs=1e-9)
    assert float(high) == pytest.approx(1 if k == n else bisect(k / n, 1.0), abs=1e-9)


@given(trials, trials)
def test_the_difference_turns_its_sign_with_its_order(a, b):
    low, high = difference(*a, *b)
    swapped_low, swapped_high = difference(*b, *a)
    assert np.isclose(low, -swapped_high) and np.isclose(high, -swapped_low)
    assert low <= a[0] / a[1] - b[0] / b[1] <= high


@given(trials, trials)
def test_p_is_that_of_the_chi_squared_table(a, b):
    (k1, n1), (k2, n2) = a, b
    p = difference_p(k1, n1, k2, n2)
    if math.isnan(p):
        assert (k1 + k2) in (0, n1 + n2)
        return
    observed = [k1, n1 - k1, k2, n2 - k2]
    total, hits = n1 + n2, k1 + k2
    expected = [n1 * hits / total, n1 * (total - hits) / total, n2 * hits / total, n2 * (total - hits) / total]
    chi2 = sum((o - e) ** 2 / e for o, e in zip(observed, expected, strict=True))
    assert p == pytest.approx(math.erfc(math.sqrt(chi2 / 2)), rel=1e-9, abs=1e-15)


def test_no_votes_is_nan():
    assert all(np.isnan(x) for x in wilson(0, 0))
    assert all(np.isnan(x) for x in difference(1, 2, 0, 0))
    assert math.isnan(difference_p(0, 0, 1, 2))
