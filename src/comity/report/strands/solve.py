"""The readings that give printed figures, laid out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from comity.audit.solve.answer import SolveAnswer
from comity.audit.solve.find import Tried
from comity.audit.solve.items import Item as Asked
from comity.model.coded import coded
from comity.model.language import numeral
from comity.model.words import say, span
from comity.report.document import Chapter, Column, Document, Item, Line, Listing, Paragraph, Table, chapter
from comity.report.parts import NO_VALUE
from comity.report.strands.registry import assembled, lays_out

_FEW = 3


@lays_out(SolveAnswer)
def solve(answer: SolveAnswer) -> Document:
    """The lead, luck, printed beside computed, the readings, what would have to change."""
    found = answer.found
    listed = found.giving_all or found.giving_most
    figures = len(answer.items) + (answer.n is not None)
    numbers = {
        "tried": numeral(found.tried, ","),
        "figures": str(figures),
        "best": _words(listed[0]) if listed else NO_VALUE,
    }
    if found.all_count:
        lead = say("solve.lead_all", k=numeral(found.all_count, ","), **numbers)
    else:
        lead = say("solve.lead_none", k=numeral(found.most_count, ","), most=found.most, **numbers)
    luck = say(
        "solve.luck", hits=numeral(round(1000 * found.null_rate), ",") if found.null_rate == found.null_rate else "0"
    )
    few = say("solve.luck_few") if figures < _FEW else ""
    return assembled(
        answer,
        say("solve.title"),
        lead,
        chapter("solve_printed", Paragraph(" ".join((luck, few)).strip()), _printed(answer, listed)),
        chapter("solve_readings", _readings(answer, listed), Paragraph(_speed(answer), quiet=True)),
        *_nearest(answer),
    )


def _printed(answer: SolveAnswer, listed: Sequence[Tried]) -> Table:
    best = listed[0] if listed else None
    columns = (
        Column(say("solve.column_figure"), False),
        Column(say("solve.column_printed")),
        Column(say("solve.column_best")),
    )
    lines = []
    if answer.n is not None:
        lines.append(Line((Item(say("solve.number")), Item(str(answer.n)), Item(str(best.roll_calls) if best else ""))))
    for k, item in enumerate(answer.items):
        name = f"{answer.names[item.a]}, {answer.names[item.b]}: {coded(item.category.replace('_', ' '))}"
        value = best.values[k] if best else None
        lines.append(Line((Item(name), Item(item.printed.text), Item(_value(value, item.printed.unit == "percent")))))
    return Table(say("solve.caption_asked"), columns, tuple(lines))


def _readings(answer: SolveAnswer, listed: Sequence[Tried]) -> Table:
    found = answer.found
    k = found.all_count or found.most_count
    caption = say(
        "solve.caption_all" if found.all_count else "solve.caption_most", shown=len(listed), k=numeral(k, ",")
    )
    heads = ("reading", "release", "period", "of", "n")
    columns = tuple(Column(say(f"solve.column_{h}"), h == "n") for h in heads)
    lines = (
        Line(
            (
                Item(_departures(r)),
                Item(str(r.base.reading.release)),
                Item(_period(r)),
                Item(say(f"solve.of_{r.of}")),
                Item(str(r.roll_calls)),
            )
        )
        for r in listed
    )
    return Table(caption, columns, tuple(lines))


def _nearest(answer: SolveAnswer) -> Iterator[Chapter]:
    nearest = answer.found.nearest
    if nearest is None:
        return
    pairs = [(i, c, away) for i, c, away in zip(answer.items, nearest.changes, answer.candidates, strict=True) if c]
    changes = ", ".join(
        say("solve.change_more" if c > 0 else "solve.change_fewer", k=abs(c), item=_asked(i)) for i, c, _ in pairs
    )
    lead = say("solve.nearest", reading=_words(nearest.reading), changes=changes, size=nearest.size)
    told = tuple(say("solve.away", item=_asked(i), names=", ".join(away)) for i, _, away in pairs if away)
    yield chapter("solve_nearest", Paragraph(lead), Listing(told) if told else None)


def _speed(answer: SolveAnswer) -> str:
    return say("solve.speed", tried=numeral(answer.found.tried, ","), seconds=numeral(answer.seconds, ".2f"))


def _words(reading: Tried) -> str:
    return (
        f"{reading.base.reading.release}, {_period(reading)}, {say(f'solve.of_{reading.of}')} ({_departures(reading)})"
    )


def _asked(item: Asked) -> str:
    """What is asked of a pair: "same=75 %"."""
    return f"{coded(item.category)}={item.printed.text}"


def _departures(reading: Tried) -> str:
    told = ", ".join(say(f"solve.departs_{name}") for name in reading.departures)
    return told or say("solve.as_declared")


def _period(reading: Tried) -> str:
    label = span(reading.base.period.label)
    return say("solve.session_period", period=label) if reading.base.period.clock == "session" else label


def _value(value: float | None, share: bool) -> str:
    if value is None:
        return NO_VALUE
    return f"{numeral(value, '.2f')} %" if share else numeral(value, ".0f")
