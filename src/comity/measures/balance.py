"""How a state spreads its ties between powers: shares, lean, equidistance, and what weights do to their mean.

A tie is a number of one strand, 0 or more: a share of trade, TIV delivered, votes alike beyond chance. Ties of
different strands have no common unit, so they are turned into shares among the powers before anything is averaged. A
strand in which one power's tie is not known has no shares: it is a gap, and is never filled in.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
LEAST_YEARS = 8
"""Fewer pairs of changes give no rank correlation."""


def tie_shares(ties: ArrayLike) -> Floats:
    """Each power's part of the ties to all powers named, in [0, 1].

    ties : shape (..., P), 0 or more. NaN throughout where one is NaN, or where all are 0.
    ValueError for a negative tie or fewer than two powers.

    >>> tie_shares([[3, 1, 0], [2, float("nan"), 1]]).tolist()
    [[0.75, 0.25, 0.0], [nan, nan, nan]]
    """
    given = np.asarray(ties, float)
    if given.ndim == 0 or given.shape[-1] < 2:
        raise ValueError("a spread of ties needs two powers or more")
    if (given < 0).any():
        raise ValueError("a tie is 0 or more")
    whole = given.sum(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(whole > 0, given / whole, np.nan)


def lean(first: ArrayLike, second: ArrayLike) -> Floats:
    """(a − b) / (a + b), in [−1, 1]: 1 where all of the two ties is with the first, 0 where both are the same.

    NaN where either is NaN, or where both are 0.

    >>> lean(3, 1).tolist(), lean(0, 0).tolist()
    (0.5, nan)
    """
    a, b = np.asarray(first, float), np.asarray(second, float)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(a + b > 0, (a - b) / (a + b), np.nan)


def equidistance(ties: ArrayLike) -> Floats:
    """How evenly ties are spread over the P powers named, in [0, 1]: 1 alike to all, 0 all to one.

    1 − Σ abs(share − 1/P) / (2 (1 − 1/P)); with two powers, 1 − abs(lean). ties : as ``tie_shares``, NaN likewise.
    It says nothing of the level: two ties of nearly nothing can be as even as two close ones.

    >>> equidistance([1, 1, 1]).tolist(), equidistance([5, 0, 0]).round(9).tolist(), equidistance([3, 1]).tolist()
    (1.0, 0.0, 0.5)
    """
    shares = tie_shares(ties)
    powers = shares.shape[-1]
    away = np.abs(shares - 1 / powers).sum(axis=-1)
    return np.asarray(np.clip(1 - away / (2 * (1 - 1 / powers)), 0.0, 1.0), float)


def effective_number(parts: ArrayLike) -> Floats:
    """1 / Σ share², the number of equal partners that would be as concentrated, from 1 to their number.

    parts : shape (..., K), 0 or more, of all partners, NaN left out as a partner without a figure.
    NaN where nothing is there. Source: Laakso and Taagepera (1979), Comparative Political Studies 12, 3-27.

    >>> effective_number([1, 1, 0]).tolist(), effective_number([0, 0]).tolist()
    (2.0, nan)
    """
    given = np.nan_to_num(np.asarray(parts, float))
    if (given < 0).any():
        raise ValueError("a part is 0 or more")
    whole, square = given.sum(axis=-1), (given * given).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(square > 0, whole * whole / square, np.nan), float)


def across_strands(shares: ArrayLike) -> Floats:
    """For each power, the standard deviation of its share over the strands: 0 where every strand is spread alike.

    shares : shape (S, P) of ``tie_shares``; strands that are gaps are left out. NaN with fewer than two.

    >>> across_strands([[0.5, 0.5], [1.0, 0.0]]).round(3).tolist()
    [0.354, 0.354]
    """
    known = _known(shares)
    if len(known) < 2:
        return np.full(known.shape[-1], np.nan)
    return np.asarray(known.std(axis=0, ddof=1), float)


def weighted(shares: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """The mean share of each power over the strands that are no gaps.

    shares : shape (S, P). weights : shape (S,), 0 or more; None weighs strands alike. NaN where none is left.

    >>> weighted([[1.0, 0.0], [0.5, 0.5]], [1, 3]).tolist()
    [0.625, 0.375]
    """
    given = np.asarray(shares, float)
    heavy = np.ones(len(given)) if weights is None else np.asarray(weights, float)
    if heavy.shape != (len(given),) or (heavy < 0).any():
        raise ValueError("one weight a strand, 0 or more")
    known = ~np.isnan(given).any(axis=1)
    heavy = heavy[known]
    if not heavy.sum():
        return np.full(given.shape[-1], np.nan)
    return np.asarray(heavy @ given[known] / heavy.sum(), float)


def weight_play(shares: ArrayLike, rng: np.random.Generator, draws: int = 2000) -> tuple[Floats, Floats]:
    """Between which values weights alone move the mean shares: the 5th and 95th percentile over random weights.

    shares : shape (S, P). Weights are drawn evenly from all that sum to 1 (Dirichlet with ones). This is no error of
    measurement: nothing is sampled but the analyst's choice. Returns low and high, shape (P,); NaN where no strand is.
    """
    known = _known(shares)
    if not len(known):
        gap = np.full(known.shape[-1], np.nan)
        return gap, gap
    means = rng.dirichlet(np.ones(len(known)), size=draws) @ known
    low, high = np.quantile(means, (0.05, 0.95), axis=0)
    return low, high


def leave_one_out(shares: ArrayLike) -> Floats:
    """Mean shares without each strand in turn, shape (S, P); NaN in the row of a gap, and where nothing is left.

    >>> leave_one_out([[1.0, 0.0], [0.5, 0.5]]).tolist()
    [[0.5, 0.5], [1.0, 0.0]]
    """
    given = np.asarray(shares, float)
    rows = [np.arange(len(given)) != k for k in range(len(given))]
    gap = np.full(given.shape[-1], np.nan)
    return np.array([gap if np.isnan(given[k]).any() else weighted(given[keep]) for k, keep in enumerate(rows)])


def ternary(shares: ArrayLike) -> tuple[Floats, Floats]:
    """Where three shares lie in a triangle of side 1: first power at (0, 0), second at (1, 0), third at the top.

    shares : shape (..., 3), sum 1. Returns x and y; NaN where a share is.

    >>> [v.round(3).tolist() for v in ternary([0, 0, 1])]
    [0.5, 0.866]
    """
    given = np.asarray(shares, float)
    if given.shape[-1] != 3:
        raise ValueError("a triangle has three corners")
    return np.asarray(given[..., 1] + given[..., 2] / 2, float), np.asarray(given[..., 2] * np.sqrt(3) / 2, float)


def moved_with(first: ArrayLike, second: ArrayLike, lag: int = 0) -> tuple[float, int]:
    """Spearman's rank correlation of yearly changes, the second's ``lag`` years later, and how many years it rests on.

    first, second : shape (T,), one value a year, NaN for a gap; a change is known where both its years are.
    NaN with fewer than LEAST_YEARS changes, or where one series does not move. Years are not independent of their
    neighbours, so no p-value belongs beside it; a correlation is no cause.
    """
    a, b = np.diff(np.asarray(first, float)), np.diff(np.asarray(second, float))
    if a.shape != b.shape:
        raise ValueError("both series have one value a year")
    a, b = (a[: len(a) - lag], b[lag:]) if lag >= 0 else (a[-lag:], b[: len(b) + lag])
    known = ~(np.isnan(a) | np.isnan(b))
    n = int(known.sum())
    if n < LEAST_YEARS:
        return float("nan"), n
    x, y = _ranks(a[known]), _ranks(b[known])
    if x.std() == 0 or y.std() == 0:
        return float("nan"), n
    return float(np.corrcoef(x, y)[0, 1]), n


def _known(shares: ArrayLike) -> Floats:
    given = np.asarray(shares, float)
    return np.asarray(given[~np.isnan(given).any(axis=1)], float)


def _ranks(values: Floats) -> Floats:
    """Ranks from 1, equal values sharing their mean rank."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[place], float)
