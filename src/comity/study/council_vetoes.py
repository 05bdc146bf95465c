"""The drafts in the ledger of vetoes on which two states are known to have both held a seat in the Council."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from comity.model.period import Period
from comity.model.words import named, say
from comity.states.registry import State
from comity.study import ask
from comity.study.answers.common import Note
from comity.study.answers.situations import Veto
from comity.study.council import seated
from comity.study.notes import note
from comity.study.release import ReleaseCorpus
from comity.votes.vetoes import PERMANENT, VetoedDraft, vetoed_drafts


def vetoes_of(
    corpus: ReleaseCorpus, a: State, b: State, periods: Sequence[Period]
) -> tuple[tuple[Veto, ...], list[Note]]:
    """The drafts of the periods on which both sat, and what the ledger tells of the two; it holds no other votes."""
    within = [ask.days(period) for period in periods]
    drafts = [row for row in vetoed_drafts() if any(first <= row.date <= last for first, last in within)]
    sat = [(row, [sat_on(corpus, state, row.date) for state in (a, b)]) for row in drafts]
    both = [row for row, seats in sat if all(seats)]
    unknown = sum(None in seats and False not in seats for _, seats in sat)
    against = [(a.id in row.vetoed_by, b.id in row.vetoed_by) for row in both]
    notes = [
        note("council_vetoes", n=len(drafts), k=len(both), a=named(a.name), b=named(b.name), told=_told(a, b, against))
    ]
    # A nought is no finding: the ledger holds some vetoes, not all.
    notes += [
        note("council_vetoes_none", state=named(state.name))
        for state, k in ((a, 0), (b, 1))
        if state.id in PERMANENT and both and not any(pair[k] for pair in against)
    ]
    if unknown:
        notes.append(note("council_vetoes_unknown", k=unknown))
    if drafts:
        notes.append(note("council_vetoes_ledger"))
    return tuple(map(_veto, both)), notes


def _told(a: State, b: State, against: Sequence[tuple[bool, bool]]) -> str:
    """How many of the drafts either vetoed; parts of none are left out."""
    both, neither = against.count((True, True)), against.count((False, False))
    parts = [say("notes.council_vetoes_both", k=both)] if both else []
    for state, other, alone in ((a, b, (True, False)), (b, a, (False, True))):
        if k := against.count(alone):
            parts.append(say("notes.council_vetoes_one", k=k, state=named(state.name), other=named(other.name)))
    return "; ".join([*parts, say("notes.council_vetoes_neither", k=neither)] if neither or not parts else parts)


def sat_on(corpus: ReleaseCorpus, state: State, day: date) -> bool | None:
    """Whether a state held a seat on a day; None where the file does not tell.

    A permanent member's seat is known. Another's is told by the last resolution of the same calendar year up to that
    day and the first from it on, where both list the state or neither does: seats change at the turn of a year.
    """
    if state.id in PERMANENT:
        return state.member_on(day)
    same_year = corpus.matrix.year == day.year
    days, listed = corpus.matrix.day[same_year], seated(corpus, state.id)[same_year]
    before, after = days <= day.toordinal(), days >= day.toordinal()
    if not (before.any() and after.any()):
        return None
    ends = {bool(listed[before][np.argmax(days[before])]), bool(listed[after][np.argmin(days[after])])}
    return ends.pop() if len(ends) == 1 else None


def _veto(row: VetoedDraft) -> Veto:
    return Veto(row.date, row.draft, row.about, row.vetoed_by, row.checked)
