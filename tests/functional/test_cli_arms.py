"""comity arms on the command line: formats, mistakes told in one line, files refused whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arms_files import keep_arms, old_row, register, tiv_table
from comity.study.arms_tables import world_register
from small_store import comity


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))
    keep_arms(tmp_path)
    return tmp_path


@pytest.mark.parametrize("question", ["VNM", "--supplier RUS", "VNM --supplier RUS --ussr apart --stock-since 2000"])
def test_every_format(question: str, capsys: pytest.CaptureFixture[str]) -> None:
    for format in ("text", "json", "csv", "md", "html"):
        ran = comity(["arms", *question.split(), "--period", "2005-2024", "--format", format], capsys)
        assert (ran.code, ran.err) == (0, "")
        assert "2005" in ran.out
    told = json.loads(comity(["arms", *question.split(), "--format", "json"], capsys).out)
    assert told["unit"] == "TIV, millions" and told["period"].endswith("-2023")
    assert told["soviet_union"] == ("apart" if "apart" in question else "joined")


@pytest.mark.parametrize(
    ("question", "code", "said"),
    [
        ("", 2, "No state given"),
        ("VNM --supplier VNM", 13, "the same state"),
        ("VNM --period 2030-2031", 14, "holds no delivery of those years"),
        ("VNM --period 2014-2001", 14, "reversed"),
        ("VNM --by month", 2, "month"),
        ("Atlantis", 10, "Atlantis"),
        ("FJI", 21, "holds no row with that recipient"),
        ("VNM --register none", 24, "none"),
        ("VNM --stock-since 1900", 2, "outside the data"),
    ],
)
def test_a_mistake_is_one_line(question: str, code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    ran = comity(["arms", *question.split()], capsys)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err and ran.err.count("\n") == 1 and ran.err.startswith("comity: ")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ((",5,5\n", ",-5,-5\n"), "a negative value"),
        ((",5,5\n", ",US$ 5,US$ 5\n"), "money where an index is expected"),
        (("Viet Nam,Russia", "Viet Nam,2000,Russia"), "17 cells where the header has 16"),
    ],
)
def test_a_bad_file_is_refused_whole(
    change: tuple[str, str], said: str, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = store / "bad.csv"
    bad.write_text(register([old_row("Viet Nam", "Russia", "2020", 5)]).replace(*change), encoding="utf-8")
    ran = comity(["data", "add", str(bad)], capsys)
    assert ran.code in (32, 33) and said in ran.err and ran.err.count("\n") == 1
    held = json.loads(comity(["arms", "VNM", "--format", "json"], capsys).out)["sources"]
    assert held[0]["label"] == "sipri-register-2024-03-18"


def test_a_table_alone_is_no_register(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert comity(["data", "remove", "sipri-register-2024-03-18"], capsys).code == 0
    table = store / "table.csv"
    table.write_text(tiv_table({"Viet Nam": [5]}, [2011]), encoding="utf-8")
    assert comity(["data", "add", str(table)], capsys).code == 0
    ran = comity(["arms", "VNM"], capsys)
    assert ran.code == 24 and "comity data add" in ran.err


def test_a_register_of_one_recipient_does_not_speak_for_the_world(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lone = store / "lone.csv"
    rows = [old_row("Ukraine", "Poland", "2024", 5)]
    lone.write_text(register(rows, recipients="Ukraine", made="1 Apr 2025 7:10:21 PM"), encoding="utf-8")
    assert comity(["data", "add", str(lone)], capsys).code == 0
    assert world_register().label == "sipri-register-2024-03-18"
    assert comity(["arms", "VNM"], capsys).code == 0
    assert comity(["arms", "UKR"], capsys).code == 0


def test_a_figure_needs_a_delivery(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = comity(["figure", "arms", "India", "--period", "1990-1995", "-o", str(store / "x.svg")], capsys)
    assert ran.code == 20 and ran.err.count("\n") == 1 and not (store / "x.svg").exists()
