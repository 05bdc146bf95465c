"""The base rate: where a partner stands among all partners of a state."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from comity.errors import RollCallsMissing
from comity.measures.chance import kappa_sq
from comity.model.counts import Share
from comity.states.registry import registry
from comity.study.answers.pair import Standing
from comity.study.corpus import Cut
from comity.study.partners import Partners, both_cast, voted_alike

MIN_COMMON = 0.5


@dataclass(frozen=True, eq=False)
class Ranking:
    """A state's partners by share of votes cast by both.

    partners   : those ranked, best first, by id where shares are equal.
    ranks      : from 1, ties share the better one; percentiles : share of the others with a lower share, in [0, 1].
    median     : over all ranked partners, None where there are none.
    too_few    : partners without enough common votes, with how many.
    """

    partners: Partners
    ranks: NDArray[np.int64]
    percentiles: NDArray[np.float64]
    median: float | None
    too_few: tuple[tuple[str, int], ...]


def rank_partners(partners: Partners, seated: int, min_common: float = MIN_COMMON) -> Ranking:
    """Rank partners.

    seated     : roll calls on which the state held a seat.
    min_common : a partner needs both votes cast on at least this share of them, in [0, 1].
    """
    kept = (partners.cast > 0) & (partners.cast >= min_common * seated)
    some, left = partners.take(np.flatnonzero(kept)), partners.take(np.flatnonzero(~kept))
    shares = some.same / some.cast
    best_first = np.argsort(-shares, kind="stable")  # by id where shares are equal, as the partners come
    rising = np.sort(shares)
    ordered = shares[best_first]
    others = len(ordered) - 1
    below = np.searchsorted(rising, ordered, side="left")
    return Ranking(
        partners=some.take(best_first),
        ranks=len(ordered) - np.searchsorted(rising, ordered, side="right") + 1,
        percentiles=below / others if others > 0 else np.ones(len(ordered)),
        median=float(rising[others // 2] + rising[len(ordered) // 2]) / 2 if len(ordered) else None,
        too_few=tuple(sorted(zip(left.states, left.cast.tolist(), strict=True), key=lambda x: (-x[1], x[0]))),
    )


def medians(cut: Cut, state: str, min_common: float = MIN_COMMON) -> tuple[float | None, ...]:
    """The median of ``rank_partners`` in every period of a cut; RollCallsMissing as for ``Cut.against``."""
    found = cut.against(state)
    periods = range(len(cut.periods))
    if found is None:
        return tuple(None for _ in periods)
    cast = both_cast(found.tables)
    cast[:, found.own] = 0
    enough = min_common * np.array([cut.seated(k, state) for k in periods])
    kept = (cast > 0) & (cast >= enough[:, None])
    shares = np.divide(voted_alike(found.tables), cast, out=np.full(cast.shape, np.inf), where=kept)
    rising, n = np.sort(shares, axis=1), kept.sum(axis=1)
    return tuple(float(rising[k, (m - 1) // 2] + rising[k, m // 2]) / 2 if m else None for k, m in enumerate(n))


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
    found = ranking.partners
    if ranking.median is None or (i := found.position.get(partner)) is None:
        return None
    return Standing(
        state=state,
        partner=partner,
        name_state=registry().name(state),
        name_partner=registry().name(partner),
        period=cut.periods[k],
        rank=int(ranking.ranks[i]),
        among=len(found),
        tied=int((ranking.ranks == ranking.ranks[i]).sum()) - 1,
        share=Share(int(found.same[i]), int(found.cast[i])),
        median=ranking.median,
        percentile=float(ranking.percentiles[i]),
        **_corrected(found, i),
    )


class _Corrected(TypedDict):
    corrected_rank: int | None
    corrected_among: int
    corrected: float | None
    corrected_median: float | None


def _corrected(ranked: Partners, i: int) -> _Corrected:
    """The place of the partner at i by kappa_sq among the same partners, those with an undefined value left out."""
    values = kappa_sq(ranked.tables)
    known = values[~np.isnan(values)].tolist()
    if np.isnan(values[i]):
        return _Corrected(corrected_rank=None, corrected_among=len(known), corrected=None, corrected_median=None)
    own = float(values[i])
    # Rounded, so that equal tables tie however their shares were summed.
    above = sum(round(v, 12) > round(own, 12) for v in known if v > own)
    return _Corrected(
        corrected_rank=above + 1, corrected_among=len(known), corrected=own, corrected_median=median(known)
    )
