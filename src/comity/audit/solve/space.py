"""Every reading that a careful person could defend, with the joint choices each gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from comity.errors import FieldMissing
from comity.model.choice import Choice
from comity.model.period import Clock, Period
from comity.model.reading import Reading
from comity.study.ask import whole
from comity.study.corpus import Corpus
from comity.study.release import ReleaseCorpus

Ints = NDArray[np.int64]
CLOCKS: tuple[Clock, ...] = ("year", "session")
_SESSION = 1945  # a session begins in the year of this plus its number
_FILTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("paragraph", ("keep", "drop")),
    ("amendment", ("keep", "drop")),
    ("duplicates", ("drop", "keep")),
    ("tally_mismatch", ("drop", "keep", "strict")),
)


@dataclass(frozen=True, slots=True)
class Base:
    """A reading with its period: which roll calls count.

    start, end : by how many years or sessions the ends are moved from those declared.
    """

    reading: Reading
    period: Period
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Space:
    """bases : shape (B,); counts : (B, P, 16) joint choices of each pair; chosen : (B,) roll calls that count."""

    bases: tuple[Base, ...]
    counts: Ints
    chosen: Ints


def space(
    corpora: Sequence[Corpus],
    pairs: Sequence[tuple[str, str]],
    issues: Sequence[str],
    period: Period,
    shift: int,
    fixed: Reading | None = None,
) -> Space:
    """The readings of some corpora, each with every filter, both clocks and the ends moved by up to ``shift``.

    period : calendar years, as the text declares it. fixed : choices that stay as they are where they differ from a
    default reading. A corpus without a field that a reading needs gives no such reading.
    """
    bases: list[Base] = []
    counts: list[Ints] = []
    chosen: list[Ints] = []
    for corpus, issue in product(corpora, issues):
        base = Reading(release=corpus.origin.release, issue=issue)
        try:
            held = _Held.of(corpus, base) if isinstance(corpus, ReleaseCorpus) else None
        except FieldMissing:
            continue
        for reading in _readings(base, held, fixed or Reading()):
            first, last = (period.start, period.end) if reading.clock == "year" else _sessions(period)
            times = np.arange(first - shift, last + shift + 1)
            table, n = held.tables(reading, pairs, times) if held else _of_counts(corpus, reading, pairs, times)
            span = whole(corpus.origin, reading.clock)
            for when, k, m in _moved(table, n, first, last, shift):
                if when[0] < span.start or when[1] > span.end:
                    continue  # the release does not cover it
                bases.append(Base(reading, Period(*when, reading.clock), when[0] - first, when[1] - last))
                counts.append(k)
                chosen.append(m)
    shape = (len(bases), len(pairs), 16)
    return Space(tuple(bases), np.array(counts, np.int64).reshape(shape), np.array(chosen, np.int64))


@dataclass(frozen=True, eq=False)
class _Held:
    """A release on one issue, with what each filter leaves out found once. drops : (filter, choice) → mask."""

    corpus: ReleaseCorpus
    issue: NDArray[np.bool_]
    drops: dict[tuple[str, str], NDArray[np.bool_]]

    @classmethod
    def of(cls, corpus: ReleaseCorpus, base: Reading) -> _Held:
        """FieldMissing where the release has not the issue."""
        bare = replace(base, duplicates="keep", tally_mismatch="keep")
        of_issue = corpus.select(bare).chosen
        drops = {}
        for name, choices in _FILTERS:
            for choice in choices:
                if choice == "keep":
                    continue
                with suppress(FieldMissing):  # then no reading of this release makes the choice
                    drops[name, choice] = of_issue & ~corpus.select(replace(bare, **{name: choice})).chosen  # type: ignore[arg-type]
        return cls(corpus, of_issue, drops)

    def alike(self, name: str, one: str, other: str) -> bool:
        """Whether two choices of a filter leave the same roll calls out."""
        none = np.zeros(len(self.issue), dtype=bool)
        return bool((self.drops.get((name, one), none) == self.drops.get((name, other), none)).all())

    def tables(self, reading: Reading, pairs: Sequence[tuple[str, str]], times: Ints) -> tuple[Ints, Ints]:
        """Joint choices by time, (T, P, 16), and roll calls that count, (T,)."""
        matrix = self.corpus.matrix
        clock = matrix.clock(reading.clock)
        kept = self.issue & (clock >= times[0]) & (clock <= times[-1])
        for name, _ in _FILTERS:
            lost = self.drops.get((name, getattr(reading, name)))
            kept = kept & ~lost if lost is not None else kept
        rows = np.flatnonzero(kept)
        at, cells = clock[rows].astype(np.int64) - times[0], matrix.cells[rows]
        counts = np.zeros((len(times), len(pairs), 16), np.int64)
        for k, (a, b) in enumerate(pairs):
            x, y = (_choices(self.corpus, cells, s, reading) for s in (a, b))
            known = (x < 4) & (y < 4)
            place = 16 * at[known] + 4 * x[known].astype(np.int64) + y[known]
            counts[:, k] = np.bincount(place, minlength=16 * len(times)).reshape(-1, 16)
        return counts, np.bincount(at, minlength=len(times)).astype(np.int64)


def _readings(base: Reading, held: _Held | None, fixed: Reading) -> Iterator[Reading]:
    """Readings that can differ: a filter that leaves nothing out of this release stays at its default."""
    if held is None:
        yield base
        return
    kept = fixed.departures
    axes: list[tuple[str, tuple[str, ...]]] = []
    for name, choices in _FILTERS:
        default = str(getattr(base, name))
        able = (default, *(c for c in choices if c != default and not held.alike(name, c, default)))
        axes.append((name, (str(kept[name]),) if name in kept else able))
    axes += [("coded_nonmember", (str(kept["coded_nonmember"]),) if "coded_nonmember" in kept else ("count", "drop"))]
    axes += [("clock", CLOCKS)]
    for chosen in product(*(values for _, values in axes)):
        yield replace(base, **dict(zip((name for name, _ in axes), chosen, strict=True)))  # type: ignore[arg-type]


def _moved(
    counts: Ints, chosen: Ints, first: int, last: int, shift: int
) -> Iterator[tuple[tuple[int, int], Ints, Ints]]:
    """The tables with both ends moved, from running sums: (first, last), joint choices, roll calls."""
    sums = np.concatenate([np.zeros((1, *counts.shape[1:]), np.int64), counts.cumsum(axis=0)])
    n = np.concatenate([[0], chosen.cumsum()])
    moves = range(-shift, shift + 1)
    for start, end in product(moves, moves):
        if first + start <= last + end:
            i, j = start + shift, last + end - (first - shift) + 1
            yield (first + start, last + end), sums[j] - sums[i], n[j] - n[i]


def _sessions(period: Period) -> tuple[int, int]:
    """The sessions that begin in these years."""
    return max(1, period.start - _SESSION), period.end - _SESSION


def _choices(corpus: ReleaseCorpus, cells: NDArray[np.uint8], state: str, reading: Reading) -> NDArray[np.uint8]:
    """A state's choices, 4 where it does not count: no member, or coded so and dropped."""
    column = corpus.matrix.column.get(state)
    if column is None:
        return np.full(len(cells), 4, np.uint8)
    mine = cells[:, column].copy()
    coded = mine == Choice.CODED_NONMEMBER
    mine[mine == Choice.NOT_MEMBER] = 4
    mine[coded] = Choice.ABSENT if reading.coded_nonmember == "count" else 4
    return mine


def _of_counts(corpus: Corpus, reading: Reading, pairs: Sequence[tuple[str, str]], times: Ints) -> tuple[Ints, Ints]:
    """The same from a corpus that holds counts only; years outside it are empty."""
    counts = np.zeros((len(times), len(pairs), 16), np.int64)
    chosen = np.zeros(len(times), np.int64)
    held = [t for t in times.tolist() if corpus.origin.first.year <= t <= corpus.origin.last.year]
    cut = corpus.cut(reading, [Period(t, t) for t in held])
    for i, t in enumerate(held):
        for k, (a, b) in enumerate(pairs):
            counts[t - times[0], k] = np.ravel(cut.counts(i, a, b).table)
        chosen[t - times[0]] = cut.roll_calls(i)
    return counts, chosen
