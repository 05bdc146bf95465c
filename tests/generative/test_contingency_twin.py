"""The contingency tables of all pairs against a slow plain-Python twin, and the laws that any such table obeys."""

from __future__ import annotations

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.model.choice import Choice
from comity.model.counts import Counts
from comity.votes.contingency import Tables, against_all, tables
from comity.votes.matrix import Cells
from slow_twin import count

Slices = list[np.ndarray]

# Up to 140 rows, 150 in a slice: beyond two words of 64, so that padding, full words and slices across words occur.
SHAPES = st.tuples(st.integers(0, 140), st.integers(1, 5))
CELLS = hnp.arrays(np.uint8, SHAPES, elements=st.integers(0, 5), fill=st.nothing())


@st.composite
def sliced(draw: st.DrawFn) -> tuple[Cells, Slices]:
    """Cells and slices that may be empty, overlap, name a row twice, or leave rows out; rows in any order."""
    cells = draw(CELLS)
    row = st.integers(0, max(0, len(cells) - 1))
    one = st.lists(row, max_size=150) if len(cells) else st.just([])
    return cells, [np.asarray(rows, dtype=np.intp) for rows in draw(st.lists(one, max_size=5))]


def assert_equal_twin(cells: Cells, slices: Slices, made: Tables) -> None:
    plain = cells.tolist()
    for s, rows in enumerate(slices):
        whole = made.table(s)
        for i in range(cells.shape[1]):
            for j in range(cells.shape[1]):
                table, coded = count(plain, rows.tolist(), i, j)
                assert whole[i, j].tolist() == table
                assert made.counts(s, i, j) == Counts.of(table, coded)


@given(sliced(), st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_tables_equal_the_twin(case: tuple[Cells, Slices], threads: int) -> None:
    cells, slices = case
    assert_equal_twin(cells, slices, tables(cells, slices, threads=threads))


@given(CELLS)
@settings(max_examples=25, deadline=None)
def test_without_slices_all_rows_are_one_slice(cells: Cells) -> None:
    assert_equal_twin(cells, [np.arange(len(cells))], tables(cells))


@given(CELLS)
@settings(max_examples=60, deadline=None)
def test_one_state_against_all_equals_the_twin(cells: Cells) -> None:
    plain = cells.tolist()
    for i in range(cells.shape[1]):
        found, coded = against_all(cells, i)
        for j in range(cells.shape[1]):
            assert (found[j].tolist(), int(coded[j])) == count(plain, range(len(cells)), i, j)


@given(CELLS)
@settings(max_examples=30, deadline=None)
def test_the_sum_of_a_table_is_the_joint_membership(cells: Cells) -> None:
    member = (cells != Choice.NOT_MEMBER).astype(np.int64)
    assert (tables(cells).table(0).sum(axis=(2, 3)) == member.T @ member).all()


@given(CELLS)
@settings(max_examples=30, deadline=None)
def test_exchanging_the_states_transposes_the_table(cells: Cells) -> None:
    made = tables(cells)
    full = made.table(0)
    assert (full == full.transpose(1, 0, 3, 2)).all()
    assert (made.coded[0] == made.coded[0].T).all()
    for i in range(cells.shape[1]):
        assert made.counts(0, 0, i).flipped() == made.counts(0, i, 0)


@given(CELLS, st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_neither_the_order_of_rows_nor_of_states_matters(cells: Cells, random: object) -> None:
    rows, states = list(range(cells.shape[0])), list(range(cells.shape[1]))
    random.shuffle(rows)  # type: ignore[attr-defined]
    random.shuffle(states)  # type: ignore[attr-defined]
    moved, plain = tables(np.ascontiguousarray(cells[rows][:, states])), tables(cells)
    assert (moved.table(0) == plain.table(0)[np.ix_(states, states)]).all()
    assert (moved.coded[0] == plain.coded[0][np.ix_(states, states)]).all()


@given(CELLS, st.data())
@settings(max_examples=30, deadline=None)
def test_slices_that_part_the_rows_add_up_to_the_whole(cells: Cells, data: st.DataObject) -> None:
    part = np.asarray(data.draw(st.lists(st.integers(0, 3), min_size=len(cells), max_size=len(cells))), dtype=int)
    made, whole = tables(cells, [np.flatnonzero(part == k) for k in range(4)]), tables(cells)
    assert (sum(made.table(k) for k in range(4)) == whole.table(0)).all()
    assert (made.coded.sum(axis=0) == whole.coded[0]).all()


@given(CELLS)
@settings(max_examples=30, deadline=None)
def test_the_four_classes_share_out_every_roll_call(cells: Cells) -> None:
    made = tables(cells)
    for i in range(cells.shape[1]):
        c = made.counts(0, 0, i)
        assert c.same + c.ambivalent + c.opposite + c.absent == c.roll_calls
        assert c.coded_nonmember <= c.absent


# The counts are held in the smallest type that the longest slice needs: one, two or four bytes.
@pytest.mark.parametrize("rows", [255, 256, 257, 65_535, 65_536, 65_537])
def test_counts_do_not_overflow_where_the_type_changes(rows: int) -> None:
    cells = np.zeros((rows, 2), np.uint8)
    cells[-1, 1] = Choice.CODED_NONMEMBER
    made = tables(cells, [np.arange(rows), np.arange(rows - 1), np.arange(0)])
    assert made.counts(0, 0, 0).table[0] == (rows, 0, 0, 0)
    assert made.counts(0, 0, 1) == Counts.of([[rows - 1, 0, 0, 1], *[[0] * 4] * 3], 1)
    assert made.counts(1, 0, 1).roll_calls == made.counts(1, 0, 1).same_yes == rows - 1
    assert made.counts(2, 0, 1).roll_calls == 0
    assert int(made.table(0)[0, 0].sum()) == rows


def test_cells_are_not_changed() -> None:
    cells = np.arange(60, dtype=np.uint8).reshape(-1, 3) % 6
    before = cells.copy()
    tables(cells)
    against_all(cells, 1)
    assert (cells == before).all()
