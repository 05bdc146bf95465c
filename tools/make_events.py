"""Files of made-up events with known counts: python tools/make_events.py ROWS FOLDER [--files N] [--zip] [--width 61].

Writes GDELT files of any size and truth.parquet: the counts by day and pair that a reading must give, added up from the
numbers before they became text. States, days and classes are drawn unevenly, as in the world: a few pairs have most of
the events, later days more than earlier ones. Nothing in them happened.
"""

from __future__ import annotations

import argparse
import zipfile
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

STATES = (
    "USA", "RUS", "CHN", "GBR", "FRA", "ISR", "IRN", "IRQ", "UKR", "SYR", "IND", "PAK", "TUR", "DEU", "JPN",
    "KOR", "PRK", "SAU", "EGY", "AUS", "CAN", "MEX", "BRA", "ZAF", "NGA", "VNM", "PHL", "IDN", "MYS", "THA",
    "SGP", "MMR", "KHM", "LAO", "BRN", "ITA", "ESP", "POL", "NLD", "BEL", "SWE", "NOR", "FIN", "DNK", "GRC",
    "CUB", "VEN", "ARG", "CHL", "COL",
)  # fmt: skip
NOBODY = "EUR"
"""An actor that is no state."""
FIRST_DAY, DAYS = date(2013, 4, 1), 4_000
CHUNK = 500_000
KEYS = ("date", "a", "b")
_PLACE = ("Hanoi, Ha Noi, Vietnam", "VM", "VM44", "21.0333", "105.85", "-3714993", "", "4")


def numbers(rows: int, random: np.random.Generator) -> pl.DataFrame:
    """Events as whole numbers: day, sides (the last two stand for nobody and no actor), class, values."""
    n = len(STATES)
    weight = 1 / np.arange(1, n + 3)
    sides = random.choice(n + 2, size=(2, rows), p=weight / weight.sum()).astype(np.uint8)
    day = (DAYS * np.sqrt(random.random(rows))).astype(np.int32)
    dates = np.array([int(f"{FIRST_DAY + timedelta(k):%Y%m%d}") for k in range(DAYS)], np.int32)
    quad = random.choice(4, size=rows, p=(0.6, 0.1, 0.16, 0.14)).astype(np.int8) + 1
    return pl.DataFrame(
        {
            "date": dates[day],
            "first": sides[0],
            "second": sides[1],
            "quad": quad,
            "goldstein_x10": random.integers(-100, 101, rows),
            "tone_x1e6": random.integers(-20_000_000, 20_000_001, rows),
            "root": random.integers(0, 2, rows),
            "articles": random.geometric(0.2, rows).astype(np.int64),
        }
    )


def counted(events: pl.DataFrame) -> pl.DataFrame:
    """What a reading must give: counts between two states by day."""
    n = len(STATES)
    apart = events.filter((pl.col("first") < n) & (pl.col("second") < n) & (pl.col("first") != pl.col("second")))
    by = [pl.col("date"), pl.col("first").alias("a"), pl.col("second").alias("b")]
    return apart.group_by(by).agg(
        pl.len().cast(pl.Int64).alias("events"),
        *((pl.col("quad") == k).sum().cast(pl.Int64).alias(f"quad_{k}") for k in range(1, 5)),
        pl.col("goldstein_x10", "tone_x1e6", "articles", "root").sum().cast(pl.Int64),
    )


def as_text(events: pl.DataFrame, first_id: int, width: int) -> pl.DataFrame:
    """The same as the cells of a GDELT file, all 57, 58 or 61 of them."""
    codes = pl.DataFrame(
        {"k": range(len(STATES) + 2), "code": [*STATES, NOBODY, ""]}, schema={"k": pl.UInt8, "code": pl.String}
    )
    a, b = (
        events.select(k=side).join(codes, on="k", how="left", maintain_order="left")["code"]
        for side in ("first", "second")
    )
    day = events["date"].cast(pl.String)
    cells: dict[int, pl.Series | str] = {
        0: pl.Series(range(first_id, first_id + len(events))),
        1: day, 2: day.str.head(6), 3: day.str.head(4), 4: "2015.5", 5: a, 6: a, 7: a, 15: b, 16: b, 17: b,
        25: events["root"], 26: "043", 27: "043", 28: "04", 29: events["quad"],
        30: _decimal(events["goldstein_x10"], 1), 31: events["articles"], 32: "1", 33: events["articles"],
        34: _decimal(events["tone_x1e6"], 6),
        **{36 + k: cell for start in (0, 8, 16) for k, cell in enumerate(_PLACE, start) if 36 + k < width - 1},
        width - 1: "https://example.org/news/2015/06/an-address-of-a-usual-length-for-a-page.html",
    }  # fmt: skip
    blank = pl.Series([""]).new_from_index(0, len(events))
    made = {}
    for place in range(width):
        cell = cells.get(place, blank)
        made[f"c{place}"] = pl.Series([cell]).new_from_index(0, len(events)) if isinstance(cell, str) else cell
    return pl.DataFrame(made)


def _decimal(whole: pl.Series, digits: int) -> pl.Series:
    """Whole numbers as text with the point ``digits`` from the right: -25, 1 digit: "-2.5"."""
    size, scale = pl.col("x").abs(), 10**digits
    sign = pl.when(pl.col("x") < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    rest = (size % scale).cast(pl.String).str.zfill(digits)
    return pl.DataFrame({"x": whole}).select(pl.format("{}{}.{}", sign, size // scale, rest)).to_series()


def write(rows: int, folder: Path, *, files: int = 1, packed: bool = False, width: int = 61, seed: int = 1) -> Path:
    """Write the files and the truth; the path of the truth. The same arguments write the same files."""
    folder.mkdir(parents=True, exist_ok=True)
    truth, done = [], 0
    for k in range(files):
        name = folder / f"{k:05}.export.CSV"
        mine = rows * (k + 1) // files - rows * k // files
        with name.open("wb") as out:
            for start in range(0, mine, CHUNK):
                size = min(CHUNK, mine - start)
                events = numbers(size, np.random.default_rng([seed, done]))
                truth.append(counted(events))
                text = as_text(events, done, width)
                text.write_csv(out, separator="\t", include_header=False, quote_style="never")
                done += size
        if packed:
            with zipfile.ZipFile(
                name.with_name(f"{name.name}.zip"), "w", zipfile.ZIP_DEFLATED, compresslevel=1
            ) as archive:
                archive.write(name, name.name)
            name.unlink()
        if len(truth) > 20:
            truth = [_added(truth)]
    named = _added(truth).with_columns(pl.col("a", "b").cast(pl.Int32).replace_strict(dict(enumerate(STATES))))
    file = folder / "truth.parquet"
    named.sort(KEYS).write_parquet(file)
    return file


def _added(parts: list[pl.DataFrame]) -> pl.DataFrame:
    sums = [name for name in parts[0].columns if name not in KEYS]
    return pl.concat(parts).group_by(KEYS).agg(pl.col(sums).sum())


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("rows", type=int)
    options.add_argument("folder", type=Path)
    options.add_argument("--files", type=int, default=1)
    options.add_argument("--zip", action="store_true")
    options.add_argument("--width", type=int, default=61, choices=(57, 58, 61))
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    write(chosen.rows, chosen.folder, files=chosen.files, packed=chosen.zip, width=chosen.width, seed=chosen.seed)
