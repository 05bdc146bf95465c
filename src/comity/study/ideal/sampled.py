"""Ideal points by sampling: chains that are kept as they go, so that a run that was stopped goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.measures.ideal import chains, fast, gibbs, smooth, starts
from comity.measures.ideal.chains import Chain, Sampled
from comity.measures.ideal.model import Estimate, Votes
from comity.store.derived import Derived, keep_derived, read_derived
from comity.study.ideal.settings import AS_RUN, Settings
from comity.study.release import ReleaseCorpus

SEED, THREADS = 1945, 2
SAVED_EVERY = 500  # sweeps
_HIGH, _LOW = ("USA", "CAN", "GBR", "ISR"), ("RUS", "DDR")
"""Anchors of the published start."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class _Run:
    """Where the chains of a fit are kept, and how they are drawn."""

    corpus: ReleaseCorpus
    chosen: Settings
    inputs: str
    votes: Votes
    plan: gibbs.Layout

    def kind(self, chain: int) -> str:
        """The kind under which a chain is kept."""
        return f"{self.chosen.key}-chain{chain}"


def sample(
    corpus: ReleaseCorpus, chosen: Settings, votes: Votes, inputs: str, progress: Progress | None = None
) -> Sampled:
    """Run the chains to their end, from where an earlier run stopped, and put them together.

    progress : told the sweeps done and the sweeps in all, over all chains.
    """
    run = _Run(corpus, chosen, inputs, votes, gibbs.layout(votes))
    total = chosen.chains * chosen.iterations
    made = []
    for k in range(chosen.chains):
        done = k * chosen.iterations

        def tick(sweep: int, done: int = done) -> None:
            if progress is not None:
                progress(done + sweep, total)

        made.append(_finished(run, k, tick))
    return chains.together(made)


def estimate_of(sampled: Sampled, iterations: int) -> Estimate:
    """Means and standard deviations of the draws in the form of a fit; converged where R-hat is below 1.05 almost
    everywhere (99 % of the country-sessions)."""
    mixed = np.nan_to_num(sampled.r_hat, nan=np.inf) < 1.05
    items = sampled.beta.size
    return Estimate(
        theta=sampled.theta,
        sd=sampled.sd,
        curvature=1 / np.maximum(sampled.sd, 1e-12) ** 2,
        stretch=0.0,
        beta=sampled.beta,
        gamma1=sampled.gamma1,
        gamma2=sampled.gamma2,
        cov=np.zeros((items, 3, 3)),
        converged=bool(mixed.mean() >= 0.99),
        sweeps=iterations,
        history=(),
        log_likelihood=float("nan"),
    )


def _finished(run: _Run, number: int, tick: Callable[[int], None]) -> Chain:
    chosen, votes = run.chosen, run.votes
    chain = _kept(run, number) or chains.begin(
        starts.published(votes, run.plan, _columns(run, _HIGH), _columns(run, _LOW), seed=SEED, chain=number),
        seed=SEED,
        chain=number,
        burn=chosen.burn,
        thin=chosen.thin,
        adapt=chosen.method != AS_RUN,
    )
    items = fast.items_on(THREADS) if fast.available() else gibbs.plain_items
    places = smooth.paths(votes) if chosen.smooth else gibbs.filtered
    facing = gibbs.facing(votes, _columns(run, _HIGH)[0], _columns(run, _LOW)[0])
    while chain.state.sweep < chosen.iterations:
        step = min(SAVED_EVERY, chosen.iterations - chain.state.sweep)
        chain = chains.advance(run.plan, chain, step, items, places, facing, tick)
        _keep(run, number, chain)
    return chain


def _columns(run: _Run, states: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(run.corpus.matrix.column[s] for s in states if s in run.corpus.matrix.column)


def _keep(run: _Run, number: int, chain: Chain) -> None:
    import polars as pl

    held = chains.arrays(chain)
    tables = {name: pl.DataFrame({"v": np.ascontiguousarray(array).reshape(-1)}) for name, array in held.items()}
    info = {name: list(array.shape) for name, array in held.items()}
    manifest = run.corpus.manifest
    keep_derived(manifest.release, run.kind(number), run.inputs, Derived(tables, info), body=manifest.body)


def _kept(run: _Run, number: int) -> Chain | None:
    """A chain of an earlier run of the same votes, settings and code; None where there is none."""
    manifest = run.corpus.manifest
    kept = read_derived(manifest.release, run.kind(number), run.inputs, body=manifest.body)
    if kept is None:
        return None
    held: dict[str, NDArray[np.generic]] = {
        name: table["v"].to_numpy().reshape(kept.info[name]) for name, table in kept.tables.items()
    }
    return chains.restored(held)
