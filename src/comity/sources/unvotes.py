"""The R package unvotes: votes cast, roll calls and issues in three data files (or saved as three CSV files)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from comity.model.tables import ISSUES
from comity.sources.base import Peek, RawRelease
from comity.sources.faults import repeated_rows, two_spellings
from comity.sources.intake import peek
from comity.sources.registry import source
from comity.sources.sheet import Sheet, load
from comity.sources.tables import (
    VOETEN_DAYS_FROM,
    last_session_year,
    precision,
    roll_calls,
    votes,
    word_choice,
    writes_absences,
)

_ALLOWED_ID = "a roll-call id listed once in the roll-calls file"

_CARRIED = {"symbol", "title", "session", "issues", "paragraph", "link"}


class Unvotes:
    """Three parts joined by rcid; absences are not in the package."""

    layout = "unvotes"
    version = 2
    legacy = None
    parts = ("votes", "roll calls", "issues")

    def recognise(self, peek: Peek) -> str | None:
        """By the columns of each of the three data sets."""
        if not peek.has("rcid") or peek.has("ccode"):
            return None
        if peek.has("country", "country_code", "vote"):
            return "votes"
        if peek.has("session", "date", "unres"):
            return "roll calls"
        return "issues" if peek.has("short_name", "issue") else None

    def read(self, files: Mapping[str, Path]) -> RawRelease:
        """Join the three parts."""
        sheets = {part: load(peek(path)) for part, path in files.items()}
        listed = sheets["roll calls"]
        ids = listed.integers("rcid", 1, 10**9, dtype=pl.Int64)
        if ids.is_duplicated().any():
            raise listed.bad("rcid", ids.is_duplicated().arg_max() or 0, "one id for two roll calls", _ALLOWED_ID)
        columns = _columns(listed, ids)
        calls = roll_calls({**columns, **_issues(sheets["issues"], ids)})
        cells, repeated = _votes(sheets["votes"], ids)
        known = source("unvotes").label_of(calls.height, cells.height)
        return RawRelease(
            layout=self.layout,
            label=known or f"unvotes-{last_session_year(calls['date'])}",
            source="unvotes",
            scheme="unvotes",
            roll_calls=calls,
            votes=cells,
            has=frozenset(_CARRIED | ({"subjects"} if listed.has("short") else set())),
            absences=writes_absences(cells),
            warnings=(*two_spellings(columns["symbol"], calls["symbol"]), *repeated_rows(repeated)),
        )


def _columns(sheet: Sheet, ids: pl.Series) -> dict[str, pl.Series]:
    every = pl.int_range(len(ids), eager=True)
    dates = sheet.dates("date")
    sessions = sheet.integers("session", 1, 150)
    marks = {"amend": "amendment", "para": "paragraph", "importantvote": "important"}
    return {
        "source_id": ids.cast(pl.String),
        "symbol": sheet.texts("unres", at=every),
        "title": sheet.texts("descr", at=every),
        "subjects": sheet.texts("short", at=every),
        "session": sessions,
        "session_label": sessions.cast(pl.String),
        "date": dates,
        "date_precision": precision(dates, VOETEN_DAYS_FROM),
        **{field: sheet.flags(name) for name, field in marks.items() if sheet.has(name)},
    }


def _issues(sheet: Sheet, ids: pl.Series) -> dict[str, pl.Series]:
    """One column an issue; a roll call not listed under an issue is not of it."""

    def parse(text: str) -> str:
        if text not in ISSUES:
            raise ValueError(text)
        return text

    names = sheet.translate("short_name", parse, pl.String, ", ".join(ISSUES), required=True)
    marked = pl.DataFrame({"id": _known_ids(sheet, ids), "issue": names})
    return {issue: ids.is_in(marked.filter(pl.col("issue") == issue)["id"].to_list()) for issue in ISSUES}


def _votes(sheet: Sheet, ids: pl.Series) -> tuple[pl.DataFrame, int]:
    rows = _known_ids(sheet, ids).replace_strict(ids, pl.int_range(len(ids), dtype=pl.UInt32, eager=True))
    choice = sheet.translate("vote", word_choice, pl.UInt8, "yes, abstain, no", required=True)
    states = sheet.texts("country", at=pl.int_range(sheet.frame.height, eager=True))
    return votes(sheet, rows, states, choice, "country")


def _known_ids(sheet: Sheet, ids: pl.Series) -> pl.Series:
    """The sheet's rcid column; refuses one that the roll-calls file does not list."""
    given = sheet.integers("rcid", 1, 10**9, dtype=pl.Int64)
    stray = ~given.is_in(ids.to_list()).fill_null(False)
    if stray.any():
        raise sheet.bad("rcid", stray.arg_max() or 0, "no such roll call", _ALLOWED_ID)
    return given
