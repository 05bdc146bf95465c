"""Cohesion of a group asked of a small release: counts by hand, members of the day, what cannot be answered."""

from __future__ import annotations

import json

import pytest

import vote_tables
from comity.errors import BadPeriod, EmptySelection, RollCallsMissing, UnknownIssue, UsageError
from comity.model.reading import Reading
from comity.report import terminal
from comity.report.text_formats import as_csv, as_html, as_json, as_markdown
from comity.study.cohesion import cohesion
from comity.study.release import ReleaseCorpus
from comity.study.starter import StarterCorpus

# Viet Nam joined ASEAN on 28 July 1995, Cambodia on 30 April 1999.
VOTES = """
    | date       | IDN | MYS | VNM | KHM | USA | GBR | CUB | BRA |
    | 1995-03-01 | Y   | N   | N   | Y   | Y   | N   | Y   | A   |
    | 1995-11-01 | Y   | Y   | N   | N   | N   | N   | Y   | Y   |
    | 1995-12-01 | A   | Y   | X   | Y   | N   | Y   | N   | Y   |
    | 1996-12-01 | X   | X   | Y   | Y   | N   | Y   | Y   | Y   |
    | 1996-12-02 | Y   | Y   | Y   | Y   | Y   | Y   | Y   | Y   |
    | 2000-12-01 | Y   | 9   | Y   | N   | Y   | N   | N   | N   |
    | 2000-12-02 | A   | A   | A   | X   | N   | N   | Y   | A   |
"""


@pytest.fixture
def release() -> ReleaseCorpus:
    return vote_tables.corpus(*vote_tables.frames(VOTES))


def test_by_hand(release: ReleaseCorpus) -> None:
    answer = cohesion("ASEAN", corpus=release)
    first, second, third = answer.stretches
    assert [s.period.label for s in answer.stretches] == ["1995", "1996", "2000"]
    # March: Indonesia and Malaysia, 1-1: 0. November: with Viet Nam 2-1: 1/3. December: one yes, one abstention:
    # no second yes or no, so Rice's index is undefined.
    assert first.rice.value == pytest.approx((0 + 1 / 3) / 2)
    assert first.rice.roll_calls == 2
    # (1 − ½)/2, (2 − ½)/3, (1 − ½)/2.
    assert first.agreement.value == pytest.approx((0.25 + 0.5 + 0.25) / 3)
    assert (first.fewest, first.most, first.absent) == (2, 3, (1, 8))
    # 1996: on the first only Viet Nam cast a vote, the second is unanimous.
    assert (second.too_few, second.unanimous, second.rice.value, second.agreement.roll_calls) == (1, 1, 1.0, 1)
    # 2000: Malaysia, coded not-a-member, is absent; Cambodia is in: 2-1 of four; then three abstentions.
    assert third.rice.value == pytest.approx(1 / 3)
    assert third.agreement.value == pytest.approx((0.5 + 1) / 2)
    assert (third.most, third.absent, third.unanimous) == (4, (2, 8), 1)
    assert answer.whole.roll_calls == 7
    assert set(answer.members) == {"IDN", "MYS", "VNM", "KHM"}


def test_beside_unanimous_votes_no_place_is_given(release: ReleaseCorpus) -> None:
    answer = cohesion("ASEAN", period=1996, reading=Reading(), corpus=release)
    # Every drawn set is alike on the unanimous roll call, the only one that defines the group's index.
    assert answer.whole.rice.above is None and answer.whole.rice.median == 1.0
    assert "cohesion_alike" in {n.id for n in answer.notes}
    assert "1.00 1.00–1.00   –" in terminal.text(answer)


def test_the_record_of_a_group_starts_with_its_first_member() -> None:
    # ASEAN was founded on 8 August 1967; before that its later members are no group.
    text = (
        "|date|IDN|MYS|USA|GBR|\n|1960-12-01|Y|N|Y|N|\n|1966-12-01|Y|Y|Y|N|\n|1967-12-01|Y|Y|Y|N|\n|1969-12-01|Y|N|N|Y|"
    )
    corpus = vote_tables.corpus(*vote_tables.frames(text))
    answer = cohesion("ASEAN", corpus=corpus)
    assert answer.period.label == "1967-1969"
    assert [s.period.label for s in answer.stretches] == ["1967", "1969"]
    assert cohesion("ASEAN", period="1960-1969", corpus=corpus).whole.too_few == 2


def test_each_index_stands_beside_the_roll_calls_it_rests_on(release: ReleaseCorpus) -> None:
    answer = cohesion("ASEAN", period=1995, corpus=release)
    assert "Rice’s index 0.17 over 2 of them" in " ".join(terminal.text(answer).split())
    assert "agreement index 0.33 over 3 of them" in " ".join(terminal.text(answer).split())
    row = next(line for line in terminal.text(answer).splitlines() if line.startswith("1995 "))
    assert (row.split()[4], row.split()[8]) == ("2", "3")


def test_coded_nonmembers_can_be_left_out(release: ReleaseCorpus) -> None:
    answer = cohesion("ASEAN", period=2000, reading=Reading(coded_nonmember="drop"), corpus=release)
    assert (answer.whole.fewest, answer.whole.most, answer.whole.absent) == (3, 4, (1, 7))


def test_a_group_that_votes_as_one_stands_above_drawn_sets() -> None:
    lines = ["|date|IDN|MYS|PHL|SGP|THA|USA|GBR|FRA|CUB|BRA|IND|"]
    for d in range(1, 25):
        camp, others = "YN"[d % 2], ("YNANYA" * 5)[d : d + 6]
        lines.append(f"|1990-10-{d:02}|" + "|".join(camp * 5 + others) + "|")
    answer = cohesion("ASEAN", draws=300, corpus=vote_tables.corpus(*vote_tables.frames("\n".join(lines))))
    whole = answer.whole
    assert whole.rice.value == whole.agreement.value == 1.0
    assert whole.agreement.above is not None and whole.agreement.above > 0.97
    assert whole.agreement.low is not None and whole.agreement.low < 0.7
    assert answer.draws == 300


def test_the_same_seed_gives_the_same_answer(release: ReleaseCorpus) -> None:
    assert cohesion("ASEAN", seed=2, corpus=release) == cohesion("ASEAN", seed=2, corpus=release)
    other = cohesion("ASEAN", seed=3, draws=3, corpus=release).whole.agreement
    assert other != cohesion("ASEAN", seed=2, draws=3, corpus=release).whole.agreement


def test_sessions_and_every_face() -> None:
    rows = vote_tables.table(VOTES)
    text = "|" + "|".join([*rows[0], "session"]) + "|\n"
    for row in rows:
        year, month = int(row["date"][:4]), int(row["date"][5:7])
        text += "|" + "|".join([*row.values(), str(year - 1945 - (month < 9))]) + "|\n"
    by_session = vote_tables.corpus(*vote_tables.frames(text))
    answer = cohesion("ASEAN", reading=Reading(clock="session"), corpus=by_session)
    assert [s.period.label for s in answer.stretches] == ["49", "50", "51", "55"]
    assert "Session" in terminal.text(answer)
    table = answer.to_polars()
    assert table["period"].to_list() == ["49-55", "49", "50", "51", "55"]
    assert json.loads(as_json(answer))["whole"]["rice"]["value"] == table["rice"][0]
    for text in (as_markdown(answer), as_html(answer), as_csv(answer)):
        assert "ASEAN" in text or "asean" in text


def test_one_member_is_no_group() -> None:
    text = "|date|VNM|USA|GBR|\n|1996-12-01|Y|N|Y|\n|1996-12-02|N|N|Y|"
    with pytest.raises(EmptySelection, match="at most 1 member with a seat"):
        cohesion("ASEAN", corpus=vote_tables.corpus(*vote_tables.frames(text)))
    with pytest.raises(EmptySelection, match="no member held a seat"):
        cohesion("EU", corpus=vote_tables.corpus(*vote_tables.frames(text.replace("GBR", "BRA"))))


def test_one_roll_call_is_measured_and_shown() -> None:
    text = "|date|IDN|MYS|VNM|USA|GBR|\n|1996-12-01|Y|N|Y|N|A|"
    answer = cohesion("ASEAN", corpus=vote_tables.corpus(*vote_tables.frames(text)))
    assert answer.whole.rice.value == pytest.approx(1 / 3)
    assert answer.whole.roll_calls == 1


def test_roll_calls_without_a_date_are_left_out_and_said() -> None:
    text = "|date|session|IDN|MYS|USA|\n|1996-12-01|51|Y|N|Y|\n| |51|Y|Y|Y|"
    corpus = vote_tables.corpus(*vote_tables.frames(text))
    answer = cohesion("ASEAN", reading=Reading(clock="session"), corpus=corpus)
    assert answer.whole.roll_calls == 1
    assert "without a date are left out (1)" in next(n.text for n in answer.notes if n.id == "cohesion_undated")


def test_what_is_refused(release: ReleaseCorpus) -> None:
    with pytest.raises(UnknownIssue, match="Unknown group"):
        cohesion("the neighbours", corpus=release)
    with pytest.raises(UsageError):
        cohesion("ASEAN", draws=0, corpus=release)
    with pytest.raises(BadPeriod, match="by year or session"):
        cohesion("ASEAN", reading=Reading(clock="day"), corpus=release)
    with pytest.raises(EmptySelection, match="No roll call"):
        cohesion("ASEAN", period=1998, corpus=release)
    with pytest.raises(RollCallsMissing):
        cohesion("ASEAN", corpus=StarterCorpus.load())
