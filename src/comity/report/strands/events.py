"""Machine-coded events laid out: the warning first, then over time, who to whom, beside other pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from comity.model.language import numeral, typeset
from comity.model.words import during, named, percent, say, span
from comity.report.document import Chapter, Column, Document, Item, Line, Table, chapter
from comity.report.parts import NO_VALUE, SMALL
from comity.report.strands.registry import assembled, lays_out
from comity.strands.events.tally import QUADS
from comity.study.answers.events import EventCounts, EventPlace, EventsAnswer, EventSpan


@lays_out(EventsAnswer)
def events(answer: EventsAnswer) -> Document:
    """The warning stands before the figures, not among the notes below them."""
    warning, *others = answer.notes
    return assembled(
        replace(answer, notes=tuple(others)),
        say("events.title", a=answer.name_a, b=answer.name_b),
        f"{warning.text} {_lead(answer)}",
        chapter("events_spans", _spans_table(answer)),
        chapter("events_ways", _ways_table(answer)),
        chapter("events_usual", _usual_table(answer)),
        *_reports(answer),
    )


def per_million(value: float | None) -> str:
    """A share of all events with two digits that tell, or more; a dash where there is nothing to share.

    >>> per_million(1234.5), per_million(8.25), per_million(0.404), per_million(0.0), per_million(None)
    ('1,234', '8.2', '0.40', '0', '–')
    """
    if value is None:
        return NO_VALUE
    return numeral(value, ",.0f" if value >= 10 or value == 0 else ".1f" if value >= 1 else ".2f")


def mean(value: float | None) -> str:
    """A mean of values from −10 to 10, signed; a dash where there is none.

    >>> mean(-1.25), mean(0.5), mean(None)
    ('−1.25', '+0.50', '–')
    """
    return NO_VALUE if value is None else typeset(value, "+.2f")


def label(answer: EventsAnswer, one: EventSpan) -> str:
    """A span in print; the whole period as such."""
    return say("events.sum") if one is answer.whole else one.label


def _lead(answer: EventsAnswer) -> str:
    whole, place = answer.whole.both, answer.whole.place
    told = [
        say(
            "events.lead",
            during=during(answer.period),
            n=_n(whole.events),
            all=_n(whole.of_all),
            a=named(answer.name_a),
            b=named(answer.name_b),
            share=per_million(whole.per_million),
            rank=place.rank,
            among=_n(place.among),
        )
    ]
    if place.conflict is not None:
        part = percent(whole.conflict, whole.events)
        told.append(say("events.lead_conflict", part=part, median=_median(place.conflict)))
    if whole.goldstein_n >= SMALL and place.goldstein is not None:
        told.append(say("events.lead_goldstein", mean=mean(whole.goldstein), median=mean(place.goldstein)))
    return " ".join(told)


def _spans_table(answer: EventsAnswer) -> Table:
    tone = answer.whole.both.tone_n > 0
    keys = ("events", "share", "rank", "conflict", "goldstein", *(("tone",) if tone else ()))
    columns = (Column(say(f"events.{answer.by}"), False), *(Column(say(f"events.column_{key}")) for key in keys))
    lines = [_span_line(answer, one, tone=tone) for one in answer.spans]
    if len(answer.spans) > 1:
        lines.append(replace(_span_line(answer, answer.whole, tone=tone), kind="median"))
    return Table(say("events.caption_spans"), columns, tuple(lines))


def _span_line(answer: EventsAnswer, one: EventSpan, *, tone: bool) -> Line:
    both = one.both
    partly = () if one.days == one.of_days else (say("events.days", days=_n(one.days), of_days=_n(one.of_days)),)
    items = [
        Item(label(answer, one), partly),
        _events(both),
        Item(per_million(both.per_million)),
        Item(_rank(one.place.rank, one.place.among)),
        Item(percent(both.conflict, both.events) if both.events else NO_VALUE),
        _mean(both.goldstein, both.goldstein_n),
    ]
    return Line((*items, _mean(both.tone, both.tone_n)) if tone else tuple(items))


def _ways_table(answer: EventsAnswer) -> Table:
    whole = answer.whole
    names = {
        "both": say("events.both"),
        "a_to_b": say("events.way", a=answer.name_a, b=answer.name_b),
        "b_to_a": say("events.way", a=answer.name_b, b=answer.name_a),
    }
    heads = ("events.column_events", "events.column_share", *(f"events.{quad}" for quad in QUADS))
    tone = whole.both.tone_n > 0
    heads += ("events.column_goldstein", *(("events.column_tone",) if tone else ()))
    columns = (Column(say("events.column_way"), False), *(Column(say(head)) for head in heads))
    lines = []
    for way, counts in whole.directions.items():
        items = [
            Item(names[way]),
            _events(counts),
            Item(per_million(counts.per_million)),
            *(_part(getattr(counts, quad), counts.events) for quad in QUADS),
            _mean(counts.goldstein, counts.goldstein_n),
        ]
        lines.append(Line((*items, _mean(counts.tone, counts.tone_n)) if tone else tuple(items)))
    return Table(say("events.caption_ways", period=span(whole.label)), columns, tuple(lines))


def _usual_table(answer: EventsAnswer) -> Table:
    columns = (
        Column(say(f"events.{answer.by}"), False),
        Column(say("events.column_rank")),
        *(Column(say("events.column_of", state=name)) for name in (answer.name_a, answer.name_b)),
        Column(say("events.column_usual_goldstein")),
        Column(say("events.column_usual_conflict")),
    )
    spans = answer.spans if len(answer.spans) == 1 else (*answer.spans, answer.whole)
    lines = tuple(
        Line(
            (Item(label(answer, one)), *_placed(one.place)),
            kind="median" if one is answer.whole else "",
        )
        for one in spans
    )
    return Table(say("events.caption_usual"), columns, lines)


def _placed(place: EventPlace) -> tuple[Item, ...]:
    return (
        *(
            Item(_rank(rank, among))
            for rank, among in (
                (place.rank, place.among),
                (place.rank_a, place.among_a),
                (place.rank_b, place.among_b),
            )
        ),
        Item(mean(place.goldstein), _over("events.pairs", place.goldstein_pairs)),
        Item(_median(place.conflict), _over("events.pairs", place.conflict_pairs)),
    )


def _median(part: float | None) -> str:
    return NO_VALUE if part is None else percent(round(1000 * part), 1000)


def _reports(answer: EventsAnswer) -> Iterator[Chapter]:
    """What the source counts of reports; none where it counts nothing."""
    keys = [k for k in ("mentions", "outlets", "articles") if getattr(answer.whole.both, k)]
    if not keys:
        return
    heads = ("events.column_events", *(f"events.column_{key}" for key in keys), "events.column_share")
    columns = (Column(say(f"events.{answer.by}"), False), *(Column(say(head)) for head in heads))
    lines = tuple(
        Line(
            (
                Item(label(answer, one)),
                _events(one.both),
                *(Item(_n(getattr(one.both, key))) for key in keys),
                Item(per_million(one.both.per_million)),
            )
        )
        for one in answer.spans
    )
    yield chapter("events_reports", Table(say("events.caption_reports"), columns, lines))


def _events(counts: EventCounts) -> Item:
    return Item(_n(counts.events), (say("events.of_all", n=_n(counts.of_all)),))


def _part(k: int, n: int) -> Item:
    return Item(_n(k), (percent(k, n),) if n >= SMALL else ())


def _mean(value: float | None, n: int) -> Item:
    return Item(mean(value), _over("events.over", n))


def _over(key: str, n: int) -> tuple[str, ...]:
    return (say(key, n=_n(n)),) if n else ()


def _rank(rank: int | None, among: int) -> str:
    return NO_VALUE if rank is None else say("events.rank", rank=_n(rank), among=_n(among))


def _n(value: int) -> str:
    return numeral(value, ",")
