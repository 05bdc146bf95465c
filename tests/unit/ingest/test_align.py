"""Which roll call is which."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import release, votes

from comity.ingest.align import _runner_up, align, resembling


def pairs(alignment):
    return dict(zip(alignment.left.tolist(), alignment.right.tolist(), strict=True))


def test_equal_ids_with_equal_votes_are_one_roll_call():
    cells = votes(40)
    ids = [str(i) for i in range(40)]
    found = align(
        release("a", cells, roll_call=ids),
        release(
            "b",
            cells[::-1],
            roll_call=ids[::-1],
            date=release("a", cells).roll_calls["date"].to_list()[::-1],
        ),
    )
    assert pairs(found) == {i: 39 - i for i in range(40)}
    assert found.by_method() == {"id": 40, "symbol": 0, "pattern": 0}


def test_an_id_used_again_for_another_vote_years_later_is_not_matched():
    cells = votes(40)
    first = release("a", cells[:1], roll_call=["411"], date=[date(1954, 12, 3)])
    second = release("b", votes(1, seed=9), roll_call=["411"], date=[date(2023, 12, 4)])
    assert len(align(first, second)) == 0


def test_an_id_whose_votes_contradict_it_is_not_matched():
    first = release("a", votes(1, seed=1), roll_call=["7"])
    second = release("b", votes(1, seed=2), roll_call=["7"])
    assert len(align(first, second)) == 0


def test_symbols_match_where_ids_do_not():
    cells = votes(40)
    symbols = [f"A/RES/60/{i}" for i in range(40)]
    found = align(release("a", cells, symbol=symbols), release("b", cells, symbol=symbols))
    assert pairs(found) == {i: i for i in range(40)}
    assert found.by_method()["symbol"] == 40


def test_the_vote_on_the_whole_text_is_told_from_the_paragraph_vote_under_the_same_symbol():
    cells = votes(2)
    cells[1] = cells[0]
    cells[1, :2] = (cells[1, :2] + 1) % 3  # the paragraph vote: two states voted otherwise
    day = [date(2005, 12, 6)] * 2
    left = release("a", cells, symbol=["A/RES/60/1"] * 2, date=day)
    right = release("b", cells[:1], symbol=["A/RES/60/1"], date=day[:1])
    assert pairs(align(left, right)) == {0: 0}


def test_a_symbol_alone_does_not_match_a_paragraph_vote_where_the_whole_text_has_none():
    cells = votes(2)
    cells[0, :2] = 0
    cells[1] = cells[0]
    cells[1, :2] = 2
    day = [date(2005, 12, 6)] * 2
    left = release("a", cells, symbol=[None, "A/RES/60/1"], date=day)  # only the paragraph vote is named
    right = release("b", cells[:1], symbol=["A/RES/60/1"], date=day[:1])
    assert 1 not in pairs(align(left, right))


def test_votes_alone_match_through_noise_and_another_order():
    cells = votes(60)
    noisy = cells.copy()
    noisy[::7, 3] = (noisy[::7, 3] + 1) % 3
    order = np.random.default_rng(4).permutation(60)
    left = release("a", cells)
    right = release("b", noisy[order], date=[left.roll_calls["date"][int(i)] for i in order])
    found = align(left, right)
    assert pairs(found) == {int(i): k for k, i in enumerate(order)}
    assert found.by_method()["pattern"] == 60
    assert int((found.shared - found.equal).sum()) <= 9


def test_two_roll_calls_with_the_same_votes_are_left_alone():
    cells = votes(3)
    cells[1] = cells[0]
    found = align(release("a", cells), release("b", cells))
    assert pairs(found) == {2: 2}
    left, right = release("a", cells), release("b", cells)
    assert resembling(left, right, np.array([0, 1, 2])).tolist() == [0, 1, 2]


def test_the_same_votes_months_apart_are_another_roll_call():
    cells = votes(1)
    left = release("a", cells, date=[date(2005, 9, 20)])
    assert len(align(left, release("b", cells, date=[date(2005, 11, 20)]))) == 0
    assert len(align(left, release("b", cells, date=[date(2005, 10, 20)]))) == 1


def test_an_unknown_date_contradicts_no_id_but_proves_no_pattern():
    cells = votes(1)
    undated = release("a", cells, roll_call=["1"], date=[None])
    assert len(align(undated, release("b", cells, roll_call=["1"]))) == 1
    assert len(align(undated, release("b", cells, roll_call=["2"]))) == 0


def test_nothing_to_align():
    empty = release("a", votes(0))
    assert len(align(empty, release("b", votes(5)))) == 0
    assert len(align(empty, empty)) == 0


@pytest.mark.parametrize("seed", range(5))
def test_alignment_does_not_depend_on_the_side(seed):
    rng = np.random.default_rng(seed)
    cells = votes(50, seed)
    kept = np.sort(rng.permutation(50)[:35])
    left = release("a", cells)
    right = release("b", cells[kept], date=[left.roll_calls["date"][int(i)] for i in kept])
    there, back = align(left, right), align(right, left).flipped()
    assert pairs(there) == pairs(back) == {int(i): k for k, i in enumerate(kept)}
    assert (there.distance == back.distance).all()


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9)), max_size=30))
def test_runner_up_is_the_smallest_of_the_others(rows):
    key = np.array([k for k, _ in rows], dtype=np.int64)
    distance = np.array([d for _, d in rows], dtype=np.int64)
    slow = [
        min((d for j, (k, d) in enumerate(rows) if j != i and k == key[i]), default=np.inf) for i in range(len(rows))
    ]
    assert _runner_up(key, distance).tolist() == slow
