"""Say which fields of a view, or of the choice of roll calls behind a count, are lent by another release."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.model.reading import Reading
from comity.model.tables import INFERRED, ISSUES
from comity.model.words import say
from comity.study.answers.common import Note
from comity.study.corpus import Cut
from comity.study.notes import note
from comity.study.release import ReleaseCut
from comity.votes.selection import tally_mismatch

if TYPE_CHECKING:
    import polars as pl


def of_reading(cut: Cut) -> list[Note]:
    """What the choice of roll calls owes to other releases, and to inference; nothing for aggregates.

    Told of every roll call in the periods, counted or not: a lent flag decides which of the two it is.
    """
    if not isinstance(cut, ReleaseCut):
        return []
    inside = np.logical_or.reduce([cut.selection.within(period) for period in cut.periods])
    table = cut.corpus.roll_calls[np.flatnonzero(inside)]
    fields = _decisive(cut.reading)
    found = lent_notes(table, fields)
    if "session" in fields and INFERRED in set(_lenders(table, "session")):
        found.append(note("session_inferred"))
    if "issues" in fields and (k := int(table.select(ISSUES[0]).to_series().null_count())):
        found.append(note("unflagged", k=k, n=table.height))
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
    table = cut.corpus.roll_calls
    if cut.reading.tally_mismatch == "strict" or "tally_from" not in table.columns:
        return []
    lent = table["tally_from"].is_not_null().to_numpy() & tally_mismatch(table, cut.corpus.matrix)
    rows = np.concatenate(cut.rows)
    rows = rows[lent[rows]]
    if not len(rows):
        return []
    return [note("tally_lent", k=len(rows), lenders=", ".join(_lenders(table[rows], "tally")))]


def lent_notes(roll_calls: pl.DataFrame, fields: Iterable[str]) -> list[Note]:
    """One note a field that has lenders."""
    return [
        note("lent", field=say(f"fields.{field}"), lenders=", ".join(lenders))
        for field in fields
        if (lenders := [lender for lender in _lenders(roll_calls, field) if lender != INFERRED])
    ]


def _lenders(roll_calls: pl.DataFrame, field: str) -> list[str]:
    """Labels in a field's "_from" column, in alphabetical order; none where there is no such column."""
    column = f"{field}_from"
    return sorted(roll_calls[column].drop_nulls().unique()) if column in roll_calls.columns else []


def unnamed(roll_calls: Sequence[Mapping[str, Any]]) -> list[Note]:
    """Where nobody gives the symbol or the title of some of these roll calls: how many, and the command that does."""
    k = sum(r["symbol"] is None or r["title"] is None for r in roll_calls)
    return [note("unnamed", k=k, n=len(roll_calls))] if k else []


def lenders_of(row: Mapping[str, Any]) -> dict[str, str]:
    """Field → lender for one roll call."""
    return {key.removesuffix("_from"): value for key, value in row.items() if key.endswith("_from") and value}
