"""Figure: how the members of each group voted on one roll call, a bar a group."""

from __future__ import annotations

from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any

import altair as alt

from comity.model.choice import CHOICES
from comity.model.words import say
from comity.report import parts
from comity.report.figures.data import Row
from comity.report.figures.style import (
    INK,
    MUTED,
    ON_COLOUR,
    PALETTE,
    PAPER,
    WIDE,
    Size,
    drawing,
    finish,
    footer,
    legend,
    title,
)
from comity.study.answers.vote import GroupCount, VoteAnswer

if TYPE_CHECKING:
    import polars as pl

TONES = ("same", "ambivalent", "opposite", "absent")
"""Colours of the choices, in their order: those of the palette."""
BAR, STEP, GAP, ROOM = 18, 23, 14, 17


def group_grid(answer: VoteAnswer, *, size: Size = WIDE) -> Any:
    """Stacked bars of yes, abstained, no, absent, one a group, each with its members at the right (an Altair chart)."""
    left, right = (118 if size.narrow else 190), 34
    across = size.plot - left - right
    segments, heads, height = _layout(answer, across)
    x: dict[str, Any] = {"scale": alt.Scale(domain=[0, across], range=[left, left + across]), "axis": None}
    labels = [parts.choice_word(c) for c in CHOICES]
    fill = alt.Scale(domain=labels, range=[PALETTE[t] for t in TONES])
    base = drawing(segments)
    bars = base.mark_bar(stroke=PAPER, strokeWidth=1).encode(
        x=alt.X("x0:Q", **x),
        x2="x1:Q",
        y=alt.Y("y0:Q", scale=alt.Scale(domain=[0, height], range=[0, height]), axis=None),
        y2="y1:Q",
        fill=alt.Fill("label:N", scale=fill, legend=legend(size), sort=None),
        tooltip=["group:N", "label:N", "count:Q", "members:Q"],
    )
    inside = base.transform_filter(f"datum.x1 - datum.x0 >= {ROOM}").encode(
        x=alt.X("middle:Q", **x), y=alt.Y("y:Q"), text="count:Q"
    )
    counts = [
        inside.transform_filter(alt.datum.tone == t).mark_text(color=ON_COLOUR[t], baseline="middle") for t in TONES
    ]
    rows = drawing(heads)
    texts = [
        rows.mark_text(align="left", baseline="middle", fontSize=11 if size.narrow else 12, limit=left - 8)
        .encode(x=alt.value(0), y="y:Q", text="group:N"),
        rows.mark_text(align="left", color=MUTED, baseline="middle")
        .encode(x=alt.value(left + across + 8), y="y:Q", text="members:Q"),
    ]  # fmt: skip
    foot = footer(size, answer.header, height + 10, say("vote_groups.figure_note"))
    symbol = answer.symbol or answer.roll_call
    layered = alt.layer(bars, *counts, *texts, foot).properties(
        width=size.plot,
        height=height,
        title=title(size, say("vote_groups.figure", symbol=symbol), say("vote_groups.figure_sub")),
    )
    return finish(layered, _words(answer)).configure_text(color=INK, fontSize=11)


def group_data(answer: VoteAnswer) -> pl.DataFrame:
    """One row a group: its members by choice."""
    import polars as pl

    return pl.DataFrame(
        [
            {"group": g.group, "name": g.name, **{c.word: n for c, n in zip(CHOICES, g.counts, strict=True)},
             "members": sum(g.counts), "apart": ";".join(b.state for b in g.apart)}
            for g in answer.groups
        ]
    )  # fmt: skip


def _layout(answer: VoteAnswer, across: float) -> tuple[list[Row], list[Row], float]:
    """Segments and row heads with their pixels; the height they take. Groups of the United Nations stand apart."""
    segments: list[Row] = []
    heads: list[Row] = []
    y = 0.0
    for _, held in groupby(answer.groups, key=lambda g: g.kind == "un_group"):
        for group in held:
            members, middle = sum(group.counts), y + BAR / 2
            heads.append({"y": middle, "group": group.name, "members": members})
            ends = [across * n / members for n in accumulate(group.counts, initial=0)]
            for k, count in enumerate(group.counts):
                if count:
                    place = {"x0": ends[k], "x1": ends[k + 1], "middle": (ends[k] + ends[k + 1]) / 2}
                    segments.append(
                        {**place, "y0": y, "y1": y + BAR, "y": middle, "group": group.name, "count": count,
                         "label": parts.choice_word(CHOICES[k]), "tone": TONES[k], "members": members}
                    )  # fmt: skip
            y += STEP
        y += GAP
    return segments, heads, y - GAP


def _words(answer: VoteAnswer) -> str:
    told = "; ".join(counts_words(g) for g in answer.groups)
    symbol, day = answer.symbol or answer.roll_call, parts.day(answer.date, answer.date_precision)
    return say("vote_groups.figure_alt", symbol=symbol, day=day, told=told, **answer.header.where)


def counts_words(group: GroupCount) -> str:
    """A group's counts in words."""
    yes, abstain, no, absent = group.counts
    return say("vote_groups.counts", name=group.name, yes=yes, abstain=abstain, no=no, absent=absent)
