"""Shares, ranks and concentration of arms deliveries, from what each partner's volume must and may be."""

from __future__ import annotations

import math
from collections.abc import Mapping

from comity.measures.concentration import entropy, hhi, hhi_bounds, rank_bounds, share_bounds, shares
from comity.sources.sipri_cells import is_unknown
from comity.strands.arms import Amount
from comity.study.answers.arms import Concentration, Part, Place


def parts(amounts: Mapping[str, Amount], whole: Amount | None = None) -> dict[str, Part | None]:
    """Each one's share of all, with its bounds; None throughout where nothing was delivered.

    whole : a table's own sum, which its rows, each rounded, may miss by a little; else the sum of the amounts.
    """
    if whole is not None and whole.basis == "table" and all(a.basis == "table" for a in amounts.values()):
        return {k: Part(*(a.even / whole.even,) * 3) if whole.even else None for k, a in amounts.items()}
    low, even, high = _columns(amounts)
    bottom, top = share_bounds(low, high)
    middle = shares(even)
    return {
        key: None if math.isnan(m) else Part(float(b), float(m), float(t))
        for key, b, m, t in zip(amounts, bottom, middle, top, strict=True)
    }


def places(amounts: Mapping[str, Amount]) -> dict[str, Place]:
    """Each one's rank with its bounds; an unknown party is none that could be ranked."""
    named = {key: amount for key, amount in amounts.items() if not is_unknown(key)}
    low, even, high = _columns(named)
    best, worst = rank_bounds(low, high)
    middle, _ = rank_bounds(even, even)
    return {
        key: Place(int(b), int(m), int(w), len(named)) for key, b, m, w in zip(named, best, middle, worst, strict=True)
    }


def concentration(amounts: Mapping[str, Amount]) -> Concentration | None:
    """Of all partners, an unknown one being taken as one; None where nothing was delivered."""
    low, even, high = _columns(amounts)
    if not sum(even):
        return None
    index = Part(*_ordered(hhi_bounds(low, high), hhi(even)))
    return Concentration(
        hhi=index,
        effective=Part(1 / index.high, 1 / index.even, 1 / index.low),
        entropy=entropy(even),
        partners=sum(e > 0 for e in even),
    )


def _ordered(bounds: tuple[float, float], even: float) -> tuple[float, float, float]:
    return bounds[0], even, bounds[1]


def _columns(amounts: Mapping[str, Amount]) -> tuple[list[float], list[float], list[float]]:
    held = list(amounts.values())
    return [a.low for a in held], [a.even for a in held], [a.high for a in held]
