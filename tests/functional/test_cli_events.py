"""comity events build, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from event_lines import gdelt, write
from small_store import comity


def test_a_build_tells_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "in" / "a.csv", gdelt(), gdelt(quad="9"), "cut")
    write(tmp_path / "in" / "b.csv", "of another kind")
    said = comity(["events", "build", str(tmp_path / "in"), "-o", str(tmp_path / "out")], capsys)
    assert said.code == 0
    assert "1 file read now" in said.out
    assert "not counted: 2 lines (1 of another number of columns, 1 of no class)" in said.out
    assert "not read: b.csv" in said.out
    assert "3 lines so far" in said.err
    again = ["events", "build", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--format", "json"]
    told = json.loads(comity(again, capsys).out)
    assert (told["files_known"], told["lines"], told["not_counted"]) == (1, 3, 2)
    assert len(told["hash"]) == 64


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["other.txt"], 30, "None of the files could be read"),
        (["nowhere.csv"], 2, "No such file or folder"),
        ([".", "--engine", "hadoop"], 2, "duckdb, polars, spark"),
        ([".", "--memory", "lots"], 2, "for instance 500MB, 4GB"),
    ],
)
def test_mistakes_are_told_in_one_line(
    arguments: list[str], status: int, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a.csv", gdelt())
    write(tmp_path / "other.txt", "of another kind")
    said = comity(["events", "build", *arguments, "-o", str(tmp_path / "out")], capsys)
    assert said.code == status
    assert says in said.err
    assert "Traceback" not in said.err


def test_spark_that_is_not_there_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(write(tmp_path / "a.csv", gdelt()))
    spark = ["events", "build", file, "-o", str(tmp_path / "out"), "--engine", "spark"]
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "no-java"))
    said = comity(spark, capsys)
    assert (said.code, "Java 17" in said.err) == (60, True)
    monkeypatch.setitem(__import__("sys").modules, "pyspark", None)
    said = comity(spark, capsys)
    assert (said.code, "extra 'spark'" in said.err) == (60, True)
