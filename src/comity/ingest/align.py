"""Which roll call of one release is which of another: by id, else by symbol and date, else by the votes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
# margin than the second nearest, from both sides, none has another symbol (docs/explanation/alignment.md).
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
class _Pairs:
    """Candidate pairs with what their cells say."""

    left: Ints
    right: Ints
    shared: Ints
    equal: Ints
    distance: Ints

    def keep(self, mask: NDArray[np.bool_]) -> _Pairs:
        return _Pairs(self.left[mask], self.right[mask], self.shared[mask], self.equal[mask], self.distance[mask])

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
    found: list[_Pairs] = []
    free_left, free_right = np.ones(len(lp), dtype=bool), np.ones(len(rp), dtype=bool)
    for method in METHODS:
        if method == "pattern":
            pairs = _by_pattern(lp, rp, left.days, right.days, free_left, free_right)
        else:
            field = "roll_call" if method == "id" else "symbol"
            i, j = _equal_text(left, right, field, free_left, free_right)
            near = _near_days(left.days[i], right.days[j])
            pairs = _compare(lp, rp, i[near], j[near])
            pairs = pairs.keep(pairs.consistent)
            pairs = pairs.keep(_winners(pairs.left, pairs.right, pairs.distance, 1))
        free_left[pairs.left] = False
        free_right[pairs.right] = False
        found.append(pairs)
    return _join(found, states)


def _join(found: list[_Pairs], states: tuple[str, ...]) -> Alignment:
    left = np.concatenate([p.left for p in found])
    order = np.argsort(left, kind="stable")
    return Alignment(
        left=left[order],
        right=np.concatenate([p.right for p in found])[order],
        method=np.repeat(np.arange(len(found), dtype=np.uint8), [len(p.left) for p in found])[order],
        shared=np.concatenate([p.shared for p in found])[order],
        equal=np.concatenate([p.equal for p in found])[order],
        distance=np.concatenate([p.distance for p in found])[order],
        states=states,
    )


def _equal_text(
    left: Frames, right: Frames, field: str, free_left: NDArray[np.bool_], free_right: NDArray[np.bool_]
) -> tuple[Ints, Ints]:
    """All pairs of free rows whose text in a column is equal and not null."""

    def side(frames: Frames, free: NDArray[np.bool_], name: str) -> pl.DataFrame:
        rows = pl.DataFrame({name: np.arange(len(free)), "text": pl.Series(frames.texts(field), dtype=pl.String)})
        return rows.filter(pl.Series(free) & pl.col("text").is_not_null())

    joined = side(left, free_left, "i").join(side(right, free_right, "j"), on="text")
    return joined["i"].to_numpy().astype(np.int64), joined["j"].to_numpy().astype(np.int64)


def _near_days(left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Whether two dates can belong to one roll call; an unknown date contradicts none."""
    apart = np.abs(left.astype(np.int64) - right)
    return np.asarray((apart <= MAX_DAYS) | (left == UNDATED) | (right == UNDATED))


def _compare(lp: Pattern, rp: Pattern, i: Ints, j: Ints) -> _Pairs:
    a, b = lp[i], rp[j]
    both = (a != NO_VOTE) & (b != NO_VOTE)
    same = a == b
    return _Pairs(i, j, both.sum(1), (both & same).sum(1), (~same).sum(1))


def _by_pattern(
    lp: Pattern,
    rp: Pattern,
    left_days: NDArray[np.int32],
    right_days: NDArray[np.int32],
    free_left: NDArray[np.bool_],
    free_right: NDArray[np.bool_],
) -> _Pairs:
    """Pairs of free rows that are each other's nearest by a clear margin among the rows within a month."""
    rows_left, rows_right = np.flatnonzero(free_left), np.flatnonzero(free_right)
    i, j, distance = _near(lp[rows_left], rp[rows_right], left_days[rows_left], right_days[rows_right])
    margin = np.maximum(MIN_MARGIN, distance / 2)
    wins = _winners(i, j, distance, margin)
    pairs = _compare(lp, rp, rows_left[i[wins]], rows_right[j[wins]])
    voting = ((lp[pairs.left] != NO_VOTE) | (rp[pairs.right] != NO_VOTE)).sum(1)
    return pairs.keep((pairs.shared >= MIN_CAST) & (pairs.distance <= MAX_SHARE * voting) & pairs.consistent)


def _near(
    lp: Pattern, rp: Pattern, left_days: NDArray[np.int32], right_days: NDArray[np.int32]
) -> tuple[Ints, Ints, Ints]:
    """Row pairs within MAX_DAYS whose patterns differ in few cells, and in how many.

    Few: twice what a match may show, so that the runner-up of a match is always among them.
    """
    reach = 2 * MAX_SHARE * lp.shape[1] + MIN_MARGIN
    by_left, by_right = np.argsort(left_days, kind="stable"), np.argsort(right_days, kind="stable")
    sorted_right = right_days[by_right].astype(np.int64)
    hot_right = _one_hot(rp[by_right])
    found: list[tuple[Ints, Ints, Ints]] = []
    for start in range(0, len(by_left), _BLOCK):
        rows = by_left[start : start + _BLOCK]
        days = left_days[rows].astype(np.int64)
        low, high = np.searchsorted(sorted_right, [days[0] - MAX_DAYS, days[-1] + MAX_DAYS + 1])
        distance = lp.shape[1] - np.rint(_one_hot(lp[rows]) @ hot_right[low:high].T).astype(np.int64)
        close = np.abs(days[:, None] - sorted_right[None, low:high]) <= MAX_DAYS
        i, j = np.nonzero(close & (distance <= reach))
        found.append((rows[i], by_right[low:high][j], distance[i, j]))
    if not found:
        empty = np.empty(0, dtype=np.int64)
        return empty, empty, empty
    i, j, d = (np.concatenate(part) for part in zip(*found, strict=True))
    return i, j, d


def _one_hot(pattern: Pattern) -> NDArray[np.float32]:
    return np.concatenate([pattern == k for k in range(NO_VOTE + 1)], axis=1).astype(np.float32)


def _winners(i: Ints, j: Ints, distance: Ints, margin: NDArray[np.float64] | int) -> NDArray[np.bool_]:
    """Which candidates are the nearest of both their rows, every other candidate of either further by ``margin``."""
    rivals = np.minimum(_runner_up(i, distance), _runner_up(j, distance))
    return np.asarray(rivals - distance >= margin)


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
