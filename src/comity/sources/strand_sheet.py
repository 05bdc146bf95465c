"""Reading a table of another strand: its column names for recognition, its cells checked, money as numbers."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import polars as pl

from comity.errors import BadFile, BadValue, DamagedFile
from comity.sources import intake
from comity.sources.copies import as_utf8
from comity.sources.sheet import Sheet, load

MISSING = frozenset({"", "NA", "N/A", "NAN", "NULL", ".", ".."})
FIRST_YEAR, LAST_YEAR = 1800, 2100
ALLOWED_YEAR = f"a year from {FIRST_YEAR} to {LAST_YEAR}"


def columns_of(path: Path, head: bytes) -> frozenset[str]:
    """Lower-case column names of a delimited text's first line, or of an R file those of ``base.R_NAMES`` in it.

    Empty for anything else; ``head`` is the file's beginning, decompressed.
    """
    if head.startswith(intake.R_MAGIC):
        status = path.stat()
        return _r_names(path, status.st_size, status.st_mtime_ns)
    line = head.partition(b"\n")[0].decode("utf-8-sig", errors="replace").strip("\r")
    if "\0" in line or line.lstrip().startswith(("{", "[", "<")):
        return frozenset()
    separator = max((",", "\t", ";"), key=line.count)
    return frozenset(cell.strip().lower() for cell in next(csv.reader([line], delimiter=separator), []))


@lru_cache(maxsize=8)
def _r_names(path: Path, _size: int, _changed: int) -> frozenset[str]:
    """Once a file: every adapter asks, and the whole file has to be gone through."""
    return intake.peek(path).names


def table(path: Path, columns: Sequence[str] | None = None, legacy: str | None = None) -> Sheet:
    """The file as a sheet, its lines checked; ``columns`` and ``legacy`` as in sheet.load and copies.as_utf8.

    Raises DamagedFile that names the line, MissingExtra for an R file without the extra "r".
    """
    found = intake.peek(path)
    if found.kind == "text":
        found = replace(found, path=as_utf8(path, legacy)) if legacy else found
        intake.scan(found)
    sheet = load(found, columns)
    if not sheet.frame.height:
        raise DamagedFile(f"{path.name} holds a header and no rows")
    return sheet


def require(sheet: Sheet, needed: Sequence[str], *, allowed: str = "", next: str = "") -> None:
    """BadFile that names the columns that are not there."""
    if lacking := [name for name in needed if not sheet.has(name)]:
        raise BadFile(f"{sheet.path.name} has no column {' and no column '.join(lacking)}", allowed=allowed, next=next)


def number(text: str) -> float | None:
    """A number, None for a missing one; raises ValueError for anything else, also for "1,234" and infinities.

    >>> number("12.5"), number("NA")
    (12.5, None)
    """
    if text.upper() in MISSING:
        return None
    value = float(text)
    if "_" in text or value != value or abs(value) == float("inf"):
        raise ValueError(text)
    return value


def numbers(sheet: Sheet, column: str, allowed: str, *, missing: float | None = None, least: float = 0) -> pl.Series:
    """A column of numbers not under ``least``; ``missing`` is a code for a value that is not known."""

    def parse(text: str) -> float | None:
        value = number(text)
        if value is None or value == missing:
            return None
        if value < least:
            raise ValueError(text)
        return value

    return sheet.translate(column, parse, pl.Float64, allowed)


def years(sheet: Sheet, column: str = "year") -> pl.Series:
    """A column of years, none of them empty."""
    found = sheet.integers(column, FIRST_YEAR, LAST_YEAR)
    if found.null_count():
        raise sheet.bad(column, found.is_null().arg_max() or 0, "empty", ALLOWED_YEAR)
    return found


def texts(sheet: Sheet, column: str, allowed: str, *, required: bool = True) -> pl.Series:
    """A column of text; a code that an export wrote as 2.0 is 2, and "NA" is Namibia, not a missing cell."""
    return sheet.translate(column, lambda text: text.removesuffix(".0") or None, pl.String, allowed, required=required)


def words(sheet: Sheet, column: str, meanings: Mapping[str, str], default: str | None = None) -> pl.Series:
    """A column of known words (in any case); an empty cell, or no such column, is ``default``, or refused."""
    if default is not None and not sheet.has(column):
        return pl.repeat(default, sheet.frame.height, dtype=pl.String, eager=True)

    def parse(text: str) -> str | None:
        if text and text.lower() not in meanings:
            raise ValueError(text)
        return meanings[text.lower()] if text else default

    allowed = ", ".join(dict.fromkeys(meanings.values()))
    found = sheet.translate(column, parse, pl.String, allowed, required=default is None)
    return found if default is None else found.fill_null(default)


def slug(path: Path) -> str:
    """A label from a file's name.

    >>> slug(Path("My trade (2020).csv"))
    'my-trade-2020'
    """
    return re.sub(r"[^a-z0-9]+", "-", path.name.partition(".")[0].lower()).strip("-") or "table"


def once(frame: pl.DataFrame, keys: Sequence[str], value: str, place: Callable[[int], str], name: str) -> pl.DataFrame:
    """The rows once a key; a row that repeats another word for word is left out, one that differs is refused.

    frame : has a column "@row", the position that ``place`` puts into words; nulls in ``value`` differ from numbers.
    Raises BadValue naming both places.
    """
    firsts = frame.unique([*keys, value], keep="first", maintain_order=True)
    clash = firsts.filter(pl.struct(keys).is_duplicated())
    if clash.height:
        first = clash.row(0, named=True)
        other = clash.filter(pl.all_horizontal(pl.col(k).eq_missing(pl.lit(first[k])) for k in keys)).row(1, named=True)
        key = ", ".join(str(first[k]) for k in keys)
        raise BadValue(
            f"{name}, {place(other['@row'])}: a second, different value for {key} (the first is on "
            f"{place(first['@row'])}: {first[value]})",
            got=other[value],
            allowed=f"one value for each {', '.join(keys).replace('_name', '')}",
        )
    return firsts


def span(frame: pl.DataFrame, path: Path) -> tuple[int, int]:
    """First and last year; BadFile where no row is left."""
    first, last = frame["year"].min(), frame["year"].max()
    if not isinstance(first, int) or not isinstance(last, int):
        raise BadFile(f"{path.name} holds no row that can be used")
    return first, last
