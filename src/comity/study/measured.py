"""The measures of a pair, period by period, each with the reason where it has no value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from comity.errors import FieldMissing, RollCallsMissing, UsageError
from comity.measures import chance
from comity.measures.catalogue import Measure
from comity.measures.rollcall import divided
from comity.model.period import Period
from comity.model.words import say
from comity.study.answers.common import Cell, PairRow
from comity.study.answers.measured import Choices, Measured
from comity.study.context import Frame
from comity.study.corpus import Cut
from comity.study.release import ReleaseCut
from comity.study.unseen import texts_without_a_vote
from comity.votes.consensus import Adopted, texts_of
from comity.votes.contingency import against_all

Table = NDArray[np.int64]
POOLED, YEARS = "pooled", "years"
AVERAGES = (POOLED, YEARS)


@dataclass(frozen=True, eq=False)
class Measuring:
    """Measures asked of a cut, for any pair of it."""

    frame: Frame
    cut: Cut
    measures: tuple[Measure, ...]
    _divided: dict[int, NDArray[np.uint8]] = field(default_factory=dict)

    def of(self, row: PairRow) -> PairRow:
        """The row with the measures in each of its cells."""
        if not self.measures:
            return row
        cells = (
            replace(c, measures=tuple(self._one(m, k, row, c) for m in self.measures)) for k, c in enumerate(row.cells)
        )
        return replace(row, cells=tuple(cells))

    def _one(self, measure: Measure, k: int, row: PairRow, cell: Cell) -> Measured:
        table, reason = self._table(measure, k, row, cell)
        if table is None or reason:
            return Measured(measure.id, None, 0, reason)
        assert measure.function is not None  # only ideal points have none, and they are not of a pair
        texts = (self._texts(cell.period),) if measure.consensus else ()
        value = float(measure.function(table, *texts))
        n = int(table[:3, :3].sum())
        defined = np.isfinite(value)
        told = Measured(measure.id, value if defined else None, n, None if defined else _undefined(measure, table))
        return _beside(told, table) if measure.corrected and n else told

    def _table(self, measure: Measure, k: int, row: PairRow, cell: Cell) -> tuple[Table | None, str | None]:
        """The table that the measure reads, or the reason why there is none."""
        reading = self.frame.reading
        if measure.over == "divided" and not isinstance(self.cut, ReleaseCut):
            return None, say("measured.roll_calls")
        if measure.clock is not None and reading.clock != measure.clock:
            return None, say(f"measured.clock_{measure.clock}")
        if measure.consensus and (reason := self._without_texts(cell.period)):
            return None, reason
        if isinstance(self.cut, ReleaseCut) and measure.over == "divided":
            return self._over_divided(self.cut, k, row), None
        if measure.over == "final":
            if isinstance(self._final, str):
                return None, self._final
            return np.array(self._final.counts(k, row.a, row.b).table), None
        return np.array(cell.counts.table), None

    @cached_property
    def _final(self) -> Cut | str:
        """The same periods without paragraph and amendment votes, or why that cannot be had."""
        reading = replace(self.frame.reading, paragraph="drop", amendment="drop")
        try:
            return self.frame.corpus.cut(reading, self.cut.periods)
        except (FieldMissing, RollCallsMissing) as error:
            return say("measured.final", why=error.what)

    def _over_divided(self, cut: ReleaseCut, k: int, row: PairRow) -> Table:
        column = cut.corpus.matrix.column
        if k not in self._divided:
            cells = cut.cells(k)
            self._divided[k] = cells[divided(cells)]
        return np.asarray(against_all(self._divided[k], column[row.a])[0][column[row.b]])

    @cached_property
    def _ledger(self) -> dict[int, Adopted]:
        return texts_without_a_vote(self.frame.corpus)

    def _texts(self, period: Period) -> int | None:
        return texts_of(range(period.start, period.end + 1), self._ledger)

    def _without_texts(self, period: Period) -> str | None:
        if self.frame.reading.issue != "all":
            return say("measured.consensus_issue")
        return say("measured.consensus_unknown") if self._texts(period) is None else None


def measured(
    fr: Frame, cut: Cut, rows: Sequence[PairRow], measures: tuple[Measure, ...], average: str = POOLED
) -> tuple[PairRow, ...]:
    """Rows of pairs with the measures in each cell; unchanged where none is asked for.

    average : "pooled", a period's votes taken together; or "years", the mean of the values of its years (or sessions).
    UsageError for other words, and for years where the clock is the day.
    """
    if average not in AVERAGES:
        raise UsageError("Unknown average of a measure", got=average, allowed=", ".join(AVERAGES))
    if average == YEARS and fr.reading.clock == "day":
        raise UsageError("A mean of yearly values is by year or session", got="--clock day", allowed="year, session")
    pooled = Measuring(fr, cut, measures)
    made = tuple(pooled.of(row) for row in rows)
    if average == POOLED or not measures:
        return made
    steps = sorted({Period(t, t, p.clock) for p in cut.periods for t in range(p.start, p.end + 1)})
    single = Measuring(fr, fr.corpus.cut(fr.reading, steps), measures)
    return tuple(_averaged(row, single) for row in made)


def _averaged(row: PairRow, single: Measuring) -> PairRow:
    """The row with means over the years of each cell in place of pooled values."""
    counted = (Cell(p, single.cut.counts(k, row.a, row.b)) for k, p in enumerate(single.cut.periods))
    years = single.of(replace(row, cells=tuple(counted))).cells
    cells = []
    for cell in row.cells:
        within = [y for y in years if cell.period.start <= y.period.start <= cell.period.end and y.counts.roll_calls]
        means = (_mean(m, [y.measures[j] for y in within]) for j, m in enumerate(cell.measures))
        cells.append(replace(cell, measures=tuple(means)))
    return replace(row, cells=tuple(cells))


def _mean(pooled: Measured, yearly: Sequence[Measured]) -> Measured:
    """Every year counts alike; what stands beside the value is of the whole period."""
    values = [m.value for m in yearly if m.value is not None]
    reason = pooled.reason or say("measured.no_year")
    return replace(
        pooled,
        value=float(np.mean(values)) if values else None,
        n=sum(m.n for m in yearly if m.value is not None),
        reason=None if values else reason,
        years=len(values),
        years_left_out=len(yearly) - len(values),
    )


def _beside(told: Measured, table: Table) -> Measured:
    cast = table[:3, :3]
    first, second = (_choices(cast.sum(axis=axis)) for axis in (1, 0))
    return replace(
        told,
        choices=(first, second),
        prevalence=float(chance.prevalence(table)),
        bias=float(chance.bias(table)),
    )


def _choices(sums: Table) -> Choices:
    yes, abstain, no = (int(v) for v in sums)
    return yes, abstain, no


def _undefined(measure: Measure, table: Table) -> str:
    if not table.sum():
        return say("measured.no_roll_call")
    if not table[:3, :3].sum():
        return say("measured.none_cast")
    return say("measured.one_choice" if measure.corrected else "measured.none_of_kind")
