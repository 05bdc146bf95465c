"""Every question on the command line in Vietnamese: no English sentence left, the same fields and figures."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from comity.model.language import language
from small_store import comity, fill

QUESTIONS = [
    "pair VNM RUS --issue hr --periods 1992-1999,2000-2020 --vs USA,CHN",
    "pair VNM RUS --clock day --periods 1992-01-01..1999-12-31",
    "pair VNM RUS --issue hr --periods 1992-1999,2000-2020 --measure all",
    "pair VNM RUS --issue hr --periods 1992-1999,2000-2020 --vs USA --intervals --seed 7",
    "trend VNM RUS --issue me+co",
    "splits VNM RUS --period 2000-2020",
    "rank VNM --period 2000-2020 --among asean",
    "vote A/RES/68/262 --group asean",
    "moved VNM RUS --periods 1992-1999,2000-2020",
    "cohesion asean --period 2000-2005",
    "blocs --period 2000-2005",
    "situations VNM RUS --period 1990-2020",
    "tiers VNM",
    "timeline VNM RUS",
]
# Words of English sentences that no title, source or ledger row of the made-up store and the package's names holds.
SENTENCES = r"\b(voted alike|roll calls?|recorded votes?|partners?|both cast|one abstained|last roll call|Answer of)\b"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(folder))
        fill()
    return folder


@pytest.fixture(autouse=True)
def use_store(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(store))


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_in_vietnamese_is_in_vietnamese(question: str, capsys: pytest.CaptureFixture[str]) -> None:
    ran = comity(["--lang", "vi", *shlex.split(question)], capsys)
    assert (ran.code, ran.err) == (0, "")
    text = " ".join(ran.out.split())
    plain = re.sub(r"Nguồn: .*?(?=\. )|“[^”]*”", "", text)
    if question.split()[0] not in ("tiers", "timeline"):
        assert not re.search(SENTENCES, plain), re.search(f".{{60}}{SENTENCES}.{{60}}", plain)
    assert len(re.findall("bản dịch nháp", text, re.IGNORECASE)) == 1
    assert language() == "en"


def shape(held: Any) -> Any:
    """What stays the same in every language: keys, numbers, and where there are words."""
    if isinstance(held, dict):
        return {key: shape(value) for key, value in held.items()}
    if isinstance(held, list):
        return [shape(value) for value in held]
    return "words" if isinstance(held, str) else held


@pytest.mark.parametrize("question", [q for q in QUESTIONS if not q.startswith(("vote", "cohesion", "situations"))])
def test_fields_and_figures_are_those_of_the_english_answer(question: str, capsys: pytest.CaptureFixture[str]) -> None:
    """But for lists that are in the order of names."""
    told = [comity([*lang, *shlex.split(question), "--format", "json"], capsys) for lang in ([], ["--lang", "vi"])]
    english, vietnamese = (json.loads(ran.out) for ran in told)
    assert shape(english) == shape(vietnamese)


def test_the_environment_sets_the_language_and_the_option_overrules_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMITY_LANG", "vi")
    assert "bỏ phiếu giống nhau" in " ".join(comity(["pair", "VNM", "Nga"], capsys).out.split())
    english = " ".join(comity(["--lang", "en", "pair", "VNM", "RUS"], capsys).out.split())
    assert "voted alike" in english
    assert "nháp" not in english


def test_an_unknown_language_is_a_mistake_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    ran = comity(["--lang", "fr", "pair", "VNM", "RUS"], capsys)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert "'fr'" in ran.err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("pair Atlantis RUS", "Quốc gia không được biết đến"),
        ("pair VNM 'Việt Nam'", "Một cặp cần hai quốc gia khác nhau"),
        ("pair VNM RUS --issue peace", "Chủ đề không được biết đến"),
        ("pair TLS RUS --periods 1990-1995", "Timor-Leste (TLS) không có ghế tại Đại hội đồng trong 1990-1995"),
        ("vote A/RES/1/1", "Không bản phát hành nào trong kho"),
        ("trade VNM CHN", "Kho không có bảng nào về thương mại"),
    ],
)
def test_the_commonest_mistakes_are_told_in_vietnamese(
    command: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = comity(["--lang", "vi", *shlex.split(command)], capsys)
    assert ran.code > 0
    assert ran.out == ""
    assert said in ran.err
