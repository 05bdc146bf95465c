"""Tiers, visits, timelines, words beside votes, arguments and predictions, on small ledgers worked out by hand."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "strands"))

from ledger_files import row, write

from comity.errors import BadPeriod, EmptySelection, SamePair, UnknownIssue, UnknownState, UsageError
from comity.ingest.ledger_check import check_folder
from comity.study import ledgers
from comity.study.between import between
from comity.study.ledger_rows import access, ledger_list, ledger_show, perceptions, positions
from comity.study.reasons import arguments, predictions
from comity.study.statements import statements
from comity.study.tiers import tiers
from comity.study.timeline import timeline
from comity.study.visits import visits

# Brazil and Cuba: a pair of which the shipped ledgers have nothing.
PAIR = "BRA,CUB"


def tier(id: str, partner: str, date: str, rank: int, **fields: Any) -> dict[str, Any]:
    fixed = {"holder": "BRA", "partner": partner, "tier": f"tier {rank}", "rank": rank, "status": "in force"}
    return row(id, f"BRA,{partner}", date=date, **(fixed | fields))


def visit(id: str, date: str, type: str, office: str = "President", **fields: Any) -> dict[str, Any]:
    fixed = {"visitor": "BRA", "host": "CUB", "person": "A. One", "office": office, "type": type}
    return row(id, PAIR, date=date, **(fixed | fields))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    return tmp_path / "ledgers"


# Brazil's ladder, by hand: France on tier 2 from 1990, on tier 1 from 10 May 2000; China on tier 1 since some day of
# 2005; the United Kingdom on tier 2 from 1980 to some day of 2003; Russia on tier 1 from 2010.
LADDER = [
    tier("t-fra-2", "FRA", "1990-02-01", 2, until="2000-05-10", status="ended"),
    tier("t-fra-1", "FRA", "2000-05-10", 1),
    tier("t-chn", "CHN", "2005", 1),
    tier("t-gbr", "GBR", "1980", 2, until="2003", status="ended"),
    tier("t-rus", "RUS", "2010-01-01", 1),
]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2000-05-09", {"FRA": (2, "yes"), "GBR": (2, "yes")}),
        ("2000-05-10", {"FRA": (1, "yes"), "GBR": (2, "yes")}),
        ("2003-06-01", {"FRA": (1, "yes"), "GBR": (2, "cannot be told")}),
        ("2004-12-31", {"FRA": (1, "yes")}),
        ("2005-06-01", {"FRA": (1, "yes"), "CHN": (1, "cannot be told")}),
        ("2006-01-01", {"FRA": (1, "yes"), "CHN": (1, "yes")}),
        ("2010-01-01", {"FRA": (1, "yes"), "CHN": (1, "yes"), "RUS": (1, "yes")}),
    ],
)
def test_who_held_which_tier(home: Path, day: str, expected: dict[str, tuple[int, str]]) -> None:
    write(home, tiers=LADDER)
    answer = tiers("BRA", on=day)
    assert {t.partner: (t.rank, t.told) for t in answer.held} == expected


def test_tiers_since_when_and_which_of_the_five(home: Path) -> None:
    write(home, tiers=LADDER)
    answer = tiers("BRA", on="2010-05-09", group="asean")
    years = {t.partner: t.since.years for t in answer.held if t.since}
    assert years == {"FRA": (9, 9), "CHN": (4, 5), "RUS": (0, 0)}
    assert "tiers_reach" not in {n.id for n in tiers("BRA", on="2010-01-01").notes}
    assert "tiers_reach" in {n.id for n in answer.notes}
    five, asean = answer.groups
    assert (five.highest, five.other, five.unknown) == (("CHN", "FRA", "RUS"), (), ("GBR", "USA"))
    assert len(asean.unknown) == len(asean.members) == 10
    assert answer.to_polars().height == 3


def test_special_relations_stand_apart_from_the_ladder(home: Path) -> None:
    special = [tier("s-gbr", "GBR", "1950", 1, special=True), tier("s-tha", "THA", "1960", 1, special=True)]
    write(home, tiers=LADDER + special)
    answer = tiers("BRA", on="2000-05-10", group="asean")
    assert {t.partner: t.rank for t in answer.held} == {"FRA": 1, "GBR": 2}
    assert [t.partner for t in answer.special] == ["GBR", "THA"]
    five, asean = answer.groups
    assert (five.highest, five.other, five.special) == (("FRA",), ("GBR",), ())
    assert asean.special == ("THA",) and "THA" not in asean.unknown
    assert check_folder().problems == ()


def test_the_sequence_of_tiers(home: Path) -> None:
    write(home, tiers=LADDER)
    answer = tiers("Brazil")
    assert [(t.partner, t.rank) for t in answer.held] == [
        ("GBR", 2), ("FRA", 2), ("FRA", 1), ("CHN", 1), ("RUS", 1),
    ]  # fmt: skip


def test_tiers_asked_wrongly(home: Path) -> None:
    write(home, tiers=LADDER)
    with pytest.raises(BadPeriod, match="No such day"):
        tiers("BRA", on="2024-13-01")
    with pytest.raises(BadPeriod, match="That day is to come"):
        tiers("BRA", on="2999-01-01")
    with pytest.raises(UnknownIssue, match="Unknown group"):
        tiers("BRA", on="2024-01-01", group="nobody")
    with pytest.raises(EmptySelection, match="No such row in tiers"):
        tiers("CUB", on="2024-01-01")
    with pytest.raises(EmptySelection, match="comity tiers BRA"):
        tiers("GBR")
    with pytest.raises(UnknownState):
        tiers("Nowhere")


# Eight accounts of seven visits: v1 state, v2 official, v3 working by a minister, v4 multilateral, v5 a meeting, v6 of
# an unknown kind, v7 told twice (state, official); v8 was only announced; w1 goes the other way.
VISITS = [
    visit("v1", "1991", "state"),
    visit("v2", "1992-03", "official", office="Prime Minister"),
    visit("v3", "1993-03-04", "working", office="Minister of Foreign Affairs", person="B. Two"),
    visit("v4", "1994", "multilateral"),
    visit("v5", "1995", "meeting", office="Deputy Prime Minister", person="C. Three"),
    visit("v6", "1996", "unknown"),
    visit("v7-a", "1997-01-02", "state", event="v7"),
    visit("v7-b", "1997-01", "official", event="v7"),
    visit("v8", "1998", "state", status="announced"),
    visit("w1", "1999", "official", visitor="CUB", host="BRA", person="D. Four"),
]
# rule → (there: fewest, most; back)
COUNTS = {
    "state": ((1, 2), (0, 0)),
    "official": ((3, 3), (1, 1)),
    "bilateral": ((4, 4), (1, 1)),
    "multilateral": ((5, 5), (1, 1)),
    "all": ((7, 7), (1, 1)),
    "heads": ((5, 5), (1, 1)),
    "heads-bilateral": ((3, 3), (1, 1)),
}


def test_visits_by_every_rule(home: Path) -> None:
    write(home, visits=VISITS)
    answer = visits("BRA", "CUB")
    assert {c.rule: (c.to_b, c.to_a) for c in answer.counts} == COUNTS
    assert len(answer.visits) == 8
    assert [e.row.id for e in answer.not_held] == ["v8"]
    (one,) = answer.persons
    assert (one.person, one.visitor, dict(one.counts)["multilateral"]) == ("A. One", "BRA", (4, 4))
    # The other way round the directions change places.
    back = visits("CUB", "BRA")
    assert {c.rule: (c.to_a, c.to_b) for c in back.counts} == COUNTS


@pytest.mark.parametrize("rule", COUNTS)
def test_each_count_has_its_list(home: Path, rule: str) -> None:
    write(home, visits=VISITS)
    answer = visits("BRA", "CUB", rule=rule)
    (count,) = answer.counts
    assert len(answer.visits) == count.both[1]
    assert sum(rule in v.rules for v in answer.visits) == count.both[0]


def test_visits_of_a_person_and_a_period(home: Path) -> None:
    write(home, visits=VISITS)
    assert {a.row.id for v in visits("BRA", "CUB", person="two").visits for a in v.accounts} == {"v3"}
    # 1992-03 may have a day in the period; 1991 cannot.
    found = visits("BRA", "CUB", period="1992-03-31..1993-12-31").visits
    assert [a.row.id for v in found for a in v.accounts] == ["v2", "v3"]
    with pytest.raises(UsageError, match="Unknown rule"):
        visits("BRA", "CUB", rule="royal")
    with pytest.raises(SamePair):
        visits("BRA", "Brazil")
    with pytest.raises(EmptySelection, match="Nobody"):
        visits("BRA", "CUB", person="Nobody")


def test_a_timeline_in_order_with_accounts_beside_each_other(home: Path) -> None:
    write(
        home,
        visits=[visit("v1", "1991", "state", event="one"), visit("v2", "1993-01-02", "state", event="one")],
        treaties=[
            row("t1", PAIR, form="treaty", date="1992-05", status="ended", until="1996"),
            row("t2", "BRA", form="treaty"),
        ],
        arguments=[row("a1", PAIR, date="1990", side="continuity", argument="x", strength="weak")],
        events=[row("e1", PAIR, date="1992-05-01")],
    )
    answer = timeline(["BRA", "CUB"])
    assert [[e.row.id for e in m.entries] for m in answer.moments] == [["v1", "v2"], ["t1"], ["e1"]]
    assert [m.same_day for m in answer.moments] == ["no", "yes", "yes"]
    assert {n.id for n in answer.notes} >= {"timeline_apart", "timeline_accounts", "ledger_unchecked"}
    assert next(e.row.id for e in timeline("BRA,CUB", kinds="all").entries) == "a1"
    assert [e.row.id for e in timeline("BRA,CUB", kinds="treaties").entries] == ["t1"]
    # A row that lasts is in every period it touches, one of a day only in its own.
    assert [e.row.id for e in timeline("BRA,CUB", period="1995").entries] == ["t1"]
    assert "t2" in [e.row.id for e in timeline(["BRA", "CUB"], either=True).entries]
    with pytest.raises(EmptySelection):
        timeline("BRA,CUB", period="1900-1950")
    with pytest.raises(UsageError, match="No such ledger"):
        timeline("BRA,CUB", kinds="treaty")
    with pytest.raises(BadPeriod):
        timeline("BRA,CUB", period="1995-1990")


def test_words_beside_the_vote_they_were_said_on(home: Path) -> None:
    said = {"speaker": "A. One", "office": "Envoy", "gist": "What was said"}
    write(
        home,
        statements=[
            row("s1", PAIR, occasion="A debate", symbol="A/HRC/RES/99/1", **said),
            row("s2", PAIR, date="2002", occasion="A speech", symbol="A/RES/200/1", **said),
            row("s3", PAIR, date="2003", occasion="A visit", **said),
        ],
        council_votes=[row("c1", PAIR, symbol="A/HRC/RES/99/1", choices={"BRA": "yes", "CUB": "no"})],
    )
    answer = statements("BRA,CUB")
    first, second, third = answer.said
    assert first.record and [(v.state, v.choice) for v in first.record.votes] == [("BRA", "yes"), ("CUB", "no")]
    assert first.record.origin == "council_votes"
    assert second.record and second.record.origin == "" and {v.choice for v in second.record.votes} == {None}
    assert third.record is None
    assert "statements_missing" in {n.id for n in answer.notes}
    assert answer.to_polars()["votes"].to_list() == ["BRA:yes;CUB:no", "", ""]


def test_arguments_told_once_with_all_their_evidence(home: Path) -> None:
    def argument(id: str, side: str, strength: str, **fields: Any) -> dict[str, Any]:
        return row(id, PAIR, side=side, argument=f"Words of {id}", strength=strength, **fields)

    write(
        home,
        events=[row("e1", PAIR), row("e2", PAIR)],
        arguments=[
            argument("a1", "continuity", "weak", evidence=["events/e1"]),
            argument("a2", "continuity", "strong"),
            argument("a3", "continuity", "some", repeats="a1", evidence=["e2", "events/e1", "A/RES/200/9"]),
            argument("b1", "reconsideration", "some"),
        ],
    )
    answer = arguments("BRA,CUB")
    assert [r.entry.row.id for r in answer.continuity] == ["a2", "a1"]
    first = answer.continuity[1]
    assert [e.row.id for e in first.repeated] == ["a3"]
    assert [(e.named, e.entry.row.id if e.entry else None) for e in first.evidence] == [
        ("events/e1", "e1"), ("e2", "e2"), ("A/RES/200/9", None),
    ]  # fmt: skip
    assert [r.entry.row.id for r in answer.reconsideration] == ["b1"]
    assert next(n.text for n in answer.notes if n.id == "evidence_lost").endswith("A/RES/200/9.")


def test_predictions_with_their_status_today(home: Path) -> None:
    def foreseen(id: str, horizon: str, outcome: str, **fields: Any) -> dict[str, Any]:
        told = {"foresaw": "x", "test": "y", "judged": "2020"}
        return row(id, PAIR, horizon=horizon, outcome=outcome, **told, **fields)

    write(
        home,
        predictions=[
            foreseen("p1", "2010", "open"),
            foreseen("p2", "2999", "open"),
            foreseen("p3", "2010", "came about", evidence=["predictions/p1"]),
            foreseen("p4", "", "open"),
        ],
    )
    answer = predictions("BRA,CUB")
    assert {f.entry.row.id: f.overdue for f in answer.foreseen} == {"p1": True, "p2": False, "p3": False, "p4": False}
    assert next(n.text for n in answer.notes if n.id == "predictions_overdue").startswith("1 of the open")


def test_access_positions_perceptions(home: Path) -> None:
    def used(id: str, status: str) -> dict[str, Any]:
        return row(id, PAIR, user="BRA", host="CUB", type="exercise", status=status)

    write(
        home,
        access=[used("x1", "held"), used("x2", "planned"), used("x3", "held")],
        positions=[
            row("p1", "BRA", holder="BRA", issue="The Blue Lagoon", position="for"),
            row("p2", "CUB", holder="CUB", issue="The Blue Lagoon", position="against"),
            row("p3", "CUB", holder="CUB", issue="The Green Hill", position="none"),
        ],
        perceptions=[row("q1", PAIR, group="Students", about="CUB", direction="mixed", strength="weak")],
        narratives=[
            row(f"n{i}", PAIR, theme=t, carried_by="Papers") for i, t in enumerate(("sugar", "music", "sugar"))
        ],
    )
    assert [(g.key, len(g.entries)) for g in access("CUB").groups] == [("held", 2), ("planned", 1)]
    assert [(g.label, len(g.entries)) for g in positions("blue lagoon").groups] == [("The Blue Lagoon", 2)]
    assert [len(g.entries) for g in positions("Cuba").groups] == [1, 1]
    with pytest.raises(UnknownIssue, match="The Green Hill"):
        positions("red lake")
    with pytest.raises(UnknownIssue):
        positions("goon")  # a part of a word is no word
    write(home, positions=[row("p4", "BRA", holder="BRA", issue="The Cuba Strait", position="for")])
    assert [e.row.id for e in positions("cuba strait").entries] == ["p4"]
    with pytest.raises(EmptySelection):
        positions("Cuba")
    groups = perceptions("CUB").groups
    assert [(g.key, len(g.entries)) for g in groups] == [
        ("perceptions:CUB", 1), ("narratives:sugar", 2), ("narratives:music", 1),
    ]  # fmt: skip
    assert groups[0].label == "Cuba"


def test_one_ledger_and_the_list(home: Path) -> None:
    write(home, events=[row("e1", PAIR, date="1990s"), row("e2", "BRA", date="2001")])
    shown = ledger_show("events", states="BRA,CUB")
    assert [e.row.id for e in shown.entries] == ["e1"]
    assert {e.row.id for e in ledger_show("events", states="BRA,CUB", either=True).entries} >= {"e1", "e2"}
    assert [e.row.id for e in ledger_show("events", id="e2").entries] == ["e2"]
    with pytest.raises(UsageError, match="has no row of that id"):
        ledger_show("events", id="e3")
    with pytest.raises(UsageError, match="No such ledger"):
        ledger_show("event")
    count = next(x for x in ledger_list().ledgers if x.kind == "events")
    assert (count.own, count.rows) == (2, len(ledgers.rows(ledgers.kind_of("events"))))


@pytest.mark.parametrize(
    ("a", "b", "said", "told", "days"),
    [
        ("1978-11-03", "1978-12-25", "one month before", "yes", (52, 52)),
        ("1978-11", "1978-12-25", "one month before", "cannot be told", (25, 54)),
        ("2023-09-10", "2023-12-12", "within three months", "no", (93, 93)),
        ("2024-06-21", "2024-06-20", "one day after", "yes", (-1, -1)),
        ("2001-03-01", "2024-06-20", "over 23 years", "yes", (8512, 8512)),
        ("2002-05-02", "2004-05-02", "two years early", "yes", (731, 731)),
        ("9990-01-01", "9999-12-31", "within 9999 years", "yes", (3651, 3651)),
        ("0001-01-01", "0001-01-02", "about 9 years", "no", (1, 1)),
        ("events/e1", "events/e1:until", "over four years", "yes", (1462, 2191)),
    ],
)
def test_time_between(home: Path, a: str, b: str, said: str, told: str, days: tuple[int, int]) -> None:
    write(home, events=[row("e1", PAIR, date="2000", until="2005", status="ended")])
    answer = between(a, b, said=said)
    assert (answer.told, answer.length.days) == (told, days)


@pytest.mark.parametrize(
    ("a", "said", "why"),
    [
        ("1978-13", None, "No such date"),
        ("events/none", None, "has no row of that id"),
        ("event/e1", None, "No such ledger"),
        ("events/e2:until", None, "That row has no end"),
        ("1978", "a while ago", "Cannot read the length of time"),
        ("1978", "0 days before", "Cannot read the length of time"),
    ],
)
def test_time_between_asked_wrongly(home: Path, a: str, said: str | None, why: str) -> None:
    write(home, events=[row("e2", PAIR)])
    with pytest.raises(UsageError, match=why):
        between(a, "1979", said=said)


def test_a_damaged_ledger_of_the_user_is_named(home: Path) -> None:
    write(home, visits=[visit("v1", "1991-13", "state")])
    with pytest.raises(Exception, match=r"visits\.yaml, row 1 \(v1\): date: no month"):
        visits("BRA", "CUB")


def test_an_account_that_tells_no_kind_does_not_contradict_one_that_does(home: Path) -> None:
    told = [visit("v1", "1991-02", "official", event="e"), visit("v2", "1991", "unknown", event="e")]
    write(home, visits=told)
    (count,) = visits("BRA", "CUB", rule="bilateral").counts
    assert count.to_b == (1, 1)
