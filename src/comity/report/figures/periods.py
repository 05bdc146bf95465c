"""Figure: category shares by period, for the pair and its contrasts."""

from __future__ import annotations

from typing import Any

import altair as alt

from comity.model.words import ordinal, say, span
from comity.report import parts
from comity.report.figures.alt_text import alt_text
from comity.report.figures.data import Row, categories, cell_marks
from comity.report.figures.style import (
    INK,
    MUTED,
    ON_COLOUR,
    WIDE,
    Size,
    category_scale,
    drawing,
    finish,
    footer,
    legend,
    title,
)
from comity.study.answers.pair import PairAnswer

BAR, STEP, HEAD, GAP = 22, 27, 22, 12
# A share is written into its segment only where it has room, in pixels.
ROOM = 40


def period_shares(answer: PairAnswer, *, of_cast: bool = False, size: Size = WIDE) -> Any:
    """Stacked bars, one a pair and period, each with its N at the right (an Altair chart).

    ``of_cast`` draws shares of the votes that both cast; otherwise of all recorded votes, absences included.
    """
    longest = max((len(parts.period_label(c)) for row in answer.rows for c in row.cells), default=0)
    left, right = max(70, 6.5 * longest + 12), 40
    span_px = size.plot - left - right
    segments, heads, height = _layout(answer, span_px, of_cast)
    scale = alt.Scale(domain=[0, span_px], range=[left, left + span_px])
    x: dict[str, Any] = {"scale": scale, "axis": None}
    names = categories(of_cast=of_cast)
    base = drawing(segments)
    bars = base.mark_bar(stroke="#ffffff", strokeWidth=1).encode(
        x=alt.X("x0:Q", **x),
        x2="x1:Q",
        y=alt.Y("y0:Q", scale=alt.Scale(domain=[0, height], range=[0, height]), axis=None),
        y2="y1:Q",
        fill=alt.Fill("label:N", scale=category_scale(names), legend=legend(size), sort=None),
        tooltip=["pair:N", "printed:N", "label:N", "count:Q", "votes:Q"],
    )
    inside = base.transform_filter(f"datum.x1 - datum.x0 >= {ROOM} && datum.count > 0").encode(
        x=alt.X("middle:Q", **x), y=alt.Y("y:Q"), text="text:N"
    )
    labels = [
        inside.transform_filter(alt.datum.category == c).mark_text(color=ON_COLOUR[c], baseline="middle") for c in names
    ]
    rows = drawing(heads)
    texts = [
        rows.transform_filter("datum.pair").mark_text(align="left", fontWeight=600, fontSize=12, baseline="middle")
        .encode(x=alt.value(0), y="y:Q", text="pair:N"),
        rows.transform_filter("datum.period").mark_text(align="left", color=MUTED, baseline="middle")
        .encode(x=alt.value(0), y="y:Q", text="period:N"),
        rows.transform_filter("datum.period").mark_text(align="left", color=INK, baseline="middle")
        .encode(x=alt.value(left + span_px + 8), y="y:Q", text="votes:N"),
    ]  # fmt: skip
    note = parts.partial_note((c for row in answer.rows for c in row.cells), answer.header) or ""
    foot = footer(size, answer.header, height + 10, _standing(answer), note)
    lead = answer.lead
    layered = alt.layer(bars, *labels, *texts, foot).properties(
        width=size.plot,
        height=height,
        title=title(
            size,
            say("figure.periods", a=lead.name_a, b=lead.name_b, issue=answer.header.issue_label),
            say("figure.periods_cast" if of_cast else "figure.periods_all", **answer.header.where),
        ),
    )
    return finish(layered, alt_text(answer))


def _layout(answer: PairAnswer, span_px: float, of_cast: bool) -> tuple[list[Row], list[Row], float]:
    """Segments and row labels with their pixels; the height they take."""
    segments: list[Row] = []
    heads: list[Row] = []
    y = 0.0
    for row in answer.rows:
        heads.append({"y": y + HEAD / 2 - 1, "pair": row.label})
        y += HEAD
        for cell in row.cells:
            middle, printed = y + BAR / 2, parts.period_label(cell)
            marks = cell_marks(row, cell, of_cast=of_cast)
            heads.append({"y": middle, "period": printed, "votes": str(marks[0]["votes"])})
            for mark in marks:
                if mark["share"]:
                    ends = {"x0": mark["start"] * span_px, "x1": mark["end"] * span_px}
                    place = {"y0": y, "y1": y + BAR, "y": middle, "middle": sum(ends.values()) / 2}
                    segments.append({**mark, **ends, **place, "pair": row.label, "printed": printed})
            y += STEP
        y += GAP
    return segments, heads, y - GAP


def _standing(answer: PairAnswer) -> str:
    """Both ranks in the last period, so that the share does not stand alone."""
    last = answer.lead.cells[-1].period
    return " ".join(
        say(
            "figure.rank",
            partner=s.name_partner,
            state=s.name_state,
            rank=ordinal(s.rank),
            among=s.among,
            period=span(s.period.label),
        )
        for s in answer.standings
        if s.period == last
    )
