"""From what a person writes to states and periods."""

from dataclasses import replace
from datetime import date

import pytest

from comity.errors import AmbiguousState, BadPeriod, SamePair, StateDidNotExist, UnknownState
from comity.model.origin import Origin
from comity.model.period import Period
from comity.states.registry import registry
from comity.study import ask

ORIGIN = Origin("made-up", "Made up", "00", date(1946, 1, 1), date(2024, 6, 4), 6551)


def state(id_: str) -> ask.State:
    return registry().state(id_)


def test_names_are_resolved_on_their_day() -> None:
    assert ask.one_state("Soviet Union", date(1985, 1, 1)).id == "RUS"
    with pytest.raises(AmbiguousState):
        ask.one_state("Germany", date(1980, 1, 1))
    with pytest.raises(UnknownState):
        ask.one_state("Atlantis", past=True)


def test_a_state_of_the_past_is_found_where_no_period_was_asked_for() -> None:
    with pytest.raises(StateDidNotExist):
        ask.one_state("CSK", ORIGIN.last)
    assert ask.one_state("CSK", ORIGIN.last, past=True).id == "CSK"
    assert ask.one_state("Germany", ORIGIN.last, past=True).id == "DEU"


def test_a_pair_is_two_states() -> None:
    with pytest.raises(SamePair, match="Both are Russia"):
        ask.two_states("USSR", "RUS")


def test_several_states_come_once_each_in_order() -> None:
    assert [s.id for s in ask.several_states("USA, CHN,,United States")] == ["USA", "CHN"]
    assert [s.id for s in ask.several_states(["CHN", "USA"])] == ["CHN", "USA"]
    assert ask.several_states(None) == ()


def test_the_permanent_members_outside_the_pair() -> None:
    assert [s.id for s in ask.p5_except("RUS", "VNM", day=ORIGIN.last)] == ["USA", "CHN", "GBR", "FRA"]


@pytest.mark.parametrize(
    ("day", "session"),
    [
        (date(1946, 1, 24), 1),
        (date(1946, 12, 14), 1),
        (date(1947, 9, 1), 2),
        (date(2014, 3, 27), 68),
        (date(2014, 8, 31), 68),
        (date(2014, 9, 1), 69),
    ],
)
def test_session_of(day: date, session: int) -> None:
    assert ask.session_of(day) == session


def test_the_whole_release_on_each_clock() -> None:
    assert ask.whole(ORIGIN) == Period(1946, 2024)
    assert ask.whole(ORIGIN, "session") == Period(1, 78, "session")
    assert ask.whole(ORIGIN, "day").label == "1946-01-01..2024-06-04"


def test_the_common_record() -> None:
    """Viet Nam was admitted on 20 September 1977; Czechoslovakia's last day as a member was 31 December 1992."""
    assert ask.common_record(ORIGIN, "year", [state("VNM"), state("RUS")]) == Period(1977, 2024)
    assert ask.common_record(ORIGIN, "session", [state("VNM"), state("RUS")]) == Period(32, 78, "session")
    assert ask.common_record(ORIGIN, "year", [state("CSK"), state("RUS")]) == Period(1946, 1992)
    with pytest.raises(StateDidNotExist, match="never held seats at the same time"):
        ask.common_record(ORIGIN, "year", [state("CSK"), state("CZE")])
    one_day = replace(ORIGIN, first=ORIGIN.last)
    assert ask.common_record(one_day, "year", [state("VNM")]) == Period(2024, 2024)


@pytest.mark.parametrize(
    ("span", "parts"),
    [
        (Period(1977, 2024), ["1977-2000", "2001-2024"]),
        (Period(1990, 1992), ["1990-1991", "1992"]),
        (Period(1990, 1991), ["1990", "1991"]),
        (Period(1990, 1990), ["1990"]),
    ],
)
def test_the_middle(span: Period, parts: list[str]) -> None:
    assert [p.label for p in ask.split_in_two(span)] == parts


def test_periods_lie_inside_the_data() -> None:
    given = ask.periods_of("1992-1999, 2000-2020", "year", ORIGIN, ())
    assert given == (Period(1992, 1999), Period(2000, 2020))
    assert ask.periods_of([Period(1992, 1999), "2000-2020"], "year", ORIGIN, ()) == given
    for text in ("1945-1950", "2020-2025", ["2030"]):
        with pytest.raises(BadPeriod, match=r"outside the data of made-up.*1946-2024.*2024-06-04"):
            ask.periods_of(text, "year", ORIGIN, ())
    with pytest.raises(BadPeriod, match="No period given"):
        ask.periods_of(" , ", "year", ORIGIN, ())


def test_the_hull_of_periods_in_any_order() -> None:
    assert ask.hull([Period(2000, 2020), Period(1992, 1999)]) == Period(1992, 2020)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period(1992, 1999), date(1992, 1, 1), date(1999, 12, 31)),
        (Period(47, 54, "session"), date(1992, 9, 1), date(2000, 8, 31)),
        (Period.parse("1992-02-03..1992-02-04", "day"), date(1992, 2, 3), date(1992, 2, 4)),
    ],
)
def test_the_days_of_a_period(period: Period, first: date, last: date) -> None:
    assert ask.days(period) == (first, last)
    assert ask.last_day(period) == last


@pytest.mark.parametrize(
    ("period", "seated"),
    [
        (Period(1992, 1992), True),
        (Period(1993, 1993), False),  # the seat ended with 1992
        (Period(1990, 2000), True),
        (Period(47, 47, "session"), True),
        (Period(48, 48, "session"), False),
        (Period.parse("1992-12-31", "day"), True),
        (Period.parse("1993-01-01", "day"), False),
    ],
)
def test_a_seat_in_every_period(period: Period, seated: bool) -> None:
    if seated:
        ask.require_seats([state("CSK")], [period])
    else:
        with pytest.raises(StateDidNotExist, match="to 1993-01-01"):
            ask.require_seats([state("CSK")], [period])


def test_who_came_after_is_named() -> None:
    with pytest.raises(StateDidNotExist, match=r"Try CZE \(Czechia\) or SVK \(Slovakia\)"):
        ask.require_seats([state("CSK")], [Period(1993, 1993)])


def test_fields_left_alone_and_changed() -> None:
    reading = ask.make_reading(None, issue="hr", clock=None)
    assert (reading.issue, reading.clock) == ("hr", "year")
    assert ask.make_reading(reading, clock="session").issue == "hr"
