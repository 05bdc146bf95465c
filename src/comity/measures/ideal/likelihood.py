"""Log-probabilities of the votes cast, at given ideal points and items."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from comity.measures.ideal.model import Votes

Floats = NDArray[np.float64]


def log_probability(mean: Floats, gamma1: Floats, gamma2: Floats, choice: NDArray[np.int8]) -> Floats:
    """log P(choice) at μ = βθ; in whichever tail keeps its digits. Shapes broadcast.

    >>> p = np.exp(log_probability(np.zeros(3), np.full(3, -0.5), np.full(3, 0.5), np.arange(3, dtype=np.int8)))
    >>> np.round(p, 4).tolist()
    [0.3085, 0.3829, 0.3085]
    """
    mean, gamma1, gamma2, choice = np.broadcast_arrays(mean, gamma1, gamma2, choice)
    out = np.empty(choice.shape)
    for side, cut, sign in ((0, gamma1, 1.0), (2, gamma2, -1.0)):
        chosen = choice == side
        out[chosen] = log_ndtr(sign * (cut[chosen] - mean[chosen]))
    chosen = choice == 1
    low, high = gamma1[chosen] - mean[chosen], gamma2[chosen] - mean[chosen]
    mirrored = low + high > 0
    top = log_ndtr(np.where(mirrored, -low, high))
    rest = log_ndtr(np.where(mirrored, -high, low))
    with np.errstate(divide="ignore"):
        out[chosen] = top + np.log(-np.expm1(np.minimum(rest - top, 0.0)))
    return out


def log_likelihood(votes: Votes, theta: Floats, par: Floats) -> float:
    """Sum of the votes' log-probabilities; par: (I, 3) of β, γ1, γ2. An abstention where γ1 = γ2 cannot occur."""
    beta, gamma1, gamma2 = par.T
    mean = beta[votes.item] * theta[votes.unit]
    return float(log_probability(mean, gamma1[votes.item], gamma2[votes.item], votes.choice).sum())
