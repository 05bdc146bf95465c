"""The grid and shielding, worked by hand on a small vote table."""

from __future__ import annotations

import polars as pl
import pytest

import vote_tables
from comity.errors import EmptySelection, FieldMissing, RollCallsMissing, UsageError
from comity.model.choice import Choice
from comity.model.reading import Reading
from comity.report import situation_words
from comity.study.answers.situations import SituationVote
from comity.study.shield import shield
from comity.study.situations import situations

IRAN = "Situation of human rights in the Islamic Republic of Iran"
TABLE = f"""
| date       | hr  | symbol        | paragraph | title                                                     | VNM | RUS |
|------------|-----|---------------|-----------|-----------------------------------------------------------|-----|-----|
| 1996-12-12 | yes | A/RES/51/107  | no        | {IRAN}                                                    | N   | A   |
| 1996-12-12 | yes | A/RES/51/116  | no        | Human rights in Bosnia and Herzegovina, and Croatia       | X   | Y   |
| 2001-12-19 | yes | A/RES/56/171  | no        | {IRAN}                                                    | N   | N   |
| 2001-12-19 | yes | A/RES/56/171  | yes       | Paragraph 4                                               | A   | A   |
| 2001-12-20 | yes | A/RES/56/172  | no        | A motion on the draft “Situation of human rights in Cuba” | Y   | N   |
| 2002-12-19 | no  | A/RES/57/9    | no        | The situation in Cambodia                                 | Y   | Y   |
| 2002-12-20 | yes | A/RES/57/200  | no        | The right to food                                         | Y   | A   |
| 2020-12-16 | yes | A/RES/75/191  | no        |                                                           | N   | 9   |
| 2020-12-17 | yes | A/RES/75/99   | no        |                                                           | Y   | Y   |
"""
MADE = vote_tables.frames(TABLE)
CORPUS = vote_tables.corpus(*MADE)


def shown(votes: tuple[SituationVote, ...]) -> list[tuple[str | None, Choice, Choice, str]]:
    return [(v.symbol, v.choice_a, v.choice_b, v.outcome) for v in votes]


def test_the_grid_by_hand() -> None:
    answer = situations("VNM", "RUS", corpus=CORPUS)
    grid = {
        row.target: {slot: [(v.choice_a.name[0], v.choice_b.name[0]) for v in votes] for slot, votes in row.cells}
        for row in answer.rows
    }
    assert grid == {
        "IRN": {1996: [("N", "A")], 2001: [("N", "N"), ("A", "A")], 2020: [("N", "C")]},
        "BIH": {1996: [("A", "Y")]},
        "HRV": {1996: [("A", "Y")]},
        "CUB": {2001: [("Y", "N")]},
    }
    assert answer.slots == (1996, 2001, 2020)
    assert [(row.target, row.counts.roll_calls, row.counts.same_no) for row in answer.rows] == [
        ("IRN", 4, 1),
        ("BIH", 1, 0),
        ("HRV", 1, 0),
        ("CUB", 1, 0),
    ]


def test_the_counts_by_hand() -> None:
    total = situations("VNM", "RUS", corpus=CORPUS).total
    assert (total.roll_calls, total.cast, total.same, total.same_no, total.same_abstain) == (6, 4, 2, 1, 1)
    assert (total.ambivalent, total.opposite, total.absent, total.coded_nonmember) == (1, 1, 2, 1)


def test_every_exception_is_listed_absences_included() -> None:
    answer = situations("VNM", "RUS", corpus=CORPUS)
    assert shown(answer.exceptions) == [
        ("A/RES/51/107", Choice.NO, Choice.ABSTAIN, "ambivalent"),
        ("A/RES/51/116", Choice.ABSENT, Choice.YES, "absent"),
        ("A/RES/56/172", Choice.YES, Choice.NO, "opposite"),
        ("A/RES/75/191", Choice.NO, Choice.CODED_NONMEMBER, "absent"),
    ]
    assert {v.symbol: v.voted_on for v in answer.exceptions}["A/RES/56/172"] == "motion"
    assert answer.exceptions[0].link == "https://undocs.org/A/RES/51/107"
    assert [v.checked for v in answer.exceptions] == [True, True, True, False]


def test_a_paragraph_is_a_part_and_known_by_its_symbol() -> None:
    votes = [v for row in situations("VNM", "RUS", corpus=CORPUS).rows for _, vs in row.cells for v in vs]
    assert [(v.roll_call, v.basis) for v in votes if v.voted_on == "part"] == [("r4", "symbol")]


def test_what_nothing_tells_is_counted() -> None:
    answer = situations("VNM", "RUS", corpus=CORPUS)
    assert (answer.silent.k, answer.silent.of, answer.silent.slots, answer.silent.all) == (1, 9, (), False)
    assert "situations_untold" in {n.id for n in answer.notes}


SILENT = """
| date       | symbol       | title                                    | RUS | SYR |
|------------|--------------|------------------------------------------|-----|-----|
| 2012-02-16 | A/RES/66/253 | The situation in the Syrian Arab Republic | N   | N   |
| 2021-12-01 | A/RES/76/1   | Another text                             | Y   | Y   |
| 2022-12-15 |              |                                          | N   | N   |
| 2022-12-16 |              |                                          | Y   | Y   |
"""


def test_years_without_titles_are_said_before_anything_is_counted() -> None:
    corpus = vote_tables.corpus(*vote_tables.frames(SILENT))
    lead = situation_words.lead(shield("RUS", "SYR", corpus=corpus))
    assert lead.startswith("Of the period’s 4 recorded votes in the General Assembly 2 have no title here (2022 for")
    assert "On 1 recorded vote in the General Assembly whose title or ledger row names the situation in Syria" in lead
    assert "not a list of all votes on Syria" in lead
    grid = situation_words.lead(situations("RUS", "SYR", kinds="all", corpus=corpus))
    assert "2 have no title here (2022 for the most part)" in grid
    none = situation_words.lead(shield("RUS", "SYR", period="2021-2022", corpus=corpus))
    assert "No recorded vote in the General Assembly with a title here names the situation in Syria" in none
    assert "2 have no title here" in none


def test_a_period_without_any_title_counts_nothing() -> None:
    corpus = vote_tables.corpus(*vote_tables.frames(SILENT))
    lead = situation_words.lead(shield("RUS", "SYR", period="2022", corpus=corpus))
    assert lead.startswith("None of the period’s 2 recorded votes in the General Assembly has a title here, so how")
    assert "On 0" not in lead and "The ledger holds one Security Council draft" in lead
    with pytest.raises(EmptySelection, match="None of the 2 recorded votes"):
        shield(
            "CHN", "SYR", period="2022", corpus=vote_tables.corpus(*vote_tables.frames(SILENT.replace("RUS", "CHN")))
        )
    with pytest.raises(EmptySelection, match="None of the 2 recorded votes"):
        situations("RUS", "SYR", period="2022", corpus=corpus)


def test_texts_left_out_by_design_are_not_called_missing() -> None:
    corpus = vote_tables.corpus(*vote_tables.frames(SILENT.replace("RUS", "USA").replace("SYR", "ISR")))
    for ask in (
        lambda: shield("USA", "ISR", corpus=corpus),
        lambda: situations("USA", "ISR", targets="ISR", corpus=corpus),
    ):
        with pytest.raises(EmptySelection, match="left out of country situations by design") as told:
            ask()
        assert "Widen" not in str(told.value) and "docs/explanation/situations.md" in str(told.value)


def test_a_motion_read_out_by_the_president_is_about_its_resolution() -> None:
    table = """
    | date       | symbol       | title                                                            | VNM | RUS |
    |------------|--------------|------------------------------------------------------------------|-----|-----|
    | 2004-12-20 | A/RES/59/206 | Situation of human rights in Turkmenistan                        | N   | A   |
    | 2004-12-20 | A/RES/59/206 | The President: We vote on the motion that no action be taken. A  | Y   | Y   |
    | 2004-12-20 | A/RES/59/206 | The President: We now decide on draft resolution III as a whole. | N   | A   |
    | 2004-12-20 | A/RES/59/206 | The President: We shall first vote on the oral amendment. A      | A   | Y   |
    """
    answer = situations("VNM", "RUS", targets="TKM", corpus=vote_tables.corpus(*vote_tables.frames(table)))
    ((_, votes),) = answer.rows[0].cells
    assert [(v.voted_on, v.basis) for v in votes] == [
        ("whole", "title"),
        ("motion", "symbol"),
        ("part", "symbol"),
    ]


def test_targets_and_kinds_choose() -> None:
    iran = situations("VNM", "RUS", targets="Iran, CUB", corpus=CORPUS)
    assert [row.target for row in iran.rows] == ["IRN", "CUB"]
    assert iran.total.roll_calls == 5
    assert [r.target for r in situations("VNM", "RUS", kinds="political", corpus=CORPUS).rows] == ["KHM"]
    every = situations("VNM", "RUS", kinds="all", corpus=CORPUS)
    assert every.kinds == ("rights", "political", "credentials")
    assert every.total.roll_calls == 7
    flagged = situations("VNM", "RUS", kinds="all", reading=Reading(issue="hr"), corpus=CORPUS)
    assert flagged.total.roll_calls == 6


def test_a_target_of_two_keeps_its_other_line_out() -> None:
    assert [r.target for r in situations("VNM", "RUS", targets="HRV", corpus=CORPUS).rows] == ["HRV"]


def test_the_pair_exchanged_is_the_table_exchanged() -> None:
    one, other = situations("VNM", "RUS", corpus=CORPUS), situations("RUS", "VNM", corpus=CORPUS)
    assert one.total.flipped() == other.total
    assert [v.outcome for v in one.exceptions] == [v.outcome for v in other.exceptions]


def test_sessions_as_columns() -> None:
    table = vote_tables.frames(
        f"""
        | date       | session | title  | VNM | RUS |
        |------------|---------|--------|-----|-----|
        | 2002-02-01 | 56      | {IRAN} | N   | N   |
        """
    )
    answer = situations("VNM", "RUS", reading=Reading(clock="session"), corpus=vote_tables.corpus(*table))
    assert answer.slots == (56,)


def test_a_state_without_a_seat_on_the_day_is_not_counted() -> None:
    table = vote_tables.frames(
        f"""
        | date       | title                                                          | VNM | RUS |
        |------------|----------------------------------------------------------------|-----|-----|
        | 1975-12-09 | TO NOTE THE SITUATION OF HUMAN RIGHTS IN CHILE                 | .   | Y   |
        | 1996-12-12 | {IRAN}                                                         | N   | A   |
        """
    )
    answer = situations("VNM", "RUS", period="1975-1996", corpus=vote_tables.corpus(*table))
    assert [row.target for row in answer.rows] == ["IRN"]


def test_mistakes_have_their_errors() -> None:
    with pytest.raises(UsageError, match="Unknown kind"):
        situations("VNM", "RUS", kinds="humanitarian", corpus=CORPUS)
    with pytest.raises(UsageError, match="No target"):
        situations("VNM", "RUS", targets=",", corpus=CORPUS)
    with pytest.raises(EmptySelection, match="NGA"):
        situations("VNM", "RUS", targets="NGA", corpus=CORPUS)
    with pytest.raises(RollCallsMissing):
        situations("VNM", "RUS", reading=Reading(release="starter"))
    roll_calls, votes = MADE
    bare = vote_tables.corpus(roll_calls.with_columns(title=pl.lit(None, pl.String)), votes)
    with pytest.raises(FieldMissing, match="comity data pull unga"):
        situations("VNM", "RUS", corpus=bare)
    with pytest.raises(FieldMissing):
        shield("VNM", "RUS", corpus=bare)


def test_the_frame_has_a_row_a_target_and_text() -> None:
    answer = situations("VNM", "RUS", corpus=CORPUS)
    frame = answer.to_polars()
    assert frame.height == sum(row.counts.roll_calls for row in answer.rows) == 7
    assert frame.filter(pl.col("roll_call") == "r2")["target"].to_list() == ["BIH", "HRV"]
    assert answer.to_dict()["joint_no"] == 1


KAMPUCHEA = """
| date       | symbol       | title                                                     | VNM | RUS | KHM |
|------------|--------------|-----------------------------------------------------------|-----|-----|-----|
| 1979-09-21 | A/RES/34/2A  | TO APPROVE THE FIRST REPORT OF THE CREDENTIALS COMMITTEE. | N   | N   | Y   |
| 1979-11-14 | A/RES/34/22  | RELIEF FOR KAMPUCHEA                                      | N   | N   | Y   |
| 1985-11-05 | A/RES/40/7   | The situation In Kampuchea                                | N   | A   | Y   |
| 1985-11-06 | A/RES/40/8   | Another text                                              | Y   | Y   | Y   |
"""


def test_shielding_by_hand() -> None:
    corpus = vote_tables.corpus(*vote_tables.frames(KAMPUCHEA))
    beside = shield("RUS", "VNM", on="KHM", period="1979-1985", corpus=corpus)
    assert {kind: (c.roll_calls, c.same_no) for kind, c in beside.by_kind} == {
        "political": (2, 1),
        "credentials": (1, 1),
    }
    assert (beside.total.same, beside.total.ambivalent, beside.total.opposite) == (2, 1, 0)
    assert [(v.date.isoformat(), v.draft, v.checked) for v in beside.vetoes] == [
        ("1979-01-15", "S/13027", False),
        ("1979-03-16", "S/13162", False),
    ]
    seat = shield("RUS", "KHM", period="1979-1985", corpus=corpus)
    assert (seat.total.same, seat.total.opposite, seat.total.ambivalent) == (0, 2, 1)
    assert seat.vetoes == beside.vetoes
    assert {"shield_ledger", "shield_unchecked", "shield_motive"} <= {n.id for n in seat.notes}
    assert shield("RUS", "KHM", period="1980-1985", corpus=corpus).vetoes == ()


def test_vetoes_alone_are_an_answer_and_nothing_is_none() -> None:
    corpus = vote_tables.corpus(*vote_tables.frames(KAMPUCHEA))
    assert len(shield("RUS", "VNM", on="AFG", period="1980-1985", corpus=corpus).vetoes) == 1
    with pytest.raises(EmptySelection, match="Chile"):
        shield("RUS", "VNM", on="CHL", period="1980-1985", corpus=corpus)
