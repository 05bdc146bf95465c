"""Recurring texts asked of a made-up release."""

from __future__ import annotations

import json

import pytest

import vote_tables
from comity.errors import EmptySelection, FieldMissing, UsageError
from comity.model.reading import Reading
from comity.report import terminal_families
from comity.study.families import families, family
from comity.study.release import ReleaseCorpus

STATES = ("USA", "CHN", "RUS", "GBR", "FRA", "VNM", "IDN", "MYS", "PHL", "SGP", "THA", "LAO")
FOOD, TRADE = "The right to food", "International trade in a state of flux"
YES_NO = {FOOD: "NYYAAYYYYYYY", TRADE: "YNNYYNANNAYN"}


def release(food: str = FOOD) -> ReleaseCorpus:
    """Three sessions of two texts, one more text in the last; hr marks the first text only."""
    lines = ["|date|session|symbol|title|hr|" + "|".join(STATES) + "|", "|" + "---|" * (5 + len(STATES))]
    for session in (60, 61, 62):
        for k, (title, cells) in enumerate(YES_NO.items(), 1):
            head = (f"{session + 1945}-12-0{k}", session, f"A/RES/{session}/{k}", food if k == 1 else title)
            lines.append("|" + "|".join((*map(str, head), "yes" if k == 1 else "no", *cells)) + "|")
    lines.append("|2007-12-09|62|A/RES/62/9|Lighthouses|no|" + "|".join("NNAAYYNNAAYY") + "|")
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


@pytest.mark.parametrize("wanted", ["0", "A/RES/61/1", "61/1"])
def test_a_family_is_shown_by_number_or_symbol(wanted: str) -> None:
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
    assert terminal_families.spans((44, 45, 46, 49)) == "44–46, 49"
    assert terminal_families.spans((1,)) == "1"
