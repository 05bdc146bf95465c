"""Event files to tables of counts by day and pair: rows and bytes a second, memory, and how they grow.

python benchmarks/events.py [--json] [--rows 50000000] [--spark-rows 5000000] [--engines duckdb,polars,spark]

The files are made up (tools/make_events.py), GDELT 2.0 in layout, a million rows each, not packed; the counts that
were planted in them must come out, and every engine must give the same hash. Beside each run stands the time in which
``wc -l`` counts the lines of the same bytes, just before: nothing that reads every line can take less. The bytes may
lie in the system's memory; both sides find them alike. Every point is a process of its own, so its peak memory is its
own; that of Spark is Java's, which takes what it is given. "bounded" is DuckDB with a tenth of the data's size in all,
kept by the kernel (a cgroup, where the system lets us make one), Python included.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

from suite.clock import apart, peak_mb, seconds
from suite.result import Point, Result, Said, Setting, Skip, Skipped, Spread, Target
from suite.script import script

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
import make_events

LONG = "three quarters of an hour and 20 GB of disk at 50 million rows"
FILE = 1_000_000
MEMORY = "2GB"
GROUPS = Path("/sys/fs/cgroup/memory")


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rows", type=int, default=50_000_000, help="of the largest point")
    parser.add_argument("--spark-rows", type=int, default=5_000_000, help="of Spark's largest point")
    parser.add_argument("--engines", default="duckdb,polars,spark")


def measure(given: argparse.Namespace) -> Iterator[Said]:
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        size = 1.1 * 370 * given.rows
        if shutil.disk_usage(where).free < size:
            raise Skip(f"needs {size / 1e9:.0f} GB of disk")
        files = max(1, given.rows // FILE)
        make_events.write(given.rows, where / "in", files=files)
        truth = where / "in" / "truth.parquet"
        yield Setting(
            {"rows": given.rows, "Spark's rows": given.spark_rows, "memory of the engine": MEMORY, "columns": 61}
        )
        hashes: dict[int, set[str]] = {}
        for engine in given.engines.split(","):
            most = given.spark_rows if engine == "spark" else given.rows
            taken = sorted({max(1, files * share // 50) for share in _shares(most, given.rows)})
            yield from _engine(engine, where, taken, truth, files, hashes)
        yield from _bounded(where, files)


def _shares(most: int, rows: int) -> list[int]:
    """Fiftieths of all rows: 1, 5, 25 and 50 of 50 million."""
    return [share for share in (1, 5, 25, 50) if share * rows <= 50 * most]


def _engine(
    engine: str, where: Path, taken: list[int], truth: Path, files: int, hashes: dict[int, set[str]]
) -> Iterator[Said]:
    points = []
    for n in taken:
        made = _build(where, engine, n, MEMORY)
        if "skipped" in made:
            yield Skipped(engine, made["skipped"])
            return
        hashes.setdefault(n, set()).add(made["hash"])
        points.append((n, made))
    n, last = points[-1]
    rows, size = n * FILE, last["bytes"]
    own, floor = (Spread(last[k], last[k], last[k], 1) for k in ("seconds", "floor"))
    yield Result(
        engine,
        f"{rows / 1e6:.0f} million rows to tables, {engine}",
        own=own,
        other=floor,
        beside="wc -l",
        targets=(Target("same hash as the other engines", least=1), Target("planted counts found", least=1)),
        figures={
            "rows a second": rows / last["seconds"],
            "MB a second": size / last["seconds"] / 1e6,
            "MB a second of wc -l": size / last["floor"] / 1e6,
            "peak MB": last["peak_mb"],
            "same hash as the other engines": all(len(found) == 1 for found in hashes.values()),
            "planted counts found": _as_planted(Path(last["folder"]), truth) if n == files else True,
        },
        growth=tuple(Point(k * FILE, made["seconds"], made["peak_mb"]) for k, made in points),
        by="rows",
    )


def _bounded(where: Path, files: int) -> Iterator[Said]:
    """DuckDB with a tenth of the bytes as memory, engine, Python and all."""
    n = max(1, files // 2)
    size = sum(file.stat().st_size for file in _files(where, n))
    most = size // 10
    if most < 300_000_000:
        yield Skipped("bounded", "a tenth of so few rows is less than Python itself takes")
        return
    made = _build(where, "duckdb", n, f"{most * 4 // 10 // 1_000_000}MB", limit=most)
    if "skipped" in made:
        yield Skipped("bounded", made["skipped"])
        return
    figures = {
        "data MB": size / 1e6,
        "memory MB": most / 1e6,
        "peak MB": made["peak_mb"],
        "held by the kernel": made["held"],
    }
    times = Spread(made["seconds"], made["seconds"], made["seconds"], 1)
    what = f"{n} million rows, DuckDB with a tenth of their bytes as memory"
    yield Result("bounded", what, own=times, targets=(Target("peak MB", most=most / 1e6),), figures=figures)


def _build(where: Path, engine: str, n: int, memory: str, limit: int = 0) -> dict[str, Any]:
    out = where / "out"
    shutil.rmtree(out, ignore_errors=True)
    return apart("--point", "build=" + json.dumps([str(where), engine, n, memory, limit]))


def build(told: str) -> dict[str, Any]:
    """One build of the first files, and the floor just before it."""
    from comity.errors import MissingExtra
    from comity.ingest.events.build import build as make
    from comity.store.engines.choose import Chosen

    where, engine, n, memory, limit = json.loads(told)
    files = _files(Path(where), n)
    floor = seconds(lambda: subprocess.run(["wc", "-l", *map(str, files)], stdout=subprocess.DEVNULL, check=True))
    out = Path(where) / "out"
    made: list[Any] = []
    with _held(limit) as held:
        try:
            taken = seconds(lambda: made.append(make(files, out, Chosen(engine, memory), tell=str)))
        except MissingExtra as err:
            return {"skipped": str(err)}
        peak = _java_peak() if engine == "spark" else peak_mb()
    size = sum(file.stat().st_size for file in files)
    return {
        "seconds": taken, "floor": floor, "peak_mb": peak, "bytes": size, "hash": made[0].journal.hash,
        "folder": str(out), "held": held,
    }  # fmt: skip


@contextmanager
def _held(limit: int) -> Iterator[bool]:
    """This process within so many bytes, by the kernel; False where the system does not let us."""
    group = GROUPS / f"comity-{os.getpid()}"
    try:
        if limit:
            group.mkdir()
            (group / "memory.limit_in_bytes").write_text(str(limit))
            (group / "cgroup.procs").write_text(str(os.getpid()))
    except OSError:
        yield False
        return
    try:
        yield bool(limit)
    finally:
        if limit:
            (GROUPS / "cgroup.procs").write_text(str(os.getpid()))
            group.rmdir()


def _java_peak() -> float:
    """The most memory of the Java that this process started."""
    kib = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        if lines.get("Name", "").strip() == "java" and "VmHWM" in lines:
            kib = max(kib, int(lines["VmHWM"].split()[0]))
    return kib * 1024 / 1e6


def _files(where: Path, n: int) -> list[Path]:
    return sorted((where / "in").glob("*.CSV"))[:n]


def _as_planted(folder: Path, truth: Path) -> bool:
    names = {f"quad_{k}": name for k, name in enumerate(
        ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"), 1
    )} | {"root": "roots"}  # fmt: skip
    planted = pl.read_parquet(truth).rename(names).cast({"date": pl.Int32}).sort("date", "a", "b")
    found = pl.read_parquet(folder / "dyad_day.parquet", columns=planted.columns).sort("date", "a", "b")
    return found.select(planted.columns).equals(planted)


if __name__ == "__main__":
    script(__doc__, measure, options, {"build": build})
