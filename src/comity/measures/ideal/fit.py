"""The deterministic fit of the dynamic ordinal ideal-point model (the BSV estimate)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from comity.measures.ideal.anderson import Anderson
from comity.measures.ideal.compiled import Compiled, available
from comity.measures.ideal.identify import standardised, start_items, turn
from comity.measures.ideal.likelihood import log_likelihood
from comity.measures.ideal.model import Estimate, Votes
from comity.measures.ideal.spread import spread, variances
from comity.measures.ideal.steps import CUT, GAP, Recursion, freedoms, item_step, unit_step
from comity.measures.ideal.sums import Plain, State

Floats = NDArray[np.float64]

TOLERANCE = 5e-4
"""Converged when a sweep moves the ideal points by less than this share of their standard errors, root mean square."""
MEMORY = 4
ASTRAY = 1.5
"""A sweep that moves this many times the least movement so far was led astray: the acceleration starts anew."""
DOUBT = 0.1


def fit(
    votes: Votes,
    *,
    high: int,
    low: int,
    limit: int = 200,
    compiled: bool | None = None,
    progress: Callable[[int, float], None] | None = None,
) -> Estimate:
    """Fit θ, β, γ by alternating expected Newton steps, accelerated, from one documented start.

    high, low : columns of two states; the scale is turned so that ``high`` lies above ``low``, and the start takes
                the items on which they differ (United States and Russia in the published estimates).
    limit     : sweeps at most; ``converged`` tells whether ``TOLERANCE`` was met.
    compiled  : take the compiled path, the plain one, or (None) the compiled one where it is installed; the results
                differ in rounding only.
    progress  : called after each sweep with its number and the movement.
    """
    plain = Plain(votes)
    engine = Compiled(votes) if (available() if compiled is None else compiled) else plain
    basis, walk = freedoms(votes), Recursion.of(votes)
    state, stretch = _begin(start_items(votes, high, low), votes.state.size), 0.05
    sums = engine.units(state)
    theta, var, stretch = unit_step(walk, state.theta, sums, stretch)
    state = State(theta, var, state.par, state.cov)
    inner: Floats | None = None
    mixer, converged = Anderson(MEMORY), False
    history: list[float] = []
    size = votes.state.size
    while len(history) < limit and not converged:
        par, cov, inner = item_step(state.par, engine.items(state), basis, inner)
        between = State(state.theta, state.var, par, cov)
        theta, var, stretch = unit_step(walk, state.theta, engine.units(between), stretch)
        movement = float(np.sqrt(np.mean((theta - state.theta) ** 2 / var)))
        history.append(movement)
        if progress is not None:
            progress(len(history), movement)
        converged = movement < TOLERANCE
        if converged:
            state = State(theta, var, par, cov)
            break
        if len(history) > 1 and movement > ASTRAY * min(history):
            mixer.forget()
        point = np.concatenate([state.theta, state.par.ravel()])
        image = np.concatenate([theta, par.ravel()])
        ahead = mixer.propose(point, image)
        state = State(standardised(ahead[:size], var), var, _ordered(ahead[size:].reshape(-1, 3), par, basis), cov)
    pieces = spread(plain, state, walk, stretch)
    sd = np.sqrt(variances(walk, pieces))
    return _estimate(votes, state, turn(votes, state.theta, high, low), sd, stretch, converged, tuple(history))


def _begin(par: Floats, units: int) -> State:
    """All states alike, every item's β uncertain by ``DOUBT``: an item with β = 0 would say nothing of anyone."""
    cov = np.zeros((par.shape[0], 3, 3))
    cov[:, 0, 0] = DOUBT
    return State(np.zeros(units), np.zeros(units), par, cov)


def _ordered(ahead: Floats, par: Floats, basis: Floats) -> Floats:
    """Items as proposed, as last computed where the proposal leaves the range or crosses the cuts."""
    gap = ahead[:, 2] - ahead[:, 1]
    tied = basis[:, 2, 1] == 1.0
    good = (np.abs(ahead[:, 1:]).max(axis=1) <= CUT) & (tied | (gap >= GAP))
    return np.where(good[:, None], ahead, par)


def _estimate(
    votes: Votes,
    state: State,
    turn: float,
    sd: Floats,
    stretch: float,
    converged: bool,
    history: tuple[float, ...],
) -> Estimate:
    flip = np.array([turn, 1.0, 1.0])
    par = state.par * flip
    return Estimate(
        theta=turn * state.theta,
        sd=sd,
        curvature=1.0 / state.var,
        stretch=stretch,
        beta=par[:, 0],
        gamma1=par[:, 1],
        gamma2=par[:, 2],
        cov=state.cov * flip[:, None] * flip,
        converged=converged,
        sweeps=len(history),
        history=history,
        log_likelihood=log_likelihood(votes, turn * state.theta, par),
    )
