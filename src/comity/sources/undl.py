"""The UN Digital Library's General Assembly voting data: one row a member state and adopted resolution.

The file of September 2024 has one row a member and resolution like the later ones, as its data dictionary says, under
other column names, without ``session``, and with ``modality``, "if the resolution was adopted with or without a vote".
Its words are not listed there: whatever says "without" is taken for a text adopted without a vote. Such rows carry no
votes of members; they are counted by session and left out. Its summary speaks of resolutions adopted through a vote,
so a file may well mark none, and then nothing is known from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl

from comity.model.symbol import normalise_symbol, session_of
from comity.model.words import say
from comity.sources.base import Peek, RawRelease, regular_session
from comity.sources.faults import repeated_ids, repeated_rows, two_spellings
from comity.sources.intake import peek
from comity.sources.sheet import FIRST_DAY, Sheet, load
from comity.sources.tables import (
    ALLOWED_LETTERS,
    LIBRARY_TALLY,
    group,
    letter_choice,
    precision,
    roll_calls,
    sessions,
    votes,
    writes_absences,
    years,
)

# The header of September 2024 under the names of the later ones.
_NAMES_OF_2024 = {
    "ms_codes": "ms_code",
    "ms_names": "ms_name",
    "ms_votes": "ms_vote",
    "resolutions": "resolution",
    "yes": "total_yes",
    "no": "total_no",
    "abstentions": "total_abstentions",
    "non-voting": "total_non_voting",
    "total-voting": "total_ms",
}
_COLUMNS = (
    *("undl_id", "ms_code", "ms_name", "ms_vote", "date", "session", "resolution", "title", "subjects", "modality"),
    *("total_yes", "total_no", "total_abstentions", "total_non_voting", "total_ms", "undl_link"),
)
# A file in this layout without the Library's links is not its own export; such a scrape repeats Voeten's placeholder
# days up to here.
_SCRAPED_DAYS_FROM = date(2002, 7, 1)
_SAID = {"said": pl.Int16, "date": pl.Date}


class Undl:
    """The headers of 2024, 2025 and 2026."""

    layout = "undl"
    version = 3
    legacy = None
    parts = ("votes",)

    def recognise(self, peek: Peek) -> str | None:
        """By the Library's id beside a member's code, vote and the resolution, in the spelling of any year."""
        names = {_NAMES_OF_2024.get(name, name) for name in peek.names}
        if "permanent_member" in names:  # the Security Council's file
            return None
        return "votes" if names >= {"undl_id", "ms_code", "ms_vote", "resolution", "date"} else None

    def read(self, files: Mapping[str, Path]) -> RawRelease:
        """Read the rows; a roll call is a Library id with its symbol and date."""
        sheet = load(peek(files["votes"]), (*_COLUMNS, *_NAMES_OF_2024)).rename(_NAMES_OF_2024)
        sheet, unrecorded = _recorded(sheet)
        without = _by_session(unrecorded) if unrecorded else ()
        at, row = group(sheet, ["undl_id", "resolution", "date"])
        columns = _columns(sheet, at)
        calls = roll_calls(columns)
        spellings = two_spellings(columns["symbol"], calls["symbol"])
        codes = sheet.frame.select(pl.coalesce("ms_code", *(["ms_name"] if sheet.has("ms_name") else [])))["ms_code"]
        choice = sheet.translate("ms_vote", letter_choice, pl.UInt8, ALLOWED_LETTERS).fill_null(letter_choice(""))
        cells, repeated = votes(sheet, row, codes, choice, "ms_vote")
        has = {"symbol", "title", "tally", "link"} | {field for field in ("session", "subjects") if sheet.has(field)}
        dropped = [say("source.without_vote", count=unrecorded.frame.height)] if unrecorded else []
        return RawRelease(
            layout=self.layout,
            label=f"undl-{years(calls['date'])}",
            source="undl",
            scheme="undl",
            roll_calls=calls,
            votes=cells,
            has=frozenset(has),
            absences=writes_absences(cells),
            warnings=(*repeated_ids(calls), *spellings, *repeated_rows(repeated), *dropped),
            without_a_vote=without,
        )


def _recorded(sheet: Sheet) -> tuple[Sheet, Sheet | None]:
    """The rows of recorded votes, and those that tell of a text adopted without one; None where there are none."""
    if not sheet.has("modality"):
        return sheet, None
    without = sheet.frame["modality"].str.to_lowercase().str.contains("without").fill_null(False)
    return (sheet.only(~without), sheet.only(without)) if without.any() else (sheet, None)


def _by_session(unrecorded: Sheet) -> tuple[tuple[int, int], ...]:
    """How many texts each session adopted without a vote, by the file; one that says neither symbol nor day is lost.

    The session is that of the symbol, which a day in September may miss, else the regular session of the day.
    """
    at, _ = group(unrecorded, ["undl_id", "resolution"])
    days = unrecorded.dates("date", at=at, required=False)
    symbols = [normalise_symbol(text) for text in unrecorded.texts("resolution", at=at)]
    said = pl.DataFrame({"said": [session_of(symbol) for symbol in symbols], "date": days}, schema_overrides=_SAID)
    session = said.select(session=pl.coalesce("said", regular_session(pl.col("date"))))["session"].drop_nulls()
    return tuple(session.value_counts().sort("session").rows())


def _columns(sheet: Sheet, at: pl.Series) -> dict[str, pl.Series]:
    dates = sheet.dates("date", at=at)
    links = sheet.texts("undl_link", at=at)
    exact_from = _SCRAPED_DAYS_FROM if links.is_null().all() else FIRST_DAY
    columns = {
        "source_id": sheet.texts("undl_id", at=at).fill_null("no id"),
        "symbol": sheet.texts("resolution", at=at),
        "title": sheet.texts("title", at=at),
        "subjects": sheet.texts("subjects", at=at),
        "link": links,
        "date": dates,
        "date_precision": precision(dates, exact_from),
        **{field: sheet.integers(name, 0, 999, at=at) for name, field in LIBRARY_TALLY.items() if sheet.has(name)},
    }
    return columns | (sessions(sheet, dates, at=at) if sheet.has("session") else {})
