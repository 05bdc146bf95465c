"""What measures on contingency tables share: the cells of votes both cast, and division that may be undefined."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

CAST = 3  # yes, abstain, no; absent comes after them


def whole(tables: ArrayLike) -> Floats:
    """Tables of shape (..., 4, 4) as floats; ValueError for any other shape or a negative count."""
    array = np.asarray(tables, float)
    if array.ndim < 2 or array.shape[-2:] != (CAST + 1, CAST + 1):
        raise ValueError(f"contingency tables have the shape (..., 4, 4), got {array.shape}")
    if (array < 0).any():
        raise ValueError("contingency tables hold counts, got a negative one")
    return array


def both_cast(tables: ArrayLike) -> Floats:
    """The cells of the votes both cast, shape (..., 3, 3)."""
    return whole(tables)[..., :CAST, :CAST]


def total(cells: Floats) -> Floats:
    """The sum of each table, shape (...)."""
    return np.asarray(cells.sum(axis=(-2, -1)))


def over(part: ArrayLike, of: ArrayLike) -> Floats:
    """part / of, NaN where ``of`` is 0."""
    part, of = np.broadcast_arrays(np.asarray(part, float), np.asarray(of, float))
    return np.asarray(np.divide(part, of, out=np.full(part.shape, np.nan), where=of != 0))
