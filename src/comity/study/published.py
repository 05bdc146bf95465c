"""A published table of dyads beside the values that a release gives: how many are equal, how the others differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from comity.errors import BadPeriod, EmptySelection
from comity.measures.catalogue import MEASURES, pair_measures
from comity.model.language import numeral
from comity.model.period import Clock, Period
from comity.model.reading import Reading
from comity.model.words import say
from comity.sources.dyadic import Dyads, MeasureColumn
from comity.study import ask
from comity.study.answers.common import Note
from comity.study.answers.published import ColumnCompared, Gap, PublishedAnswer, Tried, Way
from comity.study.context import Frame, frame
from comity.study.corpus import Corpus
from comity.study.notes import general, note, unique
from comity.study.published_gaps import by_step, common_state, correlation, largest, roll_calls
from comity.study.published_rows import Rows, matched
from comity.study.published_screen import CLEARLY, nearest
from comity.study.published_ways import Column, Floats, Ways, exceeds, own_way, scaled, shifted, tolerance
from comity.study.splits import needs_roll_calls

if TYPE_CHECKING:
    import polars as pl

_NO_VOTE, _BEFORE, _AFTER, _EMPTY = "no_vote", "before_first", "after_last", "no_value"
_NO_ROLL_CALL, _NONE_CAST, _UNDEFINED = "no_roll_call", "none_cast", "undefined"


@dataclass(frozen=True, eq=False)
class _Own:
    """The values as the column is read: one an row of the table.

    reason : why a row is not compared; "" where it is.
    """

    ours: Floats
    n: NDArray[np.int64]
    recorded: NDArray[np.int64]
    reason: NDArray[np.object_]

    @property
    def compared(self) -> NDArray[np.bool_]:
        """The rows that are compared."""
        return np.asarray(self.reason == "")


def compare(
    file: Dyads, *, skip_unknown: bool = False, reading: Reading | None = None, corpus: Corpus | None = None
) -> PublishedAnswer:
    """Compare a published table (see sources.dyadic.read) with the values of a release.

    skip_unknown : leave out rows whose states are not known, and count them, instead of refusing the file.
    Raises UnknownState, UsageError for an unknown measure, EmptySelection where no row can be compared.
    """
    measures = [pair_measures(c.measure)[0].id for c in file.columns]
    file, hundredths = _in_range(file, measures)
    given = reading or Reading()
    if given.clock == "day":
        raise BadPeriod(say("published.day_clock"), got="day", allowed="year, session")
    ways = [own_way(m, _clock(m, file, given)) for m in measures]
    fr = frame(replace(given, clock=ways[0].clock), corpus)
    tables = Ways(needs_roll_calls(fr.corpus), fr.reading)
    rows = matched(file, skip_unknown=skip_unknown)
    able = [tables.possible(w) for w in ways]
    found = [
        (replace(made, hundredths=c.key in hundredths), part)
        for c, w in zip(file.columns, able, strict=True)
        for made, part in [_column(tables, fr, file, c, w, rows)]
    ]
    if not any(c.own.compared for c, _ in found):
        raise EmptySelection(
            say("published.nothing", file=file.file, release=fr.origin.release), got=_why(rows, [c for c, _ in found])
        )
    import polars as pl

    seen = _periods(rows.frame["period"].to_numpy(), file.unit, ways[0].clock, fr)
    cut = tables.corpus.cut(fr.reading, seen)
    return PublishedAnswer(
        header=fr.header,
        file=file.file,
        layout=file.layout,
        scheme=file.scheme,
        unit=file.unit,
        rows=file.frame.height,
        left_out=rows.left_out,
        unknown=rows.unknown,
        passed_over=dict(file.passed_over),
        columns=tuple(c for c, _ in found),
        dropped=cut.dropped,
        notes=unique([note("published"), *_unmarked(ways, able), *general(fr.origin, fr.reading, seen)]),
        frame=pl.concat([part for _, part in found]),
    )


def _in_range(file: Dyads, measures: Sequence[str]) -> tuple[Dyads, set[str]]:
    """The file with columns divided by 100 whose values their measure cannot take as they stand; and their keys."""
    keys = {
        c.key
        for c, m in zip(file.columns, measures, strict=True)
        if not c.percent and exceeds(file.frame[c.key].to_numpy().astype(float), m)
    }
    frame = file.frame.with_columns(file.frame[k] / 100 for k in keys)
    columns = tuple(replace(c, decimals=c.decimals + 2) if c.key in keys else c for c in file.columns)
    return replace(file, frame=frame, columns=columns), keys


def _unmarked(asked: Sequence[Way], able: Sequence[Way]) -> list[Note]:
    """Measures that ask for votes to be left out which the release does not mark."""
    return [
        note("published_unmarked", measure=w.measure, kind=say(f"published_way.{a.votes}"))
        for w, a in zip(asked, able, strict=True)
        if w != a
    ]


def _clock(measure: str, file: Dyads, reading: Reading) -> Clock:
    """What a measure asks for; else what the user asks for; else what the layout, or the period column, is."""
    return MEASURES[measure].clock or ("session" if reading.clock == "session" else file.clock or file.unit)


def _periods(period: NDArray[np.int32], unit: Clock, clock: Clock, fr: Frame) -> list[Period]:
    """The release's years or sessions that the rows name."""
    span = ask.whole(fr.origin, clock)
    steps = np.unique(shifted(period, unit, clock))
    return [Period(int(s), int(s), clock) for s in steps if span.start <= s <= span.end]


def _why(rows: Rows, columns: list[ColumnCompared]) -> str:
    reasons = {**rows.left_out, **(columns[0].not_compared if columns else {})}
    return ", ".join(f"{say(f'published_reason.{reason}')}: {numeral(n, ',')}" for reason, n in reasons.items())


def _column(
    tables: Ways, fr: Frame, file: Dyads, read: MeasureColumn, way: Way, rows: Rows
) -> tuple[ColumnCompared, pl.DataFrame]:
    """One column beside its measure, and its rows."""
    table = rows.frame
    at = tables.corpus.matrix.column
    i, j = (np.array([at.get(s, -1) for s in table[side].to_list()], np.intp) for side in ("a", "b"))
    value, period = table[read.key].to_numpy().astype(float), table["period"].to_numpy()
    whole = Column(i, j, period, file.unit, value, 0.5 * 10.0**-read.decimals)
    own = _computed(tables, fr, whole, way)
    compared = np.flatnonzero(own.compared)
    gap = value - own.ours
    equal = np.abs(gap) <= tolerance(whole.tolerance, "as_is")
    mine = Tried(
        way,
        len(compared),
        int(equal[compared].sum()),
        float(np.sqrt((gap[compared] ** 2).mean())) if len(compared) else None,
    )
    part = whole.take(compared)
    tried, screened, ways = nearest(tables, part, way) if mine.equal < mine.compared else ((), 0, 0)
    best = tried[0] if tried and tried[0].share >= mine.share + CLEARLY else None
    steps = whole.steps(way.clock)
    rows_frame = _frame(table, read, way, steps, own, value, gap, equal)
    missing = own.reason[~own.compared]
    made = ColumnCompared(
        column=read.written,
        decimals=read.decimals,
        percent=read.percent,
        own=mine,
        tried=tried,
        found=best,
        not_compared={str(r): int((missing == r).sum()) for r in dict.fromkeys(missing)},
        zero=int(((own.reason == _UNDEFINED) & (value == 0)).sum()),
        correlation=correlation(value[compared], own.ours[compared]),
        bias=float(gap[compared].mean()) if len(compared) else None,
        roll_calls=roll_calls(table["n"].to_numpy().astype(float)[compared], own.n[compared]),
        steps=by_step(steps[compared], equal[compared]),
        common_state=common_state(table, compared[~equal[compared]]),
        largest=largest(table, steps, value, gap, own.n, own.compared & ~equal),
        still=_still(tables, fr, table, whole, best.way) if best and best.equal < best.compared else (),
        screened=screened,
        ways=ways,
    )
    return made, rows_frame


def _computed(tables: Ways, fr: Frame, column: Column, way: Way) -> _Own:
    """Our value of every row, or why there is none."""
    size = len(column.value)
    ours, n, recorded = np.full(size, np.nan), np.zeros(size, np.int64), np.zeros(size, np.int64)
    reason = np.full(size, "", dtype=object)
    span, steps = ask.whole(fr.origin, way.clock), column.steps(way.clock)
    reason[np.isnan(column.value)] = _EMPTY
    reason[(column.i < 0) | (column.j < 0)] = _NO_VOTE
    reason[steps < span.start] = _BEFORE
    reason[steps > span.end] = _AFTER
    left = np.flatnonzero(reason == "")
    for step, rows, given in tables.tables(column.take(left), (way.over, way.votes, way.clock)):
        at = left[rows]
        ours[at] = tables.value(way.measure, given, step)
        n[at] = given[:, :3, :3].sum(axis=(1, 2))
        recorded[at] = given.sum(axis=(1, 2))
    here = reason == ""
    reason[here & np.isnan(ours)] = _UNDEFINED
    reason[here & (n == 0) & np.isnan(ours)] = _NONE_CAST
    reason[here & (recorded == 0)] = _NO_ROLL_CALL
    return _Own(ours, n, recorded, reason)


def _still(tables: Ways, fr: Frame, table: pl.DataFrame, column: Column, way: Way) -> tuple[Gap, ...]:
    """The largest gaps that are left under another way."""
    found, value = _computed(tables, fr, column, way), scaled(column.value, way.scale)
    gap = value - found.ours
    apart = found.compared & ~(np.abs(gap) <= tolerance(column.tolerance, way.scale))
    return largest(table, column.steps(way.clock), value, gap, found.n, apart)


def _frame(
    table: pl.DataFrame,
    read: MeasureColumn,
    way: Way,
    steps: NDArray[np.int32],
    own: _Own,
    value: Floats,
    gap: Floats,
    equal: NDArray[np.bool_],
) -> pl.DataFrame:
    import polars as pl

    there = own.compared
    return table.select("a", "b").with_columns(
        period=pl.Series(steps),
        clock=pl.lit(way.clock),
        column=pl.lit(read.written),
        measure=pl.lit(way.measure),
        published=pl.Series(value, nan_to_null=True),
        ours=pl.Series(own.ours, nan_to_null=True),
        n=pl.Series(own.n),
        gap=pl.Series(np.where(there, gap, np.nan), nan_to_null=True),
        equal=pl.Series(equal & there).set(~pl.Series(there), None),
        reason=pl.Series(own.reason.astype(str)),
    )
