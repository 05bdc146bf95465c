"""The time between two dates, and which came first, with dates only as exact as they are known."""

from __future__ import annotations

from dataclasses import replace

from comity.audit.context import Context
from comity.audit.evaluate.common import missing, on_rows
from comity.audit.finding import Finding
from comity.audit.parts_of import DateRef
from comity.audit.tests_of import Interval, Ordering
from comity.model.coded import coded
from comity.model.language import numeral
from comity.model.words import say
from comity.strands.intervals import Told, before, length, span_of
from comity.strands.ledgers.row import Row

_DAYS = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}


def interval(test: Interval, context: Context, document: str) -> Finding:
    """The length between two dates in the unit said: whole units passed, within half a unit where it says about.

    A length said without "about" stands where so many whole units had passed, and where it is the nearest whole one.
    """
    (first, one), (second, two) = _dated(test.from_, context), _dated(test.to, context)
    question = say("question.interval", a=_named(test.from_), b=_named(test.to))
    if not (first and second):
        return missing(question, say("question.no_date"))
    days = length(first, second).days
    least, most = (d / _DAYS[test.unit] for d in days)
    if least < 0 and most <= 0:
        least, most = -most, -least
    computed = say("question.length", first=first, second=second, length=_told(least, most), unit=coded(test.unit))
    slack = 1.0 if not test.about else max(1.0, 0.1 * test.length)
    told = _holds(test.length, least, most, slack)
    carried = _carried(question, computed, context, document, [r for r in (one, two) if r])
    return replace(carried, told=told)


def ordering(test: Ordering, context: Context, document: str) -> Finding:
    """Whether one thing came before another."""
    (first, one), (second, two) = _dated(test.first, context), _dated(test.then, context)
    question = say("question.order", a=_named(test.first), b=_named(test.then))
    if not (first and second):
        return missing(question, say("question.no_date"))
    computed = say("question.ordered", first=first, second=second)
    carried = _carried(question, computed, context, document, [r for r in (one, two) if r])
    return replace(carried, told=before(span_of(first), span_of(second)))


def _holds(said: float, least: float, most: float, slack: float) -> Told:
    """Whether a length between two bounds is within less than ``slack`` units of the one said.

    >>> _holds(1, 1.7, 1.7, 1.0), _holds(1, 2.1, 2.1, 1.0), _holds(2, 1.5, 4.0, 1.0)
    ('yes', 'no', 'cannot be told')
    """
    low, high = said - slack, said + slack
    if low < least and most < high:
        return "yes"
    return "no" if most <= low or high <= least else "cannot be told"


def _told(least: float, most: float) -> str:
    one, other = numeral(least, ".1f"), numeral(most, ".1f")
    return one if one == other else f"{one}–{other}"


def _dated(ref: DateRef, context: Context) -> tuple[str, tuple[str, Row] | None]:
    """A date as written, or a row's, with the row."""
    if ref.date is not None or ref.ledger is None:
        return ref.date or "", None
    row = context.row(ref.ledger, ref.row)
    return str(getattr(row, ref.field, "") or ""), (ref.ledger, row)


def _named(ref: DateRef) -> str:
    return ref.date or f"{ref.ledger}/{ref.row}"


def _carried(question: str, computed: str, context: Context, document: str, rows: list[tuple[str, Row]]) -> Finding:
    """On rows; two dates written out are arithmetic alone."""
    if not rows:
        return Finding(question, computed)
    return on_rows(question, computed, context, document, rows)
