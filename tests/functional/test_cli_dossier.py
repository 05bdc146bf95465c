"""The dossier's files: print and page, asked for by their formats, or one line on what is missing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from small_store import comity, contents, fill

BRIEF = ["dossier", "VNM", "RUS", "--periods", "1992-1999,2000-2020", "-o", "made"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(home))
        fill()
    return home


@pytest.fixture
def here(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(store))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_page_and_print_are_written_and_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = comity([*BRIEF, "--format", "html,PDF"], capsys)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[1:] == ["made/dossier.html", "made/dossier.pdf"]
    assert set(contents(here)) == {"made/dossier.html", "made/dossier.pdf"}
    assert (here / "made/dossier.pdf").read_bytes().startswith(b"%PDF-1.7")
    lively = (here / "made/dossier.html").read_text(encoding="utf-8")
    assert '<script type="application/json">' in lively
    assert comity([*BRIEF, "--format", "html", "--static"], capsys).code == 0
    still = (here / "made/dossier.html").read_text(encoding="utf-8")
    assert "<script" not in still
    assert len(lively) - len(still) > 800_000


def test_the_print_of_a_set_date_is_the_same_bytes(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    made = []
    for folder in ("one", "two"):
        assert comity([*BRIEF[:-1], folder, "--format", "pdf"], capsys).code == 0
        made.append((here / folder / "dossier.pdf").read_bytes())
    assert made[0] == made[1]
    assert b"2026-09-2" in made[0]


def test_print_without_its_extra_is_told_before_any_work(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    ran = comity([*BRIEF, "--format", "html,pdf"], capsys)
    assert (ran.code, ran.out) == (60, "")
    assert ran.err.count("\n") == 1
    assert "uv sync --extra report" in ran.err
    assert contents(here) == {}
    assert comity([*BRIEF, "--format", "md"], capsys).code == 0


def test_a_folder_that_cannot_be_made_is_told_and_nothing_is_left(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "made").write_text("a file of the same name")
    ran = comity([*BRIEF, "--format", "pdf"], capsys)
    assert ran.code == 41
    assert ran.err.count("\n") == 1
    assert set(contents(here)) == {"made"}
