"""What a vote is expected to be: the votes of states near in position, and the state's own votes on the same text.

Every share of a cell leaves that cell's own vote out, so that a vote never speaks for itself.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
CHOICES = 3
_WINDOW = 5  # sessions on either side
_FEW = 10.0  # joint votes at which a similarity has half its weight


def one_hot(cells: NDArray[np.uint8]) -> Floats:
    """Shape (..., 3): 1 at the choice cast (yes, abstain, no), all 0 where no vote was cast."""
    return np.asarray(cells[..., None] == np.arange(CHOICES, dtype=np.uint8), dtype=np.float32)


def near_shares(cells: NDArray[np.uint8], when: NDArray[np.integer], *, sharpness: float, decay: float) -> Floats:
    """How the states near in position voted on each roll call, for each state.

    cells     : shape (R, S); 0 yes, 1 abstain, 2 no, above: no vote cast.
    when      : shape (R,), the session; roll calls up to five sessions away speak for a state's position,
                by decay ** distance.
    sharpness : a state that voted alike on a share q of those roll calls weighs exp(sharpness * (q - 1)).
    Returns shape (R, S, 3), shares that sum to 1; 0 where the state cast no vote or cast it alone.
    The position of a state on a roll call is taken without its vote on that roll call.
    """
    votes, cast = one_hot(cells), cells < CHOICES
    sessions = np.unique(when)
    alike = {s: sum(votes[when == s, :, c].T @ votes[when == s, :, c] for c in range(CHOICES)) for s in sessions}
    joint = {s: _joint(cast[when == s]) for s in sessions}
    found = np.zeros((*cells.shape, CHOICES), np.float32)
    for s in sessions:
        weights = {q: np.float32(decay ** abs(int(q) - int(s))) for q in sessions if abs(int(q) - int(s)) <= _WINDOW}
        same = sum(w * alike[q] for q, w in weights.items())
        both = sum(w * joint[q] for q, w in weights.items())
        for r in np.flatnonzero(when == s):
            here = np.flatnonzero(cast[r])
            weight = _weights(np.asarray(same), np.asarray(both), cells[r], here, sharpness)
            shares = weight @ votes[r, here]
            total = shares.sum(axis=1, keepdims=True)
            found[r, here] = np.divide(shares, total, out=np.zeros_like(shares), where=total > 0)
    return found


def own_votes(
    cells: NDArray[np.uint8], when: NDArray[np.integer], family: NDArray[np.integer], *, fade: float
) -> Floats:
    """Each state's own votes on the other roll calls of the same text.

    family : shape (R,), -1 for a text that met no second vote.
    fade   : sessions over which a vote's weight falls by e; infinite counts every vote once.
    Returns shape (R, S, 3): weights by choice, the cell's own vote left out.
    """
    votes = one_hot(cells)
    found = np.zeros_like(votes)
    for f in np.unique(family[family >= 0]):
        rows = np.flatnonzero(family == f)
        apart = np.abs(when[rows, None].astype(np.int64) - when[None, rows])
        weight = np.exp(-apart / fade).astype(np.float32)
        np.fill_diagonal(weight, 0)
        found[rows] = np.einsum("rq,qsc->rsc", weight, votes[rows])
    return found


def nearest(
    cells: NDArray[np.uint8], when: NDArray[np.integer], row: int, state: int, *, count: int = 20
) -> NDArray[np.intp]:
    """The states nearest in position to one state among those that voted on a roll call, nearest first.

    Position is taken over the roll calls up to five sessions away, without this one; fewer joint votes, less near.
    """
    around = np.flatnonzero(np.abs(when.astype(np.int64) - int(when[row])) <= _WINDOW)
    around = around[around != row]
    mine = cells[around, state]
    both = (cells[around] < CHOICES) & (mine[:, None] < CHOICES)
    n = both.sum(axis=0)
    share = (((cells[around] == mine[:, None]) & both).sum(axis=0) + 1.0) / (n + 2.0) * n / (n + _FEW)
    share[(cells[row] >= CHOICES) | (np.arange(cells.shape[1]) == state)] = -1.0
    order = np.argsort(-share, kind="stable")
    return order[: min(count, int((share > 0).sum()))]


def _joint(cast: NDArray[np.bool_]) -> Floats:
    both = cast.astype(np.float32)
    return both.T @ both


def _weights(
    same: Floats, both: Floats, choices: NDArray[np.uint8], here: NDArray[np.intp], sharpness: float
) -> Floats:
    equal = choices[here, None] == choices[None, here]
    n = both[np.ix_(here, here)] - 1
    share = (same[np.ix_(here, here)] - equal + 1) / (n + 2)
    weight = np.exp(sharpness * (share - 1)) * n / (n + _FEW)
    np.fill_diagonal(weight, 0)
    return np.asarray(weight, dtype=np.float32)
