"""How alike a group votes on a roll call, and what groups of that size drawn from the Assembly would show.

Small groups look cohesive by chance: of two members, both vote alike often whoever they are. An index of a group is
therefore read beside its null: the same index of groups of the same size, drawn at random from all who voted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.measures._cells import CAST, Floats, over

Index = Callable[[ArrayLike], Floats]
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


@dataclass(frozen=True, slots=True)
class Cohesion:
    """A group's mean index over roll calls, beside groups of the same sizes drawn from the Assembly.

    observed   : the group's mean; NaN where no roll call defines it.
    expected   : the mean of the drawn groups.
    low, high  : the middle 95 % of their means.
    roll_calls : how many define the group's index.
    """

    observed: float
    expected: float
    low: float
    high: float
    roll_calls: int


def cohesion(
    votes: ArrayLike, assembly: ArrayLike, index: Index, rng: np.random.Generator, *, draws: int = 1000
) -> Cohesion:
    """A group's mean index with its simulated null.

    votes    : the group's yes, abstain, no on each roll call, shape (roll calls, 3).
    assembly : the same of all who voted, the group included; never less than the group's.
    index    : ``rice`` or ``agreement_index``.
    rng      : its seed makes the null repeatable.
    """
    group, everyone = _votes(votes), _votes(assembly)
    if group.shape != everyone.shape or group.ndim != 2:
        raise ValueError(f"one row a roll call for both: got {group.shape} and {everyone.shape}")
    if (group > everyone).any():
        raise ValueError("the group casts more votes than the Assembly")
    found = index(group)
    held = np.isfinite(found)
    if draws < 1:
        raise ValueError(f"the null needs at least one draw, got {draws}")
    if not held.any():
        return Cohesion(np.nan, np.nan, np.nan, np.nan, 0)
    drawn = _drawn(group[held], everyone[held], rng, draws)
    means = _means(index(drawn))
    low, high = np.nanquantile(means, (0.025, 0.975))
    return Cohesion(float(found[held].mean()), float(np.nanmean(means)), float(low), float(high), int(held.sum()))


def _drawn(group: Floats, everyone: Floats, rng: np.random.Generator, draws: int) -> NDArray[np.int64]:
    """Groups of the same sizes drawn without replacement, shape (draws, roll calls, 3)."""
    yes, abstain, no = everyone.astype(np.int64).T
    size = group.sum(axis=-1).astype(np.int64)
    shape = (draws, len(size))
    first = rng.hypergeometric(yes, abstain + no, size, shape)
    second = rng.hypergeometric(abstain, no, size - first, shape)
    return np.stack([first, second, size - first - second], axis=-1)


def _means(values: Floats) -> Floats:
    """The mean over roll calls of each draw; a drawn group without two votes to compare says nothing."""
    defined = np.isfinite(values)
    return over(np.where(defined, values, 0).sum(axis=-1), defined.sum(axis=-1))


def _votes(votes: ArrayLike) -> Floats:
    array = np.asarray(votes, float)
    if array.shape[-1:] != (CAST,):
        raise ValueError(f"votes of a group have the shape (..., 3), got {array.shape}")
    if (array < 0).any():
        raise ValueError("votes of a group are counts, got a negative one")
    return array
