"""Whether and when a pair's voting alike changed, on three series: as counted, less the median pair, texts matched."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from comity.errors import BadPeriod, FieldMissing
from comity.measures import breaks as measure
from comity.measures.matched import matched
from comity.model.choice import Choice
from comity.model.period import Period
from comity.model.reading import Reading
from comity.study import trend
from comity.study.answers.breaks import Break, BreaksAnswer, BreakSeries, Chance, DateSupport, Point
from comity.study.answers.pair import TrendAnswer
from comity.study.answers.pair_header import PairHeader
from comity.study.context import Frame, frame
from comity.study.corpus import Corpus
from comity.study.notes import note, unique
from comity.study.recurring import families_of
from comity.study.release import ReleaseCorpus, ReleaseCut
from comity.study.standing import MIN_COMMON

DRAWS, SEED = 1000, 1


def breaks(
    a: str,
    b: str,
    *,
    period: str | Period | None = None,
    break_at: int | None = None,
    seed: int = SEED,
    reading: Reading | None = None,
    corpus: Corpus | None = None,
) -> BreaksAnswer:
    """Compare no change, a ramp and one step on a pair's yearly (or sessional) record.

    break_at : a date someone asserts, the first year on the new level; it gets its support beside the best date's.
    seed     : of the simulated series without a change.
    """
    fr = frame(reading or Reading(), corpus)
    seen = trend.trend(a, b, period=period, reading=fr.reading, corpus=fr.corpus)
    whole = [cell for cell in seen.row.cells if cell.counts.cast and not cell.partial]
    if not whole:
        raise BadPeriod("No whole year in the period has a vote that both cast", got=str(period or "the record"))
    span = Period(whole[0].period.start, whole[-1].period.end, fr.reading.clock)
    if break_at is not None and not span.start < break_at <= span.end:
        raise BadPeriod("The asserted break lies outside the record of the pair", got=break_at, allowed=span.label)
    of = sum(cell.counts.cast for cell in whole)
    years = np.array([cell.period.start for cell in whole])
    same, cast = (np.array([getattr(cell.counts, k) for cell in whole]) for k in ("same", "cast"))
    raw = measure.shares(years, same, cast)
    series = [_series("share", raw, of, break_at, seed)]
    for kind, found in (("less_median", _less_median(fr, raw)), ("matched", _matched(fr, seen, raw))):
        if isinstance(found, str):
            series.append(BreakSeries(kind, (), of, None, found))
        else:
            series.append(_series(kind, found, of, break_at, seed))
    return BreaksAnswer(_pair(fr, seen), span, tuple(series), break_at, seed)


def _pair(fr: Frame, seen: TrendAnswer) -> PairHeader:
    row = seen.row
    notes = unique([note("break"), *seen.notes])
    return PairHeader(fr.header, row.a, row.b, row.name_a, row.name_b, seen.dropped, notes)


def _series(kind: str, series: measure.Series, of: int, break_at: int | None, seed: int) -> BreakSeries:
    points = tuple(
        Point(int(t), float(v), int(n)) for t, v, n in zip(series.time, series.value, series.weight, strict=True)
    )
    if len(points) < measure.LEAST:
        return BreakSeries(kind, points, of, None, "few_years")
    if np.ptp(series.value) == 0:
        return BreakSeries(kind, points, of, None, "constant")
    found = measure.find_breaks(series)
    # One generator a series: what one finds does not depend on whether another could be made.
    rng = np.random.default_rng([seed, len(kind)])
    memories = (measure.autocorrelation(series, found.at), measure.autocorrelation(series))
    drawn = [measure.false_breaks(series, found, rho, draws=DRAWS, rng=rng) for rho in memories]
    of_dates = _dates(found)
    later = series.time >= found.at
    return BreakSeries(
        kind,
        points,
        of,
        Break(
            preferred=found.preferred,
            at=found.at,
            before=found.before,
            after=found.after,
            votes_before=int(series.weight[~later].sum()),
            votes_after=int(series.weight[later].sum()),
            dispersion=found.dispersion,
            aicc=found.aicc,
            dates=of_dates,
            asserted=_asserted(series, of_dates, break_at),
            chance=(_chance(drawn[0]), _chance(drawn[1])),
        ),
    )


def _chance(found: measure.FalseBreaks) -> Chance:
    return Chance(found.rho, round(found.rate * found.draws), round(found.as_large * found.draws), found.draws)


def _dates(found: measure.Breaks) -> tuple[DateSupport, ...]:
    rank = 1 + (found.support[:, None] < found.support).sum(axis=1)
    return tuple(
        DateSupport(int(at), float(support), int(place), len(found.dates), bool(inside))
        for at, support, place, inside in zip(found.dates, found.support, rank, found.inside, strict=True)
    )


def _asserted(series: measure.Series, dates: tuple[DateSupport, ...], at: int | None) -> DateSupport | None:
    """The support of an asserted date: that of the first year with votes from it on, None at the edges."""
    if at is None:
        return None
    later = series.time[series.time >= at]
    return next((d for d in dates if len(later) and d.at == later[0]), None)


def _less_median(fr: Frame, raw: measure.Series) -> measure.Series | str:
    """The pair's share less that of the median pair of the same year."""
    if not isinstance(fr.corpus, ReleaseCorpus):
        return "needs_roll_calls"
    cut = fr.corpus.cut(fr.reading, [Period(int(t), int(t), fr.reading.clock) for t in raw.time])
    median = _median_pairs(cut)
    return measure.values(raw.time, raw.value - median, raw.weight)


def _median_pairs(cut: ReleaseCut) -> NDArray[np.float64]:
    """By period, the median over all pairs that cast votes together on at least half of its roll calls."""
    out = np.full(len(cut.periods), np.nan)
    for k, (same, cast) in enumerate(cut.alike()):
        upper = np.triu_indices(len(cast), 1)
        kept = cast[upper] >= max(1, MIN_COMMON * cut.roll_calls(k))
        if kept.any():
            out[k] = np.median(same[upper][kept] / cast[upper][kept])
    return out


def _matched(fr: Frame, seen: TrendAnswer, raw: measure.Series) -> measure.Series | str:
    """The share as if the same texts had been voted on in every year."""
    if not isinstance(fr.corpus, ReleaseCorpus):
        return "needs_roll_calls"
    try:
        ids = families_of(fr.corpus).ids
    except FieldMissing:
        return "needs_titles"
    span = Period(int(raw.time[0]), int(raw.time[-1]), fr.reading.clock)
    cut = fr.corpus.cut(fr.reading, [span])
    rows, votes = both_cast(cut, 0, seen.row.a, seen.row.b)
    found = matched(votes[:, 0] == votes[:, 1], cut.selection.clock[rows], ids[rows])
    return measure.values(found.time, found.level, found.n) if len(found.time) else "no_families"


def both_cast(cut: ReleaseCut, k: int, a: str, b: str) -> tuple[NDArray[np.intp], NDArray[np.uint8]]:
    """The roll calls of period k on which both cast a vote, and their choices, shape (roll calls, 2)."""
    column = cut.corpus.matrix.column
    votes = cut.cells(k)[:, [column[a], column[b]]]
    cast = (votes < Choice.ABSENT).all(axis=1)
    return cut.rows[k][cast], votes[cast]
