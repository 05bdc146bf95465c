"""comity audit on a text and comity contradictions, as typed: what they print, how they refuse."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from comity import errors
from small_store import comity

VIETNAMESE = "Việt Nam bỏ phiếu trắng về nghị quyết A/RES/ES-11/1 ngày 2 tháng 3 năm 2022.\n"
TEXT = "It was on the table. Viet Nam abstained on A/RES/ES-11/1. Cuba voted against A/RES/ES-11/1. Hanoi came.\n"
CLAIMS = """
documents: [{id: a, title: A text, date: '2020', kind: text}]
claims:
- {id: a-1, document: a, claim: The two have drifted apart., type: causal/opinion, states: [IND, USA],
   period: 1990-2010, test: {kind: opinion, why: a judgement}}
- {id: a-2, document: a, claim: Relations have been good., type: causal/opinion, states: [IND, USA],
   period: 2000-2020, test: {kind: opinion, why: a judgement}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "vietnamese.md").write_text(VIETNAMESE, encoding="utf-8")
    (tmp_path / "latin.html").write_bytes("<p>Türkei</p>".encode("latin-1"))
    (tmp_path / "own.yaml").write_text(CLAIMS, encoding="utf-8")
    return tmp_path


def test_a_text_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = comity(["audit", "text.txt", "--format", "json"], capsys)
    told = json.loads(ran.out)
    assert ran.code == 0
    assert [(c["id"], c["verdict"]) for c in told["claims"]] == [("text-1", "reproduced"), ("text-2", "contradicted")]
    for made in told["proposals"]:
        assert TEXT[made["start"] : made["end"]] == made["sentence"]


def test_a_contradicted_sentence_fails_where_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert comity(["audit", "text.txt", "--fail-on", "contradicted"], capsys).code == 3
    assert comity(["audit", "text.txt", "--claim", "text-1", "--fail-on", "contradicted"], capsys).code == 0


def test_contradictions_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = comity(["contradictions", "own.yaml", "--format", "json"], capsys)
    told = json.loads(ran.out)
    assert [(p["kind"], [c["id"] for c in p["claims"]]) for p in told["pairs"]] == [("judgement", ["a-1", "a-2"])]


@pytest.mark.parametrize(
    ("line", "error", "words"),
    [
        ("audit vietnamese.md", errors.BadFile, "Only texts in English are read"),
        ("audit latin.html", errors.DamagedFile, "not UTF-8"),
        ("audit none.txt", errors.DamagedFile, "cannot be read"),
        ("audit text.txt --document a", errors.UsageError, "one document"),
        ("audit text.txt --claim text-9", errors.UsageError, "text-1 to text-2"),
        ("contradictions none.yaml", errors.UsageError, "No such claim file"),
        ("contradictions text.txt", errors.BadValue, "documents and claims"),
    ],
)
def test_mistakes_are_one_line(
    line: str, error: type[errors.ComityError], words: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = comity(shlex.split(line), capsys)
    assert (ran.code, ran.out) == (error.exit_code, "")
    assert ran.err.count("\n") == 1
    assert words in ran.err
