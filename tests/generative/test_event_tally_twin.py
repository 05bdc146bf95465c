"""Tables of events against a slow reader: any mixture of good and bad cells, on DuckDB and on polars."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import event_lines
from comity.ingest.events.build import build
from comity.model import clock
from comity.store.engines.choose import Chosen

TODAY = date(2026, 11, 1)
DAYS = ("20150305", "20150306", "19850601", "20200231", "20261102", "20991231", "2015-03-05", "2015305", "", "x0150305")
CODES = ("VNM", "RUS", "USA", "DEU", "SVK", "MTN", "ROM", "EUR", "", "vnm", "SSD")
NUMBERS = (
    "2.8",
    "-10.0",
    "0",
    "0.05",
    "-0.05",
    "3.4",
    "",
    "x",
    "1e3",
    "-2.16049382716049",
    "1E-7",
    "5.",
    "+1",
    "12345",
    "NaN",
)
lines = st.builds(
    event_lines.gdelt,
    day=st.sampled_from(DAYS), a=st.sampled_from(CODES), b=st.sampled_from(CODES),
    quad=st.sampled_from(("1", "2", "3", "4", "4", "0", "5", "", "1.0")),
    goldstein=st.sampled_from(NUMBERS), articles=st.sampled_from(("1", "20", "", "-1", "2.0", "1234567890")),
    tone=st.one_of(st.sampled_from(NUMBERS), st.floats(-50, 50, allow_subnormal=False).map(lambda x: f"{x:.14f}")),
    root=st.sampled_from(("0", "1", "")),
)  # fmt: skip


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
@settings(max_examples=25, deadline=None, phases=set(Phase) - {Phase.explain})
@given(found=st.lists(lines, min_size=1, max_size=60))
def test_any_lines_are_counted_as_one_by_one(engine: str, found: list[str]) -> None:
    with TemporaryDirectory() as where, pytest.MonkeyPatch.context() as patch:
        patch.setenv(clock.VARIABLE, str(int(datetime(2026, 11, 1, tzinfo=UTC).timestamp())))
        first = event_lines.gdelt()  # by which the layout is known, whatever follows
        event_lines.write(Path(where) / "a.csv", first, *found)
        built = build([Path(where) / "a.csv"], Path(where) / "out", Chosen(engine), tell=lambda text: None)
        pairs, faults = event_lines.slowly([first, *found], TODAY)
        assert built.faults == dict(faults)
        table = pl.read_parquet(Path(where) / "out" / "dyad_day.parquet")
        assert {(row["date"], row["a"], row["b"]) for row in table.to_dicts()} == pairs.keys()
        named = {"verbal_cooperation": "quad1", "material_cooperation": "quad2", "verbal_conflict": "quad3"}
        for row in table.to_dicts():
            twin = pairs[row["date"], row["a"], row["b"]]
            for name in (
                "events", "roots", "goldstein_n", "goldstein_x10", "tone_n", "tone_x1e6", "mentions", "sources",
                "articles", *named,
            ):  # fmt: skip
                assert row[name] == twin[named.get(name, name)], (name, row, twin)
            mean = twin["goldstein_x10"] / 10 / twin["goldstein_n"] if twin["goldstein_n"] else None
            assert row["goldstein_mean"] == (pytest.approx(mean) if mean is not None else None)
