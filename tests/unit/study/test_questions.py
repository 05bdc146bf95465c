"""The questions on a release small enough to count by hand: what they answer, say and refuse."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import comity
import vote_tables
from comity.errors import EmptySelection, RollCallsMissing, UnknownIssue
from comity.model.choice import Choice
from comity.model.period import Period
from comity.model.reading import Reading
from comity.model.tables import ISSUES
from comity.report import terminal
from comity.study.answers.common import Note
from comity.study.dossier import dossier
from comity.study.dyad_year import dyad_year
from comity.study.pair import pair
from comity.study.rank import rank
from comity.study.release import ReleaseCorpus
from comity.study.splits import splits
from comity.study.starter import StarterCorpus
from comity.study.trend import trend

VOTES = """
    | date       | session | hr  | me  | symbol     | symbol_from | title | paragraph | tally | VNM | RUS | USA | CHN |
    | 1994-12-01 | 49      | yes | no  | A/RES/49/1 |             | One   | no        |       | Y   | Y   | N   | Y   |
    | 1995-12-01 | 50      | yes | yes | A/RES/50/1 | lender      | Two   | no        |       | Y   | N   | N   | Y   |
    | 1996-03-01 | 50      | yes | no  | A/RES/50/2 |             | Three | yes       |       | N   | Y   | Y   | A   |
    | 1996-12-01 | 51      | no  | yes | A/RES/51/1 |             | Four  | no        |       | A   | Y   | N   | X   |
    |            | 51      | yes | no  | A/RES/51/2 |             | Five  | no        |       | Y   | N   | 9   | Y   |
    | 1996-12-05 | 51      | yes | no  | A/RES/51/3 |             | Six   | no        | 4-0-0 | Y   | Y   | Y   | N   |
"""


@pytest.fixture
def release() -> ReleaseCorpus:
    return vote_tables.corpus(*vote_tables.frames(VOTES))


def ids(notes: tuple[Note, ...]) -> set[str]:
    return {note.id for note in notes}


def test_pair_states_its_numbers_its_drops_and_its_notes(release: ReleaseCorpus) -> None:
    answer = pair("VNM", "RUS", periods="1994-1995,1996", vs="USA", corpus=release)
    early, late = (cell.counts for cell in answer.lead.cells)
    assert (early.same, early.opposite, late.ambivalent, late.opposite) == (1, 1, 1, 1)
    assert [(row.a, row.b) for row in answer.rows] == [("VNM", "RUS"), ("VNM", "USA"), ("RUS", "USA")]
    assert [(d.reason, d.count, d.ids) for d in answer.dropped] == [("tally_mismatch", 1, ("r6",))]
    assert {"unseen", "absence", "small", "paragraph", "clock"} <= ids(answer.notes)
    assert "flags" not in ids(answer.notes)
    assert "In 1996 Viet Nam and Russia voted alike on 0 of 2 recorded votes in the General Assembly" in answer.headline
    assert "In 1994–1995 it was 1 of 2." in answer.headline
    assert answer.headline.count("Among") == 2


def test_a_rank_that_is_wanting_in_an_earlier_period_has_its_reason() -> None:
    # Timor-Leste joined in 2002: of the four roll calls of 2001-2002 Russia shared one with it.
    text = "|date|TLS|RUS|USA|CHN|\n" + "".join(f"|2001-11-0{d}|.|Y|N|Y|\n" for d in (1, 2, 3))
    text += "|2002-11-01|Y|Y|N|Y|\n|2003-11-01|Y|Y|N|Y|\n"
    answer = pair("TLS", "RUS", periods="2001-2002,2003", corpus=vote_tables.corpus(*vote_tables.frames(text)))
    told = [n.text for n in answer.notes if n.id == "unranked"]
    assert told == [
        "In 2001–2002 Timor-Leste has no rank among Russia’s partners: both cast a vote on 1 of the 4 roll calls on "
        "which Russia held a seat, and a rank asks for 50 % of them."
    ]


def test_changes_are_later_minus_earlier_in_points(release: ReleaseCorpus) -> None:
    (change,) = pair("VNM", "RUS", periods="1994-1995,1996", corpus=release).changes
    assert (change.earlier, change.later) == ("1994-1995", "1996")
    assert change.points_of_all == {"same": -50.0, "ambivalent": 50.0, "opposite": 0.0, "absent": 0.0}
    assert change.points_of_cast == {"same": -50.0, "ambivalent": 50.0, "opposite": 0.0}
    same = change.interval_of_all["same"]
    assert same is not None
    assert -100 <= same[0] < -50 < same[1] <= 100


def test_a_change_from_nothing_is_not_a_number(release: ReleaseCorpus) -> None:
    (change,) = pair("VNM", "RUS", periods="1994,1995", reading=Reading(issue="me"), corpus=release).changes
    assert set(change.points_of_all.values()) == {None}
    assert set(change.interval_of_all.values()) == set(change.p_of_all.values()) == {None}


def test_an_issue_in_the_notes(release: ReleaseCorpus) -> None:
    answer = pair("VNM", "RUS", periods="1994-1996", reading=Reading(issue="hr"), corpus=release)
    (overlap,) = [note.text for note in answer.notes if note.id == "flags_overlap"]
    assert "Of the 3 roll calls" in overlap
    assert "1 Middle East" in overlap


def test_a_seat_of_some_of_the_roll_calls_is_said() -> None:
    text = "| date | VNM | RUS |\n| 1977-05-01 | . | Y |\n| 1977-12-01 | Y | Y |"
    answer = pair("VNM", "RUS", periods="1977", corpus=vote_tables.corpus(*vote_tables.frames(text)))
    (joined,) = [note.text for note in answer.notes if note.id == "joined"]
    assert joined.startswith("Viet Nam held a seat on 1 of the 2 roll calls of 1977")


def test_an_unusual_seat_is_said_in_its_years_only() -> None:
    """Cambodia's seat was held by Democratic Kampuchea, then the coalition, until 1990."""
    lines = [f"| {year}-12-01 | Y | Y |" for year in range(1980, 2000)]
    release = vote_tables.corpus(*vote_tables.frames("\n".join(["| date | KHM | VNM |", *lines])))
    assert "seat" in ids(pair("KHM", "VNM", periods="1985", corpus=release).notes)
    assert "seat" not in ids(pair("KHM", "VNM", periods="1995", corpus=release).notes)


def test_nothing_selected(release: ReleaseCorpus) -> None:
    nothing = Reading(issue="title:nothing")
    for ask in (
        lambda: pair("VNM", "RUS", reading=nothing, corpus=release),
        lambda: trend("VNM", "RUS", reading=nothing, corpus=release),
        lambda: rank("VNM", reading=nothing, corpus=release),
        lambda: dyad_year(reading=nothing, corpus=release),
        lambda: pair("FRA", "RUS", corpus=release),
        lambda: rank("FRA", corpus=release),
    ):
        with pytest.raises(EmptySelection):
            ask()


def test_trend_leaves_out_years_without_a_vote_and_adds_up(release: ReleaseCorpus) -> None:
    answer = trend("VNM", "RUS", reading=Reading(issue="me"), corpus=release)
    assert [cell.period.label for cell in answer.row.cells] == ["1995", "1996"]
    assert answer.medians == {"VNM": (0.0, 0.0), "RUS": (0.0, 0.0)}
    # In 1994 two of Viet Nam's three partners voted as it did, and so did two of Russia's.
    assert trend("VNM", "RUS", corpus=release).medians == {"VNM": (1.0, 0.0, 0.0), "RUS": (1.0, 0.0, 0.0)}


def test_trend_by_session(release: ReleaseCorpus) -> None:
    answer = trend("VNM", "RUS", period="49-50", reading=Reading(clock="session"), corpus=release)
    assert [(c.period.label, c.counts.roll_calls) for c in answer.row.cells] == [("49", 1), ("50", 2)]


def test_splits_are_the_opposite_votes_oldest_first(release: ReleaseCorpus) -> None:
    answer = splits("VNM", "RUS", corpus=release)
    assert [(s.roll_call, s.choice_a, s.choice_b) for s in answer.splits] == [
        ("r2", Choice.YES, Choice.NO),
        ("r3", Choice.NO, Choice.YES),
    ]
    assert answer.counts.opposite == 2
    assert answer.splits[0].symbol_from == "lender"
    assert answer.splits[0].link == "https://undocs.org/A/RES/50/1"
    assert "lent" in ids(answer.notes)
    flipped = splits("RUS", "VNM", corpus=release).splits
    assert [(s.choice_a, s.choice_b) for s in flipped] == [(s.choice_b, s.choice_a) for s in answer.splits]


def test_a_split_known_to_its_session_only(release: ReleaseCorpus) -> None:
    (split,) = splits("VNM", "RUS", period="51", reading=Reading(clock="session"), corpus=release).splits
    assert (split.roll_call, split.date, split.to_dict()["date"]) == ("r5", None, None)


def test_no_split_is_an_answer(release: ReleaseCorpus) -> None:
    answer = splits("VNM", "CHN", period="1994", corpus=release)
    assert (answer.splits, answer.counts.same) == ((), 1)
    assert answer.to_polars().height == 0


def test_dyad_years(release: ReleaseCorpus) -> None:
    made = dyad_year(corpus=release)
    assert [(d.reason, d.count) for d in made.dropped] == [("tally_mismatch", 1)]
    assert made.frame.height == 6 * 3  # pairs of four states, three years
    row = made.frame.filter(pl.col("state_a") == "CHN", pl.col("state_b") == "RUS", pl.col("year") == 1996).to_dicts()[
        0
    ]
    assert (row["roll_calls"], row["ambivalent"], row["absent"], row["cast"]) == (2, 1, 1, 1)
    assert (row["absent_of_all"], row["ambivalent_of_cast"], row["same_of_cast"]) == (0.5, 1.0, 0.0)
    sessions = dyad_year(period="51", reading=Reading(clock="session"), corpus=release).frame
    coded = sessions.filter(pl.col("state_b") == "USA", pl.col("state_a") == "CHN")
    assert coded.select("session", "roll_calls", "coded_nonmember").rows() == [(51, 2, 1)]
    undefined = sessions.filter(pl.col("state_b") == "USA", pl.col("state_a") == "CHN")["same_of_cast"].to_list()
    assert undefined == [None]


def test_the_dossier_holds_the_same_answers(release: ReleaseCorpus) -> None:
    answer = dossier("VNM", "RUS", periods="1996,1994-1995", vs="USA,RUS", corpus=release)
    assert answer.lead_pair.header.reading.issue == "hr"
    assert [(row.a, row.b) for row in answer.lead_pair.rows] == [("VNM", "RUS"), ("VNM", "USA"), ("RUS", "USA")]
    assert [p.header.reading.issue for p in answer.by_issue] == ["all", "me", "hr"]
    assert answer.splits is not None
    assert len(answer.splits.splits) == answer.lead_pair.lead.cells[-1].counts.opposite == 1
    assert [r.state for r in answer.ranks] == ["VNM", "RUS"]
    assert [c.period.label for c in answer.trend.row.cells] == ["1994", "1995", "1996"]
    assert len({note.text for note in answer.notes}) == len(answer.notes)


def test_single_roll_calls_are_not_in_the_starter() -> None:
    starter = StarterCorpus.load()
    for ask in (lambda: splits("VNM", "RUS", corpus=starter), lambda: dyad_year(corpus=starter)):
        with pytest.raises(RollCallsMissing, match="comity data pull unga"):
            ask()
    answer = dossier("VNM", "RUS", corpus=starter)
    assert answer.splits is None
    assert [(row.a, row.b) for row in answer.lead_pair.rows[1:3]] == [("VNM", "USA"), ("VNM", "CHN")]


def test_a_pair_across_anchors_of_the_starter_ranks_one_side() -> None:
    answer = pair("BRA", "VNM", periods="2000-2020", corpus=StarterCorpus.load())
    assert {s.state for s in answer.standings} == {"VNM"}
    assert "cannot be said from these data" in answer.headline


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    vote_tables.keep(*vote_tables.frames(VOTES), "made-up")
    return tmp_path


def test_vote_by_symbol_and_by_id(store: Path) -> None:
    answer = comity.vote("R/50/1", group="P5")
    assert (answer.roll_call, answer.symbol, answer.date, answer.issues) == (
        "r2", "A/RES/50/1", date(1995, 12, 1), ("me", "hr"),
    )  # fmt: skip
    assert answer.computed is not None
    assert (answer.computed.yes, answer.computed.no, answer.computed.abstain) == (2, 2, 0)
    assert answer.agrees is None
    assert answer.lenders == {"symbol": "lender"}
    assert answer.group is not None
    assert set(answer.group.members) == {"RUS", "USA", "CHN"}
    assert (answer.group.modal, answer.group.apart) == ((Choice.NO,), ("CHN",))
    assert comity.vote("r6").agrees is False
    assert comity.vote("r5").date is None
    with pytest.raises(UnknownIssue):
        comity.vote("R/50/77")


def test_a_landmark_known_by_its_tally_alone_claims_no_count_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    answer = comity.vote("A/RES/ES-6/2", group="ASEAN")
    assert (answer.computed, answer.agrees, answer.to_dict()["tally"]) == (None, None, None)
    printed = " ".join(terminal.text(answer, 100).split())
    assert "Published tally (landmark-roll-calls): 104 yes, 18 no, 18 abstained, 12 not voting." in printed
    assert "Counted from" not in printed
    assert "differs" not in printed
    assert re.search("Release landmark-roll-calls, sha256 [0-9a-f]{12}, .* Reading: all issues", printed)


def test_several_roll_calls_under_one_symbol(store: Path) -> None:
    text = """
        | date       | hr | symbol     | paragraph | VNM | RUS |
        | 2001-12-01 | no | A/RES/56/1 | no        | Y   | N   |
        | 2001-12-02 | no | A/RES/56/1 | no        | Y   | A   |
        | 2001-12-03 | no | A/RES/56/1 | yes       | Y   | Y   |
    """
    vote_tables.keep(*vote_tables.frames(text), "later")
    answer = comity.vote("A/RES/56/1")
    assert answer.roll_call == "r2", "the last vote on a whole text"
    (said,) = [note.text for note in answer.notes if note.id == "shared_symbol"]
    assert said.startswith("2 other roll calls carry the symbol A/RES/56/1 (r1, r3)")


def test_a_roll_call_that_nobody_names_is_told_with_the_command_that_gets_its_name(store: Path) -> None:
    calls, votes = vote_tables.frames("| date | VNM | RUS |\n| 2003-12-01 | Y | N |")
    vote_tables.keep(calls, votes, "bare")
    for answer in (comity.splits("VNM", "RUS", release="bare"), comity.vote("r1", release="bare")):
        (said,) = [n.text for n in answer.notes if n.id == "unnamed"]
        assert "1 of 1" in said
        assert "comity data add FILE" in said
    assert "unnamed" not in {n.id for n in comity.vote("r2", release="made-up").notes}


LENT = """
    | date       | session | session_from | hr  | issues_from | symbol     | tally | tally_from | VNM | RUS |
    | 1995-12-01 | 50      | inferred     | yes | giver       | A/RES/50/1 | 2-0-0 | library    | Y   | Y   |
    | 1995-12-02 | 50      | trio         | yes |             | A/RES/50/2 | 2-0-0 | library    | Y   | N   |
    | 1995-12-03 | 50      | trio         |     |             | A/RES/50/3 |       |            | Y   | N   |
    | 1999-12-03 | 54      | trio         | yes | other       | A/RES/54/1 |       |            | Y   | N   |
"""


@pytest.mark.parametrize("ask", [pair, trend, splits, rank])
def test_what_a_count_owes_to_other_releases_is_said(ask: Any) -> None:
    calls, votes = vote_tables.frames(LENT)
    calls = calls.with_columns(pl.when(pl.col("symbol") != "A/RES/50/3").then(pl.col(flag)) for flag in ISSUES)
    on = vote_tables.corpus(calls, votes)

    def said(**fields: Any) -> dict[str, str]:
        clock = fields.get("clock", "year")
        span = Period(50, 50, clock) if clock == "session" else Period(1995, 1995)
        when = {"periods": [span]} if ask is pair else {"period": span}
        states = ("RUS",) if ask is rank else ("VNM", "RUS")
        return {n.text: n.id for n in ask(*states, **when, reading=Reading(**fields), corpus=on).notes}

    flags = said(issue="hr")
    assert "Issue flags here are lent by giver, matched roll call by roll call." in flags
    assert any(text.startswith("1 of the 3 roll calls") for text, id in flags.items() if id == "unflagged")
    assert any("The votes of 1 of these" in text and "library" in text for text in flags)
    assert "tally_lent" not in said(issue="hr", tally_mismatch="strict").values()
    assert not {"unflagged", "session_inferred"} & set(said().values())
    sessions = said(clock="session")
    assert "Sessions here are lent by trio, matched roll call by roll call." in sessions
    assert "session_inferred" in sessions.values()


def test_another_release_that_counts_otherwise_is_named(store: Path) -> None:
    other = VOTES.replace("| Y   | Y   | N   | Y   |", "| N   | Y   | N   | Y   |", 1)
    vote_tables.keep(*vote_tables.frames(other), "other")
    vote_tables.keep(*vote_tables.frames(VOTES), "same")
    answer = comity.pair("VNM", "RUS", periods=[Period(1994, 1994), Period(1996, 1996)], release="made-up")
    (said,) = [note.text for note in answer.notes if note.id == "differs"]
    assert "other has Viet Nam and Russia voting alike on 0 of 1 in 1994, against 1 of 1 here" in said
