"""Figure: a pair's coded events as a share of all, and the mean of their Goldstein values beside the median pair's."""

from __future__ import annotations

from typing import Any

import altair as alt

from comity.model.words import named, say, span
from comity.report.figures.style import (
    INK,
    MUTED,
    PALETTE,
    PAPER,
    RULE,
    WIDE,
    Size,
    drawing,
    finish,
    legend,
    title,
)
from comity.report.parts import SMALL
from comity.report.strands import events as words
from comity.report.strands.registry import sources_line
from comity.study.answers.events import EventsAnswer, EventSpan

TALL, LOW, MARGIN, LABEL_ROOM = 190, 130, 46, 40
_ROUND = (1, 2, 5, 10, 20)
_MANY = 60  # spans; the dots of more are drawn small
_PARTS = {"year": 1, "quarter": 4, "month": 12}
SHARE, MEAN = "per_million", "goldstein"
Row = dict[str, Any]


def event_spans(answer: EventsAnswer, *, size: Size = WIDE) -> Any:
    """Shares above, means below, a point a span; open where the files do not have events on all its days.

    ValueError where fewer than two spans have a share.
    """
    shares = _values(answer, SHARE)
    if len(shares) < 2:
        raise ValueError("a line needs two points")
    width = size.plot - MARGIN
    upper = _panel(answer, shares, width, TALL, say(f"event_figure.{SHARE}"))
    means = _values(answer, MEAN)
    told = any(_goldstein(one) is not None for one in answer.spans)
    panels = [upper, *([_means(answer, means, width, size)] if told else [])]
    lines = size.lines(say("event_figure.open"), 10) if any(not row["filled"] for row in shares) else []
    lines += size.lines(sources_line(answer.header), 10)
    style: Row = {"align": "left", "baseline": "top", "lineHeight": 14, "fontSize": 10, "color": MUTED}
    foot = drawing([{"text": "\n".join(lines)}]).mark_text(lineBreak="\n", clip=False, **style)
    source = foot.encode(x=alt.value(-MARGIN), y=alt.value(0), text="text:N").properties(width=width, height=1)
    sub = say("event_figure.sub", least=SMALL) if told else say("event_figure.sub_shares", least=SMALL)
    whole = alt.vconcat(*panels, source, spacing=24).resolve_legend(color="independent")
    return finish(whole.properties(title=title(size, _title(answer), sub)), in_words(answer))


def in_words(answer: EventsAnswer) -> str:
    """What the figure shows, for those who do not see it: the first, the largest and the last share, and the means."""
    told = [f"{_title(answer)}.", answer.notes[0].text]
    for what, print_ in ((SHARE, words.per_million), (MEAN, words.mean)):
        known = [row for row in _values(answer, what) if row["who"] == say("event_figure.pair")]
        if known:
            peak = max(known, key=lambda row: float(row[what]))
            shown = {row["span"]: print_(row[what]) for row in (known[0], peak, known[-1])}
            listed = "; ".join(f"{label}: {value}" for label, value in sorted(shown.items()))
            told.append(say("event_figure.told", what=say(f"event_figure.{what}"), listed=listed))
    return " ".join(told)


def _title(answer: EventsAnswer) -> str:
    return say("event_figure.title", a=named(answer.name_a), b=named(answer.name_b), period=span(answer.period.label))


def _values(answer: EventsAnswer, what: str) -> list[Row]:
    """A row a span and line; ``run`` counts the stretches without a gap, each a line of its own."""
    lines = {"pair": _share if what == SHARE else _goldstein}
    if what == MEAN:
        lines["usual"] = _usual
    rows: list[Row] = []
    for who, value_of in lines.items():
        run, before = 0, -1
        for k, one in enumerate(answer.spans):
            value = value_of(one)
            if value is None:
                continue
            run += before >= 0 and k != before + 1
            before = k
            at = answer.spans[0].label[:4]
            rows.append(
                {"at": int(at) + _offset(answer) + k / _PARTS[answer.by], "span": one.label, what: value,
                 "who": say(f"event_figure.{who}"), "run": f"{who} {run}", "filled": one.days == one.of_days,
                 "events": one.both.events, "of_all": one.both.of_all}
            )  # fmt: skip
    return rows


def _offset(answer: EventsAnswer) -> float:
    """Where in its year the first span has its middle; a year stands over its own number."""
    label, parts = answer.spans[0].label, _PARTS[answer.by]
    return 0.0 if parts == 1 else (int(label[5:].lstrip("Q")) - 0.5) / parts - 0.5


def _share(one: EventSpan) -> float | None:
    return one.both.per_million


def _goldstein(one: EventSpan) -> float | None:
    return one.both.goldstein if one.both.goldstein_n >= SMALL else None


def _usual(one: EventSpan) -> float | None:
    return one.place.goldstein if one.place.goldstein_pairs >= SMALL else None


def _panel(answer: EventsAnswer, rows: list[Row], width: float, height: int, head: str) -> Any:
    top = max(row[SHARE] for row in rows) or 1
    scale = alt.Scale(domain=[0, top], nice=True)
    base = drawing(rows).encode(
        x=_across(answer, width), y=alt.Y(f"{SHARE}:Q", scale=scale, axis=_axis("format(datum.value, ',~f')"))
    )
    made = alt.layer(*_marks(base, alt.value(PALETTE["same"]), answer, SHARE))
    return made.properties(width=width, height=height, title=_small(head))


def _means(answer: EventsAnswer, rows: list[Row], width: float, size: Size) -> Any:
    held = [row[MEAN] for row in rows]
    room = 0.1 * (max(held) - min(held)) or 0.5
    scale = alt.Scale(domain=[min(*held, 0) - room, max(*held, 0) + room], nice=False, zero=False)
    names = [say(f"event_figure.{who}") for who in ("pair", "usual")]
    colours = alt.Scale(domain=names, range=[PALETTE["opposite"], MUTED])
    base = drawing(rows).encode(
        x=_across(answer, width),
        y=alt.Y(f"{MEAN}:Q", scale=scale, axis=_axis("datum.value ? format(datum.value, '+.1f') : '0'")),
    )
    colour = alt.Color("who:N", scale=colours, sort=None, legend=legend(size))
    zero = drawing([{"zero": 0.0}]).mark_rule(color=INK, strokeWidth=1).encode(y=alt.Y("zero:Q", scale=scale))
    made = alt.layer(zero, *_marks(base, colour, answer, MEAN))
    return made.properties(width=width, height=LOW, title=_small(say(f"event_figure.{MEAN}")))


def _marks(base: Any, colour: Any, answer: EventsAnswer, what: str) -> list[Any]:
    thin = 1 if len(answer.spans) <= _MANY else 4
    line = base.mark_line(strokeWidth=2 / thin**0.5).encode(detail="run:N", color=colour)
    tips = ["span:N", "who:N", "events:Q", "of_all:Q"]
    dots = base.encode(tooltip=[*tips, f"{what}:Q"])
    full = dots.transform_filter("datum.filled").mark_circle(
        size=36 / thin, opacity=1, stroke=PAPER, strokeWidth=1 / thin
    )
    empty = dots.transform_filter("!datum.filled").mark_point(size=30 / thin, fill=PAPER, opacity=1, strokeWidth=1.4)
    return [line, full.encode(color=colour), empty.encode(color=colour)]


def _across(answer: EventsAnswer, width: float) -> Any:
    """Round years with room between them."""
    first, last = (int(one.label[:4]) for one in (answer.spans[0], answer.spans[-1]))
    years = range(first, last + 1)
    every = next((k for k in _ROUND if k * width / len(years) >= LABEL_ROOM), _ROUND[-1])
    shown = [year for year in years if year % every == 0] or [first]
    axis = alt.Axis(title=None, values=shown, format="d", grid=False, ticks=False, labelPadding=6)
    return alt.X("at:Q", scale=alt.Scale(domain=[first - 0.5, last + 0.5], nice=False, zero=False), axis=axis)


def _axis(label: str) -> Any:
    quiet: Row = {"ticks": False, "domain": False, "gridColor": RULE, "labelPadding": 6}
    return alt.Axis(title=None, labelExpr=label, tickCount=5, minExtent=MARGIN - 10, maxExtent=MARGIN - 10, **quiet)


def _small(head: str) -> Any:
    return alt.TitleParams(text=head, anchor="start", frame="group", fontSize=12, fontWeight=600, color=INK, offset=8)
