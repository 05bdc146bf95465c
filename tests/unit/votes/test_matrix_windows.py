"""When a roll call can have been held, and who then held a seat."""

from datetime import date

import numpy as np
import pytest

from comity.model.choice import Choice
from comity.states.registry import registry
from comity.votes.matrix import UNKNOWN, build, membership, windows
from vote_tables import frames

DAY, MONTH = date(1977, 9, 20), date(1996, 2, 1)


@pytest.mark.parametrize(
    ("day", "precision", "session", "first", "last"),
    [
        (DAY, "day", 32, DAY, DAY),
        (MONTH, "month", 50, date(1996, 2, 1), date(1996, 2, 29)),
        (date(1977, 12, 15), "month", None, date(1977, 12, 1), date(1977, 12, 31)),
        (None, None, 50, date(1995, 9, 1), date(1996, 8, 31)),
        (None, None, 1, date(1946, 9, 1), date(1947, 8, 31)),
    ],
)
def test_window(day: date | None, precision: str | None, session: int | None, first: date, last: date) -> None:
    found = windows([day], [precision], [session])
    assert [int(end[0]) for end in found] == [first.toordinal(), last.toordinal()]


def test_no_roll_call_has_no_window() -> None:
    first, last = windows([], [], [])
    assert len(first) == len(last) == 0


def test_a_seat_on_some_day_and_on_every_day_of_a_window() -> None:
    """Viet Nam was admitted on 20 September 1977; China's seat passed on 25 October 1971."""
    first = np.array([d.toordinal() for d in (date(1977, 9, 1), date(1977, 10, 1), date(1971, 10, 24))], np.int32)
    last = np.array([d.toordinal() for d in (date(1977, 9, 30), date(1977, 10, 1), date(1971, 10, 24))], np.int32)
    touched, throughout = membership(["VNM", "CHN", "TWN"], first, last, registry())
    assert touched.tolist() == [[True, True, False], [True, True, False], [False, False, True]]
    assert throughout.tolist() == [[False, True, False], [True, True, False], [False, False, True]]


def test_the_day_a_spell_ends_is_no_longer_in_it() -> None:
    ends = [date(1971, 10, 24), date(1971, 10, 25)]
    days = np.array([d.toordinal() for d in ends], np.int32)
    touched, throughout = membership(["TWN", "CHN"], days, days, registry())
    assert touched.tolist() == throughout.tolist() == [[True, False], [False, True]]
    month_first, month_last = (np.array([date(1971, 10, d).toordinal()], np.int32) for d in (1, 25))
    touched, throughout = membership(["TWN", "CHN"], month_first, month_last, registry())
    assert (touched.tolist(), throughout.tolist()) == ([[True, True]], [[False, False]])


def test_states_are_sorted_and_clocks_known_or_marked_unknown() -> None:
    matrix = build(
        *frames(
            """
            | date       | session | VNM | CHN |
            | 1995-11-01 | 50      | Y   | N   |
            |            | 50      | A   | .   |
            | 1996-11-01 |         | .   | 9   |
            """
        ),
        registry(),
    )
    assert matrix.states == ("CHN", "VNM")
    assert matrix.column == {"CHN": 0, "VNM": 1}
    assert matrix.cells.dtype == np.uint8
    assert matrix.cells.tolist() == [
        [Choice.NO, Choice.YES],
        [Choice.ABSENT, Choice.ABSTAIN],
        [Choice.CODED_NONMEMBER, Choice.ABSENT],
    ]
    assert matrix.clock("year").tolist() == [1995, UNKNOWN, 1996]
    assert matrix.clock("session").tolist() == [50, 50, UNKNOWN]
    assert matrix.clock("day").tolist() == [date(1995, 11, 1).toordinal(), UNKNOWN, date(1996, 11, 1).toordinal()]


def test_a_seat_that_passed_within_a_month_has_one_holder_on_a_roll_call() -> None:
    """China's seat, October 1971: sources that know the month only write the other holder as absent."""
    calls, votes = frames(
        """
        | date    | TWN | CHN | USA |
        | 1971-10 | Y   | X   | Y   |
        | 1971-10 | X   | X   | N   |
        | 1971-10 | X   | Y   | N   |
        """
    )
    matrix = build(calls, votes, registry())
    seats = matrix.cells[:, [matrix.column["TWN"], matrix.column["CHN"]]].tolist()
    assert seats == [
        [Choice.YES, Choice.NOT_MEMBER],
        [Choice.ABSENT, Choice.NOT_MEMBER],
        [Choice.NOT_MEMBER, Choice.YES],
    ]
