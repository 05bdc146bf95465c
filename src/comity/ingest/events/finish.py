"""The last step of a build: parts added up, days and actors given their meaning, tables written, and their hash."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from comity.ingest.events.meanings import actors, valid_days
from comity.ingest.events.parts import files_of
from comity.model.clock import today
from comity.store.db import copy_out
from comity.store.disk import make_folders
from comity.store.engines.base import Engine
from comity.store.events import PARTS, Journal
from comity.strands.events.layouts import SCHEMES
from comity.strands.events.tables import DAYS, TABLES, WHOLE
from comity.strands.events.tally import SUMS, added, between_states, by_day

_EMPTY = {
    "day": pl.String,
    "first": pl.String,
    "second": pl.String,
    "fault": pl.String,
    **dict.fromkeys(SUMS, pl.Int64),
}


def finish(journal: Journal, engine: Engine, work: Path, *, memory: str, unread: Sequence[str]) -> None:
    """Make the tables of a folder from its parts, and write down what they hold; ``unread`` are files left out."""
    folder = journal.folder
    named = [folder / PARTS / name for name in journal.parts]
    parts = [file for part in named for file in files_of(part)] or [_nothing(work)]
    days, meant = work / "days.parquet", work / "actors.parquet"
    _days(parts).write_parquet(days)
    spelt = _distinct(parts, "first") | _distinct(parts, "second")
    known = actors(spelt, SCHEMES.get(journal.layout, "any"))
    known.write_parquet(meant)
    whole = work / "whole.parquet"
    engine.write(added(engine.tables(parts)), whole)  # by itself: two great sums at once would need twice the memory
    tally = engine.tables(files_of(whole))
    pairs, totals = work / "pairs.parquet", work / "totals.parquet"
    engine.write(between_states(tally, engine.tables([days]), engine.tables([meant])), pairs)
    engine.write(by_day(tally, engine.tables([days])), totals)
    journal.made = {}  # from here on the old tables are replaced, one after another
    journal.keep()
    views = {"pairs": files_of(pairs), "totals": files_of(totals)}
    make_folders(folder)
    for name, sql in TABLES.items():
        copy_out(sql, folder / f"{name}.parquet", views=views, memory=memory, spill=work)
    journal.made = {
        "hash": hash_of(folder),
        "engine": engine.name,
        "made_on": today().isoformat(),
        "files": len(journal.inputs),
        "unread": list(unread),
        "faults": {row["fault"]: row["events"] for row in _faults(parts, days).to_dicts()},
        "unknown_actors": dict(_unknown(files_of(whole), days, known).iter_rows()),
    }
    journal.keep()


def hash_of(folder: Path) -> str:
    """sha256 over the whole numbers of the tables by day, in order of their keys, as lines of text."""
    digest = hashlib.sha256()
    for name, columns in WHOLE.items():
        frame = pl.scan_parquet(folder / f"{name}.parquet").select(columns)
        digest.update(f"{name}\n{','.join(columns)}\n".encode())
        for batch in frame.collect_batches(maintain_order=True, chunk_size=200_000):
            digest.update(batch.write_csv(include_header=False).encode())
    return digest.hexdigest()


def _days(parts: list[Path]) -> pl.DataFrame:
    known = valid_days(_distinct(parts, "day"))
    return pl.DataFrame({"day": list(known), "date": list(known.values())}, schema=DAYS)


def _distinct(parts: list[Path], column: str) -> set[str]:
    found = pl.scan_parquet(parts).select(column).unique().drop_nulls().collect(engine="streaming")
    return set(found[column].to_list())


def _faults(parts: list[Path], days: Path) -> pl.DataFrame:
    """Lines by fault; days that do not exist or lie ahead among them."""
    known = pl.scan_parquet(days).select("day", there=True)
    told = pl.scan_parquet(parts).join(known, on="day", how="left")
    late = (pl.col("fault") == "") & pl.col("there").is_null()
    faults = told.with_columns(fault=pl.when(late).then(pl.lit("day")).otherwise("fault")).filter(pl.col("fault") != "")
    return faults.group_by("fault").agg(pl.col("events").sum()).sort("fault").collect(engine="streaming")


def _unknown(tally: list[Path], days: Path, known: pl.DataFrame) -> pl.DataFrame:
    """The thirty spellings met most on days on which they mean no state: spelling, times met as one of two actors."""
    sides = [
        pl.scan_parquet(tally).filter(pl.col("fault") == "").select("day", "events", actor=side)
        for side in ("first", "second")
    ]
    met = pl.concat(sides).drop_nulls().group_by("actor", "day").agg(pl.col("events").sum())
    dated = met.join(pl.scan_parquet(days), on="day")
    meant = dated.join(known.lazy(), on="actor").filter(
        pl.col("start") <= pl.col("date"), pl.col("date") < pl.col("end")
    )
    unmeant = dated.join(meant.select("actor", "day").unique(), on=["actor", "day"], how="anti")
    totals = unmeant.group_by("actor").agg(pl.col("events").sum())
    return totals.sort(["events", "actor"], descending=[True, False]).head(30).collect(engine="streaming")


def _nothing(work: Path) -> Path:
    file = work / "nothing.parquet"
    pl.DataFrame(schema=_EMPTY).write_parquet(file)
    return file
