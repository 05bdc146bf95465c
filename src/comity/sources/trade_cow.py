"""The Correlates of War project's dyadic trade: one row a pair of states and year, with both states' imports.

Read from the published Dyadic_COW CSV (missing is -9) and from the R package peacesciencer's ``cow_trade_ndy``,
which rounds to whole millions and leaves out pairs and years without any value.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from comity.model.words import say
from comity.sources.dataset import RawDataset
from comity.sources.sheet import Sheet
from comity.sources.strand_sheet import columns_of, numbers, require, table, texts, years
from comity.sources.trade import AS_RECORDED, IMPORT, trade_dataset

COLUMNS = ("ccode1", "ccode2", "year", "flow1", "flow2")
_MILLION = 1e6
_NOT_KNOWN = -9
_ALLOWED = "millions of US dollars, at least 0, or -9 where not known"


class CowTrade:
    """flow1 is what the first state imports from the second, flow2 the reverse, in millions of current US dollars."""

    layout = "cow-trade"
    version = 1

    def recognise(self, path: Path, head: bytes) -> bool:
        """By two numbers of states and two flows; of an R file the names that are looked for in it."""
        return columns_of(path, head) >= {*COLUMNS} - {"year"}

    def read(self, path: Path) -> RawDataset:
        """Two rows of imports for every row of the file."""
        sheet = table(path, COLUMNS)
        require(sheet, COLUMNS)
        rounded = (say("trade_file.rounded"),) if not sheet.text else ()
        return trade_dataset(
            _rows(sheet),
            path=path,
            place=sheet.place,
            layout=self.layout,
            label="cow-trade",
            source="cow-trade",
            scheme="cow",
            warnings=rounded,
        )


def _rows(sheet: Sheet) -> pl.DataFrame:
    for column in ("ccode1", "ccode2"):
        sheet.integers(column, 1, 999)
    first, second = (texts(sheet, column, "a COW state number") for column in ("ccode1", "ccode2"))
    if (own := first == second).any():
        raise sheet.bad("ccode2", own.arg_max() or 0, "a state that trades with itself", "two different states")
    base = pl.DataFrame({"year": years(sheet)}).with_row_index("@row")
    sides = (("flow1", first, second), ("flow2", second, first))
    made = [
        base.with_columns(
            reporter.alias("reporter_name"),
            partner.alias("partner_name"),
            (numbers(sheet, flow, _ALLOWED, missing=_NOT_KNOWN) * _MILLION).alias("amount"),
        )
        for flow, reporter, partner in sides
    ]
    return pl.concat(made).with_columns(
        world=pl.lit(False),
        flow=pl.lit(IMPORT),
        currency=pl.lit("USD"),
        unit=pl.lit("million USD"),
        valuation=pl.lit(AS_RECORDED),
        row_source=pl.lit(None, pl.String),
    )
