"""What the likelihood leaves open: the start, the scale and the sign."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from comity.measures.ideal.model import Estimate, Votes
from comity.measures.ideal.steps import BOUND, CUT

Floats = NDArray[np.float64]

FEW = 20
"""Items on which the two states differ; fewer make a start of little weight."""
APART = 2.0


def start_items(votes: Votes, high: int, low: int) -> Floats:
    """(I, 3) β = ±1 where the two states differ (positive: ``high`` is nearer to no), else 0; γ from the tallies."""
    size, beta = votes.row.size, _directions(votes, high, low)
    if not beta.any():
        pair = f"columns {high} and {low}"
        raise ValueError(f"the two states that fix the sign, {pair}, never voted apart on a common item")
    tally = np.stack([np.bincount(votes.item[votes.choice == c], minlength=size) for c in range(3)]).astype(float)
    below = np.stack([tally[0], tally[0] + tally[1]]) / tally.sum(axis=0)
    cuts = np.clip(ndtri(below), -CUT, CUT) * np.sqrt(1.0 + beta * beta)
    return np.column_stack([beta, np.clip(cuts.T, -CUT, CUT)])


def _directions(votes: Votes, high: int, low: int) -> Floats:
    """(I,) 1 where ``high`` was nearer to no than ``low``, −1 where it was nearer to yes, 0 alike or not both."""
    size, column, means = votes.row.size, votes.state[votes.unit], []
    for state in (high, low):
        mine = column == state
        count = np.bincount(votes.item[mine], minlength=size)
        total = np.bincount(votes.item[mine], weights=votes.choice[mine], minlength=size)
        means.append(np.where(count > 0, total / np.maximum(count, 1), np.nan))
    apart: Floats = np.nan_to_num(np.sign(means[0] - means[1]))
    return apart


def standardised(theta: Floats, var: Floats) -> Floats:
    """θ at mean 0 over all country-sessions, with variance 1 between and within them."""
    scaled = (theta - theta.mean()) * np.sqrt((1.0 - var.mean()) / theta.var())
    out: Floats = np.clip(scaled, -BOUND, BOUND)
    return out


def turn(votes: Votes, theta: Floats, high: int, low: int) -> float:
    """+1 or −1, so that ``high`` lies above ``low`` on average over the sessions in which both sit."""
    pairs = _side_by_side(votes, high, low)
    if not pairs:
        raise ValueError(f"the two states that fix the sign, columns {high} and {low}, sit in no common session")
    return 1.0 if sum(theta[a] - theta[b] for a, b in pairs) >= 0 else -1.0


@dataclass(frozen=True, slots=True)
class Poles:
    """How far apart the two states are that fix start and sign.

    items : on which they differ; sessions : in which both sit; near : those of them in which ``high`` is not ``APART``
    standard errors above ``low``.
    """

    items: int
    sessions: int
    near: tuple[int, ...]


def poles(votes: Votes, found: Estimate, high: int, low: int) -> Poles:
    """The two states after the fit. The errors of the two are taken as independent, which overstates that of a gap."""
    near = []
    pairs = _side_by_side(votes, high, low)
    for a, b in pairs:
        if found.theta[a] - found.theta[b] < APART * np.hypot(found.sd[a], found.sd[b]):
            near.append(int(votes.session[a]))
    return Poles(int(np.count_nonzero(_directions(votes, high, low))), len(pairs), tuple(near))


def _side_by_side(votes: Votes, high: int, low: int) -> list[tuple[int, int]]:
    """Units of the two states in each session in which both sit."""
    places = {int(votes.session[u]): int(u) for u in np.flatnonzero(votes.state == low)}
    sitting = [(int(u), int(votes.session[u])) for u in np.flatnonzero(votes.state == high)]
    return [(u, places[t]) for u, t in sitting if t in places]
