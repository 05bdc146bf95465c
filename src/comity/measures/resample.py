"""Family bootstrap: how much a figure would vary over texts of this kind.

The record is a census, so its counts are exact. Texts return every year, so single votes are not independent: whole
resolution families are resampled with replacement, each with all its roll calls in all periods, and one draw serves
every period and every pair compared. Where votes also cluster by session, sessions are resampled too, crossed with the
families (Owen 2007, Annals of Applied Statistics 1, 386-411).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.measures._families import RELIABLE_FROM, Crossing, Floats, Ints

Statistic = Callable[[Floats], Floats]
Method = Literal["percentile", "basic"]
_AT_ONCE = 2**23  # numbers held at a time, 64 MB


@dataclass(frozen=True, eq=False)
class Interval:
    """A figure with its interval; arrays of the shape that the statistic gives.

    estimate  : on the record as it is; NaN where undefined.
    low, high : NaN where no draw is defined.
    undefined : share of draws on which the statistic is undefined; they are left out.
    families  : how many were resampled; sessions: likewise, None where families alone were.
    fewest    : families with a counted vote in the period that has the fewest of them.
    """

    estimate: Floats
    low: Floats
    high: Floats
    undefined: Floats
    level: float
    method: Method
    families: int
    fewest: int
    sessions: int | None
    draws: int

    @property
    def reliable(self) -> bool:
        """False where a period has fewer than 15 families: label the interval unreliable."""
        return self.fewest >= RELIABLE_FROM


def resampled(units: int, draws: int, rng: np.random.Generator) -> Ints:
    """How often each of ``units`` is drawn when as many are drawn with replacement, shape (draws, units)."""
    if not units:
        return np.zeros((draws, 0), np.int64)
    return rng.multinomial(units, np.full(units, 1 / units), size=draws)


def bootstrap(
    tables: ArrayLike,
    statistic: Statistic,
    rng: np.random.Generator,
    *,
    draws: int = 2000,
    level: float = 0.95,
    method: Method = "percentile",
    crossing: Crossing | None = None,
) -> Interval:
    """Interval of any function of pooled tables.

    tables    : shape (F, P, ..., 4, 4): by family and period, further axes free (pairs, partners): one draw of
                families serves them all, so that differences between periods or pairs are paired.
    statistic : takes pooled tables of shape (draws, P, ..., 4, 4), returns (draws, ...), NaN where undefined.
    crossing  : to resample sessions too, crossed with families: then the first axis of ``tables`` is family × session
                (``crossed_tables``), and this tells them apart.
    ValueError where there is no family, or the level is not between 0 and 1.
    """
    made = replicates(tables, statistic, rng, draws=draws, crossing=crossing)
    whole = np.asarray(tables, float)
    estimate = np.asarray(statistic(whole.sum(axis=0)[None]))[0]
    low, high = interval(made, estimate, level=level, method=method)
    voted = np.asarray(whole.reshape(*whole.shape[:2], -1).any(axis=2))
    sessions = None
    if crossing is not None:
        family, _, sessions_of = crossing.units()
        voted, sessions = _any_by(family, voted), len(sessions_of)
    fewest = int(voted.sum(axis=0).min())
    undefined = np.isnan(made).mean(axis=0)
    return Interval(estimate, low, high, undefined, level, method, len(voted), fewest, sessions, draws)


def replicates(
    tables: ArrayLike,
    statistic: Statistic,
    rng: np.random.Generator,
    *,
    draws: int,
    crossing: Crossing | None = None,
) -> Floats:
    """The statistic on every draw, shape (draws, ...); arguments as for ``bootstrap``."""
    whole = np.asarray(tables, float)
    if not len(whole):
        raise ValueError("no family to resample")
    if crossing is not None and len(crossing.family) != len(whole):
        raise ValueError("crossing must name the family, session and period of each row of tables")
    drawn = resampled(len(whole), draws, rng).astype(float) if crossing is None else _crossed(crossing, draws, rng)
    flat = whole.reshape(len(whole), -1)
    parts = [statistic((drawn[s] @ flat).reshape(-1, *whole.shape[1:])) for s in _spans(draws, flat.shape[1])]
    return np.concatenate(parts)


def interval(made: Floats, estimate: ArrayLike, *, level: float, method: Method) -> tuple[Floats, Floats]:
    """Ends of the interval from replicates of shape (draws, ...), NaN replicates left out.

    percentile : the quantiles of the replicates, linear between order statistics.
    basic      : the same mirrored at the estimate (it can leave the range of the statistic).
    """
    if not 0 < level < 1:
        raise ValueError(f"level must be between 0 and 1, got {level}")
    tail = (1 - level) / 2
    ends = np.full((2, *made.shape[1:]), np.nan)
    some = ~np.isnan(made).all(axis=0)
    if some.any():
        ends[:, some] = np.nanquantile(made[:, some], [tail, 1 - tail], axis=0)
    if method == "basic":
        mirrored = 2 * np.asarray(estimate) - ends
        return mirrored[1], mirrored[0]
    return ends[0], ends[1]


def _crossed(crossing: Crossing, draws: int, rng: np.random.Generator) -> Floats:
    """How often each row is drawn: as often as its family, times as often as its session; shape (draws, K)."""
    family, session, period = crossing.units()
    families = resampled(int(family.max()) + 1, draws, rng)
    sessions = np.zeros((draws, len(period)))
    for p in np.unique(period):
        held = np.flatnonzero(period == p)
        sessions[:, held] = resampled(len(held), draws, rng)
    weights: Floats = families[:, family] * sessions[:, session]
    return weights


def _any_by(family: Ints, voted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Rows joined by family, shape (F, P)."""
    joined = np.zeros((int(family.max()) + 1, voted.shape[1]), bool)
    np.logical_or.at(joined, family, voted)
    return joined


def _spans(draws: int, width: int) -> Iterator[slice]:
    step = max(1, _AT_ONCE // max(1, width))
    return (slice(start, start + step) for start in range(0, draws, step))
