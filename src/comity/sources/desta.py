"""DESTA's list of trade agreements: one row an agreement or a change to it, up to 91 parties in columns c1 to c91.

States are numbers of the United Nations' list. Years only: signature and entry into force. An end is told only where
a party withdrew.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from comity.sources.alliances import DESTA, KIND
from comity.sources.dataset import RawDataset
from comity.sources.sheet import Sheet
from comity.sources.strand_sheet import columns_of, require, span, table

ENTRY_TYPES = (*("base_treaty", "accession", "withdrawal", "negotiation", "protocol or amendment", "consolidated"),)
_FIRST, _LAST = 1900, 2100


class Desta:
    """number, base_treaty, name, entry_type, year, entryforceyear, c1 … (the parties), mc1 … (their side)."""

    layout = DESTA
    version = 1

    def recognise(self, path: Path, head: bytes) -> bool:
        """By the number of the base treaty, the type of entry and the first party."""
        return columns_of(path, head) >= {"base_treaty", "entry_type", "c1", "mc1"}

    def read(self, path: Path) -> RawDataset:
        """One row an agreement and party.

        Columns: treaty and base (numbers as the source has them), name, entry_type, year (of signature; null where
        not told), force (year of entry into force, null where not told), state_name, joined (whether this row is
        about this party's joining or leaving, of accessions and withdrawals).
        """
        sheet = table(path, legacy="cp1252")
        require(sheet, ("number", "name", "year", "entryforceyear"), next="Add the list of treaties, wide")
        parties = _parties(sheet)
        rows = _treaties(sheet).join(parties, on="@row", maintain_order="left").drop("@row")
        first, last = span(rows, path)
        return RawDataset(
            kind=KIND,
            layout=self.layout,
            label=f"desta-{last}",
            source=DESTA,
            frame=rows,
            names={"state_name": "state"},
            scheme="m49",
            first=first,
            last=last,
        )


def _treaties(sheet: Sheet) -> pl.DataFrame:
    every = pl.int_range(sheet.frame.height, eager=True)

    def entry(text: str) -> str:
        if text not in ENTRY_TYPES:
            raise ValueError(text)
        return text

    return pl.DataFrame(
        {
            "treaty": sheet.texts("number", at=every),
            "base": sheet.texts("base_treaty", at=every),
            "name": sheet.texts("name", at=every),
            "entry_type": sheet.translate("entry_type", entry, pl.String, ", ".join(ENTRY_TYPES), required=True),
            "year": sheet.integers("year", _FIRST, _LAST),
            "force": sheet.integers("entryforceyear", _FIRST, _LAST),
        }
    ).with_row_index("@row")


def _parties(sheet: Sheet) -> pl.DataFrame:
    """Row, code and whether the row is about the party's joining or leaving (mark 1 of an accession or withdrawal)."""
    made = []
    for column in sheet.frame.columns:
        mark = f"m{column}"
        if not (column.startswith("c") and column[1:].isdecimal()):
            continue
        codes = sheet.integers(column, 1, 999)
        marks = sheet.integers(mark, 0, 999) if sheet.has(mark) else pl.repeat(None, len(codes), eager=True)
        pair = pl.DataFrame({"state_name": codes.cast(pl.String), "mark": marks}).with_row_index("@row")
        made.append(pair.filter(pl.col("state_name").is_not_null()))
    rows = pl.concat(made, how="vertical_relaxed").unique(["@row", "state_name"], maintain_order=True)
    return rows.select("@row", "state_name", (pl.col("mark") == 1).fill_null(False).alias("joined"))
