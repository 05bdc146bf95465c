"""Sums over votes of the expected slopes, by item and by country-session: the costly half of a sweep, in numpy.

Votes are worked through in blocks of whole items, small enough to stay in the cache.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from comity.measures.ideal.model import Estimate, Votes
from comity.measures.ideal.slopes import REACH, STEP, between, decisive, reached

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

BLOCK = 65_536
ITEM_SUMS = 9
"""Slopes β, γ1, γ2; second slopes ββ, βγ1, βγ2, γ1γ1, γ1γ2, γ2γ2."""
UNIT_SUMS = 3
"""Slope in θ, its information H = −Σ E[β²] E[l″], and S = Σ E[β²]."""


@dataclass(frozen=True, eq=False)
class State:
    """Where a sweep stands. par: (I, 3) means of β, γ1, γ2; cov: (I, 3, 3); theta, var: (U,)."""

    theta: Floats
    var: Floats
    par: Floats
    cov: Floats

    @classmethod
    def at(cls, found: Estimate) -> State:
        """The state that an estimate was taken from."""
        return cls(
            found.theta, 1.0 / found.curvature, np.column_stack([found.beta, found.gamma1, found.gamma2]), found.cov
        )

    @cached_property
    def cut(self) -> Floats:
        """(5, 2I): β, γ, Var β, Cov(β, γ), Var γ of item i's γ1 at 2i and its γ2 at 2i + 1."""
        flat = np.empty((5, self.par.shape[0], 2))
        flat[0], flat[2] = self.par[:, :1], self.cov[:, :1, 0]
        flat[1], flat[3] = self.par[:, 1:], self.cov[:, 0, 1:]
        flat[4] = self.cov[:, (1, 2), (1, 2)]
        return flat.reshape(5, -1)

    @cached_property
    def middle(self) -> Floats:
        """(7, I): β, γ1, γ2, Var β, Cov(β, γ1), Cov(β, γ2), and the variance of (γ1 + γ2)/2."""
        cov = self.cov
        half = (cov[:, 1, 1] + 2.0 * cov[:, 1, 2] + cov[:, 2, 2]) / 4.0
        return np.ascontiguousarray(np.stack([*self.par.T, cov[:, 0, 0], cov[:, 0, 1], cov[:, 0, 2], half]))


@dataclass(frozen=True, eq=False)
class Block:
    """Votes of the items ``first`` to ``last``: decisive ones by cut (2·item, + 1 for a no), abstentions by item."""

    first: int
    last: int
    cut: Ints
    unit: Ints
    no: NDArray[np.bool_]
    middle: Ints
    middle_unit: Ints


def blocks(votes: Votes) -> list[Block]:
    """The votes in blocks of about ``BLOCK``, never cutting an item."""
    edges = np.unique(np.searchsorted(votes.item_start, np.arange(0, votes.choice.size + BLOCK, BLOCK)))
    edges[-1] = votes.row.size
    made = []
    for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        part = slice(int(votes.item_start[first]), int(votes.item_start[last]))
        choice = votes.choice[part]
        item, unit = votes.item[part].astype(np.intp), votes.unit[part].astype(np.intp)
        cast = choice != 1
        cut = 2 * item[cast] + (choice[cast] == 2)
        made.append(Block(first, last, cut, unit[cast], choice[cast] == 2, item[~cast], unit[~cast]))
    return made


class Plain:
    """The sums in numpy."""

    def __init__(self, votes: Votes) -> None:
        self.parts = blocks(votes)

    def items(self, state: State) -> Floats:
        """(I, 9) sums by item; see ``ITEM_SUMS``."""
        out = np.concatenate([_items_of(part, state) for part in self.parts], axis=1)
        return np.ascontiguousarray(out.T)

    def units(self, state: State) -> Floats:
        """(U, 3) sums by country-session; see ``UNIT_SUMS``."""
        out = np.zeros((UNIT_SUMS, state.theta.size))
        for part in self.parts:
            out += _units_of(part, state)
        return np.ascontiguousarray(out.T)


def decided(part: Block, state: State) -> tuple[Floats, ...]:
    """θ, its variance, β, Var β, Cov(β, γ); E of the slope in γ, of l″; the slope in μ and its l″, held within ±9."""
    theta, var = state.theta.take(part.unit), state.var.take(part.unit)
    beta, gamma, spread_beta, shared, spread_gamma = (row.take(part.cut) for row in state.cut)
    sign = np.where(part.no, -1.0, 1.0)
    mean = beta * theta
    square = spread_beta * (theta * theta + var) + beta * beta * var - 2.0 * theta * shared + spread_gamma
    spread = np.sqrt(np.maximum(square, 0.0))
    x = sign * (gamma - mean)
    slope, bend = decisive(x, spread)
    far = np.flatnonzero(np.abs(mean) + STEP * spread > REACH - 3.0)
    slope_mu, bend_mu = -sign * slope, bend
    if far.size:
        bend_mu = bend.copy()
        held, bend_mu[far] = reached(-sign[far] * mean[far], x[far], spread[far])
        slope_mu[far] = -sign[far] * held
    return theta, var, beta, spread_beta, shared, sign * slope, bend, slope_mu, bend_mu


def abstained(part: Block, state: State) -> tuple[Floats, ...]:
    """θ, its variance, the rows of ``State.middle`` but the last, and E of the five slopes of an abstention."""
    theta, var = state.theta.take(part.middle_unit), state.var.take(part.middle_unit)
    beta, low, high, spread_beta, shared1, shared2, half = (row.take(part.middle) for row in state.middle)
    square = spread_beta * (theta * theta + var) + beta * beta * var - theta * (shared1 + shared2) + half
    mean = beta * theta
    found = between(low - mean, high - mean, np.sqrt(np.maximum(square, 0.0)))
    return theta, var, beta, spread_beta, shared1, shared2, *found


def _items_of(part: Block, state: State) -> Floats:
    theta, var, beta, _, _, slope, bend, slope_mu, bend_mu = decided(part, state)
    cut, size = part.cut - 2 * part.first, part.last - part.first
    tilt = theta * slope_mu + beta * var * bend_mu
    rows = (tilt, slope, (theta * theta + var) * bend_mu, -theta * bend, bend)
    by_cut = [np.bincount(cut, weights=row, minlength=2 * size).reshape(size, 2) for row in rows]
    out = np.zeros((ITEM_SUMS, size))
    out[0], out[3] = by_cut[0].sum(axis=1), by_cut[2].sum(axis=1)
    out[1:3], out[4:6], out[6:9:2] = by_cut[1].T, by_cut[3].T, by_cut[4].T
    theta, var, beta, _, _, _, first, second, own1, both, own2 = abstained(part, state)
    bend = own1 + 2.0 * both + own2
    tilt = beta * var * bend - theta * (first + second)
    square = theta * theta + var
    rows9 = (tilt, first, second, square * bend, -theta * (own1 + both), -theta * (both + own2), own1, both, own2)
    for total, row in zip(out, rows9, strict=True):
        total += np.bincount(part.middle - part.first, weights=row, minlength=size)
    return out


def _units_of(part: Block, state: State) -> Floats:
    theta, _, beta, spread_beta, shared, _, _, slope_mu, bend_mu = decided(part, state)
    square = beta * beta + spread_beta
    size = state.theta.size
    rows = (beta * slope_mu + (theta * spread_beta - shared) * bend_mu, -square * bend_mu, square)
    out: Floats = np.stack([np.bincount(part.unit, weights=row, minlength=size) for row in rows])
    theta, _, beta, spread_beta, shared1, shared2, first, second, own1, both, own2 = abstained(part, state)
    lower, upper = own1 + both, both + own2
    square = beta * beta + spread_beta
    slope = (theta * spread_beta - shared1) * lower + (theta * spread_beta - shared2) * upper - beta * (first + second)
    for total, row in zip(out, (slope, -square * (lower + upper), square), strict=True):
        total += np.bincount(part.middle_unit, weights=row, minlength=size)
    return out
