"""Contingency tables by resolution family: the array that every resampling measure starts from."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.model.choice import Choice

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

RELIABLE_FROM = 15
"""Families (or blocks) below which an interval or a test is labelled unreliable."""

_CHOICES = 4


def own_families(ids: ArrayLike) -> Ints:
    """Family ids with every −1, a roll call that belongs to no family, made a family of its own.

    >>> own_families([7, -1, 7, -1]).tolist()
    [7, 8, 7, 9]
    """
    made = np.array(ids, dtype=np.int64)
    alone = made < 0
    made[alone] = made.max(initial=-1) + 1 + np.arange(alone.sum())
    return made


def tables_by_family(
    first: ArrayLike, others: ArrayLike, family: ArrayLike, period: ArrayLike | None = None, periods: int = 1
) -> Ints:
    """Joint choices by family and period, shape (F, periods, ..., 4, 4), the first state's choice first.

    first   : Choice codes, shape (R,): one state on R roll calls; or (R, N), the first of each of N pairs.
    others  : Choice codes, shape (R,) or (R, N): its partner, or all of them.
    family  : ids, shape (R,); −1 is a family of its own (call ``own_families`` first where a roll call is named twice).
    period  : which period each roll call counts in, −1 for none; all in period 0 by default.
    F counts the families with at least one counted roll call, in rising order of id. A member coded not-a-member is
    absent; a pair without a seat on the day is not counted. ValueError where the lengths differ.
    """
    first, others = np.asarray(first), np.asarray(others)
    when = np.zeros(len(first), np.int64) if period is None else np.asarray(period, np.int64)
    if not len(first) == len(others) == len(np.asarray(family)) == len(when):
        raise ValueError("first, others, family and period must be of one length")
    kept = when >= 0
    found, place = np.unique(own_families(family)[kept], return_inverse=True)
    width = others[0].size if others.ndim > 1 and len(others) else 1
    seen_first = first[kept].astype(np.int64).reshape(len(place), -1 if len(place) else 1)
    seen = others[kept].astype(np.int64).reshape(len(place), width)
    cell = (place * periods + when[kept])[:, None] * width + np.arange(width)
    absent = int(Choice.ABSENT)
    index = (cell * _CHOICES + np.minimum(seen_first, absent)) * _CHOICES + np.minimum(seen, absent)
    member = (seen_first != Choice.NOT_MEMBER) & (seen != Choice.NOT_MEMBER)
    shape = (len(found), periods, *others.shape[1:], _CHOICES, _CHOICES)
    tables = np.bincount(index[member], minlength=int(np.prod(shape))).reshape(shape)
    return tables[tables.reshape(len(found), -1).any(axis=1)] if len(found) else tables
