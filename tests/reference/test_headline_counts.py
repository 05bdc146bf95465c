"""The counts and ranks that the project promises for Viet Nam and Russia, from the real release and from the starter.

The numbers were counted from the wide matrix of 2024 by others, before this code existed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import comity
from comity.study.answers.pair import PairAnswer

PERIODS = "1992-1999,2000-2020"
CLASSES = ("roll_calls", "same", "ambivalent", "opposite", "absent", "coded_nonmember")
COUNTS = {
    ("VNM", "RUS", "1992-1999"): (124, 40, 52, 19, 13, 0),
    ("VNM", "RUS", "2000-2020"): (460, 345, 100, 2, 13, 4),
    ("VNM", "USA", "2000-2020"): (460, 19, 59, 368, 14, 4),
}


@pytest.fixture(scope="module")
def real_store(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of its own that holds the wide matrix."""
    folder = tmp_path_factory.mktemp("store")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(folder))
        added = comity.add(shared_data / "unga" / "votes_wide_1946_2024.csv")
        assert added.manifest.release == "voeten-2024-wide"
    return folder


@pytest.fixture
def empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "none"))
    return tmp_path / "none"


def assert_promised(answer: PairAnswer) -> None:
    found = {
        (row.a, row.b, cell.period.label): tuple(getattr(cell.counts, name) for name in CLASSES)
        for row in answer.rows
        for cell in row.cells
    }
    assert {key: found[key] for key in COUNTS} == COUNTS


def assert_ranks(answer: PairAnswer) -> None:
    late = {(s.state, s.partner): s for s in answer.standings if s.period.label == "2000-2020"}
    of_viet_nam, of_russia = late["VNM", "RUS"], late["RUS", "VNM"]
    assert (of_viet_nam.rank, of_viet_nam.among) == (101, 187)
    assert (of_russia.rank, of_russia.among) == (15, 188)
    assert (of_viet_nam.share.k, of_viet_nam.share.n) == (345, 447)
    assert f"{of_viet_nam.share.value:.3f} {of_viet_nam.median:.3f}" == "0.772 0.787"
    for words in ("345 of 460", "75.0 %", "77.2 % of the 447", "101st of 187", "78.7 %", "15th of 188"):
        assert words in answer.headline


def test_the_starter_in_the_package(empty_store: Path) -> None:
    answer = comity.pair("VNM", "RUS", issue="hr", periods=PERIODS, vs="USA,CHN")
    assert answer.header.origin.aggregates
    assert_promised(answer)
    assert_ranks(answer)
    assert not empty_store.exists()


def test_the_real_release(real_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(real_store))
    answer = comity.pair("Viet Nam", "Russian Federation", issue="hr", periods=PERIODS, vs=["USA", "CHN"])
    assert not answer.header.origin.aggregates
    assert_promised(answer)
    assert_ranks(answer)


def test_dropping_the_coded_cells(real_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """2000-2020 without the four cells coded not-a-member: 456 roll calls and 9 absences (measures.md)."""
    monkeypatch.setenv("COMITY_HOME", str(real_store))
    answer = comity.pair("VNM", "RUS", issue="hr", periods="2000-2020", coded_nonmember="drop")
    counts = answer.lead.cells[0].counts
    assert (counts.roll_calls, counts.same, counts.absent, counts.coded_nonmember) == (456, 345, 9, 0)


def test_splits_and_ranking_say_the_same_as_the_pair(real_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(real_store))
    split = comity.splits("VNM", "RUS", issue="hr", period="1992-1999")
    assert len(split.splits) == split.counts.opposite == 19
    assert all({s.choice_a.word, s.choice_b.word} == {"yes", "no"} for s in split.splits)
    ranked = comity.rank("RUS", issue="hr", period="2000-2020")
    (viet_nam,) = [p for p in ranked.partners if p.state == "VNM"]
    assert (viet_nam.rank, len(ranked.partners), viet_nam.counts.same, viet_nam.counts.cast) == (15, 188, 345, 447)


@pytest.mark.parametrize("issue", ["all", "me", "nu", "di", "hr", "co", "ec"])
def test_the_starter_equals_the_release_it_names(issue: str, real_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the code that built the shipped starter: today's code counts the same from the release."""
    monkeypatch.setenv("COMITY_HOME", str(real_store))
    for a, b in (("VNM", "RUS"), ("CHN", "IND"), ("SGP", "USA")):
        full, light = (
            comity.pair(a, b, issue=issue, periods="1980-1989,1990-2023", release=release)
            for release in ("voeten-2024-wide", "starter")
        )
        assert light.header.origin.sha256 == full.header.origin.sha256
        assert light.rows == full.rows
        # The starter ranks the partners of its own states only, and India is none of them.
        assert light.standings == tuple(s for s in full.standings if s.state != "IND")
        assert {(d.reason, d.count) for d in light.dropped} == {(d.reason, d.count) for d in full.dropped}
