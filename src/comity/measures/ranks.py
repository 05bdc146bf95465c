"""Ranks among all partners at once, with intervals from the family bootstrap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from comity.measures._families import RELIABLE_FROM, Floats


@dataclass(frozen=True, eq=False)
class RankIntervals:
    """Every partner's rank with its interval, arrays of shape (N,).

    rank       : 1 is the highest value; ties share the better rank; NaN where the partner's value is undefined.
    low, high  : the interval's ends, whole ranks, rounded outwards; NaN where no draw ranks the partner.
    percentile : share of the other ranked partners with a lower value, in [0, 1], with its own interval.
    median     : over the ranked partners (low, estimate, high).
    """

    rank: Floats
    low: Floats
    high: Floats
    percentile: Floats
    percentile_low: Floats
    percentile_high: Floats
    median: tuple[float, float, float]
    level: float
    families: int
    draws: int

    @property
    def reliable(self) -> bool:
        """False below 15 families: label the intervals unreliable."""
        return self.families >= RELIABLE_FROM


def rank(values: ArrayLike) -> Floats:
    """Ranks along the last axis, 1 the highest, ties sharing the better rank, NaN unranked.

    >>> rank([0.7, 0.9, float("nan"), 0.7, 0.2]).tolist()
    [2.0, 1.0, nan, 2.0, 4.0]
    """
    falling = -np.asarray(values, float)
    rows = falling.reshape(-1, falling.shape[-1])
    made = np.array([np.searchsorted(np.sort(row), row, side="left") for row in rows], float)
    return np.where(np.isnan(falling), np.nan, 1 + made.reshape(falling.shape))


def percentile(values: ArrayLike) -> Floats:
    """Share of the other ranked values that are lower, along the last axis; 1 for a value that stands alone.

    >>> percentile([0.7, 0.9, float("nan"), 0.7, 0.2]).round(3).tolist()
    [0.333, 1.0, nan, 0.333, 0.0]
    """
    values = np.asarray(values, float)
    rows = values.reshape(-1, values.shape[-1])
    below = np.array([np.searchsorted(np.sort(row), row, side="left") for row in rows], float).reshape(values.shape)
    others = (~np.isnan(values)).sum(axis=-1, keepdims=True) - 1
    share = np.where(others > 0, below / np.maximum(others, 1), 1.0)
    return np.where(np.isnan(values), np.nan, share)


def rank_intervals(values: ArrayLike, made: ArrayLike, families: int, *, level: float = 0.95) -> RankIntervals:
    """Rank intervals from replicates.

    values : the partners' values on the record, shape (N,).
    made   : the same on every draw, shape (draws, N), all partners from the same resampled families
             (``resample.replicates`` of tables with the partners on an axis).
    """
    values, made = np.asarray(values, float), np.asarray(made, float)
    tail = (1 - level) / 2
    low, high = _ends(rank(made), tail, ("lower", "higher"))
    lower, higher = _ends(percentile(made), tail, ("linear", "linear"))
    middles = _medians(made)
    median_low, median_high = _ends(middles[:, None], tail, ("linear", "linear"))
    return RankIntervals(
        rank=rank(values),
        low=low,
        high=high,
        percentile=percentile(values),
        percentile_low=lower,
        percentile_high=higher,
        median=(float(median_low[0]), float(_medians(values[None])[0]), float(median_high[0])),
        level=level,
        families=families,
        draws=len(made),
    )


def _ends(made: Floats, tail: float, methods: tuple[str, str]) -> tuple[Floats, Floats]:
    """Quantiles over the draws, undefined draws left out."""
    low, high = np.full(made.shape[1:], np.nan), np.full(made.shape[1:], np.nan)
    some = ~np.isnan(made).all(axis=0)
    if some.any():
        low[some] = np.nanquantile(made[:, some], tail, axis=0, method=methods[0])  # type: ignore[call-overload]
        high[some] = np.nanquantile(made[:, some], 1 - tail, axis=0, method=methods[1])  # type: ignore[call-overload]
    return low, high


def _medians(values: Floats) -> Floats:
    """Median of the defined values of each row; NaN for a row without one."""
    found = np.full(len(values), np.nan)
    some = ~np.isnan(values).all(axis=1)
    if some.any():
        found[some] = np.nanmedian(values[some], axis=1)
    return found
