"""What every table of trade becomes, whoever made it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from comity.model.words import say
from comity.sources.dataset import RawDataset
from comity.sources.strand_sheet import once, span

KIND = "trade"
TRADE: Mapping[str, pl.DataType] = {
    "year": pl.Int16(),
    "reporter_name": pl.String(),
    "partner_name": pl.String(),
    "world": pl.Boolean(),
    "flow": pl.String(),
    "amount": pl.Float64(),
    "currency": pl.String(),
    "unit": pl.String(),
    "valuation": pl.String(),
    "row_source": pl.String(),
}
"""Columns of a table of trade.

world     : whether the partner is the whole world, a total that the source publishes; it has no partner_name.
flow      : "import" or "export", as the reporter records it.
amount    : in whole units of ``currency``; null where the source has no value, never 0 for that.
unit      : as the source writes it, e.g. "million USD".
valuation : "cif", "fob" or "as recorded", where the source does not tell.
"""
IMPORT, EXPORT = "import", "export"
CIF, FOB, AS_RECORDED = "cif", "fob", "as recorded"
NAMES = {"reporter_name": "reporter", "partner_name": "partner"}
_KEY = ("reporter_name", "partner_name", "year", "flow")


def trade_dataset(
    frame: pl.DataFrame,
    *,
    path: Path,
    place: Callable[[int], str],
    layout: str,
    label: str,
    source: str,
    scheme: str,
    warnings: tuple[str, ...] = (),
) -> RawDataset:
    """The table from rows with the columns of TRADE and "@row", their position in the file.

    label : its beginning; the last year is put behind it.
    Raises BadValue where two rows give different values of one flow, BadFile where no row is left.
    """
    rows = once(frame, _KEY, "amount", place, path.name)
    repeated = frame.height - rows.height
    told = (say("trade_file.repeated", count=repeated),) if repeated else ()
    rows = rows.with_columns(pl.when(~pl.col("world")).then(pl.col("partner_name")).alias("partner_name"))
    first, last = span(rows, path)
    return RawDataset(
        kind=KIND,
        layout=layout,
        label=f"{label}-{last}",
        source=source,
        frame=rows.select(pl.col(name).cast(dtype) for name, dtype in TRADE.items()),
        names=NAMES,
        scheme=scheme,
        first=first,
        last=last,
        warnings=(*warnings, *told),
    )
