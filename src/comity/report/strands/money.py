"""Money between two states laid out: rows with their figures, and write-offs step by step."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from comity.model.coded import coded
from comity.model.language import numeral
from comity.model.words import named, say
from comity.report.document import Column, Document, Item, Line, Listing, Table, chapter
from comity.report.parts import NO_VALUE, day
from comity.report.strands.registry import assembled, lays_out
from comity.strands.finance import Range, WriteOff, is_money, range_of
from comity.strands.ledgers.row import Figure
from comity.strands.ledgers.when import ends, precision
from comity.strands.translated import translated
from comity.study.answers.ledger import Entry
from comity.study.answers.money import MoneyAnswer

_PLACE = re.compile(r"(.*), (L\d+(?:, fn\d+)?)")
_STEPS = ((1e9, "billion"), (1e6, "million"))


@lays_out(MoneyAnswer)
def money_document(answer: MoneyAnswer) -> Document:
    """Aid and debt, the arithmetic of write-offs, investment."""
    title = say("money.title", a=answer.name_a, b=answer.name_b)
    chapters = []
    if answer.aid:
        chapters.append(chapter("money_aid", _table(answer.aid, "money.caption_aid")))
    if answer.write_offs:
        chapters.append(chapter("money_worked", Listing(tuple(map(worked, answer.write_offs)))))
    if answer.investment:
        chapters.append(chapter("money_investment", _table(answer.investment, "money.caption_investment")))
    lead = say(
        "money.lead",
        a=named(answer.name_a),
        b=named(answer.name_b),
        aid=len(answer.aid),
        investment=len(answer.investment),
    )
    return assembled(answer, title, lead, *chapters)


def worked(found: WriteOff) -> str:
    """A write-off step by step, in one sentence.

    >>> from comity.strands.finance import write_off
    >>> worked(write_off(Range(11e9, 11e9), Range(0.85, 0.85), currency="USD", rows=("debt", "forgiven")))
    '85 % of 11 billion USD is 9.35 billion USD written off, which leaves 1.65 billion USD (rows debt, forgiven).'
    """

    def told(amount: Range) -> str:
        text = _ends(amount, lambda value: money(value, found.currency))
        return say("money.about", value=text) if found.approx else text

    fields = {
        "share": _ends(found.share, lambda value: f"{numeral(100 * value, 'g')} %"),
        "rows": ", ".join(dict.fromkeys(filter(None, (found.debt_row, found.share_row)))),
        "debt": told(found.debt),
        "forgiven": told(found.forgiven),
        "left": told(found.left),
    }
    if found.yearly is None or not found.years:
        return say("money.worked_left", **fields)
    return say("money.worked_yearly", **fields, years=numeral(found.years, "g"), yearly=told(found.yearly))


def money(value: float, currency: str) -> str:
    """An amount with at most four digits that tell.

    >>> money(1.65e9, "USD"), money(944e6, "USD"), money(71739130, "USD"), money(5000, "EUR")
    ('1.65 billion USD', '944 million USD', '71.74 million USD', '5,000 EUR')
    """
    for size, word in _STEPS:
        if abs(value) >= size:
            return f"{numeral(float(f'{value / size:.4g}'), ',g')} {coded(word)} {currency}"
    return f"{numeral(value, ',g')} {currency}"


def figure(found: Figure) -> str:
    """What a figure is, its value with unit, and whether it is a stock or a flow, registered or realised."""
    told = [] if found.kind in ("count", "share") else [say(f"money.kind_{found.kind}")]
    if found.as_of:
        told.append(say("money.as_of", day=_when(found.as_of)))
    kind = ", ".join(told)
    return say(
        "money.figure_of" if told else "money.figure", what=translated(found.what), value=_value(found), kind=kind
    )


def _value(found: Figure) -> str:
    def told(value: float) -> str:
        if is_money(found):
            return money(value, found.unit)
        share = found.unit == "share"
        return f"{numeral(100 * value, '.3g')} %" if share else f"{numeral(value, ',g')} {coded(found.unit)}"

    def about(text: str) -> str:
        return say("money.about", value=text) if found.approx else text

    if (whole := range_of(found)) is not None:
        return about(_ends(whole, told))
    if found.low is not None:
        return say("money.at_least", value=about(told(found.low)))
    assert found.high is not None  # a figure has a value or an end
    return say("money.at_most", value=about(told(found.high)))


def _ends(found: Range, told: Callable[[float], str]) -> str:
    low, high = told(found.low), told(found.high)
    return low if low == high else say("money.between", low=low, high=high)


def _when(text: str) -> str:
    exact = precision(text)
    if exact == "decade":
        return say("ledger.decade", decade=text.removesuffix("s"))
    return day(ends(text)[0], exact)


def _table(entries: tuple[Entry, ...], caption: str) -> Table:
    columns = tuple(Column(say(f"money.{head}"), numeric=False) for head in ("date", "what", "figures"))
    return Table(say(caption), columns, tuple(map(_line, entries)))


def _line(entry: Entry) -> Line:
    row = entry.row
    until = (say("money.until", day=_when(row.until)),) if row.until else ()
    mark = "money.by" if row.checked else "money.by_unchecked"
    below = [*([translated(row.notes)] if row.notes else []), say(mark, sources="; ".join(sources(entry.cited)))]
    figures = [figure(f) for f in row.figures] or [NO_VALUE]
    return Line(
        (Item(_when(row.date), until), Item(translated(row.title), tuple(below)), Item(figures[0], tuple(figures[1:])))
    )


def sources(cited: Sequence[str]) -> tuple[str, ...]:
    """Sources once each, with the places in them behind one another.

    >>> sources(("A Text, 2022, L3", "A Text, 2022, L7", "Another, 2024"))
    ('A Text, 2022, L3, L7', 'Another, 2024')
    """
    merged: dict[str, list[str]] = {}
    for text in cited:
        found = _PLACE.fullmatch(text)
        name, place = (found[1], found[2]) if found else (text, "")
        merged.setdefault(name, []).append(place)
    return tuple(name + "".join(f", {place}" for place in places if place) for name, places in merged.items())
