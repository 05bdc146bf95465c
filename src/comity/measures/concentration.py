"""Shares, ranks and concentration of amounts of which only bounds are known.

Every party's amount may lie anywhere between its ``low`` and ``high``, whatever the others' do. An exact amount has
low = high.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def shares(amounts: ArrayLike) -> Floats:
    """Each one's part of the sum; NaN where the sum is 0.

    >>> shares([3, 1]).tolist()
    [0.75, 0.25]
    """
    a = np.asarray(amounts, float)
    return a / a.sum() if a.sum() > 0 else np.full(a.shape, np.nan)


def share_bounds(low: ArrayLike, high: ArrayLike) -> tuple[Floats, Floats]:
    """The smallest and the largest part of the sum that each can have; NaN where all may be 0.

    The smallest is met where all others are at their highest, the largest where they are at their lowest.

    >>> [b.tolist() for b in share_bounds([2, 0], [2, 2])]
    [[0.5, 0.0], [1.0, 0.5]]
    """
    least, most = np.asarray(low, float), np.asarray(high, float)
    with np.errstate(invalid="ignore", divide="ignore"):
        bottom = least / (least + (most.sum() - most))
        top = most / (most + (least.sum() - least))
    empty = most.sum() == 0
    # 0 of 0: the party has nothing, and so may all others.
    fix = [np.where(np.isnan(b), np.nan if empty else value, b) for b, value in ((bottom, 0.0), (top, 0.0))]
    return np.clip(fix[0], 0, 1), np.clip(fix[1], 0, 1)


def rank_bounds(low: ArrayLike, high: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The best and the worst rank each can have, 1 being the largest amount; those alike share the better rank.

    >>> [b.tolist() for b in rank_bounds([5, 2, 0], [5, 4, 3])]
    [[1, 2, 2], [1, 3, 3]]
    """
    least, most = np.asarray(low, float), np.asarray(high, float)
    best = 1 + (least[None, :] > most[:, None]).sum(1)
    other = most[None, :] > least[:, None]
    np.fill_diagonal(other, False)
    return best, 1 + other.sum(1)


def hhi(amounts: ArrayLike) -> float:
    """Herfindahl–Hirschman index: the sum of squared shares, from 1/n (all alike) to 1 (one party); NaN for none.

    >>> hhi([3, 1]), hhi([1, 1, 1, 1])
    (0.625, 0.25)
    """
    return float((shares(amounts) ** 2).sum())


def entropy(amounts: ArrayLike) -> float:
    """Shannon entropy of the shares in nats, from 0 (one party) to log n; NaN for none.

    >>> round(entropy([1, 1]), 4), entropy([5, 0])
    (0.6931, 0.0)
    """
    p = shares(amounts)
    if np.isnan(p).any() or not p.size:
        return float("nan")
    held = p[p > 0]
    return float(max(0.0, -(held * np.log(held)).sum()))


def hhi_bounds(low: ArrayLike, high: ArrayLike) -> tuple[float, float]:
    """What the index must reach at least, and cannot exceed; NaN where all may be 0.

    The lower one is met. The index is quasi-convex, and least where every amount is as near to one common value as its
    bounds let it be. The upper one is safe: squares are replaced by their chords, so it may lie above what can be met.

    >>> hhi_bounds([1, 1], [1, 1]), hhi_bounds([0, 0], [2, 2])
    ((0.5, 0.5), (0.5, 1.0))
    """
    least, most = np.asarray(low, float), np.asarray(high, float)
    if not least.size or most.sum() == 0:
        return float("nan"), float("nan")
    if np.array_equal(least, most):
        return hhi(least), hhi(least)
    return _lowest(least, most), _ceiling(least, most)


def _lowest(low: Floats, high: Floats) -> float:
    """The least index over the box: amounts are clip(c, low, high) for one c, which is sought between breakpoints."""
    edges = np.unique(np.concatenate([low, high]))
    candidates = edges.tolist()
    for left, right in pairwise(edges.tolist()):
        middle = (left + right) / 2
        fixed = np.where(low > middle, low, np.where(high < middle, high, 0.0))
        if fixed.sum() > 0 and left < (common := float((fixed**2).sum() / fixed.sum())) < right:
            candidates.append(common)
    found = [np.clip(c, low, high) for c in candidates]
    return min(hhi(a) for a in found if a.sum() > 0)


def _ceiling(low: Floats, high: Floats) -> float:
    """The largest ratio of squares to squared sum along the upper edge of what both can be together."""
    open_ = high > low
    order = np.argsort(-(low + high)[open_])
    steps, slopes = (high - low)[open_][order], (low + high)[open_][order]
    squares, whole = float((low**2).sum()), float(low.sum())
    best = squares / whole**2 if whole > 0 else 1.0
    for step, slope in zip(steps, slopes, strict=True):
        turn = whole - 2 * squares / slope
        for t in (min(max(turn, 0.0), step), step):
            if whole + t > 0:
                best = max(best, (squares + slope * t) / (whole + t) ** 2)
        squares, whole = squares + slope * step, whole + step
    return min(1.0, best)
