"""Interval arithmetic on dates that may be a day, a month, a year or a decade: yes, no, or cannot be told.

A date stands for any day it can mean; a relation holds where it holds for every such day, fails where it holds for
none, and cannot be told otherwise.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import Literal

from comity.strands.ledgers.when import ends

Told = Literal["yes", "no", "cannot be told"]
Days = tuple[date, date]
"""The first and the last day that a date can mean."""
OPEN = (date.max, date.max)
"""The end of what has not ended."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days, both ends in it, each known to lie between two days.

    moment : it is one day, unknown within ``begin``; ``end`` is then the same.
    """

    begin: Days
    end: Days
    moment: bool = False

    @property
    def latest_begin(self) -> date:
        """It cannot begin after the last day on which it can end."""
        return min(self.begin[1], self.end[1])

    @property
    def earliest_end(self) -> date:
        """It cannot end before the first day on which it can begin."""
        return max(self.end[0], self.begin[0])


def span_of(begin: str, until: str = "", *, lasting: bool = False) -> Span:
    """From ``begin`` to ``until``; without one a single day, or where ``lasting`` with no end yet. ValueError."""
    if until:
        return Span(ends(begin), ends(until))
    return Span(ends(begin), OPEN) if lasting else Span(ends(begin), ends(begin), moment=True)


def day_span(day: date) -> Span:
    """One known day."""
    return Span((day, day), (day, day), moment=True)


def before(a: Span, b: Span) -> Told:
    """Whether a ends before b begins.

    >>> before(span_of("1978-11-03"), span_of("1978-12")), before(span_of("1978"), span_of("1978-12"))
    ('yes', 'cannot be told')
    """
    return _told(every=a.end[1] < b.begin[0], some=a.earliest_end < b.latest_begin)


def after(a: Span, b: Span) -> Told:
    """Whether a begins after b ends."""
    return before(b, a)


def during(a: Span, b: Span) -> Told:
    """Whether every day of a is one of b.

    >>> during(span_of("2001-01"), span_of("2000-05-07", "2008-05-07"))
    'yes'
    """
    every = a.latest_begin <= a.end[1] and not (a.begin[0] < b.latest_begin or a.end[1] > b.earliest_end)
    if b.moment:
        some = max(a.begin[0], a.end[0], b.begin[0]) <= min(a.begin[1], a.end[1], b.begin[1])
    else:
        first, last = max(a.begin[0], b.begin[0]), min(a.end[1], b.end[1])
        some = first <= a.latest_begin and last >= a.earliest_end and first <= last
    return _told(every=every, some=some)


def overlaps(a: Span, b: Span) -> Told:
    """Whether a and b share a day.

    >>> overlaps(span_of("2001-03", "2012-07"), span_of("2012-07", lasting=True))
    'cannot be told'
    """
    apart = a.earliest_end < b.latest_begin or b.earliest_end < a.latest_begin
    return _told(every=not apart, some=a.begin[0] <= b.end[1] and b.begin[0] <= a.end[1])


@dataclass(frozen=True, slots=True)
class Length:
    """From one date to another, least and most; negative where the second can come first.

    days   : days apart; months, years : whole ones that have passed, as birthdays count.
    """

    days: tuple[int, int]
    months: tuple[int, int]
    years: tuple[int, int]


def length(a: str | date, b: str | date) -> Length:
    """How far apart two dates are. ValueError where one is no date.

    >>> length("1978-11-03", "1978-12-25").days, length("2001-03", "2024-06").years
    ((52, 52), (23, 23))
    """
    (a_first, a_last), (b_first, b_last) = _ends(a), _ends(b)
    least, most = (a_last, b_first), (a_first, b_last)
    months = (whole_months(*least), whole_months(*most))
    days = ((least[1] - least[0]).days, (most[1] - most[0]).days)
    return Length(days, months, (_years(months[0]), _years(months[1])))


def whole_months(a: date, b: date) -> int:
    """Whole months from a to b; negative where b comes first.

    >>> whole_months(date(2023, 9, 10), date(2023, 12, 12)), whole_months(date(2024, 3, 1), date(2024, 1, 15))
    (3, -1)
    """
    if b < a:
        return -whole_months(b, a)
    return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day)


def shifted(day: date, months: int, days: int = 0) -> date:
    """That day so many months and days on; the last of the month where it has no such day.

    What lies beyond the calendar's years 1 to 9999 is its last, or first, day.

    >>> shifted(date(2024, 1, 31), 1), shifted(date(1979, 5, 2), 300)
    (datetime.date(2024, 2, 29), datetime.date(2004, 5, 2))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.max if year > MAXYEAR else date.min
    ordinal = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])).toordinal() + days
    return date.fromordinal(min(max(ordinal, date.min.toordinal()), date.max.toordinal()))


def on(day: date, span: Span) -> Told:
    """Whether a day is one of the span.

    >>> on(date(2024, 6, 20), span_of("2012-07", lasting=True)), on(date(2012, 7, 20), span_of("2012-07", lasting=True))
    ('yes', 'cannot be told')
    """
    return overlaps(day_span(day), span)


def _ends(given: str | date) -> Days:
    return (given, given) if isinstance(given, date) else ends(given)


def _years(months: int) -> int:
    return months // 12 if months >= 0 else -(-months // 12)


def _told(*, every: bool, some: bool) -> Told:
    return "yes" if every else "cannot be told" if some else "no"
