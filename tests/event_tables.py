"""A folder of event tables written by hand, without any engine; what is in it happened nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from comity.strands.events.tally import QUADS, SUMS

Row = dict[str, object]
HASH = "0123456789abcdef" * 4
GOLDSTEIN = "goldstein_x10"


def row(date: int, a: str, b: str, quads: tuple[int, int, int, int], goldstein: int, tone: int | None = None) -> Row:
    """Events of one day that one state did to another; goldstein : sum × 10, tone : sum × 10⁶, None where untold."""
    n = sum(quads)
    told = {"events": n, **dict(zip(QUADS, quads, strict=True)), "goldstein_n": n, GOLDSTEIN: goldstein}
    told |= {} if tone is None else {"tone_n": n, "tone_x1e6": tone, "mentions": 2 * n, "sources": n, "articles": 3 * n}
    return {"date": date, "a": a, "b": b, **dict.fromkeys(SUMS, 0), **told}


def nobody(date: int, n: int) -> Row:
    """Events of a day in which fewer than two states took part."""
    return row(date, "", "", (n, 0, 0, 0), 0)


def keep_events(folder: Path, rows: Iterable[Row], *, layout: str = "gdelt-2.0", **made: object) -> Path:
    """The tables that ``comity events show`` reads, and the journal beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    schema = {"date": pl.Int32, "a": pl.String, "b": pl.String, **dict.fromkeys(SUMS, pl.Int64)}
    every = pl.DataFrame(list(rows), schema=schema)
    _added(every, "date").sort("date").write_parquet(folder / "all_day.parquet")
    pairs = every.filter(pl.col("a") != "").with_columns(month=pl.col("date") // 100)
    sides = {"": pairs, "_undirected": pairs.with_columns(a=pl.min_horizontal("a", "b"), b=pl.max_horizontal("a", "b"))}
    for tail, frame in sides.items():
        keys = ("month", "a", "b")
        _added(frame, *keys).sort("a", "b", "month").write_parquet(folder / f"dyad_month{tail}.parquet")
    read = {"path": "made-up.csv", "bytes": 1, "changed": 1, "sha256": HASH, "rows": every["events"].sum() + 2}
    told = {
        "hash": HASH,
        "engine": "duckdb",
        "made_on": "2026-11-01",
        "files": 1,
        "faults": {"day": 1},
        "unknown_actors": {},
    }
    journal = {"format": 1, "layout": layout, "inputs": [{**read, "faults": {"columns": 1}}]}
    (folder / "events.json").write_text(json.dumps({**journal, "parts": [], "made": told | made}))
    return folder


def two_years() -> list[Row]:
    """Viet Nam and Russia beside the United States and China, 2014 and 2015: 100 and 200 events in all."""
    return [
        row(20140305, "VNM", "RUS", (2, 1, 0, 0), 90, 3_000_000),
        row(20140405, "RUS", "VNM", (0, 0, 0, 1), -100, -5_000_000),
        row(20140501, "USA", "CHN", (20, 0, 10, 0), -300, 0),
        nobody(20140501, 66),
        row(20150110, "VNM", "RUS", (20, 0, 5, 0), 500, 50_000_000),
        row(20150110, "USA", "VNM", (5, 0, 0, 0), 50, 0),
        nobody(20150630, 170),
    ]


def _added(frame: pl.DataFrame, *keys: str) -> pl.DataFrame:
    return frame.group_by(*keys).agg(*(pl.col(name).sum() for name in SUMS))
