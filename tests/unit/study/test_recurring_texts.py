"""Recurring texts asked of a made-up release."""

from __future__ import annotations

import json
from dataclasses import replace

import polars as pl
import pytest

import vote_tables
from comity.errors import EmptySelection, FieldMissing, UnknownState, UsageError
from comity.model.choice import Choice
from comity.model.reading import Reading
from comity.model.words import spans
from comity.report import terminal
from comity.report.family_tables import family_sentences
from comity.report.text_formats import as_csv, as_html, as_markdown
from comity.study.families import families, family
from comity.study.recurring import families_of, texts_of
from comity.study.release import ReleaseCorpus
from comity.votes.families import ALONE, Family
from comity.votes.family_twins import may_be_one

STATES = ("USA", "CHN", "RUS", "GBR", "FRA", "VNM", "IDN", "MYS", "PHL", "SGP", "THA", "LAO")
FOOD, TRADE = "The right to food", "International trade in a state of flux"
YES_NO = {FOOD: "NYYAAYYYYYYY", TRADE: "YNNYYNANNAYN"}


def release(food: str = FOOD, *, more: str = "") -> ReleaseCorpus:
    """Three sessions of two texts, one more text in the last; hr marks the first text only."""
    lines = ["|date|session|symbol|title|hr|" + "|".join(STATES) + "|", "|" + "---|" * (5 + len(STATES))]
    for session in (60, 61, 62):
        for k, (title, cells) in enumerate(YES_NO.items(), 1):
            head = (f"{session + 1945}-12-0{k}", session, f"A/RES/{session}/{k}", food if k == 1 else title)
            lines.append("|" + "|".join((*map(str, head), "yes" if k == 1 else "no", *cells)) + "|")
    lines.append("|2007-12-09|62|A/RES/62/9|Lighthouses|no|" + "|".join("NNAAYYNNAAYY") + "|")
    lines += [more] if more else []
    return vote_tables.corpus(*vote_tables.frames("\n".join(lines)))


def test_the_list_counts_what_recurs_and_what_does_not() -> None:
    answer = families(corpus=release())
    assert [(row.label, row.sessions, row.roll_calls, row.chosen) for row in answer.rows] == [
        (FOOD, (60, 61, 62), 3, 3),
        (TRADE, (60, 61, 62), 3, 3),
    ]
    assert (answer.in_families, answer.alone) == (6, 1)
    assert answer.to_polars()["sessions"].to_list() == [[60, 61, 62]] * 2
    assert json.loads(json.dumps(answer.to_dict()))["families"][0]["label"] == FOOD


def test_an_issue_and_a_theme_choose_families() -> None:
    assert [row.label for row in families(reading=Reading(issue="hr"), corpus=release()).rows] == [FOOD]
    with pytest.raises(EmptySelection, match="death_penalty"):
        families("death_penalty", corpus=release())
    held = families("death_penalty", corpus=release("Moratorium on the use of the death penalty"))
    assert [row.themes for row in held.rows] == [("death_penalty",)]


@pytest.mark.parametrize("wanted", ["0", "A/RES/61/1", "61/1", FOOD, "right to  FOOD", "food"])
def test_a_family_is_shown_by_number_symbol_or_words(wanted: str) -> None:
    answer = family(wanted, corpus=release())
    assert [(v.symbol, v.session, v.part) for v in answer.votes] == [
        ("A/RES/60/1", 60, False),
        ("A/RES/61/1", 61, False),
        ("A/RES/62/1", 62, False),
    ]
    tally = answer.votes[0].tally
    assert (tally.yes, tally.no, tally.abstain, tally.nonvoting) == (9, 1, 2, 0)
    assert answer.votes[0].score is None
    assert all(v.score is not None and v.score > 0 for v in answer.votes[1:])
    assert answer.to_polars()["yes"].to_list() == [9, 9, 9]


def test_states_are_told_beside_the_tally() -> None:
    answer = family("0", states="VNM,USA,ZAF", corpus=release())
    assert answer.states == (("VNM", "Viet Nam"), ("USA", "United States"), ("ZAF", "South Africa"))
    assert [v.choices for v in answer.votes] == [(Choice.YES, Choice.NO, Choice.NOT_MEMBER)] * 3
    assert answer.to_polars().select("VNM", "USA", "ZAF").row(0) == ("yes", "no", "not a member")
    assert answer.to_dict()["votes"][0]["choices"] == {"VNM": "yes", "USA": "no", "ZAF": "not a member"}
    with pytest.raises(UnknownState):
        family("0", states="Atlantis", corpus=release())


def told(states: str) -> list[str]:
    return family_sentences(family("0", states=states, corpus=release()))[1:]


def test_how_states_voted_on_a_text_in_sentences() -> None:
    assert told("VNM,RUS") == [
        "Viet Nam cast a vote on 3 of the 3: 3 yes, 0 no, 0 abstained.",
        "Russia cast a vote on 3 of the 3: 3 yes, 0 no, 0 abstained.",
        "Both cast a vote on 3 and voted alike on 3 of them: 3 both yes, 0 both no, 0 both abstaining.",
    ]
    assert told("USA,GBR")[0] == "The United States cast a vote on 3 of the 3: 0 yes, 3 no, 0 abstained."
    assert told("USA,GBR")[-1].startswith("Both cast a vote on 3 and voted alike on 0 of them")
    assert told("VNM,ZAF")[1:] == [
        "South Africa cast no vote on this text.",
        "On none of them did both cast a vote, so how far they voted alike on this text cannot be said.",
    ]
    assert len(told("VNM")) == 1


def test_words_that_several_titles_have_are_an_error_that_names_them() -> None:
    with pytest.raises(UsageError, match=r"0 “The right to trade” \(sessions 60–62\); 1 “International trade"):
        family("trade", corpus=release("The right to trade"))


@pytest.mark.parametrize("words", ["of flux and", "zebra", "", " / ", "rade"])
def test_words_that_no_title_has_are_an_error(words: str) -> None:
    with pytest.raises(EmptySelection, match="comity family list"):
        family(words, corpus=release())


def test_a_title_printed_among_the_subjects_is_the_title_shown_and_found() -> None:
    held = release()
    agenda = pl.when(pl.col("title") == FOOD).then(pl.lit("A/73/251 74b - Human rights questions"))
    calls = held.roll_calls.with_columns(title=agenda.otherwise("title"), subjects="title")
    corpus = ReleaseCorpus(held.manifest, calls, held.matrix)
    assert {v.title for v in family("right to food", corpus=corpus).votes} == {FOOD}


def test_the_title_itself_goes_before_a_title_that_holds_it() -> None:
    assert family("trade", corpus=release("Trade")).family.label == "Trade"


def test_pages_of_the_list_and_of_a_text() -> None:
    page = as_markdown(families(corpus=release()))
    assert "| 0 | The right to food | 60–62 | 3 | 3 |" in page
    page = as_markdown(family("0", states="VNM,USA", corpus=release()))
    assert "Viet Nam | United States |" in page and "| yes | no |" in page
    assert "<th" in as_html(family("0", corpus=release()))
    assert "VNM" in as_csv(family("0", states="VNM", corpus=release())).splitlines()[0]
    row = as_csv(families(corpus=release())).splitlines()[1]
    assert row.startswith(f"0,{FOOD},3,3,") and ",3,60,62," in row


def test_a_terminal_shows_the_states_in_short_words() -> None:
    printed = terminal.text(family("0", states="VNM,USA,ZAF", corpus=release()), 80)
    assert "VNM" in printed and "yes" in printed and "–" in printed
    assert all(len(line) <= 80 for line in printed.splitlines())


def test_what_cannot_be_shown_says_why() -> None:
    with pytest.raises(UsageError, match="0 to 1"):
        family("2", corpus=release())
    with pytest.raises(EmptySelection, match="stands alone"):
        family("A/RES/62/9", corpus=release())
    with pytest.raises(EmptySelection, match="no such roll call"):
        family("A/RES/62/99", corpus=release())
    with pytest.raises(UsageError, match="Unknown theme"):
        families("weather", corpus=release())


def test_a_release_without_titles_says_so() -> None:
    held = release()
    with pytest.raises(FieldMissing, match="no titles"):
        families(corpus=ReleaseCorpus(held.manifest, held.roll_calls.with_columns(title=None), held.matrix))


def test_sessions_in_a_row_are_drawn_together() -> None:
    assert spans((44, 45, 46, 49)) == "44–46, 49"
    assert spans((1,)) == "1"


MOTION = "The President: I shall now put to the vote the motion that no action be taken. A"


def test_a_motion_is_shown_with_the_text_and_is_no_vote_for_or_against_it() -> None:
    corpus = release(more="|2007-12-01|62|A/RES/62/1|" + MOTION + "|yes|" + "|".join("YNNAAYNNNNNN") + "|")
    assert families_of(corpus).ids[-1] == 0 and texts_of(corpus)[-1] == ALONE
    assert (texts_of(corpus)[:-1] == families_of(corpus).ids[:-1]).all()
    answer = family("0", states="VNM,USA", corpus=corpus)
    assert [v.motion for v in answer.votes] == [False, False, False, True]
    told = family_sentences(answer)
    assert "Left out of what follows: 1 on a motion, where yes is not a yes to the text." in told
    assert "Viet Nam cast a vote on 3 of the 3: 3 yes, 0 no, 0 abstained." in told
    printed = " ".join(terminal.text(answer, 120).split())
    assert "motion, not a vote for or against the text" in printed and "part of the text" not in printed


def test_families_of_one_title_that_never_meet_may_be_one_text() -> None:
    def made(id_: int, label: str, *sessions: int) -> Family:
        return Family(id_, label, (), sessions, ())

    penalty = "Moratorium on the use of the death penalty"
    found = may_be_one(
        [
            made(0, penalty, 62, 63, 65),
            made(1, penalty.upper(), 65, 67, 69),
            made(2, "The right of the Palestinian people to self-determination", 62, 63),
            made(3, "The right of peoples to self-determination", 65, 66),
            made(4, "Situation of human rights in Iraq", 50, 51),
            made(5, "Situation of human rights in Iran", 53, 54),
            made(6, penalty, 62, 63, 71),
        ]
    )
    assert found == {0: (1,), 1: (0, 6), 6: (1,)}


def test_a_family_names_the_one_it_may_be_one_with() -> None:
    answer = family("0", corpus=release())
    assert answer.maybe == ()
    other = replace(answer.family, id=9, sessions=(65, 66))
    told = family_sentences(replace(answer, maybe=(other,)))
    assert "Family 9 (sessions 65–66) has nearly the same title: the two may be one text." in told
    assert replace(answer, maybe=(other,)).to_dict()["may_be_one_with"][0]["id"] == 9
