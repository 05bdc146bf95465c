"""Building the two tables of a RawRelease from the columns of a sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from comity.model.body import ASSEMBLY, CODES
from comity.model.choice import Choice
from comity.model.symbol import link_of, normalise_symbol
from comity.model.tables import ISSUES, ROLL_CALLS
from comity.sources.base import regular_session
from comity.sources.sheet import Sheet, whole

LIBRARY_TALLY = {
    "total_yes": "yes",
    "total_no": "no",
    "total_abstentions": "abstain",
    "total_non_voting": "nonvoting",
    "total_ms": "total",
}
"""The tally's columns in the files of the UN Digital Library, and here."""

ALLOWED_CODES = "1 yes, 2 abstain, 3 no, 8 absent, 9 not a member"
ALLOWED_LETTERS = "Y, N, A, X or NV, or empty for not voting"
ALLOWED_WORDS = "Y, N, A, X or NV; yes, no, abstain, absent; 1, 2, 3, 8, 9; or empty for absent"

_SESSION = re.compile(r"\d{1,3}|E?S-?\d{1,2}|\d{1,2}(?:ST|ND|RD|TH)? ?(?:EM)?SP")

# Days of Voeten's releases before 2003 are placeholders; their months agree with the Library's dates.
VOETEN_DAYS_FROM = date(2003, 1, 1)

# The cataloguers' statement of responsibility, often cut short, is not part of a title.
_CATALOGUER = r"(?i)\s*:\s*resol\w*\s*/\s*(?:ado|submitted).*$"
_CODES = {1: Choice.YES, 2: Choice.ABSTAIN, 3: Choice.NO, 8: Choice.ABSENT, 9: Choice.CODED_NONMEMBER}
_LETTERS = {"Y": Choice.YES, "N": Choice.NO, "A": Choice.ABSTAIN, "X": Choice.ABSENT, "NV": Choice.ABSENT}
_WORDS = {
    "YES": Choice.YES,
    "NO": Choice.NO,
    "ABSTAIN": Choice.ABSTAIN,
    "ABSTAINED": Choice.ABSTAIN,
    "ABSTENTION": Choice.ABSTAIN,
    "ABSENT": Choice.ABSENT,
    "NON-VOTING": Choice.ABSENT,
    "NOT VOTING": Choice.ABSENT,
    "NOT A MEMBER": Choice.CODED_NONMEMBER,
}


def code_choice(text: str) -> int | None:
    """Voeten's vote codes (also written 1.0), None for a missing one; raises ValueError for another."""
    number = whole(text)
    if number is None:
        return None
    if number not in _CODES:
        raise ValueError(text)
    return int(_CODES[number])


def letter_choice(text: str) -> int:
    """The Library's letters; an empty cell is a member that did not vote."""
    if not text:
        return int(Choice.ABSENT)
    if text.upper() not in _LETTERS:
        raise ValueError(text)
    return int(_LETTERS[text.upper()])


def word_choice(text: str) -> int:
    """Letters, words or codes; raises ValueError for anything else."""
    if (word := text.upper()) in _WORDS:
        return int(_WORDS[word])
    if text[:1].isdigit():
        choice = code_choice(text)
        assert choice is not None  # a digit is never a missing value
        return choice
    return letter_choice(text)


def group(sheet: Sheet, keys: Sequence[str]) -> tuple[pl.Series, pl.Series]:
    """Number the roll calls of a long sheet in order of appearance, one for each distinct value of ``keys``.

    Returns the row position of each roll call's first row, and for every row its roll call's index.
    """
    rows = sheet.frame.select(keys).with_row_index("@position")
    firsts = rows.unique(keys, keep="first", maintain_order=True).with_row_index("row")
    joined = rows.join(firsts.drop("@position"), on=list(keys), how="left", nulls_equal=True, maintain_order="left")
    return firsts["@position"], joined["row"]


def number_repeats(source_ids: pl.Series) -> pl.Series:
    """Roll-call ids: the source's, with "#2", "#3" … from the second roll call of that id on."""
    frame = source_ids.alias("id").to_frame().with_columns((pl.int_range(pl.len()).over("id") + 1).alias("nth"))
    repeated = pl.format("{}#{}", "id", "nth")
    return frame.select(pl.when(pl.col("nth") > 1).then(repeated).otherwise(pl.col("id")))["id"]


def roll_calls(columns: Mapping[str, pl.Series], body: str = ASSEMBLY) -> pl.DataFrame:
    """The roll-call table of a body from the columns a layout has; every other column is null.

    ``columns`` must hold source_id and date; symbols are normalised here, and a link is built from the symbol
    where the source gives none, and titles lose the cataloguers' tail.
    """
    frame = pl.DataFrame(dict(columns))
    if "title" in columns:
        frame = frame.with_columns(pl.col("title").str.replace(_CATALOGUER, ""))
    frame = frame.with_columns(number_repeats(frame["source_id"]).alias("roll_call"), pl.lit(CODES[body]).alias("body"))
    if "symbol" in columns:
        symbols = columns["symbol"].unique().drop_nulls().to_list()
        normal = {text: normalise_symbol(text) for text in symbols}
        frame = frame.with_columns(_mapped("symbol", normal))
        links = _mapped("symbol", {text: link_of(text) for text in normal.values() if text}).alias("built")
        given = [pl.col("link")] if "link" in columns else []
        frame = frame.with_columns(links).with_columns(pl.coalesce(*given, "built").alias("link"))
    present = [pl.col(name) if name in frame.columns else pl.lit(None).alias(name) for name in ROLL_CALLS]
    return frame.select(present).cast({name: getattr(pl, dtype) for name, dtype in ROLL_CALLS.items()})


def precision(dates: pl.Series, exact_from: date) -> pl.Series:
    """ "month" for days before ``exact_from``, "day" from then on, null where the date is."""
    day = pl.col("date")
    exact = pl.when(day.is_null()).then(None).when(day < exact_from).then(pl.lit("month")).otherwise(pl.lit("day"))
    return dates.alias("date").to_frame().select(exact.alias("date_precision"))["date_precision"]


def issue_flags(sheet: Sheet, at: pl.Series | None = None) -> dict[str, pl.Series]:
    """The issue columns that the sheet has."""
    return {name: sheet.flags(name, at=at) for name in ISSUES if sheet.has(name)}


def sessions(sheet: Sheet, dates: pl.Series, *, at: pl.Series) -> dict[str, pl.Series]:
    """session and session_label from a column that also names special and emergency special sessions.

    Their roll calls belong to the regular session of their date; an empty cell gives null for both.
    """

    def parse(text: str) -> str | None:
        label = text.removesuffix(".0").upper()
        if label and not _SESSION.fullmatch(label):
            raise ValueError(text)
        return label or None

    labels = sheet.translate("session", parse, pl.String, "a session such as 76, ES-11 or S-10", at=at)
    frame = pl.DataFrame({"label": labels, "date": dates})
    regular = pl.col("label").cast(pl.Int16, strict=False)
    special = pl.when(pl.col("label").is_not_null()).then(regular_session(pl.col("date")))
    return {"session": frame.select(pl.coalesce(regular, special))["label"], "session_label": labels}


def votes(sheet: Sheet, row: pl.Series, code: pl.Series, choice: pl.Series, column: str) -> tuple[pl.DataFrame, int]:
    """The vote table of a long sheet, and how many repeated rows were left out.

    row, code, choice : one value a row of the sheet; a null choice gives no vote. Where one row codes a state as
                        not a member and another gives its vote (two states under one code), the vote counts.
    column            : the vote column, named where a state votes twice on a roll call in different ways.
    Raises BadValue for that, and for a vote without a state.
    """
    frame = pl.DataFrame({"row": row, "code": code, "choice": choice}).with_row_index("@position")
    nameless = frame.filter(pl.col("code").is_null())
    if nameless.height:
        raise sheet.bad(column, nameless["@position"][0], "a vote without a state", "a state code in every row")
    frame = frame.filter(pl.col("choice").is_not_null()).with_columns(pl.col("row").cast(pl.UInt32))
    nonmember = pl.col("choice") == int(Choice.CODED_NONMEMBER)
    unique = frame.sort(nonmember, maintain_order=True).unique(["row", "code"], keep="first", maintain_order=True)
    repeated = frame.height - unique.height
    if repeated:
        voted = frame.filter(~nonmember).join(unique, on=["row", "code"], maintain_order="left")
        pairs = voted.filter(pl.col("choice") != pl.col("choice_right"))
        if pairs.height:
            second, first = pairs["@position"][0], pairs["@position_right"][0]
            what = f"{pairs['code'][0]} votes a second time on one roll call, otherwise than on {sheet.place(first)}"
            raise sheet.bad(column, second, what, "one vote for each state and roll call")
    unique = unique.sort("@position")
    return unique.select("row", "code", pl.col("choice").cast(pl.UInt8)), repeated


def writes_absences(votes: pl.DataFrame) -> bool:
    """Whether any absence stands in the vote table."""
    return bool((votes["choice"] >= Choice.ABSENT).any())


def years(dates: pl.Series) -> str:
    """ "1992-2022", or "2022" for one year."""
    held = dates.drop_nulls().dt.year().sort().to_list()
    return f"{held[0]}" if held[0] == held[-1] else f"{held[0]}-{held[-1]}"


def last_session_year(dates: pl.Series) -> int:
    """The year in which the session of the last roll call ends: what Voeten's releases are known by."""
    last = dates.drop_nulls().sort().tail(1).to_frame("date").select(regular_session(pl.col("date"))).item()
    return int(last) + 1946


def _mapped(column: str, table: Mapping[str, str | None]) -> pl.Expr:
    if not table:
        return pl.lit(None, dtype=pl.String).alias(column)
    return pl.col(column).replace_strict(list(table), list(table.values()), default=None, return_dtype=pl.String)
