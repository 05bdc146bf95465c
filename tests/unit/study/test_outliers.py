"""Opposite and surprising votes: on a made-up release with one planted vote, and the published case."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random

import pytest

import vote_tables
from comity.errors import RollCallsMissing, UsageError
from comity.model.choice import Choice
from comity.model.reading import Reading
from comity.report.outlier_tables import chance, outliers_document, sentences
from comity.report.terminal import text
from comity.study.answers.outliers import OutliersAnswer
from comity.study.ideal.vote import ideal_vote
from comity.study.outliers import outliers
from comity.study.release import ReleaseCorpus
from comity.study.starter import StarterCorpus

BLOC = ("VNM", "RUS", "CUB", "LAO", "CHN", "IND", "IDN", "MYS", "THA", "PHL", "SGP", "KHM")
OTHERS = ("USA", "GBR", "FRA", "CAN", "ITA", "JPN", "AUS", "NZL", "NOR", "DNK", "BEL", "NLD")
YEARS = range(2000, 2016)
TEXTS = ("Lighthouses", "Harbours", "Lanterns", "Buoys", "Pilots", "Tides", "Reefs", "Docks", "Ferries")
PLANTED = (2008, "Buoys")


@pytest.fixture(scope="module")
def release() -> ReleaseCorpus:
    """Two blocs that vote yes and no on nine yearly texts, in 2008 Russia votes no on one."""
    random = Random(5)
    states = (*BLOC, *OTHERS)
    lines = ["|date|session|symbol|title|" + "|".join(states) + "|", "|" + "---|" * (4 + len(states))]
    for year in YEARS:
        for k, title in enumerate(TEXTS, 1):
            cells = [random.choices(("Y", "A", "N") if s in BLOC else ("N", "A", "Y"), (40, 1, 1))[0] for s in states]
            if (year, title) == PLANTED:
                cells = ["Y"] * len(BLOC) + ["N"] * len(OTHERS)
                cells[states.index("RUS")] = "N"
            if title == PLANTED[1] and (year, title) != PLANTED:
                cells[states.index("RUS")] = "Y"
            symbol = f"A/RES/{year - 1945}/{k}"
            lines.append(
                "|"
                + "|".join((f"{year}-12-0{k}", str(year - 1945), symbol, f"The question of {title.lower()}", *cells))
                + "|"
            )
    return vote_tables.corpus(*vote_tables.frames("\n".join(lines)))


@pytest.fixture(scope="module")
def answer(release: ReleaseCorpus) -> OutliersAnswer:
    return outliers("VNM", "RUS", at=0.02, corpus=release)


def test_the_planted_vote_is_found_with_its_label(answer: OutliersAnswer) -> None:
    row = next(r for r in answer.rows if r.split.symbol == "A/RES/63/4")
    assert row.opposite
    assert row.b.choice is Choice.NO
    assert row.b.p is not None and row.b.p <= 0.02
    assert row.b.own == (len(YEARS) - 1, 0, 0)
    assert sum(row.b.near) == 20
    assert row.b.label == "own_record"
    assert row.a.label == ""


def test_every_opposite_vote_is_listed(answer: OutliersAnswer) -> None:
    assert sum(row.opposite for row in answer.rows) == answer.counts.opposite
    assert answer.intended is None


def test_counts_to_expect_are_said(answer: OutliersAnswer) -> None:
    told = sentences(answer)
    assert f"{answer.counts.opposite} of the {answer.counts.roll_calls} recorded votes" in told[0]
    k, expected, n = answer.surprises[1]
    assert (k, n) == (sum(r.b.p is not None and r.b.p <= 0.02 for r in answer.rows), len(YEARS) * len(TEXTS))
    assert 0 < expected < n / 20
    assert answer.held[2] == len(YEARS) * len(TEXTS) * (len(BLOC) + len(OTHERS))


def test_faces_agree(answer: OutliersAnswer) -> None:
    assert "It differs from its own record." in text(answer, width=400)
    assert outliers_document(answer).chapters[0].id == "outliers"
    told = json.loads(json.dumps(answer.to_dict()))
    assert len(told["outliers"]) == len(answer.rows)
    assert answer.to_polars().height == 2 * len(answer.rows)


def test_both_readings_where_a_correction_is_on_record(
    release: ReleaseCorpus, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "ledgers"
    folder.mkdir()
    (folder / "vote_corrections.yaml").write_text(
        '- {symbol: A/RES/63/4, state: RUS, recorded: "no", intended: "yes", read_in: a note, meeting: A/63/PV.1}\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    found = outliers("VNM", "RUS", corpus=release)
    assert found.intended is not None
    assert found.intended.opposite == found.counts.opposite - 1
    assert found.intended.same_yes == found.counts.same_yes + 1
    row = next(r for r in found.rows if r.split.symbol == "A/RES/63/4")
    assert (row.b.label, row.b.intended) == ("recorded_error", Choice.YES)
    assert "Recorded error noted in the meeting record A/63/PV.1" in text(found, width=400)


@pytest.mark.parametrize("at", [0, -1, 0.6, float("nan")])
def test_a_threshold_that_is_none_is_refused(release: ReleaseCorpus, at: float) -> None:
    with pytest.raises(UsageError):
        outliers("VNM", "RUS", at=at, corpus=release)


def test_the_starter_data_hold_no_roll_calls() -> None:
    with pytest.raises(RollCallsMissing):
        outliers("VNM", "RUS", corpus=StarterCorpus.load())


def test_chances_in_print() -> None:
    assert [chance(p) for p in (0.0099, 0.0001, 0.5)] == ["1 in 100", "less than 1 in 1,000", "50 in 100"]


def test_the_two_opposites_of_the_published_case(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """57/222: Russia against its own record and its partners. 58/194: neither vote is that rare.

    A motion on the text of 2004, on which Russia voted yes, is no part of its own record on it.
    """
    from comity.ingest.add import add_files

    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    unga = shared_data / "unga"
    copies = [
        shutil.copy(unga / name, tmp_path) for name in ("un_votes.rda", "un_roll_calls.rda", "un_roll_call_issues.rda")
    ]
    add_files([Path(p) for p in copies])
    found = outliers("VNM", "RUS", period="2000-2019", reading=Reading(issue="hr"))
    rows = {r.split.symbol: r for r in found.rows if r.opposite}
    assert set(rows) == {"A/RES/57/222", "A/RES/58/194"}
    russia = rows["A/RES/57/222"].b
    assert russia.p is not None and russia.p < 0.01
    assert russia.label == "both" and russia.own[2] == 0
    turkmenistan = rows["A/RES/58/194"]
    assert turkmenistan.a.p is not None and turkmenistan.a.p > 0.5
    assert turkmenistan.b.p is not None and turkmenistan.b.p > 0.02 and turkmenistan.b.own == (0, 2, 0)


def test_what_ideal_points_expect_stands_beside_it(release: ReleaseCorpus, answer: OutliersAnswer) -> None:
    """The same rows; each vote has what ``ideal vote`` gives it, and an absence has nothing."""
    beside = outliers(answer.a, answer.b, ideal=True, corpus=release)
    assert [r.split for r in beside.rows] == [r.split for r in outliers(answer.a, answer.b, corpus=release).rows]
    sides = [
        (row.split.roll_call, s, side) for row in beside.rows for s, side in ((beside.a, row.a), (beside.b, row.b))
    ]
    told = [(r, s, side.on_line) for r, s, side in sides if side.on_line is not None]
    assert told and all(side.on_line is None for _, _, side in sides if side.p is None)
    for roll_call, state, given in told[:6]:
        placed = {p.state: p.p for p in ideal_vote(roll_call, corpus=release).placed}
        assert given == pytest.approx(placed[state])
    assert "ideal point" in text(beside) and "ideal point" not in text(outliers(answer.a, answer.b, corpus=release))
