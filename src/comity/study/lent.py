"""Say which fields of a view, or of the choice of roll calls behind a count, are lent by another release."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.model.reading import Reading
from comity.model.tables import INFERRED
from comity.model.words import say
from comity.study.answers.common import Note
from comity.study.corpus import Cut
from comity.study.notes import note
from comity.study.release import ReleaseCut
from comity.votes.marks import Marks, Mask


def of_reading(cut: Cut) -> list[Note]:
    """What the choice of roll calls owes to other releases, and to inference; nothing for aggregates.

    Told of every roll call in the periods, counted or not: a lent flag decides which of the two it is.
    """
    if not isinstance(cut, ReleaseCut):
        return []
    fields = _decisive(cut.reading)
    if not fields:
        return _tallies(cut)
    marks = cut.corpus.marks
    rows = np.flatnonzero(np.logical_or.reduce([cut.selection.within(period) for period in cut.periods]))
    found = lent_notes(marks, fields, rows)
    if "session" in fields and INFERRED in marks.lenders("session", rows):
        found.append(note("session_inferred"))
    if "issues" in fields and (k := int(marks.unflagged[rows].sum())):
        found.append(note("unflagged", k=k, n=len(rows)))
    return found + _tallies(cut)


def _decisive(reading: Reading) -> tuple[str, ...]:
    """The lendable fields that decide which roll calls a reading counts, and in which period."""
    kind, _, words = reading.issue.partition(":")
    of_issue = {"title": "title", "set": "symbol", "subject": "subjects"}[kind] if words else "issues"
    fields = (
        of_issue if reading.issue != "all" else "",
        "session" if reading.clock == "session" else "",
        "paragraph" if reading.paragraph == "drop" else "",
    )
    return tuple(field for field in fields if field)


def _tallies(cut: ReleaseCut) -> list[Note]:
    """Counted roll calls whose votes differ from a lent tally: told, not dropped, unless the reading is strict."""
    if cut.reading.tally_mismatch == "strict":
        return []
    marks = cut.corpus.marks
    differs = cut.masks & marks.mismatched & ~marks.own_tally
    k = int(differs.sum())
    if not k:
        return []
    return [note("tally_lent", k=k, lenders=", ".join(marks.lenders("tally", np.flatnonzero(differs.any(axis=0)))))]


def lent_notes(marks: Marks, fields: Iterable[str], rows: Mask | NDArray[np.intp] | None = None) -> list[Note]:
    """One note a field that has lenders, for these roll calls or for all of a release."""
    return [
        note("lent", field=say(f"fields.{field}"), lenders=", ".join(lenders))
        for field in fields
        if (lenders := [lender for lender in marks.lenders(field, rows) if lender != INFERRED])
    ]


def unnamed(roll_calls: Sequence[Mapping[str, Any]]) -> list[Note]:
    """Where nobody gives the symbol or the title of some of these roll calls: how many, and the command that does."""
    k = sum(r["symbol"] is None or r["title"] is None for r in roll_calls)
    return [note("unnamed", k=k, n=len(roll_calls))] if k else []


def lenders_of(row: Mapping[str, Any]) -> dict[str, str]:
    """Field → lender for one roll call."""
    return {key.removesuffix("_from"): value for key, value in row.items() if key.endswith("_from") and value}
