"""A yearly series as if the texts had been the same in every year: year effects beside family effects."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


class Matched(NamedTuple):
    """``level`` by ``time`` over ``n`` roll calls, on families of at least two times; ``of`` is all roll calls."""

    time: NDArray[np.int64]
    level: Floats
    n: NDArray[np.int64]
    of: int


def matched(value: ArrayLike, time: ArrayLike, family: ArrayLike) -> Matched:
    """Least squares of value on time and family; levels are set so that their mean by n is the plain mean.

    value, time, family : shape (roll calls,); family −1 is one of its own and says nothing about two times.
    Times that no chain of families connects with the largest connected part are left out: their level is unknown.

    >>> same = matched([1, 1, 0, 1, 0, 0], [1, 2, 2, 1, 1, 2], [5, 5, 6, -1, 6, 6])
    >>> same.time.tolist(), same.level.tolist(), same.n.tolist(), same.of
    ([1, 2], [0.4, 0.4], [2, 3], 6)
    """
    y, when, label = np.asarray(value, float), np.asarray(time, np.int64), np.asarray(family, np.int64)
    if not y.shape == when.shape == label.shape or y.ndim != 1:
        raise ValueError(f"one time and family a roll call: got {y.shape}, {when.shape} and {label.shape}")
    kept = np.flatnonzero(label >= 0)
    kept = kept[_returning(when[kept], label[kept])]
    kept = kept[_connected(when[kept], label[kept])]
    times, row = np.unique(when[kept], return_inverse=True)
    families, column = np.unique(label[kept], return_inverse=True)
    if not len(kept):
        return Matched(times, np.zeros(0), np.zeros(0, np.int64), len(y))
    n = np.bincount(row, minlength=len(times))
    # The families are taken out by their means: what is left is one equation a time.
    joint = np.zeros((len(times), len(families)))
    np.add.at(joint, (row, column), 1)
    size = joint.sum(axis=0)
    mean = np.bincount(column, y[kept], minlength=len(families)) / size
    left = np.diag(n) - (joint / size) @ joint.T
    right = np.bincount(row, y[kept] - mean[column], minlength=len(times))
    effect = np.linalg.lstsq(left, right, rcond=None)[0]
    level = effect - np.average(effect, weights=n) + y[kept].mean()
    return Matched(times, level, n.astype(np.int64), len(y))


def _returning(when: NDArray[np.int64], label: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Roll calls of families seen at more than one time."""
    seen = np.unique(np.stack([label, when], axis=1), axis=0)
    ids, times = np.unique(seen[:, 0], return_counts=True)
    return np.isin(label, ids[times > 1])


def _connected(when: NDArray[np.int64], label: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Roll calls of the largest part in which each time is reached from each other over shared families."""
    part = when.copy()
    while len(part):
        before = part
        for key in (label, when):
            _, place = np.unique(key, return_inverse=True)
            least = np.full(place.max() + 1, np.iinfo(np.int64).max)
            np.minimum.at(least, place, part)
            part = least[place]
        if (part == before).all():
            break
    names, sizes = np.unique(part, return_counts=True)
    return np.asarray(part == names[sizes.argmax()]) if len(part) else np.zeros(0, bool)
