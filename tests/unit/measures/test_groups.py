"""Group cohesion by hand and by a slow twin."""

from __future__ import annotations

import math
from collections.abc import Callable

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures.groups import agreement_index, rice

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


@pytest.mark.parametrize("index", [rice, agreement_index])
@given(VOTES)
def test_bounds(index: Callable[..., np.ndarray], votes: np.ndarray) -> None:
    value = float(index(votes))
    assert math.isnan(value) or 0 <= value <= 1


@pytest.mark.parametrize("index", [rice, agreement_index])
@given(hnp.arrays(np.int64, (6, 3), elements=st.integers(0, 20)), st.permutations(range(6)))
def test_the_order_of_roll_calls_does_not_matter(
    index: Callable[..., np.ndarray], votes: np.ndarray, order: list[int]
) -> None:
    assert index(votes[order]) == pytest.approx(index(votes)[order], nan_ok=True)


@pytest.mark.parametrize("index", [rice, agreement_index])
@pytest.mark.parametrize(("votes", "says"), [([[3, 0]], "have the shape"), ([[3, -1, 0]], "negative")])
def test_bad_votes(index: Callable[..., np.ndarray], votes: list[list[int]], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        index(votes)
