"""Figure: how alike a group voted over time, beside sets of its size drawn from the Assembly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from comity.model.words import say, span
from comity.report import parts
from comity.report.bloc_words import number
from comity.report.figures.data import Row
from comity.report.figures.style import INK, MUTED, PALETTE, WIDE, Size, drawing, finish, footer, title
from comity.study.answers.cohesion import CohesionAnswer, Placed

if TYPE_CHECKING:
    import polars as pl

HEIGHT, LEAST, LEFT = 150, 10, 36
INDICES = ("agreement", "rice")


def cohesion_years(answer: CohesionAnswer, *, size: Size = WIDE) -> Any:
    """Agreement index and Rice's by year or session, each over the middle 95 % of drawn sets (an Altair chart)."""
    panels = [_panel(answer, index, size) for index in INDICES]
    foot = footer(size, answer.header, 0, say("group_figure.least", least=LEAST), x=-LEFT).properties(
        width=size.plot - LEFT, height=1
    )
    whole = alt.vconcat(*panels, foot, spacing=22).properties(
        title=title(
            size,
            say("group_figure.cohesion", name=answer.name),
            say("group_figure.cohesion_sub", issue=answer.header.issue_label, draws=answer.draws),
        )
    )
    return finish(whole, _words(answer)).configure_concat(spacing=22)


def cohesion_data(answer: CohesionAnswer) -> pl.DataFrame:
    """One row a year (or session) and index: value, roll calls, what the drawn sets have."""
    import polars as pl

    rows = [
        {"index": i, "period": s.period.label, **_placed(s, i).to_dict()} for i in INDICES for s in answer.stretches
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def _placed(stretch: Any, index: str) -> Placed:
    found: Placed = getattr(stretch, index)
    return found


def _panel(answer: CohesionAnswer, index: str, size: Size) -> Any:
    rows = [
        {"at": s.period.start, "printed": span(s.period.label), "told": _told(p), "n": p.roll_calls, "members": s.most,
         "value": p.value, "low": p.low, "high": p.high, "median": p.median}
        for s in answer.stretches
        for p in (_placed(s, index),)
        if p.value is not None and p.roll_calls >= LEAST
    ]  # fmt: skip
    ends = [answer.period.start, answer.period.end]
    across = alt.X(
        "at:Q",
        scale=alt.Scale(domain=ends, nice=False, zero=False),
        axis=alt.Axis(title=None, format="d", grid=False, tickCount=5 if size.narrow else 9),
    )
    y = alt.Scale(domain=[0, 1], nice=False)
    axis = alt.Axis(title=None, values=[0, 0.25, 0.5, 0.75, 1], format=".2f")
    base = drawing(rows)
    band = base.mark_area(color=PALETTE["absent"], opacity=1).encode(
        x=across, y=alt.Y("low:Q", scale=y, axis=axis), y2="high:Q"
    )
    median = base.mark_line(color=MUTED, strokeWidth=1.2, strokeDash=[4, 3]).encode(x=across, y="median:Q")
    line = base.mark_line(color=PALETTE["same"], strokeWidth=2.2).encode(x=across, y="value:Q")
    dots = base.mark_circle(color=PALETTE["same"], size=20, opacity=1).encode(
        x=across, y="value:Q", tooltip=["printed:N", "told:N", "n:Q", "members:Q"]
    )
    words = size.lines(say(f"group_figure.{index}"), 12)
    head = alt.TitleParams(text=words, anchor="start", fontSize=12, fontWeight=600, offset=8, color=INK)
    layers = [band, median, line, dots, *_keys(rows, across)]
    return alt.layer(*layers).properties(width=size.plot - LEFT, height=HEIGHT, title=head)


def _told(placed: Placed) -> str:
    ends = {"low": number(placed.low), "high": number(placed.high)}
    return say("group_figure.told", value=number(placed.value), **ends)


def _keys(rows: list[Row], across: Any) -> list[Any]:
    """What the line and the band are, written where they end."""
    held = [r for r in rows if r["median"] is not None]
    if not held:
        return []
    at = held[len(held) // 2]
    label = drawing(
        [{"at": at["at"], "y": max(0.03, min(r["low"] for r in held) - 0.07), "text": say("group_figure.drawn")}]
    )
    return [label.mark_text(color=MUTED, baseline="middle", align="center").encode(x=across, y="y:Q", text="text:N")]


def _words(answer: CohesionAnswer) -> str:
    whole = answer.whole
    rows = [
        (s, s.agreement) for s in answer.stretches if s.agreement.value is not None and s.agreement.roll_calls >= LEAST
    ]
    above = sum(p.high is not None and p.value is not None and p.value > p.high for _, p in rows)
    ends = [say("group_figure.one", label=span(s.period.label), value=number(p.value), n=p.roll_calls) for s, p in rows]
    return say(
        "group_figure.cohesion_alt",
        name=answer.name,
        period=span(answer.period.label),
        issue=answer.header.issue_label,
        n=whole.roll_calls,
        first=ends[0] if ends else parts.NO_VALUE,
        last=ends[-1] if ends else parts.NO_VALUE,
        above=above,
        years=len(rows),
    )
