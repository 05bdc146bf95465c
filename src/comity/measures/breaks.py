"""Whether a yearly series changed in one step, gradually, or not, and when: quasi-likelihood.

Yearly shares vary more than independent votes would in some periods and less in others, because texts repeat. The
models are therefore compared by their deviance over a dispersion that is estimated (Pearson), not set to 1; and how
often such a series shows a step without having one is simulated with its own autocorrelation.

Sources: Wedderburn (1974), Biometrika 61, 439-447 (quasi-likelihood); Ninomiya (2005), Statistics and Probability
Letters 72, 237-247 (what a date costs); Kendall (1954), Biometrika 41, 403-404 (bias of an estimated autocorrelation).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
MODELS = ("none", "ramp", "step")
MARGIN = 3  # points on either side of a step that make a level
LEAST = 10  # points: fewer leave nothing to estimate a dispersion from
SET = 3.841458820694124  # the 95th percentile of chi-squared with 1 degree of freedom
_PARAMETERS = np.array([1, 2, 3])  # a level; and a slope; or a second level and its date
_SEARCHED = np.array([0, 0, 2])  # a date that was searched for counts three parameters (Ninomiya 2005), not one
_FLOOR = 0.1  # a series that a model fits to the letter has no dispersion to estimate
_ROUNDS, _FAR = 25, 30.0


class Series(NamedTuple):
    """A yearly series: ``value`` a mean over ``weight`` votes at each ``time``, ascending.

    shares : the values are shares in [0, 1], whose variance is μ (1 − μ) φ / n; else it is φ / n.
    """

    time: NDArray[np.int64]
    value: Floats
    weight: Floats
    shares: bool


@dataclass(frozen=True, slots=True)
class Breaks:
    """What a series says about a break. Any step is named by its first time on the new level.

    dispersion : φ of the model that fits best; 1 for independent votes.
    deviance   : model → quasi-deviance, unscaled.
    aicc       : model → QAICc; the smallest is ``preferred``.
    at, before, after : the best step: its date, and the levels it parts.
    dates, support    : every possible date, and its quasi-likelihood over that of the best, in (0, 1].
    inside     : which dates are in the 95 % set.
    """

    dispersion: float
    deviance: dict[str, float]
    aicc: dict[str, float]
    preferred: str
    at: int
    before: float
    after: float
    dates: NDArray[np.int64]
    support: Floats
    inside: NDArray[np.bool_]

    @property
    def gain(self) -> float:
        """How much better the best step fits than no change: the fall of the deviance over φ."""
        return (self.deviance["none"] - self.deviance["step"]) / self.dispersion


@dataclass(frozen=True, slots=True)
class FalseBreaks:
    """Series without a change, simulated with the same n: how often they show a step.

    rho     : the autocorrelation used.
    rate    : share of the series for which a step is preferred.
    as_large: share of them whose best step gains as much as the observed one.
    draws   : how many series.
    """

    rho: float
    rate: float
    as_large: float
    draws: int


def shares(time: ArrayLike, k: ArrayLike, n: ArrayLike) -> Series:
    """A series of k of n votes; times with n = 0 are left out. ValueError where k > n or times repeat or fall."""
    at, part, whole = np.asarray(time, np.int64), np.asarray(k, float), np.asarray(n, float)
    if (part < 0).any() or (part > whole).any():
        raise ValueError("each count lies between 0 and its n")
    held = whole > 0
    return _checked(Series(at[held], part[held] / whole[held], whole[held], True))


def values(time: ArrayLike, value: ArrayLike, weight: ArrayLike) -> Series:
    """A series of any means over ``weight`` votes; times without weight or value are left out.

    ValueError where there is not one weight a time, or one is negative or no number, or times repeat or fall.
    """
    at, level, whole = np.asarray(time, np.int64), np.asarray(value, float), np.asarray(weight, float)
    if not at.shape == level.shape == whole.shape:
        raise ValueError(f"one value and weight a time: got {at.shape}, {level.shape} and {whole.shape}")
    if not (np.isfinite(whole) & (whole >= 0)).all():
        raise ValueError("weights are finite and not negative")
    held = (whole > 0) & np.isfinite(level)
    return _checked(Series(at[held], level[held], whole[held], False))


def _checked(series: Series) -> Series:
    if (np.diff(series.time) <= 0).any():
        raise ValueError("times ascend and are named once")
    return series


def find_breaks(series: Series) -> Breaks:
    """Compare no change, a ramp over the whole span, and the best step.

    ValueError with fewer than LEAST points, or where all values are equal: there is nothing to part.
    """
    if len(series.time) < LEAST:
        raise ValueError(f"a break needs {LEAST} points in time, got {len(series.time)}")
    if np.ptp(series.value) == 0:
        raise ValueError("the series never changes")
    fit = _fit(series, series.value[None])
    best = int(fit.steps[0].argmin())
    distance = (fit.steps[0] - fit.steps[0, best]) / fit.dispersion[0]
    dates = series.time[MARGIN : len(series.time) - MARGIN + 1]
    cut = MARGIN + best
    levels = [float(np.average(series.value[s], weights=series.weight[s])) for s in (slice(cut), slice(cut, None))]
    return Breaks(
        dispersion=float(fit.dispersion[0]),
        deviance=dict(zip(MODELS, fit.deviance[0].tolist(), strict=True)),
        aicc=dict(zip(MODELS, fit.aicc[0].tolist(), strict=True)),
        preferred=MODELS[int(fit.aicc[0].argmin())],
        at=int(dates[best]),
        before=levels[0],
        after=levels[1],
        dates=dates,
        support=np.exp(-distance / 2),
        inside=distance <= SET,
    )


def autocorrelation(series: Series, step: int | None = None) -> float:
    """The lag-1 autocorrelation of the series around its level, or around both levels of a step, in [0, 0.95].

    Corrected for the bias of short series (Kendall 1954), once for each level taken out.
    """
    levels = np.zeros(len(series.time), int) if step is None else (series.time >= step).astype(int)
    residual = np.empty(len(series.time))
    for level in np.unique(levels):
        own = levels == level
        residual[own] = series.value[own] - np.average(series.value[own], weights=series.weight[own])
    residual *= np.sqrt(series.weight)
    power = (residual**2).sum()
    if power == 0:
        return 0.0
    rho = float((residual[1:] * residual[:-1]).sum() / power)
    rho += (1 + levels.max()) * (1 + 3 * rho) / len(residual)
    return float(min(max(rho, 0.0), 0.95))


def false_breaks(series: Series, found: Breaks, rho: float, *, draws: int, rng: np.random.Generator) -> FalseBreaks:
    """Simulate series without a change: the same n, level and dispersion, first-order autocorrelation ``rho``."""
    size = len(series.time)
    level = float(np.average(series.value, weights=series.weight))
    spread = np.sqrt(found.dispersion * (level * (1 - level) if series.shares else 1.0) / series.weight)
    noise = rng.standard_normal((draws, size))
    for t in range(1, size):
        # A gap of several years lets the memory fade by as many.
        kept = rho ** (series.time[t] - series.time[t - 1])
        noise[:, t] = kept * noise[:, t - 1] + np.sqrt(1 - kept**2) * noise[:, t]
    drawn = level + noise * spread
    if series.shares:
        drawn = drawn.clip(0, 1)
    fit = _fit(series, drawn)
    gain = (fit.deviance[:, 0] - fit.deviance[:, 2]) / fit.dispersion
    stepped = fit.aicc.argmin(axis=1) == MODELS.index("step")
    return FalseBreaks(rho, float(stepped.mean()), float((gain >= found.gain).mean()), draws)


class _Fit(NamedTuple):
    """Of several series at once: deviance and QAICc (series, models), deviance of every step (series, dates), φ."""

    deviance: Floats
    aicc: Floats
    steps: Floats
    dispersion: Floats


def _fit(series: Series, y: Floats) -> _Fit:
    size, w = len(series.time), series.weight
    none, pearson_none = _segments(y, w, np.array([0]), series.shares)
    steps, pearson_steps = _segments(y, w, np.arange(MARGIN, size - MARGIN + 1), series.shares)
    ramp, pearson_ramp = _ramp(series, y)
    best = steps.argmin(axis=1)[:, None]
    deviance = np.stack([none[:, 0], ramp, np.take_along_axis(steps, best, 1)[:, 0]], axis=1)
    pearson = np.stack([pearson_none[:, 0], pearson_ramp, np.take_along_axis(pearson_steps, best, 1)[:, 0]], axis=1)
    # Shares have a dispersion of about 1; other values are on a scale of their own, that of their whole spread.
    floor = _FLOOR if series.shares else _FLOOR**2 * pearson[:, 0] / (size - 1)
    dispersion = np.maximum((pearson / (size - _PARAMETERS)).min(axis=1), floor)
    p = _PARAMETERS + 1.0  # φ is estimated too
    aicc = deviance / dispersion[:, None] + 2 * (p + _SEARCHED) + 2 * p * (p + 1) / (size - p - 1)
    return _Fit(deviance, aicc, steps, dispersion)


def _segments(y: Floats, w: Floats, cuts: NDArray[np.intp], shares: bool) -> tuple[Floats, Floats]:
    """Deviance and Pearson's sum of two levels parted before each cut, shape (series, cuts); cut 0 is one level."""
    first = np.zeros((len(y), len(w) + 1, 3))
    np.cumsum(np.stack(np.broadcast_arrays(w, w * y, w * y**2), axis=-1), axis=1, out=first[:, 1:])
    left = first[:, cuts]
    right = first[:, -1:] - left
    deviance, pearson = np.zeros(left.shape[:2]), np.zeros(left.shape[:2])
    for part in (left, right):
        n, total, squares = np.moveaxis(part, -1, 0)
        mean = np.divide(total, n, out=np.zeros_like(n), where=n > 0)
        spread = np.maximum(squares - total * mean, 0)
        if shares:
            mean = mean.clip(0, 1)
            variance = mean * (1 - mean)
            deviance -= 2 * n * (_xlogx(mean) + _xlogx(1 - mean))
            pearson += np.divide(spread, variance, out=np.zeros_like(n), where=variance > 1e-12)
        else:
            deviance += spread
            pearson += spread
    if shares:
        deviance += 2 * (w * (_xlogx(y) + _xlogx(1 - y))).sum(axis=1)[:, None]
    return np.maximum(deviance, 0), pearson


def _ramp(series: Series, y: Floats) -> tuple[Floats, Floats]:
    """Deviance and Pearson's sum of a straight line in time: of the log odds for shares, else of the values."""
    x, w = series.time - series.time.mean(), series.weight
    if not series.shares:
        slope = _slope(x, y, np.broadcast_to(w, y.shape))
        left = (w * (y - slope[0][:, None] - slope[1][:, None] * x) ** 2).sum(axis=1)
        return left, left
    eta = np.zeros_like(y)
    for _ in range(_ROUNDS):
        mean = 1 / (1 + np.exp(-eta))
        variance = np.maximum(mean * (1 - mean), 1e-9)
        level, slope_ = _slope(x, eta + (y - mean) / variance, w * variance)
        eta = np.clip(level[:, None] + slope_[:, None] * x, -_FAR, _FAR)
    mean = np.clip(1 / (1 + np.exp(-eta)), 1e-12, 1 - 1e-12)
    cross = y * np.log(mean) + (1 - y) * np.log(1 - mean)
    deviance = 2 * (w * (_xlogx(y) + _xlogx(1 - y) - cross)).sum(axis=1)
    return np.maximum(deviance, 0), (w * (y - mean) ** 2 / (mean * (1 - mean))).sum(axis=1)


def _slope(x: Floats, y: Floats, w: Floats) -> tuple[Floats, Floats]:
    total = w.sum(axis=1)
    centre, level = (w * x).sum(axis=1) / total, (w * y).sum(axis=1) / total
    away = x - centre[:, None]
    slope = (w * away * y).sum(axis=1) / (w * away**2).sum(axis=1)
    return level - slope * centre, slope


def _xlogx(p: Floats) -> Floats:
    return np.asarray(p * np.log(p, out=np.zeros_like(p), where=p > 0))
