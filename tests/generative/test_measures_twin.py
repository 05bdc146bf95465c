"""The measures against a slow twin that walks over single votes, and the laws that any of them obeys."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from itertools import permutations
from random import Random

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.measures import agreement, chance, rollcall
from comity.votes.contingency import tables as count_tables

Votes = list[tuple[int, int]]
Measure = Callable[..., np.ndarray]
VOTES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=40)
TABLES = hnp.arrays(np.int64, (4, 4), elements=st.integers(0, 30) | st.just(0), fill=st.nothing())
CLOSE = 1e-9  # two orders of summation in double precision


def table(votes: Votes) -> np.ndarray:
    made = np.zeros((4, 4), np.int64)
    for a, b in votes:
        made[a, b] += 1
    return made


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else math.nan


def _cast(votes: Votes) -> Votes:
    return [(a, b) for a, b in votes if a < 3 and b < 3]


def _gap(kind: str, pooled: list[int]) -> Callable[[int, int], float]:
    def ordinal(a: int, b: int) -> float:
        low, high = min(a, b), max(a, b)
        between = sum(low <= v <= high for v in pooled) - (pooled.count(low) + pooled.count(high)) / 2
        return 0.0 if a == b else between**2

    return {
        "lin": lambda a, b: abs(a - b) / 2,
        "sq": lambda a, b: (a - b) ** 2 / 4,
        "nominal": lambda a, b: float(a != b),
        "ordinal": ordinal,
    }[kind]


def _corrected(votes: Votes, kind: str, expected: str) -> float:
    both = _cast(votes)
    pooled = [v for pair in both for v in pair]
    gap = _gap(kind, pooled)
    pairs: dict[str, Callable[[], list[tuple[int, int]]]] = {
        "own": lambda: [(a, b) for a, _ in both for _, b in both],
        "pooled": lambda: [(a, b) for a in pooled for b in pooled],
        "uniform": lambda: [(a, b) for a in range(3) for b in range(3)],
        "drawn": lambda: list(permutations(pooled, 2)),
    }
    chosen = pairs[expected]()
    if not both:
        return math.nan
    due = sum(gap(a, b) for a, b in chosen) / len(chosen)
    return 1 - _ratio(sum(gap(a, b) for a, b in both) / len(both), due) if due else math.nan


def _mean(votes: Votes, score: Callable[[int, int], float | None]) -> float:
    scores = [v for a, b in votes if (v := score(a, b)) is not None]
    return _ratio(sum(scores), len(scores))


def _cast_only(score: Callable[[int, int], float]) -> Callable[[int, int], float | None]:
    return lambda a, b: score(a, b) if a < 3 and b < 3 else None


def _opposite(a: int, b: int) -> bool:
    return {a, b} == {0, 2}


def _one_abstains(a: int, b: int) -> bool:
    return a != b and 1 in (a, b) and 3 not in (a, b)


TEXTS = 7


def _incl_consensus(votes: Votes) -> float:
    """Texts adopted without a vote one by one, each as much of a same vote as the two took part in votes."""
    sides = [(a, b) for a, b in votes if {a, b} <= {0, 2}]
    took_part = _mean(votes, lambda a, b: 3 not in (a, b))
    scored = [(float(a == b), 1.0) for a, b in sides] + [(1.0, took_part)] * TEXTS
    return _ratio(sum(score * weight for score, weight in scored), sum(weight for _, weight in scored))


def with_seven_texts(tables: np.ndarray) -> np.ndarray:
    """state_incl_consensus with a number of texts of its own."""
    return agreement.state_incl_consensus(tables, TEXTS)


TWINS: dict[Measure, Callable[[Votes], float]] = {
    agreement.same_share: lambda v: _mean(v, _cast_only(lambda a, b: a == b)),
    agreement.ambivalent_share: lambda v: _mean(v, _cast_only(_one_abstains)),
    agreement.opposite_share: lambda v: _mean(v, _cast_only(_opposite)),
    agreement.same_share_of_all: lambda v: _mean(v, lambda a, b: a == b < 3),
    agreement.ambivalent_share_of_all: lambda v: _mean(v, _one_abstains),
    agreement.opposite_share_of_all: lambda v: _mean(v, _opposite),
    agreement.absent_share: lambda v: _mean(v, lambda a, b: 3 in (a, b)),
    agreement.votes_only: lambda v: _mean(v, lambda a, b: a == b if {a, b} <= {0, 2} else None),
    with_seven_texts: _incl_consensus,
    agreement.ia: lambda v: _mean(v, _cast_only(lambda a, b: 1 - abs(a - b) / 2)),
    agreement.state_2022: lambda v: _mean(v, lambda a, b: 0.5 if 3 in (a, b) else 1 - abs(a - b) / 2),
    agreement.s: lambda v: _mean(v, _cast_only(lambda a, b: 1 - abs(a - b))),
    agreement.s_sq: lambda v: _mean(v, _cast_only(lambda a, b: 1 - (a - b) ** 2 / 2)),
    rollcall.voeten: lambda v: _mean(v, _cast_only(lambda a, b: 1 - abs(a - b) / 2)),
    chance.kappa_lin: lambda v: _corrected(v, "lin", "own"),
    chance.kappa_sq: lambda v: _corrected(v, "sq", "own"),
    chance.pi_lin: lambda v: _corrected(v, "lin", "pooled"),
    chance.pi_sq: lambda v: _corrected(v, "sq", "pooled"),
    chance.brennan_prediger: lambda v: _corrected(v, "sq", "uniform"),
    chance.alpha_nominal: lambda v: _corrected(v, "nominal", "drawn"),
    chance.alpha_interval: lambda v: _corrected(v, "sq", "drawn"),
    chance.alpha_ordinal: lambda v: _corrected(v, "ordinal", "drawn"),
}
CORRECTED = [m for m in TWINS if m.__module__ == chance.__name__]
each = pytest.mark.parametrize("measure", TWINS, ids=lambda m: m.__name__)


@each
@given(VOTES)
@settings(max_examples=40, deadline=None)
def test_equals_the_twin(measure: Measure, votes: Votes) -> None:
    assert float(measure(table(votes))) == pytest.approx(TWINS[measure](votes), abs=CLOSE, nan_ok=True)


@each
@given(TABLES)
@settings(max_examples=40, deadline=None)
def test_neither_state_comes_first(measure: Measure, made: np.ndarray) -> None:
    assert float(measure(made)) == pytest.approx(float(measure(made.T)), abs=CLOSE, nan_ok=True)


@each
@given(TABLES)
@settings(max_examples=40, deadline=None)
def test_bounds(measure: Measure, made: np.ndarray) -> None:
    """Chance-corrected values have no common lower bound; a share is never negative, S never below −1."""
    value = float(measure(made))
    low = -math.inf if measure in CORRECTED else -1 if measure in (agreement.s, agreement.s_sq) else 0
    assert math.isnan(value) or low - CLOSE <= value <= 1 + CLOSE


@each
@given(TABLES)
@settings(max_examples=40, deadline=None)
def test_yes_and_no_may_change_names(measure: Measure, made: np.ndarray) -> None:
    """Yes for no in every vote: a motion put the other way round."""
    turned = made[[2, 1, 0, 3]][:, [2, 1, 0, 3]]
    assert float(measure(made)) == pytest.approx(float(measure(turned)), abs=CLOSE, nan_ok=True)


@each
@given(hnp.arrays(np.uint8, (30, 4), elements=st.integers(0, 5)), st.permutations(range(30)), st.permutations(range(4)))
@settings(max_examples=10, deadline=None)
def test_neither_order_of_rows_nor_of_states_matters(
    measure: Measure, cells: np.ndarray, rows: list[int], states: list[int]
) -> None:
    plain = measure(count_tables(cells).table(0))
    moved = measure(count_tables(np.ascontiguousarray(cells[rows][:, states])).table(0))
    assert moved == pytest.approx(plain[np.ix_(states, states)], abs=CLOSE, nan_ok=True)


@given(TABLES, st.integers(0, 50))
def test_texts_adopted_without_a_vote_only_raise_it(made: np.ndarray, texts: int) -> None:
    plain, fewer = (float(agreement.state_incl_consensus(made, n)) for n in (0, texts))
    assert plain == pytest.approx(float(agreement.votes_only(made)), abs=CLOSE, nan_ok=True)
    assert math.isnan(plain) or plain - CLOSE <= fewer <= 1 + CLOSE
    assert math.isnan(float(agreement.state_incl_consensus(made, math.nan)))


WEIGHTED = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 9)), max_size=20)


@given(WEIGHTED, st.booleans(), st.randoms(use_true_random=False))
def test_weighted_s_equals_the_twin(rows: list[tuple[int, int, int]], squared: bool, random: Random) -> None:
    """A weight of three is a roll call that stands three times; neither state nor order comes first."""
    repeated = [(a, b) for a, b, w in rows for _ in range(w) if a < 3 and b < 3]
    gaps = [(abs(a - b) / 2) ** (2 if squared else 1) for a, b in repeated]
    expected = 1 - 2 * _ratio(sum(gaps), len(gaps))
    shuffled = random.sample(rows, len(rows))
    for kept, first, second in ((rows, 0, 1), (rows, 1, 0), (shuffled, 0, 1)):
        columns = [[row[i] for row in kept] for i in (first, second, 2)]
        assert agreement.s_weighted(*columns, squared=squared) == pytest.approx(expected, abs=CLOSE, nan_ok=True)


@given(TABLES)
def test_s_is_twice_lijphart_less_one(made: np.ndarray) -> None:
    assert float(agreement.s(made)) == pytest.approx(2 * float(agreement.ia(made)) - 1, abs=CLOSE, nan_ok=True)


@given(TABLES)
def test_the_shares_of_all_add_up_to_one(made: np.ndarray) -> None:
    parts = (
        *(agreement.same_share_of_all, agreement.ambivalent_share_of_all),
        *(agreement.opposite_share_of_all, agreement.absent_share),
    )
    whole = sum(float(part(made)) for part in parts)
    assert whole == pytest.approx(1, abs=CLOSE) if made.sum() else math.isnan(whole)


@given(VOTES)
def test_undefined_only_where_nothing_is_expected_to_differ(votes: Votes) -> None:
    """A chance-corrected value is missing where the two share no vote, or made one and the same choice throughout."""
    chosen = {v for pair in _cast(votes) for v in pair}
    assert math.isnan(float(chance.pi_sq(table(votes)))) is (len(chosen) < 2)
    assert math.isnan(float(chance.kappa_sq(table(votes)))) is (len(chosen) < 2)


@given(hnp.arrays(np.uint8, st.tuples(st.integers(0, 20), st.integers(1, 6)), elements=st.integers(0, 5)))
def test_divided_equals_the_twin(cells: np.ndarray) -> None:
    expected = [len(Counter(c for c in row if c < 3)) > 1 for row in cells.tolist()]
    assert rollcall.divided(cells).tolist() == expected


@given(hnp.arrays(np.uint8, st.tuples(st.integers(1, 20), st.integers(2, 5)), elements=st.integers(0, 5)))
def test_voeten_over_single_roll_calls(cells: np.ndarray) -> None:
    kept = cells[rollcall.divided(cells)]
    found = rollcall.voeten(count_tables(kept).table(0))
    for i in range(cells.shape[1]):
        for j in range(cells.shape[1]):
            scores = [
                1 - abs(int(row[i]) - int(row[j])) / 2
                for row in cells.tolist()
                if len({c for c in row if c < 3}) > 1 and row[i] < 3 and row[j] < 3
            ]
            assert found[i, j] == pytest.approx(_ratio(sum(scores), len(scores)), abs=CLOSE, nan_ok=True)
