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
from numpy.typing import ArrayLike

from comity.measures._families import RELIABLE_FROM, Floats, Ints

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
    period_of_session: ArrayLike | None = None,
) -> Interval:
    """Interval of any function of pooled tables.

    tables    : shape (F, P, ..., 4, 4): by family and period, further axes free (pairs, partners): one draw of
                families serves them all, so that differences between periods or pairs are paired.
    statistic : takes pooled tables of shape (draws, P, ..., 4, 4), returns (draws, ...), NaN where undefined.
    period_of_session : to resample sessions too, crossed with families: then the second axis of ``tables`` is
                sessions, and this names the period, 0 to P − 1, of each; sessions are drawn within their period.
    ValueError where there is no family, or the level is not between 0 and 1.
    """
    made = replicates(tables, statistic, rng, draws=draws, period_of_session=period_of_session)
    whole, sessions = np.asarray(tables, float), None
    if period_of_session is not None:
        sessions = whole.shape[1]
        whole = np.einsum("ft...,tp->fp...", whole, _by_period(np.asarray(period_of_session)))
    estimate = np.asarray(statistic(whole.sum(axis=0)[None]))[0]
    low, high = interval(made, estimate, level=level, method=method)
    fewest = int(whole.reshape(*whole.shape[:2], -1).any(axis=2).sum(axis=0).min())
    undefined = np.isnan(made).mean(axis=0)
    return Interval(estimate, low, high, undefined, level, method, len(whole), fewest, sessions, draws)


def replicates(
    tables: ArrayLike,
    statistic: Statistic,
    rng: np.random.Generator,
    *,
    draws: int,
    period_of_session: ArrayLike | None = None,
) -> Floats:
    """The statistic on every draw, shape (draws, ...); arguments as for ``bootstrap``."""
    whole = np.asarray(tables, float)
    if not len(whole):
        raise ValueError("no family to resample")
    families = resampled(len(whole), draws, rng).astype(float)
    if period_of_session is None:
        flat = whole.reshape(len(whole), -1)
        parts = [statistic((families[s] @ flat).reshape(-1, *whole.shape[1:])) for s in _spans(draws, flat.shape[1])]
        return np.concatenate(parts)
    periods = np.asarray(period_of_session, np.int64)
    if periods.shape != whole.shape[1:2]:
        raise ValueError("period_of_session must name the period of each session")
    sessions = np.zeros((draws, len(periods)))
    for p in range(int(periods.max()) + 1):
        held = np.flatnonzero(periods == p)
        sessions[:, held] = resampled(len(held), draws, rng)
    return _crossed(whole, statistic, families, sessions, _by_period(periods))


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


def _crossed(whole: Floats, statistic: Statistic, families: Floats, sessions: Floats, period: Floats) -> Floats:
    """Replicates with family weight times session weight."""
    shape = whole.shape
    flat = whole.reshape(shape[0], -1)
    made = []
    for s in _spans(len(families), flat.shape[1]):
        drawn = (families[s] @ flat).reshape(-1, shape[1], flat.shape[1] // shape[1])
        pooled = np.einsum("dt,tp,dtx->dpx", sessions[s], period, drawn, optimize=True)
        made.append(statistic(pooled.reshape(-1, period.shape[1], *shape[2:])))
    return np.concatenate(made)


def _by_period(periods: Ints) -> Floats:
    """Indicator, shape (sessions, P)."""
    indicator: Floats = (periods[:, None] == np.arange(int(periods.max()) + 1)).astype(float)
    return indicator


def _spans(draws: int, width: int) -> Iterator[slice]:
    step = max(1, _AT_ONCE // max(1, width))
    return (slice(start, start + step) for start in range(0, draws, step))
