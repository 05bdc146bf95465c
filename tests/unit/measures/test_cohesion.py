"""Cohesion over time: counts by hand, the drawn groups against every group there is, where undefined."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures.cohesion import beside, drawn, tally
from comity.measures.groups import agreement_index, rice

Y, A, N, X, OUT = 0, 1, 2, 3, 5
CELLS = np.array(
    [
        [Y, Y, Y, N, A, X],
        [Y, N, Y, N, OUT, Y],
        [A, A, X, N, OUT, N],
    ]
)
FIRST_THREE = np.array([[True, True, True, False, False, False]] * 3)


def test_by_hand():
    """The first three states: 3-0, then 2-1, then two abstentions and an absence."""
    counts = tally(CELLS, FIRST_THREE)
    assert counts.tolist() == [[3, 0, 0, 0], [2, 0, 1, 0], [0, 2, 0, 1]]
    assert rice(counts[:, :3]).tolist()[:2] == [1.0, pytest.approx(1 / 3)]
    assert np.isnan(rice(counts[:, :3])[2])
    # 2 of 3 alike: (2 − ½·1) / 3.
    assert agreement_index(counts[:, :3]).tolist() == [1.0, 0.5, 1.0]


@st.composite
def assemblies(draw):
    states, calls = draw(st.integers(2, 5)), draw(st.integers(1, 4))
    cells = draw(st.lists(st.sampled_from([Y, A, N, X]), min_size=states * calls, max_size=states * calls))
    return np.array(cells).reshape(calls, states), draw(st.integers(1, states))


@given(assemblies(), st.sampled_from([rice, agreement_index]), st.integers(0, 9))
def test_every_drawn_group_is_a_group_there_is(case, index, seed):
    """Without changing seats a draw is one set of states: its row of values is that of one combination."""
    cells, size = case
    found = drawn(cells, np.full(len(cells), size), [index], np.random.default_rng(seed), 30)[0]
    possible = set()
    for group in combinations(range(cells.shape[1]), size):
        counts = np.array([[list(row[list(group)]).count(c) for c in (Y, A, N)] for row in cells])
        possible.add(tuple(np.nan_to_num(index(counts), nan=-1).tolist()))
    assert {tuple(np.nan_to_num(column, nan=-1).tolist()) for column in found.T} <= possible


def test_the_drawn_mean_is_the_mean_over_all_groups():
    rng = np.random.default_rng(2)
    cells = rng.choice([Y, A, N, X], size=(6, 9), p=(0.5, 0.2, 0.2, 0.1))
    every = []
    for group in combinations(range(9), 4):
        inside = np.zeros_like(cells, bool)
        inside[:, list(group)] = True
        every.append(agreement_index(tally(cells, inside)[:, :3]))
    found = drawn(cells, np.full(6, 4), [agreement_index], rng, 20_000)[0]
    assert np.nanmean(found, axis=1) == pytest.approx(np.nanmean(every, axis=0), abs=0.01)


def test_a_drawn_group_never_holds_a_state_without_a_seat():
    """On the second roll call the fifth state has left: all five seated are then the group, whoever was drawn."""
    found = drawn(CELLS, np.array([6, 5, 5]), [rice], np.random.default_rng(1), 50)[0]
    assert found[1] == pytest.approx(np.full(50, (3 - 2) / 5))


def test_a_drawn_group_is_kept_while_seats_and_size_last():
    """Two camps that always vote against each other: a kept pair is wholly cohesive or never."""
    cells = np.tile([Y, Y, Y, N, N, N], (40, 1))
    found = drawn(cells, np.full(40, 2), [rice], np.random.default_rng(1), 200)[0]
    assert set(np.unique(found.mean(axis=0))) == {0.0, 1.0}
    # Of 15 pairs 6 are of one camp.
    assert found.mean() == pytest.approx(6 / 15, abs=0.1)


def test_small_groups_look_cohesive():
    cells = np.random.default_rng(0).choice([Y, N], size=(200, 40))
    by_size = [drawn(cells, np.full(200, k), [rice], np.random.default_rng(1), 50)[0].mean() for k in (2, 5, 15, 40)]
    assert by_size == sorted(by_size, reverse=True)
    assert by_size[0] == pytest.approx(0.5, abs=0.02)  # two coins


def test_the_same_seed_draws_the_same_groups():
    def once(seed):
        return drawn(CELLS, np.array([3, 3, 3]), [agreement_index], np.random.default_rng(seed), 20)[0]

    assert np.array_equal(once(4), once(4), equal_nan=True)
    assert not np.array_equal(once(4), once(5), equal_nan=True)


def test_where_a_group_stands():
    others = np.array([[0.2, 0.4, 0.6, 0.8, 1.0]])
    found = beside([0.6], others)
    assert (found.observed, found.median, found.above) == (0.6, 0.6, 0.5)
    assert beside([0.9], others).above == 0.8


def test_where_nothing_can_be_said():
    unanimous = beside([1.0, 1.0], np.ones((2, 10)))
    assert (unanimous.observed, unanimous.median) == (1.0, 1.0)
    assert np.isnan(unanimous.above)
    assert np.isnan(beside([np.nan], [[0.5, 1.0]]).observed)
    assert np.isnan(beside([], np.empty((0, 4))).median)


@pytest.mark.parametrize("size", [[7, 1, 1], [1, 6, 1], [-1, 1, 1], [1, 1]])
def test_sizes_that_cannot_be_are_refused(size):
    with pytest.raises(ValueError, match="between 0 and all"):
        drawn(CELLS, np.array(size), [rice], np.random.default_rng(1), 5)[0]


def test_shapes_are_checked():
    with pytest.raises(ValueError, match="one mark a cell"):
        tally(CELLS, FIRST_THREE[:2])
    with pytest.raises(ValueError, match="one draw"):
        drawn(CELLS, np.array([1, 1, 1]), [rice], np.random.default_rng(1), 0)[0]
