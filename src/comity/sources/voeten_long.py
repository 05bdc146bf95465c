"""Voeten's votes as Harvard Dataverse publishes them: one row a state and roll call, states under COW numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from comity.errors import IncompleteParts
from comity.model.tables import ISSUES
from comity.model.words import say
from comity.sources.base import Peek, RawRelease
from comity.sources.copies import as_utf8
from comity.sources.faults import mixed_numbers, repeated_ids, repeated_rows, shown, two_spellings, without_date
from comity.sources.intake import peek
from comity.sources.sheet import Sheet, load
from comity.sources.tables import (
    ALLOWED_CODES,
    VOETEN_DAYS_FROM,
    code_choice,
    group,
    issue_flags,
    last_session_year,
    precision,
    roll_calls,
    votes,
    writes_absences,
)

_COLUMNS = (
    *("rcid", "ccode", "session", "vote", "date", "unres", "importantvote", "amend", "para", "short", "descr"),
    *("yes", "no", "abstain", *ISSUES),
)
_MARKS = {"amend": "amendment", "para": "paragraph", "importantvote": "important"}
_LENDS = {
    "unres": "symbol",
    "descr": "title",
    "short": "subjects",
    "session": "session",
    "me": "issues",
    "para": "paragraph",
    "yes": "tally",
}


class VoetenLong:
    """rcid, ccode, vote, and whatever describes the roll call, repeated on each row."""

    layout = "voeten-long"
    version = 2
    parts = ("votes",)
    legacy = "cp1252"  # UNVotes.csv was written on Windows; only titles and names hold more than ASCII

    def recognise(self, peek: Peek) -> str | None:
        """By roll-call id, COW number and vote."""
        return "votes" if peek.has("rcid", "ccode", "vote") else None

    def read(self, files: Mapping[str, Path]) -> RawRelease:
        """Read the rows; a roll call is an id with its session and date."""
        path = files["votes"]
        found = peek(path)
        readable = as_utf8(path, self.legacy) if found.kind == "text" else path
        sheet, unread = _without_strays(load(replace(found, path=readable), _COLUMNS))
        recoded = [say("source.recoded")] if readable != path else []
        if not sheet.has("date"):
            raise IncompleteParts(
                f"{sheet.path.name} has no date column, so its votes cannot be placed in time",
                next="Add the UNVotes file of the same record, which has one",
            )
        at, row = group(sheet, [name for name in ("rcid", "session", "date") if sheet.has(name)])
        columns = _columns(sheet, at)
        calls = roll_calls(columns)
        faults = [
            *repeated_ids(calls),
            *two_spellings(columns["symbol"], calls["symbol"]),
            *mixed_numbers(sheet, ["vote"]),
            *without_date(calls),
        ]
        codes = sheet.integers("ccode", 1, 999).cast(pl.String)
        choice = sheet.translate("vote", code_choice, pl.UInt8, ALLOWED_CODES)
        cells, repeated = votes(sheet, row, codes, choice, "vote")
        has = {field for column, field in _LENDS.items() if sheet.has(column)}
        return RawRelease(
            layout=self.layout,
            label=f"voeten-{last_session_year(calls['date'])}",
            source="voeten",
            scheme="voeten_cow",
            roll_calls=calls,
            votes=cells,
            has=frozenset(has | ({"link"} if "symbol" in has else set())),
            absences=writes_absences(cells),
            warnings=(*faults, *repeated_rows(repeated), *unread, *recoded),
        )


def _without_strays(sheet: Sheet) -> tuple[Sheet, list[str]]:
    """The sheet with the few flags that no one can read emptied, and a sentence on each such column."""
    warnings = []
    for name in (*ISSUES, *_MARKS):
        if sheet.has(name) and (strays := sheet.stray_flags(name)):
            sheet = sheet.without(name, strays)
            values = shown([repr(text) for text in strays])
            warnings.append(say("source.stray_marks", column=name, shown=values))
    return sheet, warnings


def _columns(sheet: Sheet, at: pl.Series) -> dict[str, pl.Series]:
    """The roll calls' columns, each from the first row of its roll call."""
    dates = sheet.dates("date", at=at, required=False, american=True)
    columns = {
        "source_id": sheet.integers("rcid", 1, 10**9, at=at, dtype=pl.Int64).cast(pl.String),
        "symbol": sheet.texts("unres", at=at),
        "title": sheet.texts("descr", at=at),
        "subjects": sheet.texts("short", at=at),
        "date": dates,
        "date_precision": precision(dates, VOETEN_DAYS_FROM),
        **issue_flags(sheet, at),
        **{field: sheet.flags(name, at=at) for name, field in _MARKS.items() if sheet.has(name)},
        **{name: sheet.integers(name, 0, 999, at=at) for name in ("yes", "no", "abstain") if sheet.has(name)},
    }
    if sheet.has("session"):
        columns["session"] = sheet.integers("session", 1, 150, at=at)
        columns["session_label"] = columns["session"].cast(pl.String)
    return columns
