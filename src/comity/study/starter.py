"""The starter data: counts by pair, calendar year and issue that travel inside the package.

Aggregates only, never the vote table: the 4×4 table and the coded-nonmember count of each anchor state (the five
permanent members and ASEAN's members) with every state. Built from a full store by ``comity data build-starter``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from comity.errors import RollCallsMissing, StoreDamaged
from comity.model.counts import NO_COUNTS, Counts
from comity.model.fault import KnownFault
from comity.model.origin import Origin
from comity.model.period import Period
from comity.model.reading import Dropped, Reading
from comity.model.words import say
from comity.study.corpus import STARTER, SetHeld

if TYPE_CHECKING:
    import polars as pl

TABLE, FACTS = "counts.parquet", "starter.json"
CELLS = tuple(f"{x}{y}" for x in "YANX" for y in "YANX")
_WIDTH = len(CELLS) + 1  # the sixteen cells and the coded-nonmember count


@dataclass(frozen=True, eq=False)
class StarterCorpus:
    """The starter data as a corpus.

    frame : anchor, partner, year, issue, the sixteen cells (CELLS) and "coded".
    facts : origin, and by issue and year: roll calls, drops by reason, overlaps with other flags.
    """

    frame: pl.DataFrame
    facts: Mapping[str, Any]
    _dense: dict[tuple[str, str], tuple[dict[str, int], NDArray[np.int64]]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> StarterCorpus:
        """From the package."""
        import polars as pl

        folder = resources.files("comity.data") / STARTER
        try:
            facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
            with resources.as_file(folder / TABLE) as path:
                frame = pl.read_parquet(path)
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

    def dense(self, anchor: str, issue: str) -> tuple[dict[str, int], NDArray[np.int64]]:
        """An anchor's counts: partner → position, and an array (years since the first, partners, 17)."""
        key = (anchor, issue)
        if key not in self._dense:
            import polars as pl

            part = self.frame.filter((pl.col("anchor") == anchor) & (pl.col("issue") == issue))
            position = {s: i for i, s in enumerate(self.states)}
            first, last = self.origin.first.year, self.origin.last.year
            block = np.zeros((last - first + 1, len(position), _WIDTH), np.int64)
            where = [position[p] for p in part["partner"].to_list()]
            block[part["year"].to_numpy().astype(np.int64) - first, where] = part.select(*CELLS, "coded").to_numpy()
            self._dense[key] = position, block
        return self._dense[key]


@dataclass(frozen=True, eq=False)
class StarterCut:
    """The starter data of one issue, cut into periods of calendar years."""

    corpus: StarterCorpus
    issue: str
    periods: tuple[Period, ...]

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
        if a in self.corpus.facts["anchors"]:
            return self._table(k, a).get(b, NO_COUNTS)
        if b in self.corpus.facts["anchors"]:
            return self._table(k, b).get(a, NO_COUNTS).flipped()
        raise self._missing(a, b)

    def partners(self, k: int, state: str) -> dict[str, Counts]:
        """An anchor's tables with every other state."""
        if state not in self.corpus.facts["anchors"]:
            raise self._missing(state)
        return {p: c for p, c in self._table(k, state).items() if p != state and c.roll_calls}

    def seated(self, k: int, state: str) -> int:
        """Roll calls on which the state held a seat, from any anchor that always did."""
        if state in self.corpus.facts["anchors"]:
            return self._table(k, state).get(state, NO_COUNTS).roll_calls
        always = self.corpus.facts["always_seated"]
        return self._table(k, always).get(state, NO_COUNTS).roll_calls

    def also_flagged(self, k: int) -> dict[str, int]:
        """Overlap with the other issue flags."""
        sums: dict[str, int] = {}
        for year in range(self.periods[k].start, self.periods[k].end + 1):
            for flag, n in self.corpus.facts["also_flagged"].get(self.issue, {}).get(str(year), {}).items():
                sums[flag] = sums.get(flag, 0) + n
        return sums

    def _table(self, k: int, anchor: str) -> dict[str, Counts]:
        position, block = self.corpus.dense(anchor, self.issue)
        first = self.corpus.origin.first.year
        period = self.periods[k]
        sums = block[max(0, period.start - first) : max(0, period.end - first + 1)].sum(axis=0)
        tables = sums[:, :-1].reshape(-1, 4, 4).tolist()
        coded = sums[:, -1].tolist()
        return {s: Counts.of(tables[i], coded[i]) for s, i in position.items()}

    def _missing(self, *states: str) -> RollCallsMissing:
        return RollCallsMissing(
            "The starter data hold pairs with at least one of these states, and rankings of these states only",
            got=", ".join(states),
            allowed=", ".join(self.corpus.facts["anchors"]),
            next=say("notes.get_release"),
        )
