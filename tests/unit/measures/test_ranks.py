"""Ranks by hand, on every draw, and SciPy's values."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from comity.measures.ranks import percentile, rank, rank_intervals

CASES = json.loads((Path(__file__).parents[2] / "reference" / "uncertainty_cases.json").read_text())


def test_outside_values():
    assert rank(CASES["values"]).tolist() == CASES["rankdata"]
    assert (100 * percentile(CASES["values"])).tolist() == pytest.approx(CASES["percentileofscore"])


def test_intervals_by_hand():
    """Of 100 draws the second partner overtakes the first on 4, and the third leads on 3."""
    made = np.tile([0.9, 0.8, 0.1], (100, 1))
    made[:4] = [0.8, 0.9, 0.1]
    made[4:7] = [0.9, 0.8, 0.95]
    found = rank_intervals([0.9, 0.8, 0.1], made, 20, level=0.95)
    assert found.rank.tolist() == [1, 2, 3]
    # The 2.5 % points lie between the third and the fourth draw from either end, and are rounded outwards.
    assert found.low.tolist() == [1, 1, 1]
    assert found.high.tolist() == [2, 3, 3]
    assert found.percentile.tolist() == [1.0, 0.5, 0.0]
    assert found.median[1] == 0.8 and found.reliable


def test_a_level_of_fewer_draws_sees_the_rare_order():
    made = np.tile([0.9, 0.8], (100, 1))
    made[:6] = [0.8, 0.9]
    found = rank_intervals([0.9, 0.8], made, 14, level=0.9)
    assert (found.low.tolist(), found.high.tolist()) == ([1, 1], [2, 2])
    assert not found.reliable


def test_ties_share_the_better_rank_and_no_value_has_none():
    assert rank([[0.5, 0.5, 0.2], [np.nan, 0.1, 0.2]]).tolist()[0] == [1, 1, 3]
    assert rank([np.nan, 0.1, 0.2])[1:].tolist() == [2, 1]
    assert np.isnan(rank([np.nan, 0.1])[0]) and np.isnan(percentile([np.nan, 0.1])[0])
    assert percentile([np.nan, 0.1])[1] == 1.0


def test_a_partner_without_votes_on_any_draw():
    found = rank_intervals([0.5, np.nan], [[0.4, np.nan], [0.6, np.nan]], 20)
    assert found.low[0] == found.high[0] == 1
    assert np.isnan([found.rank[1], found.low[1], found.high[1], found.percentile_low[1]]).all()
    assert found.median[1] == 0.5


def test_no_partner_with_votes_has_no_median():
    found = rank_intervals([np.nan], [[np.nan], [np.nan]], 20)
    assert np.isnan(found.median).all()
