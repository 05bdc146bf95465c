"""How uncertain each ideal point is: its own votes, the error of the items it was judged by, and its lag's error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.measures.ideal.steps import Recursion
from comity.measures.ideal.sums import Block, Plain, State, abstained, decided

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Leverage:
    """One entry a vote: how the slope in θ of its unit moves with its item's β, γ1 and γ2."""

    unit: Ints
    item: Ints
    pull: Floats  # (votes, 3)


def leverage(part: Block, state: State) -> Leverage:
    """∂²l/∂θ∂(β, γ1, γ2) of each vote in the block, decisive ones first."""
    theta, _, beta, _, _, _, bend, slope_mu, bend_mu = decided(part, state)
    pull = np.zeros((part.unit.size + part.middle_unit.size, 3))
    cast = np.arange(part.unit.size)
    pull[cast, 0] = slope_mu + beta * theta * bend_mu
    pull[cast, 1 + part.no] = -beta * bend
    theta, _, beta, _, _, _, first, second, own1, both, own2 = abstained(part, state)
    rest = pull[part.unit.size :]
    rest[:, 0] = -first - second + beta * theta * (own1 + 2.0 * both + own2)
    rest[:, 1], rest[:, 2] = -beta * (own1 + both), -beta * (both + own2)
    return Leverage(np.concatenate([part.unit, part.middle_unit]), np.concatenate([part.cut // 2, part.middle]), pull)


@dataclass(frozen=True, eq=False)
class Spread:
    """Per unit: curvature A, the prior's share of it, the part of the own error that reaches the next session."""

    curvature: Floats
    share: Floats
    passed: Floats
    items: Floats  # variance of the conditional mean from item error


def spread(plain: Plain, state: State, walk: Recursion, stretch: float) -> Spread:
    """The pieces of θ's posterior variance; ``variances`` adds them up."""
    _, information, square = plain.units(state).T
    prior = (1.0 + stretch) * walk.prior
    curvature = information + stretch * square + prior
    items = np.zeros(curvature.size)
    for part in plain.parts:
        found = leverage(part, state)
        cov = state.cov[found.item]
        each = np.einsum("vi,vij,vj->v", found.pull, cov, found.pull)
        items += np.bincount(found.unit, weights=each, minlength=items.size)
    passed = np.clip(1.0 - curvature / (square + prior), 0.0, 1.0)
    return Spread(curvature, prior / curvature, passed, items / curvature**2)


def variances(walk: Recursion, parts: Spread) -> Floats:
    """(U,) posterior variance of θ: own, items', and what the lag hands on.

    The lag is a conditional mean that itself varies over the posterior; it varies less than θ by the sampling
    variance of one draw, so only ``passed`` of the own part is handed on.
    """
    own = 1.0 / parts.curvature
    mean = parts.passed * own + parts.items
    handed = np.zeros_like(own)
    first, second = walk.ranks[0], walk.second
    paired = second >= 0
    handed[first[paired]] = parts.share[first[paired]] ** 2 * mean[second[paired]]
    for units in walk.ranks[1:]:
        lag = walk.lag[units]
        handed[units] = parts.share[units] ** 2 * (mean[lag] + handed[lag])
    out: Floats = own + parts.items + handed
    return out
