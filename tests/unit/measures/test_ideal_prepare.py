"""Votes made ready to be fitted: what is linked, what falls out, what is refused and which of them is named."""

from __future__ import annotations

import numpy as np
import pytest

from comity.measures.ideal.prepare import prepare, shares
from ideal_cases import drawn


def refused(cells: np.ndarray, session: np.ndarray, message: str, links: np.ndarray | None = None) -> None:
    with pytest.raises(ValueError, match=message):
        prepare(cells, session, links=links)


def test_a_small_assembly_by_hand() -> None:
    """Three states, four roll calls; the third repeats the first, the fourth is unanimous."""
    cells = np.array([[0, 2, 9], [0, 1, 2], [2, 0, 9], [0, 0, 0], [1, 0, 2]])
    votes = prepare(cells, np.array([1, 1, 2, 2, 2]), links=np.array([[0, 2]]))
    assert votes.row.tolist() == [0, 1, 4] and votes.row_item.tolist() == [0, 1, 0, -1, 2]
    assert votes.state.tolist() == [0, 0, 1, 1, 2, 2] and votes.session.tolist() == [1, 2, 1, 2, 1, 2]
    assert votes.previous.tolist() == [-1, 0, -1, 2, -1, 4]
    assert votes.following.tolist() == [1, -1, 3, -1, 5, -1]
    assert list(zip(votes.item.tolist(), votes.unit.tolist(), votes.choice.tolist(), strict=True)) == [
        (0, 0, 0), (0, 1, 2), (0, 2, 2), (0, 3, 0),
        (1, 0, 0), (1, 2, 1), (1, 4, 2),
        (2, 1, 1), (2, 3, 0), (2, 5, 2),
    ]  # fmt: skip
    assert votes.item_start.tolist() == [0, 4, 7, 10] and votes.unit_start.tolist() == [0, 2, 4, 6, 8, 9, 10]
    assert votes.weight.tolist() == [0.5] * 6
    assert votes.left_out["unanimous"] == 1 and votes.size == (10, 3, 6)


def test_shares_by_hand() -> None:
    """Ten votes after thirty: a quarter; the first session leans on the second; a single one on nothing."""
    found = shares(np.array([30, 10, 7]), np.array([-1, 0, -1], np.int32), np.array([1, -1, -1], np.int32))
    assert found.tolist() == [0.75, 0.25, 1.0]


def test_pairs_are_followed_to_the_earliest() -> None:
    made = drawn(1, sessions=4)
    pairs = np.array([[60, 90], [5, 40], [40, 60]])
    votes = prepare(made.cells, made.session, links=pairs)
    assert votes.row_item[[5, 40, 60, 90]].tolist() == [5] * 4
    assert votes.row[5] == 5


def test_pairs_and_families_say_the_same() -> None:
    made = drawn(2)
    later = np.flatnonzero(made.family < np.arange(len(made.cells)))
    one = prepare(made.cells, made.session, links=np.stack([made.family[later], later], axis=1))
    other = prepare(made.cells, made.session, links=made.family)
    for name in ("choice", "item", "unit", "row", "row_item", "unit_order", "weight"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_a_session_with_one_roll_call_is_named_or_left_out() -> None:
    made = drawn(2, sessions=3)
    cells, session = made.cells[:61], made.session[:61] + 1
    refused(cells, session, "only one in session 3")
    votes = prepare(cells, session, drop_thin=True)
    assert votes.left_out["alone in its session"] == 1 and votes.session.max() == 2


def test_a_state_with_one_vote_is_named_or_left_out() -> None:
    made = drawn(2, sessions=3)
    cells = made.cells.copy()
    cells[:, 5], cells[3, 5] = 9, 0
    refused(cells, made.session, "only one cast by state column 5")
    votes = prepare(cells, made.session, drop_thin=True)
    assert votes.left_out["states with one vote"] == 1 and 5 not in votes.state


def test_many_at_once_are_counted() -> None:
    made = drawn(2, sessions=3)
    cells = made.cells.copy()
    cells[:, 10:22], cells[3, 10:22] = 9, 0
    refused(cells, made.session, r"columns 10, 11, 12, 13, 14, 15, 16, 17 and 4 more")


def test_what_falls_can_make_more_fall() -> None:
    """A roll call that only one thin state divides is unanimous once that state is left out."""
    made = drawn(2, sessions=2)
    cells = made.cells.copy()
    cells[:, 5] = 9
    cells[7], cells[7, 5] = 0, 2
    votes = prepare(cells, made.session, drop_thin=True)
    assert votes.row_item[7] == -1 and votes.left_out["unanimous"] == 1


def test_nothing_to_place() -> None:
    made = drawn(2, sessions=2)
    refused(np.zeros_like(made.cells), made.session, "every item in the selection is unanimous")
    refused(np.full_like(made.cells, 9), made.session, "no vote is left")
    with pytest.raises(ValueError, match="no vote is left"):
        prepare(made.cells, made.session, leave_out=np.ones(len(made.cells), bool))


def test_a_text_divided_over_two_sessions_only_is_not_unanimous() -> None:
    made = drawn(2, sessions=2)
    cells = made.cells.copy()
    cells[0], cells[30] = 0, 1
    apart = prepare(cells, made.session)
    linked = prepare(cells, made.session, links=np.array([[0, 30]]))
    assert apart.row_item[[0, 30]].tolist() == [-1, -1]
    assert linked.row_item[0] == linked.row_item[30] >= 0


def test_sessions_that_nothing_connects_are_named() -> None:
    made = drawn(2, sessions=4)
    cells, session = made.cells.copy(), made.session + 1
    cells[session >= 3, :15] = 9
    cells[session < 3, 15:] = 9
    cells[session == 4, :] = np.where(cells[session == 4] > 2, 9, cells[session == 4])
    refused(cells, session, "connects sessions [13] and [24] with the other sessions")
    text = np.array([[0, 60]])
    assert prepare(cells, session, links=text).row_item[60] == 0


def test_arrays_that_do_not_fit() -> None:
    made = drawn(2, sessions=2)
    refused(made.cells, made.session[:-1], "session must be|session \\(roll calls")
    refused(made.cells, made.session, "links name rows outside the matrix: 0 to 999", np.array([[0, 999]]))
    refused(made.cells, made.session, "family ids must be one a roll call", np.array([1, 2]))
