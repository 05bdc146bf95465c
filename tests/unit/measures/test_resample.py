"""Family bootstrap: families worked by hand, bounds, and the values of scipy.stats.bootstrap."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from comity.measures._families import Crossing, crossed_tables, own_families, tables_by_family
from comity.measures.resample import bootstrap, interval, replicates, resampled
from comity.model.choice import Choice

CASES = json.loads((Path(__file__).parents[2] / "reference" / "uncertainty_cases.json").read_text())
Y, A, N, X, C, O = Choice  # noqa: E741


def share(tables):
    cast = tables[..., :3, :3]
    with np.errstate(invalid="ignore"):
        return np.trace(cast, axis1=-2, axis2=-1) / cast.sum(axis=(-2, -1))


def change(tables):
    return share(tables)[:, 1] - share(tables)[:, 0]


def tables_of(same, cast):
    """Families × periods of tables with so many yes-yes and yes-no votes."""
    same, cast = np.asarray(same), np.asarray(cast)
    tables = np.zeros((*same.shape, 4, 4))
    tables[..., 0, 0], tables[..., 0, 2] = same, cast - same
    return tables


def test_tables_by_hand():
    a = [Y, Y, N, A, X, O, Y]
    b = [Y, N, N, Y, Y, Y, C]
    made = tables_by_family(a, b, [3, 3, 8, -1, 3, 8, -1], [0, 1, 0, 1, 1, 0, -1], 2)
    assert made.shape == (3, 2, 4, 4)  # families 3, 8 and one of its own; the last roll call is in no period
    expected = np.zeros((3, 2, 4, 4), int)
    expected[0, 0, Y, Y] = expected[0, 1, Y, N] = expected[0, 1, X, Y] = 1
    expected[1, 0, N, N] = 1  # the other roll call of family 8 saw one of the two without a seat
    expected[2, 1, A, Y] = 1
    assert (made == expected).all()


def test_a_member_coded_otherwise_is_absent_and_partners_keep_their_places():
    made = tables_by_family([Y, C], [[Y, O, N], [N, Y, C]], [1, 1])
    assert made.shape == (1, 1, 3, 4, 4)
    assert made[0, 0, 0, Y, Y] == made[0, 0, 0, X, N] == made[0, 0, 1, X, Y] == made[0, 0, 2, X, X] == 1
    assert made.sum() == 5


def test_a_family_that_neither_pair_shared_is_no_family():
    assert len(tables_by_family([Y, O], [Y, Y], [1, 2])) == 1


def test_lengths_must_agree():
    with pytest.raises(ValueError, match="one length"):
        tables_by_family([Y], [Y, N], [1, 2])


def test_families_of_their_own_take_numbers_no_other_has():
    assert own_families([-1, -1, 5]).tolist() == [6, 7, 5]
    assert own_families([-1, -1]).tolist() == [0, 1]


def test_two_families_by_hand():
    """Family one: 3 of 4 alike; family two: 0 of 2. A draw holds one twice (3/4), each once (1/2), or two twice (0)."""
    tables = tables_of([[3], [0]], [[4], [2]])
    drawn = resampled(2, 4000, np.random.default_rng(7))
    made = replicates(tables, lambda t: share(t)[:, 0], np.random.default_rng(7), draws=4000)
    by_hand = {2: 0.75, 1: 0.5, 0: 0.0}
    assert made.tolist() == [by_hand[int(k)] for k in drawn[:, 0]]
    # A quarter, a half, a quarter: a share of 4000 draws has sd 0.008 at most, five of which are allowed for.
    assert [np.mean(made == v) for v in (0.75, 0.5, 0.0)] == pytest.approx([0.25, 0.5, 0.25], abs=0.04)


def test_interval_by_hand():
    made = np.arange(101.0)
    assert [float(x) for x in interval(made, 40.0, level=0.9, method="percentile")] == pytest.approx([5, 95])
    assert [float(x) for x in interval(made, 40.0, level=0.9, method="basic")] == pytest.approx([-15, 75])
    holed = np.append(made, np.nan)
    assert [float(x) for x in interval(holed, 40.0, level=0.9, method="percentile")] == pytest.approx([5, 95])
    assert np.isnan(interval(np.full(9, np.nan), np.nan, level=0.9, method="basic")).all()


def crossed(same, cast, period):
    """Families × sessions of yes-yes and yes-no votes as rows, each in the period of its session."""
    same, cast, period = (np.asarray(x) for x in (same, cast, period))
    family, session = np.nonzero(cast)
    counted = np.zeros((2, len(family), period.max() + 1), int)
    counted[0, np.arange(len(family)), period[session]] = same[family, session]
    counted[1, np.arange(len(family)), period[session]] = cast[family, session]
    return tables_of(*counted), Crossing(family, session, period[session])


def test_sessions_crossed_by_hand():
    """One family, two sessions in the only period: a draw holds either twice, or each once."""
    tables, crossing = crossed([[3, 0]], [[4, 2]], [0, 0])
    made = replicates(tables, lambda t: share(t)[:, 0], np.random.default_rng(3), draws=2000, crossing=crossing)
    assert set(made.tolist()) == {0.75, 0.5, 0.0}
    found = bootstrap(tables, share, np.random.default_rng(3), crossing=crossing)
    assert found.estimate.tolist() == [0.5] and (found.families, found.sessions, found.fewest) == (1, 2, 1)


def test_family_times_session_by_hand():
    """Two families in two sessions. Weights (2, 0) × (1, 1), say, leave 2·(3 + 0) of 2·(4 + 2) alike: ½."""
    tables, crossing = crossed([[3, 0], [1, 5]], [[4, 2], [1, 5]], [0, 0])
    made = replicates(tables, lambda t: share(t)[:, 0], np.random.default_rng(8), draws=4000, crossing=crossing)
    by_hand = {  # times the first family and the first session were drawn → share, and of 16 how often
        (2, 2): (3 / 4, 1), (2, 1): (3 / 6, 2), (2, 0): (0 / 2, 1),
        (1, 2): (4 / 5, 2), (1, 1): (9 / 12, 4), (1, 0): (5 / 7, 2),
        (0, 2): (1.0, 1), (0, 1): (1.0, 2), (0, 0): (1.0, 1),
    }  # fmt: skip
    for value in {v for v, _ in by_hand.values()}:
        often = sum(k for v, k in by_hand.values() if v == value) / 16
        assert np.isclose(made, value).mean() == pytest.approx(often, abs=0.04)


def test_crossed_tables_by_hand():
    """A session in both periods is drawn in each; a text of no family is its own; roll calls of no period are out."""
    tables, crossing = crossed_tables(
        [Y, Y, N, A, Y], [Y, N, N, Y, Y], [3, 3, 3, -1, 3], [48, 48, 49, 48, 50], [0, 1, 1, 1, -1], 2
    )
    assert tables.shape == (4, 2, 4, 4) and (tables.sum(axis=(2, 3)) > 0).sum() == 4
    found = list(zip(crossing.session.tolist(), crossing.period.tolist(), strict=True))
    assert found == [(48, 0), (48, 1), (49, 1), (48, 1)]
    assert tables[0, 0, Y, Y] == tables[1, 1, Y, N] == tables[2, 1, N, N] == tables[3, 1, A, Y] == 1
    family, session, period = crossing.units()
    assert (family.tolist(), session.tolist(), period.tolist()) == ([0, 0, 0, 1], [0, 1, 2, 1], [0, 1, 1])
    assert (tables.sum(axis=0) == tables_by_family([Y, Y, N, A], [Y, N, N, Y], [3] * 4, [0, 1, 1, 1], 2)[0]).all()


def test_every_period_keeps_its_sessions():
    """Sessions are drawn within their period: where a period has one session, no draw is empty."""
    tables, crossing = crossed(np.ones((20, 3)), np.full((20, 3), 2), [0, 1, 1])
    found = bootstrap(tables, share, np.random.default_rng(0), crossing=crossing)
    assert found.estimate.tolist() == found.low.tolist() == found.high.tolist() == [0.5, 0.5]
    assert found.undefined.tolist() == [0, 0] and (found.families, found.fewest, found.sessions) == (20, 20, 3)


def test_reliable_from_fifteen_families_in_every_period():
    tables = tables_of(np.ones((15, 2)), np.ones((15, 2)))
    assert bootstrap(tables, share, np.random.default_rng(0), draws=9).reliable
    tables[0, 1] = 0
    found = bootstrap(tables, share, np.random.default_rng(0), draws=9)
    assert (found.families, found.fewest, found.reliable) == (15, 14, False)


def test_undefined_draws_are_left_out_and_told():
    tables = tables_of([[1], [0]], [[1], [0]])
    tables[1, 0, 3, 3] = 4  # a family on which both were always absent
    found = bootstrap(tables, share, np.random.default_rng(0))
    assert found.estimate.tolist() == found.low.tolist() == found.high.tolist() == [1.0]
    assert 0.2 < found.undefined[0] < 0.3  # a quarter of the draws hold that family alone


@pytest.mark.parametrize("statistic", ["change", "share"])
@pytest.mark.parametrize("method", ["percentile", "basic"])
def test_outside_value(statistic, method):
    """Both are Monte Carlo, SciPy's of 400,000 draws; with ours of 40,000 the ends differ by sd ≈ 0.001."""
    tables = tables_of(CASES["same"], CASES["cast"])
    of = {"change": change, "share": lambda t: share(t)[:, 1]}[statistic]
    found = bootstrap(tables, of, np.random.default_rng(5), draws=40_000, level=0.9, method=method)
    assert [float(found.low), float(found.high)] == pytest.approx(CASES[f"{statistic} {method}"], abs=0.004)


def test_the_same_seed_gives_the_same_interval():
    tables = tables_of(CASES["same"], CASES["cast"])
    one, two, other = (bootstrap(tables, share, np.random.default_rng(s), draws=200) for s in (1, 1, 2))
    assert one.low.tolist() == two.low.tolist() != other.low.tolist()


def test_mistakes_are_refused():
    tables = tables_of([[1]], [[1]])
    with pytest.raises(ValueError, match="no family"):
        bootstrap(tables[:0], share, np.random.default_rng(0))
    with pytest.raises(ValueError, match="level"):
        bootstrap(tables, share, np.random.default_rng(0), level=95)
    with pytest.raises(ValueError, match="session"):
        bootstrap(tables, share, np.random.default_rng(0), crossing=Crossing(*np.zeros((3, 2), int)))
    for sessions in ([1], [1, -1]):
        with pytest.raises(ValueError, match="session"):
            crossed_tables([Y, Y], [Y, Y], [0, 0], sessions)
