"""The two tables of a release as Parquet."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

from comity.model.tables import LENDABLE, ROLL_CALLS, VOTES

if TYPE_CHECKING:
    import polars as pl

LENT = tuple(f"{field}_from" for field in LENDABLE)


def roll_calls_parquet(table: pl.DataFrame) -> bytes:
    """The roll calls as Parquet; ValueError where columns are not those of model.tables (lent ones may be there)."""
    lent = [name for name in LENT if name in table.columns]
    return _parquet(table, ROLL_CALLS | dict.fromkeys(lent, "String"))


def votes_parquet(table: pl.DataFrame, roll_calls: int) -> bytes:
    """The votes as Parquet, by row and state; ValueError where a row points past the ``roll_calls`` roll calls."""
    import polars as pl

    if table.height and table["row"].max() >= roll_calls:  # type: ignore[operator]
        raise ValueError(f"votes point past the {roll_calls} roll calls")
    return _parquet(table.with_columns(pl.col("state").cast(pl.String)).sort("row", "state"), VOTES)


def file_name(stem: str, content: bytes) -> str:
    """A name that tells two contents apart, so that an old table and its successor can lie side by side."""
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:16]}.parquet"


def _parquet(table: pl.DataFrame, columns: dict[str, str]) -> bytes:
    import polars as pl

    if set(table.columns) != set(columns):
        raise ValueError(f"columns differ: {sorted(set(table.columns) ^ set(columns))}")
    out = io.BytesIO()
    # Made in memory (a few megabytes): writing then fails with the system's own error, never half way through a format.
    table.select(pl.col(name).cast(getattr(pl, kind)) for name, kind in columns.items()).write_parquet(
        out, compression="zstd"
    )
    return out.getvalue()
