"""Chance-corrected agreement: 1 − Do / De over three ordered choices, never fewer.

Every function takes contingency tables of shape (..., 4, 4), ordered yes, abstain, no, absent, reads the votes both
cast, and returns an array of shape (...) that is at most 1 and negative where the two disagree more than chance. A
value is NaN where the two never voted together, or where the expected disagreement is 0 (both states always made one
and the same choice): agreement is then certain beforehand, and 0 would be false. Distances are linear, |i − j| / 2,
or squared, (i − j)² / 4, over yes, abstain, no at 0, 1, 2.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from comity.measures._cells import CAST, Floats, both_cast, over, total

_GAP = np.abs(np.subtract.outer(np.arange(float(CAST)), np.arange(float(CAST))))
LINEAR: Floats = _GAP / 2
SQUARED: Floats = _GAP**2 / 4
_NOMINAL: Floats = (_GAP > 0).astype(float)
_ROUNDING = 1e-12  # an expected disagreement below this is 0 written in floating point


def kappa_lin(tables: ArrayLike) -> Floats:
    """Cohen's weighted kappa, linear weights; De from each state's own marginals.

    Source: Cohen (1968), Psychological Bulletin 70, 213-220; for voting, Häge (2011), Political Analysis 19, 287-305.
    """
    return _own_marginals(tables, LINEAR)


def kappa_sq(tables: ArrayLike) -> Floats:
    """Cohen's weighted kappa, squared weights; De from each state's own marginals. Sources as ``kappa_lin``.

    >>> joint = np.array([[4, 1, 0, 9], [1, 2, 1, 0], [0, 1, 4, 0], [0, 0, 0, 0]])
    >>> round(float(kappa_sq(joint)), 4)
    0.8
    """
    return _own_marginals(tables, SQUARED)


def pi_lin(tables: ArrayLike) -> Floats:
    """Scott's weighted pi, linear weights; De from the pooled marginals.

    Source: Scott (1955), Public Opinion Quarterly 19, 321-325; for voting, Häge (2011).
    """
    return _pooled_marginals(tables, LINEAR)


def pi_sq(tables: ArrayLike) -> Floats:
    """Scott's weighted pi, squared weights; De from the pooled marginals. Sources as ``pi_lin``."""
    return _pooled_marginals(tables, SQUARED)


def brennan_prediger(tables: ArrayLike) -> Floats:
    """De from a uniform baseline over the three choices, squared weights: kappa without the marginals.

    Source: Brennan and Prediger (1981), Educational and Psychological Measurement 41, 687-699.
    """
    share, n = _shares(tables)
    return _corrected((share * SQUARED).sum(axis=(-2, -1)), np.full(n.shape, SQUARED.mean()), n)


def alpha_nominal(tables: ArrayLike) -> Floats:
    """Krippendorff's alpha, any difference counting alike; pooled without replacement.

    Source: Krippendorff (2004), Content Analysis, 2nd edition, chapter 11.
    """
    return _alpha(tables, _NOMINAL)


def alpha_interval(tables: ArrayLike) -> Floats:
    """Krippendorff's alpha, squared distances. Source as ``alpha_nominal``."""
    return _alpha(tables, SQUARED)


def alpha_ordinal(tables: ArrayLike) -> Floats:
    """Krippendorff's alpha, distances by the ranks between two choices. Source as ``alpha_nominal``."""
    ranks = np.cumsum(_pooled(tables), axis=-1) - _pooled(tables) / 2  # the mean rank of each choice
    distance = (ranks[..., :, None] - ranks[..., None, :]) ** 2
    largest = distance.max(axis=(-2, -1), initial=0)
    return _alpha(tables, distance / np.where(largest > 0, largest, 1)[..., None, None])


def marginals(tables: ArrayLike) -> tuple[Floats, Floats]:
    """Each state's shares of yes, abstain and no over the votes both cast; shape (..., 3) each, NaN without any."""
    share, _ = _shares(tables)
    return np.asarray(share.sum(axis=-1)), np.asarray(share.sum(axis=-2))


def prevalence(tables: ArrayLike) -> Floats:
    """The pooled share of the choice both made most often, in [1/3, 1]: near 1, expected agreement is high already."""
    first, second = marginals(tables)
    return np.asarray(((first + second) / 2).max(axis=-1))


def bias(tables: ArrayLike) -> Floats:
    """How far the two states' marginals differ, half the sum of absolute differences, in [0, 1].

    With two categories it is the bias index of Byrt, Bishop and Carlin (1993), Journal of Clinical Epidemiology 46,
    423-429.
    """
    first, second = marginals(tables)
    return np.asarray(np.abs(first - second).sum(axis=-1) / 2)


def _own_marginals(tables: ArrayLike, distance: Floats) -> Floats:
    share, n = _shares(tables)
    first, second = share.sum(axis=-1), share.sum(axis=-2)
    expected = np.einsum("...i,...j,ij->...", first, second, distance)
    return _corrected((share * distance).sum(axis=(-2, -1)), expected, n)


def _pooled_marginals(tables: ArrayLike, distance: Floats) -> Floats:
    share, n = _shares(tables)
    pooled = (share.sum(axis=-1) + share.sum(axis=-2)) / 2
    expected = np.einsum("...i,...j,ij->...", pooled, pooled, distance)
    return _corrected((share * distance).sum(axis=(-2, -1)), expected, n)


def _pooled(tables: ArrayLike) -> Floats:
    """How often each choice was made by either state, shape (..., 3); the sum is 2 n."""
    joint = both_cast(tables)
    return np.asarray(joint.sum(axis=-1) + joint.sum(axis=-2))


def _alpha(tables: ArrayLike, distance: Floats) -> Floats:
    """distance : in [0, 1], shape (3, 3) or (..., 3, 3)."""
    joint, pooled = both_cast(tables), _pooled(tables)
    n = total(joint)
    observed = over((joint * distance).sum(axis=(-2, -1)), n)
    # Two values drawn without replacement from all 2 n: a value is not drawn twice, and has no distance to itself.
    drawn = (pooled[..., :, None] * pooled[..., None, :] * distance).sum(axis=(-2, -1))
    return _corrected(observed, over(drawn, 2 * n * (2 * n - 1)), n)


def _shares(tables: ArrayLike) -> tuple[Floats, Floats]:
    joint = both_cast(tables)
    n = total(joint)
    return over(joint, n[..., None, None]), n


def _corrected(observed: Floats, expected: Floats, n: Floats) -> Floats:
    defined = (n > 0) & (expected > _ROUNDING)
    return np.asarray(1 - over(observed, np.where(defined, expected, 0)))
