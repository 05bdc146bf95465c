"""How every figure looks: four colours, one font that travels with the package, titles, source line.

The colours are spaced evenly in lightness (about 29, 47, 76 and 91 of 100), so that they survive grey print, and stay
apart under the three kinds of colour blindness; a test simulates both.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from textwrap import wrap
from typing import Any

import altair as alt

from comity.model.language import ENGLISH, language
from comity.model.words import say
from comity.report import parts
from comity.study.answers.common import Header

PALETTE = {"same": "#0f4a57", "ambivalent": "#deb464", "opposite": "#bf4a30", "absent": "#e3e6e9"}
# Two inks that look alike, so that a dark page can lighten one and keep the other.
ON_COLOUR = {"same": "#fffffe", "ambivalent": "#11181d", "opposite": "#fffffe", "absent": "#11181e"}
INK, MUTED, RULE, PAPER = "#11181c", "#5b6670", "#dfe3e5", "#ffffff"
FONT = "Inter, system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif"
# How the renderer writes numbers in other languages than English, in the terms of d3-format.
NUMBERS = {"vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", ""]}}


@dataclass(frozen=True, slots=True)
class Size:
    """Width of the plot and of the text above it, in pixels."""

    plot: int
    text: int
    narrow: bool = False

    def lines(self, sentence: str, points: int, weight: float = 1.0) -> list[str]:
        """A sentence cut to the figure's width; a little over half the type size a character."""
        return wrap(sentence, max(20, int(self.text / (points * 0.54 * weight)))) or [""]


WIDE = Size(plot=720, text=760)
NARROW = Size(plot=284, text=290, narrow=True)


def drawing(values: list[dict[str, Any]]) -> Any:
    """An empty chart over these rows.

    The rows go in as one JSON string: Altair copies a chart at every step, and a string is not copied.
    """
    return alt.Chart(alt.InlineData(values=json.dumps(values, ensure_ascii=False), format={"type": "json"}))


@cache
def register_font() -> None:
    """Let the renderer find the shipped font: without one it would leave text blank on a bare machine."""
    import vl_convert

    vl_convert.register_font_directory(str(resources.files("comity.data") / "fonts"))


def title(size: Size, head: str, *subs: str) -> Any:
    """Title and subtitle, wrapped, flush with the left edge of the whole figure."""
    return alt.TitleParams(
        text=size.lines(head, 16, 1.08),
        subtitle=[line for sub in subs if sub for line in size.lines(sub, 12)],
        anchor="start",
        frame="bounds",
        offset=14,
    )


def footer(size: Size, header: Header, y: float, *notes: str, x: float = 0) -> Any:
    """Notes and the source line, set below the plot; ``y`` in pixels from its top, ``x`` from its left."""
    lines = [
        line
        for sentence in (*notes, parts.source_line(header, "line.figure_source"))
        if sentence
        for line in size.lines(sentence, 10)
    ]
    mark: dict[str, Any] = {"align": "left", "baseline": "top", "lineHeight": 14, "fontSize": 10, "color": MUTED}
    return (
        drawing([{"text": "\n".join(lines)}])
        .mark_text(lineBreak="\n", clip=False, **mark)
        .encode(x=alt.value(x), y=alt.value(y), text="text:N")
    )


def category_scale(names: tuple[str, ...]) -> Any:
    """Fill by category, with a legend above the plot."""
    labels = [say(f"category.{c}") for c in names]
    return alt.Scale(domain=labels, range=[PALETTE[c] for c in names])


def legend(size: Size, *, raised: bool = False) -> Any:
    """One line of squares, two by two where narrow; ``raised`` leaves room for numbers that stand on end."""
    columns: dict[str, Any] = {"columns": 2} if size.narrow else {}
    offset = 32 if raised else 20
    return alt.Legend(orient="top", title=None, symbolType="square", symbolStrokeWidth=0, offset=offset, **columns)


def share_axis(**options: Any) -> Any:
    """An axis from 0 to 100 %, a label each quarter."""
    label = "format(100 * datum.value, 'd') + ' %'"
    return alt.Axis(title=None, labelExpr=label, values=[0, 0.25, 0.5, 0.75, 1], **options)


def finish(chart: Any, description: str) -> Any:
    """Font, axes and background of a whole chart, and its text for those who do not see it."""
    register_font()
    marks = {} if language() == ENGLISH else {"locale": {"number": NUMBERS[language()]}}
    return (
        chart.properties(description=description, background=PAPER, padding=12)
        .configure(font=FONT, aria=False, **marks)
        .configure_view(stroke=None)
        .configure_title(
            fontSize=16, fontWeight=600, color=INK, lineHeight=21, subtitleFontSize=12, subtitleColor=MUTED,
            subtitleLineHeight=17, subtitlePadding=6,
        )
        .configure_axis(
            labelFontSize=11, labelColor=MUTED, titleFontSize=11, titleColor=MUTED, titleFontWeight=400,
            gridColor=RULE, domainColor=RULE, tickColor=RULE, labelFontWeight=400,
        )
        .configure_legend(labelFontSize=12, labelColor=INK, symbolSize=120, rowPadding=4, columnPadding=14)
        .configure_text(fontSize=11, color=INK)
    )  # fmt: skip
