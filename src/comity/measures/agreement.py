"""Agreement measures that read the joint choices alone: shares, Lijphart's index, the State Department's, S.

Every function takes contingency tables of shape (..., 4, 4), ordered yes, abstain, no, absent, the first state's
choice first, and returns an array of shape (...). A value is NaN where its denominator is 0: the two states never
shared a vote of the kind the measure counts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from comity.measures._cells import CAST, Floats, both_cast, over, total, whole

YES, ABSTAIN, NO = 0, 1, 2
_POSITION = np.array([0.0, 1.0, 2.0])  # yes, abstain, no: equally spaced


def same_share(tables: ArrayLike) -> Floats:
    """Same vote over the votes both cast, s / n, in [0, 1].

    >>> float(same_share(np.diag([6, 1, 1, 2]) + np.fliplr(np.diag([0, 0, 2, 0]))))
    0.8
    """
    cast = both_cast(tables)
    return over(np.trace(cast, axis1=-2, axis2=-1), total(cast))


def opposite_share(tables: ArrayLike) -> Floats:
    """One yes and one no over the votes both cast, o / n, in [0, 1]."""
    cast = both_cast(tables)
    return over(_opposite(cast), total(cast))


def ambivalent_share(tables: ArrayLike) -> Floats:
    """Exactly one abstained over the votes both cast, p / n, in [0, 1]."""
    cast = both_cast(tables)
    return over(_ambivalent(cast), total(cast))


def same_share_of_all(tables: ArrayLike) -> Floats:
    """Same vote over all recorded votes, absences included, s / (n + x), in [0, 1]."""
    return over(np.trace(both_cast(tables), axis1=-2, axis2=-1), total(whole(tables)))


def opposite_share_of_all(tables: ArrayLike) -> Floats:
    """Opposite votes over all recorded votes, in [0, 1]."""
    return over(_opposite(both_cast(tables)), total(whole(tables)))


def ambivalent_share_of_all(tables: ArrayLike) -> Floats:
    """Exactly one abstained over all recorded votes, in [0, 1]."""
    return over(_ambivalent(both_cast(tables)), total(whole(tables)))


def absent_share(tables: ArrayLike) -> Floats:
    """At least one absent over all recorded votes, x / (n + x), in [0, 1]."""
    recorded = total(whole(tables))
    return over(recorded - total(both_cast(tables)), recorded)


def votes_only(tables: ArrayLike) -> Floats:
    """(YY + NN) / (YY + NN + o): abstentions left out, in [0, 1].

    Source: United States Department of State, Voting Practices in the United Nations, reports to 2016.
    """
    cast = both_cast(tables)
    alike = cast[..., YES, YES] + cast[..., NO, NO]
    return over(alike, alike + _opposite(cast))


def state_incl_consensus(tables: ArrayLike, consensus: ArrayLike) -> Floats:
    """(YY + NN + rC) / (YY + NN + o + rC): texts adopted without a vote counted as agreement, in [0, 1].

    consensus : C, texts adopted without a vote, not negative; NaN where not known, and then the value is NaN.
    r is the share of the recorded votes on which both cast a vote, abstentions included. The reports take the other
    state's participation alone; the two are equal where the United States cast every vote.
    Source: United States Department of State, Voting Practices in the United Nations, reports to 2016, second figure.
    """
    texts = np.asarray(consensus, float)
    if (texts < 0).any():
        raise ValueError("texts adopted without a vote are a count, got a negative one")
    cast = both_cast(tables)
    alike = cast[..., YES, YES] + cast[..., NO, NO]
    added = over(total(cast), total(whole(tables))) * texts
    return over(alike + added, alike + _opposite(cast) + added)


def ia(tables: ArrayLike) -> Floats:
    """Index of agreement, (s + p/2) / n, in [0, 1].

    Source: Lijphart (1963), American Political Science Review 57, 902-917.

    >>> float(ia(np.array([[10, 4, 2, 0], [0] * 4, [0] * 4, [0] * 4])))
    0.75
    """
    cast = both_cast(tables)
    return over(np.trace(cast, axis1=-2, axis2=-1) + _ambivalent(cast) / 2, total(cast))


def state_2022(tables: ArrayLike) -> Floats:
    """(s + p/2 + x/2) / (n + x): absences count half, in [0, 1].

    Source: the arithmetic of the United States Department of State's reports of 2022 and 2023, whose text says that
    absences are excluded.
    """
    cast, recorded = both_cast(tables), total(whole(tables))
    absent = recorded - total(cast)
    return over(np.trace(cast, axis1=-2, axis2=-1) + (_ambivalent(cast) + absent) / 2, recorded)


def s(tables: ArrayLike) -> Floats:
    """S with absolute distances, 1 − 2 Σ d / (n dmax), in [−1, 1]; equal to 2·ia − 1.

    Source: Signorino and Ritter (1999), International Studies Quarterly 43, 115-144.
    """
    return _s(tables, np.abs(_POSITION[:, None] - _POSITION) / 2)


def s_sq(tables: ArrayLike) -> Floats:
    """S with squared distances, 1 − 2 Σ d² / (n dmax²), in [−1, 1].

    Source: as ``s``; the squared distance is the default of common software.
    """
    return _s(tables, (_POSITION[:, None] - _POSITION) ** 2 / 4)


def s_weighted(a: ArrayLike, b: ArrayLike, weights: ArrayLike, *, squared: bool = False) -> float:
    """S over single roll calls with a weight each, 1 − 2 Σ w d / (dmax Σ w).

    a, b    : choices 0 yes, 1 abstain, 2 no; any other code is left out. Shape (roll calls,).
    weights : not negative, of the same length, not all 0 where both voted; ValueError otherwise.
    In [−1, 1]; NaN where the two never voted together.
    """
    first, second, w = np.asarray(a), np.asarray(b), np.asarray(weights, float)
    if not (first.shape == second.shape == w.shape and w.ndim == 1):
        raise ValueError(f"one weight a roll call: got {w.shape} weights for {first.shape} and {second.shape} votes")
    if not np.all(np.isfinite(w)) or (w < 0).any():
        raise ValueError("weights are finite and not negative")
    both = (first < CAST) & (second < CAST)
    if not both.any():
        return float("nan")
    if w[both].sum() == 0:
        raise ValueError("the weights of all votes that both cast are 0")
    d = np.abs(first[both].astype(float) - second[both].astype(float)) / 2
    return float(1 - 2 * (w[both] * (d**2 if squared else d)).sum() / w[both].sum())


def _s(tables: ArrayLike, distance: Floats) -> Floats:
    cast = both_cast(tables)
    return 1 - 2 * over((cast * distance).sum(axis=(-2, -1)), total(cast))


def _opposite(cast: Floats) -> Floats:
    return np.asarray(cast[..., YES, NO] + cast[..., NO, YES])


def _ambivalent(cast: Floats) -> Floats:
    middle = cast[..., ABSTAIN, :].sum(axis=-1) + cast[..., :, ABSTAIN].sum(axis=-1)
    return np.asarray(middle - 2 * cast[..., ABSTAIN, ABSTAIN])
