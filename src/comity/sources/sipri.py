"""SIPRI's trade register of major conventional arms, in the layout up to 2024 and in the one since.

The older layout has a row a deal: the volume delivered, and the years in which, without a figure for each year. The
newer has a row a deal and year of delivery. Both become the same columns; where the years of a row are several, no
figure of a single year can be read from it.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from comity.errors import DamagedFile
from comity.model.words import say
from comity.sources.dataset import RawDataset
from comity.sources.sipri_cells import count_of, delivery_years, is_no_state, mark_of, year_of, yes_of
from comity.sources.sipri_text import Export, Row, bad_cell, find_header, number, open_export

KIND = "arms-register"
SCHEMA: dict[str, Any] = {
    "line": pl.Int32, "deal": pl.String, "year": pl.Int16,
    "supplier_name": pl.String, "recipient_name": pl.String,
    "supplier_state_name": pl.String, "recipient_state_name": pl.String,
    "only_supplier": pl.String, "only_recipient": pl.String,
    "order_year": pl.Int16, "order_estimate": pl.Boolean, "ordered": pl.Int32, "ordered_estimate": pl.Boolean,
    "designation": pl.String, "description": pl.String, "category": pl.String,
    "delivered": pl.Int32, "delivered_estimate": pl.Boolean, "years": pl.String, "years_estimate": pl.Boolean,
    "status": pl.String, "comments": pl.String, "local": pl.Boolean,
    "tiv_unit": pl.Float64, "tiv_ordered": pl.Float64, "tiv": pl.Float64,
}  # fmt: skip
"""The register's columns.

year       : first year of delivery, or of the order where nothing is delivered; names are resolved at it.
*_state_name : the name where it may be a state's; null for a group, an organization, or an unknown party.
only_*     : the one party the export was asked for; null where it was asked for all.
years      : years of delivery, joined by ";", "" where nothing is delivered yet.
tiv        : volume delivered, in millions of trend-indicator values.
"""
_SCOPE = re.compile(r"arms from (?P<supplier>.+?)\s+to (?P<recipient>.+?)\s*\. Deals", re.DOTALL)
_ASKED = re.compile(r"year range '(\d{4})' to '(\d{4})'")
_ALL = "all countries"

_OLD = {
    "recipient": "Recipient", "supplier": "Supplier", "order": "Year of order", "ordered": "Number ordered",
    "designation": "Weapon designation", "description": "Weapon description", "delivered": "Number delivered",
    "years": "Year(s) of delivery", "status": "status", "comments": "Comments", "unit": "SIPRI TIV per unit",
    "tiv_ordered": "SIPRI TIV for total order", "tiv": "SIPRI TIV of delivered weapons",
}  # fmt: skip
_OLD_MARKED = ("order", "ordered", "delivered", "years")  # the first three have a column of "?" behind them
_NEW = {
    "deal": "SIPRI AT Database ID", "recipient": "Recipient", "supplier": "Supplier", "order": "Order date",
    "designation": "Designation", "description": "Description", "category": "Armament category",
    "delivered": "Numbers delivered", "years": "Delivery year", "status": "Status", "unit": "TIV deal unit",
    "tiv": "TIV delivery values", "local": "Local production", "order?": "Order date is estimate",
    "delivered?": "Numbers delivered is estimate", "years?": "Delivery year is estimate",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Cells:
    """A row's cells by field, with their place for errors."""

    export: Export
    row: Row
    place: Mapping[str, int]

    def text(self, field: str) -> str:
        """The cell as it stands; "" where the layout has no such column."""
        return self.row.cells[self.place[field]] if field in self.place else ""

    def read(self, field: str, parse: Callable[[str], Any], allowed: str) -> Any:
        """The cell parsed; BadValue where it cannot be."""
        text = self.text(field)
        try:
            return parse(text)
        except ValueError:
            column = self.export.header.cells[self.place[field]] or f"after {self._before(field)}"
            raise bad_cell(self.export, self.row, column, text, allowed) from None

    def _before(self, field: str) -> str:
        return self.export.header.cells[self.place[field] - 1]


class _Register(ABC):
    """What both layouts share."""

    layout: str
    version = 1
    key: frozenset[str]

    def recognise(self, path: Path, head: bytes) -> bool:  # noqa: ARG002
        """By the header."""
        return find_header(head, self._is_header)

    def read(self, path: Path) -> RawDataset:
        """Read the rows, after the lines above the table have been asked what they are of."""
        export = open_export(path, self._is_header)
        place = self.place(export)
        warnings = [*export.warnings, *export.in_index()]
        only = _scope(export)
        rows = [self.row(_Cells(export, row, place)) | only for row in export.rows]
        rows, told = self.repeated(export, rows)
        frame = pl.DataFrame(rows, schema=SCHEMA)
        if not any(only.values()):
            only, more = _bare_scope(export, frame)
            frame = frame.with_columns(pl.lit(v, dtype=pl.String).alias(k) for k, v in only.items())
            told += more
        first, last = _span(path, frame)
        return RawDataset(
            kind=KIND,
            layout=self.layout,
            label=_label(export, only),
            source="sipri",
            frame=frame,
            names=_names(only),
            scheme="sipri",
            first=first,
            last=last,
            as_of=export.made,
            warnings=(*warnings, *told, *_beyond(export, last)),
        )

    def _is_header(self, cells: Sequence[str]) -> bool:
        return self.key <= {cell.strip() for cell in cells}

    @abstractmethod
    def place(self, export: Export) -> dict[str, int]:
        """Where each field stands; DamagedFile where a column is missing."""

    @abstractmethod
    def row(self, cells: _Cells) -> dict[str, Any]:
        """One row of SCHEMA."""

    @abstractmethod
    def repeated(self, export: Export, rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
        """The rows to keep where some are written twice, and what is said of them."""


class SipriRegister(_Register):
    """The layout up to 2024: a row a deal, marks in columns without a name, years of delivery in one cell."""

    layout = "sipri-register"
    key = frozenset({"Recipient", "Supplier", "Year of order"})

    def place(self, export: Export) -> dict[str, int]:
        """By name; a mark stands behind the column it is about."""
        place = _by_name(export, _OLD)
        head = export.header.cells
        return place | {
            f"{f}?": place[f] + 1 for f in _OLD_MARKED if place[f] + 1 < len(head) and not head[place[f] + 1]
        }

    def row(self, cells: _Cells) -> dict[str, Any]:
        """A deal; a TIV of a row without a year of delivery is of nothing delivered."""
        marks = {
            f: cells.read(f"{f}?", mark_of, "? or empty") if f"{f}?" in cells.place else False for f in _OLD_MARKED
        }
        return _common(cells, marks) | {
            "ordered": cells.read("ordered", count_of, "a whole number, or empty"),
            "ordered_estimate": marks["ordered"],
            "tiv_ordered": cells.read("tiv_ordered", number, "a number in TIV, or empty"),
            "comments": cells.text("comments") or None,
        }

    def repeated(self, export: Export, rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
        """Kept: this layout has no id of a deal, and two deals alike in all columns are two deals."""
        seen = Counter(row.cells for row in export.rows)
        twice = [row.line for row in export.rows if seen[row.cells] > 1]
        extra = sum(count - 1 for count in seen.values())
        return rows, [say("sipri.twice_kept", count=extra, lines=_shown(twice))] if extra else []


class SipriDeliveries(_Register):
    """The layout since 2024: a row a deal and year of delivery, with the deal's id."""

    layout = "sipri-deliveries"
    key = frozenset({"SIPRI AT Database ID", "Recipient", "Supplier"})

    def place(self, export: Export) -> dict[str, int]:
        """By name."""
        return _by_name(export, _NEW)

    def row(self, cells: _Cells) -> dict[str, Any]:
        """A deal in one year."""
        marks = {f: cells.read(f"{f}?", yes_of, "Yes or No") for f in ("order", "delivered", "years")}
        return _common(cells, marks) | {
            "deal": cells.text("deal") or None,
            "category": cells.text("category") or None,
            "local": cells.read("local", yes_of, "Yes or No"),
        }

    def repeated(self, export: Export, rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
        """Left out: with the id of the deal in it, a row alike in all columns is the same row."""
        seen: set[tuple[str, ...]] = set()
        kept, lines = [], []
        for source, row in zip(export.rows, rows, strict=True):
            if row["deal"] and source.cells in seen:
                lines.append(source.line)
            else:
                kept.append(row)
            seen.add(source.cells)
        return kept, [say("sipri.twice_left_out", count=len(lines), lines=_shown(lines))] if lines else []


def _by_name(export: Export, wanted: Mapping[str, str]) -> dict[str, int]:
    head = [cell.strip() for cell in export.header.cells]
    missing = [name for name in wanted.values() if name not in head]
    if missing:
        spare = [name for name in head if name and name not in wanted.values()]
        raise DamagedFile(
            f"{export.path.name}, line {export.header.line}: no column {missing[0]!r}",
            got=", ".join(spare) or None,
            next="Export the table again, in TIV",
        )
    return {field: head.index(name) for field, name in wanted.items()}


def _common(cells: _Cells, marks: Mapping[str, bool | None]) -> dict[str, Any]:
    years = cells.read("years", delivery_years, "years such as 2011; 2013-2014, or empty")
    order = cells.read("order", year_of, "a year, or empty")
    names = {side: cells.text(side) for side in ("supplier", "recipient")}
    for side, name in names.items():
        if not name or name.isdigit():
            raise bad_cell(cells.export, cells.row, side.capitalize(), name, "a name")
    return {
        "line": cells.row.line,
        "deal": None,
        "year": years[0] if years else order,
        **{f"{side}_name": name for side, name in names.items()},
        **{f"{side}_state_name": None if is_no_state(name) else name for side, name in names.items()},
        "order_year": order,
        "order_estimate": marks["order"],
        "ordered": None,
        "ordered_estimate": None,
        "designation": cells.text("designation"),
        "description": cells.text("description"),
        "category": None,
        "delivered": cells.read("delivered", count_of, "a whole number, or empty"),
        "delivered_estimate": marks["delivered"],
        "years": ";".join(map(str, years)),
        "years_estimate": marks.get("years"),
        "status": cells.text("status"),
        "comments": None,
        "local": None,
        "tiv_unit": cells.read("unit", number, "a number in TIV, or empty"),
        "tiv_ordered": None,
        "tiv": cells.read("tiv", number, "a number in TIV, or empty"),
    }


def _scope(export: Export) -> dict[str, str | None]:
    """The parties that the export was asked for, by the line above the table."""
    found = _SCOPE.search(export.preamble)
    asked = {side: found[side].strip() if found else _ALL for side in ("supplier", "recipient")}
    return {f"only_{side}": None if name.lower() == _ALL else name for side, name in asked.items()}


def _bare_scope(export: Export, frame: pl.DataFrame) -> tuple[dict[str, str | None], list[str]]:
    """The same where nothing above the table says it: a lone party in a column is taken as the one asked for."""
    said = bool(_SCOPE.search(export.preamble))
    names = {side: frame[f"{side}_name"].unique().to_list() for side in ("supplier", "recipient")}
    only = {f"only_{side}": None if said or len(found) > 1 else str(found[0]) for side, found in names.items()}
    return only, [] if said else [say("sipri.no_preamble")]


def _names(only: Mapping[str, str | None]) -> dict[str, str]:
    sides = {"supplier_state_name": "supplier", "recipient_state_name": "recipient"}
    return sides | {column: f"{column}_state" for column, name in only.items() if name}


def _label(export: Export, only: Mapping[str, str | None]) -> str:
    named = "-".join(re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") for name in only.values() if name)
    day = export.made.isoformat() if export.made else "undated"
    return "-".join(part for part in ("sipri-register", named, day) if part)


def _span(path: Path, frame: pl.DataFrame) -> tuple[int, int]:
    """The first and the last year with a delivery."""
    years = [int(y) for cell in frame["years"].unique() if cell for y in cell.split(";")]
    if not years:
        raise DamagedFile(f"{path.name}: no row has a year of delivery")
    return min(years), max(years)


def _beyond(export: Export, last: int) -> list[str]:
    asked = _ASKED.search(export.preamble)
    beyond = asked and int(asked[2]) > last
    return [say("sipri.beyond", asked=int(asked[2]), last=last)] if asked and beyond else []


def _shown(lines: Iterable[int]) -> str:
    listed = list(lines)
    return ", ".join(f"{n:,}" for n in listed[:8]) + (" …" if len(listed) > 8 else "")
