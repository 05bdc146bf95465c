"""What ledger rows say: a date, a field, a figure, or that there is such a row."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from comity.audit.context import Context
from comity.audit.evaluate.common import on_rows
from comity.audit.finding import Finding
from comity.audit.printed import Unit
from comity.audit.tests_of import DateIs, LedgerFact
from comity.model.coded import coded
from comity.model.language import numeral
from comity.model.words import say
from comity.strands.intervals import Told
from comity.strands.ledgers.row import Row
from comity.strands.ledgers.when import ends
from comity.strands.translated import translated

_PLANS = ("planned", "announced", "cancelled")
_UNITS: dict[str, Unit] = {"USD": "USD", "share": "percent", "TIV": "TIV"}


def date_is(test: DateIs, context: Context, document: str) -> Finding:
    """Whether a row's date is the one said, as exactly as both are known; other accounts of the event count too."""
    row = context.row(test.ledger, test.row)
    question = say("question.date", field=test.field.replace("_", " "), row=f"{test.ledger}/{row.id}")
    accounts = _accounts(row, test.ledger, context)
    dates = {r.id: str(getattr(r, test.field, "") or "") for r in accounts}
    computed = say("question.date_is", title=translated(row.title), date=dates[row.id] or say("question.not_known"))
    told = same_day(dates[row.id], test.is_)
    others = [r for r in accounts if r.id != row.id and same_day(dates[r.id], test.is_) != told]
    if others:
        told_otherwise = ", ".join(dict.fromkeys(dates[r.id] or say("question.not_known") for r in others))
        computed = say("question.date_other", computed=computed, date=told_otherwise)
    note = tuple(say("question.other_account", row=f"{test.ledger}/{r.id}", date=dates[r.id]) for r in others)
    carried = on_rows(question, computed, context, document, [(test.ledger, row), *((test.ledger, r) for r in others)])
    if others:
        return replace(carried, told="no", notes=note, alone=False, checked=False)
    return replace(carried, told=told, notes=note)


def ledger_fact(test: LedgerFact, context: Context, document: str) -> Finding:
    """Whether a row is there and held, whether a field of it is so, or what one of its figures is."""
    row = context.row(test.ledger, test.row)
    question = say("question.fact", row=f"{test.ledger}/{row.id}")
    if test.figure:
        return _figure(test, row, context, document, question)
    if not test.field:
        made = row.status not in _PLANS
        computed = say("question.has_row", title=translated(row.title), date=row.date, status=coded(row.status))
        carried = on_rows(question, computed, context, document, [(test.ledger, row)])
        return replace(carried, told="yes" if made else "cannot be told")
    seen = getattr(row, test.field)
    computed = say(
        "question.field_is", title=translated(row.title), field=test.field.replace("_", " "), value=_shown(seen)
    )
    carried = on_rows(question, computed, context, document, [(test.ledger, row)])
    return replace(carried, told=field_is(seen, test.is_))


def field_is(seen: object, said: object) -> Told:
    """Whether a field is what is said: a date as exactly as both are known, a list where it holds it.

    >>> field_is("2014-02-11", "2014"), field_is("2014", "2014-02"), field_is(("VNM", "RUS"), "RUS")
    ('yes', 'cannot be told', 'yes')
    """
    if seen in (None, ""):
        return "cannot be told"
    if isinstance(said, tuple):
        told = [field_is(seen, each) for each in said]
        return "yes" if "yes" in told else "cannot be told" if "cannot be told" in told else "no"
    if isinstance(seen, tuple | list):
        return "yes" if said in seen else "no"
    if isinstance(seen, str) and isinstance(said, str | int) and not isinstance(said, bool):
        try:
            return same_day(seen, str(said))
        except ValueError:
            return "yes" if seen.casefold() == str(said).casefold() else "no"
    return "yes" if seen == said else "no"


def same_day(seen: str, said: str) -> Told:
    """Whether a date known so exactly is the one said; ValueError where one is no date.

    >>> same_day("2014-02-11", "2014"), same_day("2014", "2014-02-11"), same_day("2015", "2014")
    ('yes', 'cannot be told', 'no')
    """
    if not seen:
        return "cannot be told"
    (first, last), (begin, end) = ends(seen), ends(said)
    if begin <= first and last <= end:
        return "yes"
    return "no" if last < begin or end < first else "cannot be told"


def _accounts(row: Row, kind: str, context: Context) -> list[Row]:
    """The row, then other accounts of one event."""
    if not row.event:
        return [row]
    return [row, *(r for r in context.rows(kind) if r.event == row.event and r.id != row.id)]


def _figure(test: LedgerFact, row: Row, context: Context, document: str, question: str) -> Finding:
    """A figure of a row, in the unit that the ledger gives it."""
    found = next(f for f in row.figures if f.what == test.figure)
    low = found.value if found.low is None else found.low
    high = found.value if found.high is None else found.high
    known = [v for v in (low, high) if v is not None]
    told = "–".join(numeral(v, ",.10g") for v in dict.fromkeys(known))
    computed = say("question.figure_is", what=translated(found.what), value=told, unit=coded(found.unit))
    carried = on_rows(question, computed, context, document, [(test.ledger, row)])
    times = 100.0 if found.unit == "share" and max(known) <= 1 else 1.0
    return replace(
        carried,
        value=sum(known) / len(known) * times,
        low=min(known) * times,
        high=max(known) * times,
        unit=_UNITS.get(found.unit, "count"),
    )


def _shown(value: object) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(coded(str(each)) for each in value)
    return coded(value.value if isinstance(value, StrEnum) else str(value))
