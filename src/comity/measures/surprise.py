"""How surprising a vote is: the probability of each choice, given everything but that vote.

Logit over the three choices, from what states near in position did, the state's own votes on the same text, its usual
choices and the whole vote; fitted on other texts than the one it speaks of, then scaled to how predictable the state
and the time are. Calibration is checked on the same left-out predictions (``reliability``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.measures.near import CHOICES, near_shares, one_hot, own_votes

Array = NDArray[np.float64]
FOLDS = 5
_FLOOR = 0.003
_SAMPLE = 150_000  # votes that the coefficients are fitted on; more change no digit that is shown
_ERA = 10  # sessions


@dataclass(frozen=True, eq=False)
class Expected:
    """Probabilities of the three choices.

    p : shape (R, S, 3); NaN where no vote was cast.
    """

    p: NDArray[np.float32]

    def cast(self, cells: NDArray[np.uint8], rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """The probability of the votes that were cast in some rows; NaN where none was.

        cells : the choices in those rows, shape (rows, S).
        """
        chosen = np.minimum(cells, CHOICES - 1).astype(np.intp)
        return np.asarray(np.take_along_axis(self.p[rows], chosen[..., None], axis=-1)[..., 0])

    def chance(self, at: float, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """The probability, in some rows, of a vote that is given ``at`` or less; NaN where none was cast."""
        p = self.p[rows]
        return np.where(np.isnan(p[..., 0]), np.nan, np.where(p <= at, p, 0).sum(axis=-1)).astype(np.float32)


def expect(cells: NDArray[np.uint8], when: NDArray[np.integer], family: NDArray[np.integer]) -> Expected:
    """The probability of each choice for every vote cast.

    cells  : shape (R, S); 0 yes, 1 abstain, 2 no, above: no vote cast.
    when   : shape (R,), sessions; family : shape (R,), the text of each roll call, -1 for one that met no second vote.
    The votes of a text are predicted by coefficients fitted on other texts, and positions and own record leave the
    vote itself out. All NaN where fewer than FOLDS texts were voted on.
    """
    rows, states = np.nonzero(cells < CHOICES)
    p = np.full((*cells.shape, CHOICES), np.nan, np.float32)
    fold = np.where(family >= 0, family, family.max(initial=0) + 1 + np.arange(len(family))) % FOLDS
    if len(np.unique(fold)) < FOLDS:
        return Expected(p)
    y = cells[rows, states].astype(np.intp)
    x = _features(cells, when, family, rows, states)
    log_p = np.empty((len(y), CHOICES))
    for k in range(FOLDS):
        out = fold[rows] == k
        rest = np.flatnonzero(~out)
        sample = rest[:: max(1, len(rest) // _SAMPLE)]
        log_p[out] = _log_softmax(x[out] @ _logit(x[sample].astype(np.float64), y[sample]))
    for group in (states, (when[rows] - when.min()) // _ERA):
        log_p = _rescaled(log_p, y, np.asarray(group, dtype=np.intp), fold[rows])
    p[rows, states] = np.exp(log_p)
    return Expected(p)


def reliability(p: NDArray[np.float32], cells: NDArray[np.uint8], edges: Array) -> list[tuple[float, float, int]]:
    """How often what was given a probability happened, by bins of it.

    edges : ascending, from 0 to 1. Returns (mean probability, share that happened, number) of each bin with any.
    """
    given = p.reshape(-1)
    happened = one_hot(cells).reshape(-1)
    some = ~np.isnan(given)
    given, happened = given[some], happened[some]
    place = np.clip(np.searchsorted(edges, given, side="right") - 1, 0, len(edges) - 2)
    n = np.bincount(place, minlength=len(edges) - 1)
    mean, share = (np.bincount(place, v, len(edges) - 1) / np.maximum(n, 1) for v in (given, happened))
    return [(float(mean[i]), float(share[i]), int(n[i])) for i in np.flatnonzero(n)]


def _features(
    cells: NDArray[np.uint8],
    when: NDArray[np.integer],
    family: NDArray[np.integer],
    rows: NDArray[np.intp],
    states: NDArray[np.intp],
) -> NDArray[np.float32]:
    """Shape (votes, 3, features): log shares by choice."""
    wide = near_shares(cells, when, sharpness=20.0, decay=0.8)[rows, states]
    close = near_shares(cells, when, sharpness=100.0, decay=0.9)[rows, states]
    own = own_votes(cells, when, family, fade=4.0)[rows, states]
    weight = own.sum(axis=1, keepdims=True)
    known, trust = (weight > 0.05).astype(np.float32), weight / (weight + 1)
    own = _log((own + 0.6 * wide) / (weight + 0.6))
    votes = one_hot(cells)
    whole = votes.sum(axis=1)[rows] - votes[rows, states]
    whole = np.log((whole + 0.5) / (whole.sum(axis=1, keepdims=True) + 1.5))
    usual = _usual(votes, when)[rows, states]
    usual = np.log((usual + 0.5) / (usual.sum(axis=1, keepdims=True) + 1.5))
    wide, close = _log(wide), _log(close)
    abstained = np.broadcast_to(np.array([0, 1, 0], np.float32), wide.shape)
    parts = (wide, close, close * trust, own * known, wide * known, whole, usual, whole * trust, own * trust, abstained)
    return np.stack(parts, axis=-1)


def _usual(votes: NDArray[np.float32], when: NDArray[np.integer]) -> NDArray[np.float32]:
    """Shape (R, S, 3): each state's choices up to five sessions away, the cell's own left out."""
    sessions = np.unique(when)
    totals = {s: votes[when == s].sum(axis=0) for s in sessions}
    found = -votes
    for s in sessions:
        near = [q for q in sessions if abs(int(q) - int(s)) <= _ERA // 2]
        found[when == s] += sum(np.float32(0.8 ** abs(int(q) - int(s))) * totals[q] for q in near)
    return np.maximum(found, 0)


def _log(share: NDArray[np.float32]) -> NDArray[np.float32]:
    padded = share + np.float32(_FLOOR)
    return np.asarray(np.log(padded / padded.sum(axis=1, keepdims=True)), dtype=np.float32)


def _log_softmax(score: Array) -> Array:
    score = score - score.max(axis=1, keepdims=True)
    return np.asarray(score - np.log(np.exp(score).sum(axis=1, keepdims=True)))


def _logit(x: Array, y: NDArray[np.intp], steps: int = 25) -> Array:
    """Coefficients of the conditional logit, by Newton's method with a slight ridge."""
    found = np.zeros(x.shape[2])
    found[0] = 1.0
    ridge = 1e-3 * np.eye(len(found))
    for _ in range(steps):
        p = np.exp(_log_softmax(x @ found))
        mean = np.einsum("nc,ncp->np", p, x)
        gradient = (x[np.arange(len(y)), y] - mean).sum(axis=0) - ridge @ found
        flat = (x * np.sqrt(p)[..., None]).reshape(-1, len(found))
        step = np.linalg.solve(flat.T @ flat - mean.T @ mean + ridge, gradient)
        found = found + step
        if np.abs(step).max() < 1e-6:
            break
    return found


def _rescaled(log_p: Array, y: NDArray[np.intp], group: NDArray[np.intp], fold: NDArray[np.integer]) -> Array:
    """Probabilities raised to a power of each group, fitted on the other folds and drawn towards 1, and normalised."""
    made = np.empty_like(log_p)
    for k in range(FOLDS):
        out = fold == k
        power = _powers(log_p[~out], y[~out], group[~out], int(group.max()) + 1)
        made[out] = _log_softmax(log_p[out] * power[group[out], None])
    return made


def _powers(log_p: Array, y: NDArray[np.intp], group: NDArray[np.intp], groups: int, prior: float = 10.0) -> Array:
    """One Newton search a group; prior: the precision with which a power is taken to be 1."""
    power = np.ones(groups)
    given = log_p[np.arange(len(y)), y]
    for _ in range(8):
        p = np.exp(_log_softmax(log_p * power[group, None]))
        mean = (p * log_p).sum(axis=1)
        spread = (p * log_p**2).sum(axis=1) - mean**2
        gradient = np.bincount(group, given - mean, groups) - prior * (power - 1)
        power = np.clip(power + gradient / (np.bincount(group, spread, groups) + prior), 0.2, 3.0)
    return power
