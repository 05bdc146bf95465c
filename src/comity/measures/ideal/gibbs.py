"""The sampler of Bailey, Strezhnev & Voeten (2017): one sweep over country-sessions, then over items.

A sweep keeps nothing a vote long: the latent votes Z are drawn, counted into β and into what each country-session
needs (Σβz, Σβ²), and forgotten. Those sums, θ, β and γ are the whole state of a chain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from comity.measures.ideal import counters
from comity.measures.ideal.model import Votes
from comity.measures.ideal.normal import Floats, ndtr, ndtri, truncated

Ints = NDArray[np.int64]

Value = TypeVar("Value", bound=np.generic)

DRIFT = 0.5
"""θ_it ~ N(lag, DRIFT · s_it)."""
CUT_LIMIT, PLACE_LIMIT, LATENT_LIMIT = 7.0, 5.0, 9.0
"""γ stays within ±7; θ is clipped at ±5 and Z at ±9."""
STEP = 0.2 / 3.0
"""The authors' proposal sd of a cut point."""
CHUNKS = 16
"""Items are summed in this many parts whatever the number of threads, so that rounding is the same."""


@dataclass(frozen=True, eq=False)
class Layout:
    """Votes in the sampler's order: by item; in an item yes, then no, then abstain."""

    unit: NDArray[np.uint32]  # (N,)
    span: Ints  # (I, 4) where an item's yes, no and abstain votes start, and where the item ends
    chunk: Ints  # (CHUNKS + 1,) first item of each part
    previous: Ints  # (U,) the unit whose conditional mean is this one's prior mean: the most recent earlier session,
    # for a state's first session its second; the unit itself where it is the state's only one
    variance: Floats  # (U,) DRIFT * s_it


@dataclass(frozen=True, eq=False)
class State:
    """A chain between two sweeps; with the seed and the chain's number it is all that resuming needs."""

    sweep: int
    theta: Floats  # (U,) standardised draw
    mean: Floats  # (U,) conditional mean, before standardising: the next sweep's lag
    weighted: Floats  # (U,) Σ β z over the unit's votes
    precision: Floats  # (U,) Σ β²
    beta: Floats  # (I,)
    gamma1: Floats  # (I,)
    gamma2: Floats  # (I,)
    step: Floats  # (I,) proposal sd of the cut points
    accepted: Floats  # (I,) share of proposals accepted, exponentially weighted over 50 sweeps


ItemStep = Callable[[Layout, State, Floats, int, int], State]
"""(layout, state, θ drawn, seed, chain) -> state with γ, β and the sums of the new sweep."""
PlaceStep = Callable[[Layout, State, Floats], tuple[Floats, Floats]]
"""(layout, state, uniforms) -> (draw, conditional mean), neither clipped nor standardised."""


def layout(votes: Votes) -> Layout:
    """The votes in the sampler's order."""
    rank = np.array([0, 2, 1])[votes.choice]
    order = np.lexsort((rank, votes.item))
    counts = np.bincount(votes.item.astype(np.int64) * 3 + rank, minlength=3 * votes.row.size).reshape(-1, 3)
    start = votes.item_start.astype(np.int64)
    span = np.column_stack([start[:-1], start[:-1, None] + counts.cumsum(axis=1)])
    target = np.linspace(0, votes.choice.size, CHUNKS + 1)
    chunk = np.searchsorted(start, target[1:-1])
    own = np.arange(votes.state.size)
    lag = np.where(votes.previous >= 0, votes.previous, np.where(votes.following >= 0, votes.following, own))
    return Layout(
        unit=votes.unit[order].astype(np.uint32),
        span=span.astype(np.int64),
        chunk=np.concatenate([[0], chunk, [votes.row.size]]).astype(np.int64),
        previous=lag.astype(np.int64),
        variance=DRIFT * votes.weight,
    )


def of_items(plan: Layout, values: NDArray[Value]) -> NDArray[Value]:
    """(N,) each vote's item's value."""
    return np.repeat(values, plan.span[:, 3] - plan.span[:, 0])


def kind_of(plan: Layout) -> NDArray[np.int8]:
    """(N,) 0 yes, 1 no, 2 abstain, in the sampler's order."""
    lengths = np.diff(plan.span, axis=1).ravel()
    return np.repeat(np.tile(np.arange(3, dtype=np.int8), plan.span.shape[0]), lengths)


def parts(plan: Layout) -> Iterator[tuple[slice, slice, Layout]]:
    """Each part's items, its votes, and a layout of them alone."""
    for low, high in zip(plan.chunk[:-1].tolist(), plan.chunk[1:].tolist(), strict=True):
        if low < high:
            first, end = int(plan.span[low, 0]), int(plan.span[high - 1, 3])
            span = plan.span[low:high] - first
            yield slice(low, high), slice(first, end), replace(plan, unit=plan.unit[first:end], span=span)


def unit_sums(plan: Layout, beta: Floats, latent: Floats, units: int) -> tuple[Floats, Floats]:
    """Σ β z and Σ β² over each unit's votes in these items."""
    weighted: Floats = np.bincount(plan.unit, of_items(plan, beta) * latent, units).astype(np.float64, copy=False)
    precision: Floats = np.bincount(plan.unit, of_items(plan, beta * beta), units).astype(np.float64, copy=False)
    return weighted, precision


def propose(gamma1: Floats, gamma2: Floats, step: Floats, u1: Floats, u2: Floats) -> tuple[Floats, Floats]:
    """Cut points proposed: γ1 between −7 and γ2, then γ2 between the new γ1 and 7."""
    new1 = gamma1 + step * truncated((-CUT_LIMIT - gamma1) / step, (gamma2 - gamma1) / step, u1)
    new1 = np.minimum(np.maximum(new1, -CUT_LIMIT), gamma2)
    new2 = gamma2 + step * truncated((new1 - gamma2) / step, (CUT_LIMIT - gamma2) / step, u2)
    return new1, np.minimum(np.maximum(new2, new1), CUT_LIMIT)


def proposal_ratio(gamma1: Floats, gamma2: Floats, new1: Floats, new2: Floats, step: Floats) -> Floats:
    """Density of proposing the old cut points from the new, over that of the new from the old.

    Zero where the new γ2 lies below the old γ1: from there the old cut points would never be proposed. The authors'
    code keeps two of the eight terms; all are needed for the flat ordered prior to be the target.
    """
    ahead = (ndtr((gamma2 - gamma1) / step) - ndtr((-CUT_LIMIT - gamma1) / step)) * (
        ndtr((CUT_LIMIT - gamma2) / step) - ndtr((new1 - gamma2) / step)
    )
    back = (ndtr((new2 - new1) / step) - ndtr((-CUT_LIMIT - new1) / step)) * (
        ndtr((CUT_LIMIT - new2) / step) - ndtr((gamma1 - new2) / step)
    )
    ratio: Floats = ahead / np.maximum(back, 1e-300) * (new2 > gamma1)
    return ratio


def between(low: Floats, high: Floats) -> Floats:
    """Probability of an abstention whose cut points lie low and high of μ, in the tail that it leans to."""
    side = 1.0 - 2.0 * (low + high > 0.0)
    chance: Floats = np.maximum(abs(ndtr(high * side) - ndtr(low * side)), 1e-300)
    return chance


def plain_items(plan: Layout, state: State, theta: Floats, seed: int, chain: int) -> State:
    """γ by Metropolis-Hastings with Z summed out, then Z, then β: the item step in numpy, a part at a time."""
    streams = (counters.ITEM_LOW, counters.ITEM_HIGH, counters.ACCEPT, counters.SLOPE, counters.VOTE)
    keys = [counters.key(seed, chain, state.sweep + 1, stream) for stream in streams]
    out = np.empty((4, state.beta.size))
    sums = np.zeros((2, theta.size))
    for items, votes, part in parts(plan):
        u = [counters.uniforms(k, items.stop - items.start, items.start) for k in keys[:4]]
        vote_u = counters.uniforms(keys[4], votes.stop - votes.start, votes.start)
        old = [x[items] for x in (state.beta, state.gamma1, state.gamma2, state.step)]
        out[:, items], latent = _plain_part(part, old, theta, u, vote_u)
        sums += unit_sums(part, out[0, items], latent, theta.size)
    beta, gamma1, gamma2, taken = out
    share = state.accepted * 0.98 + taken * 0.02
    return replace(state, beta=beta, gamma1=gamma1, gamma2=gamma2, weighted=sums[0], precision=sums[1], accepted=share)


def _plain_part(
    part: Layout, old: list[Floats], theta: Floats, u: list[Floats], vote_u: Floats
) -> tuple[Floats, Floats]:
    """New β, γ1, γ2 and whether γ moved, (4, items); and Z, (votes,)."""
    beta, gamma1, gamma2, step = old
    place = theta[part.unit]
    mu = of_items(part, beta) * place
    new1, new2 = propose(gamma1, gamma2, step, u[0], u[1])
    hoped, chance = vote_chances(part, mu, new1, new2), vote_chances(part, mu, gamma1, gamma2)
    ratio = np.multiply.reduceat(hoped / chance, part.span[:, 0])
    taken = u[2] < ratio * proposal_ratio(gamma1, gamma2, new1, new2, step)
    gamma1, gamma2 = np.where(taken, new1, gamma1), np.where(taken, new2, gamma2)
    latent = latent_votes(part, mu, gamma1, gamma2, np.where(of_items(part, taken), hoped, chance), vote_u)
    item = of_items(part, np.arange(beta.size))
    spread = 1.0 / (1.0 + np.bincount(item, place * place, beta.size))
    drawn = spread * np.bincount(item, place * latent, beta.size) + np.sqrt(spread) * ndtri(u[3])
    return np.stack([drawn, gamma1, gamma2, taken.astype(np.float64)]), latent


def vote_chances(plan: Layout, mu: Floats, gamma1: Floats, gamma2: Floats) -> Floats:
    """(N,) probability of each vote as it was cast, given its cut points."""
    kind, low, high = kind_of(plan), of_items(plan, gamma1) - mu, of_items(plan, gamma2) - mu
    mid = kind == 2
    out = np.empty(mu.size)
    out[~mid] = ndtr(np.where(kind == 0, low, -high)[~mid])
    out[mid] = between(low[mid], high[mid])
    return out


def latent_votes(plan: Layout, mu: Floats, gamma1: Floats, gamma2: Floats, chance: Floats, u: Floats) -> Floats:
    """(N,) Z drawn on its side of the cut points, clipped; chance as vote_chances gives it for these cut points."""
    kind, low, high = kind_of(plan), of_items(plan, gamma1) - mu, of_items(plan, gamma2) - mu
    mid = kind == 2
    out = np.empty(mu.size)
    out[~mid] = (mu + np.where(kind == 0, 1.0, -1.0) * ndtri(u * chance))[~mid]
    out[mid] = mu[mid] + truncated(low[mid], high[mid], u[mid])
    clipped: Floats = np.minimum(np.maximum(out, -LATENT_LIMIT), LATENT_LIMIT)
    return clipped


def filtered(plan: Layout, state: State, u: Floats) -> tuple[Floats, Floats]:
    """The published recursion: each session leans on the last sweep's conditional mean of the one before.

    θ_{t+1} never informs θ_t, so this is a filter and not the posterior of a random walk (see smooth.paths).
    """
    precision = state.precision + 1.0 / plan.variance
    mean = (state.weighted + state.mean[plan.previous] / plan.variance) / precision
    return mean + np.sqrt(1.0 / precision) * ndtri(u), mean


def sweep(plan: Layout, state: State, items: ItemStep, places: PlaceStep, *, seed: int, chain: int) -> State:
    """One iteration: θ, clipped and standardised over all country-sessions; then γ, Z and β."""
    keys = counters.key(seed, chain, state.sweep + 1, counters.PLACE)
    drawn, mean = places(plan, state, counters.uniforms(keys, state.theta.size))
    drawn = np.clip(drawn, -PLACE_LIMIT, PLACE_LIMIT)
    theta = (drawn - drawn.mean()) / drawn.std(ddof=1)
    after = items(plan, state, theta, seed, chain)
    return replace(after, sweep=state.sweep + 1, theta=theta, mean=mean)


def facing(votes: Votes, high: int, low: int) -> Callable[[State], State]:
    """What fixes the sign: the high state's mean θ stays above the low's (θ and β turn as one; βθ, γ and Z stay)."""
    above, below = np.flatnonzero(votes.state == high), np.flatnonzero(votes.state == low)

    def turned(state: State) -> State:
        if state.theta[above].mean() >= state.theta[below].mean():
            return state
        return replace(state, theta=-state.theta, mean=-state.mean, weighted=-state.weighted, beta=-state.beta)

    return turned
