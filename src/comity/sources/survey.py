"""Surveys of the user's own: what share of whom answered what, with its n, never a share without one."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl

from comity.errors import BadValue
from comity.sources.dataset import RawDataset
from comity.sources.sheet import Sheet
from comity.sources.strand_sheet import (
    FIRST_YEAR,
    LAST_YEAR,
    columns_of,
    number,
    once,
    require,
    slug,
    span,
    table,
    texts,
)

KIND = "survey"
NEEDED = ("question", "wave", "population", "n", "share", "about", "source")
_OPTIONAL = ("answer", "margin")
_WAVE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-(0[1-9]|[12]\d|3[01]))?")
_WHOLE = 100.0


class Survey:
    """question, wave, population, n, share, about, source, and optionally answer and margin; shares in percent."""

    layout = "survey"
    version = 1

    def recognise(self, path: Path, head: bytes) -> bool:
        """By question, wave and share."""
        return columns_of(path, head) >= {"question", "wave", "share"}

    def read(self, path: Path) -> RawDataset:
        """One row a question, answer, wave, population and state asked about."""
        sheet = table(path, (*NEEDED, *_OPTIONAL))
        allowed = ", ".join((*NEEDED, *(f"[{name}]" for name in _OPTIONAL)))
        require(
            sheet, NEEDED, allowed=allowed, next="A share needs the number of people asked and where it was published"
        )
        frame = _rows(sheet)
        keys = ("question", "answer", "wave", "population", "about_name", "source")
        rows = once(frame, keys, "share", sheet.place, path.name).drop("@row")
        first, last = span(rows, path)
        return RawDataset(
            kind=KIND,
            layout=self.layout,
            label=slug(path),
            source="plain-survey",
            frame=rows,
            names={"about_name": "about"},
            scheme="any",
            first=first,
            last=last,
        )


def _rows(sheet: Sheet) -> pl.DataFrame:
    every = pl.int_range(sheet.frame.height, eager=True)
    wave = sheet.translate("wave", _wave, pl.String, "a year, month or day such as 2023 or 2023-05", required=True)
    share = _percentages(sheet, "share")
    asked = sheet.integers("n", 1, 10_000_000, dtype=pl.Int64)
    for column, values in (("share", share), ("n", asked)):
        if values.null_count():
            what = "a share without its n" if column == "n" else "a row without a share"
            raise sheet.bad(column, values.is_null().arg_max() or 0, what, "a value in every row")
    if len(share) > 1 and (share <= 1).all() and (share % 1 != 0).any():
        raise BadValue(
            f"{sheet.path.name}, column share: every value is at most 1",
            got=share.max(),
            allowed="shares in percent, such as 62 for 62 %",
            next="Multiply by 100 if these are fractions",
        )
    return pl.DataFrame(
        {
            "year": wave.str.slice(0, 4).cast(pl.Int16),
            "wave": wave,
            "question": texts(sheet, "question", "the question as asked"),
            "answer": sheet.texts("answer", at=every).fill_null(""),
            "population": texts(sheet, "population", "who was asked"),
            "n": asked,
            "share": share,
            "margin": _percentages(sheet, "margin")
            if sheet.has("margin")
            else pl.Series([None] * len(share), dtype=pl.Float64),
            "about_name": texts(sheet, "about", "the state the question is about"),
            "source": texts(sheet, "source", "where it was published"),
        }
    ).with_row_index("@row")


def _wave(text: str) -> str | None:
    if not text:
        return None
    found = _WAVE.fullmatch(text)
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise ValueError(text)
    return text


def _percentages(sheet: Sheet, column: str) -> pl.Series:
    def parse(text: str) -> float | None:
        value = number(text.removesuffix("%").strip())
        if value is not None and not 0 <= value <= _WHOLE:
            raise ValueError(text)
        return value

    return sheet.translate(column, parse, pl.Float64, "a percentage from 0 to 100")
