"""How well the fit tells the votes cast, whether one dimension is enough, and what ties sessions together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.measures.ideal.likelihood import log_probability
from comity.measures.ideal.model import Estimate, Votes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Fit:
    """Fit to the N votes cast; Poole & Rosenthal's three figures."""

    votes: int
    classified: float  # share of votes that the fit calls the likeliest choice
    apre: float  # proportional reduction in error against calling every item's modal choice
    gmp: float  # geometric mean probability of the votes cast


def fit_statistics(votes: Votes, found: Estimate) -> Fit:
    """Shares are of all votes cast on the items of the fit."""
    log_p = probabilities(votes, found)
    right = int((log_p.argmax(axis=0) == votes.choice).sum())
    size = votes.row.size
    tally = np.stack([np.bincount(votes.item[votes.choice == c], minlength=size) for c in range(3)])
    modal_errors = votes.choice.size - int(tally.max(axis=0).sum())
    own = log_p[votes.choice, np.arange(votes.choice.size)]
    errors = votes.choice.size - right
    return Fit(
        votes=votes.choice.size,
        classified=right / votes.choice.size,
        apre=1.0 - errors / modal_errors if modal_errors else float("nan"),
        gmp=float(np.exp(own.mean())),
    )


def probabilities(votes: Votes, found: Estimate) -> Floats:
    """(3, N) log P of yes, abstain and no for each vote's unit on its item; −inf for a choice that no one made."""
    mean = found.beta[votes.item] * found.theta[votes.unit]
    gammas = found.gamma1[votes.item], found.gamma2[votes.item]
    choices = np.arange(3, dtype=np.int8)[:, None]
    return log_probability(mean[None], gammas[0][None], gammas[1][None], choices)


@dataclass(frozen=True, eq=False)
class Second:
    """The second-dimension check of one session. Where ``poor``, one dimension misses a pattern in its votes."""

    session: int
    states: int
    items: int
    share: float  # of the residual variance, on the residuals' first dimension
    chance: float  # the largest of the shares where residuals are shuffled among states within each item
    poor: bool


MATERIAL = 0.15
"""One dimension is called poor where a second takes this much of the residual variance above what chance gives."""


def second_dimension(votes: Votes, found: Estimate, rng: np.random.Generator, shuffles: int = 19) -> list[Second]:
    """Parallel analysis of each session's residuals (Horn 1965), states by items.

    The residual of a vote is the mean of its latent response less βθ, in units of its expected spread.
    """
    residual = _residuals(votes, found)
    sessions = votes.session[votes.unit]
    out = []
    for session in np.unique(votes.session):
        mine = np.flatnonzero(sessions == session)
        rows, row = np.unique(votes.unit[mine], return_inverse=True)
        columns, column = np.unique(votes.item[mine], return_inverse=True)
        if min(rows.size, columns.size) < 3:
            continue
        share = _leading(residual[mine], row, column, (rows.size, columns.size))
        chance = [
            _leading(_shuffled(residual[mine], column, rng), row, column, (rows.size, columns.size))
            for _ in range(shuffles)
        ]
        limit = float(np.max(chance))
        out.append(Second(int(session), rows.size, columns.size, share, limit, share - limit > MATERIAL))
    return out


def _residuals(votes: Votes, found: Estimate) -> Floats:
    log_p = probabilities(votes, found)
    step = 1e-4
    mean = found.beta[votes.item] * found.theta[votes.unit]
    gammas = found.gamma1[votes.item], found.gamma2[votes.item]
    choices = np.arange(3, dtype=np.int8)[:, None]
    above, below = (log_probability((mean + s)[None], gammas[0][None], gammas[1][None], choices) for s in (step, -step))
    with np.errstate(invalid="ignore"):
        slope = np.where(np.isfinite(log_p), (above - below) / (2 * step), 0.0)
    expected = (np.exp(log_p) * slope**2).sum(axis=0)
    own = slope[votes.choice, np.arange(votes.choice.size)]
    out: Floats = np.clip(own / np.sqrt(np.maximum(expected, 1e-12)), -5.0, 5.0)
    return out


def _shuffled(residual: Floats, column: Ints, rng: np.random.Generator) -> Floats:
    """Residuals dealt anew among the states that voted on the same item."""
    home = np.argsort(column, kind="stable")
    dealt = np.lexsort((rng.random(column.size), column))
    out = np.empty_like(residual)
    out[home] = residual[dealt]
    return out


def _leading(residual: Floats, row: Ints, column: Ints, shape: tuple[int, int]) -> float:
    grid = np.zeros(shape)
    np.add.at(grid, (row, column), residual)
    cross = grid @ grid.T if shape[0] <= shape[1] else grid.T @ grid
    total = float(np.trace(cross))
    return float(np.linalg.eigvalsh(cross)[-1]) / total if total > 0 else 0.0


@dataclass(frozen=True, eq=False)
class Bridge:
    """What carries the scale into one session."""

    session: int
    states: int  # country-sessions in it
    staying: int  # of them, states that voted in an earlier session
    items: int  # items voted on in it
    linked: int  # of them, texts voted on in another session too


def bridges(votes: Votes) -> list[Bridge]:
    """One row a session; few states staying or few linked texts mean that its level rests on little."""
    sessions, place = np.unique(votes.session, return_inverse=True)
    met = np.unique(votes.item.astype(np.int64) * sessions.size + place[votes.unit])
    item, where = met // sessions.size, met % sessions.size
    shared = np.bincount(item)[item] > 1
    states, staying = np.bincount(place), np.bincount(place, weights=votes.previous >= 0)
    items, linked = np.bincount(where, minlength=sessions.size), np.bincount(where, weights=shared)
    rows = zip(sessions, states, staying, items, linked, strict=True)
    return [Bridge(*(int(value) for value in row)) for row in rows]
