"""Intervals for a pair answer, from the families of its texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isnan

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.errors import RollCallsMissing
from comity.measures import agreement
from comity.measures._families import RELIABLE_FROM, own_families, tables_by_family
from comity.measures.multiple import benjamini_hochberg
from comity.measures.permute import exchange
from comity.measures.ranks import rank_intervals
from comity.measures.resample import interval, replicates
from comity.model.counts import CATEGORIES
from comity.study.answers.common import PairRow
from comity.study.answers.pair import PairAnswer
from comity.study.answers.uncertainty import (
    Band,
    Bands,
    ChangeBands,
    ContrastBands,
    Intervals,
    RankBands,
    ShareBands,
)
from comity.study.context import frame
from comity.study.corpus import Corpus
from comity.study.recurring import families_of
from comity.study.release import ReleaseCorpus, ReleaseCut
from comity.study.standing import rank_partners

Floats = NDArray[np.float64]
SEED, DRAWS, LEVEL = 1945, 2000, 0.95
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


@dataclass(frozen=True, eq=False)
class _Record:
    """The roll calls of an answer, period after period.

    cells : shape (R, states); family, period : shape (R,).
    """

    cells: NDArray[np.uint8]
    family: NDArray[np.int64]
    period: NDArray[np.int64]


def with_intervals(answer: PairAnswer, corpus: Corpus | None = None, *, seed: int = SEED) -> PairAnswer:
    """The answer with family-bootstrap intervals.

    corpus : what the answer was asked of; opened again where not given.
    RollCallsMissing for the starter data; FieldMissing where texts cannot be recognised for want of titles.
    """
    held = frame(answer.header.reading, corpus).corpus
    if not isinstance(held, ReleaseCorpus):
        raise RollCallsMissing(
            "Intervals need single roll calls and the texts they were on; the starter data hold counts",
            got=held.origin.release,
            next="Get a release: comity data pull unga, or comity data add FILE",
        )
    return replace(answer, intervals=intervals(answer, held, families_of(held).ids, seed=seed))


def intervals(
    answer: PairAnswer, corpus: ReleaseCorpus, ids: ArrayLike, *, seed: int = SEED, draws: int = DRAWS
) -> Intervals:
    """Intervals for every share, change, contrast and rank of an answer.

    ids : the family of each roll call of the corpus, −1 for a text that met no second vote.
    """
    periods = tuple(cell.period for cell in answer.lead.cells)
    cut = corpus.cut(answer.header.reading, periods)
    record = _record(cut, own_families(ids))
    rng = np.random.default_rng(seed)
    rows = [r for r in answer.rows if r.a in corpus.matrix.column and r.b in corpus.matrix.column]
    tables = _pair_tables(record, corpus, rows, len(periods))
    estimate = _parts(tables.sum(axis=0, dtype=float)[None])[0]
    made = replicates(tables, _parts, rng, draws=draws)
    families = np.asarray((tables.sum(axis=(-2, -1)) > 0).sum(axis=0))  # periods × pairs
    labels = [p.label for p in periods]
    return Intervals(
        kind=f"family bootstrap, {len(tables)} families, seed {seed}",
        level=LEVEL,
        draws=draws,
        seed=seed,
        families=len(tables),
        shares=tuple(_shares(rows, labels, estimate, made, families)),
        changes=tuple(_changes(rows, labels, estimate, made, families, _tests(tables, rng, draws))),
        contrasts=tuple(_contrasts(rows, labels, estimate, made, families)),
        ranks=tuple(_ranks(answer, cut, record, rng, draws)),
    )


def _record(cut: ReleaseCut, family: NDArray[np.int64]) -> _Record:
    rows = np.concatenate(cut.rows)
    period = np.repeat(np.arange(len(cut.rows)), [len(r) for r in cut.rows])
    return _Record(np.concatenate([cut.cells(k) for k in range(len(cut.rows))]), family[rows], period)


def _pair_tables(record: _Record, corpus: ReleaseCorpus, rows: Sequence[PairRow], periods: int) -> NDArray[np.int64]:
    """Shape (families, periods, pairs, 4, 4)."""
    first, second = ([corpus.matrix.column[getattr(r, side)] for r in rows] for side in "ab")
    cells = record.cells
    return tables_by_family(cells[:, first], cells[:, second], record.family, record.period, periods)


def _parts(tables: Floats) -> Floats:
    """Tables (..., 4, 4) to shares (..., 7)."""
    return np.stack([part(tables) for part in _PARTS], axis=-1)


def _shares(
    rows: Sequence[PairRow], labels: Sequence[str], estimate: Floats, made: Floats, families: NDArray[np.int64]
) -> list[ShareBands]:
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
    q = np.stack([benjamini_hochberg(p[..., c]) for c in range(p.shape[-1])], axis=-1)
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


def _tests(tables: NDArray[np.int64], rng: np.random.Generator, draws: int) -> Floats:
    """p-values of every change over all recorded votes, shape (periods − 1, pairs, 4)."""
    found = [
        exchange(tables[:, k : k + 2], lambda t: _parts(t)[..., : len(CATEGORIES)], rng, draws=draws).p
        for k in range(tables.shape[1] - 1)
    ]
    return np.array(found).reshape(len(found), tables.shape[2], len(CATEGORIES))


def _contrasts(
    rows: Sequence[PairRow], labels: Sequence[str], estimate: Floats, made: Floats, families: NDArray[np.int64]
) -> list[ContrastBands]:
    gap, moved = estimate[:, :1] - estimate[:, 1:], made[:, :, :1] - made[:, :, 1:]
    ends = interval(moved, gap, level=LEVEL, method="percentile")
    fewest = np.minimum(families[:, :1], families[:, 1:])
    return [
        ContrastBands(row.a, row.b, label, n := int(fewest[k, j]), n >= RELIABLE_FROM, *_bands(gap, ends, (k, j), 100))
        for j, row in enumerate(rows[1:])
        for k, label in enumerate(labels)
    ]


def _ranks(
    answer: PairAnswer, cut: ReleaseCut, record: _Record, rng: np.random.Generator, draws: int
) -> list[RankBands]:
    """All partners that the answer ranks, resampled at once."""
    column = cut.corpus.matrix.column
    found = []
    for standing in answer.standings:
        k, state = cut.periods.index(standing.period), standing.state
        order = rank_partners(cut.partners(k, state), cut.seated(k, state)).order
        partners = [name for name, *_ in order]
        here = record.period == k
        cells = record.cells[here]
        others = cells[:, [column[p] for p in partners]]
        tables = tables_by_family(cells[:, column[state]], others, record.family[here])
        made = replicates(tables, lambda t: agreement.same_share(t[:, 0]), rng, draws=draws)
        values = agreement.same_share(tables.sum(axis=0)[0])
        all_ = rank_intervals(values, made, len(tables), level=LEVEL)
        j = partners.index(standing.partner)
        low, middle, high = all_.median
        found.append(
            RankBands(
                state,
                standing.partner,
                standing.period.label,
                all_.families,
                all_.reliable,
                _band(all_.rank[j], all_.low[j], all_.high[j]),
                _band(all_.percentile[j], all_.percentile_low[j], all_.percentile_high[j]),
                _band(middle, low, high),
            )
        )
    return found


def _bands(values: Floats, ends: tuple[Floats, Floats], at: tuple[int, int], scale: float) -> tuple[Bands, Bands]:
    """Bands over all recorded votes and over votes cast by both."""
    made = [_band(*(float(x) for x in row)) for row in scale * np.stack([values[at], ends[0][at], ends[1][at]], axis=1)]
    n = len(CATEGORIES)
    return dict(zip(CATEGORIES, made[:n], strict=True)), dict(zip(_OF_CAST, made[n:], strict=True))


def _band(value: float, low: float, high: float) -> Band:
    return Band(*(None if isnan(x) else float(x) for x in (value, low, high)))


def _named(p: Floats) -> dict[str, float | None]:
    return {c: None if isnan(v) else float(v) for c, v in zip(CATEGORIES, p, strict=True)}
