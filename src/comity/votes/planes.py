"""One state's contingency tables with every state, over any periods, by popcount of bits kept with the votes.

The light twin of ``contingency``: what is the same for every question (the cells as bits, 64 roll calls a word) is
laid out once a release; a question then reads only the words of its periods.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from comity.model.choice import Choice

_WORD = 64
_CALL = 512  # words that one call takes at most, unless a single period has more
_SEEN = int(Choice.NOT_MEMBER)  # as many choices have a plane

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Chosen:
    """The roll calls of some periods as bits.

    at   : the words in which any counts, one period after the other; bits : which of their roll calls do.
    ends : where each period begins in both, and the end of the last.
    """

    at: NDArray[np.intp]
    bits: Words
    ends: tuple[int, ...]

    def parts(self) -> Iterator[tuple[slice, Chosen]]:
        """Neighbouring periods together, as many as one call takes, with their positions among all."""
        first = 0
        for last in range(1, len(self.ends)):
            if last + 1 == len(self.ends) or self.ends[last + 1] - self.ends[first] > _CALL:
                begin, end = self.ends[first], self.ends[last]
                ends = tuple(e - begin for e in self.ends[first : last + 1])
                yield slice(first, last), Chosen(self.at[begin:end], self.bits[begin:end], ends)
                first = last


@dataclass(frozen=True, eq=False)
class Planes:
    """The cells of a vote matrix as bits.

    order : the roll calls in the order of their days, so that a period has few words.
    words : shape (words, 5, S): for each choice but NOT_MEMBER, on which of 64 roll calls each state made it.
    """

    order: NDArray[np.intp]
    words: Words

    @classmethod
    def of(cls, cells: NDArray[np.uint8], day: NDArray[np.int32]) -> Planes:
        """From cells of shape (roll calls, S) and the day of each roll call."""
        order = np.argsort(day, kind="stable")
        by_state = np.full((cells.shape[1], -(-len(cells) // _WORD) * _WORD), Choice.NOT_MEMBER, np.uint8)
        by_state[:, : len(cells)] = cells[order].T
        planes = np.stack([np.packbits(by_state == choice, axis=1).view(np.uint64) for choice in range(_SEEN)])
        return cls(order, np.ascontiguousarray(planes.transpose(2, 0, 1)))

    def chosen(self, masks: NDArray[np.bool_]) -> Chosen:
        """From masks over the roll calls, shape (periods, roll calls)."""
        laid = np.zeros((len(masks), len(self.words) * _WORD), dtype=bool)
        laid[:, : masks.shape[1]] = masks[:, self.order]
        words = np.packbits(laid, axis=1).view(np.uint64)
        period, at = np.nonzero(words)
        ends = np.searchsorted(period, np.arange(len(masks) + 1))
        return Chosen(at, words[period, at], tuple(ends.tolist()))

    def against(self, column: int, chosen: Chosen, *, coded: bool = True) -> tuple[Ints, Ints]:
        """One state's tables with every state, its choice first: shape (periods, S, 4, 4), and coded (periods, S).

        coded : False leaves out the cells of members that the source codes as not a member.
        """
        size = self.words.shape[2]
        joint = np.zeros((len(chosen.ends) - 1, _SEEN, _SEEN, size), np.int64)
        for periods, part in chosen.parts():
            theirs = self.words[part.at]
            mine = theirs[:, :, column] & part.bits[:, None]
            for choice in np.flatnonzero(mine.any(axis=0)):
                joint[periods, choice] = _added(np.bitwise_count(theirs & mine[:, choice, None, None]), part.ends)
        tables, marked = _folded(joint, coded)
        return np.ascontiguousarray(np.moveaxis(tables, 3, 1)), marked

    def pair(self, i: int, j: int, chosen: Chosen, *, coded: bool = True) -> tuple[Ints, Ints]:
        """The tables of one pair, state i's choice first: shape (periods, 4, 4), and coded (periods,)."""
        mine, theirs = (self.words[chosen.at, :, s] for s in (i, j))
        both = (mine & chosen.bits[:, None])[:, :, None] & theirs[:, None, :]
        return _folded(_added(np.bitwise_count(both), chosen.ends), coded)

    def seated(self, chosen: Chosen, *, coded: bool = True) -> Ints:
        """Roll calls on which each state held a seat, shape (periods, S); ``coded`` as for ``against``."""
        found = np.zeros((len(chosen.ends) - 1, self.words.shape[2]), np.int64)
        seats = np.bitwise_or.reduce(self.words[:, : _SEEN if coded else Choice.CODED_NONMEMBER], axis=1)
        for periods, part in chosen.parts():
            found[periods] = _added(np.bitwise_count(seats[part.at] & part.bits[:, None]), part.ends)
        return found

    def alike(self, chosen: Chosen) -> Iterator[tuple[Ints, Ints]]:
        """By period, for every two states, the same votes and the votes cast by both: shape (S, S) each."""
        size = self.words.shape[2]
        for begin, end in pairwise(chosen.ends):
            made = self.words[chosen.at[begin:end], : Choice.ABSENT] & chosen.bits[begin:end, None, None]
            same, cast = np.zeros((2, size, size), np.int64)
            for word in made:  # one at a time: all words of a period at once would need megabytes each
                voted = np.bitwise_or.reduce(word)
                same += np.bitwise_count(word[:, :, None] & word[:, None, :]).sum(axis=0, dtype=np.int64)
                cast += np.bitwise_count(voted[:, None] & voted)
            yield same, cast


def _added(ones: NDArray[np.uint8], ends: tuple[int, ...]) -> Ints:
    """The sum of each period's words."""
    sums = [ones[begin:end].sum(axis=0, dtype=np.int64) for begin, end in pairwise(ends)]
    return np.stack(sums) if sums else np.zeros((0, *ones.shape[1:]), np.int64)


def _folded(joint: Ints, coded: bool) -> tuple[Ints, Ints]:
    """Tables (periods, 4, 4, ...) of joint choices (periods, 5, 5, ...), and the roll calls with either coded."""
    absent, marked = int(Choice.ABSENT), int(Choice.CODED_NONMEMBER)
    tables = joint[:, :marked, :marked]
    if not coded:
        return tables, np.zeros((len(joint), *joint.shape[3:]), np.int64)
    tables = tables.copy()
    tables[:, absent] += joint[:, marked, :marked]
    tables[:, :, absent] += joint[:, :marked, marked]
    tables[:, absent, absent] += joint[:, marked, marked]
    return tables, joint[:, marked].sum(axis=1) + joint[:, :, marked].sum(axis=1) - joint[:, marked, marked]
