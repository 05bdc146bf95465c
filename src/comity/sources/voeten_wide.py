"""The wide matrix of Voeten's votes: one row a roll call, one column a state under its ISO code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from comity.model.tables import ISSUES
from comity.model.words import say
from comity.sources.base import Peek, RawRelease
from comity.sources.faults import mixed_numbers, repeated_ids, shown
from comity.sources.intake import peek
from comity.sources.sheet import Sheet, load
from comity.sources.tables import (
    ALLOWED_CODES,
    VOETEN_DAYS_FROM,
    code_choice,
    issue_flags,
    last_session_year,
    precision,
    roll_calls,
)

_STATE = re.compile(r"[A-Z]{3}")
_FEWEST_STATES = 2  # a matrix of one state says nothing about a pair


class VoetenWide:
    """rcid, date, issue flags, then states."""

    layout = "voeten-wide"
    version = 1
    legacy = None
    parts = ("matrix",)

    def recognise(self, peek: Peek) -> str | None:
        """By rcid and date beside columns headed by three capital letters."""
        wide = peek.kind == "text" and peek.has("rcid", "date") and not peek.has("vote")
        return "matrix" if wide and len(_states(peek)) >= _FEWEST_STATES else None

    def read(self, files: Mapping[str, Path]) -> RawRelease:
        """One pass over the matrix."""
        found = peek(files["matrix"])
        sheet, states = load(found), _states(found)
        dates = sheet.dates("date")
        columns = {
            "source_id": sheet.integers("rcid", 1, 10**9, dtype=pl.Int64).cast(pl.String),
            "date": dates,
            "date_precision": precision(dates, VOETEN_DAYS_FROM),
            **issue_flags(sheet),
        }
        calls = roll_calls(columns)
        known = {"rcid", "date", *ISSUES, *(state.lower() for state in states)}
        ignored = [name for name in found.header if name and name.lower() not in known]
        unread = [say("source.unread_columns", shown=shown(ignored))] if ignored else []
        return RawRelease(
            layout=self.layout,
            label=f"voeten-{last_session_year(dates)}-wide",
            source="voeten",
            scheme="voeten_wide",
            roll_calls=calls,
            votes=_votes(sheet, states),
            has=frozenset({"issues"} if set(ISSUES) & set(sheet.frame.columns) else ()),
            absences=True,
            warnings=(*repeated_ids(calls), *mixed_numbers(sheet, [s.lower() for s in states]), *unread),
        )


def _states(peek: Peek) -> list[str]:
    return [name for name in peek.header if _STATE.fullmatch(name)]


def _votes(sheet: Sheet, states: list[str]) -> pl.DataFrame:
    """Every cell as a row; an empty cell gives none."""
    cells = {state: sheet.translate(state.lower(), code_choice, pl.UInt8, ALLOWED_CODES) for state in states}
    wide = pl.DataFrame(cells).with_row_index("row")
    return wide.unpivot(index="row", variable_name="code", value_name="choice").drop_nulls("choice")
