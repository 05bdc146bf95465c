"""CSV files given beside a fit: read with every fault told by file, line and column."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from comity.errors import BadFile, BadValue, DamagedFile

_SHOWN = 60  # characters of what a file holds in a message


@dataclass(frozen=True, slots=True)
class Cells:
    """A line of a file: column → what it holds, None where the line ends before it."""

    file: str
    line: int
    held: Mapping[str, str | None]

    def text(self, column: str) -> str:
        """What a column holds; empty where there is none such."""
        return (self.held.get(column) or "").strip()

    def number(self, column: str) -> float | None:
        """A finite number, None where the cell is empty or missing; BadValue for anything else."""
        text = self.text(column)
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not isfinite(value):
            raise self.wrong(column, "a number")
        return value

    def wrong(self, column: str, allowed: str) -> BadValue:
        """The error for a cell that holds something else."""
        shown = _short(self.text(column)) or "nothing"
        return BadValue(f"{self.file}, line {self.line}, column {column}: not a value", got=shown, allowed=allowed)


def table_of(
    file: Path, what: str, needed: Sequence[str], *, also: str = ""
) -> tuple[dict[str, str], list[tuple[int, dict[str, str | None]]]]:
    """Column → its name in the file, and each line with its number; columns may have spaces around their names.

    what : the file, for messages; also : columns that are read where there are any.
    BadFile where it cannot be read, DamagedFile where it is no text, BadValue without the columns needed or a line.
    """
    try:
        data = file.read_bytes()
    except OSError as err:
        raise BadFile(f"{what} cannot be read", got=str(file), next=err.strerror or "Check its name") from None
    if b"\0" in data:
        raise DamagedFile(f"{what} is a CSV file, and this is no text", got=file.name, next="Save it as CSV in UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    allowed = f"CSV, comma-separated, with columns {', '.join(needed)}" + (f"; where known {also}" if also else "")
    try:
        table = csv.DictReader(text.splitlines())
        names = {str(n).strip(): str(n) for n in table.fieldnames or ()}
        if not {*needed} <= {*names}:
            raise BadValue(f"{what} lacks columns", got=f"{file.name}: {_short(_columns(names))}", allowed=allowed)
        lines: list[tuple[int, dict[str, str | None]]] = [(table.line_num, line) for line in table]
    except csv.Error as err:
        raise DamagedFile(f"{what} is no CSV file", got=f"{file.name}: {err}", allowed=allowed) from None
    if not lines:
        raise BadValue(f"{what} holds no line below its columns", got=file.name, allowed=allowed)
    return names, lines


def _columns(names: Mapping[str, str]) -> str:
    return ", ".join(names) if any(names) else "nothing"


def _short(text: str) -> str:
    """What a file holds as one can print it, cut short."""
    shown = "".join(c if c.isprintable() else "?" for c in text)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]} …"
