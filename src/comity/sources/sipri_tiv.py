"""SIPRI's TIV tables: deliveries of one exporter by recipient and year, or of one importer by supplier and year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from comity.errors import DamagedFile
from comity.model.words import say
from comity.sources.dataset import RawDataset
from comity.sources.sipri_cells import FIRST_YEAR, LAST_YEAR, is_no_state
from comity.sources.sipri_text import Export, Row, bad_cell, find_header, number, open_export

KIND = "arms-tiv"
SCHEMA: dict[str, Any] = {
    "line": pl.Int32, "side": pl.String, "total": pl.Boolean, "year": pl.Int16,
    "supplier_name": pl.String, "recipient_name": pl.String,
    "supplier_state_name": pl.String, "recipient_state_name": pl.String,
    "tiv": pl.Float64,
}  # fmt: skip
"""The table's columns, a row a cell that is not empty.

side  : "exports" (of one supplier) or "imports" (of one recipient).
total : the table's own sum over all partners; the partner's name is then null.
tiv   : in millions of trend-indicator values, rounded by SIPRI to whole ones; 0 stands for less than half a one.
"""
_TITLE = re.compile(
    r"arms (?P<side>exports from|imports to) (?P<who>.+?)(?:,\s*\d{4}\s*[-–]\s*\d{4})?[\"',;]*\s*$", re.M
)
_ALL = re.compile(r"^(?:all\b|the top\b|top\b)", re.IGNORECASE)
_TOTAL = "Total"
_SHOWN = 5
_EDGE = 0.5  # what rounding to whole figures can move one of them


class SipriTivTable:
    """A header of years between an empty cell and Total, a row a partner, and a row Total at the foot."""

    layout = "sipri-tiv"
    version = 1

    def recognise(self, path: Path, head: bytes) -> bool:  # noqa: ARG002
        """By the header of years and a line that names arms exports or imports."""
        return find_header(head, _is_header) and bool(re.search(rb"arms (?:exports from|imports to) ", head))

    def read(self, path: Path) -> RawDataset:
        """Read the cells; a sum that is off by more than rounding is told."""
        export = open_export(path, _is_header)
        side, who = _whose(export)
        warnings = [*export.warnings, *export.in_index()]
        years = [int(cell) for cell in export.header.cells[1:-1]]
        if sorted(set(years)) != years:
            raise DamagedFile(f"{path.name}, line {export.header.line}: the years are not in order, each once")
        found = [(row, _values(export, row, years)) for row in export.rows]
        partners = [(row, values) for row, values in found if row.cells[0] != _TOTAL]
        totals = [(row, values) for row, values in found if row.cells[0] == _TOTAL]
        if len(totals) != 1 or not partners:
            raise DamagedFile(
                f"{path.name}: {len(totals)} rows named Total, {len(partners)} of partners",
                allowed="a row for each partner and one Total",
                next="Export the table again",
            )
        own, other = ("supplier", "recipient") if side == "exports" else ("recipient", "supplier")
        rows = [
            {
                "line": row.line,
                "side": side,
                "total": row.cells[0] == _TOTAL,
                "year": year,
                **_named(own, who),
                **_named(other, None if row.cells[0] == _TOTAL else row.cells[0]),
                "tiv": value,
            }
            for row, values in found
            for year, value in zip(years, values, strict=False)
            if value is not None
        ]
        return RawDataset(
            kind=KIND,
            layout=self.layout,
            label=_label(export, side, who),
            source="sipri",
            frame=pl.DataFrame(rows, schema=SCHEMA),
            names={"supplier_state_name": "supplier", "recipient_state_name": "recipient"},
            scheme="sipri",
            first=years[0],
            last=years[-1],
            as_of=export.made,
            warnings=(*warnings, *_sums(years, partners, totals[0])),
        )


def _is_header(cells: Sequence[str]) -> bool:
    """Years from the second cell to the last but one, then Total."""
    if len(cells) < 3 or cells[0].strip() or cells[-1].strip() != _TOTAL:
        return False
    return all(c.strip().isdecimal() and FIRST_YEAR <= int(c) <= LAST_YEAR for c in cells[1:-1])


def _whose(export: Export) -> tuple[str, str]:
    """The side, and the one party whose table it is."""
    title = _TITLE.search("\n".join(line.strip().strip('",; ') for line in export.preamble.splitlines()))
    if not title:
        raise DamagedFile(
            f"{export.path.name}: the line that names whose exports or imports these are is missing",
            allowed='a line such as "TIV of arms exports from Russia, 1950-2021" above the table',
        )
    if _ALL.match(title["who"]):
        raise DamagedFile(
            f"{export.path.name}: a table of many exporters or importers has no column for a pair",
            got=title["who"],
            next="Export the table of one exporter or of one importer",
        )
    return title["side"].split()[0], title["who"].strip()


def _named(side: str, name: str | None) -> dict[str, str | None]:
    return {f"{side}_name": name, f"{side}_state_name": None if name is None or is_no_state(name) else name}


def _values(export: Export, row: Row, years: Sequence[int]) -> list[float | None]:
    """A row's figures with its own Total last; null where a cell is empty."""
    if not row.cells[0]:
        raise bad_cell(export, row, "1", row.cells[0], "a partner's name")
    heads = [*map(str, years), _TOTAL]
    values = []
    for head, cell in zip(heads, row.cells[1:], strict=True):
        try:
            values.append(number(cell))
        except ValueError:
            raise bad_cell(export, row, head, cell) from None
    return values


def _sums(
    years: Sequence[int],
    partners: Sequence[tuple[Row, list[float | None]]],
    total: tuple[Row, list[float | None]],
) -> list[str]:
    """Rows and columns whose sum is further from their Total than rounding each figure can bring it."""
    lines = [(row.cells[0], values[:-1], values[-1]) for row, values in (*partners, total)]
    columns = list(zip(*(values for _, values in partners), strict=True))
    lines += [(str(year), list(cells), end) for year, cells, end in zip(years, columns, total[1], strict=False)]
    off = []
    for name, cells, end in lines:
        held = [cell for cell in cells if cell is not None]
        if abs(sum(held) - (end or 0)) > _EDGE * (len(held) + 1):
            off.append(say("sipri.total_shown", name=name, sum=f"{sum(held):g}", total=f"{end or 0:g}"))
    shown = "; ".join(off[:_SHOWN]) + (" …" if len(off) > _SHOWN else "")
    return [say("sipri.total_off", count=len(off), shown=shown)] if off else []


def _label(export: Export, side: str, who: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", who.lower()).strip("-")
    return f"sipri-tiv-{side}-{name}-{export.made.isoformat() if export.made else 'undated'}"
