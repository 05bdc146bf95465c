"""Which years and sessions a release covers only in part."""

from datetime import date

import pytest

from comity.model.origin import Origin
from comity.model.period import Period
from comity.study.coverage import early_end, late_start, partial


def origin(first: date, last: date) -> Origin:
    return Origin("made-up", "Made up", "00", first, last, 1)


@pytest.mark.parametrize(
    ("last", "period", "early"),
    [
        (date(2024, 6, 4), Period(2024, 2024), True),
        (date(2024, 6, 4), Period(2000, 2024), True),
        (date(2024, 6, 4), Period(2000, 2023), False),
        (date(2024, 12, 1), Period(2024, 2024), False),
        (date(2024, 6, 4), Period(78, 78, "session"), True),
        (date(2024, 8, 30), Period(78, 78, "session"), False),
        (date(2024, 6, 4), Period(77, 77, "session"), False),
        (date(2024, 6, 4), Period.parse("2024-01-01..2024-06-04", "day"), False),
    ],
)
def test_the_end(last: date, period: Period, early: bool) -> None:
    held = origin(date(1946, 1, 1), last)
    assert early_end(period, held) is early
    assert partial(period, held) is early


@pytest.mark.parametrize(
    ("first", "period", "late"),
    [
        (date(1992, 10, 25), Period(1992, 1999), True),
        (date(1992, 10, 25), Period(1993, 1999), False),
        (date(1992, 9, 1), Period(1992, 1992), False),
        (date(1946, 12, 1), Period(1946, 1946), False),  # the Assembly's own first year
    ],
)
def test_the_beginning(first: date, period: Period, late: bool) -> None:
    assert late_start(period, origin(first, date(2020, 12, 31))) is late
