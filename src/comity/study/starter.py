"""The starter data: counts by pair, calendar year and issue that travel inside the package.

Aggregates only, never the vote table: the 4×4 table and the coded-nonmember count of each anchor state (the five
permanent members and ASEAN's members) with every state. Built from a full store by ``comity data build-starter``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from comity.errors import RollCallsMissing, StoreDamaged
from comity.model.counts import Counts
from comity.model.fault import KnownFault
from comity.model.origin import Origin
from comity.model.period import Period
from comity.model.reading import Dropped, Reading
from comity.model.words import say
from comity.study.corpus import STARTER, SetHeld
from comity.study.partners import Against, Partners

if TYPE_CHECKING:
    import polars as pl

TABLE, FACTS = "counts.parquet", "starter.json"
CELLS = tuple(f"{x}{y}" for x in "YANX" for y in "YANX")
_WIDTH = len(CELLS) + 1  # the sixteen cells and the coded-nonmember count


@dataclass(frozen=True, eq=False)
class StarterCorpus:
    """The starter data as a corpus.

    frame : anchor, partner, year, issue, the sixteen cells (CELLS) and "coded", sorted by issue and anchor.
    facts : origin, and by issue and year: roll calls, drops by reason, overlaps with other flags.
    """

    frame: pl.DataFrame
    facts: Mapping[str, Any]

    @classmethod
    def load(cls) -> StarterCorpus:
        """From the package."""
        import polars as pl

        folder = resources.files("comity.data") / STARTER
        try:
            facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
            with resources.as_file(folder / TABLE) as path:
                frame = pl.read_parquet(path)
                for name in ("anchor", "partner", "issue"):  # as text they would take more than all the counts
                    frame = frame.with_columns(pl.col(name).cast(pl.Enum(frame[name].unique().sort())))
        except FileNotFoundError:
            raise StoreDamaged(
                "The starter data are missing from this installation",
                next="Reinstall comity, or get a release: comity data pull unga",
            ) from None
        return cls(frame, facts)

    @property
    def origin(self) -> Origin:
        """The release the counts were made from, marked as aggregates."""
        o = dict(self.facts["origin"])
        return Origin(
            release=STARTER,
            source=o["source"],
            sha256=o["sha256"],
            first=date.fromisoformat(o["first_roll_call"]),
            last=date.fromisoformat(o["last_roll_call"]),
            roll_calls=o["roll_calls"],
            aggregates=True,
            derived_from=o["release"],
            licence=o["licence"],
            citation=o["citation"],
            link=o["link"],
        )

    @property
    def faults(self) -> Sequence[KnownFault]:
        """Those of the release the counts were made from, as known then."""
        return tuple(KnownFault(**fault) for fault in self.facts.get("faults", ()))

    @property
    def without_a_vote(self) -> Sequence[tuple[int, int]]:
        """Nothing: the starter data hold recorded votes only."""
        return ()

    @property
    def states(self) -> Collection[str]:
        """Every state that stands in a pair."""
        return self.facts["states"]  # type: ignore[no-any-return]

    def cut(self, reading: Reading, periods: Sequence[Period]) -> StarterCut:
        """Apply a reading; RollCallsMissing where it is not the default one by calendar year."""
        asked = {k: v for k, v in reading.departures.items() if k not in ("release", "issue")}
        if reading.issue not in self.facts["roll_calls"]:
            asked["issue"] = reading.issue
        if asked:
            raise RollCallsMissing(
                "The starter data hold counts by calendar year and single issue, under the default reading only",
                got=", ".join(f"{k}={v}" for k, v in asked.items()),
                next=say("notes.get_release"),
            )
        return StarterCut(self, reading.issue, tuple(periods))

    @cached_property
    def position(self) -> dict[str, int]:
        """State → its place in ``block``."""
        return {state: i for i, state in enumerate(self.states)}

    def block(self, anchor: str, issue: str) -> NDArray[np.uint16]:
        """An anchor's counts, shape (years since the first, states, 17)."""
        first, last = self.origin.first.year, self.origin.last.year
        block = np.zeros((last - first + 1, len(self.position), _WIDTH), np.uint16)
        start, length = self._parts.get((issue, anchor), (0, 0))
        part = self.frame.slice(start, length)
        years = part["year"].to_numpy().astype(np.intp) - first
        block[years, self._places[start : start + length]] = part.select(*CELLS, "coded").to_numpy()
        return block

    @cached_property
    def _parts(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Issue and anchor → the first of their rows, and how many."""
        import polars as pl

        found = self.frame.with_row_index().group_by("issue", "anchor").agg(pl.col("index").min(), pl.len())
        return {(issue, anchor): (start, length) for issue, anchor, start, length in found.iter_rows()}

    @cached_property
    def _places(self) -> NDArray[np.unsignedinteger]:
        """The partner of each row, by its position."""
        import polars as pl

        return self.frame["partner"].cast(pl.String).cast(pl.Enum(list(self.states))).to_physical().to_numpy()


@dataclass(frozen=True, eq=False)
class StarterCut:
    """The starter data of one issue, cut into periods of calendar years."""

    corpus: StarterCorpus
    issue: str
    periods: tuple[Period, ...]
    _against: dict[str, Against] = field(default_factory=dict)

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """What the reading left out when the starter was built."""
        sums: dict[str, int] = {}
        years = {y for period in self.periods for y in range(period.start, period.end + 1)}
        for year in sorted(years):
            for reason, n in self.corpus.facts["dropped"][self.issue].get(str(year), {}).items():
                sums[reason] = sums.get(reason, 0) + n
        return tuple(Dropped(reason, n) for reason, n in sums.items())

    @property
    def set_held(self) -> SetHeld | None:
        """No set can be read from aggregates."""
        return None

    def roll_calls(self, k: int) -> int:
        """Roll calls that count in period k."""
        by_year = self.corpus.facts["roll_calls"][self.issue]
        return sum(by_year.get(str(y), 0) for y in range(self.periods[k].start, self.periods[k].end + 1))

    def counts(self, k: int, a: str, b: str) -> Counts:
        """The joint choices of a pair; one of the two must be an anchor."""
        anchors = self.corpus.facts["anchors"]
        if a in anchors and (a in self._against or b not in self._against):
            return self.against(a).counts(k, b)
        if b in anchors:
            return self.against(b).counts(k, a).flipped()
        raise self._missing(a, b)

    def against(self, state: str) -> Against:
        """An anchor's tables with every state."""
        if state not in self.corpus.facts["anchors"]:
            raise self._missing(state)
        if state not in self._against:
            block, first = self.corpus.block(state, self.issue), self.corpus.origin.first.year
            years = ((max(0, p.start - first), max(0, p.end - first + 1)) for p in self.periods)
            sums = np.stack([block[begin:end].sum(axis=0, dtype=np.int64) for begin, end in years])
            tables = sums[..., :-1].reshape(*sums.shape[:2], 4, 4)
            position = self.corpus.position
            self._against[state] = Against(position, position[state], tables, sums[..., -1])
        return self._against[state]

    def partners(self, k: int, state: str) -> Partners:
        """An anchor's tables with every other state."""
        return self.against(state).partners(k)

    def seated(self, k: int, state: str) -> int:
        """Roll calls on which the state held a seat, from its own table with itself or the anchor that always did."""
        beside = state if state in self._against else self.corpus.facts["always_seated"]
        return self.against(beside).counts(k, state).roll_calls

    def also_flagged(self, k: int) -> dict[str, int]:
        """Overlap with the other issue flags."""
        sums: dict[str, int] = {}
        for year in range(self.periods[k].start, self.periods[k].end + 1):
            for flag, n in self.corpus.facts["also_flagged"].get(self.issue, {}).get(str(year), {}).items():
                sums[flag] = sums.get(flag, 0) + n
        return sums

    def _missing(self, *states: str) -> RollCallsMissing:
        return RollCallsMissing(
            "The starter data hold pairs with at least one of these states, and rankings of these states only",
            got=", ".join(states),
            allowed=", ".join(self.corpus.facts["anchors"]),
            next=say("notes.get_release"),
        )
