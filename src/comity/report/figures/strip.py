"""Figure: all partners of a state as dots, with one of them and the median marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from comity.model.words import ordinal, say, span
from comity.report import parts
from comity.report.figures.alt_text import alt_text
from comity.report.figures.data import Row
from comity.report.figures.style import (
    INK,
    PALETTE,
    PAPER,
    RULE,
    WIDE,
    Size,
    drawing,
    finish,
    footer,
    share_axis,
    title,
)
from comity.study.answers.rank import Partner, RankAnswer

DOT, LABEL = 6.0, 42
_RIGHT_HAS_ROOM = 0.8  # a label to the right of a higher share would leave the figure
QUIET_DOT = "#9aa5ac"


def rank_strip(answers: Sequence[tuple[RankAnswer, str | None]], *, size: Size = WIDE) -> Any:
    """One strip an answer, the partner with the given state id marked (an Altair chart).

    Dots that would cover each other are piled up, so the piles are a histogram with every partner in it.
    """
    strips = [_strip(answer, chosen, size) for answer, chosen in answers]
    header = answers[0][0].header
    foot = footer(size, header, 0).properties(width=size.plot, height=1)
    described = " ".join(alt_text(answer, chosen) for answer, chosen in answers)
    return finish(alt.vconcat(*strips, foot, spacing=20).resolve_scale(x="independent"), described)


def _strip(answer: RankAnswer, chosen: str | None, size: Size) -> Any:
    dots, tallest = _piles(answer, chosen, size.plot)
    height = LABEL + tallest * DOT + 4
    x = alt.X(
        "share:Q",
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=share_axis(grid=False, tickColor=RULE),
    )
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, height], range=[height, 0]), axis=None)
    points = (
        drawing(dots)
        .mark_circle(size=DOT * DOT * 0.75, opacity=1)
        .encode(
            x=x, y=y,
            color=alt.condition("datum.chosen", alt.value(PALETTE["same"]), alt.value(QUIET_DOT)),
            tooltip=["name:N", "same:Q", "cast:Q", "rank:Q"],
        )
    )  # fmt: skip
    layers = [points, *_chosen(answer, chosen, dots, x, y, height), *_median(answer, chosen, x, y, height)]
    return alt.layer(*layers).properties(
        width=size.plot,
        height=height,
        title=title(
            size,
            say("figure.strip", state=answer.name),
            say(
                "figure.strip_sub",
                among=len(answer.partners),
                period=span(answer.period.label),
                n=answer.roll_calls,
                issue=answer.header.issue_label,
                **answer.header.where,
            ),
        ),
    )


def _piles(answer: RankAnswer, chosen: str | None, width: int) -> tuple[list[Row], int]:
    """Dots in bins of their own width, the chosen one at the foot of its pile; the height of the tallest pile."""
    step = DOT / width
    piles: dict[int, int] = {}
    dots: list[Row] = []
    for partner in sorted(answer.partners, key=lambda p: p.state != chosen):
        share = partner.counts.share_of_cast("same").value
        if share is None:
            continue
        place = int(share / step)
        level = piles.get(place, 0)
        piles[place] = level + 1
        counts = partner.counts
        dots.append(
            {
                "name": partner.name, "state": partner.state, "rank": partner.rank, "same": counts.same,
                "cast": counts.cast, "share": min(1.0, (place + 0.5) * step), "y": (level + 0.5) * DOT,
                "chosen": partner.state == chosen,
            }
        )  # fmt: skip
    return dots, max(piles.values(), default=1)


def _median(answer: RankAnswer, chosen: str | None, x: Any, y: Any, height: float) -> list[Any]:
    if answer.median is None:
        return []
    share = parts.level(answer.median, answer.roll_calls)
    text = say("figure.strip_median", among=len(answer.partners), share=share)
    base = drawing([{"share": answer.median, "y": 0, "top": height - LABEL + 14, "text": text}])
    rule = base.mark_rule(color=INK, strokeDash=[4, 3]).encode(x=x, y=y, y2="top:Q")
    # Beside a close line of the chosen partner, the label goes to the other side.
    marked = next((p.counts.share_of_cast("same").value for p in answer.partners if p.state == chosen), None)
    right = answer.median <= _RIGHT_HAS_ROOM and (answer.median <= 0.5 or (marked or 1.0) < answer.median)
    return [rule, *_label(base, x, right=right, color=INK)]


def _chosen(answer: RankAnswer, chosen: str | None, dots: list[Row], x: Any, y: Any, height: float) -> list[Any]:
    partner = next((p for p in answer.partners if p.state == chosen), None)
    if partner is None:
        return []
    dot = next(d for d in dots if d["chosen"])
    base = drawing([{**dot, "top": height - 8, "text": _told(answer, partner)}])
    accent = PALETTE["same"]
    return [
        base.mark_rule(color=accent).encode(x=x, y=y, y2="top:Q"),
        base.mark_circle(size=70, color=accent, opacity=1).encode(x=x, y=y),
        *_label(base, x, right=dot["share"] <= 0.5, color=accent, fontWeight=600),
    ]


def _label(base: Any, x: Any, *, right: bool, **style: Any) -> list[Any]:
    """A label beside the top of a line, at its right or left; its halo parts it from the lines it crosses."""
    side = {"align": "left", "dx": 6} if right else {"align": "right", "dx": -6}
    place = {"x": x, "y": alt.Y("top:Q", axis=None), "text": "text:N"}
    halo = base.mark_text(baseline="middle", **side, **style | {"color": PAPER}, stroke=PAPER, strokeWidth=5)
    return [mark.encode(**place) for mark in (halo, base.mark_text(baseline="middle", **side, **style))]


def _told(answer: RankAnswer, partner: Partner) -> str:
    counts = partner.counts
    return say(
        "figure.strip_partner",
        name=partner.name,
        same=counts.same,
        cast=counts.cast,
        share=parts.share(counts.share_of_cast("same")),
        rank=ordinal(partner.rank),
        among=len(answer.partners),
    )
