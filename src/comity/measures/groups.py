"""How alike a group votes on a roll call.

Small groups look cohesive by chance: an index is read beside that of drawn groups of the same size
(``measures.cohesion``).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from comity.measures._cells import CAST, Floats, over

_LEAST = 2  # one vote agrees with itself: that is not cohesion


def rice(votes: ArrayLike) -> Floats:
    """Rice's index of cohesion, abs(Y − N) / (Y + N), in [0, 1]; abstentions are left out.

    votes : a group's yes, abstain, no on each roll call, shape (..., 3).
    NaN where fewer than two members cast yes or no.
    Source: Rice (1928), Quantitative Methods in Politics.

    >>> rice([[8, 3, 2], [1, 4, 0]]).tolist()
    [0.6, nan]
    """
    yes, _, no = np.moveaxis(_votes(votes), -1, 0)
    return over(np.abs(yes - no), np.where(yes + no >= _LEAST, yes + no, 0))


def agreement_index(votes: ArrayLike) -> Floats:
    """(max − (total − max)/2) / total, in [0, 1]: 1 where all chose alike, 0 where split in three even parts.

    votes : as ``rice``. NaN where fewer than two members cast a vote.
    Source: Hix, Noury and Roland (2005), British Journal of Political Science 35, 209-234.

    >>> agreement_index([[8, 1, 1], [2, 2, 2]]).tolist()
    [0.7, 0.0]
    """
    given = _votes(votes)
    most, whole = given.max(axis=-1), given.sum(axis=-1)
    return over(most - (whole - most) / 2, np.where(whole >= _LEAST, whole, 0))


def _votes(votes: ArrayLike) -> Floats:
    array = np.asarray(votes, float)
    if array.shape[-1:] != (CAST,):
        raise ValueError(f"votes of a group have the shape (..., 3), got {array.shape}")
    if (array < 0).any():
        raise ValueError("votes of a group are counts, got a negative one")
    return array
