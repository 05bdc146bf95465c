"""Issues in words, searches, and what a selection says of roll calls it cannot place in time."""

import pytest

from comity.errors import FieldMissing, UnknownIssue
from comity.model.period import Period
from comity.model.reading import Reading
from comity.model.tables import ISSUES
from comity.model.words import say
from comity.votes.selection import issue_label, issue_mask, parse_flags
from vote_tables import corpus, frames

CALLS, VOTES = frames(
    """
    | date       | session | hr  | symbol     | title               | subjects            | VNM | RUS |
    | 1995-11-01 | 50      | yes | A/RES/50/1 | Rights in Kosovo    | HUMAN RIGHTS; IRAN  | Y   | Y   |
    |            | 50      | yes | A/RES/50/2 | Kosovo              |                     | Y   | N   |
    | 1996-11-01 |         | no  |            | The right (to food) | FOOD                | Y   | A   |
    """
)

MARKS = corpus(CALLS, VOTES).marks


@pytest.mark.parametrize(
    ("issue", "expected"),
    [
        ("all", [True, True, True]),
        ("hr", [True, True, False]),
        ("HR", [True, True, False]),
        ("me", [False, False, False]),
        ("me + hr", [True, True, False]),
        ("title:kosovo", [True, True, False]),
        ("title:kosovo rights", [True, False, False]),
        ("title:(to", [False, False, True]),
        ("subject:human iran", [True, False, False]),
    ],
)
def test_issue_mask(issue: str, expected: list[bool]) -> None:
    assert issue_mask(MARKS, issue).tolist() == expected


def test_a_set_names_symbols_or_ids() -> None:
    assert issue_mask(MARKS, "set:mine", {"A/RES/50/2", "r3", "A/RES/1/1"}).tolist() == [False, True, True]
    with pytest.raises(UnknownIssue, match="not loaded"):
        issue_mask(MARKS, "set:mine")


@pytest.mark.parametrize("issue", ["", "humanrights", "hr+", "hr,me", "title:", "set:", "nonsense:x"])
def test_no_such_issue(issue: str) -> None:
    with pytest.raises(UnknownIssue, match="all, me, nu, di, hr, co, ec"):
        issue_mask(MARKS, issue)


@pytest.mark.parametrize(("text", "flag"), [("human", "hr"), ("Palestine", "me"), ("nuclear", "nu"), ("economy", "ec")])
def test_a_word_for_an_issue_is_suggested(text: str, flag: str) -> None:
    with pytest.raises(UnknownIssue, match=rf"Did you mean {flag}\?"):
        parse_flags(text)


def test_every_issue_has_its_words() -> None:
    assert [issue_label(flag) for flag in ("all", *ISSUES)] == [say(f"issue_name.{flag}") for flag in ("all", *ISSUES)]
    assert issue_label("me+hr") == f"{say('issue_name.me')} or human rights"
    assert issue_label("title:Kosovo") == "title “Kosovo”"
    assert issue_label("set:es-11") == "the set “es-11”"


def test_roll_calls_that_a_clock_cannot_place_are_left_out_and_named() -> None:
    whole = {"year": Period(1990, 1999), "session": Period(1, 99, "session")}
    for clock, reason, lost in (("year", "date_unknown", "r2"), ("session", "session_unknown", "r3")):
        selection = corpus(CALLS, VOTES).select(Reading(clock=clock))  # type: ignore[arg-type]
        assert selection.ids[selection.reasons[reason]].tolist() == [lost]
        assert len(selection.rows(whole[clock])) == 2


@pytest.mark.parametrize("issue", ["title:x", "subject:x", "hr"])
def test_a_field_that_a_release_lacks_altogether(issue: str) -> None:
    bare = corpus(*frames("| date | VNM |\n| 1995-11-01 | Y |")).marks
    with pytest.raises(FieldMissing, match="comity data"):
        issue_mask(bare, issue)


def test_at_most_fifty_ids_are_listed_and_all_are_counted() -> None:
    rows = "\n".join(["| date | symbol | VNM | RUS |", *["| 1995-11-01 | A/RES/50/1 | Y | Y |"] * 60])
    (dropped,) = corpus(*frames(rows)).select(Reading()).dropped([Period(1995, 1995)])
    assert (dropped.reason, dropped.count, len(dropped.ids)) == ("duplicate", 59, 50)
    assert dropped.ids[0] == "r2"
