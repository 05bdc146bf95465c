"""A group's cohesion beside that of groups of its size drawn from the assembly and kept for all roll calls.

A small group looks cohesive by chance, and states do not vote at random: a group drawn anew for each roll call would
say little. So each drawn group is one set of states, as large as the group on every roll call, held throughout.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Index = Callable[[ArrayLike], Floats]

_CAST, _ABSENT = 3, 3  # choices: 0 yes, 1 abstain, 2 no, 3 absent; anything above holds no seat


@dataclass(frozen=True, slots=True)
class Beside:
    """A mean index and where it stands among the drawn groups; NaN where nothing defines it.

    observed  : the group's mean over the roll calls that define its index.
    median    : of the drawn groups' means over the same roll calls.
    low, high : the middle 95 % of them.
    above     : the share of drawn groups that are less cohesive, ties counted half; NaN where all are alike.
    """

    observed: float
    median: float
    low: float
    high: float
    above: float


def tally(cells: ArrayLike, members: ArrayLike) -> NDArray[np.int64]:
    """Members by choice on each roll call, shape (roll calls, 4): yes, abstain, no, absent.

    cells   : shape (roll calls, states), choices as above.
    members : the same shape, whether a state is in the group on that roll call.
    """
    choice, inside = np.asarray(cells), np.asarray(members, bool)
    if choice.shape != inside.shape or choice.ndim != 2:
        raise ValueError(f"one mark a cell: got {choice.shape} and {inside.shape}")
    return np.stack([((choice == c) & inside).sum(axis=1) for c in range(_ABSENT + 1)], axis=1)


def drawn(
    cells: ArrayLike, size: ArrayLike, indices: Sequence[Index], rng: np.random.Generator, draws: int = 1000
) -> Floats:
    """Indices of drawn groups on every roll call, shape (indices, roll calls, draws); NaN where one is undefined.

    cells   : as ``tally``.
    size    : how many seated members each drawn group has on each roll call, shape (roll calls,).
    indices : each takes yes, abstain, no, shape (..., 3), and gives shape (...).

    Every draw is an order of all states; on each roll call the first ``size`` of those seated are the group, so that
    it changes only where seats or the size change.
    ValueError where a group is larger than the assembly, or for fewer than one draw.
    """
    choice, sizes = np.asarray(cells), np.asarray(size)
    seated = choice <= _ABSENT
    if sizes.shape != (len(choice),) or (sizes < 0).any() or (sizes > seated.sum(axis=1)).any():
        raise ValueError("a group has between 0 and all of the seated states on each roll call")
    if draws < 1:
        raise ValueError(f"the null needs at least one draw, got {draws}")
    place = rng.permuted(np.tile(np.arange(choice.shape[1]), (draws, 1)), axis=1)
    values = np.empty((len(indices), len(choice), draws))
    kinds = np.concatenate([np.packbits(seated, axis=1).astype(np.intp), sizes[:, None]], axis=1)
    _, kind = np.unique(kinds, axis=0, return_inverse=True)
    for k in range(kind.max() + 1 if len(kind) else 0):
        rows = np.flatnonzero(kind.reshape(-1) == k)
        chosen = _first(place, seated[rows[0]], int(sizes[rows[0]])).astype(np.float32).T
        counts = np.stack([(choice[rows] == c).astype(np.float32) @ chosen for c in range(_CAST)], axis=-1)
        for i, index in enumerate(indices):
            values[i, rows] = index(counts)
    return values


def beside(own: ArrayLike, others: ArrayLike) -> Beside:
    """A group's mean over the roll calls that define its index, among the drawn groups' means over the same ones.

    own    : the group's index, shape (roll calls,). others : as ``drawn`` gives them, the same roll calls.

    >>> beside([0.5, 1.0, np.nan], [[0.0, 0.5, 1.0], [0.5, 1.0, 1.0], [0.0, 0.0, 0.0]]).above
    0.5
    """
    mine, theirs = np.asarray(own, float), np.asarray(others, float)
    held = np.isfinite(mine)
    means = _means(theirs[held])
    means = means[np.isfinite(means)]
    if not held.any() or not len(means):
        nothing = float("nan")
        return Beside(float(mine[held].mean()) if held.any() else nothing, nothing, nothing, nothing, nothing)
    observed = float(mine[held].mean())
    low, median, high = (float(q) for q in np.quantile(means, (0.025, 0.5, 0.975)))
    # Means of the same values summed in another order differ in the last digit: that is a tie.
    tied = np.isclose(means, observed, rtol=0, atol=1e-9)
    above = float(((means < observed) & ~tied).mean() + tied.mean() / 2)
    return Beside(observed, median, low, high, float("nan") if np.ptp(means) < 1e-9 else above)


def _first(place: NDArray[np.intp], seated: NDArray[np.bool_], size: int) -> NDArray[np.bool_]:
    """The first ``size`` seated states of every order, shape (draws, states)."""
    if size == 0:
        return np.zeros(place.shape, bool)
    ahead = np.where(seated, place, place.shape[1])
    return np.asarray(ahead <= np.partition(ahead, size - 1, axis=1)[:, size - 1 : size])


def _means(values: Floats) -> Floats:
    """The mean over roll calls of every draw; a roll call on which a drawn group has no index is passed over."""
    defined = np.isfinite(values)
    held = defined.sum(axis=0)
    total = np.where(defined, values, 0).sum(axis=0)
    return np.asarray(np.divide(total, held, out=np.full(held.shape, np.nan), where=held > 0))
