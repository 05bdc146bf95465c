"""Figure: the specification curve. Every equivalent reading by its value, and the choices it makes beneath."""

from __future__ import annotations

from typing import Any

import altair as alt

from comity.audit.multiverse import AXES, MultiverseAnswer
from comity.model.coded import coded
from comity.model.words import named, say
from comity.report.figures.data import Row
from comity.report.figures.style import INK, MUTED, PALETTE, RULE, WIDE, Size, drawing, finish, title
from comity.report.strands.multiverse import choice, option, per_cent
from comity.report.strands.registry import sources_line

_MOST = 240  # readings drawn; more are thinned evenly, the first and last kept
_ROW = 15
_LEFT = {False: 210, True: 130}


def curve(answer: MultiverseAnswer, *, size: Size = WIDE) -> Any:
    """Values above, a row an option below, a dot where a reading takes it (an Altair chart)."""
    versions = _thinned(answer)
    width = size.plot - _LEFT[size.narrow]
    rows: list[Row] = [{"at": k, "value": v.value, "fits": bool(answer.printed and answer.printed.admits(v.value))}
                       for k, v in enumerate(versions)]  # fmt: skip
    across = alt.X("at:Q", axis=None, scale=alt.Scale(domain=[-0.5, max(len(rows) - 0.5, 0.5)], nice=False, padding=0))
    held = [r["value"] for r in rows] + ([answer.printed.value] if answer.printed else [])
    pad = max(0.2, (max(held) - min(held)) * 0.08)
    scale = alt.Scale(domain=[min(held) - pad, max(held) + pad], nice=False, zero=False)
    up = alt.Y("value:Q", scale=scale, axis=_axis(size))
    dots = drawing(rows).mark_circle(size=22, opacity=1).encode(
        x=across, y=up, tooltip=["value:Q"],
        color=alt.condition("datum.fits", alt.value(PALETTE["opposite"]), alt.value(PALETTE["same"])),
    )  # fmt: skip
    layers = [*_band(answer, scale), dots]
    upper = alt.layer(*layers).properties(width=width, height=200)
    lower = _strip(answer, versions, across, size).properties(width=width)
    foot = _foot(answer, size, width)
    a, b = (named(answer.names[s]) for s in (answer.a, answer.b))
    head = title(
        size,
        _capital(
            say(
                "multiverse.figure_title",
                a=a,
                b=b,
                category=coded(answer.category.replace("_", " ")),
                n=len(answer.versions),
            )
        ),
        say("multiverse.figure_sub", issue=answer.header.subject.split(",")[0], period=answer.period.replace("-", "–")),
        say("multiverse.figure_printed", printed=answer.printed.text) if answer.printed else "",
    )
    return finish(alt.vconcat(upper, lower, foot, spacing=14).properties(title=head), curve_text(answer))


def curve_text(answer: MultiverseAnswer) -> str:
    """The figure in words."""
    values = [v.value for v in answer.versions]
    return say("multiverse.figure_alt", n=len(values), low=per_cent(values[0]), high=per_cent(values[-1]))


def _thinned(answer: MultiverseAnswer) -> list[Any]:
    held = answer.versions
    if len(held) <= _MOST:
        return list(held)
    return [held[round(k * (len(held) - 1) / (_MOST - 1))] for k in range(_MOST)]


def _axis(size: Size) -> Any:
    room = _LEFT[size.narrow] - 10
    label = "format(datum.value, '.1~f') + ' %'"
    quiet: dict[str, Any] = {"domain": False, "ticks": False, "gridColor": RULE}
    return alt.Axis(title=None, labelExpr=label, tickCount=6, minExtent=room, maxExtent=room, **quiet)


def _band(answer: MultiverseAnswer, scale: Any) -> list[Any]:
    """What the printed figure admits."""
    if answer.printed is None:
        return []
    low, high = answer.printed.bounds()
    ends = [max(low, scale.domain[0]), min(high, scale.domain[1])]
    base = drawing([{"low": ends[0], "high": ends[1]}])
    return [
        base.mark_rect(color=PALETTE["ambivalent"], opacity=0.45).encode(y=alt.Y("low:Q", scale=scale), y2="high:Q")
    ]


def _strip(answer: MultiverseAnswer, versions: list[Any], across: Any, size: Size) -> Any:
    """A row an option of the choices that vary here."""
    varying = {name for name, _ in answer.medians}
    rows: list[Row] = []
    order: list[str] = []
    for k, axis in enumerate(AXES):
        if axis not in varying:
            continue
        for held in dict.fromkeys(v.choices[k] for v in sorted(versions, key=lambda v: v.choices[k])):
            label = option(held) if size.narrow or axis == "release" else f"{choice(axis)}: {option(held)}"
            label = label if label not in order else f"{choice(axis)}: {option(held)}"
            order.append(label)
            rows += [{"at": i, "option": label} for i, v in enumerate(versions) if v.choices[k] == held]
    axis_ = alt.Axis(title=None, grid=True, gridColor=RULE, domain=False, ticks=False, labelFontSize=10, labelLimit=200,
                     minExtent=_LEFT[size.narrow] - 10, maxExtent=_LEFT[size.narrow] - 10)  # fmt: skip
    up = alt.Y("option:N", sort=order, axis=axis_)
    marks = drawing(rows).mark_tick(color=INK, thickness=1.4, size=9, opacity=0.9)
    return marks.encode(x=across, y=up).properties(height=_ROW * max(len(order), 1))


def _foot(answer: MultiverseAnswer, size: Size, width: float) -> Any:
    lines = size.lines(sources_line(answer.header), 10)
    style: dict[str, Any] = {"align": "left", "baseline": "top", "lineHeight": 14, "fontSize": 10, "color": MUTED}
    text = drawing([{"text": "\n".join(lines)}]).mark_text(lineBreak="\n", clip=False, **style)
    return text.encode(x=alt.value(-_LEFT[size.narrow] + 10), y=alt.value(0), text="text:N").properties(
        width=width, height=1
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
