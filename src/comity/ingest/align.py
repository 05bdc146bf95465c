"""Which roll call of one release is which of another: by id, else by symbol and date, else by the votes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from comity.ingest.frames import NO_VOTE, UNDATED, Frames, Pattern

Method = Literal["id", "symbol", "pattern"]
METHODS: tuple[Method, ...] = ("id", "symbol", "pattern")

# Voeten's releases know days only to the month before 2003, and their months are right: two dates of one
# roll call are never further apart than this.
MAX_DAYS = 31
# An id or a symbol with its date is nearly proof; the votes must only not contradict it.
MIN_AGREEMENT = 0.9
# By votes alone: of the Library layout's roll calls whose nearest in Voeten's is this near and nearer by this
# margin than the second nearest, from both sides, none has another symbol (a functional test measures it anew).
MAX_SHARE = 0.06
MIN_MARGIN = 2
MIN_CAST = 10
_BLOCK = 512

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Alignment:
    """Pairs of roll calls held to be the same vote.

    left, right : row numbers in the two releases, one entry a pair, ordered by left.
    method      : index into METHODS, how each pair was found.
    shared      : cells in which both releases hold a cast vote, and ``equal`` how many of them are the same.
    distance    : states whose cell differs when "no vote cast" counts as a fourth choice.
    states      : the states both releases hold, over which the cells are counted.
    """

    left: Ints
    right: Ints
    method: NDArray[np.uint8]
    shared: Ints
    equal: Ints
    distance: Ints
    states: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.left)

    def by_method(self) -> dict[str, int]:
        """How many pairs each method found."""
        return {name: int((self.method == i).sum()) for i, name in enumerate(METHODS)}

    def chosen(self, method: str) -> NDArray[np.bool_]:
        """Which pairs a method found."""
        return np.asarray(self.method == METHODS.index(method))

    def flipped(self) -> Alignment:
        """The same pairs with the two releases exchanged."""
        order = np.argsort(self.right, kind="stable")
        return Alignment(
            self.right[order],
            self.left[order],
            self.method[order],
            self.shared[order],
            self.equal[order],
            self.distance[order],
            self.states,
        )


@dataclass(frozen=True, eq=False)
class _Near:
    """Candidate pairs and in how many cells they differ."""

    left: Ints
    right: Ints
    distance: Ints

    @property
    def columns(self) -> tuple[Ints, ...]:
        return tuple(getattr(self, field.name) for field in fields(self))

    def keep(self, mask: NDArray[np.bool_]) -> Self:
        return type(self)(*(column[mask] for column in self.columns))


@dataclass(frozen=True, eq=False)
class _Pairs(_Near):
    """Candidate pairs with what their cells say."""

    shared: Ints
    equal: Ints

    @property
    def consistent(self) -> NDArray[np.bool_]:
        """Whether the cells cast in both do not contradict that the pair is one vote."""
        return self.equal >= MIN_AGREEMENT * self.shared


def align(left: Frames, right: Frames) -> Alignment:
    """Match the roll calls of two releases; each is matched at most once, doubtful ones not at all.

    First equal ids (releases that share a numbering), then equal symbols, then the votes themselves. Every pair
    lies at most a month apart and its votes agree; where two candidates are equally good, neither is taken.
    """
    states = tuple(sorted(set(left.states) & set(right.states)))
    lp, rp = left.pattern(states), right.pattern(states)
    free = _Free(np.ones(len(lp), dtype=bool), np.ones(len(rp), dtype=bool))
    by_id = free.take(_by_text(left, right, lp, rp, "roll_call", free))
    near = _near(lp, rp, left.days, right.days, free)
    by_symbol = _by_text(left, right, lp, rp, "symbol", free)
    by_symbol = free.take(by_symbol.keep(~_outdone(by_symbol, near, lp, rp)))
    by_pattern = free.take(_by_pattern(lp, rp, near, free))
    return _join([by_id, by_symbol, by_pattern], states)


def resembling(left: Frames, right: Frames, rows: Ints) -> Ints:
    """Which of some rows of ``right`` are as near to a row of ``left`` as a match by votes may be."""
    states = tuple(sorted(set(left.states) & set(right.states)))
    lp, rp = left.pattern(states), right.pattern(states)
    chosen = np.zeros(len(rp), dtype=bool)
    chosen[rows] = True
    near = _near(lp, rp, left.days, right.days, _Free(np.ones(len(lp), dtype=bool), chosen))
    voting = (rp[near.right] != NO_VOTE).sum(1)
    return np.unique(near.right[near.distance <= MAX_SHARE * voting])


@dataclass(frozen=True, eq=False)
class _Free:
    """Rows of either release that are not matched yet."""

    left: NDArray[np.bool_]
    right: NDArray[np.bool_]

    def take(self, pairs: _Pairs) -> _Pairs:
        self.left[pairs.left] = False
        self.right[pairs.right] = False
        return pairs


def _join(found: list[_Pairs], states: tuple[str, ...]) -> Alignment:
    left, right, distance, shared, equal = (
        np.concatenate(part) for part in zip(*(pairs.columns for pairs in found), strict=True)
    )
    method = np.repeat(np.arange(len(found), dtype=np.uint8), [len(pairs.left) for pairs in found])
    o = np.argsort(left, kind="stable")
    return Alignment(left[o], right[o], method[o], shared[o], equal[o], distance[o], states)


def _by_text(left: Frames, right: Frames, lp: Pattern, rp: Pattern, field: str, free: _Free) -> _Pairs:
    """Free rows with the same text in a column, within a month, each other's nearest among those."""

    def side(frames: Frames, unmatched: NDArray[np.bool_], name: str) -> pl.DataFrame:
        texts = pl.Series(frames.texts(field), dtype=pl.String)
        rows = pl.DataFrame({name: np.arange(len(unmatched)), "text": texts})
        return rows.filter(pl.Series(unmatched) & pl.col("text").is_not_null())

    joined = side(left, free.left, "i").join(side(right, free.right, "j"), on="text")
    i, j = joined["i"].to_numpy().astype(np.int64), joined["j"].to_numpy().astype(np.int64)
    near = _near_days(left.days[i], right.days[j])
    pairs = _compare(lp, rp, i[near], j[near])
    pairs = pairs.keep(pairs.consistent)
    return pairs.keep(_winners(pairs, 1))


def _outdone(pairs: _Pairs, near: _Near, lp: Pattern, rp: Pattern) -> NDArray[np.bool_]:
    """Whether another row fits one of a pair's two rows clearly better.

    A paragraph vote carries the symbol of its resolution: equal symbols alone would match it with the vote on the
    whole text where the release lacks that one, or does not name it.
    """
    itself = np.isin(near.left * len(rp) + near.right, pairs.left * len(rp) + pairs.right)
    rivals = near.keep(~itself)
    nearest = np.full((2, max(len(lp), len(rp))), np.inf)
    np.minimum.at(nearest[0], rivals.left, rivals.distance)
    np.minimum.at(nearest[1], rivals.right, rivals.distance)
    best = np.minimum(nearest[0, pairs.left], nearest[1, pairs.right])
    return np.asarray(best + MIN_MARGIN <= pairs.distance)


def _near_days(left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Whether two dates can belong to one roll call; an unknown date contradicts none."""
    apart = np.abs(left.astype(np.int64) - right)
    return np.asarray((apart <= MAX_DAYS) | (left == UNDATED) | (right == UNDATED))


def _compare(lp: Pattern, rp: Pattern, i: Ints, j: Ints) -> _Pairs:
    a, b = lp[i], rp[j]
    both = (a != NO_VOTE) & (b != NO_VOTE)
    same = a == b
    return _Pairs(i, j, (~same).sum(1), both.sum(1), (both & same).sum(1))


def _by_pattern(lp: Pattern, rp: Pattern, near: _Near, free: _Free) -> _Pairs:
    """Free rows that are each other's nearest by a clear margin."""
    near = near.keep(free.left[near.left] & free.right[near.right])
    near = near.keep(_winners(near, np.maximum(MIN_MARGIN, near.distance / 2)))
    pairs = _compare(lp, rp, near.left, near.right)
    voting = ((lp[pairs.left] != NO_VOTE) | (rp[pairs.right] != NO_VOTE)).sum(1)
    return pairs.keep((pairs.shared >= MIN_CAST) & (pairs.distance <= MAX_SHARE * voting) & pairs.consistent)


def _near(lp: Pattern, rp: Pattern, left_days: NDArray[np.int32], right_days: NDArray[np.int32], free: _Free) -> _Near:
    """Pairs of free rows within MAX_DAYS whose patterns differ in few cells.

    Few: twice what a match may show, so that the runner-up of a match is always among them.
    """
    reach = 2 * MAX_SHARE * lp.shape[1] + MIN_MARGIN
    by_left = _by_day(left_days, free.left)
    by_right = _by_day(right_days, free.right)
    sorted_right = right_days[by_right].astype(np.int64)
    hot_right = _one_hot(rp[by_right])
    none = np.empty(0, dtype=np.int64)
    found = [(none, none, none)]
    for start in range(0, len(by_left), _BLOCK):
        rows = by_left[start : start + _BLOCK]
        days = left_days[rows].astype(np.int64)
        low, high = np.searchsorted(sorted_right, [days[0] - MAX_DAYS, days[-1] + MAX_DAYS + 1])
        distance = lp.shape[1] - np.rint(_one_hot(lp[rows]) @ hot_right[low:high].T).astype(np.int64)
        close = np.abs(days[:, None] - sorted_right[None, low:high]) <= MAX_DAYS
        i, j = np.nonzero(close & (distance <= reach))
        found.append((rows[i], by_right[low:high][j], distance[i, j]))
    return _Near(*(np.concatenate(part) for part in zip(*found, strict=True)))


def _by_day(days: NDArray[np.int32], free: NDArray[np.bool_]) -> Ints:
    """Free, dated rows in the order of their dates."""
    rows = np.flatnonzero(free & (days != UNDATED))
    return rows[np.argsort(days[rows], kind="stable")]


def _one_hot(pattern: Pattern) -> NDArray[np.float32]:
    return np.concatenate([pattern == k for k in range(NO_VOTE + 1)], axis=1).astype(np.float32)


def _winners(pairs: _Near, margin: NDArray[np.float64] | int) -> NDArray[np.bool_]:
    """Which candidates are the nearest of both their rows, every other candidate of either further by ``margin``."""
    rivals = np.minimum(_runner_up(pairs.left, pairs.distance), _runner_up(pairs.right, pairs.distance))
    return np.asarray(rivals - pairs.distance >= margin)


def _runner_up(key: Ints, distance: Ints) -> NDArray[np.float64]:
    """For each candidate, the smallest distance among the *other* candidates of its key; infinity where alone."""
    order = np.lexsort((distance, key))
    k, d = key[order], distance[order].astype(float)
    first = np.ones(len(k), dtype=bool)
    first[1:] = k[1:] != k[:-1]
    starts = np.flatnonzero(first)
    group = np.cumsum(first) - 1
    second = np.full(len(starts), np.inf)
    has_second = np.append(starts[1:], len(k)) - starts > 1
    second[has_second] = d[starts[has_second] + 1]
    other = np.where(first, second[group], d[starts][group] if len(starts) else d)
    result = np.empty(len(k))
    result[order] = other
    return result
