"""Alliances by pair and year: ATOP and the Correlates of War project, as R's peacesciencer has them.

Both give, for a state, another and a year, which promises an alliance between them held in that year; neither names
the treaty. The rows stay years: strands.ties joins them to spells once the states are known.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from comity.sources.dataset import RawDataset
from comity.sources.sheet import Sheet
from comity.sources.strand_sheet import columns_of, once, require, span, table, texts, years

KIND = "alliances"
ATOP, COW, DESTA = "atop", "cow-alliances", "desta"
PROMISES: Mapping[str, Mapping[str, str]] = {
    ATOP: {
        "atop_defense": "defence",
        "atop_offense": "offence",
        "atop_neutral": "neutrality",
        "atop_nonagg": "non-aggression",
        "atop_consul": "consultation",
    },
    COW: {
        "cow_defense": "defence",
        "cow_neutral": "neutrality",
        "cow_nonagg": "non-aggression",
        "cow_entente": "entente",
    },
}
"""Column of a layout → what is promised."""


class _DyadYears:
    """One row a state, another and a year; each promise a mark."""

    layout = ""
    label = ""
    version = 1

    def recognise(self, path: Path, head: bytes) -> bool:
        """By its first promise and two numbers of states."""
        return columns_of(path, head) >= {next(iter(PROMISES[self.layout])), "ccode1", "ccode2"}

    def read(self, path: Path) -> RawDataset:
        """Columns year, state_name, partner_name, promises (joined by ", ", "" where the pair's alliance has none)."""
        promises = PROMISES[self.layout]
        sheet = table(path, ("ccode1", "ccode2", "year", *promises))
        require(sheet, ("year",))
        frame = _rows(sheet, promises)
        rows = once(frame, ("state_name", "partner_name", "year"), "promises", sheet.place, path.name).drop("@row")
        first, last = span(rows, path)
        return RawDataset(
            kind=KIND,
            layout=self.layout,
            label=f"{self.label}-{last}",
            source=self.layout,
            frame=rows,
            names={"state_name": "state", "partner_name": "partner"},
            scheme="cow",
            first=first,
            last=last,
        )


class Atop(_DyadYears):
    """Alliance Treaty Obligations and Provisions."""

    layout = ATOP
    label = "atop"


class CowAlliances(_DyadYears):
    """Formal alliances of the Correlates of War project."""

    layout = COW
    label = "cow-alliances"


def _rows(sheet: Sheet, promises: Mapping[str, str]) -> pl.DataFrame:
    names = {}
    for column, made in (("ccode1", "state_name"), ("ccode2", "partner_name")):
        sheet.integers(column, 1, 999)
        names[made] = texts(sheet, column, "a COW state number")
    if (own := names["state_name"] == names["partner_name"]).any():
        raise sheet.bad("ccode2", own.arg_max() or 0, "a state allied with itself", "two different states")
    frame = pl.DataFrame({"year": years(sheet), **names, **{c: sheet.flags(c) for c in promises if sheet.has(c)}})
    held = [pl.when(pl.col(c)).then(pl.lit(word)) for c, word in promises.items() if sheet.has(c)]
    told = pl.concat_str(held, separator=", ", ignore_nulls=True).alias("promises")
    return frame.select("year", "state_name", "partner_name", told).with_row_index("@row")
