"""One state's joint choices with every other, held as arrays: a question counts 190 partners and shows a few."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from comity.model.counts import NO_COUNTS, Counts

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Partners(Mapping[str, Counts]):
    """A state's partners in one period, by id; as a mapping, partner → joint counts.

    tables : shape (N, 4, 4), the state's choice first; coded : shape (N,), see Counts.
    """

    states: tuple[str, ...]
    tables: Ints
    coded: Ints

    def __getitem__(self, state: str) -> Counts:
        i = self.position[state]
        return Counts.of(self.tables[i].tolist(), int(self.coded[i]))

    def __iter__(self) -> Iterator[str]:
        return iter(self.states)

    def __len__(self) -> int:
        return len(self.states)

    @cached_property
    def position(self) -> dict[str, int]:
        """Partner → where it stands in the arrays."""
        return {state: i for i, state in enumerate(self.states)}

    @cached_property
    def cast(self) -> Ints:
        """Votes cast by both, shape (N,)."""
        return both_cast(self.tables)

    @cached_property
    def same(self) -> Ints:
        """Same votes, shape (N,)."""
        return voted_alike(self.tables)

    def take(self, positions: NDArray[np.intp]) -> Partners:
        """These partners only, in this order."""
        states = tuple(self.states[i] for i in positions.tolist())
        return Partners(states, self.tables[positions], self.coded[positions])

    def among(self, chosen: Collection[str]) -> Partners:
        """Those chosen."""
        return self.take(np.array([i for i, state in enumerate(self.states) if state in chosen], np.intp))


NO_PARTNERS = Partners((), np.zeros((0, 4, 4), np.int64), np.zeros(0, np.int64))


@dataclass(frozen=True, eq=False)
class Against:
    """A state's joint choices with every state of a corpus (itself included), period by period.

    position : state → its place, by id; own : the state's.
    tables   : shape (periods, S, 4, 4), its choice first; coded : shape (periods, S).
    """

    position: Mapping[str, int]
    own: int
    tables: Ints
    coded: Ints

    def counts(self, k: int, other: str) -> Counts:
        """With one state; no counts where the corpus has none of its votes."""
        i = self.position.get(other)
        return NO_COUNTS if i is None else Counts.of(self.tables[k, i].tolist(), int(self.coded[k, i]))

    def partners(self, k: int) -> Partners:
        """Those that shared a seat with it in period k."""
        shared = self.tables[k].reshape(-1, 16).any(axis=1)
        shared[self.own] = False
        return Partners(tuple(self.position), self.tables[k], self.coded[k]).take(np.flatnonzero(shared))


def both_cast(tables: Ints) -> Ints:
    """Of tables (..., 4, 4), the votes cast by both, shape (...)."""
    return np.asarray(tables[..., :3, :3].sum(axis=(-2, -1)))


def voted_alike(tables: Ints) -> Ints:
    """Of tables (..., 4, 4), the same votes, shape (...)."""
    return np.asarray(tables[..., 0, 0] + tables[..., 1, 1] + tables[..., 2, 2])
