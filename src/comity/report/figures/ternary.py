"""Figure: a state between three powers, a dot a strand; the nearer a corner, the more of its ties go there."""

from __future__ import annotations

from typing import Any

import altair as alt

from comity.measures.balance import ternary as placed
from comity.model.language import numeral
from comity.model.words import named, say, span
from comity.report.figures.data import Row
from comity.report.figures.sessions import spread
from comity.report.figures.style import INK, MUTED, PALETTE, PAPER, RULE, WIDE, Size, drawing, finish, title
from comity.report.strands.registry import sources_line
from comity.study.answers.balance import BalanceAnswer

_TOP = 3**0.5 / 2
_SIDES = {False: 430, True: 250}  # pixels, by whether the figure is narrow
_CORNERS = ((0.0, 0.0, "right"), (1.0, 0.0, "left"), (0.5, _TOP, "center"))
_THIRDS = (1 / 3, 2 / 3)
_HALO: tuple[dict[str, Any], ...] = ({"color": PAPER, "stroke": PAPER, "strokeWidth": 4}, {"color": INK})
"""A word drawn twice, first as paper, so that it can be read over lines."""


def ternary_figure(answer: BalanceAnswer, *, size: Size = WIDE) -> Any:
    """The strands that are known with all three powers, and the votes over time (an Altair chart).

    ValueError where the answer is not about three powers.
    """
    if len(answer.powers) != 3:
        raise ValueError("a triangle is drawn for three powers")
    side = _SIDES[size.narrow]
    scales = {
        "x": alt.Scale(domain=[0, 1], nice=False, zero=False, padding=0),
        "y": alt.Scale(domain=[0, _TOP], nice=False, zero=False, padding=0),
    }
    layers = [
        *_frame(scales),
        *_corners(answer, scales),
        *_path(answer, scales),
        *_strands(answer, scales, side),
    ]
    main = alt.layer(*layers).properties(width=side, height=side * _TOP)
    a, b, c = (named(answer.names[p]) for p in answer.powers)
    head = title(
        size,
        say("balance.figure_title", state=answer.names[answer.state], a=a, b=b, c=c),
        say("balance.figure_sub", period=span(answer.period), basis=say(f"balance.basis_{answer.basis}")),
    )
    lines = [line for told in (_gaps(answer), sources_line(answer.header)) if told for line in size.lines(told, 10)]
    style: dict[str, Any] = {"align": "left", "baseline": "top", "lineHeight": 14, "fontSize": 10, "color": MUTED}
    text = drawing([{"text": "\n".join(lines)}]).mark_text(lineBreak="\n", clip=False, **style)
    foot = text.encode(x=alt.value(0), y=alt.value(0), text="text:N").properties(width=side, height=1)
    return finish(alt.vconcat(main, foot, spacing=34).properties(title=head), ternary_text(answer))


def ternary_text(answer: BalanceAnswer) -> str:
    """The figure in words."""
    told = [
        say(
            "balance.alt_strand",
            strand=say(f"balance.strand_{s.strand}"),
            shares=", ".join(
                f"{answer.names[t.power]} {numeral(t.share, '.2f')}" for t in s.ties if t.share is not None
            ),
        )
        for s in answer.strands
        if s.counted
    ]
    names = ", ".join(answer.names[p] for p in answer.powers)
    return " ".join((say("balance.alt", state=answer.names[answer.state], powers=names), *told, _gaps(answer)))


def _gaps(answer: BalanceAnswer) -> str:
    lost = [say(f"balance.strand_{s.strand}").lower() for s in answer.strands if not s.counted]
    return say("balance.figure_gaps", strands=", ".join(lost)) if lost else ""


def _xy(shares: Any) -> Row:
    x, y = placed(list(shares))
    return {"x": float(x), "y": float(y)}


def _axes(scales: dict[str, Any], x: str = "x:Q", y: str = "y:Q") -> dict[str, Any]:
    return {"x": alt.X(x, scale=scales["x"], axis=None), "y": alt.Y(y, scale=scales["y"], axis=None)}


def _frame(scales: dict[str, Any]) -> list[Any]:
    """The sides, and lines at a third and two thirds of each power."""
    rows: list[Row] = []
    corners = [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
    for i, ends in enumerate([(corners[0], corners[1]), (corners[1], corners[2]), (corners[2], corners[0])]):
        rows += [{**_xy(end), "line": f"side{i}", "strong": True} for end in ends]
    for power in range(3):
        for third in _THIRDS:
            rest = 1 - third
            for k in (1, 2):
                shares = [0.0, 0.0, 0.0]
                shares[power], shares[(power + k) % 3] = third, rest
                rows.append({**_xy(shares), "line": f"{power}{third:.2f}", "strong": False})
    base = drawing(rows).encode(detail="line:N", **_axes(scales))
    return [
        base.transform_filter("!datum.strong").mark_line(color=RULE, strokeWidth=1),
        base.transform_filter("datum.strong").mark_line(color=MUTED, strokeWidth=1),
    ]


def _corners(answer: BalanceAnswer, scales: dict[str, Any]) -> list[Any]:
    layers = []
    for (x, y, align), power in zip(_CORNERS, answer.powers, strict=True):
        base = drawing([{"x": x, "y": y, "text": answer.names[power]}]).encode(text="text:N", **_axes(scales))
        low = y == 0
        mark: dict[str, Any] = {"align": {"right": "left", "left": "right"}.get(align, "center"), "fontWeight": 600}
        layers.append(base.mark_text(baseline="top" if low else "bottom", dy=8 if low else -22, clip=False, **mark))
    return layers


def _path(answer: BalanceAnswer, scales: dict[str, Any]) -> list[Any]:
    """The stages of the votes, joined where neighbours are known; first and last named by their years."""
    stages = [s for s in answer.path if s.strand == "votes"]
    rows: list[Row] = []
    run = 0
    for stage in stages:
        if stage.shares is None:
            run += 1
            continue
        rows.append({**_xy(stage.shares), "run": run, "years": stage.years, "at": len(rows)})
    if len(rows) < 2:
        return []
    base = drawing(rows).encode(**_axes(scales))
    line = base.mark_line(color=PALETTE["same"], strokeWidth=1.2, opacity=0.7).encode(detail="run:N", order="at:Q")
    dots = base.mark_circle(color=PALETTE["same"], size=14, opacity=0.8).encode(tooltip=["years:N"])
    ends = drawing([rows[0], rows[-1]]).encode(text="years:N", **_axes(scales))
    return [line, dots, *(ends.mark_text(fontSize=9, align="right", dx=-6, **ink) for ink in _HALO)]


def _strands(answer: BalanceAnswer, scales: dict[str, Any], side: float) -> list[Any]:
    """A dot a strand; its area shows the level, an open dot that the level is not known."""
    rows: list[Row] = []
    for s in answer.strands:
        if s.counted:
            name = say(f"balance.strand_{s.strand}")
            area = 60 + 640 * s.level if s.level is not None else 110
            at = _xy([t.share for t in s.ties])
            rows.append({**at, "name": name, "area": area, "level": s.level is not None})
    wanted = [(_TOP - row["y"]) * side for row in rows]
    for row, y in zip(rows, spread(wanted, 14, -4, _TOP * side + 4), strict=True):
        row["label"] = _TOP - y / side
    base = drawing(rows)
    dots = base.encode(size=alt.Size("area:Q", scale=None), tooltip=["name:N"], **_axes(scales))
    named = base.encode(text="name:N", **_axes(scales, y="label:Q"))
    return [
        *(named.mark_text(align="left", dx=14, baseline="middle", fontWeight=600, clip=False, **ink) for ink in _HALO),
        dots.transform_filter("datum.level").mark_circle(color=PALETTE["opposite"], opacity=0.85),
        dots.transform_filter("!datum.level").mark_point(color=PALETTE["opposite"], strokeWidth=1.8, opacity=1),
    ]
