"""Year effects on matched texts, worked by hand."""

from __future__ import annotations

import pytest

from comity.measures.matched import matched


def test_other_texts_are_not_a_change() -> None:
    """Family 1 is always voted alike, family 2 never; year 2 holds more of family 2. Nothing changed within either."""
    found = matched([1, 1, 0, 1, 0, 0, 0], [1, 1, 1, 2, 2, 2, 2], [1, 1, 2, 1, 2, 2, 2])
    assert found.level == pytest.approx([3 / 7, 3 / 7])
    assert found.n.tolist() == [3, 4] and found.of == 7


def test_a_change_within_is_kept() -> None:
    """Both families fall by one: the levels part by one around the mean of 1/2."""
    found = matched([1, 1, 0, 0], [1, 1, 2, 2], [1, 2, 1, 2])
    assert found.level == pytest.approx([1, 0])


def test_a_chain_connects_years_that_share_no_family() -> None:
    found = matched([1, 0, 1, 0], [1, 2, 2, 3], [1, 1, 2, 2])
    assert found.time.tolist() == [1, 2, 3]
    assert (found.level[0] - found.level[1], found.level[1] - found.level[2]) == pytest.approx((1, 1))


def test_years_out_of_reach_and_texts_seen_once_are_left_out() -> None:
    found = matched([1, 1, 0, 1, 0, 1, 1], [1, 2, 2, 8, 9, 1, 2], [1, 1, 1, 4, 4, 6, -1])
    assert found.time.tolist() == [1, 2] and found.n.tolist() == [1, 2] and found.of == 7


def test_nothing_matched() -> None:
    found = matched([1, 0], [1, 2], [-1, -1])
    assert len(found.time) == 0 and found.of == 2
    with pytest.raises(ValueError, match="one time and family"):
        matched([1], [1, 2], [1, 1])
