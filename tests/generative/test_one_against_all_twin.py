"""One state against all by popcount, and the ranking of partners held as arrays, against plain-Python twins."""

from __future__ import annotations

from fractions import Fraction
from statistics import median

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.model.choice import Choice
from comity.model.counts import Counts
from comity.study.partners import Partners
from comity.study.standing import rank_partners
from comity.votes.contingency import tables
from comity.votes.matrix import Cells
from comity.votes.planes import Planes
from slow_twin import count

# Up to 200 rows: beyond three words of 64, so that padding, full words and periods across words occur.
SHAPES = st.tuples(st.integers(0, 200), st.integers(1, 5))
CELLS = hnp.arrays(np.uint8, SHAPES, elements=st.integers(0, 5), fill=st.nothing())


@st.composite
def cut(draw: st.DrawFn) -> tuple[Cells, np.ndarray, np.ndarray]:
    """Cells, days in any order, and masks of periods that may be empty, overlap or leave roll calls out."""
    cells = draw(CELLS)
    day = draw(hnp.arrays(np.int32, len(cells), elements=st.integers(0, 40)))
    return cells, day, draw(hnp.arrays(np.bool_, (draw(st.integers(0, 5)), len(cells))))


def seen(cells: Cells, coded: bool) -> list[list[int]]:
    """The cells of a reading; where coded members are left out, they are no members."""
    shown = cells if coded else np.where(cells == Choice.CODED_NONMEMBER, np.uint8(Choice.NOT_MEMBER), cells)
    return shown.tolist()


@given(cut(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_tables_of_one_state_equal_the_twin(case: tuple[Cells, np.ndarray, np.ndarray], coded: bool) -> None:
    cells, day, masks = case
    planes, plain = Planes.of(cells, day), seen(cells, coded)
    chosen = planes.chosen(masks)
    seats = planes.seated(chosen, coded=coded)
    assert seats.shape == (len(masks), cells.shape[1])
    for i in range(cells.shape[1]):
        made, marked = planes.against(i, chosen, coded=coded)
        for j in range(cells.shape[1]):
            pair, pair_marked = planes.pair(i, j, chosen, coded=coded)
            for k, mask in enumerate(masks):
                expected = count(plain, np.flatnonzero(mask).tolist(), i, j)
                assert (made[k, j].tolist(), marked[k, j]) == expected
                assert (pair[k].tolist(), pair_marked[k]) == expected
        own = [count(plain, np.flatnonzero(mask).tolist(), i, i)[0] for mask in masks]
        assert seats[:, i].tolist() == [sum(map(sum, table)) for table in own]


@given(cut())
@settings(max_examples=30, deadline=None)
def test_votes_alike_of_all_pairs_equal_the_twin(case: tuple[Cells, np.ndarray, np.ndarray]) -> None:
    cells, day, masks = case
    planes, plain = Planes.of(cells, day), cells.tolist()
    found = list(planes.alike(planes.chosen(masks)))
    assert len(found) == len(masks)
    for mask, (same, cast) in zip(masks, found, strict=True):
        for i in range(cells.shape[1]):
            for j in range(cells.shape[1]):
                table, _ = count(plain, np.flatnonzero(mask).tolist(), i, j)
                assert same[i, j] == sum(table[c][c] for c in range(3))
                assert cast[i, j] == sum(sum(row[:3]) for row in table[:3])


def test_periods_too_long_for_one_call_are_counted_in_parts() -> None:
    """Twelve periods of 6,400 roll calls are 1,200 words: more than twice what one call takes."""
    rng = np.random.default_rng(7)
    cells = rng.integers(0, 6, (6400, 4)).astype(np.uint8)
    planes = Planes.of(cells, rng.integers(0, 99, 6400).astype(np.int32))
    masks = rng.random((12, 6400)) < 0.5
    masks[4] = False
    chosen = planes.chosen(masks)
    assert len(list(chosen.parts())) > 1
    whole = tables(cells, [np.flatnonzero(mask) for mask in masks])
    for k in range(len(masks)):
        assert (planes.against(2, chosen)[0][k] == whole.table(k)[2]).all()
        assert (planes.against(2, chosen)[1][k] == whole.coded[k, 2]).all()
        assert (planes.seated(chosen)[k] == whole.table(k).sum(axis=(2, 3)).diagonal()).all()


@pytest.mark.parametrize("rows", [255, 256, 65_536])
def test_counts_do_not_overflow(rows: int) -> None:
    planes = Planes.of(np.zeros((rows, 2), np.uint8), np.zeros(rows, np.int32))
    chosen = planes.chosen(np.ones((1, rows), bool))
    assert planes.against(0, chosen)[0][0, 1, 0, 0] == rows
    assert planes.pair(0, 1, chosen)[0][0, 0, 0] == rows
    assert planes.seated(chosen).tolist() == [[rows, rows]]


TABLES = hnp.arrays(np.int64, st.tuples(st.integers(0, 9), st.just(4), st.just(4)), elements=st.integers(0, 3))


@given(TABLES, st.integers(0, 40), st.sampled_from([0, 0.25, 0.5, 1]))
@settings(max_examples=150, deadline=None)
def test_a_ranking_equals_the_twin(made: np.ndarray, seated: int, min_common: float) -> None:
    names = tuple(f"S{i:02}" for i in range(len(made)))
    found = rank_partners(Partners(names, made, np.zeros(len(made), np.int64)), seated, min_common)
    counts = {name: Counts.of(table.tolist()) for name, table in zip(names, made, strict=True)}
    kept = {s: Fraction(c.same, c.cast) for s, c in counts.items() if c.cast and c.cast >= min_common * seated}
    ordered = sorted(kept, key=lambda s: (-kept[s], s))
    assert list(found.partners.items()) == [(s, counts[s]) for s in ordered]
    assert found.ranks.tolist() == [1 + sum(v > kept[s] for v in kept.values()) for s in ordered]
    below = [sum(v < kept[s] for v in kept.values()) for s in ordered]
    assert found.percentiles.tolist() == [n / (len(kept) - 1) if len(kept) > 1 else 1.0 for n in below]
    assert found.median == (median(float(v) for v in kept.values()) if kept else None)
    few = [(s, c.cast) for s, c in counts.items() if s not in kept]
    assert found.too_few == tuple(sorted(few, key=lambda x: (-x[1], x[0])))
