"""What is its own in answers about the Security Council: seats as the file lists them, no flags, no sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from comity.errors import EmptySelection, FieldMissing, StateDidNotExist, UnknownRelease
from comity.model.choice import Choice
from comity.model.period import Clock, Period
from comity.model.reading import Reading
from comity.model.tables import ISSUES
from comity.model.words import say, span, spans
from comity.states.registry import State
from comity.study import ask
from comity.study.answers.common import Note
from comity.study.corpus import Corpus
from comity.study.coverage import partial
from comity.study.notes import note
from comity.study.release import ReleaseCorpus


def accept(reading: Reading, release: str, asked: bool) -> None:
    """Refuse what cannot be asked of the Council.

    asked : whether the question can be; UnknownRelease otherwise. FieldMissing for an issue flag or a session.
    """
    if not asked:
        raise UnknownRelease(say("trouble.of_the_council"), got=release, next=say("trouble.council_answers"))
    if any(flag in ISSUES for flag in reading.issue.split("+")):
        raise FieldMissing(say("trouble.council_issues"), got=reading.issue, allowed=say("trouble.council_issue_words"))
    if reading.clock == "session":
        raise FieldMissing(say("trouble.council_sessions"), got="--clock session", allowed="year, day")


def seated(corpus: ReleaseCorpus, state: str) -> NDArray[np.bool_]:
    """On which roll calls the file lists the state as a member of the Council."""
    if state not in corpus.matrix.column:
        return np.zeros(len(corpus.matrix.day), dtype=bool)
    return np.asarray(corpus.matrix.cells[:, corpus.matrix.column[state]] != Choice.NOT_MEMBER)


def shared_record(corpus: ReleaseCorpus, clock: Clock, states: Sequence[State]) -> Period:
    """From the first roll call on which all of these sat to the last; errors as below, for the whole release."""
    for state in states:
        if not seated(corpus, state.id).any():
            raise _seatless(corpus, state, corpus.origin.release)
    together = np.logical_and.reduce([seated(corpus, state.id) for state in states])
    if not together.any():
        raise _never(corpus, states)
    days = corpus.matrix.day[together]
    first, last = (date.fromordinal(int(day)) for day in (days.min(), days.max()))
    return ask.whole(replace(corpus.origin, first=first, last=last), clock)


def require_council_seats(corpus: ReleaseCorpus, states: Sequence[State], periods: Sequence[Period]) -> None:
    """StateDidNotExist for a state that sat in none of the periods, EmptySelection for two that never sat together."""
    days = [ask.days(period) for period in periods]
    day = corpus.matrix.day
    inside = np.logical_or.reduce([(day >= a.toordinal()) & (day <= b.toordinal()) for a, b in days])
    labels = ", ".join(period.label for period in periods)
    for state in states:
        if not (seated(corpus, state.id) & inside).any():
            raise _seatless(corpus, state, labels)
    if not np.logical_and.reduce([seated(corpus, state.id) for state in states] + [inside]).any():
        raise _never(corpus, states, labels)


def years_of(corpus: ReleaseCorpus, state: State) -> str:
    """The calendar years in which the file lists the state as a member, runs drawn together; "" where in none."""
    years = np.unique(corpus.matrix.year[seated(corpus, state.id)]).tolist()
    return spans(years)


def _seatless(corpus: ReleaseCorpus, state: State, period: str) -> StateDidNotExist:
    """The error for a state that held no seat in the Council, with when it did."""
    return StateDidNotExist(
        say("trouble.no_council_seat", name=state.name, id=state.id, period=period),
        allowed=say("trouble.listed_in", name=state.name, years=years) if (years := years_of(corpus, state)) else "",
        next=say("trouble.ask_assembly"),
    )


def _never(corpus: ReleaseCorpus, states: Sequence[State], periods: str = "") -> EmptySelection:
    """The error for states that held no seat at the same time, with when each did."""
    told = "; ".join(say("trouble.listed_in", name=s.name, years=years_of(corpus, s)) for s in states)
    when = periods or corpus.origin.release
    return EmptySelection(
        say("trouble.never_together", a=states[0].name, b=states[-1].name, period=when),
        got=", ".join(s.id for s in states),
        allowed=told,
        next=say("trouble.ask_assembly"),
    )


def council_notes(corpus: Corpus, periods: Sequence[Period]) -> list[Note]:
    """What holds for every count of the Council's votes, with how many resolutions were adopted without a vote."""
    within = [ask.days(period) for period in periods]
    years = {year for first, last in within for year in range(first.year, last.year + 1)}
    origin = corpus.origin
    left = sum(count for year, count in corpus.without_a_vote if year in years)
    found = [note("council_adopted"), note("council_seats"), note("council_absent"), note("abstention")]
    found += [
        note("partial", period=span(p.label), first=origin.first.isoformat(), last=origin.last.isoformat())
        for p in periods
        if partial(p, origin)
    ]
    if left:
        found.insert(1, note("council_unvoted", k=left, years=spans(sorted(years))))
    return found
