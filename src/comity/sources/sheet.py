"""A file as a table of raw cells that knows where each cell stands, and turns columns into typed ones.

Every conversion works on the distinct values of a column, so that its cost does not grow with the rows.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from comity.errors import BadValue, DamagedFile, MissingExtra
from comity.sources.base import Peek
from comity.sources.intake import text_lines

FIRST_DAY, LAST_YEAR = date(1945, 10, 24), 2100  # the Charter's entry into force; a year beyond is a slip
_MISSING = frozenset({"", "NA", "NAN", "NULL", "."})
_TRUE, _FALSE = frozenset({"1", "TRUE", "T", "YES"}), frozenset({"0", "FALSE", "F", "NO"})
_WHOLE = re.compile(r"-?\d{1,18}(?:\.0*)?")
_ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?")
_US_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")

Parse = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns under their lower-case names.

    frame   : raw cells; text from a text file, R's types from an R file.
    text    : whether rows stand on lines.
    kept    : positions in the file of the frame's rows, where some were left out.
    written : column names as the file has them, for errors.
    """

    path: Path
    frame: pl.DataFrame
    text: bool
    kept: pl.Series | None = None
    written: Mapping[str, str] = field(default_factory=dict)

    def has(self, column: str) -> bool:
        """Whether there is such a column."""
        return column in self.frame.columns

    def first(self, *names: str) -> str | None:
        """The first of these columns that is there."""
        return next((name for name in names if self.has(name)), None)

    def rename(self, names: Mapping[str, str]) -> Sheet:
        """The same sheet with columns under other names; names that are not there are passed over."""
        written = dict(self.written) | {new: self.written.get(old, old) for old, new in names.items() if self.has(old)}
        return replace(self, frame=self.frame.rename(dict(names), strict=False), written=written)

    def only(self, keep: pl.Series) -> Sheet:
        """The sheet's rows where ``keep`` is true."""
        return replace(self, frame=self.frame.filter(keep), kept=keep.arg_true())

    def bad(self, column: str, row: int, what: str, allowed: str) -> BadValue:
        """The error for one cell; ``row`` counts from 0."""
        where = f"{self.path.name}, {self.place(row)}, column {self.written.get(column, column)}"
        return BadValue(f"{where}: {what}", got=self.frame[column][row], allowed=allowed)

    def place(self, row: int) -> str:
        """Where a row of the frame stands, for a person who opens the file."""
        row = row if self.kept is None else int(self.kept[row])
        if not self.text:
            return f"row {row + 1:,}"
        with text_lines(self.path) as lines:
            rows = csv.reader(lines, delimiter=self._separator(lines.readline()))
            for number, _ in enumerate(rows):
                if number == row:
                    return f"line {rows.line_num + 1:,}"
        return f"row {row + 1:,}"

    def translate(
        self,
        column: str,
        parse: Parse,
        dtype: Any,
        allowed: str,
        *,
        at: pl.Series | None = None,
        required: bool = False,
    ) -> pl.Series:
        """A column with each cell put through ``parse`` (which raises ValueError for a bad one).

        at       : row positions to return; the whole column is checked all the same. None: every row.
        required : refuse an empty cell; else it stays null.
        Raises BadValue with the place of the first bad cell.
        """
        raw = self.frame[column]
        values = raw if raw.dtype == pl.String else raw.cast(pl.String)
        table: dict[str | None, Any] = {}
        for text in values.unique(maintain_order=True).to_list():
            try:
                table[text] = None if text is None else parse(text.strip())
            except ValueError:
                row = (values == text).arg_max() or 0
                raise self.bad(column, row, "cannot be read", allowed) from None
            if required and table[text] is None:
                empty = values.is_null() if text is None else values == text
                raise self.bad(column, empty.arg_max() or 0, "empty", allowed)
        table.pop(None, None)
        chosen = values if at is None else values.gather(at)
        if not table:
            return pl.Series(column, [None] * len(chosen), dtype=dtype)
        return chosen.replace_strict(list(table), list(table.values()), default=None, return_dtype=dtype)

    def integers(
        self, column: str, low: int, high: int, *, at: pl.Series | None = None, dtype: Any = pl.Int16
    ) -> pl.Series:
        """Whole numbers (also written 120.0) from ``low`` to ``high``; empty stays null."""

        def parse(text: str) -> int | None:
            number = whole(text)
            if number is not None and not low <= number <= high:
                raise ValueError(text)
            return number

        return self.translate(column, parse, dtype, f"a whole number from {low} to {high}", at=at)

    def flags(self, column: str, *, at: pl.Series | None = None) -> pl.Series:
        """0 and 1, TRUE and FALSE; empty stays null, which is "not marked"."""
        return self.translate(column, flag, pl.Boolean, "0, 1, TRUE, FALSE or empty", at=at)

    def stray_flags(self, column: str) -> list[str]:
        """The values of a column that are no flags, if they fill at most one row in a hundred.

        A column with more of them is of another kind, which ``flags`` refuses.
        """
        counts = self.frame[column].cast(pl.String).drop_nulls().value_counts()
        stray = [(text, n) for text, n in counts.rows() if not _is_flag(text)]
        few = 100 * sum(n for _, n in stray) <= self.frame.height
        return [text for text, _ in stray] if few else []

    def without(self, column: str, values: Sequence[str]) -> Sheet:
        """The sheet with these values of a column emptied."""
        cell = pl.col(column).cast(pl.String)
        return replace(self, frame=self.frame.with_columns(pl.when(~cell.is_in(values)).then(cell).alias(column)))

    def dates(
        self, column: str, *, at: pl.Series | None = None, required: bool = True, american: bool = False
    ) -> pl.Series:
        """Days written 1992-12-18, and 12/18/1992 where ``american``."""
        values = self.frame[column]
        if values.dtype == pl.Date:
            return values if at is None else values.gather(at)
        parse = american_day if american else iso_day
        allowed = "a day such as 1992-12-18" + (" or 12/18/1992" if american else "")
        return self.translate(column, parse, pl.Date, allowed, at=at, required=required)

    def texts(self, column: str | None, *, at: pl.Series) -> pl.Series:
        """Text with blanks around it removed; empty, or no such column, gives null."""
        if column is None or not self.has(column):
            return pl.Series([None] * len(at), dtype=pl.String)
        cells = self.frame[column].gather(at).cast(pl.String).str.strip_chars()
        return cells.to_frame("cell").select(pl.when(pl.col("cell") != "").then(pl.col("cell")))["cell"]

    @staticmethod
    def _separator(header: str) -> str:
        return max((",", "\t", ";"), key=header.count)


def load(found: Peek, columns: Sequence[str] | None = None) -> Sheet:
    """Read a file that was peeked at and, if text, scanned.

    columns : lower-case names to keep, of those that are there; None keeps all that have a name.
    """
    return _load_text(found, columns) if found.kind == "text" else _load_r(found, columns)


def whole(text: str) -> int | None:
    """A whole number, None for a missing one; raises ValueError for anything else."""
    if text.upper() in _MISSING:
        return None
    if not _WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text.partition(".")[0])


def flag(text: str) -> bool | None:
    """True, False or None for a missing mark; raises ValueError for anything else."""
    mark = text.upper().removesuffix(".0").rstrip('\\"')  # one release has 0\" in it, a quoting slip
    if mark in _MISSING:
        return None
    if mark not in _TRUE | _FALSE:
        raise ValueError(text)
    return mark in _TRUE


def _is_flag(text: str) -> bool:
    try:
        flag(text.strip())
    except ValueError:
        return False
    return True


def iso_day(text: str) -> date | None:
    """A day in ISO form (midnight may follow), None for a missing one."""
    if text.upper() in _MISSING:
        return None
    match = _ISO_DAY.fullmatch(text)
    if not match:
        raise ValueError(text)
    return _plausible(date.fromisoformat(match[1]))


def american_day(text: str) -> date | None:
    """A day as month/day/year or in ISO form, None for a missing one."""
    if match := _US_DAY.fullmatch(text):
        return _plausible(date(int(match[3]), int(match[1]), int(match[2])))
    return iso_day(text)


def _plausible(day: date) -> date:
    if not (day >= FIRST_DAY and day.year <= LAST_YEAR):
        raise ValueError(day)
    return day


def _load_text(found: Peek, columns: Sequence[str] | None) -> Sheet:
    names = [name.lower() or f"unnamed {position}" for position, name in enumerate(found.header)]
    keep = [i for i, name in enumerate(names) if found.header[i] and (columns is None or name in columns)]
    try:
        frame = pl.read_csv(
            found.path,
            infer_schema=False,
            has_header=False,
            skip_lines=1,
            schema=dict.fromkeys(names, pl.String),
            separator=found.separator,
            columns=keep,
            glob=False,
        )
    except pl.exceptions.PolarsError as error:
        reason = str(error).splitlines()[0]
        line = _unpaired_quote(found.path)
        what = f"{found.path.name}, line {line}: an unpaired quote" if line else f"{found.path.name}: {reason}"
        raise DamagedFile(what, next='Inside a quoted cell write each quote twice: ""') from None
    blank = frame.select(pl.all_horizontal(pl.all().is_null()).reverse().arg_min()).item()  # blank lines at the end
    written = dict(zip(names, found.header, strict=True))
    return Sheet(found.path, frame.head(frame.height - blank), text=True, written=written)


def _unpaired_quote(path: Path) -> int | None:
    """The first line with an odd number of quotes."""
    with text_lines(path) as lines:
        return next((number for number, line in enumerate(lines, 1) if line.count('"') % 2), None)


def _load_r(found: Peek, columns: Sequence[str] | None) -> Sheet:
    try:
        import pyreadr
    except ImportError:
        raise MissingExtra(
            f"{found.path.name} is an R file, which needs the extra 'r'",
            next="Run: uv sync --extra r (or: pip install 'comity[r]')",
        ) from None
    try:
        objects = pyreadr.read_r(str(found.path), output_format="polars")
    except (pyreadr.PyreadrError, pyreadr.LibrdataError, ValueError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise DamagedFile(f"{found.path.name} cannot be read as an R file: {reason}") from None
    frame = next((frame for frame in objects.values() if isinstance(frame, pl.DataFrame)), None)
    if frame is None or not frame.height:
        raise DamagedFile(f"{found.path.name} holds no table with rows")
    frame = frame.rename({name: name.lower() for name in frame.columns})
    kept = [name for name in frame.columns if columns is None or name in columns]
    return Sheet(found.path, frame.select(kept), text=False)
