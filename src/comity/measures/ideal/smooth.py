"""Paths that use both neighbours: the random walk that the published recursion only filters (`--smooth`).

θ_i1 ~ N(0, FIRST), θ_it ~ N(θ_i,t−1, 0.5·s_it): each state's whole path is drawn at once from its joint
distribution given β and Z (forward filtering, backward sampling), so later sessions inform earlier ones.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from comity.measures.ideal.gibbs import Layout, PlaceStep, State
from comity.measures.ideal.model import Votes
from comity.measures.ideal.normal import Floats, ndtri

FIRST = 4.0
"""Prior variance of a state's first session, in units of the scale (sd 1 over all country-sessions)."""


def _positions(votes: Votes) -> list[NDArray[np.int64]]:
    """Units at each state's first, second, … session; states in the same order, the shorter paths falling out."""
    first = np.flatnonzero(votes.previous < 0)
    length = np.diff(np.append(first, votes.state.size))
    return [first[length > k] + k for k in range(int(length.max()))]


def paths(votes: Votes) -> PlaceStep:
    """The two-sided θ step for these votes, to be given to gibbs.sweep in the place of gibbs.filtered."""
    at = _positions(votes)

    def places(plan: Layout, state: State, u: Floats) -> tuple[Floats, Floats]:
        noise = ndtri(u)
        mean, variance = filtered(at, plan, state.weighted, state.precision)
        return backward(at, plan, mean, variance, noise), mean

    return places


def filtered(at: list[NDArray[np.int64]], plan: Layout, weighted: Floats, precision: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of each θ given its own and the earlier sessions' votes."""
    mean, variance = np.empty_like(weighted), np.empty_like(weighted)
    for k, units in enumerate(at):
        expected, spread = (mean[units - 1], variance[units - 1] + plan.variance[units]) if k else (0.0, FIRST)
        variance[units] = 1.0 / (precision[units] + 1.0 / spread)
        mean[units] = variance[units] * (weighted[units] + expected / spread)
    return mean, variance


def backward(at: list[NDArray[np.int64]], plan: Layout, mean: Floats, variance: Floats, noise: Floats) -> Floats:
    """A joint draw of every path, from each state's last session back; noise of zero gives the smoothed mean."""
    last = np.concatenate(
        [np.setdiff1d(units, later - 1) for units, later in zip(at, [*at[1:], at[0][:0]], strict=True)]
    )
    draw = np.empty_like(mean)
    draw[last] = mean[last] + np.sqrt(variance[last]) * noise[last]
    for later in reversed(at[1:]):
        units = later - 1
        gain = variance[units] / (variance[units] + plan.variance[later])
        centre = mean[units] + gain * (draw[later] - mean[units])
        draw[units] = centre + np.sqrt(variance[units] * (1.0 - gain)) * noise[units]
    return draw
