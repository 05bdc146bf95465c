"""The two steps of a sweep: Newton for the items, the forward recursion for θ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.measures.ideal.model import Votes

Floats = NDArray[np.float64]

WALK = 0.5
"""Variance of θ's innovation, before the share s_it."""
BOUND = 5.0
"""θ is held within ±5, as in the published sampler."""
FIRM = 1e9
LEAST, MOST = -0.9, 1.0
CUT = 7.0
"""γ1 and γ2 lie in [−7, 7]."""
GAP = 1e-3
"""Least distance of γ1 and γ2 where both are free."""
LEAP = 1.0
"""Longest step of an item's parameter in one sweep."""

_PACKED = ((0, 1, 2), (1, 3, 4), (2, 4, 5))


def freedoms(votes: Votes) -> Floats:
    """(I, 3, 3) basis of each item's free parameters.

    With no abstention γ1 and γ2 are one; with no vote beyond a cut, that cut stands at the end of its range.
    """
    tally = np.stack([np.bincount(votes.item[votes.choice == c], minlength=votes.row.size) for c in range(3)])
    basis = np.tile(np.eye(3), (votes.row.size, 1, 1))
    basis[tally[0] == 0, 1, 1] = 0.0
    basis[tally[2] == 0, 2, 2] = 0.0
    tied = tally[1] == 0
    basis[tied, 2, 1], basis[tied, 2, 2] = 1.0, 0.0
    return basis


def item_step(par: Floats, sums: Floats, basis: Floats, last: Floats | None) -> tuple[Floats, Floats, Floats]:
    """One Newton step on (β, γ1, γ2): new means (I, 3), covariances (I, 3, 3) and precisions of the free parameters.

    last : precisions of the sweep before, None at first. The mean of the two is used: an item with one dissenter
           otherwise swings for ever between a wide and a narrow covariance.
    """
    slope = sums[:, :3].copy()
    slope[:, 0] -= par[:, 0]
    precision = -sums[:, 3:][:, _PACKED]
    precision[:, 0, 0] += 1.0
    turned = basis.transpose(0, 2, 1)
    inner = turned @ precision @ basis
    if last is not None:
        inner = 0.5 * (inner + last)
    fixed = np.eye(3) * (basis.sum(axis=1) == 0.0)[:, :, None]
    inverse = np.linalg.inv(inner + fixed) - fixed
    cov = basis @ inverse @ turned
    step = (cov @ slope[:, :, None])[:, :, 0]
    step /= np.maximum(1.0, np.abs(step).max(axis=1, keepdims=True) / LEAP)
    new = par + step
    new[:, 1:] = np.clip(new[:, 1:], -CUT, CUT)
    free = basis[:, 2, 1] == 0.0
    crossed = free & (new[:, 2] - new[:, 1] < GAP)
    middle = 0.5 * (new[:, 1] + new[:, 2])
    new[crossed, 1], new[crossed, 2] = middle[crossed] - GAP / 2, middle[crossed] + GAP / 2
    return new, cov, inner


@dataclass(frozen=True, eq=False)
class Recursion:
    """Units by their place in their state's sequence, so that each place is one array operation."""

    ranks: tuple[NDArray[np.int64], ...]
    lag: NDArray[np.int64]
    prior: Floats
    second: NDArray[np.int64]

    @classmethod
    def of(cls, votes: Votes) -> Recursion:
        """Places, lags and prior precisions 1/(0.5 s) of the votes' units."""
        rank = np.zeros(votes.state.size, np.int64)
        for unit in np.flatnonzero(votes.previous >= 0):
            rank[unit] = rank[votes.previous[unit]] + 1
        order = np.argsort(rank, kind="stable")
        ranks = np.split(order, np.cumsum(np.bincount(rank))[:-1])
        second = votes.following[ranks[0]].astype(np.int64)
        return cls(tuple(ranks), votes.previous.astype(np.int64), 1.0 / (WALK * votes.weight), second)

    def run(self, target: Floats, weight: Floats, prior: Floats) -> Floats:
        """θ with (weight + prior) θ = target + prior · lag, forwards; (U,) or (U, k) for k targets.

        A first session leans on the second, which leans on it: the two are solved together. A state with a single
        session leans on 0.
        """
        theta = np.zeros_like(target)
        total = weight + prior
        first, second = self.ranks[0], self.second
        paired = second >= 0
        a, b = first[paired], second[paired]
        share = prior[a] / total[a]
        theta[first] = target[first] / total[first][:, None]
        coupled = (target[b] + prior[b][:, None] * theta[a]) / (total[b] - prior[b] * share)[:, None]
        theta[a] += share[:, None] * coupled
        for units in self.ranks[1:]:
            lag = theta[self.lag[units]]
            theta[units] = (target[units] + prior[units][:, None] * lag) / total[units][:, None]
        return theta


def unit_step(walk: Recursion, theta: Floats, sums: Floats, stretch: float) -> tuple[Floats, Floats, float]:
    """New θ of mean 0 and sd 1, its variance, and the multiplier x that holds the sd.

    The sampler standardises every draw, so at its stationary point the slope of the likelihood is not 0 but
    S (a + xθ) + (1 + x) · (prior's pull): a and x are solved for mean 0 and sd 1 of the draws, that is, for the
    variance of the new θ plus its mean posterior variance. A state that always voted at one end, or with one vote in
    each of two sessions, has no other end than ±5 and is held there.
    """
    slope, information, square = sums.T
    targets, firm = np.stack([slope + information * theta, square], axis=1), np.zeros_like(theta)

    floor = 0.1 * information + 1e-6 * square

    def solve(x: float) -> tuple[Floats, Floats]:
        weight, prior = np.maximum(information + x * square, floor), (1.0 + x) * walk.prior
        both = walk.run(targets, weight + firm, prior)
        return both[:, 0] - both[:, 1] * (both[:, 0].mean() / both[:, 1].mean()), 1.0 / (weight + prior)

    def excess(x: float) -> float:
        new, variance = solve(x)
        return float(np.log(new.var() + variance.mean()))

    free = solve(stretch)[0]
    held = np.abs(free) > BOUND
    firm[held] = FIRM
    targets[held] = np.stack([FIRM * BOUND * np.sign(free[held]), np.zeros(held.sum())], axis=1)
    x = _root(excess, stretch, LEAST)
    new, variance = solve(x)
    return np.clip(new, -BOUND, BOUND), variance, x


def _root(gap: Callable[[float], float], start: float, least: float) -> float:
    """Where ``gap``, which falls in x, is 0 between ``least`` and ``MOST``; an end of the range where it is 0 nowhere.

    Secant steps from ``start``, replaced by halving where they leave the bracket.
    """
    left, right, floor, roof = start, start + 0.01, least, MOST
    low, high = gap(left), gap(right)
    for _ in range(40):
        for x, value in ((left, low), (right, high)):
            floor, roof = (max(floor, x), roof) if value > 0 else (floor, min(roof, x))
        if abs(high) < 1e-8 or roof - floor < 1e-13:
            break
        new = right - high * (right - left) / (high - low) if high != low else np.inf
        if not floor < new < roof:
            new = 0.5 * (floor + roof)
        left, low, right = right, high, new
        high = gap(right)
    return right
