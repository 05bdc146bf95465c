"""4×4 contingency tables of all pairs over any slices of the record, in one pass.

Each state's choices become four bit rows (yes, abstain, no, absent), packed 64 roll calls a word; the table of
two states is a popcount of ANDed words. Slices (years, issues, any subset) are padded to whole words so that one
pass serves them all.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.model.choice import Choice
from comity.model.counts import Counts
from comity.votes.matrix import Cells

_PLANES = 4
_WORD = 64


@dataclass(frozen=True, eq=False)
class Tables:
    """Contingency tables of all pairs in every slice, held as one triangle (the whole is symmetric).

    upper  : shape (slices, P (P + 1) / 2) with P = 4 S: row c·S + i, column d·S + j, row ≤ column, laid out row by
             row, is the number of roll calls on which state i chose c and state j chose d.
    coded  : shape (slices, S, S): roll calls on which either is coded not-a-member (within the absences).
    size   : S.
    """

    upper: NDArray[np.unsignedinteger]
    coded: NDArray[np.int32]
    size: int

    def counts(self, slice_: int, i: int, j: int) -> Counts:
        """The table of one pair, state i's choice first."""
        rows = [[self._cell(slice_, c, i, d, j) for d in range(_PLANES)] for c in range(_PLANES)]
        return Counts.of(rows, int(self.coded[slice_, i, j]))

    def table(self, slice_: int) -> NDArray[np.int64]:
        """All pairs of a slice, shape (S, S, 4, 4)."""
        width = _PLANES * self.size
        full = np.zeros((width, width), np.int64)
        above = np.triu_indices(width)
        full[above] = full.T[above] = self.upper[slice_]
        return np.ascontiguousarray(full.reshape(_PLANES, self.size, _PLANES, self.size).transpose(1, 3, 0, 2))

    def _cell(self, slice_: int, c: int, i: int, d: int, j: int) -> int:
        row, column = sorted((c * self.size + i, d * self.size + j))
        return int(self.upper[slice_, _row_start(row, _PLANES * self.size) + column - row])


def tables(cells: Cells, slices: Sequence[NDArray[np.intp]] | None = None, *, threads: int | None = None) -> Tables:
    """Count all pairs.

    cells   : shape (roll calls, S), Choice codes.
    slices  : row indices of each slice; one slice of all rows by default.
    threads : worker threads; by default two, or one on a single core.
    """
    slices = [np.arange(len(cells))] if slices is None else slices
    longest = max((len(rows) for rows in slices), default=0)
    kind = np.uint8 if longest < 2**8 else np.uint16 if longest < 2**16 else np.uint32
    words, starts = _pack(cells, slices)
    width = words.shape[1]
    upper = np.empty((len(slices), _row_start(width, width)), dtype=kind)
    # An empty slice has no word, and reduceat cannot express an empty sum.
    filled = np.asarray([len(rows) > 0 for rows in slices], dtype=bool)
    upper[~filled] = 0
    target = slice(None) if filled.all() else filled

    def work(rows: range) -> None:
        anded, ones = np.empty(words.size, np.uint64), np.empty(words.size, np.uint8)
        for i in rows:
            shape = (len(words), width - i)
            both, bits = (flat[: shape[0] * shape[1]].reshape(shape) for flat in (anded, ones))
            np.bitwise_and(words[:, i : i + 1], words[:, i:], out=both)
            np.bitwise_count(both, out=bits)
            at = _row_start(i, width)
            upper[target, at : at + shape[1]] = (
                np.add.reduce(bits, axis=0, dtype=kind)  # twice as fast where one slice is the whole
                if len(starts) == 1
                else np.add.reduceat(bits, starts, axis=0, dtype=kind)
            )

    if filled.any():
        threads = threads or min(2, os.cpu_count() or 1)
        # Interleaved rows: early ones pair with more columns than late ones.
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, [range(t, width, threads) for t in range(threads)]))
    return Tables(upper, _coded(cells, slices), cells.shape[1])


def _row_start(row: int, width: int) -> int:
    """Where a row of the upper triangle begins."""
    return row * width - row * (row - 1) // 2


def _pack(cells: Cells, slices: Sequence[NDArray[np.intp]]) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
    """Bit planes, shape (words, 4 S), each slice padded to whole words; and the first word of each filled slice."""
    lengths = np.array([-(-len(rows) // _WORD) for rows in slices if len(rows)], dtype=np.intp)
    starts = np.cumsum(lengths) - lengths
    # One extra roll call of NOT_MEMBER, which is in no plane, serves as padding.
    padding = len(cells)
    order = np.full(int(lengths.sum()) * _WORD, padding, dtype=np.intp)
    for start, rows in zip(starts, (rows for rows in slices if len(rows)), strict=True):
        order[start * _WORD : start * _WORD + len(rows)] = rows
    by_state = np.concatenate([cells, np.full((1, cells.shape[1]), Choice.NOT_MEMBER, np.uint8)]).T
    laid = np.take(np.ascontiguousarray(by_state), order, axis=1)
    laid[laid == Choice.CODED_NONMEMBER] = Choice.ABSENT
    planes = np.concatenate([np.packbits(laid == choice, axis=1) for choice in range(_PLANES)])
    return np.ascontiguousarray(planes.view(np.uint64).T), starts


def _coded(cells: Cells, slices: Sequence[NDArray[np.intp]]) -> NDArray[np.int32]:
    """Roll calls on which either state of a pair is coded not-a-member while both are members."""
    size = cells.shape[1]
    out = np.zeros((len(slices), size, size), np.int32)
    for s, rows in enumerate(slices):
        coded = cells[rows] == Choice.CODED_NONMEMBER
        touched = coded.any(axis=1)
        if not touched.any():
            continue
        # Few rows hold such cells: a small exact product (float32 counts are exact to 2^24).
        has = coded[touched].astype(np.float32)
        member = (cells[rows][touched] != Choice.NOT_MEMBER).astype(np.float32)
        one_side = has.T @ member
        out[s] = np.rint(one_side + one_side.T - has.T @ has).astype(np.int32)
    return out


def against_all(cells: Cells, column: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """One state's tables with every state: counts (S, 4, 4) with its choice first, and coded (S,).

    A light path for questions about one state; equals the matching rows of ``tables``.
    """
    own = cells[:, column]
    counts = np.zeros((cells.shape[1], _PLANES, _PLANES), np.int64)
    coded = np.zeros(cells.shape[1], np.int64)
    for choice in range(Choice.NOT_MEMBER):
        rows = cells[own == choice]
        mine = min(choice, int(Choice.ABSENT))
        for theirs in range(_PLANES):
            counts[:, mine, theirs] += (rows == theirs).sum(axis=0)
        nonmember = (rows == Choice.CODED_NONMEMBER).sum(axis=0)
        counts[:, mine, Choice.ABSENT] += nonmember
        coded += (rows != Choice.NOT_MEMBER).sum(axis=0) if choice == Choice.CODED_NONMEMBER else nonmember
    return counts, coded
