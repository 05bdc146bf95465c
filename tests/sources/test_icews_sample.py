"""A real sample of ICEWS, written in the layout in which it is handed out, against counting by other means."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from comity.ingest.events.build import build
from comity.store.engines.choose import Chosen

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country",
)  # fmt: skip
NO_STATES = {"Occupied Palestinian Territory", "Hong Kong", "Puerto Rico", "Congo"}
"""Congo means two states today."""


def test_the_sample(shared_data: Path, tmp_path: Path) -> None:
    pyreadr = pytest.importorskip("pyreadr", reason="needs the extra r")
    sample = pyreadr.read_r(str(shared_data / "events" / "icews_sample.rda"), output_format="polars")["icews_sample"]
    table = sample.select(
        pl.col(name.lower().replace(" ", "_")).cast(pl.String).fill_null("").alias(name) for name in COLUMNS
    )
    table.write_csv(tmp_path / "events.2018.tab", separator="\t", quote_style="never")
    made = build([tmp_path], tmp_path / "out", Chosen(), tell=str)
    assert made.journal.layout == "icews"
    assert (made.to_dict()["lines"], made.faults) == (len(sample), {})
    assert set(made.journal.made["unknown_actors"]) == NO_STATES  # type: ignore[call-overload]
    a, b = pl.col("source_country"), pl.col("target_country")
    between = sample.drop_nulls(["source_country", "target_country"]).filter(
        a != b, ~a.is_in(NO_STATES), ~b.is_in(NO_STATES)
    )
    found = pl.read_parquet(tmp_path / "out" / "dyad_day.parquet")
    assert found["events"].sum() == len(between)
    assert found["goldstein_x10"].sum() == round(10 * between["intensity"].sum())
    pair = between.filter(a == "North Korea", b == "United States")
    assert found.filter(pl.col("a") == "PRK", pl.col("b") == "USA")["events"].sum() == len(pair) > 100
    assert found["material_conflict"].sum() == between["cameo_code"].str.head(2).cast(pl.Int64).is_between(14, 20).sum()
