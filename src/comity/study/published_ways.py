"""Values of given pairs under any way to come by them, a period at a time so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from comity.errors import FieldMissing
from comity.measures.catalogue import MEASURES
from comity.model.period import Clock, Period
from comity.model.reading import Reading
from comity.study.answers.published import Over, Scale, Votes, Way
from comity.study.atlas import divided_tables
from comity.study.release import ReleaseCorpus, ReleaseCut
from comity.study.unseen import texts_without_a_vote
from comity.votes.contingency import Tables

SESSION_OPENS = 1945  # session s opens in the year s + 1945
_CHANGES: dict[Votes, dict[str, str]] = {
    "as_read": {},
    "no_paragraph": {"paragraph": "drop"},
    "final": {"paragraph": "drop", "amendment": "drop"},
    "coded_dropped": {"coded_nonmember": "drop"},
    "tally_kept": {"tally_mismatch": "keep"},
    "duplicates_kept": {"duplicates": "keep"},
}

_SLACK = 0.005  # what rounding may add to the end of a range

Floats = NDArray[np.float64]
Layer = tuple[Over, Votes, Clock]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The rows of one column of a file that can be compared: states as columns of the vote matrix, a before b."""

    i: NDArray[np.intp]
    j: NDArray[np.intp]
    period: NDArray[np.int32]
    unit: Clock
    value: Floats
    tolerance: float

    def steps(self, clock: Clock) -> NDArray[np.int32]:
        """Each row's year or session on a clock."""
        return shifted(self.period, self.unit, clock)

    def take(self, rows: NDArray[np.intp]) -> Column:
        """Some of the rows."""
        return replace(self, i=self.i[rows], j=self.j[rows], period=self.period[rows], value=self.value[rows])


def shifted(period: NDArray[np.int32], unit: Clock, clock: Clock) -> NDArray[np.int32]:
    """Years as the sessions that opened in them, sessions as the years in which they opened."""
    if unit == clock:
        return period
    return period - SESSION_OPENS if clock == "session" else period + SESSION_OPENS


def scaled(value: Floats, scale: Scale) -> Floats:
    """The file's values on the scale of ours."""
    match scale:
        case "percent":
            return value / 100
        case "minus_one":
            return (value + 1) / 2
        case "reversed":
            return 1 - value
        case _:
            return value


def exceeds(value: Floats, measure: str) -> bool:
    """Whether values leave a measure's range, but not once divided by 100: most of those that are not 0, so no slip."""
    low, high = MEASURES[measure].low, MEASURES[measure].high
    told = value[np.isfinite(value) & (value != 0)]
    if low is None or high is None or not len(told):
        return False
    inside = (told / 100 >= low - _SLACK) & (told / 100 <= high + _SLACK)
    return bool(inside.all() and 2 * ((told < low - _SLACK) | (told > high + _SLACK)).sum() > len(told))


def tolerance(width: float, scale: Scale) -> float:
    """Half of the last digit printed, on the scale of ours; floating point is granted a little more."""
    return width * {"percent": 0.01, "minus_one": 0.5}.get(scale, 1.0) * (1 + 1e-6) + 1e-9


def own_way(measure: str, clock: Clock) -> Way:
    """How a measure is defined."""
    over = MEASURES[measure].over
    return Way(measure, "divided" if over == "divided" else "read", "final" if over == "final" else "as_read", clock)


@dataclass(frozen=True, eq=False)
class Ways:
    """A release under every change of a reading, cut and counted once for each set of periods."""

    corpus: ReleaseCorpus
    reading: Reading
    _texts: dict[int, float] = field(default_factory=dict)

    def cut(self, layer: Layer, steps: NDArray[np.int32]) -> ReleaseCut:
        """The reading with the layer's change; FieldMissing where the release lacks what it needs."""
        _, votes, clock = layer
        reading = replace(self.reading, clock=clock, **_CHANGES[votes])  # type: ignore[arg-type]
        return self.corpus.cut(reading, [Period(int(s), int(s), clock) for s in steps])

    def differs(self, layer: Layer) -> bool:
        """Whether the layer counts other roll calls, or other cells, than the reading itself; False if it cannot."""
        votes = layer[1]
        if votes == "coded_dropped":
            return self.reading.coded_nonmember == "count"
        try:
            changed = self.corpus.select(replace(self.reading, **_CHANGES[votes]))  # type: ignore[arg-type]
        except FieldMissing:
            return False
        return bool((changed.chosen != self.corpus.select(self.reading).chosen).any())

    def possible(self, way: Way) -> Way:
        """The way itself, or with the votes kept that the release does not mark."""
        plainer: dict[Votes, Votes] = {"final": "no_paragraph", "no_paragraph": "as_read"}
        while way.votes in plainer:
            try:
                self.corpus.select(replace(self.reading, **_CHANGES[way.votes]))  # type: ignore[arg-type]
            except FieldMissing:
                way = replace(way, votes=plainer[way.votes])
            else:
                break
        return way

    def tables(self, column: Column, layer: Layer) -> Iterator[tuple[int, NDArray[np.intp], Floats]]:
        """Period by period: the step, the positions of its rows, their tables (rows, 4, 4)."""
        if not len(column.value):
            return
        steps = column.steps(layer[2])
        order = np.argsort(steps, kind="stable")
        distinct, starts = np.unique(steps[order], return_index=True)
        cut = self.cut(layer, distinct)
        counted: Tables = divided_tables(cut) if layer[0] == "divided" else cut.tables()
        for k, (step, rows) in enumerate(zip(distinct, np.split(order, starts[1:]), strict=True)):
            yield int(step), rows, counted.table(k)[column.i[rows], column.j[rows]].astype(float)

    def value(self, measure: str, given: Floats, step: int) -> Floats:
        """A measure of tables."""
        chosen = MEASURES[measure]
        assert chosen.function is not None  # only ideal points have none, and they are not of a pair
        if not chosen.consensus:
            return chosen.function(given)
        if not self._texts:
            known = texts_without_a_vote(self.corpus)
            self._texts.update({session: float(row.texts) for session, row in known.items()})
        return chosen.function(given, self._texts.get(step, float("nan")))
