"""What the likelihood leaves open: the start, the scale and the sign."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from comity.measures.ideal.model import Votes
from comity.measures.ideal.steps import BOUND, CUT

Floats = NDArray[np.float64]


def start_items(votes: Votes, high: int, low: int) -> Floats:
    """(I, 3) β = ±1 where the two states differ (positive: ``high`` is nearer to no), else 0; γ from the tallies."""
    size = votes.row.size
    column, votes_of = votes.state[votes.unit], []
    for state in (high, low):
        mine = column == state
        count = np.bincount(votes.item[mine], minlength=size)
        total = np.bincount(votes.item[mine], weights=votes.choice[mine], minlength=size)
        votes_of.append(np.where(count > 0, total / np.maximum(count, 1), np.nan))
    beta = np.nan_to_num(np.sign(votes_of[0] - votes_of[1]))
    if not beta.any():
        pair = f"columns {high} and {low}"
        raise ValueError(f"the two states that fix the sign, {pair}, never voted apart on a common item")
    tally = np.stack([np.bincount(votes.item[votes.choice == c], minlength=size) for c in range(3)]).astype(float)
    below = np.stack([tally[0], tally[0] + tally[1]]) / tally.sum(axis=0)
    cuts = np.clip(ndtri(below), -CUT, CUT) * np.sqrt(1.0 + beta * beta)
    return np.column_stack([beta, np.clip(cuts.T, -CUT, CUT)])


def standardised(theta: Floats, var: Floats) -> Floats:
    """θ at mean 0 over all country-sessions, with variance 1 between and within them."""
    scaled = (theta - theta.mean()) * np.sqrt((1.0 - var.mean()) / theta.var())
    out: Floats = np.clip(scaled, -BOUND, BOUND)
    return out


def turn(votes: Votes, theta: Floats, high: int, low: int) -> float:
    """+1 or −1, so that ``high`` lies above ``low`` on average over the sessions in which both sit."""
    places = {int(s): u for u, s in enumerate(votes.session) if votes.state[u] == low}
    pairs = [
        (u, places[int(votes.session[u])])
        for u in np.flatnonzero(votes.state == high)
        if int(votes.session[u]) in places
    ]
    if not pairs:
        raise ValueError(f"the two states that fix the sign, columns {high} and {low}, sit in no common session")
    return 1.0 if sum(theta[a] - theta[b] for a, b in pairs) >= 0 else -1.0
