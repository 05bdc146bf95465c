"""Intervals and tests for shares, as if votes were independent.

Texts return every year, so votes are not independent and these intervals are too narrow: they are labelled so
wherever they are shown, and stay out of headlines (measures.md, "Uncertainty").
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Z95 = 1.959963984540054
"""The 97.5th percentile of the standard normal: two-sided 95 %."""

Floats = NDArray[np.float64]


def wilson(k: ArrayLike, n: ArrayLike, z: float = Z95) -> tuple[Floats, Floats]:
    """Wilson's score interval for a share.

    k, n : successes and trials, any broadcastable shapes.
    Returns lower and upper, in [0, 1]; NaN where n is 0.
    Source: Wilson (1927), J. Am. Stat. Assoc. 22, 209-212.

    >>> low, high = wilson(8, 10)
    >>> round(float(low), 4), round(float(high), 4)
    (0.4902, 0.9433)
    """
    k, n = np.asarray(k, float), np.asarray(n, float)
    with np.errstate(invalid="ignore", divide="ignore"):
        p = k / n
        centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)


def difference(k1: ArrayLike, n1: ArrayLike, k2: ArrayLike, n2: ArrayLike, z: float = Z95) -> tuple[Floats, Floats]:
    """Newcombe's hybrid score interval for the difference k1/n1 − k2/n2 of independent shares (his method 10).

    Returns lower and upper, in [−1, 1]; NaN where either n is 0.
    Source: Newcombe (1998), Statistics in Medicine 17, 873-890.

    >>> low, high = difference(56, 70, 48, 80)
    >>> round(float(low), 4), round(float(high), 4)
    (0.0524, 0.3339)
    """
    k1, n1, k2, n2 = (np.asarray(x, float) for x in (k1, n1, k2, n2))
    (l1, u1), (l2, u2) = wilson(k1, n1, z), wilson(k2, n2, z)
    with np.errstate(invalid="ignore", divide="ignore"):
        p1, p2 = k1 / n1, k2 / n2
    gap = p1 - p2
    return gap - np.hypot(p1 - l1, u2 - p2), gap + np.hypot(u1 - p1, p2 - l2)


def difference_p(k1: int, n1: int, k2: int, n2: int) -> float:
    """Two-sided p-value of the pooled z-test that two independent shares are equal.

    In [0, 1]; NaN where either n is 0, or where both shares are 0 or both are 1 (no variance to test against).
    The square of z is Pearson's chi-squared of the 2×2 table without continuity correction.

    >>> round(difference_p(56, 70, 48, 80), 4)
    0.008
    """
    if n1 == 0 or n2 == 0:
        return math.nan
    pooled = (k1 + k2) / (n1 + n2)
    variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2)
    if variance == 0:
        return math.nan
    return math.erfc(abs(k1 / n1 - k2 / n2) / math.sqrt(2 * variance))
