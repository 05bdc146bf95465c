"""Several chains of the sampler: run, stopped and resumed, and put together.

A chain is arrays and nothing else: `arrays` gives them for a file, `restored` takes them back, and going on from
there gives the same draws as never having stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from comity.measures.ideal import gibbs
from comity.measures.ideal.gibbs import ItemStep, Layout, PlaceStep, State
from comity.measures.ideal.mixing import effective_size, r_hat
from comity.measures.ideal.normal import Floats

CHAINS, ITERATIONS, THIN = 4, 6000, 50
"""Four chains of 6,000; the published run was one of 24,000, a sixth of it burn-in, every 50th draw kept."""
TARGET = 0.4
"""Share of proposed cut points to be accepted; proposals are scaled towards it in the burn-in, item by item."""


@dataclass(frozen=True, eq=False)
class Chain:
    """One chain so far; sums are over every sweep after the burn-in, draws over every `thin`-th of them."""

    seed: int
    chain: int
    burn: int
    thin: int
    adapt: bool
    state: State
    draws: NDArray[np.float32]  # (kept so far, U)
    totals: Floats  # (2, U) sums of θ and θ²
    items: Floats  # (3, I) sums of β, γ1, γ2


@dataclass(frozen=True, eq=False)
class Sampled:
    """What several chains say together."""

    draws: NDArray[np.float32]  # (chains, kept, U) joint draws
    theta: Floats  # (U,) mean over every sweep after the burn-in
    sd: Floats  # (U,)
    beta: Floats  # (I,) means
    gamma1: Floats  # (I,)
    gamma2: Floats  # (I,)
    r_hat: Floats  # (U,)
    effective: Floats  # (U,) effective number of the kept draws


def begin(
    state: State, *, seed: int, chain: int, burn: int = ITERATIONS // 3, thin: int = THIN, adapt: bool = True
) -> Chain:
    """A chain at a start made with the same seed and chain. Without `adapt` the authors' proposals stay."""
    units, items = state.theta.size, state.beta.size
    empty = np.empty((0, units), np.float32)
    return Chain(seed, chain, burn, thin, adapt, state, empty, np.zeros((2, units)), np.zeros((3, items)))


def advance(
    plan: Layout,
    chain: Chain,
    sweeps: int,
    items: ItemStep,
    places: PlaceStep,
    facing: Callable[[State], State],
    tick: Callable[[int], None] | None = None,
) -> Chain:
    """The chain so many sweeps on; `facing` fixes the sign; tick is told each sweep's number."""
    state, kept = chain.state, [chain.draws]
    totals, sums = chain.totals.copy(), chain.items.copy()
    for _ in range(sweeps):
        state = facing(gibbs.sweep(plan, state, items, places, seed=chain.seed, chain=chain.chain))
        past = state.sweep - chain.burn
        if past <= 0 and chain.adapt and state.sweep % 25 == 0:
            state = replace(state, step=np.clip(state.step * np.exp(state.accepted - TARGET), 0.01, 2.0))
        if past > 0:
            totals += (state.theta, state.theta * state.theta)
            sums += (state.beta, state.gamma1, state.gamma2)
            if past % chain.thin == 0:
                kept.append(state.theta[None].astype(np.float32))
        if tick is not None:
            tick(state.sweep)
    return replace(chain, state=state, draws=np.concatenate(kept), totals=totals, items=sums)


def arrays(chain: Chain) -> dict[str, NDArray[np.generic]]:
    """The chain as named arrays, for np.savez or a table."""
    plain = {f.name: np.asarray(getattr(chain, f.name)) for f in fields(chain) if f.name != "state"}
    return plain | {f"state_{f.name}": np.asarray(getattr(chain.state, f.name)) for f in fields(chain.state)}


def restored(saved: Mapping[str, NDArray[np.generic]]) -> Chain:
    """The chain that `arrays` gave."""
    parts = {f.name: np.asarray(saved[f"state_{f.name}"], np.float64) for f in fields(State) if f.name != "sweep"}
    return Chain(
        seed=int(saved["seed"]),
        chain=int(saved["chain"]),
        burn=int(saved["burn"]),
        thin=int(saved["thin"]),
        adapt=bool(saved["adapt"]),
        state=State(sweep=int(saved["state_sweep"]), **parts),
        draws=np.asarray(saved["draws"], np.float32),
        totals=np.asarray(saved["totals"], np.float64),
        items=np.asarray(saved["items"], np.float64),
    )


def together(chains: list[Chain]) -> Sampled:
    """Means over all chains, the joint draws, and how well they mixed.

    Raises ValueError where the chains are of different lengths or none has a draw.
    """
    kept = {chain.draws.shape[0] for chain in chains}
    if len(kept) != 1 or not kept.pop():
        raise ValueError("chains must have the same number of kept draws, at least one")
    count = sum(chain.state.sweep - chain.burn for chain in chains)
    mean, square = np.sum([chain.totals for chain in chains], axis=0) / count
    beta, gamma1, gamma2 = np.sum([chain.items for chain in chains], axis=0) / count
    draws = np.stack([chain.draws for chain in chains])
    sd = np.sqrt(np.maximum(square - mean * mean, 0.0))
    return Sampled(draws, mean, sd, beta, gamma1, gamma2, r_hat(draws), effective_size(draws))
