"""Group cohesion by hand, by a slow twin, and what its null says of small groups."""

from __future__ import annotations

import math

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures.groups import agreement_index, cohesion, rice

VOTES = hnp.arrays(np.int64, (3,), elements=st.integers(0, 20))


def test_by_hand() -> None:
    votes = [[8, 3, 2], [5, 5, 5], [0, 7, 0], [10, 0, 0], [1, 0, 0], [1, 6, 0]]
    assert rice(votes).tolist() == pytest.approx([6 / 10, 0, math.nan, 1, math.nan, math.nan], nan_ok=True)
    assert agreement_index(votes).tolist() == pytest.approx(
        [(8 - 5 / 2) / 13, 0, 1, 1, math.nan, (6 - 1 / 2) / 7], nan_ok=True
    )


@given(VOTES)
def test_the_twins(votes: np.ndarray) -> None:
    yes, abstain, no = votes.tolist()
    one_by_one = [0] * yes + [1] * abstain + [2] * no
    sides = [1 if v == 0 else -1 for v in one_by_one if v != 1]
    expected = abs(sum(sides)) / len(sides) if len(sides) > 1 else math.nan
    assert float(rice(votes)) == pytest.approx(expected, nan_ok=True)
    most = max((one_by_one.count(v) for v in range(3)), default=0)
    n = len(one_by_one)
    expected = (3 * most - n) / (2 * n) if n > 1 else math.nan
    assert float(agreement_index(votes)) == pytest.approx(expected, abs=1e-12, nan_ok=True)
    assert float(rice(votes)) == pytest.approx(float(rice(votes[::-1])), nan_ok=True)


@given(st.permutations(range(3)), VOTES)
def test_the_agreement_index_does_not_know_the_choices_by_name(order: list[int], votes: np.ndarray) -> None:
    assert float(agreement_index(votes)) == pytest.approx(float(agreement_index(votes[order])), nan_ok=True)


def test_the_null_of_two_members_is_counted_by_hand() -> None:
    """Of 4 yes and 4 no, two drawn agree with chance 2·(4·3)/(8·7) = 3/7; their index is 1 then, else 0."""
    found = cohesion([[2, 0, 0]] * 40, [[4, 0, 4]] * 40, rice, np.random.default_rng(1), draws=4000)
    assert found.observed == 1
    # The mean of 160 000 draws of a 0-1 variable: five standard errors are below 0.007.
    assert found.expected == pytest.approx(3 / 7, abs=0.007)
    assert found.low < found.expected < found.high < 1
    assert found.roll_calls == 40


def test_small_groups_look_cohesive_by_chance_and_large_ones_less() -> None:
    assembly = [[80, 20, 60]] * 30
    null = [
        cohesion([votes] * 30, assembly, rice, np.random.default_rng(7)).expected
        for votes in ([2, 0, 1], [6, 1, 4], [40, 10, 30])
    ]
    assert null[0] > null[1] > null[2] > 0


def test_a_group_that_is_the_assembly_is_its_own_null() -> None:
    votes = [[5, 2, 1], [3, 3, 9]]
    found = cohesion(votes, votes, agreement_index, np.random.default_rng(3), draws=20)
    assert found.observed == found.expected == found.low == found.high


def test_the_seed_repeats_the_null() -> None:
    votes, assembly = [[3, 1, 0], [2, 0, 2]], [[40, 10, 30], [50, 9, 11]]
    made = [cohesion(votes, assembly, rice, np.random.default_rng(seed)) for seed in (5, 5, 6)]
    assert made[0] == made[1] != made[2]


def test_one_member_says_nothing() -> None:
    found = cohesion([[1, 0, 0], [0, 0, 0]], [[9, 0, 9], [1, 1, 1]], agreement_index, np.random.default_rng(0))
    assert math.isnan(found.observed) and math.isnan(found.expected)
    assert found.roll_calls == 0


@pytest.mark.parametrize(
    ("votes", "assembly", "says"),
    [
        ([[3, 0, 0]], [[2, 5, 5]], "more votes than the Assembly"),
        ([[3, 0, 0]], [[4, 5, 5]] * 2, "one row a roll call"),
        ([[3, 0]], [[4, 5]], "have the shape"),
        ([[3, -1, 0]], [[4, 5, 5]], "negative"),
    ],
)
def test_bad_votes(votes: list[list[int]], assembly: list[list[int]], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        cohesion(votes, assembly, rice, np.random.default_rng(0))


def test_a_null_needs_a_draw() -> None:
    with pytest.raises(ValueError, match="at least one draw"):
        cohesion([[2, 0, 0]], [[4, 0, 4]], rice, np.random.default_rng(0), draws=0)
