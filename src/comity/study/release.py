"""A stored release as a corpus: the vote matrix with the fields that other releases lend."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from comity.model.choice import Choice
from comity.model.counts import NO_COUNTS, Counts
from comity.model.fault import KnownFault
from comity.model.origin import Origin
from comity.model.period import Period
from comity.model.reading import Dropped, Reading
from comity.model.tables import ISSUES
from comity.states.registry import registry
from comity.store import releases
from comity.store.home import home
from comity.study.corpus import SetHeld
from comity.votes.contingency import Tables, against_all, tables
from comity.votes.matrix import VoteMatrix, build
from comity.votes.selection import Selection, select
from comity.votes.sets import NamedSet, load_set

if TYPE_CHECKING:
    import polars as pl

    from comity.store.manifest import Manifest


def named_set(reading: Reading) -> NamedSet | None:
    """The set that a reading names, the user's own first; None for other issues."""
    kind, _, name = reading.issue.partition(":")
    return load_set(name, [home() / "sets"]) if kind == "set" else None


@dataclass(frozen=True, eq=False)
class ReleaseCorpus:
    """One release: its manifest, roll calls (lent fields included) and vote matrix."""

    manifest: Manifest
    roll_calls: pl.DataFrame
    matrix: VoteMatrix

    @classmethod
    def load(cls, release: str | None = None) -> ReleaseCorpus:
        """From the store; the newest by default."""
        manifest = releases.get(release)
        roll_calls = releases.read_roll_calls(manifest.release)
        matrix = build(roll_calls, releases.read_votes(manifest.release), registry())
        return cls(manifest, roll_calls, matrix)

    @property
    def origin(self) -> Origin:
        """Where the answers come from."""
        return self.manifest.origin()

    @property
    def faults(self) -> Sequence[KnownFault]:
        """As noted when releases were added."""
        return self.manifest.faults

    @property
    def without_a_vote(self) -> Sequence[tuple[int, int]]:
        """As the source's column for the modality marks them."""
        return self.manifest.without_a_vote

    @property
    def states(self) -> Collection[str]:
        """State ids with any vote."""
        return self.matrix.states

    def select(self, reading: Reading) -> Selection:
        """The roll calls a reading counts, over the whole release."""
        chosen = named_set(reading)
        return select(self.roll_calls, self.matrix, reading, chosen.members if chosen else None)

    def cut(self, reading: Reading, periods: Sequence[Period]) -> ReleaseCut:
        """Apply a reading, cut into periods."""
        return ReleaseCut(self, reading, tuple(periods), self.select(reading))


@dataclass(frozen=True, eq=False)
class ReleaseCut:
    """A reading of a release, cut into periods."""

    corpus: ReleaseCorpus
    reading: Reading
    periods: tuple[Period, ...]
    selection: Selection
    _against: dict[tuple[int, str], tuple[NDArray[np.int64], NDArray[np.int64]]] = field(default_factory=dict)

    @cached_property
    def rows(self) -> list[NDArray[np.intp]]:
        """Row indices by period."""
        return [self.selection.rows(period) for period in self.periods]

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """What the reading left out."""
        return self.selection.dropped(self.periods)

    @property
    def set_held(self) -> SetHeld | None:
        """For a named set, how much of it the release holds."""
        chosen = named_set(self.reading)
        if chosen is None:
            return None
        known = {*self.corpus.roll_calls["symbol"], *self.corpus.roll_calls["roll_call"]}
        return SetHeld(chosen, len(chosen.members & known))

    def cells(self, k: int) -> NDArray[np.uint8]:
        """The cells of period k as this reading sees them."""
        return self._seen(self.corpus.matrix.cells[self.rows[k]])

    def tables(self) -> Tables:
        """The tables of all pairs, the periods as slices."""
        return tables(self._seen(self.corpus.matrix.cells.copy()), self.rows)

    def _seen(self, cells: NDArray[np.uint8]) -> NDArray[np.uint8]:
        if self.reading.coded_nonmember == "drop":
            cells[cells == Choice.CODED_NONMEMBER] = Choice.NOT_MEMBER
        return cells

    def roll_calls(self, k: int) -> int:
        """Roll calls that count in period k."""
        return len(self.rows[k])

    def counts(self, k: int, a: str, b: str) -> Counts:
        """The joint choices of two states in period k."""
        column = self.corpus.matrix.column
        if a not in column or b not in column:
            return NO_COUNTS
        if (k, a) not in self._against and (k, b) in self._against:
            return self._one(k, b, a).flipped()
        return self._one(k, a, b)

    def partners(self, k: int, state: str) -> dict[str, Counts]:
        """The state's tables with every other state."""
        if state not in self.corpus.matrix.column:
            return {}
        found = {other: self._one(k, state, other) for other in self.corpus.matrix.states if other != state}
        return {other: counts for other, counts in found.items() if counts.roll_calls}

    def seated(self, k: int, state: str) -> int:
        """Roll calls on which the state held a seat."""
        return self.counts(k, state, state).roll_calls

    def also_flagged(self, k: int) -> dict[str, int]:
        """Overlap with the other issue flags."""
        if self.reading.issue not in ISSUES:
            return {}
        flags = {flag: self.corpus.roll_calls[flag].fill_null(False).to_numpy() for flag in ISSUES}
        return {flag: int(marks[self.rows[k]].sum()) for flag, marks in flags.items() if flag != self.reading.issue}

    def _one(self, k: int, a: str, b: str) -> Counts:
        column = self.corpus.matrix.column
        if (k, a) not in self._against:
            self._against[k, a] = against_all(self.cells(k), column[a])
        table, coded = self._against[k, a]
        return Counts.of(table[column[b]].tolist(), coded[column[b]])
