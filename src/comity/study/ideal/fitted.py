"""A fit of a release, worked out once and kept with it: a versioned table with the hash of its inputs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib import resources
from math import isnan

import numpy as np
from numpy.typing import NDArray

from comity.errors import EmptySelection
from comity.measures.ideal.chains import Sampled
from comity.measures.ideal.fit import fit
from comity.measures.ideal.identify import FEW, poles
from comity.measures.ideal.model import Estimate, Votes
from comity.model.language import language, speaking
from comity.store.derived import Derived, hash_of, keep_derived, read_derived
from comity.study.answers.common import Note
from comity.study.ideal.ballots import ballots
from comity.study.ideal.settings import Settings
from comity.study.notes import note
from comity.study.release import ReleaseCorpus

HIGH, LOW = "USA", "RUS"
"""The sign: the United States stand above Russia."""
Progress = Callable[[int, float], None]


@dataclass(frozen=True, eq=False)
class Fitted:
    """A fit and what it was fitted to.

    inputs : hash of votes, settings and code; kept : whether it came from the store.
    draws  : shape (draws, country-sessions), joint draws of a sampled fit; None of a deterministic one.
    mixing : of a sampled fit, the share of country-sessions with R-hat below 1.05, the largest R-hat and the smallest
             effective number of draws.
    """

    corpus: ReleaseCorpus
    chosen: Settings
    votes: Votes
    estimate: Estimate
    notes: tuple[Note, ...]
    inputs: str
    kept: bool
    draws: NDArray[np.float32] | None = None
    mixing: tuple[float, float, float] | None = None

    @property
    def states(self) -> tuple[str, ...]:
        """The state id of each column."""
        return self.corpus.matrix.states

    def unit(self, state: str, session: int) -> int | None:
        """The country-session's place, None where the state cast no vote that was fitted."""
        if state not in self.corpus.matrix.column:
            return None
        at = (self.votes.state == self.corpus.matrix.column[state]) & (self.votes.session == session)
        found = np.flatnonzero(at)
        return int(found[0]) if found.size else None

    def units(self, state: str) -> NDArray[np.intp]:
        """The country-sessions of a state, by session."""
        return np.flatnonzero(self.votes.state == self.corpus.matrix.column.get(state, -1))


def fitted(corpus: ReleaseCorpus, chosen: Settings, progress: Progress | None = None) -> Fitted:
    """The fit of a release: from the store where votes, settings and code are the same, else worked out and kept.

    EmptySelection where the votes cannot place states.
    """
    votes, notes, inputs = _prepared(corpus, chosen, language())
    label, body = corpus.manifest.release, corpus.manifest.body
    kept = read_derived(label, chosen.key, inputs, body=body)
    if kept is not None:
        read = _read(kept)
        told = (*notes, *_weak_poles(corpus, votes, read))
        return Fitted(corpus, chosen, votes, read, told, inputs, True, _draws(kept), _mixing(kept))
    found = _sampled(corpus, chosen, votes, inputs, progress) if chosen.sampled else None
    estimate = found[0] if found else _fit(corpus, votes, progress)
    sampled = found[1] if found else None
    keep_derived(label, chosen.key, inputs, _written(corpus, votes, estimate, chosen, sampled), body=body)
    draws = sampled.draws.reshape(-1, sampled.theta.size) if sampled else None
    told = (*notes, *_weak_poles(corpus, votes, estimate))
    return Fitted(corpus, chosen, votes, estimate, told, inputs, False, draws, mixing_of(sampled) if sampled else None)


def mixing_of(sampled: Sampled) -> tuple[float, float, float]:
    """Share of country-sessions with R-hat below 1.05, the largest R-hat, the smallest effective number of draws."""
    r_hat = sampled.r_hat[~np.isnan(sampled.r_hat)]
    if not r_hat.size:
        return (0.0, float("nan"), float("nan"))
    return float((r_hat < 1.05).mean()), float(r_hat.max()), float(np.nanmin(sampled.effective))


def _fit(corpus: ReleaseCorpus, votes: Votes, progress: Progress | None) -> Estimate:
    column = corpus.matrix.column
    try:
        return fit(votes, high=column.get(HIGH, -1), low=column.get(LOW, -1), progress=progress)
    except ValueError as err:
        raise EmptySelection(
            "These roll calls cannot place states",
            got=str(err),
            next="Widen the sessions or the issue",
        ) from None


def _weak_poles(corpus: ReleaseCorpus, votes: Votes, estimate: Estimate) -> tuple[Note, ...]:
    """Where the two states that start the fit and fix its sign hardly part."""
    column = corpus.matrix.column
    found = poles(votes, estimate, column.get(HIGH, -1), column.get(LOW, -1))
    told = []
    if found.items < FEW:
        told.append(note("ideal_few_apart", k=found.items))
    if found.near:
        shown = ", ".join(str(t) for t in found.near)
        told.append(note("ideal_poles_near", k=len(found.near), n=found.sessions, sessions=shown))
    return tuple(told)


def _sampled(
    corpus: ReleaseCorpus, chosen: Settings, votes: Votes, inputs: str, progress: Progress | None
) -> tuple[Estimate, Sampled]:
    from comity.study.ideal.sampled import estimate_of, sample

    def told(done: int, total: int) -> None:
        if progress is not None:
            progress(done, total / done - 1)

    found = sample(corpus, chosen, votes, inputs, told)
    return estimate_of(found, chosen.iterations), found


@lru_cache(maxsize=4)
def _prepared(corpus: ReleaseCorpus, chosen: Settings, spoken: str) -> tuple[Votes, tuple[Note, ...], str]:
    """Kept by language, for it holds notes."""
    with speaking(spoken):
        found = ballots(corpus, chosen)
    votes = found.votes
    arrays = (getattr(votes, f.name) for f in fields(votes))
    data = [np.ascontiguousarray(a).tobytes() for a in arrays if isinstance(a, np.ndarray)]
    return votes, found.notes, hash_of(_code(), repr(chosen.to_dict()).encode(), *data)


def _code() -> bytes:
    folder = resources.files("comity.measures") / "ideal"
    names = sorted(e.name for e in folder.iterdir() if e.name.endswith(".py"))
    return b"\0".join(folder.joinpath(n).read_bytes() for n in names)


def _written(
    corpus: ReleaseCorpus, votes: Votes, estimate: Estimate, chosen: Settings, sampled: Sampled | None
) -> Derived:
    import polars as pl

    states = np.array(corpus.matrix.states)[votes.state]
    units = {"state": states, "session": votes.session, "theta": estimate.theta, "sd": estimate.sd}
    units |= {"curvature": estimate.curvature}
    calls = corpus.roll_calls["roll_call"].gather(votes.row)
    items = {"roll_call": calls, "beta": estimate.beta, "gamma1": estimate.gamma1, "gamma2": estimate.gamma2}
    cov = {f"cov{i}{j}": estimate.cov[:, i, j] for i in range(3) for j in range(i, 3)}
    info = {
        **chosen.to_dict(),
        "converged": estimate.converged,
        "sweeps": estimate.sweeps,
        "stretch": estimate.stretch,
        "history": list(estimate.history),
        "log_likelihood": None if isnan(estimate.log_likelihood) else estimate.log_likelihood,
    }
    tables = {"units": pl.DataFrame(units), "items": pl.DataFrame(items | cov)}
    if sampled is not None:
        tables["draws"] = pl.DataFrame({"theta": sampled.draws.reshape(-1)})
        info["mixing"] = list(mixing_of(sampled))
    return Derived(tables, info)


def _draws(kept: Derived) -> NDArray[np.float32] | None:
    if "draws" not in kept.tables:
        return None
    return kept.tables["draws"]["theta"].to_numpy().reshape(-1, kept.tables["units"].height)


def _mixing(kept: Derived) -> tuple[float, float, float] | None:
    if "mixing" not in kept.info:
        return None
    share, worst, least = kept.info["mixing"]
    return float(share), float(worst), float(least)


def _read(kept: Derived) -> Estimate:
    units, items = kept.tables["units"], kept.tables["items"]
    cov = np.empty((items.height, 3, 3))
    for i in range(3):
        for j in range(i, 3):
            cov[:, i, j] = cov[:, j, i] = items[f"cov{i}{j}"].to_numpy()
    return Estimate(
        theta=units["theta"].to_numpy(),
        sd=units["sd"].to_numpy(),
        curvature=units["curvature"].to_numpy(),
        stretch=float(kept.info["stretch"]),
        beta=items["beta"].to_numpy(),
        gamma1=items["gamma1"].to_numpy(),
        gamma2=items["gamma2"].to_numpy(),
        cov=cov,
        converged=bool(kept.info["converged"]),
        sweeps=int(kept.info["sweeps"]),
        history=tuple(kept.info["history"]),
        log_likelihood=float("nan") if kept.info["log_likelihood"] is None else float(kept.info["log_likelihood"]),
    )
