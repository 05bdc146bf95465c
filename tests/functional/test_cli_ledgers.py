"""The ledgers' commands as a user types them: what they write, and how they refuse."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from small_store import VISITS_YAML, comity


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


MISTAKES = {
    "timeline": 2,
    "timeline VNM --period 2020-2010": 14,
    "timeline VNM --period whenever": 14,
    "timeline VNM --kinds treaty": 2,
    "timeline FJI TUV": 21,
    "timeline Nowhere": 10,
    "tiers VNM --on 2024-02-30": 14,
    "tiers VNM --on 2999-01-01": 14,
    "tiers VNM --on 2024-01-01 --group nobody": 15,
    "tiers TUV": 21,
    "visits VNM VNM": 13,
    "visits VNM RUS --rule royal": 2,
    "visits VNM RUS --person Nobody": 21,
    "access TUV": 21,
    "positions nothing": 15,
    "perceptions TUV": 21,
    "statements TUV FJI": 21,
    "arguments TUV": 21,
    "predictions TUV": 21,
    "between 1978-13 1979": 2,
    "between 1978 1979 --said soon": 2,
    "between treaties/none 1979": 2,
    "ledger show treaty": 2,
    "ledger show treaties --id none": 2,
    "ledger schema treaty": 2,
    "ledger check absent": 2,
    "ledger add visits absent.yaml": 2,
    "ledger add visits broken.yaml": 33,
    "figure timeline VNM RUS -o x.doc": 2,
}


@pytest.mark.parametrize("line", MISTAKES)
def test_a_mistake_is_one_line_and_its_code(line: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "broken.yaml").write_text("- id: x\n", encoding="utf-8")
    ran = comity(shlex.split(line), capsys)
    assert (ran.code, ran.out) == (MISTAKES[line], "")
    assert ran.err.startswith("comity: ") and ran.err.count("\n") == 1
    assert [p.name for p in here.iterdir()] == ["broken.yaml"]


def test_a_row_is_added_shown_and_refused_a_second_time(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "visits.yaml").write_text(VISITS_YAML, encoding="utf-8")
    added = comity(["ledger", "add", "visits", "visits.yaml"], capsys)
    assert added.code == 0 and "an-own-visit" in added.out
    shown = comity(["ledger", "show", "visits", "--id", "an-own-visit"], capsys)
    assert "A ministry, A note, 2019" in shown.out and "unchecked" in shown.out
    assert "Comity’s ledger with rows of your own folder" in " ".join(shown.out.split())
    again = comity(["ledger", "add", "visits", "visits.yaml"], capsys)
    assert (again.code, again.out) == (2, "") and "--replace" in again.err
    replaced = comity(["ledger", "add", "visits", "visits.yaml", "--replace"], capsys)
    assert replaced.code == 0 and replaced.out.startswith("replaced in")
    assert comity(["ledger", "check"], capsys).code == 0


def test_every_problem_of_a_folder_is_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = VISITS_YAML.replace("2019-05", "2019-13")
    alone = VISITS_YAML.replace("an-own-visit", "another").replace("host: RUS", "host: CHN")
    (here / "visits.yaml").write_text(wrong + alone, encoding="utf-8")
    (here / "notes.yaml").write_text("[]", encoding="utf-8")
    ran = comity(["ledger", "check", "."], capsys)
    assert ran.code == 33 and ran.err.startswith("comity: Problems found in the ledgers: 3")
    told = ran.out.splitlines()
    assert [line.split(":")[0] for line in told] == [
        "notes.yaml, the file", "visits.yaml, row 1 (an-own-visit)", "visits.yaml, row 2 (another)",
    ]  # fmt: skip
    ran = comity(["ledger", "check", ".", "--format", "json"], capsys)
    assert ran.code == 33
    assert [p["row"] for p in json.loads(ran.out)["problems"]] == [0, 1, 2]
