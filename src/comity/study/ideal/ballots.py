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
    links = linked(corpus, chosen.matches, part)
    last = chosen.last or int(when.max())
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
            next="Widen the sessions or the issue",
        ) from None
    return Ballots(votes, when, links.notes)


def _flag(column: object) -> NDArray[np.bool_]:
    import polars as pl

    assert isinstance(column, pl.Series)
    return column.fill_null(False).to_numpy().astype(bool)


def _recurring(ids: NDArray[np.int64], when: NDArray[np.int64], inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Roll calls on a text that is voted on in two sessions of the selection, or more."""
    pairs = np.unique(np.stack([ids[inside], when[inside]]), axis=1)
    several, count = np.unique(pairs[0], return_counts=True)
    return np.isin(ids, several[count > 1])
