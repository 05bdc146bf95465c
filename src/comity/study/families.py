"""Which texts recur in a release, and the roll calls of one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

import numpy as np

from comity.errors import EmptySelection, UsageError
from comity.model.choice import Choice
from comity.model.reading import Reading
from comity.model.symbol import link_of, normalise_symbol
from comity.study import ask
from comity.study.answers.common import Note
from comity.study.answers.families import FamiliesAnswer, FamilyAnswer, FamilyRow, FamilyVote
from comity.study.answers.vote import Tally
from comity.study.context import Frame, States, frame
from comity.study.corpus import Corpus
from comity.study.lent import lent_notes
from comity.study.notes import note
from comity.study.recurring import families_of, twins_of
from comity.study.release import ReleaseCorpus
from comity.study.splits import needs_roll_calls
from comity.votes.families import ALONE, Families, Family
from comity.votes.family_text import is_speech, title_and_subject
from comity.votes.situations import is_motion
from comity.votes.themes import plain
from comity.votes.themes import theme as find_theme

_LENT = ("symbol", "title", "subjects", "session")
_SEE_LIST = "See comity family list"
_NAMED = 5


def families(
    theme: str | None = None, *, reading: Reading | None = None, corpus: Corpus | None = None
) -> FamiliesAnswer:
    """The recurring texts of a release, those of most sessions first.

    theme : an id of the ledger of themes. The reading chooses families with a roll call that it counts.

    UsageError for an unknown theme; RollCallsMissing on the starter data; FieldMissing on a release without titles;
    EmptySelection where no family is left.
    """
    if theme is not None:
        find_theme(theme)  # an unknown theme is told before any file is opened
    fr = frame(reading or Reading(), corpus)
    release, found = _recognised(fr)
    chosen = release.select(fr.reading).chosen
    rows = [_row(family, int(chosen[list(family.rows)].sum())) for family in found.members]
    rows = [row for row in rows if row.chosen and (theme is None or theme in row.themes)]
    if not rows:
        raise EmptySelection(
            f"{fr.origin.release} holds no text of this selection that was voted on twice",
            got=", ".join(filter(None, (theme, fr.reading.issue))),
            next="Leave out --theme or --issue; comity family list has all",
        )
    return FamiliesAnswer(
        header=fr.header,
        theme=theme,
        rows=tuple(sorted(rows, key=lambda row: (-len(row.sessions), -row.roll_calls, row.id))),
        in_families=int((chosen & (found.ids != ALONE)).sum()),
        alone=int((chosen & (found.ids == ALONE)).sum()),
        notes=tuple(_notes(release)),
    )


def family(
    wanted: str, *, states: States = None, release: str | None = None, corpus: Corpus | None = None
) -> FamilyAnswer:
    """The roll calls of one family.

    wanted : its number in the release, the symbol of a resolution in it ("A/RES/74/152"), or words of its title.
    states : whose votes are told.

    UsageError for a number that no family has and for words that several have; EmptySelection for a text that stands
    alone or is not held.
    """
    fr = frame(Reading(release=release), corpus)
    held, found = _recognised(fr)
    chosen = found.members[_number(wanted, held, found)]
    told = ask.several_states(states, fr.origin.last, past=True)
    if isinstance(states, str) and not told:
        raise UsageError("--states names no state", got=states, allowed="names or codes, as in VNM,RUS")
    twins = twins_of(held)
    score = {later: value for _, later, value in found.links}
    table = held.roll_calls
    votes = [_vote(table.row(row, named=True), held, row, score.get(row), [s.id for s in told]) for row in chosen.rows]
    return FamilyAnswer(
        header=fr.header,
        family=_row(chosen, len(chosen.rows)),
        votes=tuple(sorted(votes, key=lambda v: (v.session, v.part, v.roll_call))),
        notes=tuple(_notes(held)),
        states=tuple((s.id, s.name) for s in told),
        maybe=tuple(_row(found.members[k], len(found.members[k].rows)) for k in twins.get(chosen.id, ())),
    )


def _recognised(fr: Frame) -> tuple[ReleaseCorpus, Families]:
    release = needs_roll_calls(fr.corpus)
    return release, families_of(release)


def _number(wanted: str, held: ReleaseCorpus, found: Families) -> int:
    if wanted.strip().isdecimal():
        if int(wanted) < len(found.members):
            return int(wanted)
        raise UsageError(
            "No family has this number", got=wanted, allowed=f"0 to {len(found.members) - 1}", next=_SEE_LIST
        )
    symbol = normalise_symbol(wanted)
    rows = [i for i, text in enumerate(held.roll_calls["symbol"]) if symbol and text == symbol]
    ids = [int(found.ids[row]) for row in rows if found.ids[row] != ALONE]
    if ids:
        return max(set(ids), key=ids.count)
    if rows:
        raise EmptySelection("This text stands alone in the release", got=wanted, next=_SEE_LIST)
    if any(c.isdigit() for c in wanted) and "/" in wanted:
        raise EmptySelection(f"{held.origin.release} holds no such roll call", got=wanted, next=_SEE_LIST)
    return _by_words(wanted, held, found)


def _by_words(wanted: str, held: ReleaseCorpus, found: Families) -> int:
    """The one family with these words, one after the other, in a title; the title itself goes before a part of it."""
    words = plain(wanted)
    titles = [_title(*row) for row in held.roll_calls.select("title", "subjects").iter_rows()]
    named = {m.id: {plain(m.label), *(plain(titles[row] or "") for row in m.rows)} for m in found.members}
    whole = [id_ for id_ in named if plain(found.members[id_].label) == words]
    fits = whole or [id_ for id_, texts in named.items() if any(f" {words} " in f" {text} " for text in texts)]
    if words and len(fits) == 1:
        return fits[0]
    if not words or not fits:
        raise EmptySelection(
            f"No recurring text of {held.origin.release} has these words in a title", got=wanted, next=_SEE_LIST
        )
    fits.sort(key=lambda id_: (-len(found.members[id_].sessions), id_))
    listed = [_named(found.members[id_]) for id_ in fits[:_NAMED]]
    more = len(fits) - len(listed)
    raise UsageError(
        "Several recurring texts have these words in a title",
        got=wanted,
        allowed="; ".join(listed) + (f"; {more} more" if more else ""),
        next="Give one number",
    )


def _named(chosen: Family) -> str:
    """Number, text and span: two families can bear one name."""
    label = shorten(chosen.label, 60, placeholder=" …")
    return f"{chosen.id} “{label}” (sessions {chosen.sessions[0]}–{chosen.sessions[-1]})"


def _row(chosen: Family, counted: int) -> FamilyRow:
    return FamilyRow(chosen.id, chosen.label, len(chosen.rows), counted, chosen.sessions, chosen.themes)


def _vote(
    r: Mapping[str, Any], held: ReleaseCorpus, row: int, score: float | None, states: Sequence[str]
) -> FamilyVote:
    column = held.matrix.column
    counted = np.bincount(held.matrix.cells[row], minlength=len(Choice))
    return FamilyVote(
        roll_call=r["roll_call"],
        session=int(held.matrix.session[row]),
        date=r["date"],
        date_precision=r["date_precision"] or "session",
        symbol=r["symbol"],
        title=_title(r["title"], r["subjects"]),
        part=bool(r["paragraph"] or r["amendment"]) or is_speech(r["title"]),
        motion=is_motion(r["title"]),
        score=None if score is None else round(score, 2),
        tally=Tally(
            yes=int(counted[Choice.YES]),
            no=int(counted[Choice.NO]),
            abstain=int(counted[Choice.ABSTAIN]),
            nonvoting=int(counted[Choice.ABSENT] + counted[Choice.CODED_NONMEMBER]),
        ),
        link=r["link"] or link_of(r["symbol"]),
        choices=tuple(
            Choice(held.matrix.cells[row, column[state]]) if state in column else Choice.NOT_MEMBER for state in states
        ),
    )


def _title(title: str | None, subjects: str | None) -> str | None:
    """What a text is called, where its source prints the agenda item in the title's place."""
    return title_and_subject(title, subjects)[0] or title


def _notes(held: ReleaseCorpus) -> list[Note]:
    return [note("families_how"), note("families_not_whole"), *lent_notes(held.marks, _LENT)]
