"""Expected slopes of a vote's log-likelihood, by 3-point Gauss-Hermite over e = βθ − γ.

With μ = βθ, a vote is yes below γ1 (log Φ(γ1 − μ)), no above γ2 (log Φ(μ − γ2)), abstain between. Each likelihood
depends on γ1 − μ and γ2 − μ only, so the slopes in μ are minus the sums of those in γ1 and γ2.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from comity.measures.ideal.mills import mills

Floats = NDArray[np.float64]

REACH = 9.0
"""The latent response is held within ±9, as in the published sampler."""
ROOT_2PI = float(np.sqrt(2.0 * np.pi))
STEP = float(np.sqrt(3.0))
NODES = ((0.0, 2.0 / 3.0), (STEP, 1.0 / 6.0), (-STEP, 1.0 / 6.0))
"""Places, in standard deviations, and weights."""


def decisive(x: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """E[λ] and E[λ′] at x with standard deviation ``spread``: x = γ1 − μ of a yes, μ − γ2 of a no."""
    slope, bend = np.zeros_like(x), np.zeros_like(x)
    for place, weight in NODES:
        at = x + place * spread if place else x
        ratio = mills(at)
        slope += weight * ratio
        bend -= weight * ratio * (ratio + at)
    return slope, bend


def reached(mean: Floats, x: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """As ``decisive``, with the latent response held within ±9: the slopes that β and θ see.

    mean : μ of a no, −μ of a yes, so that the response is ``mean`` + λ up to its sign, and only +9 is in reach.
    """
    slope, bend = np.zeros_like(x), np.zeros_like(x)
    for place, weight in NODES:
        at, over = x + place * spread, mean + place * spread - REACH
        ratio = mills(at)
        cast, beyond = ndtr(at), ndtr(over)
        excess = (np.exp(-0.5 * over * over) / ROOT_2PI + over * beyond) / cast
        slope += weight * (ratio - excess)
        bend -= weight * (ratio * (ratio + at) + beyond / cast - excess * ratio)
    return slope, bend


def between(low: Floats, high: Floats, spread: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Of an abstention: E of the slopes in γ1 and γ2 and of the second slopes γ1γ1, γ1γ2, γ2γ2.

    low, high : γ1 − μ and γ2 − μ; spread: their common standard deviation.
    """
    sums = tuple(np.zeros_like(low) for _ in range(5))
    for place, weight in NODES:
        for total, part in zip(sums, abstention(low + place * spread, high + place * spread), strict=True):
            total += weight * part
    return sums[0], sums[1], sums[2], sums[3], sums[4]


def abstention(low: Floats, high: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Slopes in γ1 and γ2 of log(Φ(high) − Φ(low)), and second slopes γ1γ1, γ1γ2, γ2γ2.

    Computed in the lower tail after mirroring: a difference of two values near 1 has no slope left.
    """
    mirrored = low + high > 0
    far, near = np.where(mirrored, -high, low), np.where(mirrored, -low, high)
    decay = np.exp(0.5 * (near - far) * (near + far))
    upper = 1.0 / (1.0 / mills(near) - decay / mills(far))
    lower = upper * decay
    first, second = np.where(mirrored, -upper, -lower), np.where(mirrored, lower, upper)
    return first, second, -first * (low + first), -first * second, -second * (high + second)
