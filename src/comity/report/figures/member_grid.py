"""Figure: each member of a group by itself, year by year: how often it voted as most of the others, and as a power."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, Any

import altair as alt

from comity.model.counts import Share
from comity.model.words import percent, say, span
from comity.report.figures.data import Row
from comity.report.figures.style import INK, MUTED, PALETTE, RULE, WIDE, Size, drawing, finish, footer, title
from comity.study.answers.cohesion import CohesionAnswer, MemberRecord

if TYPE_CHECKING:
    import polars as pl

LEAST, MOST = 10, 24
HEAD, PANEL, GAP, BELOW, LEFT = 18, 62, 16, 16, 34
_LINES = (("others", PALETTE["same"], [1, 0]), ("power", PALETTE["opposite"], [4, 2]))


def member_grid(answer: CohesionAnswer, *, size: Size = WIDE) -> Any:
    """Small multiples on one scale, a panel a member (an Altair chart)."""
    shown = members_shown(answer)
    columns = 2 if size.narrow else 4
    width = (size.plot - LEFT - GAP * (columns - 1)) / columns
    low = _floor(shown)
    points, heads, ticks = _layout(answer, shown, columns, width, low)
    height = -(-len(shown) // columns) * (HEAD + PANEL + BELOW + 6)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, size.plot], range=[0, size.plot], nice=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, height], range=[0, height], nice=False), axis=None)
    base = drawing(points)
    lines = [
        base.transform_filter(alt.datum.of == name)
        .mark_line(color=colour, strokeWidth=1.6, strokeDash=dash)
        .encode(x=x, y=y, detail="run:N", order="x:Q")
        for name, colour, dash in _LINES
        if name == "others" or answer.power
    ]
    alone = base.mark_circle(size=9, opacity=1).encode(
        x=x, y=y, color=alt.condition(alt.datum.of == "others", alt.value(_LINES[0][1]), alt.value(_LINES[1][1])),
        tooltip=["name:N", "printed:N", "told:N"],
    )  # fmt: skip
    rules = drawing(ticks).mark_rule(color=RULE).encode(x=x, x2="x2:Q", y=y)
    text = drawing(heads)
    texts = [
        text.transform_filter(alt.datum.kind == kind)
        .mark_text(align=align, baseline="middle", **style)
        .encode(x=x, y=y, text="text:N")
        for kind, align, style in (
            ("name", "left", {"fontWeight": 600, "fontSize": 11, "color": INK}),
            ("share", "right", {"fontSize": 10, "color": MUTED}),
            ("from", "left", {"fontSize": 10, "color": MUTED}),
            ("to", "right", {"fontSize": 10, "color": MUTED}),
        )
    ]
    foot = footer(size, answer.header, height + 8, *_notes(answer, shown))
    whole = alt.layer(rules, *lines, alone, *texts, foot).properties(
        width=size.plot,
        height=height,
        title=title(size, say("group_figure.members", name=answer.name), _subtitle(answer)),
    )
    return finish(whole, _words(answer, shown))


def members_shown(answer: CohesionAnswer) -> tuple[MemberRecord, ...]:
    """All members by name; of a large group those that voted otherwise most often."""
    held = [r for r in answer.records if r.whole.n]
    if len(held) > MOST:
        held = sorted(held, key=lambda r: (r.whole.k / r.whole.n, r.name))[:MOST]
    return tuple(sorted(held, key=lambda r: r.name))


def member_data(answer: CohesionAnswer) -> pl.DataFrame:
    """One row a member and year (or session): votes as most of the others made, of how many; the same for the power."""
    import polars as pl

    rows = []
    for record in answer.records:
        for k, stretch in enumerate(answer.stretches):
            row: Row = {"state": record.state, "name": record.name, "period": stretch.period.label}
            row |= {"with_the_others": record.stretches[k].k, "of": record.stretches[k].n}
            if record.beside:
                row |= {"with_the_power": record.beside[k].k, "of_both": record.beside[k].n}
            rows.append(row)
    return pl.DataFrame(rows, infer_schema_length=None)


def _series(record: MemberRecord) -> list[tuple[str, int, Share]]:
    """(line, place of the stretch, share) of every year with enough votes."""
    told = (("others", record.stretches), ("power", record.beside))
    return [(name, k, s) for name, shares in told for k, s in enumerate(shares) if s.n >= LEAST]


def _floor(shown: tuple[MemberRecord, ...]) -> float:
    least = min((s.k / s.n for r in shown for _, _, s in _series(r)), default=0.0)
    return max(0.0, floor(least * 4) / 4)


def _levels(low: float) -> tuple[float, ...]:
    """Quarters from the lowest to 1; halves where there is room for no more.

    >>> _levels(0.25), _levels(0.0)
    ((0.25, 0.5, 0.75, 1.0), (0.0, 0.5, 1.0))
    """
    quarters = tuple(k / 4 for k in range(round(4 * low), 5))
    return quarters[::2] if len(quarters) > 4 else quarters


def _layout(
    answer: CohesionAnswer, shown: tuple[MemberRecord, ...], columns: int, width: float, low: float
) -> tuple[list[Row], list[Row], list[Row]]:
    """Points, texts and rules with their pixels."""
    points: list[Row] = []
    heads: list[Row] = []
    ticks: list[Row] = []
    first, last = answer.period.start, answer.period.end
    for i, record in enumerate(shown):
        left = LEFT + (i % columns) * (width + GAP)
        top = (i // columns) * (HEAD + PANEL + BELOW + 6) + HEAD
        heads.append({"kind": "name", "x": left, "y": top - 9, "text": record.name})
        for level in _levels(low):
            y = top + PANEL * (1 - level) / (1 - low)
            ticks.append({"x": left, "x2": left + width, "y": y})
            if i % columns == 0:
                heads.append({"kind": "share", "x": LEFT - 5, "y": y, "text": f"{round(100 * level)} %"})
        heads.append({"kind": "from", "x": left, "y": top + PANEL + 9, "text": str(first)})
        heads.append({"kind": "to", "x": left + width, "y": top + PANEL + 9, "text": str(last)})
        before: dict[str, int] = {}
        run = 0
        for name, k, share in _series(record):
            run += name not in before or k != before[name] + 1
            before[name] = k
            at = answer.stretches[k].period
            points.append(
                {"x": left + width * (at.start - first) / max(1, last - first),
                 "y": top + PANEL * (1 - share.k / share.n) / (1 - low),
                 "of": name, "run": f"{record.state}{run}{name}",
                 "name": record.name, "printed": span(at.label), "told": _share(share)}
            )  # fmt: skip
    return points, heads, ticks


def _share(share: Share) -> str:
    return say("group_figure.share", k=share.k, n=share.n, share=percent(share.k, share.n))


def _subtitle(answer: CohesionAnswer) -> str:
    key = "group_figure.members_sub_power" if answer.power else "group_figure.members_sub"
    return say(key, issue=answer.header.issue_label, power=answer.power[1] if answer.power else "")


def _notes(answer: CohesionAnswer, shown: tuple[MemberRecord, ...]) -> tuple[str, ...]:
    few = say("group_figure.least_member", least=LEAST)
    if len(shown) < len(answer.records):
        return (few, say("group_figure.some_members", k=len(shown), n=len(answer.records)))
    return (few,)


def _words(answer: CohesionAnswer, shown: tuple[MemberRecord, ...]) -> str:
    told = "; ".join(say("group_figure.member", name=r.name, share=_share(r.whole)) for r in shown)
    return say(
        "group_figure.members_alt",
        name=answer.name,
        period=span(answer.period.label),
        issue=answer.header.issue_label,
        told=told,
    )
