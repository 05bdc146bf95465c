"""From a matrix of votes to the arrays that the ideal-point model is fitted to."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.measures.ideal.connect import check_connected, named
from comity.measures.ideal.model import IntArray, Votes

Ints = NDArray[np.int64]


def prepare(
    cells: ArrayLike,
    session: ArrayLike,
    *,
    links: ArrayLike | None = None,
    leave_out: ArrayLike | None = None,
    drop_thin: bool = False,
) -> Votes:
    """Link identical texts, drop unanimous items, index the votes that remain.

    cells     : (R, S) 0 yes, 1 abstain, 2 no, anything higher no vote; a row a roll call, a column a state.
    session   : (R,) number of the session of each row.
    links     : (L, 2) pairs of rows with the same text, (earlier, later), followed transitively to the earliest;
                or (R,) family ids, −1 for a row with no family; None links nothing.
    leave_out : (R,) true for rows that the caller leaves out.
    drop_thin : leave out, instead of refusing, sessions with a single item and states with a single vote.
    Raises ValueError, saying which: a selection with no vote or only unanimous items, a session with a single
    item, a state with a single vote, sessions that nothing connects.
    """
    grid, when = np.asarray(cells, np.uint8), np.asarray(session, np.int64)
    if grid.ndim != 2 or when.shape != grid.shape[:1]:
        raise ValueError(
            f"cells must be (roll calls, states) and session (roll calls,); got {grid.shape}, {when.shape}"
        )
    left = np.zeros(when.size, bool) if leave_out is None else np.array(leave_out, bool)
    reasons = {"left out by the caller": int(left.sum())}
    first = _first_rows(links, when)
    cast = (grid <= 2) & ~left[:, None]
    reasons["no vote cast"] = int((~left & ~cast.any(axis=1)).sum())
    if not cast.any():
        raise ValueError("no vote is left in the selection")
    cast = _thinned(grid, cast, first, when, reasons, drop_thin)
    votes = _indexed(grid, cast, first, when, reasons)
    check_connected(votes)
    return votes


def _thinned(
    grid: NDArray[np.uint8], cast: NDArray[np.bool_], first: Ints, when: Ints, reasons: dict[str, int], drop: bool
) -> NDArray[np.bool_]:
    """Cells that stay: no unanimous item, and where asked no thin session or state; until nothing more falls."""
    for reason in ("unanimous", "alone in its session"):
        reasons[reason] = 0
    reasons["states with one vote"] = 0
    while True:
        kept = cast & ~_unanimous(grid, cast, first)[:, None]
        reasons["unanimous"] += _fell(cast, kept)
        if not kept.any():
            raise ValueError("every item in the selection is unanimous: nothing can be placed")
        lonely, single = _lonely_sessions(kept, first, when), np.flatnonzero(kept.sum(axis=0) == 1)
        if not lonely.size and not single.size:
            return kept
        if not drop:
            _refuse_thin(lonely, single)
        cast = kept & ~np.isin(when, lonely)[:, None]
        reasons["alone in its session"] += _fell(kept, cast)
        reasons["states with one vote"] += int(single.size)
        cast[:, single] = False


def _fell(before: NDArray[np.bool_], after: NDArray[np.bool_]) -> int:
    return int((before.any(axis=1) & ~after.any(axis=1)).sum())


def _refuse_thin(lonely: Ints, single: Ints) -> None:
    if lonely.size:
        raise ValueError(f"a session needs two roll calls that divide it; only one in {named('session', lonely)}")
    raise ValueError(f"a state needs two votes to be placed; only one cast by {named('state column', single)}")


def _first_rows(links: ArrayLike | None, when: Ints) -> Ints:
    """Row → the earliest row with its text, itself where it has none earlier."""
    rows = np.arange(when.size)
    if links is None or np.size(links) == 0:
        return rows
    given = np.asarray(links, np.int64)
    age = np.empty_like(rows)
    age[np.lexsort((rows, when))] = rows
    if given.ndim == 1:
        if given.shape != when.shape:
            raise ValueError(f"family ids must be one a roll call, {when.size}; got {given.size}")
        order = rows[np.argsort(age)]
        ids, start = np.unique(given[order], return_index=True)
        return np.where(given < 0, rows, order[start][np.searchsorted(ids, given)])
    if given.min() < 0 or given.max() >= when.size:
        raise ValueError(
            f"links name rows outside the matrix: {given.min()} to {given.max()}, rows 0 to {when.size - 1}"
        )
    pairs = given[np.argsort(age[given[:, 0]])[::-1]]
    parent = rows.copy()
    forward = age[pairs[:, 0]] < age[pairs[:, 1]]
    parent[pairs[forward, 1]] = pairs[forward, 0]  # sorted: the earliest of several is written last
    while not np.array_equal(parent, parent[parent]):
        parent = parent[parent]
    return parent


def _unanimous(grid: NDArray[np.uint8], cast: NDArray[np.bool_], first: Ints) -> NDArray[np.bool_]:
    """(R,) whether the votes on a row's item are all the same choice."""
    tally = np.stack([((grid == choice) & cast).sum(axis=1) for choice in range(3)])
    total = np.stack([np.bincount(first, weights=row, minlength=first.size) for row in tally])
    unanimous: NDArray[np.bool_] = ((total > 0).sum(axis=0) < 2)[first]
    return unanimous


def _lonely_sessions(cast: NDArray[np.bool_], first: Ints, when: Ints) -> Ints:
    """Sessions in which a single item is voted on."""
    voted = cast.any(axis=1)
    pairs = np.unique(np.stack([when[voted], first[voted]]), axis=1)[0]
    sessions, items = np.unique(pairs, return_counts=True)
    lonely: Ints = sessions[items == 1]
    return lonely


def _indexed(
    grid: NDArray[np.uint8], cast: NDArray[np.bool_], first: Ints, when: Ints, reasons: dict[str, int]
) -> Votes:
    rows, columns = np.nonzero(cast)
    voted = cast.any(axis=1)
    heads = np.unique(first[voted])
    begun = np.full(first.size, np.iinfo(np.int64).max)
    np.minimum.at(begun, first[voted], when[voted])
    heads = heads[np.lexsort((heads, begun[heads]))]
    place = np.full(first.size, -1)
    place[heads] = np.arange(heads.size)
    row_item = np.where(voted, place[first], -1)
    low = int(when.min())
    span = int(when.max()) - low + 1
    key = columns * span + (when[rows] - low)
    present = np.flatnonzero(np.bincount(key, minlength=grid.shape[1] * span))
    number = np.zeros(grid.shape[1] * span, np.int64)
    number[present] = np.arange(present.size)
    unit, item = number[key], row_item[rows]
    order = np.argsort(item * present.size + unit, kind="stable")
    item, unit = item[order].astype(np.int32), unit[order].astype(np.int32)
    state, cast_in = present // span, present % span + low
    previous, following = _neighbours(state)
    counts = np.bincount(unit, minlength=present.size)
    return Votes(
        choice=grid[rows, columns][order].astype(np.int8),
        item=item,
        unit=unit,
        state=state.astype(np.int32),
        session=cast_in.astype(np.int32),
        previous=previous,
        following=following,
        weight=shares(counts, previous, following),
        item_start=_starts(item, heads.size),
        unit_order=np.argsort(unit, kind="stable").astype(np.int32),
        unit_start=_starts(unit, present.size),
        row=heads.astype(np.int32),
        row_item=row_item.astype(np.int32),
        left_out=reasons,
    )


def _starts(index: IntArray, size: int) -> IntArray:
    return np.concatenate([[0], np.cumsum(np.bincount(index, minlength=size))]).astype(np.int32)


def _neighbours(state: Ints) -> tuple[IntArray, IntArray]:
    """Units of the same state's session before and after, −1 where there is none."""
    units = np.arange(state.size, dtype=np.int32)
    same = state[1:] == state[:-1]
    previous, following = np.full(state.size, -1, np.int32), np.full(state.size, -1, np.int32)
    previous[1:][same] = units[:-1][same]
    following[:-1][same] = units[1:][same]
    return previous, following


def shares(counts: Ints, previous: IntArray, following: IntArray) -> NDArray[np.float64]:
    """s_it = n_t / (n_t + n of the session leaned on): the fewer votes now, the more θ keeps to its lag.

    A state's first session leans on its second; a state with one session leans on nothing, its share is 1.
    """
    leaned = np.where(previous >= 0, previous, following)
    return np.where(leaned >= 0, counts / (counts + np.where(leaned >= 0, counts[leaned], 0)), 1.0)
