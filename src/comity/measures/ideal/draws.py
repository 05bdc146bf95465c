"""Joint draws of ideal points, for quantities of several units: a distance, a difference, a rank."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.measures.ideal.model import Estimate, Votes
from comity.measures.ideal.spread import Leverage, leverage, spread
from comity.measures.ideal.steps import Recursion
from comity.measures.ideal.sums import Plain, State

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


def draws(votes: Votes, found: Estimate, units: ArrayLike, n: int, rng: np.random.Generator) -> Floats:
    """(n, len(units)) joint draws of θ, each unit's centred on its estimate.

    Items are drawn once a draw and shared by all units, which their votes move to first order; each unit adds its
    own error, and hands its conditional mean's on to the state's next session. So a common item, a common session
    and a common past all tie units together, as they do in the sampler.
    """
    wanted = np.asarray(units, np.intp)
    state, walk = State.at(found), Recursion.of(votes)
    plain = Plain(votes)
    pieces = spread(plain, state, walk, found.stretch)
    needed = _with_past(votes, wanted)
    shift = _item_shift(votes, [leverage(part, state) for part in plain.parts], found, needed, n, rng)
    shift /= pieces.curvature[needed][:, None]
    place = np.full(votes.state.size, -1)
    place[needed] = np.arange(needed.size)
    own = rng.standard_normal((needed.size, n)) / np.sqrt(pieces.curvature[needed])[:, None]
    kept = np.sqrt(pieces.passed)[needed][:, None]
    rest = np.sqrt(1.0 - pieces.passed)[needed][:, None] / np.sqrt(pieces.curvature[needed])[:, None]
    theta = np.empty_like(own)
    for k, unit in enumerate(needed):  # ordered by state and session: the lag is drawn before it is leaned on
        before = place[votes.previous[unit]] if votes.previous[unit] >= 0 else -1
        if before >= 0:
            shift[k] += pieces.share[unit] * shift[before]
        theta[k] = found.theta[unit] + shift[k] + own[k]
        shift[k] += kept[k] * (kept[k] * own[k] + rest[k] * rng.standard_normal(n))
    out: Floats = theta[place[wanted]].T
    return out


def _with_past(votes: Votes, units: Ints) -> Ints:
    """The units and all earlier ones of the same states, ascending."""
    wanted = np.zeros(votes.state.size, bool)
    wanted[units] = True
    for unit in np.flatnonzero(votes.previous >= 0)[::-1]:
        if wanted[unit]:
            wanted[votes.previous[unit]] = True
    return np.flatnonzero(wanted)


def _item_shift(
    votes: Votes, pulls: list[Leverage], found: Estimate, needed: Ints, n: int, rng: np.random.Generator
) -> Floats:
    """(units, n) Σ over a unit's votes of ∂²l/∂θ∂η · (drawn item − its mean)."""
    place = np.full(votes.state.size, -1)
    place[needed] = np.arange(needed.size)
    shift = np.zeros((needed.size, n))
    for part in pulls:
        mine = np.flatnonzero(place[part.unit] >= 0)
        items, column = np.unique(part.item[mine], return_inverse=True)
        values, vectors = np.linalg.eigh(found.cov[items])
        # The symmetric root: one made of eigenvectors alone turns with their signs, which differ between processors.
        root = (vectors * np.sqrt(np.maximum(values, 0.0))[:, None, :]) @ vectors.swapaxes(1, 2)
        drawn = root @ rng.standard_normal((items.size, 3, n))
        dense = np.zeros((needed.size, items.size, 3))
        np.add.at(dense, (place[part.unit[mine]], column), part.pull[mine])
        shift += dense.reshape(needed.size, -1) @ drawn.reshape(-1, n)
    return shift
