"""comity compare on the command line: every format, files written whole, mistakes told in one line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import polars as pl
import pytest

import small_store
from small_store import SCORES_CSV, comity


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(folder))
        small_store.fill()
    return folder


@pytest.fixture(autouse=True)
def here(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(filled))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scores.csv").write_text(SCORES_CSV, encoding="utf-8")
    return tmp_path


def test_the_text_names_layout_rows_and_what_is_equal(capsys: pytest.CaptureFixture[str]) -> None:
    ran = comity(["compare", "scores.csv"], capsys)
    text = " ".join(ran.out.split())
    assert (ran.code, ran.err) == (0, "")
    for part in (
        "scores.csv beside voeten-2024-wide",
        "agree, read as voeten by session",
        "of 2 rows within the file’s rounding (2 decimals)",
        "3 rows read, 1 left out",
        "Voeten’s agreement scores",
        "the same dyad and period again",
    ):
        assert part in text
    assert comity(["compare", "scores.csv", "--format", "table"], capsys).out == ran.out


def test_every_format_tells_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(comity(["compare", "scores.csv", "-f", "json"], capsys).out)
    rows = pl.read_csv(io.StringIO(comity(["compare", "scores.csv", "-f", "csv"], capsys).out))
    (column,) = told["columns"]
    assert (told["layout"], told["rows"], told["rows_left_out"]) == ("agreement_scores", 3, {"repeated": 1})
    assert (column["column"], column["compared"]) == ("agree", rows["equal"].is_not_null().sum())
    assert column["equal"] == rows["equal"].sum()
    assert column["mean_gap"] == pytest.approx(rows["gap"].mean())
    for page in ("md", "html"):
        assert "scores.csv beside" in comity(["compare", "scores.csv", "-f", page], capsys).out


@pytest.mark.parametrize("name", ["rows.csv", "rows.parquet"])
def test_rows_are_written_and_json_stays_json(name: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = comity(["compare", "scores.csv", "-o", name, "-f", "json"], capsys)
    json.loads(ran.out)
    assert name in ran.err
    read = pl.read_csv if name.endswith("csv") else pl.read_parquet
    rows = read(here / name)
    assert rows.select("a", "b", "period").rows() == [("RUS", "USA", 69), ("USA", "VNM", 69)]
    assert rows["published"].to_list() == [0.25, 0.5]
    ran = comity(["compare", "scores.csv", "-o", name], capsys)
    assert (ran.err, name in ran.out) == ("", True)


MISTAKES = {
    "no such file": (["nothing.csv"], 30, "No such file"),
    "starter": (["scores.csv", "--release", "starter"], 23, "single roll calls"),
    "measure without a column": (["scores.csv", "--measure", "voeten"], 2, "joined by ="),
    "unknown measure": (["scores.csv", "--measure", "agree=lijphart"], 2, "Did you mean ia?"),
    "by day": (["scores.csv", "--clock", "day"], 14, "by year or session"),
    "ending": (["scores.csv", "-o", "rows.xlsx"], 2, "FILE.csv, FILE.parquet"),
    "unknown partner": (["scores.csv", "--with", "Narnia"], 10, "Narnia"),
    "scheme": (["scores.csv", "--scheme", "fips"], 2, "Allowed: any"),
    "unknown states": (["scores.csv", "--scheme", "iso3"], 10, "--skip-unknown"),
    "nothing left": (["scores.csv", "--scheme", "iso3", "--skip-unknown"], 21, "state not known: 3"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_line_and_nothing_is_written(
    name: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words, code, part = MISTAKES[name]
    ran = comity(["compare", *words], capsys)
    assert (ran.code, ran.out) == (code, "")
    assert part in ran.err
    assert ran.err.count("\n") == 1
    assert [path.name for path in here.iterdir()] == ["scores.csv"]
