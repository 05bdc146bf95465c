"""Where a chain of the sampler starts: as the published run did."""

from __future__ import annotations

import numpy as np

from comity.measures.ideal import counters
from comity.measures.ideal.gibbs import STEP, Layout, State, latent_votes, of_items, unit_sums, vote_chances
from comity.measures.ideal.model import Votes
from comity.measures.ideal.normal import Floats

HIGH, LOW = 3.0, -2.0
"""Where the published run starts its anchors; every other state starts at 0."""


def published(
    votes: Votes, plan: Layout, high: tuple[int, ...], low: tuple[int, ...], *, seed: int, chain: int
) -> State:
    """The authors' start: β by whether high[0] and low[0] differ, cut points from the shares, θ zero but for anchors.

    high, low : columns of states that start at 3 and at −2 (the authors': USA, CAN, GBR, ISR; RUS, DDR).
    """
    total = np.diff(votes.item_start)
    yes = (plan.span[:, 1] - plan.span[:, 0]) / total
    no = (plan.span[:, 2] - plan.span[:, 1]) / total
    beta: Floats = np.nan_to_num(np.sign(_first_choice(votes, high[0]) - _first_choice(votes, low[0])))
    mean = np.zeros(votes.state.size)
    mean[np.isin(votes.state, high)], mean[np.isin(votes.state, low)] = HIGH, LOW
    cuts = 2.0 * yes - 1.0, 1.0 - 2.0 * no
    return _state(plan, beta, cuts, np.zeros(mean.size), mean, seed, chain)


def _state(
    plan: Layout, beta: Floats, cuts: tuple[Floats, Floats], theta: Floats, mean: Floats, seed: int, chain: int
) -> State:
    """Sweep zero: Z drawn once at θ, and what each unit needs of it."""
    u = counters.uniforms(counters.key(seed, chain, 0, counters.VOTE), plan.unit.size)
    mu = of_items(plan, beta) * theta[plan.unit]
    latent = latent_votes(plan, mu, *cuts, vote_chances(plan, mu, *cuts), u)
    sums = unit_sums(plan, beta, latent, theta.size)
    level = np.full(beta.size, STEP)
    return State(0, theta, mean, *sums, beta, *cuts, level, np.full(beta.size, 0.4))


def _first_choice(votes: Votes, state: int) -> Floats:
    """(I,) the state's first vote on each item; NaN where it cast none."""
    out = np.full(votes.row.size, np.nan)
    mine = np.flatnonzero(votes.state[votes.unit] == state)[::-1]
    out[votes.item[mine]] = votes.choice[mine]
    return out
