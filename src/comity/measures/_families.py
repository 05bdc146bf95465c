"""Contingency tables by resolution family: the array that every resampling measure starts from."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, eq=False)
class Crossing:
    """The family, the session and the period of each row of tables by family × session; shape (K,) each.

    A session that lies in two periods is two: sessions are drawn within their period.
    """

    family: Ints
    session: Ints
    period: Ints

    def units(self) -> tuple[Ints, Ints, Ints]:
        """Row → family from 0, row → session from 0, session → period."""
        families = np.unique(self.family, return_inverse=True)[1]
        both = np.stack([self.period, self.session], axis=1)
        sessions, place = np.unique(both, axis=0, return_inverse=True)
        return families, place.reshape(-1), sessions[:, 0]


def crossed_tables(
    first: ArrayLike,
    others: ArrayLike,
    family: ArrayLike,
    session: ArrayLike,
    period: ArrayLike | None = None,
    periods: int = 1,
) -> tuple[Ints, Crossing]:
    """As ``tables_by_family``, a row a family and session: shape (K, periods, ..., 4, 4), K the cells with a vote.

    session : of each roll call, shape (R,), not negative.
    """
    when = np.zeros(len(np.asarray(family)), np.int64) if period is None else np.asarray(period, np.int64)
    own = np.unique(own_families(family), return_inverse=True)[1]
    numbers = np.asarray(session, np.int64)
    if numbers.shape != when.shape or (numbers < 0).any():
        raise ValueError("session must name the session of each roll call, by a number that is not negative")
    width = int(numbers.max(initial=0)) + 1
    ids, tables = _found(first, others, (own * width + numbers) * periods + np.maximum(when, 0), when, periods)
    return tables, Crossing(ids // (width * periods), ids // periods % width, ids % periods)


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
    return _found(first, others, family, period, periods)[1]


def _found(
    first: ArrayLike, others: ArrayLike, family: ArrayLike, period: ArrayLike | None, periods: int
) -> tuple[Ints, Ints]:
    """The ids that have a counted roll call, rising, and their tables."""
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
    some = tables.reshape(len(found), -1).any(axis=1) if len(found) else np.zeros(0, bool)
    return found[some], tables[some]
