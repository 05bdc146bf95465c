"""Which choice moves a value how much: Shapley shares of its variance over a grid of choices."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
MOST = 12
"""Choices; the work doubles with each."""


def shapley_shares(values: ArrayLike, choices: ArrayLike) -> Floats:
    """The part of the variance of a value that each choice accounts for; the parts sum to 1.

    values  : (R,) the value under each reading; every reading weighs the same. NaN is not allowed.
    choices : (R, d) which option of each choice a reading takes, as numbers.
    The worth of a set of choices is the variance of the mean value given these choices; each choice gets its mean
    marginal worth over all orders. NaN throughout where the value does not vary.
    Source: Owen (2014), SIAM/ASA Journal on Uncertainty Quantification 2, with every reading weighing the same.

    >>> shapley_shares([0, 0, 1, 1], [[0, 0], [0, 1], [1, 0], [1, 1]]).tolist()
    [1.0, 0.0]
    """
    v, x = np.asarray(values, float), np.asarray(choices)
    if x.ndim != 2 or len(x) != len(v) or x.shape[1] > MOST:
        raise ValueError(f"a row of up to {MOST} choices a value")
    if np.isnan(v).any():
        raise ValueError("every reading has a value")
    d = x.shape[1]
    worth = {chosen: _explained(v, x[:, list(chosen)]) for k in range(d + 1) for chosen in combinations(range(d), k)}
    whole = worth[tuple(range(d))]
    if whole <= 1e-15:
        return np.full(d, np.nan)
    shares = np.zeros(d)
    for i in range(d):
        others = [j for j in range(d) if j != i]
        for k in range(d):
            weight = 1 / (d * comb(d - 1, k))
            for chosen in combinations(others, k):
                shares[i] += weight * (worth[tuple(sorted((*chosen, i)))] - worth[chosen])
    return shares / whole


def _explained(values: Floats, choices: NDArray[np.generic]) -> float:
    """Variance of the mean value given these choices."""
    if not choices.shape[1]:
        return 0.0
    _, place = np.unique(choices, axis=0, return_inverse=True)
    n = np.bincount(place.reshape(-1))
    means = np.bincount(place.reshape(-1), weights=values) / n
    return float((n * (means - values.mean()) ** 2).sum() / len(values))
