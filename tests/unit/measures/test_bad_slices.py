"""What data can hold at its thinnest: empty families, one roll call, unanimous slices, useless weights."""

from __future__ import annotations

import numpy as np
import pytest

from comity.measures import agreement, breaks, decomposition, groups
from comity.measures._families import Crossing, crossed_tables, tables_by_family
from comity.measures.catalogue import pair_measures
from comity.measures.multiple import benjamini_hochberg
from comity.measures.permute import exchange, reorder
from comity.measures.ranks import rank_intervals
from comity.measures.resample import bootstrap
from comity.measures.rollcall import divided
from comity.model.choice import Choice

Y, A, N, X, C, O = Choice  # noqa: E741
RNG = np.random.default_rng


def share(tables):
    return agreement.same_share(tables)


def tables_of(*pairs):
    """One period; (alike, opposite) a family."""
    made = np.zeros((len(pairs), 1, 4, 4))
    for k, (same, opposite) in enumerate(pairs):
        made[k, 0, Y, Y], made[k, 0, Y, N] = same, opposite
    return made


def test_a_family_on_which_neither_held_a_seat_is_not_drawn():
    assert tables_by_family([O, Y], [Y, Y], [4, 5]).shape[0] == 1
    tables, crossing = crossed_tables([O, Y], [Y, Y], [4, 5], [1, 2])
    assert len(tables) == 1 and crossing.session.tolist() == [2]
    assert tables_by_family([], [], []).shape[0] == crossed_tables([], [], [], [])[0].shape[0] == 0


def test_a_family_of_absences_changes_no_estimate_and_has_no_share_of_its_own():
    tables = tables_of((3, 1), (0, 0))
    tables[1, 0, X, Y] = 2
    found = bootstrap(tables, share, RNG(0))
    assert found.estimate.tolist() == [0.75] and found.low.tolist() == found.high.tolist() == [0.75]
    assert found.undefined[0] == pytest.approx(0.25, abs=0.04)  # it alone is drawn, twice
    assert not found.reliable


@pytest.mark.parametrize("crossing", [None, Crossing(*np.zeros((3, 1), int))])
def test_one_roll_call_is_an_interval_of_one_point_and_unreliable(crossing):
    found = bootstrap(tables_of((1, 0)), share, RNG(0), crossing=crossing)
    assert (found.estimate[0], found.low[0], found.high[0], found.families) == (1.0, 1.0, 1.0, 1)
    assert not found.reliable


def test_one_roll_call_a_side_is_no_evidence():
    sides = np.stack([tables_of((1, 0))[:, 0], tables_of((0, 1))[:, 0]], axis=1)
    found = exchange(sides, share, RNG(0))
    assert float(found.difference) == -1.0 and float(found.p) == 1.0 and not found.reliable
    found = reorder(np.stack([tables_of((1, 0))[0, 0], tables_of((0, 1))[0, 0]]), 1, share, RNG(0))
    assert float(found.p) == 1.0 and not found.reliable


def test_unanimous_slices():
    """All alike: shares are 1, chance-corrected values undefined, never 0; no test finds a difference."""
    unanimous = np.zeros((4, 4), int)
    unanimous[Y, Y] = 7
    for measure in pair_measures("all"):
        if measure.function is None or measure.consensus:
            continue
        value = float(measure.function(unanimous))
        if measure.corrected:
            assert np.isnan(value) or measure.id == "brennan_prediger", measure.id
        else:
            assert np.isnan(value) or value in (0.0, 1.0), measure.id
    assert not divided(np.full((3, 5), Y, np.uint8)).any()
    many = np.repeat(tables_of((2, 0)), 20, axis=0)
    found = bootstrap(many, share, RNG(0))
    assert (found.low[0], found.high[0]) == (1.0, 1.0)
    assert float(exchange(np.concatenate([many, many], axis=1), share, RNG(0)).p) == 1.0
    ranks = rank_intervals([1.0, 1.0, 1.0], np.ones((50, 3)), 20)
    assert ranks.rank.tolist() == ranks.low.tolist() == ranks.high.tolist() == [1, 1, 1]
    assert groups.rice([9, 0, 0]) == groups.agreement_index([9, 0, 0]) == 1.0


def test_empty_slices_are_undefined_everywhere():
    nothing = np.zeros((4, 4), int)
    for measure in pair_measures("all"):
        if measure.function is not None and not measure.consensus:
            assert np.isnan(measure.function(nothing)), measure.id
    assert np.isnan(bootstrap(np.zeros((3, 1, 4, 4)), share, RNG(0)).low).all()
    assert np.isnan(exchange(np.zeros((3, 2, 4, 4)), share, RNG(0)).p)
    assert np.isnan(groups.rice([0, 0, 0]))


@pytest.mark.parametrize(
    ("weights", "says"), [([1.0], "one value"), ([1.0, -1.0, 1.0], "negative"), ([1.0, np.nan, 1.0], "finite")]
)
def test_useless_weights_of_a_series_are_refused(weights, says):
    with pytest.raises(ValueError, match=says):
        breaks.values([2000, 2001, 2002], [0.5, 0.6, 0.7], weights)


def test_a_series_whose_weights_are_all_zero_has_no_point():
    with pytest.raises(ValueError, match="needs"):
        breaks.find_breaks(breaks.values([2000, 2001, 2002], [0.5, 0.6, 0.7], [0, 0, 0]))


def test_a_series_without_votes_is_refused():
    with pytest.raises(ValueError):
        breaks.shares([2000, 2001, 2002], [0, 0, 0], [1, 0, -1])


def test_a_period_of_one_roll_call_can_be_parted_and_one_of_none_cannot():
    found = decomposition.decompose(decomposition.family_counts([1, 0], [0, 1], [3, 3]))
    assert (found.before, found.after) == (1.0, 0.0) and found.parts["within"] == -1.0
    with pytest.raises(ValueError, match="without roll calls"):
        decomposition.decompose(decomposition.family_counts([1, 0], [0, 0], [3, 3]))


def test_no_test_has_no_adjusted_value():
    assert benjamini_hochberg([]).shape == (0,) and np.isnan(benjamini_hochberg([np.nan])).all()
    for wrong in ([-0.1], [1.1]):
        with pytest.raises(ValueError, match=r"\[0, 1\]"):
            benjamini_hochberg(wrong)
