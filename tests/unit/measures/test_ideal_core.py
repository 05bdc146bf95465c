"""The ideal-point model: probabilities by hand, slopes by differences, recovery, and what must not matter."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import log_ndtr

from comity.measures.ideal.anderson import Anderson
from comity.measures.ideal.diagnose import bridges, fit_statistics, second_dimension
from comity.measures.ideal.draws import draws
from comity.measures.ideal.fit import TOLERANCE, fit
from comity.measures.ideal.identify import poles
from comity.measures.ideal.likelihood import log_likelihood, log_probability
from comity.measures.ideal.mills import mills
from comity.measures.ideal.prepare import prepare
from comity.measures.ideal.slopes import abstention, decisive, reached
from comity.measures.ideal.sums import Plain, State
from ideal_cases import drawn, prepared, truth

ESTIMATED = ("theta", "sd", "beta", "gamma1", "gamma2", "cov")
H = 1e-5


def slow_log_probability(mean: float, low: float, high: float, choice: int) -> float:
    """By the complementary error function, each in the tail where its digits are."""

    def upper(x: float) -> float:
        return 0.5 * math.erfc(x / math.sqrt(2))

    if choice == 0:
        return math.log(upper(mean - low))
    if choice == 2:
        return math.log(upper(high - mean))
    a, b = low - mean, high - mean
    return math.log(upper(a) - upper(b) if a + b > 0 else upper(-b) - upper(-a))


@pytest.mark.parametrize(
    ("mean", "low", "high"),
    [(0.0, -0.5, 0.5), (1.2, -1.0, 0.3), (-9.0, 1.0, 2.0), (9.0, -2.0, -1.0), (15.0, 0.0, 0.1), (-20.0, 3.0, 4.0)],
)
def test_log_probabilities_by_hand_and_in_both_tails(mean: float, low: float, high: float) -> None:
    choices = np.arange(3, dtype=np.int8)
    found = log_probability(*(np.full(3, x) for x in (mean, low, high)), choices)
    for choice in (0, 1, 2):
        assert found[choice] == pytest.approx(slow_log_probability(mean, low, high, choice), rel=1e-12)
    turned = log_probability(*(np.full(3, -x) for x in (mean, high, low)), choices[::-1])
    assert found == pytest.approx(turned, rel=1e-13)
    assert np.exp(found).sum() == pytest.approx(1)


def test_three_probabilities_worked_by_hand() -> None:
    """Φ(−0.5) = 0.30854, Φ(1.5) = 0.93319: with μ = 1 and cuts 0.5 and 2.5."""
    found = np.exp(log_probability(np.ones(3), np.full(3, 0.5), np.full(3, 2.5), np.arange(3, dtype=np.int8)))
    assert found == pytest.approx([0.308538, 0.933193 - 0.308538, 1 - 0.933193], abs=1e-6)


def test_an_abstention_without_a_band_cannot_occur() -> None:
    assert log_probability(np.zeros(1), np.ones(1), np.ones(1), np.ones(1, np.int8))[0] == -np.inf


def test_the_table_of_mills_ratios() -> None:
    x = np.linspace(-39, 13, 20011)
    exact = np.exp(-0.5 * x * x - 0.5 * np.log(2 * np.pi) - log_ndtr(x))
    assert np.abs(mills(x) - exact).max() < 1e-8


def test_slopes_of_an_abstention_by_differences() -> None:
    rng = np.random.default_rng(0)
    low = np.concatenate([rng.normal(0, 3, 200), [-12.0, 9.0, 15.0, -25.0]])
    high = low + np.concatenate([rng.exponential(1, 200) + 0.05, [1.0, 0.5, 2.0, 3.0]])

    def value(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return log_probability(np.zeros_like(a), a, b, np.ones(a.size, np.int8))

    first, second, own1, both, own2 = abstention(low, high)
    np.testing.assert_allclose(first, (value(low + H, high) - value(low - H, high)) / (2 * H), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(second, (value(low, high + H) - value(low, high - H)) / (2 * H), rtol=1e-5, atol=1e-6)
    up, down = abstention(low + H, high), abstention(low - H, high)
    np.testing.assert_allclose(own1, (up[0] - down[0]) / (2 * H), rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(both, (up[1] - down[1]) / (2 * H), rtol=1e-4, atol=1e-4)
    up, down = abstention(low, high + H), abstention(low, high - H)
    np.testing.assert_allclose(own2, (up[1] - down[1]) / (2 * H), rtol=1e-4, atol=1e-4)


def test_slopes_of_a_decisive_vote_by_differences() -> None:
    x = np.linspace(-8, 6, 57)
    zero = np.zeros_like(x)
    slope, bend = decisive(x, zero)
    np.testing.assert_allclose(slope, (log_ndtr(x + H) - log_ndtr(x - H)) / (2 * H), rtol=1e-5, atol=1e-8)
    np.testing.assert_allclose(bend, (decisive(x + H, zero)[0] - decisive(x - H, zero)[0]) / (2 * H), atol=1e-5)


@pytest.mark.parametrize(("mean", "cut"), [(8.0, 3.0), (9.5, 6.0), (12.0, 5.0), (7.0, 6.9), (2.0, 6.0)])
def test_the_response_held_within_nine_by_quadrature(mean: float, cut: float) -> None:
    def density(z: float) -> float:
        return math.exp(-0.5 * (z - mean) ** 2)

    whole = quad(density, cut, mean + 15, points=[mean])[0]
    held = quad(lambda z: min(z, 9.0) * density(z), cut, mean + 15, points=[mean, 9.0])[0] / whole
    got, turn = reached(np.array([mean]), np.array([mean - cut]), np.zeros(1))
    assert got[0] == pytest.approx(held - mean, abs=1e-6)
    up = reached(np.array([mean + H]), np.array([mean + H - cut]), np.zeros(1))[0]
    down = reached(np.array([mean - H]), np.array([mean - H - cut]), np.zeros(1))[0]
    assert turn[0] == pytest.approx((up - down)[0] / (2 * H), abs=1e-5)


def test_the_sums_of_a_sweep_are_the_gradient_of_the_log_likelihood() -> None:
    """With every response well within ±9, where the model of the fit and the likelihood are the same."""
    votes = prepared(drawn(3))
    rng = np.random.default_rng(3)
    _, items, units = votes.size
    par = np.column_stack([rng.uniform(-1.5, 1.5, items), rng.normal(-0.7, 0.2, items), rng.normal(0.7, 0.2, items)])
    at = rng.uniform(-2, 2, units)
    state, plain = State(at, np.zeros(units), par, np.zeros((items, 3, 3))), Plain(votes)
    by_item, by_unit = plain.items(state), plain.units(state)
    for j in (0, 5, items - 1):
        for k in range(3):
            step = np.zeros_like(par)
            step[j, k] = H
            rise = log_likelihood(votes, at, par + step) - log_likelihood(votes, at, par - step)
            assert by_item[j, k] == pytest.approx(rise / (2 * H), abs=1e-4)
    for j in (0, 7, units - 1):
        move = np.zeros_like(at)
        move[j] = H
        rise = log_likelihood(votes, at + move, par) - log_likelihood(votes, at - move, par)
        assert by_unit[j, 0] == pytest.approx(rise / (2 * H), abs=1e-4)


def test_information_is_the_curvature_where_items_are_known() -> None:
    """H of a unit is minus the second difference of the log-likelihood in its θ."""
    votes = prepared(drawn(4))
    rng = np.random.default_rng(4)
    _, items, units = votes.size
    par = np.column_stack([rng.normal(0, 1, items), np.full(items, -0.5), np.full(items, 0.6)])
    at = 0.5 * rng.standard_normal(units)
    state, h = State(at, np.zeros(units), par, np.zeros((items, 3, 3))), 1e-3
    information = Plain(votes).units(state)[:, 1]
    for j in (0, 11, units - 1):
        move = np.zeros_like(at)
        move[j] = h
        values = [log_likelihood(votes, at + k * move, par) for k in (-1, 0, 1)]
        bend = (values[0] - 2 * values[1] + values[2]) / h**2
        assert information[j] == pytest.approx(-bend, rel=1e-3)


def test_the_truth_is_recovered() -> None:
    """Four assemblies; the errors within one share its scale, so that its coverage alone says little."""
    gaps = []
    for seed in range(11, 15):
        made = drawn(seed, states=40, sessions=8, texts=60)
        votes = prepared(made)
        found, true = fit(votes, high=0, low=1, compiled=False), truth(made, votes)
        assert found.converged and found.history[-1] < TOLERANCE and len(found.history) == found.sweeps
        assert np.corrcoef(found.theta, true)[0, 1] > 0.95
        assert np.polyfit(true, found.theta, 1)[0] == pytest.approx(1, abs=0.1)
        gaps.append((found.theta - true) / found.sd)
    z = np.abs(np.concatenate(gaps))
    for end, least, most in ((0.674, 0.40, 0.60), (1.645, 0.82, 0.95), (1.96, 0.89, 0.98)):
        assert least < (z < end).mean() < most


def test_the_scale_is_that_of_draws() -> None:
    """Mean 0, and 1 for the variance between country-sessions with the mean variance within."""
    found = fit(prepared(drawn(11)), high=0, low=1, compiled=False)
    assert found.theta.mean() == pytest.approx(0, abs=0.01)
    assert found.theta.var() + (1 / found.curvature).mean() == pytest.approx(1, abs=0.01)


def test_the_compiled_path_is_the_plain_one() -> None:
    pytest.importorskip("numba", reason="the compiled path needs the extra fast")
    votes = prepared(drawn(5))
    one, other = (fit(votes, high=0, low=1, compiled=c) for c in (True, False))
    assert one.converged and one.sweeps == other.sweeps
    for name in ESTIMATED:
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=0, atol=1e-8)


def test_the_order_of_rows_and_states_does_not_matter() -> None:
    made, rng = drawn(6), np.random.default_rng(6)
    rows, columns = rng.permutation(made.cells.shape[0]), rng.permutation(made.cells.shape[1])
    votes = prepared(made)
    other = prepare(made.cells[rows][:, columns], made.session[rows], links=made.family[rows])
    assert votes.size == other.size
    place = np.argsort(columns)
    one = fit(votes, high=0, low=1, compiled=False)
    two = fit(other, high=int(place[0]), low=int(place[1]), compiled=False)
    order = np.lexsort((other.session, columns[other.state]))
    for name in ("theta", "sd"):
        np.testing.assert_allclose(getattr(two, name)[order], getattr(one, name), rtol=0, atol=1e-8)
    # items, by the roll call that stands for each: any of those on the text in its first session
    first = {int(made.family[rows][r]): i for i, r in enumerate(other.row)}
    item = [first[int(made.family[r])] for r in votes.row]
    np.testing.assert_allclose(two.beta[item], one.beta, rtol=0, atol=1e-8)


def test_the_sign_is_that_of_the_two_states() -> None:
    votes = prepared(drawn(6))
    one, other = fit(votes, high=0, low=1, compiled=False), fit(votes, high=1, low=0, compiled=False)
    np.testing.assert_allclose(one.theta, -other.theta, rtol=0, atol=1e-8)
    np.testing.assert_allclose(one.beta, -other.beta, rtol=0, atol=1e-8)


def test_two_states_that_never_part_fix_no_sign() -> None:
    made = drawn(6)
    cells = made.cells.copy()
    cells[:, 1] = cells[:, 0]
    votes = prepare(cells, made.session, links=made.family)
    with pytest.raises(ValueError, match="never voted apart"):
        fit(votes, high=0, low=1, compiled=False)
    with pytest.raises(ValueError, match="never voted apart"):
        fit(votes, high=0, low=-1, compiled=False)


def test_poles_far_apart_and_poles_that_meet() -> None:
    """The first two states stand far apart; then, from the fifth session on, the second votes as the first does."""
    made = drawn(6)
    votes = prepared(made)
    far = poles(votes, fit(votes, high=0, low=1, compiled=False), 0, 1)
    cast = np.where((made.cells[:, :2] <= 2).all(axis=1), made.cells[:, 0].astype(int) - made.cells[:, 1], 0)
    apart = {int(f) for f, d in zip(made.family, cast, strict=True) if d}
    assert (far.sessions, far.near) == (8, ()) and far.items <= len(apart)
    cells = made.cells.copy()
    cells[made.session >= 4, 1] = cells[made.session >= 4, 0]
    votes = prepare(cells, made.session, links=made.family)
    near = poles(votes, fit(votes, high=0, low=1, compiled=False), 0, 1)
    assert set(near.near) >= {6, 7} and not {0, 1, 2} & set(near.near)
    assert near.items < far.items


def test_a_fit_that_is_cut_short_says_so() -> None:
    seen: list[tuple[int, float]] = []
    found = fit(prepared(drawn(6)), high=0, low=1, limit=3, compiled=False, progress=lambda k, m: seen.append((k, m)))
    assert not found.converged and found.sweeps == 3
    assert [k for k, _ in seen] == [1, 2, 3] and tuple(m for _, m in seen) == found.history


def test_joint_draws_have_the_spread_of_the_estimate() -> None:
    votes = prepared(drawn(8))
    found = fit(votes, high=0, low=1, compiled=False)
    made = draws(votes, found, np.arange(votes.size[2]), 4000, np.random.default_rng(1))
    ratio = made.std(axis=0) / found.sd
    assert np.median(ratio) == pytest.approx(1, abs=0.03) and np.abs(ratio - 1).max() < 0.15
    assert np.abs((made.mean(axis=0) - found.theta) / found.sd).max() < 0.1


def test_joint_draws_do_not_turn_with_the_signs_of_eigenvectors(monkeypatch: pytest.MonkeyPatch) -> None:
    votes = prepared(drawn(8))
    found = fit(votes, high=0, low=1, compiled=False)
    units = np.arange(votes.size[2])
    made = draws(votes, found, units, 50, np.random.default_rng(1))
    plain = np.linalg.eigh

    def turned(matrices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        values, vectors = plain(matrices)
        return values, vectors * np.array([-1.0, 1.0, -1.0])

    monkeypatch.setattr(np.linalg, "eigh", turned)
    again = draws(votes, found, units, 50, np.random.default_rng(1))
    # Processors differ in the signs; what is left between the two is rounding, of points within ±5.
    np.testing.assert_allclose(again, made, atol=1e-12)


def test_items_with_two_categories() -> None:
    """No abstention, no vote against, no vote in favour: a cut that nothing places stands at the end of its range."""
    made = drawn(4, sessions=4, texts=40)
    cells = made.cells.copy()
    kinds = (np.arange(len(cells)) % 40) // 14
    for kind, (gone, instead) in enumerate(((1, 0), (2, 1), (0, 1))):
        part = kinds == kind
        cells[part] = np.where(cells[part] == gone, instead, cells[part])
    votes = prepare(cells, made.session)
    found = fit(votes, high=0, low=1, compiled=False)
    assert found.converged and np.isfinite(found.theta).all() and np.isfinite(found.log_likelihood)
    assert np.corrcoef(found.theta, truth(made, votes))[0, 1] > 0.95
    kind = kinds[votes.row]
    assert (found.gamma1 == found.gamma2)[kind == 0].all()
    assert (found.gamma2[kind == 1] == 7).all() and (found.gamma1[kind == 2] == -7).all()


def test_fit_statistics_against_a_plain_count() -> None:
    votes = prepared(drawn(9, sessions=3))
    found = fit(votes, high=0, low=1, compiled=False)
    how = fit_statistics(votes, found)
    right, total, kept = 0, 0.0, [[0, 0, 0] for _ in votes.row]
    for choice, item, unit in zip(votes.choice.tolist(), votes.item.tolist(), votes.unit.tolist(), strict=True):
        mean = float(found.beta[item] * found.theta[unit])
        cuts = float(found.gamma1[item]), float(found.gamma2[item])
        p = [slow_log_probability(mean, *cuts, c) if c != 1 or cuts[0] < cuts[1] else -math.inf for c in range(3)]
        right += p.index(max(p)) == choice
        total += p[choice]
        kept[item][choice] += 1
    n = votes.choice.size
    assert (how.votes, how.classified) == (n, pytest.approx(right / n))
    assert how.apre == pytest.approx(1 - (n - right) / (n - sum(max(k) for k in kept)))
    assert how.gmp == pytest.approx(math.exp(total / n))


def test_a_second_dimension_is_found_where_there_is_one() -> None:
    made, rng = drawn(10, sessions=2, texts=60), np.random.default_rng(1)
    other, cells = rng.standard_normal(30), made.cells.copy()
    rows = np.arange(60, len(cells), 3)
    strength = np.where(rng.random((rows.size, 1)) < 0.5, 2.5, -2.5)
    response = strength * other + rng.standard_normal((rows.size, 30))
    cells[rows] = (response > -0.5).astype(np.uint8) + (response > 0.5)
    votes = prepare(cells, made.session)
    checks = second_dimension(votes, fit(votes, high=0, low=1, compiled=False), np.random.default_rng(0))
    assert [(c.session, c.poor) for c in checks] == [(0, False), (1, True)]


def test_bridges_count_the_states_that_stay_and_the_texts_that_return() -> None:
    found = bridges(prepared(drawn(12, states=20, sessions=3, texts=12)))
    assert [(b.session, b.states, b.staying) for b in found] == [(0, 20, 0), (1, 20, 20), (2, 20, 20)]
    assert [b.linked for b in found] == [4, 8, 4]
    assert all(b.items == 12 for b in found)


def test_anderson_solves_a_linear_map_in_as_many_steps_as_it_has_dimensions() -> None:
    rng = np.random.default_rng(2)
    turn = 0.9 * np.linalg.qr(rng.standard_normal((3, 3)))[0]
    shift = rng.standard_normal(3)
    fixed = np.linalg.solve(np.eye(3) - turn, shift)
    mixer, at = Anderson(4), np.zeros(3)
    for _ in range(5):
        at = mixer.propose(at, turn @ at + shift)
    assert at == pytest.approx(fixed, abs=1e-6)
    mixer.forget()
    assert mixer.propose(at, at + 1) == pytest.approx(at + 1)
