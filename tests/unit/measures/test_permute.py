"""Block permutation: all exchanges by hand, and the exact values of scipy.stats.permutation_test."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from comity.measures.permute import exchange, reorder

CASES = json.loads((Path(__file__).parents[2] / "reference" / "uncertainty_cases.json").read_text())
# A p-value of 20,000 draws has sd at most 0.0035.
NEAR = 0.015


def share(tables):
    with np.errstate(invalid="ignore"):
        return tables[..., 0, 0] / tables.sum(axis=(-2, -1))


def tables_of(same, cast):
    same, cast = np.asarray(same), np.asarray(cast)
    tables = np.zeros((*same.shape, 4, 4))
    tables[..., 0, 0], tables[..., 0, 2] = same, cast - same
    return tables


def test_three_families_by_hand():
    """Each family votes alike 2 of 2 on one side, 0 of 2 on the other. Of 8 exchanges, the two outermost are as far."""
    found = exchange(tables_of([[0, 2]] * 3, [[2, 2]] * 3), share, np.random.default_rng(1), draws=20_000)
    assert float(found.difference) == 1.0
    assert float(found.p) == pytest.approx(2 / 8, abs=NEAR)
    assert (found.blocks, found.reliable) == (3, False)


def test_sessions_by_hand():
    """Four sessions, alike in the last two only: one split of six in each direction is as far."""
    found = reorder(tables_of([0, 0, 2, 2], [2] * 4), 2, share, np.random.default_rng(1), draws=20_000)
    assert float(found.difference) == 1.0
    assert float(found.p) == pytest.approx(2 / 6, abs=NEAR)


def test_blocks_stay_whole():
    """Blocks of two: only the order of two blocks is left to chance, so every draw is as far as the record."""
    found = reorder(tables_of([0, 0, 2, 2], [2] * 4), 2, share, np.random.default_rng(1), block=2)
    assert float(found.p) == 1.0 and found.blocks == 2


def test_a_last_shorter_block_keeps_the_sides_their_length():
    """Five sessions in blocks of two (2, 2, 1), three earlier: of six orders, those with sessions 0-2 on one side."""
    same = np.array([0, 0, 0, 2, 2])
    found = reorder(tables_of(same, [2] * 5), 3, share, np.random.default_rng(1), block=2, draws=20_000)
    orders = [[0, 1, 2, 3, 4], [0, 1, 4, 2, 3], [2, 3, 0, 1, 4], [2, 3, 4, 0, 1], [4, 0, 1, 2, 3], [4, 2, 3, 0, 1]]
    gaps = [same[o[3:]].mean() / 2 - same[o[:3]].mean() / 2 for o in orders]
    assert float(found.difference) == gaps[0]
    assert float(found.p) == pytest.approx(np.mean(np.abs(gaps) >= abs(gaps[0]) - 1e-9), abs=NEAR)


@pytest.mark.parametrize("sides", [(0, 1), (1, 0)])
def test_outside_value_of_families(sides):
    tables = tables_of(CASES["same"], CASES["cast"])[:, list(sides)]
    found = exchange(tables, share, np.random.default_rng(2), draws=20_000)
    sign = 1 if sides == (0, 1) else -1
    assert float(found.difference) == pytest.approx(sign * CASES["exchange"]["difference"], abs=1e-12)
    assert float(found.p) == pytest.approx(CASES["exchange"]["p"], abs=NEAR)


def test_outside_value_of_sessions():
    whole = tables_of(CASES["same"], CASES["cast"]).sum(axis=1)
    found = reorder(whole, 5, share, np.random.default_rng(2), draws=20_000)
    assert float(found.difference) == pytest.approx(CASES["reorder"]["difference"], abs=1e-12)
    assert float(found.p) == pytest.approx(CASES["reorder"]["p"], abs=NEAR)


def test_several_statistics_at_once_use_the_same_exchanges():
    tables = tables_of(CASES["same"], CASES["cast"])

    def both(pooled):
        return np.stack([share(pooled), 1 - share(pooled)], axis=-1)

    found = exchange(tables, both, np.random.default_rng(2))
    assert found.p.shape == (2,) and found.p[0] == found.p[1]
    assert found.difference[0] == pytest.approx(-found.difference[1])


def test_no_difference_is_never_found():
    same = exchange(tables_of([[1, 1]] * 20, [[2, 2]] * 20), share, np.random.default_rng(0))
    assert float(same.p) == 1.0 and same.reliable


def test_undefined():
    one_sided = tables_of([[1, 0]] * 2, [[1, 0]] * 2)
    found = exchange(one_sided, share, np.random.default_rng(0))
    assert np.isnan(found.difference) and np.isnan(found.p)
    tables = tables_of([[0, 1], [0, 0]], [[1, 1], [0, 0]])
    tables[1, :, 3, 3] = 0
    assert exchange(tables, share, np.random.default_rng(0)).undefined == 0
    lone = exchange(tables_of([[0, 0], [0, 1]], [[1, 0], [0, 1]]), share, np.random.default_rng(0), draws=4000)
    # Two families, one on each side: half of the exchanges put both on one side, where the other has no vote. They
    # count as far, and so do the others, which are the record or its mirror.
    assert float(lone.undefined) == pytest.approx(0.5, abs=0.04) and float(lone.p) == 1.0


@pytest.mark.parametrize(("earlier", "block"), [(0, 1), (4, 1), (2, 0)])
def test_a_side_without_sessions_is_refused(earlier, block):
    with pytest.raises(ValueError, match="sessions"):
        reorder(tables_of([0] * 4, [1] * 4), earlier, share, np.random.default_rng(0), block=block)


@pytest.mark.parametrize("shape", list(product([0, 3], [1, 3])))
def test_two_sides_are_needed(shape):
    with pytest.raises(ValueError, match="two sides"):
        exchange(np.ones((*shape, 4, 4)), share, np.random.default_rng(0))
