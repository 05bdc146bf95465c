"""The votes of a release as the ideal-point model takes them, with what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.errors import EmptySelection
from comity.measures.ideal.model import Votes
from comity.measures.ideal.prepare import prepare
from comity.model.choice import Choice
from comity.study.answers.common import Note
from comity.study.expected import sessions_of
from comity.study.ideal.links import linked
from comity.study.ideal.settings import ALL, RECURRING, Settings
from comity.study.release import ReleaseCorpus

_DROPPED_SESSION = 19
"""The Assembly voted once only in its 19th session, on the arrears that kept it from voting."""
_PARTS_UNTIL = 1989
_SET_ASIDE = (("EAZ", None), ("ZAF", 48))
"""As the authors do: Zanzibar, a member for months, and South Africa in session 48, barred until its end."""


@dataclass(frozen=True, eq=False)
class Ballots:
    """votes : what is fitted; when : each roll call's session; notes : what is to be said of them."""

    votes: Votes
    when: NDArray[np.int64]
    notes: tuple[Note, ...]


def ballots(corpus: ReleaseCorpus, chosen: Settings) -> Ballots:
    """Votes cast, linked over the sessions; paragraph and amendment votes after 1989 are left out, as published.

    EmptySelection where nothing can be placed: no roll call, only unanimous texts, sessions that nothing connects.
    """
    when = sessions_of(corpus)
    matrix, table = corpus.matrix, corpus.roll_calls
    part = _flag(table["paragraph"]) | _flag(table["amendment"])
    last = chosen.last or int(when.max())
    _hold_any(corpus, when, chosen, last)
    links = linked(corpus, chosen.matches, part)
    out = (when < chosen.first) | (when > last) | (when == _DROPPED_SESSION) | (part & (matrix.year > _PARTS_UNTIL))
    if chosen.issue == RECURRING:
        out |= ~_recurring(links.ids, when, ~out)
    elif chosen.issue != ALL:
        out |= ~_flag(table[chosen.issue])
    cells = matrix.cells.copy()
    for state, session in _SET_ASIDE:
        if state in matrix.column:
            rows = slice(None) if session is None else when == session
            cells[rows, matrix.column[state]] = Choice.NOT_MEMBER
    try:
        votes = prepare(cells, when, links=links.ids, leave_out=out, drop_thin=True)
    except ValueError as err:
        raise EmptySelection(
            "These roll calls cannot place states",
            got=f"{chosen.issue}, sessions {chosen.first}-{last}: {err}",
            next="Choose other sessions (--sessions) or another issue (--issue)",
        ) from None
    return Ballots(votes, when, links.notes)


def _hold_any(corpus: ReleaseCorpus, when: NDArray[np.int64], chosen: Settings, last: int) -> None:
    """EmptySelection where the release has no roll call in the sessions, or in the one that is never fitted only."""
    held = np.unique(when[(when >= chosen.first) & (when <= last)])
    if held.size and held.tolist() != [_DROPPED_SESSION]:
        return
    asked = f"{chosen.first}-{last}" if last != chosen.first else str(last)
    raise EmptySelection(
        "Session 19 is left out, as published: the Assembly voted once in it"
        if held.size
        else f"{corpus.origin.release} holds no roll call of these sessions",
        got=asked,
        allowed=f"sessions from {when[when > 0].min()} to {when.max()}",
    )


def why_left_out(corpus: ReleaseCorpus, chosen: Settings, row: int) -> str:
    """Why a roll call is not in a fit, and what to ask instead."""
    session, call = int(sessions_of(corpus)[row]), corpus.roll_calls.row(row, named=True)
    cast = corpus.matrix.cells[row]
    if session < chosen.first or (chosen.last and session > chosen.last):
        return f"It is of session {session}, which --sessions leaves out"
    if session == _DROPPED_SESSION:
        return "Session 19 is left out, as published"
    if (call["paragraph"] or call["amendment"]) and corpus.matrix.year[row] > _PARTS_UNTIL:
        return "Votes on paragraphs and amendments after 1989 are left out, as published"
    if np.unique(cast[cast <= Choice.NO]).size < 2:
        return "All who voted chose the same, which places nobody"
    if chosen.issue not in (ALL, RECURRING) and not call[chosen.issue]:
        return f"It is not on the issue {chosen.issue}; ask without --issue"
    if chosen.issue == RECURRING:
        return "Its text was voted on in one session only; ask without --issue families"
    return "Too few of its votes, or too few texts of its session, divide the states"


def _flag(column: object) -> NDArray[np.bool_]:
    import polars as pl

    assert isinstance(column, pl.Series)
    return column.fill_null(False).to_numpy().astype(bool)


def _recurring(ids: NDArray[np.int64], when: NDArray[np.int64], inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Roll calls on a text that is voted on in two sessions of the selection, or more."""
    pairs = np.unique(np.stack([ids[inside], when[inside]]), axis=1)
    several, count = np.unique(pairs[0], return_counts=True)
    return np.isin(ids, several[count > 1])
