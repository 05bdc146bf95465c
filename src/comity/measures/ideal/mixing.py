"""Whether chains have mixed: rank-normalised split R-hat and effective sample size (Vehtari et al. 2021)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from comity.measures.ideal.normal import ndtri

Floats = NDArray[np.float64]


def _split(draws: Floats) -> Floats:
    """(2C, K//2, U): each chain's halves as chains of their own."""
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, -half:]])


def _normalised(draws: Floats) -> Floats:
    """Normal scores of the ranks over all chains (ties in the order they come: draws are continuous)."""
    flat = draws.reshape(-1, draws.shape[2])
    ranks: Floats = flat.argsort(axis=0).argsort(axis=0) + np.float64(1.0)
    scores: Floats = ndtri((ranks - 0.375) / (flat.shape[0] + 0.25))
    return scores.reshape(draws.shape)


def _ratio(draws: Floats) -> Floats:
    count = draws.shape[1]
    within = draws.var(axis=1, ddof=1).mean(axis=0)
    between = draws.mean(axis=1).var(axis=0, ddof=1)
    ratio: Floats = np.sqrt((count - 1) / count + between / within)
    return ratio


def r_hat(draws: NDArray[np.float32]) -> Floats:
    """(U,) from draws (chains, kept, U): the larger of R-hat of location and of spread; NaN below 4 draws a chain."""
    if draws.shape[1] < 4:
        return np.full(draws.shape[2], np.nan)
    split = _split(draws.astype(np.float64))
    folded = abs(split - np.median(split, axis=(0, 1)))
    worst: Floats = np.maximum(_ratio(_normalised(split)), _ratio(_normalised(folded)))
    return worst


def effective_size(draws: NDArray[np.float32]) -> Floats:
    """(U,) effective number of the kept draws for a unit's mean, by Geyer's initial monotone sequence.

    NaN below 4 draws a chain; at most the S log10 S of the reference.
    """
    if draws.shape[1] < 4:
        return np.full(draws.shape[2], np.nan)
    scores = _normalised(_split(draws.astype(np.float64)))
    chains, count, units = scores.shape
    spread = np.zeros((count, units))
    for chain in scores:  # one at a time: the transform is twice as long as the chain
        centred = chain - chain.mean(axis=0)
        power = abs(np.fft.rfft(centred, 2 * count, axis=0)) ** 2
        spread += np.fft.irfft(power, 2 * count, axis=0)[:count] / count
    within = spread / chains
    scale = within[0] * count / (count - 1)
    between = scores.mean(axis=1).var(axis=0, ddof=1) if chains > 1 else 0.0
    total = scale * (count - 1) / count + between
    rho = 1.0 - (scale - within) / total
    rho[0] = 1.0
    pairs = rho[: count // 2 * 2].reshape(-1, 2, units).sum(axis=1)
    positive = np.logical_and.accumulate(pairs > 0.0, axis=0)
    monotone = np.minimum.accumulate(np.where(positive, pairs, 0.0), axis=0)
    tau = np.maximum(2.0 * monotone.sum(axis=0) - 1.0, 1.0 / np.log10(chains * count))
    size: Floats = chains * count / tau
    return size
