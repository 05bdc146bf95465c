"""The sampler on simulated assemblies: the same on every path and thread, resumable, right in distribution."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import special, stats

from comity.measures.ideal import chains, counters, fast, gibbs, mixing, normal, smooth, starts
from comity.measures.ideal.chains import Chain
from comity.measures.ideal.model import Votes
from comity.measures.ideal.prepare import prepare

Floats = NDArray[np.float64]
needs_compiler = pytest.mark.skipif(not fast.available(), reason="numba is not installed")
FASTEST = fast.items_on(1) if fast.available() else gibbs.plain_items


def assembly(states: int = 30, sessions: int = 8, rows: int = 15, seed: int = 0) -> tuple[Votes, Floats]:
    """Votes drawn from the model and the true θ of each unit; a fifth absent, one text returns every session."""
    rng = np.random.default_rng(seed)
    steps = rng.normal(0, 0.2, (sessions - 1, states))
    theta = np.cumsum(np.vstack([rng.normal(size=states), steps]), axis=0)
    theta[:, 0] += 2
    theta[:, 1] -= 2
    theta = (theta - theta.mean()) / theta.std(ddof=1)
    when = np.repeat(np.arange(1, sessions + 1), rows)
    text = np.where(np.arange(when.size) % rows == 0, 0, np.arange(when.size))
    beta = rng.normal(0, 1, when.size)[text]
    cut = np.sort(rng.uniform(-1.5, 1.5, (when.size, 2)), axis=1)[text]
    z = beta[:, None] * theta[when - 1] + rng.normal(size=(when.size, states))
    cells = ((z > cut[:, :1]).astype(np.uint8) + (z > cut[:, 1:])).astype(np.uint8)
    cells[rng.random(cells.shape) < 0.2] = 9
    votes = prepare(cells, when, links=text)
    return votes, theta[votes.session - 1, votes.state]


@pytest.fixture(scope="module")
def small() -> Votes:
    return assembly()[0]


def run(
    votes: Votes,
    items: gibbs.ItemStep,
    sweeps: int,
    places: gibbs.PlaceStep = gibbs.filtered,
    *,
    chain: int = 0,
    burn: int = 2000,
    thin: int = 50,
) -> tuple[gibbs.Layout, Chain]:
    plan = gibbs.layout(votes)
    start = starts.published(votes, plan, (0,), (1,), seed=5, chain=chain)
    begun = chains.begin(start, seed=5, chain=chain, burn=burn, thin=thin)
    return plan, chains.advance(plan, begun, sweeps, items, places, gibbs.facing(votes, 0, 1))


def test_normal_functions_agree_with_scipy() -> None:
    x, y = np.linspace(-37, 37, 200_001), np.geomspace(1e-300, 1, 20_001)
    p = np.r_[np.geomspace(1e-300, 0.5, 20_001), np.linspace(0.5, 1, 5001)[:-1]]
    assert np.abs(normal.exp(-x * x / 2) / np.exp(-x * x / 2) - 1).max() < 2e-14
    assert np.abs(normal.log(y) - np.log(y)).max() < 2e-13
    assert np.abs(normal.ndtr(x) - special.ndtr(x)).max() < 4e-15
    assert np.abs(normal.ndtri(p) - special.ndtri(p)).max() < 3e-9


@pytest.mark.parametrize(("low", "high"), [(-40.0, -1.0), (-8.5, -8.0), (-0.3, 0.2), (2.0, 2.5), (6.0, 40.0)])
def test_truncated_draws_follow_their_distribution(low: float, high: float) -> None:
    u = counters.uniforms(counters.key(2, 0, 0, counters.VOTE), 20_000)
    z = normal.truncated(np.full(u.size, low), np.full(u.size, high), u)
    assert low - 1e-6 <= z.min()
    assert z.max() <= high + 1e-6
    assert stats.kstest(z, stats.truncnorm(low, high).cdf).pvalue > 0.001


def test_counters_are_uniform_and_apart() -> None:
    a, b = (counters.uniforms(counters.key(3, 0, s, counters.VOTE), 10**6) for s in (1, 2))
    assert min(stats.kstest(u, "uniform").pvalue for u in (a, b)) > 0.001
    assert max(abs(np.corrcoef(a[k:], a[:-k])[0, 1]) for k in range(1, 9)) < 4.5e-3
    assert abs(np.corrcoef(a, b)[0, 1]) < 4.5e-3
    keys = {counters.key(s, c, t, r) for s in range(3) for c in range(4) for t in range(200) for r in range(7)}
    assert len(keys) == 3 * 4 * 200 * 7


@needs_compiler
def test_both_paths_are_equal_for_twenty_sweeps(small: Votes) -> None:
    a, b = (run(small, items, 20)[1].state for items in (gibbs.plain_items, fast.items_on(1)))
    for name in ("theta", "mean", "weighted", "precision", "beta", "gamma1", "gamma2", "accepted"):
        np.testing.assert_allclose(getattr(a, name), getattr(b, name), rtol=0, atol=1e-10, err_msg=name)


@needs_compiler
def test_threads_change_no_bit(small: Votes) -> None:
    one, *others = (chains.arrays(run(small, fast.items_on(t), 60, burn=10, thin=5)[1]) for t in (1, 2, 3))
    for other in others:
        for name, array in one.items():
            np.testing.assert_array_equal(array, other[name], err_msg=name)


def test_a_resumed_run_is_the_same(small: Votes) -> None:
    _, whole = run(small, gibbs.plain_items, 60, burn=30, thin=5)
    plan, half = run(small, gibbs.plain_items, 33, burn=30, thin=5)
    file = io.BytesIO()
    np.savez(file, **chains.arrays(half))  # type: ignore[arg-type]
    file.seek(0)
    with np.load(file) as saved:
        back = chains.restored(saved)
    on = chains.advance(plan, back, 27, gibbs.plain_items, gibbs.filtered, gibbs.facing(small, 0, 1))
    for name, array in chains.arrays(whole).items():
        np.testing.assert_array_equal(array, chains.arrays(on)[name], err_msg=name)


def test_the_sign_is_fixed(small: Votes) -> None:
    state = run(small, gibbs.plain_items, 5)[1].state
    flipped = replace(state, theta=-state.theta, mean=-state.mean, weighted=-state.weighted, beta=-state.beta)
    turned = gibbs.facing(small, 0, 1)(flipped)
    np.testing.assert_array_equal(turned.theta, state.theta)
    np.testing.assert_array_equal(turned.beta, state.beta)
    assert gibbs.facing(small, 0, 1)(state) is state


def test_proposals_keep_flat_ordered_cut_points() -> None:
    """Without votes γ keeps the law of two ordered uniforms on [−7, 7]."""
    n = 40_000
    drawn = np.sort(np.random.default_rng(1).uniform(-7, 7, (n, 2)), axis=1)
    low, high, step = drawn[:, 0].copy(), drawn[:, 1].copy(), np.full(n, 1.5)
    for t in range(60):
        u = [counters.uniforms(counters.key(9, 0, t, k), n) for k in range(3)]
        new1, new2 = gibbs.propose(low, high, step, u[0], u[1])
        taken = u[2] < gibbs.proposal_ratio(low, high, new1, new2, step)
        low, high = np.where(taken, new1, low), np.where(taken, new2, high)
    assert stats.kstest((low + 7) / 14, stats.beta(1, 2).cdf).pvalue > 0.001
    assert stats.kstest((high + 7) / 14, stats.beta(2, 1).cdf).pvalue > 0.001


@pytest.mark.parametrize("kind", ["filter", "smooth"])
def test_simulated_paths_are_recovered(kind: str) -> None:
    votes, true = assembly(40, 8, 20, seed=3)
    places = smooth.paths(votes) if kind == "smooth" else gibbs.filtered
    found = chains.together([run(votes, FASTEST, 900, places, chain=k, burn=300, thin=10)[1] for k in range(2)])
    assert np.corrcoef(found.theta, true)[0, 1] > 0.92
    assert 0.8 < np.polyfit(true, found.theta, 1)[0] < 1.2
    draws = found.draws.reshape(-1, true.size)
    low, high = np.quantile(draws, [0.05, 0.95], axis=0)
    assert 0.75 < ((true >= low) & (true <= high)).mean() <= 1


@needs_compiler
def test_both_paths_have_the_same_distribution() -> None:
    votes, _ = assembly(16, 4, 8, seed=4)
    a = chains.together([run(votes, gibbs.plain_items, 900, chain=k, burn=200, thin=10)[1] for k in range(2)])
    b = chains.together([run(votes, fast.items_on(1), 900, chain=k + 7, burn=200, thin=10)[1] for k in range(2)])
    z = (a.theta - b.theta) / np.sqrt(a.sd**2 / a.effective + b.sd**2 / b.effective)
    assert np.sqrt((z * z).mean()) < 1.8


def test_the_smoothed_mean_solves_each_state_s_tridiagonal_system() -> None:
    votes, _ = assembly(6, 5, 10, seed=2)
    plan, rng, units = gibbs.layout(votes), np.random.default_rng(0), votes.state.size
    weighted, precision = rng.normal(size=units), rng.uniform(0.1, 5, units)
    at = smooth._positions(votes)
    mean, variance = smooth.filtered(at, plan, weighted, precision)
    matrix = np.diag(precision)
    for u, before in enumerate(votes.previous):
        if before < 0:
            matrix[u, u] += 1 / smooth.FIRST
        else:
            k = 1 / plan.variance[u]
            matrix[u, u] += k
            matrix[before, before] += k
            matrix[u, before] -= k
            matrix[before, u] -= k
    found = smooth.backward(at, plan, mean, variance, np.zeros(units))
    np.testing.assert_allclose(found, np.linalg.solve(matrix, weighted), atol=1e-12)


def test_mixing_knows_white_noise_and_a_stuck_chain() -> None:
    rng = np.random.default_rng(0)
    draws = rng.normal(size=(4, 250, 50)).astype(np.float32)
    assert abs(np.median(mixing.effective_size(draws)) / 1000 - 1) < 0.15
    assert mixing.r_hat(draws).max() < 1.03
    stuck = draws.copy()
    stuck[0] += 3
    assert mixing.r_hat(stuck).min() > 1.3
    assert mixing.effective_size(stuck).max() < 60
    assert np.isnan(mixing.r_hat(draws[:, :3])).all()


def test_chains_of_different_lengths_do_not_go_together(small: Votes) -> None:
    a, b = (run(small, gibbs.plain_items, n, burn=10, thin=5)[1] for n in (20, 30))
    with pytest.raises(ValueError, match="same number"):
        chains.together([a, b])
