"""Where two releases differ: roll calls, cells, states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from comity.errors import UsageError
from comity.ingest.align import METHODS, Alignment, align
from comity.ingest.compare import StateFault, state_faults
from comity.ingest.frames import NO_VOTE, UNDATED, Frames, load
from comity.ingest.lend import others_of, own, with_symbols
from comity.model.body import ASSEMBLY
from comity.model.choice import Choice
from comity.model.language import numeral
from comity.model.words import say

if TYPE_CHECKING:
    from comity.ingest.frames import Pattern

LISTED = 1000  # differing cells and unmatched ids in to_dict; to_polars has every cell
WORDS = (Choice.YES.word, Choice.ABSTAIN.word, Choice.NO.word, "no vote cast")

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OneSide:
    """What only one of the two releases has.

    release    : its label.
    roll_calls : how many it holds in all.
    unmatched  : ids of those that no roll call of the other was matched with.
    by_year    : (calendar year, unmatched roll calls), years without any left out; year None: undated.
    states     : states with a cast vote here and none at all in the other.
    cells      : votes cast here, on matched roll calls, by states of both, where the other has no vote cast.
    """

    release: str
    roll_calls: int
    unmatched: tuple[str, ...]
    by_year: tuple[tuple[int | None, int], ...]
    states: tuple[str, ...]
    cells: int

    def sentences(self) -> list[str]:
        """In words."""
        lost, of, cells = numeral(len(self.unmatched), ","), numeral(self.roll_calls, ","), numeral(self.cells, ",")
        lines = [say("diff.only", release=self.release, roll_calls=lost, of=of, cells=cells)]
        if self.states:
            lines.append(say("diff.states", release=self.release, states=", ".join(self.states)))
        return lines

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "release": self.release,
            "roll_calls": self.roll_calls,
            "unmatched": len(self.unmatched),
            "unmatched_ids": list(self.unmatched[:LISTED]),
            "unmatched_by_year": [{"year": year, "roll_calls": n} for year, n in self.by_year],
            "states": list(self.states),
            "cells": self.cells,
        }


@dataclass(frozen=True, slots=True)
class StateDifference:
    """One state over all matched roll calls: cells cast in both, how many of them differ, cells cast in one only."""

    state: str
    shared: int
    differing: int
    only_a: int
    only_b: int

    def to_dict(self) -> Json:
        """For JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, eq=False)
class DiffReport:
    """Two releases, roll call by roll call.

    aligned     : method → matched roll calls ("id", "symbol", "pattern").
    shared      : cells cast (yes, abstain or no) in both releases, on matched roll calls, by states of both.
    equal       : how many of them are the same vote.
    states      : every state with a difference, most first.
    faults      : states that hold another's votes for a session, their own displaced, or hardly any.
    dates_apart : matched roll calls whose dates differ.
    cells       : one row a differing cell: roll_call_a, roll_call_b, symbol, date, session, state, choice_a,
                  choice_b ("no vote cast" where absent or not given), method (how the roll call was matched).
    """

    a: OneSide
    b: OneSide
    aligned: dict[str, int]
    shared: int
    equal: int
    states: tuple[StateDifference, ...]
    faults: tuple[StateFault, ...]
    dates_apart: int
    cells: pl.DataFrame

    @property
    def differing(self) -> int:
        """Cells cast in both that are not the same vote."""
        return self.shared - self.equal

    def sentences(self) -> tuple[str, ...]:
        """The comparison in words: what was matched, what differs, what only one has, and each fault of a state."""
        counts = {method: numeral(n, ",") for method, n in self.aligned.items()}
        lines = [
            say("diff.aligned", count=numeral(sum(self.aligned.values()), ","), **counts),
            say("diff.cells", shared=numeral(self.shared, ","), differing=numeral(self.differing, ",")),
        ]
        if self.dates_apart:
            lines.append(say("diff.dates", count=numeral(self.dates_apart, ",")))
        for side in (self.a, self.b):
            lines += side.sentences()
        for fault in self.faults:
            numbers = {
                "cells": numeral(fault.cells, ","),
                "roll_calls": numeral(fault.roll_calls, ","),
                "session": fault.sessions,
            }
            lines.append(say(f"diff.{fault.kind}", **fault.to_dict() | numbers))
        return tuple(lines)

    def to_dict(self) -> Json:
        """For JSON; lists of cells and ids end after LISTED entries, the counts do not."""
        return {
            "a": self.a.to_dict(),
            "b": self.b.to_dict(),
            "aligned": {"roll_calls": sum(self.aligned.values()), **self.aligned},
            "cells": {"shared": self.shared, "equal": self.equal, "differing": self.differing},
            "dates_apart": self.dates_apart,
            "sentences": list(self.sentences()),
            "states": [state.to_dict() for state in self.states],
            "state_faults": [fault.to_dict() for fault in self.faults],
            "differing_cells": self.cells.head(LISTED).with_columns(pl.col("date").cast(pl.String)).to_dicts(),
            "differing_cells_listed": min(LISTED, self.cells.height),
        }

    def to_polars(self) -> pl.DataFrame:
        """Every differing cell, one a row."""
        return self.cells


def diff_releases(a: str, b: str) -> DiffReport:
    """Compare two releases of the store. Raises UnknownRelease, UsageError for a release with itself."""
    (first, left), (second, right) = load(a), load(b)
    if first.release == second.release:
        raise UsageError("A release does not differ from itself", got=a, next="Name two releases: comity data list")
    if first.body != second.body:
        raise UsageError(say("trouble.not_one_body"), got=f"{a}, {b}", next="Name two of one body: comity data list")
    others = others_of(first.release, second.release) if first.body == ASSEMBLY else []
    return diff(_named(left, others), _named(right, others))


def _named(frames: Frames, others: Sequence[Frames]) -> Frames:
    """The release with symbols that do not come from the one it is compared with, and its sessions as stored."""
    named = with_symbols(own(frames), others)
    return Frames(frames.label, named.roll_calls.with_columns(frames.roll_calls["session"]), frames.votes)


def diff(left: Frames, right: Frames) -> DiffReport:
    """Compare two releases held in memory."""
    pairs = align(left, right)
    p, q = left.pattern(pairs.states)[pairs.left], right.pattern(pairs.states)[pairs.right]
    cast_a, cast_b = p != NO_VOTE, q != NO_VOTE
    both = cast_a & cast_b
    differ = both & (p != q)
    days_a, days_b = left.days[pairs.left], right.days[pairs.right]
    dated = (days_a != UNDATED) & (days_b != UNDATED)
    return DiffReport(
        a=_side(left, right, pairs.left, int((cast_a & ~cast_b).sum())),
        b=_side(right, left, pairs.right, int((cast_b & ~cast_a).sum())),
        aligned=pairs.by_method(),
        shared=int(both.sum()),
        equal=int((both & ~differ).sum()),
        states=_by_state(pairs.states, both, differ, cast_a & ~cast_b, cast_b & ~cast_a),
        faults=state_faults(left, right, pairs),
        dates_apart=int((dated & (days_a != days_b)).sum()),
        cells=_cells(left, right, pairs, p, q),
    )


def _side(mine: Frames, other: Frames, matched: NDArray[np.int64], cells: int) -> OneSide:
    free = np.ones(mine.roll_calls.height, dtype=bool)
    free[matched] = False
    rest = mine.roll_calls.filter(pl.Series(free)).select("roll_call", pl.col("date").dt.year().alias("year"))
    years = rest.group_by("year").len().sort("year", nulls_last=True)
    return OneSide(
        release=mine.label,
        roll_calls=mine.roll_calls.height,
        unmatched=tuple(rest["roll_call"].to_list()),
        by_year=tuple((year, n) for year, n in years.rows()),
        states=tuple(sorted(set(mine.states) - set(other.states))),
        cells=cells,
    )


def _by_state(states: tuple[str, ...], *masks: NDArray[np.bool_]) -> tuple[StateDifference, ...]:
    shared, *apart = (mask.sum(0).tolist() for mask in masks)
    found = [StateDifference(*row) for row in zip(states, shared, *apart, strict=True)]
    differing = [s for s in found if s.differing or s.only_a or s.only_b]
    return tuple(sorted(differing, key=lambda s: (-(s.differing + s.only_a + s.only_b), s.state)))


def _cells(left: Frames, right: Frames, pairs: Alignment, p: Pattern, q: Pattern) -> pl.DataFrame:
    i, k = np.nonzero(p != q)
    rows_a, rows_b = pairs.left[i].tolist(), pairs.right[i].tolist()
    words = pl.Series(WORDS)
    states = pl.Series(pairs.states, dtype=pl.String)
    return pl.DataFrame(
        {
            "roll_call_a": left.roll_calls["roll_call"].gather(rows_a),
            "roll_call_b": right.roll_calls["roll_call"].gather(rows_b),
            "symbol": left.roll_calls["symbol"].gather(rows_a).fill_null(right.roll_calls["symbol"].gather(rows_b)),
            "date": left.roll_calls["date"].gather(rows_a).fill_null(right.roll_calls["date"].gather(rows_b)),
            "session": left.roll_calls["session"].gather(rows_a),
            "state": states.gather(k.tolist()),
            "choice_a": words.gather(p[i, k].tolist()),
            "choice_b": words.gather(q[i, k].tolist()),
            "method": pl.Series(METHODS).gather(pairs.method[i].tolist()),
        }
    )
