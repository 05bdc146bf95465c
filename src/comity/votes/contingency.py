"""4×4 contingency tables of all pairs over any slices of the record, in one pass.

Each state's choices become four bit rows (yes, abstain, no, absent), packed 64 roll calls a word; the table of
two states is a popcount of ANDed words. Slices (years, issues, any subset) are padded to whole words so that one
pass serves them all.
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from comity.model.choice import Choice
from comity.model.counts import Counts
from comity.votes.matrix import Cells

_PLANES = 4
_WORD = 64
_CALL = 512  # words of a column that one call takes at most, unless a single row has more

Rows = Sequence[NDArray[np.intp]]
Numbers = NDArray[np.unsignedinteger]


@dataclass(frozen=True, eq=False)
class Tables:
    """Contingency tables of all pairs in every slice, held as one triangle (the whole is symmetric).

    upper : with P = 4 S, one block a row r = c·S + i after the other, of shape (slices, P - r): the number of roll
            calls of the slice on which state i chose c and state j chose d, for the columns d·S + j from r on.
    place : the position of each slice in the blocks.
    coded : shape (slices, S, S): roll calls on which either is coded not-a-member (within the absences).
    size  : S.
    """

    upper: Numbers
    place: NDArray[np.intp]
    coded: Numbers
    size: int

    def counts(self, slice_: int, i: int, j: int) -> Counts:
        """The table of one pair, state i's choice first."""
        rows = [[self._cell(slice_, c, i, d, j) for d in range(_PLANES)] for c in range(_PLANES)]
        return Counts.of(rows, int(self.coded[slice_, i, j]))

    def table(self, slice_: int) -> NDArray[np.int64]:
        """All pairs of a slice, shape (S, S, 4, 4)."""
        width = _PLANES * self.size
        full = np.zeros((width, width), np.int64)
        for row in range(width):
            full[row, row:] = _block(self.upper, len(self.place), row, width)[self.place[slice_]]
        full += np.triu(full, 1).T
        return np.ascontiguousarray(full.reshape(_PLANES, self.size, _PLANES, self.size).transpose(1, 3, 0, 2))

    def _cell(self, slice_: int, c: int, i: int, d: int, j: int) -> int:
        row, column = sorted((c * self.size + i, d * self.size + j))
        block = _block(self.upper, len(self.place), row, _PLANES * self.size)
        return int(block[self.place[slice_], column - row])


def tables(cells: Cells, slices: Rows | None = None, *, threads: int | None = None) -> Tables:
    """Count all pairs.

    cells   : shape (roll calls, S), Choice codes.
    slices  : row indices of each slice (a row named twice counts twice); one slice of all rows by default.
    threads : worker threads; by default two, or one on a single core.
    """
    slices = [np.arange(len(cells))] if slices is None else slices
    longest = max((len(rows) for rows in slices), default=0)
    kind = np.uint8 if longest < 2**8 else np.uint16 if longest < 2**16 else np.uint32
    words, layers, place = _pack(cells, slices)
    width = words.shape[1]
    upper: Numbers = np.empty(len(slices) * _row_start(width, width), dtype=kind)

    # Several rows a call where they are short, so that two threads seldom wait for the interpreter's lock.
    group = max(1, _CALL // max(1, len(words)))

    def work(starts: range) -> None:
        anded, ones = np.empty(words.size * group, np.uint64), np.empty(words.size * group, np.uint8)
        for i in starts:
            shape = (len(words), min(group, width - i), width - i)
            both, bits = (flat[: math.prod(shape)].reshape(shape) for flat in (anded, ones))
            np.bitwise_and(words[:, i : i + group, None], words[:, None, i:], out=both)
            np.bitwise_count(both, out=bits)
            sums = _add_layers(bits, layers, kind)
            for r in range(shape[1]):
                _block(upper, len(slices), i + r, width)[:] = sums[:, r, r:]

    if slices:
        threads = threads or min(2, os.cpu_count() or 1)
        # Interleaved rows: early ones pair with more columns than late ones.
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, [range(t * group, width, threads * group) for t in range(threads)]))
    return Tables(upper, place, _coded(cells, slices, kind), cells.shape[1])


def _row_start(row: int, width: int) -> int:
    """Where a row of the upper triangle begins."""
    return row * width - row * (row - 1) // 2


def _block(upper: Numbers, slices: int, row: int, width: int) -> Numbers:
    """A row of the triangle, shape (slices, width - row), as a view."""
    start, end = slices * _row_start(row, width), slices * _row_start(row + 1, width)
    return upper[start:end].reshape(slices, width - row)


def _pack(cells: Cells, slices: Rows) -> tuple[NDArray[np.uint64], list[int], NDArray[np.intp]]:
    """Bit planes, shape (words, 4 S); how many slices reach each layer; and the place of each slice in a layer.

    A layer holds the k-th word of every slice that is long enough, longest first: whole layers can then be added,
    which is many times faster than summing slice by slice. Even an empty slice has one word.
    """
    lengths = np.array([max(1, -(-len(rows) // _WORD)) for rows in slices], dtype=np.intp)
    layers = [int((lengths > k).sum()) for k in range(lengths.max(initial=0))]
    starts = np.cumsum([0, *layers])
    place = np.empty(len(slices), np.intp)
    place[np.argsort(-lengths, kind="stable")] = np.arange(len(slices))
    # One extra roll call of NOT_MEMBER, which is in no plane, serves as padding.
    order = np.empty((starts[-1], _WORD), np.intp)
    for at, rows, length in zip(place, slices, lengths, strict=True):
        whole = np.full(length * _WORD, len(cells), dtype=np.intp)
        whole[: len(rows)] = rows
        order[starts[:length] + at] = whole.reshape(length, _WORD)
    by_state = np.concatenate([cells, np.full((1, cells.shape[1]), Choice.NOT_MEMBER, np.uint8)]).T
    laid = np.take(np.ascontiguousarray(by_state), order.reshape(-1), axis=1)
    laid[laid == Choice.CODED_NONMEMBER] = Choice.ABSENT
    planes = np.concatenate([np.packbits(laid == choice, axis=1) for choice in range(_PLANES)])
    return np.ascontiguousarray(planes.view(np.uint64).T), layers, place


def _add_layers(bits: NDArray[np.uint8], layers: Sequence[int], kind: type[np.unsignedinteger]) -> Numbers:
    """Sum the words of every slice; neighbouring layers that as many slices reach are summed together."""
    runs = [(reach, len(list(alike))) for reach, alike in groupby(layers)]
    at, out = 0, np.empty(0, kind)
    for k, (reach, deep) in enumerate(runs):
        part = bits[at : at + deep * reach].reshape(deep, reach, *bits.shape[1:])
        total = np.add.reduce(part, axis=0, dtype=kind)
        if k == 0:
            out = total
        else:
            out[:reach] += total
        at += deep * reach
    return out


def _coded(cells: Cells, slices: Rows, kind: type[np.unsignedinteger]) -> Numbers:
    """Roll calls on which either state of a pair is coded not-a-member while both are members."""
    marked, member = cells == Choice.CODED_NONMEMBER, cells != Choice.NOT_MEMBER
    out = np.zeros((len(slices), cells.shape[1], cells.shape[1]), kind)
    everywhere, states = np.nonzero(marked)
    by_state = np.argsort(states, kind="stable")
    everywhere, states = everywhere[by_state], states[by_state]
    for s, rows in enumerate(slices):
        times = np.bincount(rows, minlength=len(cells))[everywhere]
        row, state = np.repeat(everywhere, times), np.repeat(states, times)
        if not len(row):
            continue
        first = np.flatnonzero(np.diff(state, prepend=-1))
        either = np.add.reduceat(member[row], first, axis=0, dtype=kind)
        both = np.add.reduceat(marked[row], first, axis=0, dtype=kind)
        # Where both are coded, each one's row would count the roll call.
        out[s, state[first]] += either - both
        out[s, :, state[first]] += either
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
