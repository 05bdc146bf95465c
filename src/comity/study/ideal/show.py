"""Ideal points asked for: the fit, states over the sessions, the distance of two."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.errors import EmptySelection, UsageError
from comity.measures.ideal.diagnose import bridges, fit_statistics, second_dimension
from comity.measures.ideal.draws import draws as joint
from comity.model.language import numeral
from comity.model.reading import Reading
from comity.model.words import say
from comity.states.registry import State
from comity.study import ask
from comity.study.answers.common import Header, Note
from comity.study.answers.ideal import (
    EARLY,
    Fit,
    FitFacts,
    Gap,
    IdealDistanceAnswer,
    IdealFitAnswer,
    IdealShowAnswer,
    Point,
)
from comity.study.context import Frame, States, frame
from comity.study.corpus import Corpus
from comity.study.ideal.fitted import Fitted, Progress, fitted
from comity.study.ideal.settings import ALL, AUTO, NONE, RECURRING, Settings
from comity.study.notes import note, unique
from comity.study.splits import needs_roll_calls

Z90 = 1.6448536269514722
DRAWS, SEED = 2000, 1945
DECIMALS = 6


def open_fit(
    chosen: Settings, release: str | None, corpus: Corpus | None, progress: Progress | None
) -> tuple[Frame, Fitted]:
    """The frame of an answer and the fit it rests on; RollCallsMissing on the starter data."""
    issue = chosen.issue if chosen.issue != RECURRING else ALL
    fr = frame(Reading(issue=issue, clock="session", release=release), corpus)
    return fr, fitted(needs_roll_calls(fr.corpus), chosen, progress)


def header_of(fr: Frame, found: Fitted) -> Header:
    """The header of an answer, with what the fit took in place of a reading's choice of roll calls."""
    chosen, votes = found.chosen, found.votes
    words = {k: say(f"ideal_chosen.{k}") for k in (AUTO, NONE, RECURRING)}
    chose = say(
        "ideal_chosen.words",
        issue=words.get(chosen.issue, fr.header.issue_label),
        first=int(votes.session.min()),
        last=int(votes.session.max()),
        linked=words.get(chosen.matches) or say("ideal_chosen.file", file=Path(chosen.matches).name),
    )
    if chosen.sampled:
        key = chosen.method.replace("-", "_") + "_smooth" * chosen.smooth
        how = {
            "chains": str(chosen.chains),
            "iterations": numeral(chosen.iterations, ","),
            "burn": numeral(chosen.burn, ","),
        }
        chose = ", ".join((chose, say(f"ideal_chosen.{key}", **how)))
    return replace(fr.header, chosen=chose)


def ideal_fit(
    chosen: Settings | None = None,
    *,
    release: str | None = None,
    corpus: Corpus | None = None,
    progress: Progress | None = None,
) -> IdealFitAnswer:
    """Fit ideal points to a release and say how well they fit."""
    fr, found = open_fit(chosen or Settings(), release, corpus, progress)
    votes, estimate = found.votes, found.estimate
    how = fit_statistics(votes, estimate)
    facts = FitFacts(
        votes=len(votes.choice),
        items=len(votes.row),
        units=len(votes.state),
        states=len(np.unique(votes.state)),
        first=int(votes.session.min()),
        last=int(votes.session.max()),
        left_out=dict(votes.left_out),
        converged=estimate.converged,
        sweeps=estimate.sweeps,
        classified=how.classified,
        apre=how.apre,
        gmp=how.gmp,
        poor=tuple(s.session for s in second_dimension(votes, estimate, np.random.default_rng(SEED)) if s.poor),
        bridges=linked_texts(found),
    )
    return IdealFitAnswer(header_of(fr, found), fit_of(found), facts, found.kept, fit_notes(found))


def ideal_show(
    states: States,
    chosen: Settings | None = None,
    *,
    release: str | None = None,
    corpus: Corpus | None = None,
    progress: Progress | None = None,
) -> IdealShowAnswer:
    """The ideal points of some states, session by session, with 90 % intervals."""
    fr, found = open_fit(chosen or Settings(), release, corpus, progress)
    named = ask.several_states(states, fr.origin.last, past=True)
    if not named:
        raise UsageError("Which states?", got="none", next="Name some: comity ideal show VNM RUS USA CHN")
    points = [p for state in named for p in _points(found, state)]
    if not points:
        first, last = int(found.votes.session.min()), int(found.votes.session.max())
        raise EmptySelection(
            "None of these states cast a vote that is fitted",
            got=f"{', '.join(s.name for s in named)}; {fr.origin.release}, {found.chosen.issue}, "
            f"sessions {first}-{last}",
            next="Choose other sessions (--sessions), another issue (--issue) or release (--release)",
        )
    order = {state.id: i for i, state in enumerate(named)}
    return IdealShowAnswer(
        header=header_of(fr, found),
        fit=fit_of(found),
        names=tuple((s.id, s.name) for s in named),
        points=tuple(sorted(points, key=lambda p: (p.session, order[p.state]))),
        bridges=linked_texts(found),
        notes=fit_notes(found, {p.session for p in points}),
    )


def ideal_distance(
    a: str,
    b: str,
    chosen: Settings | None = None,
    *,
    seed: int = SEED,
    release: str | None = None,
    corpus: Corpus | None = None,
    progress: Progress | None = None,
) -> IdealDistanceAnswer:
    """The distance of two states, session by session, from joint draws that share what is uncertain of the items."""
    fr, found = open_fit(chosen or Settings(), release, corpus, progress)
    first, second = ask.two_states(a, b, fr.origin.last, past=True)
    units = {s.id: {int(found.votes.session[u]): int(u) for u in found.units(s.id)} for s in (first, second)}
    common = sorted({*units[first.id]} & {*units[second.id]})
    if not common:
        raise EmptySelection(
            f"{first.name} and {second.name} are placed in no common session",
            got=f"{fr.origin.release}, {found.chosen.issue}",
            next="Choose other sessions (--sessions), another issue (--issue) or release (--release)",
        )
    pairs = np.array([[units[first.id][t], units[second.id][t]] for t in common])
    drawn = _drawn(found, pairs.ravel(), seed)
    theta = found.estimate.theta
    gaps = tuple(
        _gap(t, settled(theta[pairs[i, 0]] - theta[pairs[i, 1]]), drawn[:, 2 * i] - drawn[:, 2 * i + 1])
        for i, t in enumerate(common)
    )
    return IdealDistanceAnswer(
        header=header_of(fr, found),
        fit=fit_of(found),
        a=first.id,
        b=second.id,
        name_a=first.name,
        name_b=second.name,
        gaps=gaps,
        draws=len(drawn),
        seed=seed,
        notes=unique([*fit_notes(found, set(common)), note("ideal_distance")]),
    )


def settled(value: float | np.floating[Any]) -> float:
    """A point on the scale to six decimals: what a fit gives beyond them differs between processors, and between runs.

    >>> settled(-0.2580682327240675) == settled(-0.2580682327240679)
    True
    """
    return round(float(value), DECIMALS)


def linked_texts(found: Fitted) -> dict[int, int]:
    """Session → its texts that were voted on in another session too."""
    return {b.session: b.linked for b in bridges(found.votes)}


def _drawn(found: Fitted, units: NDArray[np.intp], seed: int) -> NDArray[np.float64]:
    """Joint draws of some country-sessions: those of the sampler, or made from the fit."""
    if found.draws is not None:
        return found.draws[:, units].astype(np.float64)
    return joint(found.votes, found.estimate, units, DRAWS, np.random.default_rng(seed))


def fit_of(found: Fitted) -> Fit:
    """What an answer says of its fit."""
    return Fit(found.chosen.to_dict(), found.inputs)


def fit_notes(found: Fitted, sessions: set[int] | None = None) -> tuple[Note, ...]:
    """What must stand beside points of a fit, over some sessions or all."""
    shown = {int(t) for t in np.unique(found.votes.session)} if sessions is None else sessions
    last_linked = max((t for t, k in linked_texts(found).items() if k), default=0)
    told = [note("ideal_scale"), *found.notes]
    if not found.estimate.converged:
        key = "ideal_not_converged" if found.draws is None else "ideal_not_mixed"
        told.append(note(key, sweeps=found.estimate.sweeps))
    if found.mixing is not None:
        share, worst, least = found.mixing
        told.append(
            note(
                "ideal_mixing",
                k=numeral(round(share * len(found.estimate.sd)), ","),
                worst=numeral(worst, ".2f"),
                least=numeral(least, ".0f"),
                n=numeral(len(found.estimate.sd), ","),
            )
        )
    if any(t <= EARLY for t in shown):
        told.append(note("ideal_early", early=EARLY))
    unlinked = [t for t in linked_texts(found) if t > last_linked]
    if last_linked and not set(unlinked).isdisjoint(shown):
        told.append(note("ideal_unbridged", first=min(unlinked)))
    if found.chosen.issue != ALL:
        told.append(note("ideal_subset"))
    return unique(told)


def _points(found: Fitted, state: State) -> list[Point]:
    votes, estimate = found.votes, found.estimate
    counts = np.diff(votes.unit_start)
    return [
        Point(
            state=state.id,
            name=state.name,
            session=int(votes.session[u]),
            theta=settled(estimate.theta[u]),
            low=settled(estimate.theta[u] - Z90 * estimate.sd[u]),
            high=settled(estimate.theta[u] + Z90 * estimate.sd[u]),
            n=int(counts[u]),
        )
        for u in found.units(state.id)
    ]


def _gap(session: int, difference: float, drawn: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Gap:
    low, high = np.quantile(drawn, (0.05, 0.95))
    near, far = np.quantile(np.abs(drawn), (0.05, 0.95))
    return Gap(
        session=session,
        difference=difference,
        low=settled(low),
        high=settled(high),
        distance=abs(difference),
        distance_low=settled(near),
        distance_high=settled(far),
        above=float((drawn > 0).mean()),
    )
