"""A plain table of votes that anyone can write: symbol, date, title, iso3, vote."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from comity.sources.base import Peek, RawRelease
from comity.sources.faults import repeated_ids, repeated_rows, two_spellings
from comity.sources.intake import peek
from comity.sources.sheet import FIRST_DAY, Sheet, load
from comity.sources.tables import (
    ALLOWED_WORDS,
    group,
    issue_flags,
    precision,
    roll_calls,
    sessions,
    votes,
    word_choice,
    writes_absences,
    years,
)

# What people call these columns, the first one there being used.
SYNONYMS = {
    "symbol": ("symbol", "resolution", "unres", "document"),
    "date": ("date", "vote_date", "day"),
    "title": ("title", "descr", "description"),
    "iso3": ("iso3", "iso3c", "iso_code", "iso", "state", "country_code"),
    "vote": ("vote", "choice", "position", "ms_vote"),
    "id": ("id", "rcid", "roll_call"),
}


class PlainLong:
    """One row a state and roll call; symbol or id, date, state and vote are needed, the rest is welcome."""

    layout = "plain-long"
    version = 2
    legacy = None
    parts = ("votes",)

    def recognise(self, peek: Peek) -> str | None:
        """By a column for each of symbol (or id), date, state and vote."""
        if peek.kind != "text" or peek.has("undl_id"):
            return None
        found = {field for field, names in SYNONYMS.items() if peek.names.intersection(names)}
        return "votes" if {"date", "iso3", "vote"} <= found and found & {"symbol", "id"} else None

    def read(self, files: Mapping[str, Path]) -> RawRelease:
        """Read the rows; a roll call is whatever id, symbol, date and title they share."""
        sheet = load(peek(files["votes"]))
        sheet = sheet.rename({name: field for field, names in SYNONYMS.items() if (name := sheet.first(*names))})
        at, row = group(sheet, [name for name in ("id", "symbol", "date", "title") if sheet.has(name)])
        columns = _columns(sheet, at)
        calls = roll_calls(columns)
        codes = sheet.texts("iso3", at=pl.int_range(sheet.frame.height, eager=True)).str.to_uppercase()
        choice = sheet.translate("vote", word_choice, pl.UInt8, ALLOWED_WORDS).fill_null(word_choice(""))
        cells, repeated = votes(sheet, row, codes, choice, "vote")
        spellings = two_spellings(columns["symbol"], calls["symbol"]) if "symbol" in columns else []
        lends = {"symbol": "symbol", "title": "title", "session": "session", "hr": "issues"}
        has = {field for column, field in lends.items() if column in columns}
        return RawRelease(
            layout=self.layout,
            label=f"plain-{years(calls['date'])}",
            source="plain",
            scheme="iso3",
            roll_calls=calls,
            votes=cells,
            has=frozenset(has | ({"link"} if "symbol" in has else set())),
            absences=writes_absences(cells),
            warnings=(*repeated_ids(calls), *spellings, *repeated_rows(repeated)),
        )


def _columns(sheet: Sheet, at: pl.Series) -> dict[str, pl.Series]:
    dates = sheet.dates("date", at=at)
    named = sheet.texts("id", at=at) if sheet.has("id") else sheet.texts("symbol", at=at)
    columns = {
        "source_id": named.fill_null("no symbol"),
        "date": dates,
        "date_precision": precision(dates, FIRST_DAY),
        **{field: sheet.texts(field, at=at) for field in ("symbol", "title") if sheet.has(field)},
        **issue_flags(sheet, at),
    }
    return columns | (sessions(sheet, dates, at=at) if sheet.has("session") else {})
