"""A stored release as a corpus: the vote matrix with the fields that other releases lend."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from comity.model.body import ASSEMBLY, COUNCIL
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
from comity.study.partners import NO_PARTNERS, Against, Ints, Partners
from comity.votes.contingency import Tables, tables
from comity.votes.marks import Marks
from comity.votes.matrix import VoteMatrix, build
from comity.votes.planes import Chosen, Planes
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
    def load(cls, release: str | None = None, body: str = ASSEMBLY) -> ReleaseCorpus:
        """From the store; the newest of the body by default."""
        manifest = releases.get(release, body=body)
        roll_calls = releases.read_roll_calls(manifest.release, body=body)
        votes = releases.read_votes(manifest.release, body=body)
        matrix = build(roll_calls, votes, registry(), listed=body == COUNCIL)
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

    @cached_property
    def marks(self) -> Marks:
        """What readings ask of the roll calls."""
        return Marks(self.roll_calls, self.matrix)

    def select(self, reading: Reading) -> Selection:
        """The roll calls a reading counts, over the whole release."""
        chosen = named_set(reading)
        return select(self.marks, reading, chosen.members if chosen else None)

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
    _against: dict[str, Against] = field(default_factory=dict)
    _pairs: dict[tuple[int, int], tuple[Ints, Ints]] = field(default_factory=dict)

    @cached_property
    def masks(self) -> NDArray[np.bool_]:
        """The roll calls that count in each period, shape (periods, roll calls)."""
        inside = [self.selection.within(period) for period in self.periods]
        return np.stack(inside) & self.selection.chosen if inside else np.zeros((0, len(self.selection.chosen)), bool)

    @cached_property
    def rows(self) -> list[NDArray[np.intp]]:
        """Row indices by period."""
        return [np.flatnonzero(mask) for mask in self.masks]

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
        return SetHeld(chosen, len(chosen.members & self.corpus.marks.named))

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
        return int(self._sizes[k])

    def counts(self, k: int, a: str, b: str) -> Counts:
        """The joint choices of two states in period k."""
        column = self.corpus.matrix.column
        if a not in column or b not in column:
            return NO_COUNTS
        if a in self._against:
            return self._against[a].counts(k, b)
        if b in self._against:
            return self._against[b].counts(k, a).flipped()
        both = column[a], column[b]
        if both not in self._pairs:
            self._pairs[both] = self._planes.pair(*both, self._chosen, coded=self._coded)
        table, coded = self._pairs[both]
        return Counts.of(table[k].tolist(), int(coded[k]))

    def against(self, state: str) -> Against | None:
        """The state's tables with every state; None where the release holds no vote of it."""
        column = self.corpus.matrix.column
        if state not in column:
            return None
        if state not in self._against:
            found = self._planes.against(column[state], self._chosen, coded=self._coded)
            self._against[state] = Against(column, column[state], *found)
        return self._against[state]

    def partners(self, k: int, state: str) -> Partners:
        """The state's tables with every other state."""
        found = self.against(state)
        return found.partners(k) if found else NO_PARTNERS

    def alike(self) -> Iterator[tuple[Ints, Ints]]:
        """By period, for every two states, the same votes and the votes cast by both: shape (S, S) each."""
        return self._planes.alike(self._chosen)

    def seated(self, k: int, state: str) -> int:
        """Roll calls on which the state held a seat."""
        column = self.corpus.matrix.column
        return int(self._seats[k, column[state]]) if state in column else 0

    def also_flagged(self, k: int) -> dict[str, int]:
        """Overlap with the other issue flags."""
        if self.reading.issue not in ISSUES:
            return {}
        held = self.corpus.marks.flags
        others = (flag for flag in ISSUES if flag != self.reading.issue)
        return {flag: int((held[flag] & self.masks[k]).sum()) if flag in held else 0 for flag in others}

    @property
    def _coded(self) -> bool:
        return self.reading.coded_nonmember != "drop"

    @property
    def _planes(self) -> Planes:
        return self.corpus.matrix.planes

    @cached_property
    def _chosen(self) -> Chosen:
        return self._planes.chosen(self.masks)

    @cached_property
    def _sizes(self) -> NDArray[np.intp]:
        return np.asarray(np.count_nonzero(self.masks, axis=1))

    @cached_property
    def _seats(self) -> Ints:
        return self._planes.seated(self._chosen, coded=self._coded)
