"""The text of SIPRI's exports: encoding, the lines above the table, and rows that know their line."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from comity.errors import BadValue, DamagedFile
from comity.model.words import say
from comity.sources.intake import SAVE_AS_UTF8, LineCheck, chunks

_PREAMBLE = 60  # lines within which a header must stand
_MADE = re.compile(r"(?:Data generated|Generated):\s*(\d{1,2}) ([A-Za-z]{3,}) (\d{4})")
_INDEX = re.compile(r"trend[- ]indicator|\bTIVs?\b", re.IGNORECASE)
MONEY = re.compile(r"US\s?\$|\bUSD\b|\$\s?\d|\bmillion (?:dollars|euros)\b|[€£]|\bEUR\b", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MAX_BYTES = 256 << 20  # seventy times the whole register of 2024
_ANYTHING = "a number without a unit, in TIV"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row and the line it begins on."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """One export: what stands above the table, its header, its rows.

    preamble : the lines above the header, joined by line breaks.
    warnings : what was met on the way, a sentence each.
    """

    path: Path
    preamble: str
    header: Row
    rows: tuple[Row, ...]
    warnings: tuple[str, ...]

    @property
    def made(self) -> date | None:
        """The day the export says it was generated."""
        found = _MADE.search(self.preamble)
        try:
            return date(int(found[3]), _MONTHS.index(found[2][:3].lower()) + 1, int(found[1])) if found else None
        except ValueError:
            return None

    def at(self, row: Row, column: str) -> str:
        """The place of a cell, for a person who opens the file."""
        return f"{self.path.name}, line {row.line:,}, column {column}"

    def in_index(self) -> list[str]:
        """Refuse a table that is in money; a table that says both is in TIV, with a warning.

        SIPRI's older tables call the unit "US$ m. at constant (1990) prices", though they are trend-indicator values.
        """
        told = f"{self.preamble}\n{','.join(self.header.cells)}"
        money = MONEY.search(told)
        if money and not _INDEX.search(told):
            raise BadValue(
                f"{self.path.name}: the figures are in money, not in trend-indicator values",
                got=money[0],
                allowed="an export of SIPRI's Arms Transfers Database in TIV",
            )
        return [say("sipri.money", unit=money[0])] if money else []


def open_export(path: Path, is_header: Callable[[Sequence[str]], bool]) -> Export:
    """Read a whole export; DamagedFile where it is not text, has no header, or a row does not fit the header."""
    text, warnings = _decode(path)
    header, preamble, rows = _split(path, text, is_header)
    kept, mended = _whole(path, header, rows)
    if mended:
        warnings.append(say("sipri.mended", count=len(mended), lines=", ".join(f"{n:,}" for n in mended)))
    if not kept:
        raise DamagedFile(f"{path.name} holds a header and no rows")
    if not text.endswith(("\n", "\r")):
        warnings.append(say("sipri.no_end"))
    return Export(path, preamble, header, tuple(kept), tuple(warnings))


def find_header(head: bytes, is_header: Callable[[Sequence[str]], bool]) -> bool:
    """Whether one of the first lines is such a header."""
    lines = head.decode("cp1252", errors="replace").splitlines()[:_PREAMBLE]
    return any(is_header(cells_of(line)) for line in lines)


def cells_of(line: str) -> list[str]:
    """One line's cells, without the blanks around them; none where it is no line of a table."""
    try:
        return [cell.strip().lstrip("\ufeff") for cell in next(csv.reader([line]), [])]
    except csv.Error:
        return []


def number(text: str) -> float | None:
    """A figure in TIV, None for an empty cell; ValueError for a negative one or anything else."""
    if not text:
        return None
    value = float(text.replace(",", "")) if re.fullmatch(r"[\d.,]+", text) else -1.0
    if value < 0:
        raise ValueError(text)
    return value


def bad_cell(export: Export, row: Row, column: str, got: str, allowed: str = _ANYTHING) -> BadValue:
    """The error for one cell; it says so where the cell is money, or negative."""
    what = "cannot be read"
    if MONEY.search(got):
        what = "money where an index is expected"
    elif re.fullmatch(r"-\s?[\d.,]+", got):
        what = "a negative value"
    return BadValue(f"{export.at(row, column)}: {what}", got=got, allowed=allowed)


def _decode(path: Path) -> tuple[str, list[str]]:
    """UTF-8, or else Windows-1252, of which Latin-1 text is a part; both in one file are refused."""
    lines, parts = LineCheck(path.name), []
    size = 0
    for chunk in chunks(path):
        lines.feed(chunk)
        size += len(chunk)
        if size > MAX_BYTES:
            raise DamagedFile(f"{path.name} is longer than {MAX_BYTES:,} bytes", next="This is no export of SIPRI's")
        parts.append(chunk)
    raw = b"".join(parts)
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    proper: int | None = None
    foreign: int | None = None
    for at, line in enumerate(raw.split(b"\n"), 1):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            proper = proper or at
        except UnicodeDecodeError:
            foreign = foreign or at
    if proper and foreign:
        raise DamagedFile(
            f"{path.name}: line {proper:,} is in UTF-8 and line {foreign:,} is not, so both cannot be read",
            next=SAVE_AS_UTF8,
        )
    try:
        return raw.decode("cp1252"), [say("source.recoded")]
    except UnicodeDecodeError as error:
        line_at = raw.count(b"\n", 0, error.start) + 1
        raise DamagedFile(f"{path.name}, line {line_at:,}: not text", next=SAVE_AS_UTF8) from None


def _split(path: Path, text: str, is_header: Callable[[Sequence[str]], bool]) -> tuple[Row, str, list[Row]]:
    """The header, the lines above it, and the rows below."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for at, line in enumerate(lines[:_PREAMBLE]):
        if is_header(cells_of(line)):
            header = Row(at + 1, tuple(cells_of(line)))
            return header, "\n".join(lines[:at]), _rows(path, lines[at + 1 :], at + 2)
    raise DamagedFile(f"{path.name}: no header within the first {_PREAMBLE} lines", next="Export the table again")


def _rows(path: Path, lines: Sequence[str], start: int) -> list[Row]:
    reader, rows, begin = csv.reader([f"{line}\n" for line in lines], strict=True), [], start
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(begin, tuple(cell.strip() for cell in cells)))
            begin = start + reader.line_num
    except csv.Error as error:
        raise DamagedFile(
            f"{path.name}, line {begin:,}: {error}", next="Look for a stray quote, or a file cut off"
        ) from None
    return rows


def _whole(path: Path, header: Row, rows: Sequence[Row]) -> tuple[list[Row], list[int]]:
    """Rows as wide as the header; one that a line break inside an unquoted cell cut in two is put together again.

    Returns the rows, and the lines of those put together. DamagedFile for any other row.
    """
    width, kept, mended, at = len(header.cells), [], [], 0
    while at < len(rows):
        row = rows[at]
        after = rows[at + 1] if at + 1 < len(rows) else None
        if len(row.cells) < width and after and len(row.cells) + len(after.cells) - 1 == width:
            seam = f"{row.cells[-1]} {after.cells[0]}".strip()
            row = Row(row.line, (*row.cells[:-1], seam, *after.cells[1:]))
            mended.append(row.line)
            at += 1
        if len(row.cells) != width:
            cut = " (the file is cut off here)" if at == len(rows) - 1 and len(row.cells) < width else ""
            raise DamagedFile(
                f"{path.name}, line {row.line:,}: {len(row.cells)} cells where the header has {width}{cut}",
                next="Export the table again" if cut else "Look for a stray separator, quote or line break",
            )
        kept.append(row)
        at += 1
    return kept, mended
