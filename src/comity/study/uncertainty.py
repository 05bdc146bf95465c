"""Intervals for a pair answer, from the families of its texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isnan

import numpy as np
from numpy.typing import NDArray

from comity.measures import agreement
from comity.measures._families import RELIABLE_FROM
from comity.measures.multiple import benjamini_hochberg
from comity.measures.permute import exchange
from comity.measures.resample import interval
from comity.model.counts import CATEGORIES
from comity.study.answers.common import PairRow
from comity.study.answers.pair import PairAnswer, TrendAnswer
from comity.study.answers.uncertainty import (
    Bands,
    ChangeBands,
    ContrastBands,
    Intervals,
    RankBands,
    ShareBands,
    TrendIntervals,
)
from comity.study.corpus import Corpus
from comity.study.drawing import FAMILY, LEVEL, SEED, Drawing, Record, Tables, drawing
from comity.study.headline import ranges
from comity.study.ranking import band, ranked
from comity.study.release import ReleaseCut
from comity.study.standing import rank_partners

Floats = NDArray[np.float64]
_OF_CAST = CATEGORIES[:3]
_PARTS = (
    agreement.same_share_of_all,
    agreement.ambivalent_share_of_all,
    agreement.opposite_share_of_all,
    agreement.absent_share,
    agreement.same_share,
    agreement.ambivalent_share,
    agreement.opposite_share,
)
"""The four categories over all recorded votes, then three over the votes cast by both."""


def with_intervals(
    answer: PairAnswer, corpus: Corpus | None = None, *, clusters: str = FAMILY, seed: int = SEED
) -> PairAnswer:
    """The answer with family-bootstrap intervals, those of the ranks in its headline where families are known.

    corpus   : what the answer was asked of; opened again where not given.
    clusters : "family", or "family-session" to draw sessions too, crossed with families.
    Errors as for ``drawing``.
    """
    how = drawing(answer.header.reading, corpus, clusters=clusters, seed=seed)
    found = intervals(answer, how)
    return replace(answer, intervals=found, headline=" ".join((answer.headline, *ranges(answer, found))))


def intervals(answer: PairAnswer, how: Drawing) -> Intervals:
    """Intervals for every share, change, contrast and rank of an answer."""
    periods = tuple(cell.period for cell in answer.lead.cells)
    cut = how.corpus.cut(answer.header.reading, periods)
    record, rng = how.record(cut), how.rng()
    rows = [r for r in answer.rows if r.a in how.corpus.matrix.column and r.b in how.corpus.matrix.column]
    tables = _pair_tables(record, rows)
    estimate, made = _parts(tables.whole), tables.made(_parts, rng)
    labels = [p.label for p in periods]
    changed, apart = _change_tests(tables, rng), _contrast_tests(tables, rng)
    return Intervals(
        drawn=how.told(tables),
        shares=tuple(_shares(rows, labels, estimate, made, tables.families)),
        changes=tuple(_changes(rows, labels, estimate, made, tables.families, changed)),
        contrasts=tuple(_contrasts(rows, labels, estimate, made, tables.families, apart)),
        ranks=tuple(_ranks(answer, cut, record)),
    )


def with_trend_intervals(answer: TrendAnswer, corpus: Corpus | None = None, *, seed: int = SEED) -> TrendAnswer:
    """The trend with a band for each year (or session) by family bootstrap, one draw for all of them.

    A year holds one session or two, so sessions are not drawn. Arguments and errors as for ``with_intervals``.
    """
    return replace(answer, intervals=trend_bands(answer, drawing(answer.header.reading, corpus, seed=seed)))


def trend_bands(answer: TrendAnswer, how: Drawing) -> TrendIntervals:
    """A band for each cell of a trend."""
    periods = [cell.period for cell in answer.row.cells]
    tables = _pair_tables(how.record(how.corpus.cut(answer.header.reading, periods)), [answer.row])
    made = tables.made(_parts, how.rng())
    shares = _shares([answer.row], [p.label for p in periods], _parts(tables.whole), made, tables.families)
    return TrendIntervals(how.told(tables), tuple(shares))


def _pair_tables(record: Record, rows: Sequence[PairRow]) -> Tables:
    column = record.drawing.corpus.matrix.column
    first, second = (np.array([column[getattr(r, side)] for r in rows], np.intp) for side in "ab")
    return record.tables(first, second)


def _parts(tables: Floats) -> Floats:
    """Tables (..., 4, 4) to shares (..., 7)."""
    return np.stack([part(tables) for part in _PARTS], axis=-1)


def _shares(
    rows: Sequence[PairRow], labels: Sequence[str], estimate: Floats, made: Floats, families: NDArray[np.int64]
) -> list[ShareBands]:
    """One a pair and period; estimate (periods, pairs, 7), made (draws, periods, pairs, 7)."""
    ends = interval(made, estimate, level=LEVEL, method="percentile")
    return [
        ShareBands(
            row.a, row.b, label, n := int(families[k, j]), n >= RELIABLE_FROM, *_bands(estimate, ends, (k, j), 1)
        )
        for j, row in enumerate(rows)
        for k, label in enumerate(labels)
    ]


def _changes(
    rows: Sequence[PairRow],
    labels: Sequence[str],
    estimate: Floats,
    made: Floats,
    families: NDArray[np.int64],
    p: Floats,
) -> list[ChangeBands]:
    """Between neighbouring periods; both ends of a change stand on one draw."""
    change, moved = estimate[1:] - estimate[:-1], made[:, 1:] - made[:, :-1]
    ends = interval(moved, change, level=LEVEL, method="percentile")
    q = _adjusted(p)
    fewest = np.minimum(families[1:], families[:-1])
    return [
        ChangeBands(
            row.a,
            row.b,
            labels[k],
            labels[k + 1],
            n := int(fewest[k, j]),
            n >= RELIABLE_FROM,
            *_bands(change, ends, (k, j), 100),
            p_of_all=_named(p[k, j]),
            q_of_all=_named(q[k, j]),
        )
        for j, row in enumerate(rows)
        for k in range(len(labels) - 1)
    ]


def _change_tests(tables: Tables, rng: np.random.Generator) -> Floats:
    """p-values of every change over all recorded votes, shape (periods − 1, pairs, 4)."""
    whole = tables.by_family
    found = [_exchanged(whole[:, k : k + 2], tables, rng) for k in range(whole.shape[1] - 1)]
    return np.array(found).reshape(len(found), whole.shape[2], len(CATEGORIES))


def _contrast_tests(tables: Tables, rng: np.random.Generator) -> Floats:
    """p-values of the lead pair against each other pair, shape (periods, pairs − 1, 4)."""
    whole = tables.by_family
    found = [_exchanged(whole[:, :, [j, 0]].swapaxes(1, 2), tables, rng) for j in range(1, whole.shape[2])]
    return np.array(found).reshape(len(found), whole.shape[1], len(CATEGORIES)).swapaxes(0, 1)


def _exchanged(sides: NDArray[np.int64], tables: Tables, rng: np.random.Generator) -> Floats:
    draws = tables.drawing.draws
    return exchange(sides, lambda t: _parts(t)[..., : len(CATEGORIES)], rng, draws=draws).p


def _adjusted(p: Floats) -> Floats:
    """By category over all periods and pairs (Benjamini-Hochberg)."""
    return np.stack([benjamini_hochberg(p[..., c]) for c in range(p.shape[-1])], axis=-1)


def _contrasts(
    rows: Sequence[PairRow],
    labels: Sequence[str],
    estimate: Floats,
    made: Floats,
    families: NDArray[np.int64],
    p: Floats,
) -> list[ContrastBands]:
    gap, moved = estimate[:, :1] - estimate[:, 1:], made[:, :, :1] - made[:, :, 1:]
    ends = interval(moved, gap, level=LEVEL, method="percentile")
    q = _adjusted(p)
    fewest = np.minimum(families[:, :1], families[:, 1:])
    return [
        ContrastBands(
            row.a,
            row.b,
            label,
            n := int(fewest[k, j]),
            n >= RELIABLE_FROM,
            *_bands(gap, ends, (k, j), 100),
            p_of_all=_named(p[k, j]),
            q_of_all=_named(q[k, j]),
        )
        for j, row in enumerate(rows[1:])
        for k, label in enumerate(labels)
    ]


def _ranks(answer: PairAnswer, cut: ReleaseCut, record: Record) -> list[RankBands]:
    """All partners that the answer ranks, resampled at once."""
    found = []
    for standing in answer.standings:
        k, state = cut.periods.index(standing.period), standing.state
        order = rank_partners(cut.partners(k, state), cut.seated(k, state)).partners.states
        all_ = ranked(record.of(k), state, order)
        one = all_.partner(standing.partner)
        found.append(
            RankBands(
                state,
                standing.partner,
                standing.period.label,
                all_.drawn.families,
                all_.reliable,
                one.rank,
                one.percentile,
                all_.median(),
                one.corrected_rank,
                one.corrected,
                all_.median(corrected=True),
            )
        )
    return found


def _bands(values: Floats, ends: tuple[Floats, Floats], at: tuple[int, int], scale: float) -> tuple[Bands, Bands]:
    """Bands over all recorded votes and over votes cast by both."""
    made = [band(*(float(x) for x in row)) for row in scale * np.stack([values[at], ends[0][at], ends[1][at]], axis=1)]
    n = len(CATEGORIES)
    return dict(zip(CATEGORIES, made[:n], strict=True)), dict(zip(_OF_CAST, made[n:], strict=True))


def _named(p: Floats) -> dict[str, float | None]:
    return {c: None if isnan(v) else float(v) for c, v in zip(CATEGORIES, p, strict=True)}
