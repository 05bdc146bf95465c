"""Figure: a pair's imports and exports by year; a year that is not recorded is a gap in the line."""

from __future__ import annotations

from typing import Any

import altair as alt

from comity.model.language import numeral
from comity.model.words import named, say, span
from comity.report.figures.style import MUTED, PALETTE, PAPER, WIDE, Size, drawing, finish, legend, title
from comity.report.strands.registry import sources_line
from comity.study.answers.trade import TradeAnswer

HEIGHT, MARGIN, LABEL_ROOM = 240, 46, 40
_MILLION = 1e6
_ROUND = (1, 2, 5, 10, 20, 50)


def trade_years(answer: TradeAnswer, *, size: Size = WIDE) -> Any:
    """Two lines with a point a year. ValueError where no value is recorded."""
    values = _values(answer)
    if not values:
        raise ValueError("no value is recorded")
    names = [say(f"trade_figure.{flow}", b=named(answer.name_b)) for flow in ("imports", "exports")]
    width = size.plot - MARGIN
    colours = alt.Scale(domain=names, range=[PALETTE["same"], PALETTE["opposite"]])
    top = max(row["amount"] for row in values) or 1
    base = drawing(values).encode(
        x=alt.X("year:Q", scale=_years(answer), axis=_axis(answer, width)),
        y=alt.Y("amount:Q", scale=alt.Scale(domain=[0, top], nice=True), axis=_amounts()),
        color=alt.Color("flow:N", scale=colours, sort=None, legend=legend(size)),
    )
    lines = base.mark_line(strokeWidth=2).encode(detail="run:N")
    points = base.mark_circle(size=34, opacity=1, stroke=PAPER, strokeWidth=1)
    main = alt.layer(lines, points).properties(width=width, height=HEIGHT)
    style: dict[str, Any] = {"align": "left", "baseline": "top", "lineHeight": 14, "fontSize": 10, "color": MUTED}
    foot = drawing([{"text": "\n".join(size.lines(sources_line(answer.header), 10))}])
    source = foot.mark_text(lineBreak="\n", clip=False, **style).encode(
        x=alt.value(-MARGIN), y=alt.value(0), text="text:N"
    )
    head = title(size, _title(answer), say("trade_figure.sub", currency=answer.currency))
    both = alt.vconcat(main, source.properties(width=width, height=1), spacing=24).properties(title=head)
    return finish(both, in_words(answer))


def in_words(answer: TradeAnswer) -> str:
    """What the figure shows, for those who do not see it: each flow in its first, largest and last recorded year."""
    told = [_title(answer) + "."]
    for flow in ("imports", "exports"):
        known = [(y.year, v / _MILLION) for y in answer.years if (v := getattr(y, flow)) is not None]
        if known:
            peak = max(known, key=lambda row: row[1])
            listed = "; ".join(
                f"{year}: {numeral(value, ',.4g')}" for year, value in dict.fromkeys((known[0], peak, known[-1]))
            )
            name = say(f"trade_figure.{flow}", b=named(answer.name_b))
            told.append(say("trade_figure.told", flow=name, currency=answer.currency, listed=listed))
    return " ".join(told)


def _title(answer: TradeAnswer) -> str:
    return say("trade_figure.title", a=named(answer.name_a), b=named(answer.name_b), period=span(answer.period.label))


def _values(answer: TradeAnswer) -> list[dict[str, Any]]:
    """One row a recorded flow; ``run`` counts the stretches of years without a gap, each a line of its own."""
    rows: list[dict[str, Any]] = []
    for flow in ("imports", "exports"):
        run, before = 0, None
        for year in answer.years:
            value = getattr(year, flow)
            if value is None:
                continue
            run += before is not None and year.year != before + 1
            before = year.year
            name = say(f"trade_figure.{flow}", b=named(answer.name_b))
            rows.append({"year": year.year, "flow": name, "amount": value / _MILLION, "run": f"{flow} {run}"})
    return rows


def _years(answer: TradeAnswer) -> Any:
    return alt.Scale(domain=[answer.period.start - 0.5, answer.period.end + 0.5], nice=False, zero=False)


def _axis(answer: TradeAnswer, width: float) -> Any:
    """Round years with room between them."""
    years = range(answer.period.start, answer.period.end + 1)
    step = width / len(years)
    every = next((k for k in _ROUND if k * step >= LABEL_ROOM), _ROUND[-1])
    shown = [year for year in years if year % every == 0] or [answer.period.start]
    return alt.Axis(title=None, values=shown, format="d", grid=False, ticks=False, labelPadding=6)


def _amounts() -> Any:
    return alt.Axis(title=None, format=",~f", tickCount=5, ticks=False, domain=False, labelPadding=6)
