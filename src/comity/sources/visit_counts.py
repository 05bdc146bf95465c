"""Counts of visits a year that others published: COLT's travel of leaders, and China's public diplomacy by AidData.

They are totals without the visits behind them, by rules of their own, so they stand beside a ledger's count, not in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from comity.errors import BadValue, DamagedFile
from comity.model.words import say
from comity.sources.dataset import RawDataset
from comity.sources.strand_sheet import (
    FIRST_YEAR,
    LAST_YEAR,
    columns_of,
    number,
    once,
    require,
    span,
    table,
    texts,
    years,
)

KIND = "visit-counts"
HOST, GUEST, EITHER = "host", "guest", "either"
LEADERS = "leaders"
_PARQUET = b"PAR1"
_SIDES: Mapping[str, str] = {"CountryVisited": HOST, "LeaderCountryOrIGO": GUEST}
_CHINA: Mapping[str, str] = {
    "government_visits": "government",
    "military_visits": "military",
    "total_elite_visits": "elite",
}


class Colt:
    """TripYear, a state (or an organisation) as host or as guest, and a count, as Parquet."""

    layout = "colt"
    version = 1

    def recognise(self, path: Path, head: bytes) -> bool:
        """By its columns, which a Parquet file lists at its end."""
        if not head.startswith(_PARQUET):
            return False
        try:
            names = set(pl.read_parquet_schema(path))
        except (pl.exceptions.PolarsError, OSError):
            return False
        return "TripYear" in names and bool(names & {*_SIDES})

    def read(self, path: Path) -> RawDataset:
        """Columns year, state_name, other_name (null: all), role (of the state), what, count."""
        try:
            frame = pl.read_parquet(path)
        except pl.exceptions.PolarsError as error:
            raise DamagedFile(f"{path.name} cannot be read as Parquet: {str(error).splitlines()[0]}") from None
        column = next(name for name in _SIDES if name in frame.columns)
        counted = next((name for name in frame.columns if name.lower() == "count"), None)
        if counted is None:
            raise DamagedFile(f"{path.name} has no column count")
        rows = frame.select(
            year=pl.col("TripYear"),
            state_name=pl.col(column).cast(pl.String),
            other_name=pl.lit(None, pl.String),
            role=pl.lit(_SIDES[column]),
            what=pl.lit(LEADERS),
            count=pl.col(counted),
        ).with_row_index("@row")
        bad = rows.filter(
            ~pl.col("year").is_between(FIRST_YEAR, LAST_YEAR) | (pl.col("count") < 0) | pl.col("state_name").is_null()
        )
        if bad.height:
            row = bad.row(0, named=True)
            raise BadValue(
                f"{path.name}, {_row(row['@row'])}: no year, state and count",
                got=f"{row['year']}, {row['state_name']}, {row['count']}",
            )
        return _dataset(rows, path, self.layout, f"colt-{'received' if _SIDES[column] == HOST else 'sent'}")


class ChinaVisits:
    """receiving_country, year, government_visits, military_visits, total_elite_visits; "N/A" where not known."""

    layout = "china-visits"
    version = 1

    def recognise(self, path: Path, head: bytes) -> bool:
        """By the receiving state and the visits."""
        return columns_of(path, head) >= {"receiving_country", "government_visits", "total_elite_visits"}

    def read(self, path: Path) -> RawDataset:
        """Visits between China and each state; the file does not tell in which direction."""
        sheet = table(path, ("receiving_country", "year", *_CHINA))
        require(sheet, ("year",))

        def parse(text: str) -> int | None:
            value = number(text)
            if value is not None and (value < 0 or value % 1):
                raise ValueError(text)
            return None if value is None else int(value)

        base = pl.DataFrame(
            {"year": years(sheet), "state_name": texts(sheet, "receiving_country", "a state")}
        ).with_row_index("@row")
        made = [
            base.with_columns(
                other_name=pl.lit("China"),
                role=pl.lit(EITHER),
                what=pl.lit(what),
                count=sheet.translate(column, parse, pl.Int64, "a whole number, at least 0, or N/A"),
            )
            for column, what in _CHINA.items()
            if sheet.has(column)
        ]
        return _dataset(pl.concat(made), path, self.layout, "china-visits", sheet.place)


def _row(row: int) -> str:
    return f"row {row + 1:,}"


def _dataset(rows: pl.DataFrame, path: Path, layout: str, label: str, place: Callable[[int], str] = _row) -> RawDataset:
    kept = once(rows, ("state_name", "year", "role", "what"), "count", place, path.name).drop("@row")
    kept = kept.with_columns(pl.col("year").cast(pl.Int16), pl.col("count").cast(pl.Int64))
    known = kept.filter(pl.col("count").is_not_null())
    first, last = span(known, path)
    lacking = kept.height - known.height
    return RawDataset(
        kind=KIND,
        layout=layout,
        label=f"{label}-{last}",
        source=layout,
        frame=kept,
        names={"state_name": "state", "other_name": "other"},
        scheme="any",
        first=first,
        last=last,
        warnings=(say("trade_file.counts_lacking", count=lacking),) if lacking else (),
    )
