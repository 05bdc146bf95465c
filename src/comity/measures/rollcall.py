"""Agreement that single roll calls decide: those on which all who voted chose alike say nothing and are left out."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.measures._cells import CAST, Floats, both_cast, over, total

_POSITION = np.arange(float(CAST))


def divided(cells: ArrayLike) -> NDArray[np.bool_]:
    """Mask of the roll calls that are not unanimous: two states that cast a vote chose differently.

    cells : shape (roll calls, states), 0 yes, 1 abstain, 2 no; any other code is no vote cast. An abstention is cast,
            so 100 yes and 1 abstention is divided.

    >>> divided([[0, 0, 3], [0, 1, 3], [3, 3, 3]]).tolist()
    [False, True, False]
    """
    given = np.asarray(cells)
    if given.ndim != 2:
        raise ValueError(f"cells have the shape (roll calls, states), got {given.shape}")
    made = np.stack([(given == choice).any(axis=1) for choice in range(CAST)])
    return np.asarray(made.sum(axis=0) > 1)


def voeten(tables: ArrayLike) -> Floats:
    """Mean of 1 − abs(a − b)/2 over the votes both cast, yes, abstain, no at 0, 1, 2; in [0, 1].

    tables : counted over divided roll calls only (see ``divided``), shape (..., 4, 4).
    Source: the agreement score of Voeten's dyadic files; their codebook warns that it is there for comparison.

    >>> float(voeten(np.array([[6, 2, 1, 5], [0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]])))
    0.75
    """
    cast = both_cast(tables)
    alike = 1 - np.abs(_POSITION[:, None] - _POSITION) / 2
    return over((cast * alike).sum(axis=(-2, -1)), total(cast))
