"""The base rate: where a partner stands among all partners of a state."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import TypedDict

import numpy as np

from comity.errors import RollCallsMissing
from comity.measures.chance import kappa_sq
from comity.model.counts import Counts, Share
from comity.states.registry import registry
from comity.study.answers.pair import Standing
from comity.study.corpus import Cut

MIN_COMMON = 0.5


@dataclass(frozen=True, slots=True)
class Ranking:
    """A state's partners by share of votes cast by both.

    order   : (partner, rank, percentile, counts), best first; ties share the better rank.
    median  : over all ranked partners, None where there are none.
    too_few : partners without enough common votes, with how many.
    """

    order: tuple[tuple[str, int, float, Counts], ...]
    median: float | None
    too_few: tuple[tuple[str, int], ...]


def rank_partners(partners: Mapping[str, Counts], seated: int, min_common: float = MIN_COMMON) -> Ranking:
    """Rank partners.

    partners   : partner → joint counts with the state.
    seated     : roll calls on which the state held a seat.
    min_common : a partner needs both votes cast on at least this share of them, in [0, 1].
    """
    kept = {p: c for p, c in partners.items() if c.cast and c.cast >= min_common * seated}
    shares = {p: c.same / c.cast for p, c in kept.items()}
    ordered = sorted(kept, key=lambda p: (-shares[p], p))
    rising = sorted(shares.values())
    others = len(ordered) - 1
    rows = []
    for p in ordered:
        above = len(rising) - bisect_right(rising, shares[p])
        below = bisect_left(rising, shares[p])
        rows.append((p, above + 1, below / others if others else 1.0, kept[p]))
    few = tuple(sorted(((p, c.cast) for p, c in partners.items() if p not in kept), key=lambda x: (-x[1], x[0])))
    return Ranking(tuple(rows), median(rising) if rising else None, few)


def rankable(cut: Cut, k: int, state: str) -> bool:
    """Whether the corpus can rank the state's partners at all."""
    try:
        return bool(cut.partners(k, state))
    except RollCallsMissing:
        return False


def standing(cut: Cut, k: int, state: str, partner: str, min_common: float = MIN_COMMON) -> Standing | None:
    """The partner's place among the state's partners in period k; None where it cannot be said."""
    try:
        ranking = rank_partners(cut.partners(k, state), cut.seated(k, state), min_common)
    except RollCallsMissing:
        return None
    for name, rank, percentile, counts in ranking.order:
        if name == partner:
            assert ranking.median is not None
            return Standing(
                state=state,
                partner=partner,
                name_state=registry().name(state),
                name_partner=registry().name(partner),
                period=cut.periods[k],
                rank=rank,
                among=len(ranking.order),
                tied=sum(r == rank for _, r, _, _ in ranking.order) - 1,
                share=Share(counts.same, counts.cast),
                median=ranking.median,
                percentile=percentile,
                **_corrected(ranking, partner),
            )
    return None


class _Corrected(TypedDict):
    corrected_rank: int | None
    corrected_among: int
    corrected: float | None
    corrected_median: float | None


def _corrected(ranking: Ranking, partner: str) -> _Corrected:
    """The partner's place by kappa_sq among the same partners, those with an undefined value left out."""
    values = kappa_sq(np.array([counts.table for _, _, _, counts in ranking.order]))
    known = {p: float(v) for (p, *_rest), v in zip(ranking.order, values, strict=True) if not np.isnan(v)}
    if partner not in known:
        return _Corrected(corrected_rank=None, corrected_among=len(known), corrected=None, corrected_median=None)
    # Rounded, so that equal tables tie however their shares were summed.
    above = sum(round(v, 12) > round(known[partner], 12) for v in known.values())
    return _Corrected(
        corrected_rank=above + 1,
        corrected_among=len(known),
        corrected=known[partner],
        corrected_median=median(known.values()),
    )
