"""Which texts recur in a release, and the roll calls of one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from comity.errors import EmptySelection, UsageError
from comity.model.choice import Choice
from comity.model.reading import Reading
from comity.model.symbol import link_of, normalise_symbol
from comity.study.answers.common import Note
from comity.study.answers.families import FamiliesAnswer, FamilyAnswer, FamilyRow, FamilyVote
from comity.study.answers.vote import Tally
from comity.study.context import Frame, frame
from comity.study.corpus import Corpus
from comity.study.lent import lent_notes
from comity.study.notes import note
from comity.study.recurring import families_of
from comity.study.release import ReleaseCorpus
from comity.study.splits import needs_roll_calls
from comity.votes.families import ALONE, Families, Family
from comity.votes.family_text import is_speech
from comity.votes.themes import theme as find_theme

_LENT = ("symbol", "title", "session")


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
            f"{fr.origin.release} holds no recurring text in this selection",
            got=", ".join(filter(None, (theme, fr.reading.issue))),
            next="Leave out --theme or --issue",
        )
    return FamiliesAnswer(
        header=fr.header,
        theme=theme,
        rows=tuple(sorted(rows, key=lambda row: (-len(row.sessions), -row.roll_calls, row.id))),
        in_families=int((chosen & (found.ids != ALONE)).sum()),
        alone=int((chosen & (found.ids == ALONE)).sum()),
        notes=tuple(_notes(release)),
    )


def family(wanted: str, *, release: str | None = None, corpus: Corpus | None = None) -> FamilyAnswer:
    """The roll calls of one family.

    wanted : its number in the release, or the symbol of a resolution in it ("A/RES/74/152").

    UsageError for a number that no family has; EmptySelection for a text that stands alone or is not held.
    """
    fr = frame(Reading(release=release), corpus)
    held, found = _recognised(fr)
    chosen = found.members[_number(wanted, held, found)]
    score = {later: value for _, later, value in found.links}
    table = held.roll_calls
    votes = [_vote(table.row(row, named=True), held, row, score.get(row)) for row in chosen.rows]
    return FamilyAnswer(
        header=fr.header,
        family=_row(chosen, len(chosen.rows)),
        votes=tuple(sorted(votes, key=lambda v: (v.session, v.part, v.roll_call))),
        notes=tuple(_notes(held)),
    )


def _recognised(fr: Frame) -> tuple[ReleaseCorpus, Families]:
    release = needs_roll_calls(fr.corpus)
    return release, families_of(release)


def _number(wanted: str, held: ReleaseCorpus, found: Families) -> int:
    if wanted.isdecimal():
        if int(wanted) < len(found.members):
            return int(wanted)
        raise UsageError("No family has this number", got=wanted, allowed=f"0 to {len(found.members) - 1}")
    symbol = normalise_symbol(wanted)
    rows = [i for i, text in enumerate(held.roll_calls["symbol"]) if text == symbol]
    ids = [int(found.ids[row]) for row in rows if found.ids[row] != ALONE]
    if ids:
        return max(set(ids), key=ids.count)
    raise EmptySelection(
        "This text stands alone in the release" if rows else f"{held.origin.release} holds no such roll call",
        got=wanted,
        next="See comity family list",
    )


def _row(chosen: Family, counted: int) -> FamilyRow:
    return FamilyRow(chosen.id, chosen.label, len(chosen.rows), counted, chosen.sessions, chosen.themes)


def _vote(r: Mapping[str, Any], held: ReleaseCorpus, row: int, score: float | None) -> FamilyVote:
    counted = np.bincount(held.matrix.cells[row], minlength=len(Choice))
    return FamilyVote(
        roll_call=r["roll_call"],
        session=int(held.matrix.session[row]),
        date=r["date"],
        date_precision=r["date_precision"] or "session",
        symbol=r["symbol"],
        title=r["title"],
        part=bool(r["paragraph"] or r["amendment"]) or is_speech(r["title"]),
        score=None if score is None else round(score, 2),
        tally=Tally(
            yes=int(counted[Choice.YES]),
            no=int(counted[Choice.NO]),
            abstain=int(counted[Choice.ABSTAIN]),
            nonvoting=int(counted[Choice.ABSENT] + counted[Choice.CODED_NONMEMBER]),
        ),
        link=r["link"] or link_of(r["symbol"]),
    )


def _notes(held: ReleaseCorpus) -> list[Note]:
    return [note("families_how"), note("families_not_whole"), *lent_notes(held.roll_calls, _LENT)]
