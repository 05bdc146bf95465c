"""Ideal points asked of a made-up assembly whose truth is known."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import vote_tables
from comity.errors import BadFile, BadPeriod, BadValue, EmptySelection, RollCallsMissing, UnknownIssue, UsageError
from comity.report.ideal_tables import ideal_document, ideal_sentences
from comity.report.terminal import text
from comity.report.text_formats import as_csv
from comity.simulate import World, assembly
from comity.states.resolve import codes
from comity.study.ideal.compare import ideal_compare
from comity.study.ideal.fitted import fitted
from comity.study.ideal.settings import Settings, settings
from comity.study.ideal.show import ideal_distance, ideal_fit, ideal_show
from comity.study.ideal.vote import ideal_vote
from comity.study.release import ReleaseCorpus
from comity.study.starter import StarterCorpus

STATES = (
    "USA", "RUS", "VNM", "CHN", "GBR", "FRA", "IND", "BRA", "CUB", "CAN", "MEX", "ARG", "AUS", "EGY", "POL", "TUR",
    "NOR", "SWE", "IRN", "THA", "PHL", "CHL", "PER", "NZL",
)  # fmt: skip
UNLINKED = Settings(matches="none")
FIRST_YEAR = 1990


@pytest.fixture(scope="module")
def release() -> ReleaseCorpus:
    """Twelve sessions from the 45th: the United States at the upper end, Russia at the lower."""
    world = World(states=len(STATES), sessions=12, families=30, stance=0.2)
    rng = np.random.default_rng(4)
    path = np.sort(rng.standard_normal(world.states))[None].repeat(world.sessions, axis=0)
    order = [STATES.index("RUS"), *(i for i, s in enumerate(STATES) if s not in ("USA", "RUS")), STATES.index("USA")]
    ideal = np.empty_like(path)
    ideal[:, order] = path
    made = assembly(world, rng, ideal)
    letters = np.array(list("YANX"))[np.minimum(made.cells, 3)]
    lines = ["|date|session|symbol|hr|" + "|".join(STATES) + "|", "|" + "---|" * (4 + len(STATES))]
    for i, (session, cells) in enumerate(zip(made.session.tolist(), letters.tolist(), strict=True)):
        year = FIRST_YEAR + session
        head = (f"{year}-12-01", str(year - 1945), f"A/RES/{year - 1945}/{i + 1}", "yes" if i % 2 else "no")
        lines.append("|" + "|".join((*head, *cells)) + "|")
    return vote_tables.corpus(*vote_tables.frames("\n".join(lines)))


def test_points_follow_the_truth(release: ReleaseCorpus) -> None:
    answer = ideal_show(["USA", "RUS", "TUR", "CHN"], UNLINKED, corpus=release)
    last = {p.state: p for p in answer.points if p.session == 56}
    assert last["RUS"].theta < last["TUR"].theta < last["USA"].theta
    assert all(p.low < p.theta < p.high and p.n > 10 for p in last.values())
    assert [p.state for p in answer.points[:4]] == ["USA", "RUS", "TUR", "CHN"]
    assert "In session 56:" in ideal_sentences(answer)[0]


def test_a_fit_says_how_well_it_fits(release: ReleaseCorpus) -> None:
    answer = ideal_fit(UNLINKED, corpus=release)
    facts = answer.facts
    assert facts.converged
    assert facts.states == len(STATES)
    assert facts.units == 12 * len(STATES)
    assert 0.6 < facts.classified <= 1
    assert 0 < facts.gmp <= 1
    assert set(facts.bridges) == set(range(45, 57))
    assert not any(facts.bridges.values())
    ids = {n.id for n in answer.notes}
    assert {"ideal_scale", "ideal_unlinked"} <= ids
    assert "ideal_early" not in ids


def test_a_distance_is_signed_and_its_draws_are_joint(release: ReleaseCorpus) -> None:
    answer = ideal_distance("USA", "RUS", UNLINKED, corpus=release)
    assert [g.session for g in answer.gaps] == list(range(45, 57))
    assert all(g.low < g.difference < g.high and g.above > 0.99 for g in answer.gaps)
    back = ideal_distance("RUS", "USA", UNLINKED, corpus=release)
    assert [g.difference for g in back.gaps] == pytest.approx([-g.difference for g in answer.gaps])
    again = ideal_distance("USA", "RUS", UNLINKED, corpus=release)
    assert again.to_dict()["sessions"] == answer.to_dict()["sessions"]


def test_a_roll_call_on_the_scale(release: ReleaseCorpus) -> None:
    symbol = "A/RES/50/" + release.roll_calls.filter(pl.col("session") == 50)["symbol"][0].rpartition("/")[2]
    answer = ideal_vote(symbol, "VNM,RUS", UNLINKED, corpus=release)
    assert all(p.yes + p.abstain + p.no == pytest.approx(1) for p in answer.placed)
    assert [p.theta for p in answer.placed] == sorted(p.theta for p in answer.placed)
    assert answer.text == 1
    for state, near in answer.focus:
        assert state in ("VNM", "RUS")
        assert sum(near) == min(20, len(answer.placed) - 1)
    counted = sum(p.yes for p in answer.placed)
    cast = sum(p.choice == 0 for p in answer.placed)
    assert counted == pytest.approx(cast, abs=0.15 * len(answer.placed))


def test_its_own_points_come_back_equal(release: ReleaseCorpus, tmp_path: Path) -> None:
    file = tmp_path / "Ours.csv"
    found = fitted(release, UNLINKED)
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["ccode", "session", "NVotes", "IdealPoint", "Q5%", "Q95%"])
        counts = np.diff(found.votes.unit_start)
        for u, (s, t) in enumerate(zip(found.votes.state, found.votes.session, strict=True)):
            point, half = found.estimate.theta[u], 1.6448536269514722 * found.estimate.sd[u]
            rows.writerow([codes(found.states[s], "cow", None)[0], t, counts[u], point, point - half, point + half])
        rows.writerow([9999, 50, 3, 0.1, 0, 1])
    answer = ideal_compare(file, UNLINKED, corpus=release)
    assert (answer.n, answer.only_file, answer.only_fit) == (len(counts), 1, 0)
    assert (answer.pearson, answer.spearman, answer.rmse) == pytest.approx((1, 1, 0))
    assert (answer.width_r, answer.width_ratio) == pytest.approx((1, 1))
    assert answer.votes_equal == len(counts)
    assert answer.unknown == ("9999",)
    told = json.loads(json.dumps(answer.to_dict()))
    assert {"pearson", "spearman", "within_session", "rmse", "n"} <= told.keys()
    assert set(told["within_session"]) == {str(t) for t in range(45, 57)}


def test_every_face_holds(release: ReleaseCorpus) -> None:
    symbol = release.roll_calls["symbol"][5]
    answers = (
        ideal_fit(UNLINKED, corpus=release),
        ideal_show("USA,RUS", UNLINKED, corpus=release),
        ideal_distance("VNM", "RUS", UNLINKED, corpus=release),
        ideal_vote(symbol, corpus=release, chosen=UNLINKED),
    )
    for answer in answers:
        assert "Source:" in text(answer)
        assert "texts not linked" in text(answer, width=300)
        assert ideal_document(answer).chapters
        json.dumps(answer.to_dict(), allow_nan=False)
        assert as_csv(answer).count("\n") > 2


def test_an_issue_has_a_scale_of_its_own_and_says_so(release: ReleaseCorpus) -> None:
    answer = ideal_show("VNM,RUS", Settings(issue="hr", matches="none"), corpus=release)
    assert "ideal_subset" in {n.id for n in answer.notes}


def test_texts_linked_by_a_file(release: ReleaseCorpus, tmp_path: Path) -> None:
    """A pair whose first roll call is not in the release links nothing by itself, but two such pairs do."""
    ids = release.roll_calls["roll_call"].to_list()
    whens = release.roll_calls["session"].to_list()
    late = next(i for i, s in enumerate(whens) if s == 55)
    file = tmp_path / "matches.csv"
    file.write_text(f"rcid1,rcid2\n{ids[0]},{ids[late]}\nx1,{ids[1]}\nx1,{ids[late + 1]}\n", encoding="utf-8")
    found = fitted(release, Settings(matches=str(file)))
    row_item = found.votes.row_item
    assert row_item[0] == row_item[late]
    assert row_item[1] == row_item[late + 1]
    assert [n.id for n in found.notes] == ["ideal_unknown_ids"]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("rcid1,rcid2\nx,y\n", BadFile),
        ("a,b\n1,2\n", BadValue),
        ("rcid1,rcid2\n", BadValue),
        ("", BadValue),
    ],
)
def test_a_file_of_matches_that_is_none(
    release: ReleaseCorpus, tmp_path: Path, content: str, error: type[Exception]
) -> None:
    file = tmp_path / "matches.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(error):
        fitted(release, Settings(matches=str(file)))
    with pytest.raises(BadFile):
        fitted(release, Settings(matches=str(tmp_path / "none.csv")))


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "ccode,session,IdealPoint\n2,50,much\n", ""])
def test_a_published_file_that_is_none(release: ReleaseCorpus, tmp_path: Path, content: str) -> None:
    file = tmp_path / "points.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BadValue):
        ideal_compare(file, UNLINKED, corpus=release)
    with pytest.raises(BadFile):
        ideal_compare(tmp_path / "none.csv", UNLINKED, corpus=release)


def test_a_published_file_of_other_sessions(release: ReleaseCorpus, tmp_path: Path) -> None:
    file = tmp_path / "points.csv"
    file.write_text("ccode,session,IdealPoint\n2,3,1.0\n365,3,-1.0\n", encoding="utf-8")
    with pytest.raises(EmptySelection):
        ideal_compare(file, UNLINKED, corpus=release)


def test_mistakes_are_told(release: ReleaseCorpus) -> None:
    with pytest.raises(UsageError):
        settings("human rights")
    with pytest.raises(UsageError):
        settings(method="sampler")
    for sessions in ("x", "9-3", "0-4", "3-y"):
        with pytest.raises(BadPeriod):
            settings(sessions=sessions)
    assert (settings(sessions="47-78").first, settings(sessions="70").last) == (47, 70)
    with pytest.raises(EmptySelection):
        ideal_fit(Settings(first=1, last=3, matches="none"), corpus=release)
    with pytest.raises(UsageError):
        ideal_show([], UNLINKED, corpus=release)
    with pytest.raises(UnknownIssue):
        ideal_vote("A/RES/99/9", None, UNLINKED, corpus=release)
    with pytest.raises(RollCallsMissing):
        ideal_fit(corpus=StarterCorpus.load())


def test_a_unanimous_roll_call_is_not_on_the_scale() -> None:
    lines = ["|date|session|symbol|USA|RUS|VNM|CHN|", "|---|---|---|---|---|---|---|"]
    lines += [f"|200{i % 3}-12-01|{55 + i % 3}|A/RES/{55 + i % 3}/{i + 1}|Y|N|{'YN'[i % 2]}|A|" for i in range(12)]
    lines.append("|2001-12-02|56|A/RES/56/90|Y|Y|Y|Y|")
    held = vote_tables.corpus(*vote_tables.frames("\n".join(lines)))
    with pytest.raises(EmptySelection, match="left this roll call out"):
        ideal_vote("A/RES/56/90", None, UNLINKED, corpus=held)
