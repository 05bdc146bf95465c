"""Intervals of a ranking: all partners of a state drawn at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import isnan

import numpy as np
from numpy.typing import NDArray

from comity.measures import agreement, chance
from comity.measures._families import RELIABLE_FROM
from comity.measures.ranks import RankIntervals, rank_intervals
from comity.measures.resample import interval
from comity.study.answers.rank import RankAnswer
from comity.study.answers.uncertainty import Band, PartnerBands, RankingIntervals, Resampled
from comity.study.corpus import Corpus
from comity.study.drawing import FAMILY, LEVEL, SEED, Drawing, Record, drawing
from comity.study.standing import rank_partners

Floats = NDArray[np.float64]
_DECIMALS = 12  # so that equal tables tie however their shares were summed


@dataclass(frozen=True, eq=False)
class Ranked:
    """Partners with their values on the record and on every draw; shape (N, 2) and (draws, N, 2): share, kappa_sq."""

    drawn: Resampled
    partners: tuple[str, ...]
    families: NDArray[np.int64]
    values: Floats
    made: Floats

    @property
    def reliable(self) -> bool:
        """False below 15 families."""
        return self.drawn.families >= RELIABLE_FROM

    def among(self, chosen: Collection[str]) -> Ranked:
        """These partners only, on the same draws."""
        kept = [i for i, p in enumerate(self.partners) if p in chosen]
        names = tuple(self.partners[i] for i in kept)
        return Ranked(self.drawn, names, self.families[kept], self.values[kept], self.made[:, kept])

    @cached_property
    def by_share(self) -> RankIntervals:
        """Ranks by share of votes cast by both."""
        return self._ranks(0)

    @cached_property
    def by_kappa(self) -> RankIntervals:
        """Ranks by chance-corrected agreement."""
        return self._ranks(1)

    def _ranks(self, c: int) -> RankIntervals:
        return rank_intervals(self.values[:, c], self.made[..., c], self.drawn.families, level=LEVEL)

    @cached_property
    def _ends(self) -> tuple[Floats, Floats]:
        return interval(self.made, self.values, level=LEVEL, method="percentile")

    def median(self, *, corrected: bool = False) -> Band:
        """Of the partners' shares, or of their kappas."""
        low, middle, high = (self.by_kappa if corrected else self.by_share).median
        return band(middle, low, high)

    def partner(self, name: str) -> PartnerBands:
        """One partner's bands."""
        j = self.partners.index(name)
        low, high = self._ends
        share, corrected = (band(self.values[j, c], low[j, c], high[j, c]) for c in (0, 1))
        s, k = self.by_share, self.by_kappa
        return PartnerBands(
            state=name,
            families=int(self.families[j]),
            reliable=bool(self.families[j] >= RELIABLE_FROM),
            share=share,
            rank=band(s.rank[j], s.low[j], s.high[j]),
            percentile=band(s.percentile[j], s.percentile_low[j], s.percentile_high[j]),
            corrected_rank=band(k.rank[j], k.low[j], k.high[j]),
            corrected=corrected,
        )


def ranked(record: Record, state: str, partners: Sequence[str]) -> Ranked:
    """The partners of a state in a record of one period, all from the same draws."""
    column = record.drawing.corpus.matrix.column
    others = np.array([column[p] for p in partners], np.intp)
    tables = record.tables(np.full(len(others), column[state]), others)
    made = tables.made(lambda drawn: _values(drawn[:, 0]), record.drawing.rng())
    return Ranked(record.drawing.told(tables), tuple(partners), tables.families[0], _values(tables.whole[0]), made)


def with_rank_intervals(
    answer: RankAnswer, corpus: Corpus | None = None, *, clusters: str = FAMILY, seed: int = SEED
) -> RankAnswer:
    """The ranking with intervals of its shares, ranks and medians; arguments and errors as for ``with_intervals``."""
    return replace(
        answer, intervals=ranking(answer, drawing(answer.header.reading, corpus, clusters=clusters, seed=seed))
    )


def ranking(answer: RankAnswer, how: Drawing) -> RankingIntervals:
    """The intervals of a ranking; where only some partners are ranked, the median over all beside theirs."""
    cut = how.corpus.cut(answer.header.reading, [answer.period])
    everyone = rank_partners(cut.partners(0, answer.state), cut.seated(0, answer.state), answer.min_common)
    whole = ranked(how.record(cut), answer.state, everyone.partners.states)
    shown = [p.state for p in answer.partners]
    some = whole.among(shown) if answer.among else whole
    return RankingIntervals(
        drawn=whole.drawn,
        reliable=whole.reliable,
        median=some.median(),
        corrected_median=some.median(corrected=True),
        median_of_all=whole.median() if answer.among else None,
        partners=tuple(some.partner(name) for name in shown),
    )


def band(value: float, low: float, high: float) -> Band:
    """None for what is undefined."""
    return Band(*(None if isnan(x) else float(x) for x in (value, low, high)))


def _values(tables: Floats) -> Floats:
    """Tables (..., 4, 4) to share and kappa_sq, shape (..., 2)."""
    return np.stack([agreement.same_share(tables), chance.kappa_sq(tables).round(_DECIMALS)], axis=-1)
