"""Interval arithmetic against a slow twin that tries every day a date can mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.strands.intervals import Span, Told, after, before, during, length, on, overlaps
from comity.strands.said import Phrase

BASE = dt.date(2001, 1, 29)
Pair = tuple[dt.date, dt.date]


def day(offset: int) -> dt.date:
    return BASE + dt.timedelta(days=offset)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    offset = st.integers(0, 8)
    begin = sorted((draw(offset), draw(offset)))
    if draw(st.booleans()):
        ends = (day(begin[0]), day(begin[1]))
        return Span(ends, ends, moment=True)
    end = sorted((draw(offset), draw(offset)))
    end[1] = max(end[1], begin[0])  # it can end on or after a day on which it can begin
    return Span((day(begin[0]), day(begin[1])), (day(end[0]), day(end[1])))


def each_day(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (first + dt.timedelta(days=k) for k in range((last - first).days + 1))


def meanings(span: Span) -> list[Pair]:
    if span.moment:
        return [(d, d) for d in each_day(*span.begin)]
    return [(b, e) for b, e in product(each_day(*span.begin), each_day(*span.end)) if b <= e]


def slow(a: Span, b: Span, holds: Callable[[Pair, Pair], bool]) -> Told:
    found = {holds(x, y) for x, y in product(meanings(a), meanings(b))}
    return "cannot be told" if len(found) == 2 else "yes" if found == {True} else "no"


@given(spans(), spans())
def test_relations_of_spans(a: Span, b: Span) -> None:
    assert before(a, b) == slow(a, b, lambda x, y: x[1] < y[0])
    assert after(a, b) == slow(a, b, lambda x, y: x[0] > y[1])
    assert overlaps(a, b) == slow(a, b, lambda x, y: any(y[0] <= d <= y[1] for d in each_day(*x)))
    assert during(a, b) == slow(a, b, lambda x, y: all(y[0] <= d <= y[1] for d in each_day(*x)))


@given(spans(), st.integers(0, 8))
def test_a_day_in_a_span(span: Span, offset: int) -> None:
    held = {b <= day(offset) <= e for b, e in meanings(span)}
    assert on(day(offset), span) == ("cannot be told" if len(held) == 2 else "yes" if True in held else "no")


# A date of some precision, and every day it can mean; decades are left to the worked table, for they have 3,652.
WHENS = st.one_of(
    st.dates(dt.date(1999, 1, 1), dt.date(2003, 12, 31)).map(lambda d: d.isoformat()),
    st.tuples(st.integers(1999, 2003), st.integers(1, 12)).map(lambda ym: f"{ym[0]}-{ym[1]:02}"),
)


def possible(when: str) -> list[dt.date]:
    if len(when) == 10:
        return [dt.date.fromisoformat(when)]
    first = dt.date.fromisoformat(f"{when}-01")
    return [d for d in each_day(first, first + dt.timedelta(days=31)) if d.month == first.month]


def clipped(d: dt.date, months: int) -> dt.date:
    """So many months on, the day lowered until there is one: by trial, not by the calendar's tables."""
    year, month = d.year, d.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month in (0, 13):
            year, month = (year + 1, 1) if month == 13 else (year - 1, 12)
    for number in range(d.day, 0, -1):
        try:
            return dt.date(year, month, number)
        except ValueError:
            continue
    raise AssertionError


def months_by_walking(a: dt.date, b: dt.date) -> int:
    if b < a:
        return -months_by_walking(b, a)
    passed = 0
    for d in each_day(a + dt.timedelta(days=1), b):
        # a month is full on its day of the month; where the month has none, on the first day after it
        if d.day == a.day or (d.day == 1 and (d - dt.timedelta(days=1)).day < a.day):
            passed += 1
    return passed


@settings(max_examples=60, deadline=None)
@given(WHENS, WHENS)
def test_length(a: str, b: str) -> None:
    pairs = list(product(possible(a), possible(b)))
    found = length(a, b)
    assert found.days == (min((y - x).days for x, y in pairs), max((y - x).days for x, y in pairs))
    corners = [(possible(a)[-1], possible(b)[0]), (possible(a)[0], possible(b)[-1])]
    assert found.months == tuple(months_by_walking(x, y) for x, y in corners)
    whole = [months_by_walking(x, y) for x, y in pairs[:: max(1, len(pairs) // 40)]]
    assert found.months[0] <= min(whole) and max(whole) <= found.months[1]
    assert found.years == tuple(int(m / 12) for m in found.months)


RULES = ("", "over ", "at least ", "within ", "under ", "about ")
UNITS = ("day", "week", "month", "year")
ORDERS = ("", " before", " after")


def said_of(first: dt.date, second: dt.date, n: int, rule: str, unit: str, order: str) -> bool:
    """The rule on two known days."""
    if order == " after":
        return said_of(second, first, n, rule, unit, " before")
    if not order and second < first:
        first, second = second, first

    def later(k: int) -> dt.date:
        months = {"month": k, "year": 12 * k}.get(unit)
        return clipped(first, months) if months is not None else first + dt.timedelta({"day": k, "week": 7 * k}[unit])

    if order and second <= first:
        return False
    match rule:
        case "over ":
            return second > later(n)
        case "at least ":
            return second >= later(n)
        case "within ":
            return second <= later(n)
        case "under ":
            return second < later(n)
        case "about " if unit == "year":
            return clipped(first, 12 * n - 6) <= second <= clipped(first, 12 * n + 6)
        case "about ":
            return abs((second - later(n)).days) <= {"day": 0, "week": 3, "month": 15}[unit]
        case _:
            return later(n) <= second < later(n + 1)


@settings(max_examples=300, deadline=None)
@given(WHENS, WHENS, st.integers(1, 4), st.sampled_from(RULES), st.sampled_from(UNITS), st.sampled_from(ORDERS))
def test_phrases(a: str, b: str, n: int, rule: str, unit: str, order: str) -> None:
    held = {said_of(x, y, n, rule, unit, order) for x, y in product(possible(a), possible(b))}
    expected = "cannot be told" if len(held) == 2 else "yes" if True in held else "no"
    assert Phrase.parse(f"{rule}{n} {unit}s{order}").holds(a, b) == expected
