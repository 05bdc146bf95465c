"""The UN Digital Library's Security Council voting data: one row a member of the Council and adopted resolution.

The Library's description says that where no vote was taken and a resolution was adopted unanimously or by acclamation,
the members' votes are written as "Y", and that ``modality`` and a ``vote_note`` tell of it. Such rows are no recorded
votes: they are counted by calendar year and left out. Drafts that were not adopted are not in the file at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from comity.model.body import COUNCIL
from comity.model.words import say
from comity.sources.base import Peek, RawRelease
from comity.sources.faults import repeated_ids, repeated_rows
from comity.sources.intake import peek
from comity.sources.sheet import FIRST_DAY, Sheet, load
from comity.sources.tables import (
    ALLOWED_LETTERS,
    LIBRARY_TALLY,
    group,
    letter_choice,
    precision,
    roll_calls,
    votes,
    years,
)

NEEDED = frozenset({"undl_id", "ms_code", "permanent_member", "ms_vote", "date", "resolution", "modality"})
"""The columns without which a file is not read."""

_COLUMNS = (*NEEDED, "ms_name", "description", "subjects", "vote_note", *LIBRARY_TALLY, "undl_link")
_UNVOTED = r"(?i)without (?:a )?vote|acclamation"
_PERMANENT = ("CHN", "FRA", "GBR", "RUS", "SUN", "TWN", "USA")


class UndlCouncil:
    """The header of 2024 to 2026."""

    layout = "undl-council"
    version = 1
    legacy = None
    parts = ("votes",)

    def recognise(self, peek: Peek) -> str | None:
        """By the Library's id beside a member's code, vote and whether its seat is permanent."""
        return "votes" if peek.names >= NEEDED else None

    def read(self, files: Mapping[str, Path]) -> RawRelease:
        """Read the rows of recorded votes; a roll call is a Library id with its symbol and date.

        A member that did not vote is written X; a state without a row held no seat.
        """
        whole = load(peek(files["votes"]), _COLUMNS)
        unvoted = _unvoted(whole)
        sheet = whole.only(~unvoted)
        if not sheet.frame.height:
            raise whole.bad("modality", 0, "every resolution was adopted without a vote", "a file with recorded votes")
        without = _by_year(whole.only(unvoted)) if unvoted.any() else ()
        at, row = group(sheet, ["undl_id", "resolution", "date"])
        calls = roll_calls(_columns(sheet, at), COUNCIL)
        choice = sheet.translate("ms_vote", letter_choice, pl.UInt8, ALLOWED_LETTERS).fill_null(letter_choice(""))
        codes = sheet.frame.select(pl.coalesce("ms_code", *(["ms_name"] if sheet.has("ms_name") else [])))["ms_code"]
        cells, repeated = votes(sheet, row, codes, choice, "ms_vote")
        dropped = [say("source.without_vote", count=int(unvoted.sum()))] if without else []
        has = {"symbol", "title", "tally", "link"} | {field for field in ("subjects",) if sheet.has(field)}
        return RawRelease(
            layout=self.layout,
            label=f"undl-sc-{years(calls['date'])}",
            source="undl-council",
            scheme="undl",
            roll_calls=calls,
            votes=cells,
            has=frozenset(has),
            absences=True,
            warnings=(*repeated_ids(calls), *repeated_rows(repeated), *dropped, *_other_seats(sheet)),
            without_a_vote=without,
            body=COUNCIL,
        )


def _unvoted(sheet: Sheet) -> pl.Series:
    """Which rows tell of a resolution adopted without a vote, by either column that says so."""
    said = [pl.col(name).str.contains(_UNVOTED) for name in ("modality", "vote_note") if sheet.has(name)]
    return sheet.frame.select(pl.any_horizontal(column.fill_null(False) for column in said).alias("unvoted"))["unvoted"]


def _by_year(sheet: Sheet) -> tuple[tuple[int, int], ...]:
    """How many resolutions each calendar year adopted without a vote."""
    at, _ = group(sheet, ["undl_id", "resolution"])
    return tuple(sheet.dates("date", at=at).dt.year().cast(pl.Int32).value_counts().sort("date").rows())


def _other_seats(sheet: Sheet) -> list[str]:
    """Rows whose mark of a permanent seat is not that of the five permanent members."""
    marked = sheet.flags("permanent_member")
    other = marked != sheet.frame["ms_code"].str.strip_chars().is_in(_PERMANENT)
    count = int(other.fill_null(False).sum())
    return [say("source.other_seats", count=count)] if count else []


def _columns(sheet: Sheet, at: pl.Series) -> dict[str, pl.Series]:
    dates = sheet.dates("date", at=at)
    return {
        "source_id": sheet.texts("undl_id", at=at).fill_null("no id"),
        "symbol": sheet.texts("resolution", at=at),
        "title": sheet.texts("description", at=at),
        "subjects": sheet.texts("subjects", at=at),
        "link": sheet.texts("undl_link", at=at),
        "date": dates,
        "date_precision": precision(dates, FIRST_DAY),
        **{field: sheet.integers(name, 0, 999, at=at) for name, field in LIBRARY_TALLY.items() if sheet.has(name)},
    }
