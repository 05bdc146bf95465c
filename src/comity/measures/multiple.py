"""Many tests at once: the false discovery rate."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from comity.measures._families import Floats


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """Adjusted p-values: reject where one is at most q, and the expected share of false rejections is at most q.

    p : p-values of any shape; NaN (no test) stays NaN and is not counted among the tests.
    Source: Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57, 289-300.
    ValueError where a value lies outside [0, 1].

    >>> benjamini_hochberg([0.01, 0.04, 0.03, 0.5]).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    given = np.asarray(p, float)
    tested = ~np.isnan(given)
    if ((given[tested] < 0) | (given[tested] > 1)).any():
        raise ValueError("p-values must lie in [0, 1]")
    values = given[tested]
    falling = np.argsort(-values, kind="stable")
    scaled = values[falling] * len(values) / np.arange(len(values), 0, -1)
    adjusted = np.empty_like(values)
    adjusted[falling] = np.minimum(np.minimum.accumulate(scaled), 1.0)
    out = np.full(given.shape, np.nan)
    out[tested] = adjusted
    return out
