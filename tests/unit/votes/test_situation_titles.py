"""Which state a title is about, on shapes that titles really have; the ledgers' rules."""

from __future__ import annotations

from datetime import date

import pytest

from comity.votes.situations import Situation, Text, is_motion, ledger, parse, read_ledger, situations_of
from comity.votes.vetoes import read_vetoes, vetoed_drafts

DAY = {year: date(year, 12, 15) for year in range(1956, 2022)}

SHAPES = [
    (2010, "Situation of human rights in the Islamic Republic of Iran", "rights", "IRN"),
    (2012, "Situation of human rights in the Islamic Republic of Iran : resolution / adopted by the General Assembly",
     "rights", "IRN"),
    (1985, "Situation of human rights In the Islamic Republic of Iran", "rights", "IRN"),
    (1984, "TO NOTE THE SITUATION OF HUMAN RIGHTS AND FUNDAMENTAL FREEDOMS IN CHILE.", "rights", "CHL"),
    (1986, "Situation of human rights and fundamental freedoms in Guatemala", "rights", "GTM"),
    (1985, "Question of human rights and fundamental freedom In Afghanistan", "rights", "AFG"),
    (1997, "Human rights situation in the Sudan", "rights", "SDN"),
    (2000, "Human rights in Iraq", "rights", "IRQ"),
    (2006, "Situation on human rights in Myanmar: resolution / adopted by the General Assemby", "rights", "MMR"),
    (2007, "Situation of the human rights in Belarus : resolution / adopted by the General Assembly", "rights", "BLR"),
    (2019, "Situation of human rights of Rohingya Muslims and other minorities in Myanmar", "rights", "MMR"),
    (2005, "Situation of human rights in the Democratic People?Ã†s Republic of Korea : resolution / adopted by the "
     "General Assembly", "rights", "PRK"),
    (2003, "Situation of human rights in the Democratic Republic of the Congo", "rights", "COD"),
    (1994, "Situation of human rights in the Republic of Bosnia and Herzegovina, the Republic of Croatia and "
     "Yugoslavia", "rights", "BIH HRV YUG"),
    (1997, "Human rights situation in Bosnia and Herzegovina, Croatia, and the Federal Republic of Yugoslavia (Serbia "
     "and Montenegro)", "rights", "BIH HRV YUG"),
    (1990, "The situation of human rights in occupied Kuwait", "rights", "KWT"),
    (1991, "Situation of human rights in Kuwait under Iraqi occupation", "rights", "KWT"),
    (1998, "Situation of human rights in Kosovo", "rights", "YUG"),
    (2019, "Situation of human rights in the Autonomous Republic of Crimea and the city of Sevastopol, Ukraine",
     "rights", "UKR"),
    (2017, "A/72/251 72c - Human rights situations and reports of special rapporteurs and representatives. - HUMAN "
     "RIGHTS--REPORTS;A/72/251 72c[6] - HUMAN RIGHTS--IRAN (ISLAMIC REPUBLIC OF)", "rights", "IRN"),
    (1998, "The Acting President: We turn to draft resolution I, entitled _Situation of human rights in Rwanda<d3>. It "
     "was adopted. Draft resolution II is entitled _Situation of human rights in Iraq<d3>. A recorded vote", "rights",
     "IRQ"),
    (1978, "TO APPROVE A RESOLUTION REITERATING GRAVE CONCERN AT THE DETERIORATION OF THE HUMAN RIGHTS SITUATION IN "
     "CHILE.", "rights", "CHL"),
    (1985, "The situation in Kampuchea", "political", "KHM"),
    (2018, "A/73/251 40 - The situation in Afghanistan. - AFGHANISTAN SITUATION", "political", "AFG"),
    (1994, "The situation in the occupied territories of Croatia", "political", "HRV"),
    (1956, "TO ADOPT WHOLE 5-POWER DRAFT RESOL. (A/3316) COVERING THE SITUATION IN HUNGARY.", "political", "HUN"),
]  # fmt: skip
NONE = [
    (2010, "The situation in the Middle East"),
    (2018, "A/73/251 38 - The situation in the Middle East. - MIDDLE EAST SITUATION"),
    (2016, "A/71/251 68c - Human rights situations and reports of special rapporteurs and representatives. - HUMAN "
           "RIGHTS--REPORTS"),
    (2010, "Situation of and assistance to Palestinian children"),
    (2010, "Israeli practices affecting the human rights of the Palestinian people"),
    (1990, "TO ENCOURAGE THE DEPARTMENT TO PUBLICIZE THE EXISTING SITUATION IN PALESTINE."),
    (2006, "The human rights situation arising from the recent Israeli military operations in Lebanon"),
    (1985, "Situation in Namibia resulting from the illegal occupation of the Territory by South Africa"),
    (1980, "THE SITUATION IN WESTERN SAHARA RESULTING FROM THE CONTINUED OCCUPATION BY MOROCCO"),
    (2005, "The President: Draft resolution X is entitled _Human rights in the administration of justice.<d3> Draft"),
    (1970, "PREAMBULAR PARAGRAPHS 7 AND 8 OF DRAFT RESOL. (A/8178) ON RESPECT FOR HUMAN RIGHTS IN ARMED CONFLICTS."),
    (1992, "Assistance to El Salvador"),
    (2010, ""),
]  # fmt: skip


@pytest.mark.parametrize(("year", "title", "kind", "states"), SHAPES)
def test_a_title_names_its_states(year: int, title: str, kind: str, states: str) -> None:
    found = parse(title, DAY[year])
    assert found is not None
    assert (found[0], " ".join(found[1])) == (kind, states)


@pytest.mark.parametrize(("year", "title"), NONE)
def test_a_title_that_names_no_situation_in_a_state(year: int, title: str) -> None:
    assert parse(title, DAY[year]) is None


def test_a_name_means_the_state_of_its_day() -> None:
    assert parse("The situation in Namibia", date(1980, 1, 1)) is None
    assert parse("The situation in Namibia", date(1995, 1, 1)) == ("political", ("NAM",), "")
    assert parse("Situation of human rights in Kosovo", date(1999, 12, 1)) == ("rights", ("YUG",), "Kosovo")
    assert parse("Situation of human rights in Yugoslavia", date(1994, 12, 1)) == ("rights", ("YUG",), "")
    assert parse("Situation of human rights in Burundi", date(1994, 12, 1)) == ("rights", ("BDI",), "")


def text(call: str, symbol: str | None, title: str | None, *, marked: bool = False) -> Text:
    return Text(call, symbol, title, date(2005, 12, 16), marked)


def test_a_paragraph_is_about_what_its_resolution_is_about() -> None:
    found = situations_of(
        [
            text("1", "A/RES/60/170", "I shall put to the vote paragraph 9 (c).", marked=True),
            text("2", "A/RES/60/170", "Situation of human rights in the Democratic Republic of the Congo"),
            text("3", "A/RES/60/170", "Another text under the same symbol"),
            text("4", "A/RES/60/171", "Paragraph 9", marked=True),
            text("5", None, "Paragraph 9", marked=True),
        ]
    )
    assert found == [
        Situation("rights", ("COD",), basis="symbol"),
        Situation("rights", ("COD",)),
        None,
        None,
        None,
    ]


def test_the_ledger_goes_before_the_title() -> None:
    held, by_number, none = situations_of(
        [
            text("1", "A/RES/75/191", "The situation in Cuba"),
            text("1424", None, None),
            text("2", "A/RES/99/999", None),
        ]
    )
    assert held is not None and (held.targets, held.basis, held.checked) == (("IRN",), "ledger", False)
    assert by_number is not None and (by_number.kind, by_number.targets) == ("credentials", ("KHM",))
    assert none is None


def test_a_row_can_say_that_a_text_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    from comity.votes import situations

    made = read_ledger("places: []\ntexts:\n  - {symbol: A/RES/60/1, not_one: true}\n")
    monkeypatch.setattr(situations, "_rows", lambda: {row.key: row for row in made.texts})
    assert situations_of([text("1", "A/RES/60/1", "Human rights in Iraq")]) == [None]


@pytest.mark.parametrize(
    "row",
    [
        "{targets: [IRN]}",
        "{symbol: A/RES/60/1, voeten_rcid: 7, targets: [IRN]}",
        "{symbol: A/RES/60/1}",
        "{symbol: A/RES/60/1, targets: [IRN], not_one: true}",
        "{symbol: A/RES/60/1, targets: [IRN], colour: red}",
        "{symbol: A/RES/60/1, targets: [IRN]}\n  - {symbol: A/RES/60/1, targets: [IRQ]}",
    ],
)
def test_an_impossible_row_is_refused(row: str) -> None:
    with pytest.raises(ValueError):
        read_ledger(f"places: []\ntexts:\n  - {row}\n")


def test_rows_of_the_ledger_name_states() -> None:
    from comity.states.registry import registry

    for state in (s for row in ledger().texts for s in row.targets):
        assert registry().state(state).id == state
    assert {place.state for place in ledger().places} == {"UKR", "YUG"}


def test_a_motion_is_told_from_a_text() -> None:
    assert is_motion("a decision on the motion proposed by the representative for no action to be taken")
    assert not is_motion("The promotion of human rights")


def test_the_vetoes_are_all_unchecked_and_in_order() -> None:
    rows = vetoed_drafts()
    assert [r.date for r in rows] == sorted(r.date for r in rows)
    assert not any(r.checked for r in rows)
    assert [(r.date, r.vetoed_by) for r in rows if r.subject == ("KHM",)] == [(date(1979, 1, 15), ("RUS",))]
    assert len({(r.date, r.draft) for r in rows}) == len(rows)


@pytest.mark.parametrize(
    "row",
    [
        "{date: 2000-01-01, subject: [SYR], about: x, vetoed_by: [DEU]}",
        "{date: 2000-01-01, subject: [], about: x, vetoed_by: [USA]}",
        "{date: 2000-01-01, subject: [XXX], about: x, vetoed_by: [USA]}",
    ],
)
def test_an_impossible_veto_is_refused(row: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_vetoes(f"- {row}")
