"""Resampling against plain-Python twins that take the same draws and recount single roll calls."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.measures._families import crossed_tables, tables_by_family
from comity.measures.permute import exchange, reorder
from comity.measures.ranks import percentile, rank
from comity.measures.resample import interval, replicates

PERIODS, DRAWS = 2, 30
ROLL_CALL = st.tuples(
    st.integers(0, 5), st.lists(st.integers(0, 5), min_size=2, max_size=2), st.integers(-1, 4), st.integers(-1, 1)
)
RECORD = st.lists(ROLL_CALL, min_size=1, max_size=25)


def share(tables):
    cast = tables[..., :3, :3]
    with np.errstate(invalid="ignore"):
        return np.trace(cast, axis1=-2, axis2=-1) / cast.sum(axis=(-2, -1))


def families_of(record):
    """Roll calls by family, in rising order of id, lone ones last; only those seen by one of the pairs."""
    alone = iter(range(1000, 2000))
    grouped = {}
    for first, others, family, period in record:
        key = next(alone) if family < 0 else family
        if period >= 0 and first < 5 and any(o < 5 for o in others):
            grouped.setdefault(key, []).append((first, others, period))
    return [grouped[key] for key in sorted(grouped)]


def plain_share(roll_calls, partner, period):
    """Votes alike over votes cast, NaN where none."""
    cast = [(f, o[partner]) for f, o, p in roll_calls if p == period and f < 3 and o[partner] < 3]
    return sum(f == o for f, o in cast) / len(cast) if cast else math.nan


def made_of(record):
    first, others, family, period = zip(*record, strict=True)
    return tables_by_family(first, others, family, period, PERIODS)


@given(RECORD)
@settings(deadline=None)
def test_tables_equal_the_twin(record):
    families, made = families_of(record), made_of(record)
    assert len(families) == len(made)
    for family, tables in zip(families, made, strict=True):
        expected = np.zeros((PERIODS, 2, 4, 4), int)
        for first, others, period in family:
            for j, other in enumerate(others):
                if other < 5:
                    expected[period, j, min(first, 3), min(other, 3)] += 1
        assert (tables == expected).all()


@given(RECORD, st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=60)
def test_replicates_equal_the_twin(record, seed):
    families = families_of(record)
    if not families:
        return
    made = replicates(made_of(record), share, np.random.default_rng(seed), draws=DRAWS)
    rng = np.random.default_rng(seed)
    for d in range(DRAWS):
        weights = rng.multinomial(len(families), [1 / len(families)] * len(families))
        drawn = [row for family, times in zip(families, weights, strict=True) for row in family * int(times)]
        twin = [[plain_share(drawn, j, k) for j in range(2)] for k in range(PERIODS)]
        assert np.array_equal(made[d], twin, equal_nan=True)


@given(RECORD, st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=60)
def test_crossed_replicates_equal_the_twin(record, seed):
    """A roll call counts as often as its family times its session (two of them, in one period) was drawn."""
    families = families_of(record)
    if not families:
        return
    first, others, family, session = zip(*record, strict=True)
    counted = np.array(session) >= 0
    tables, crossing = crossed_tables(first, others, family, np.maximum(session, 0), np.where(counted, 0, -1), 1)
    made = replicates(tables, share, np.random.default_rng(seed), draws=DRAWS, crossing=crossing)
    sessions = sorted({at for rows in families for _, _, at in rows})
    rng = np.random.default_rng(seed)
    by_family = rng.multinomial(len(families), [1 / len(families)] * len(families), size=DRAWS)
    by_session = rng.multinomial(len(sessions), [1 / len(sessions)] * len(sessions), size=DRAWS)
    for d in range(DRAWS):
        drawn = []
        for rows, times in zip(families, by_family[d], strict=True):
            for a, b, at in rows:
                drawn += [(a, b, 0)] * int(times * by_session[d, sessions.index(at)])
        assert np.array_equal(made[d, 0], [plain_share(drawn, j, 0) for j in range(2)], equal_nan=True)


@given(RECORD, st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=60)
def test_exchange_equals_the_twin(record, seed):
    families = families_of(record)
    if not families:
        return
    found = exchange(made_of(record), share, np.random.default_rng(seed), draws=DRAWS)
    rng = np.random.default_rng(seed)
    coins = [[rng.random() < 0.5 for _ in families] for _ in range(DRAWS)]
    for j in range(2):

        def gap(swapped, j=j):
            moved = [
                (f, o, 1 - p if s else p) for family, s in zip(families, swapped, strict=True) for f, o, p in family
            ]
            return plain_share(moved, j, 1) - plain_share(moved, j, 0)

        check(found, j, gap([False] * len(families)), [gap(coin) for coin in coins])


@given(RECORD, st.integers(1, 4), st.integers(1, 3), st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=60)
def test_reorder_equals_the_twin(record, earlier, block, seed):
    """Five sessions (families stand in for them)."""
    sessions = [[row for row in record if row[2] == s] for s in range(5)]
    tables = np.zeros((5, 2, 4, 4))
    for s, rows in enumerate(sessions):
        for first, others, _, _ in rows:
            for j, other in enumerate(others):
                if first < 5 and other < 5:
                    tables[s, j, min(first, 3), min(other, 3)] += 1
    found = reorder(tables, earlier, share, np.random.default_rng(seed), block=block, draws=DRAWS)
    blocks = [list(range(5))[i : i + block] for i in range(0, 5, block)]
    rng = np.random.default_rng(seed)
    keys = [[rng.random() for _ in blocks] for _ in range(DRAWS)]
    for j in range(2):

        def gap(order, j=j):
            sides = [
                [(r[0], r[1], 0) for s in part for r in sessions[s]] for part in (order[:earlier], order[earlier:])
            ]
            return plain_share(sides[1], j, 0) - plain_share(sides[0], j, 0)

        orders = [[s for _, b in sorted(zip(key, blocks, strict=True)) for s in b] for key in keys]
        check(found, j, gap(list(range(5))), [gap(order) for order in orders])


def check(found, j, difference, made):
    """Difference, share undefined and p-value of statistic j."""
    assert found.undefined[j] == pytest.approx(sum(map(math.isnan, made)) / DRAWS)
    if math.isnan(difference):
        assert math.isnan(found.difference[j]) and math.isnan(found.p[j])
        return
    far = sum(math.isnan(m) or abs(m) >= abs(difference) - 1e-12 for m in made)
    assert found.difference[j] == pytest.approx(difference)
    assert found.p[j] == pytest.approx((1 + far) / (1 + DRAWS))


VALUES = st.lists(st.sampled_from([0.1, 0.25, 0.5, 0.75, math.nan]) | st.floats(0, 1), min_size=1, max_size=12)


@given(VALUES)
def test_ranks_and_percentiles_equal_the_twin(values):
    known = [v for v in values if not math.isnan(v)]
    ranks = [math.nan if math.isnan(v) else 1 + sum(o > v for o in known) for v in values]
    shares = [
        math.nan if math.isnan(v) else sum(o < v for o in known) / (len(known) - 1) if len(known) > 1 else 1.0
        for v in values
    ]
    assert np.array_equal(rank(values), ranks, equal_nan=True)
    assert np.array_equal(percentile(values), shares, equal_nan=True)


@given(VALUES, st.sampled_from([0.5, 0.9, 0.95]), st.floats(0, 1))
def test_interval_ends_equal_the_twin(values, level, estimate):
    known = sorted(v for v in values if not math.isnan(v))

    def quantile(q):
        if not known:
            return math.nan
        at = q * (len(known) - 1)
        below = math.floor(at)
        above = min(below + 1, len(known) - 1)
        return known[below] + (at - below) * (known[above] - known[below])

    ends = [quantile((1 - level) / 2), quantile(1 - (1 - level) / 2)]
    made = np.array(values)
    assert interval(made, estimate, level=level, method="percentile") == pytest.approx(ends, nan_ok=True)
    mirrored = [2 * estimate - ends[1], 2 * estimate - ends[0]]
    assert interval(made, estimate, level=level, method="basic") == pytest.approx(mirrored, nan_ok=True)


@given(RECORD, st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=30)
def test_names_of_families_and_order_of_states_do_not_matter(record, seed):
    """Renaming families in the same order, or exchanging the two states, changes no share on any draw."""
    if not families_of(record):
        return
    pair = [(f, [o[0], o[0]], fam, p) for f, o, fam, p in record]
    swapped = [(o[0], [f, f], fam, p) for f, o, fam, p in record]
    renamed = [(f, o, fam * 7 + 3 if fam >= 0 else -1, p) for f, o, fam, p in pair]
    if not families_of(pair):
        return
    one, two, three = (
        replicates(made_of(r), share, np.random.default_rng(seed), draws=DRAWS) for r in (pair, swapped, renamed)
    )
    assert np.array_equal(one, two, equal_nan=True) and np.array_equal(one, three, equal_nan=True)
