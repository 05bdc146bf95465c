"""Breaks, worked by hand and planted."""

from __future__ import annotations

import math

import numpy as np
import pytest

from comity.measures.breaks import (
    LEAST,
    MARGIN,
    autocorrelation,
    false_breaks,
    find_breaks,
    shares,
    values,
)  # fmt: skip

YEARS = np.arange(2000, 2010)
K = np.array([1, 3, 1, 3, 1, 9, 7, 9, 7, 9])


def test_a_step_worked_by_hand() -> None:
    """9 of 50, then 41 of 50. Pearson: 2·(3·0.8² + 2·1.2²)/(10·0.18·0.82) = 6.504, over 10 − 3 years."""
    found = find_breaks(shares(YEARS, K, np.full(10, 10)))
    assert (found.preferred, found.at) == ("step", 2005)
    assert (found.before, found.after) == pytest.approx((0.18, 0.82))
    assert found.dispersion == pytest.approx(2 * (3 * 0.64 + 2 * 1.44) / (10 * 0.18 * 0.82) / 7)

    def apart(k: int, p: float) -> float:
        return 2 * (k * math.log(k / 10 / p) + (10 - k) * math.log((1 - k / 10) / (1 - p)))

    assert found.deviance["none"] == pytest.approx(sum(apart(int(k), 0.5) for k in K))
    assert found.deviance["step"] == pytest.approx(2 * (3 * apart(1, 0.18) + 2 * apart(3, 0.18)))
    assert found.gain == pytest.approx((found.deviance["none"] - found.deviance["step"]) / found.dispersion)
    assert found.dates.tolist() == list(range(2003, 2008)) and found.support[2] == 1
    assert found.dates[found.inside].tolist() == [2005]


def test_values_are_parted_by_least_squares() -> None:
    """Levels 0.8 and 10.8; the squares around them: 2·(3·0.8² + 2·1.2²)."""
    found = find_breaks(values(YEARS, [0, 2, 0, 2, 0, 10, 12, 10, 12, 10], np.ones(10)))
    assert (found.at, found.preferred) == (2005, "step")
    assert (found.before, found.after) == pytest.approx((0.8, 10.8))
    assert found.deviance["step"] == pytest.approx(9.6)
    assert found.deviance["none"] == pytest.approx(9.6 + 10 * 5**2)
    assert found.dispersion == pytest.approx(9.6 / 7)


def test_a_straight_climb_is_a_ramp() -> None:
    n = np.full(30, 50)
    climb = np.round(50 / (1 + np.exp(-np.linspace(-2, 2, 30))))
    assert find_breaks(shares(np.arange(30), climb, n)).preferred == "ramp"
    assert find_breaks(values(np.arange(30), np.arange(30) + np.tile([0.5, -0.5], 15), n)).preferred == "ramp"


def test_level_series_have_no_step() -> None:
    found = find_breaks(shares(np.arange(30), np.tile([4, 6, 5], 10), np.full(30, 10)))
    assert found.preferred == "none"
    assert found.dispersion < 0.4  # steadier than independent votes would be


def test_a_series_fitted_to_the_letter_still_has_a_dispersion() -> None:
    found = find_breaks(shares(YEARS, [2] * 5 + [8] * 5, [10] * 10))
    assert found.dispersion == 0.1 and found.at == 2005 and found.deviance["step"] == pytest.approx(0, abs=1e-9)
    flat = find_breaks(values(YEARS, [0.0] * 5 + [1.0] * 5, [10] * 10))
    assert math.isfinite(flat.gain) and flat.at == 2005


def test_the_autocorrelation_of_levels_is_that_around_them() -> None:
    series = shares(YEARS, K, np.full(10, 10))
    assert autocorrelation(series) > 0.5
    assert autocorrelation(series, 2005) == 0


def test_false_breaks_are_seeded_and_rise_with_memory() -> None:
    n = np.full(40, 12)
    k = np.random.default_rng(3).binomial(n, 0.6)
    series = shares(np.arange(1980, 2020), k, n)
    found = find_breaks(series)
    rates = [false_breaks(series, found, r, draws=800, rng=np.random.default_rng(5)) for r in (0.0, 0.3, 0.6)]
    assert rates[0] == false_breaks(series, found, 0.0, draws=800, rng=np.random.default_rng(5))
    assert rates[0].rate < 0.06 < rates[1].rate < rates[2].rate
    assert rates[0].as_large > 0.05  # nothing was planted


def test_a_planted_step_stands_out_of_chance() -> None:
    n = np.full(40, 15)
    years = np.arange(1980, 2020)
    k = np.random.default_rng(2).binomial(n, np.where(years < 2000, 0.35, 0.75))
    series = shares(years, k, n)
    found = find_breaks(series)
    assert found.preferred == "step" and abs(found.at - 2000) <= 1
    chance = false_breaks(series, found, autocorrelation(series, found.at), draws=400, rng=np.random.default_rng(1))
    assert chance.as_large < 0.01


def test_years_without_votes_are_left_out() -> None:
    years, k, n = np.arange(2000, 2012), np.insert(K, 5, [0, 0]), np.insert(np.full(10, 10), 5, [0, 0])
    assert len(shares(years, k, n).time) == 10
    assert find_breaks(shares(years, k, n)).at == 2007


def test_what_has_no_break() -> None:
    with pytest.raises(ValueError, match="never changes"):
        find_breaks(shares(YEARS, np.full(10, 5), np.full(10, 10)))
    with pytest.raises(ValueError, match=f"needs {LEAST} points"):
        find_breaks(shares(YEARS[:6], K[:6], np.full(6, 10)))
    with pytest.raises(ValueError, match="between 0 and its n"):
        shares([2000], [3], [2])
    with pytest.raises(ValueError, match="ascend"):
        values([2001, 2000], [0, 1], [1, 1])
    assert 2 * MARGIN < LEAST
