"""Figures: a pair year by year (or session by session), and the same bars for other pairs side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from comity.model.words import say
from comity.report import parts
from comity.report.figures.alt_text import alt_text
from comity.report.figures.data import Row, categories, denominator, row_marks
from comity.report.figures.style import (
    INK,
    MUTED,
    PAPER,
    WIDE,
    Size,
    category_scale,
    drawing,
    finish,
    footer,
    legend,
    share_axis,
    title,
)
from comity.study.answers.common import PairRow
from comity.study.answers.pair import TrendAnswer

HEIGHT, STEP = 250, 17
PARTIAL_OPACITY = 0.45
ROUND = (1, 2, 4, 5, 10, 20, 50)
LABEL_ROOM, DIGIT = 40, 6.2
DASHES = ([1, 3], [6, 3])


def yearly_shares(
    answer: TrendAnswer, *, boundaries: Sequence[int] = (), medians: bool = False, size: Size = WIDE
) -> Any:
    """Stacked shares with N at each bar (an Altair chart); upright where wide, lying where narrow.

    boundaries : years (or sessions) that begin a new period; a line is drawn before each.
    medians    : draw the median partner of each side. A median is a share of the votes both cast, so the bars
                 are too, and absences are left out.
    """
    row, clock = answer.row, answer.header.reading.clock
    plot = Bars(row, of_cast=medians, size=size)
    layers = [plot.bars(legend(size, raised=plot.upright)), plot.counts(), *plot.boundaries(boundaries)]
    if medians:
        layers += plot.medians(answer)
    ends = plot.intervals(answer)
    layers += ends
    note = parts.partial_note(row.cells, answer.header) or ""
    foot = footer(size, answer.header, plot.height + (8 if size.narrow else 34), note, x=-plot.MARGIN)
    head = say(
        "figure.years",
        a=row.name_a,
        b=row.name_b,
        issue=answer.header.issue_label,
        unit=say("figure.by_session" if clock == "session" else "figure.by_year"),
    )
    sub = f"figure.years_{'cast' if medians else 'all'}{'_narrow' if size.narrow else ''}"
    layered = alt.layer(*layers, foot).properties(
        **plot.extent,
        title=title(
            size,
            head,
            say(sub, **answer.header.where),
            _median_words(answer) if medians else "",
            say("figure.years_intervals") if ends else "",
        ),
    )
    return finish(layered, alt_text(answer))


def contrasts(answers: Sequence[TrendAnswer], *, columns: int = 2, size: Size = WIDE) -> Any:
    """Small multiples: one row of bars a pair, all recorded votes, one legend (an Altair chart)."""
    width = (size.plot - 40 * (columns - 1)) / columns
    cell = Size(plot=int(width), text=int(width))
    charts = []
    for i, answer in enumerate(answers):
        plot = Bars(answer.row, of_cast=False, size=cell, height=120)
        charts.append(
            alt.layer(plot.bars(legend(size) if i == 0 else None)).properties(
                **plot.extent,
                title=alt.TitleParams(answer.row.label, fontSize=12, anchor="start", frame="bounds", offset=8),
            )
        )
    counted = [c.counts.roll_calls for a in answers for c in a.row.cells if c.counts.roll_calls] or [0]
    header = answers[0].header
    sub = say("figure.contrasts_sub", issue=header.issue_label, fewest=min(counted), most=max(counted), **header.where)
    note = next((n for a in answers if (n := parts.partial_note(a.row.cells, header))), "")
    foot = footer(size, header, 0, note, x=-Bars.MARGIN).properties(width=size.plot, height=1)
    grid = alt.concat(*charts, columns=columns, spacing=28).resolve_scale(fill="shared")
    whole = alt.vconcat(grid, foot, spacing=18).properties(title=title(size, say("figure.contrasts"), sub))
    return finish(whole, " ".join(alt_text(a) for a in answers))


class Bars:
    """The stacked bars of one pair; ``along`` is the axis of years, ``across`` that of shares."""

    MARGIN = 38

    def __init__(self, row: PairRow, *, of_cast: bool, size: Size, height: int = HEIGHT) -> None:
        self.row, self.of_cast, self.lying = row, of_cast, size.narrow
        self.names = categories(of_cast=of_cast)
        self.order = [parts.period_label(c) for c in row.cells]
        self.width = size.plot - self.MARGIN - (26 if self.lying else 0)
        self.height = STEP * len(self.order) if self.lying else height
        self.extent = {"width": self.width, "height": self.height}

    def along(self, **options: Any) -> Any:
        """The axis of years: few labels where upright, all where lying."""
        shown = self.order if self.lying else self._labelled()
        axis = alt.Axis(title=None, values=shown, labelAngle=0, ticks=False, domain=False, labelPadding=6)
        scale = alt.Scale(domain=self.order, paddingInner=0.12, paddingOuter=0.06)
        channel = alt.Y if self.lying else alt.X
        return channel("year:N", sort=self.order, axis=axis, scale=scale, **options)

    def _labelled(self) -> list[str]:
        """Round years with room between them, and the partial year with room before it."""
        step = self.width / max(1, len(self.order))
        every = next((k for k in ROUND if k * step >= LABEL_ROOM), ROUND[-1])
        cells = self.row.cells
        starred = len(cells) - 1 if cells and cells[-1].partial else None
        return [
            order
            for i, (order, cell) in enumerate(zip(self.order, cells, strict=True))
            if i == starred
            or (cell.period.start % every == 0 and (starred is None or (starred - i) * step >= LABEL_ROOM))
        ]

    @property
    def upright(self) -> bool:
        """Whether the numbers above the bars must stand on end, for want of room side by side."""
        digits = len(str(max((c.counts.roll_calls for c in self.row.cells), default=0)))
        return not self.lying and self.width / max(1, len(self.order)) < DIGIT * digits + 2

    def across(self, start: str) -> Any:
        """The axis of shares, 0 to 1."""
        axis = share_axis(ticks=False, domain=False)
        if self.lying:
            return alt.X(start, axis=None, scale=alt.Scale(domain=[0, 1]))
        return alt.Y(start, axis=axis, scale=alt.Scale(domain=[0, 1]))

    def bars(self, key: Any) -> Any:
        """One bar a year, the partial year lighter."""
        labels = {c.period.label: o for c, o in zip(self.row.cells, self.order, strict=True)}
        marks = [{**m, "year": labels[m["period"]]} for m in row_marks(self.row, of_cast=self.of_cast) if m["share"]]
        chart = drawing(marks).mark_bar(stroke=PAPER, strokeWidth=0.5)
        ends = {"x2": "end:Q"} if self.lying else {"y2": "end:Q"}
        return chart.encode(
            **{self._name(0): self.along(), self._name(1): self.across("start:Q"), **ends},
            fill=alt.Fill("label:N", scale=category_scale(self.names), legend=key, sort=None),
            opacity=alt.condition("datum.partial", alt.value(PARTIAL_OPACITY), alt.value(1)),
            tooltip=["year:N", "label:N", "count:Q", "votes:Q"],
        )

    def counts(self) -> Any:
        """The number of votes behind each bar, at its end."""
        values = [
            {"year": o, "votes": denominator(c.counts, of_cast=self.of_cast)}
            for o, c in zip(self.order, self.row.cells, strict=True)
        ]
        style: dict[str, Any] = {"color": MUTED, "fontSize": 10}
        place: dict[str, Any] = {"y": alt.value(-7)}
        if self.lying:
            style |= {"align": "left"}
            place = {"x": alt.value(self.width + 6)}
        elif self.upright:
            style |= {"align": "left", "angle": 270}
            place = {"y": alt.value(-3)}
        chart = drawing(values).mark_text(baseline="middle", **style)
        return chart.encode(**{self._name(0): self.along(), **place}, text="votes:N")

    def boundaries(self, starts: Sequence[int]) -> list[Any]:
        """A line before each year that begins a new period."""
        known = {c.period.start: o for c, o in zip(self.row.cells, self.order, strict=True)}
        values = [{"year": known[start]} for start in starts if start in known]
        if not values:
            return []
        past = {"y": alt.value(-24 if self.upright else -14), "y2": alt.value(self.height)}
        if self.lying:
            past = {"x": alt.value(-self.MARGIN), "x2": alt.value(self.width + 22)}
        chart = drawing(values).mark_rule(color=INK, strokeWidth=1.5)
        return [chart.encode(**{self._name(0): self.along(bandPosition=0), **past})]

    def medians(self, answer: TrendAnswer) -> list[Any]:
        """A dashed line a side: the median share among its partners, of votes both cast."""
        values: list[Row] = [
            {"year": o, "median": m, "side": side}
            for side, state in enumerate((self.row.a, self.row.b))
            for o, m in zip(self.order, answer.medians.get(state, ()), strict=False)
            if m is not None
        ]
        base = drawing(values).encode(
            **{self._name(0): self.along(), self._name(1): self.across("median:Q")}, order=alt.Order("year:N")
        )
        halo = [base.mark_line(color=PAPER, strokeWidth=4.5).encode(detail="side:N")]
        lines = [
            base.transform_filter(alt.datum.side == side).mark_line(color=INK, strokeWidth=1.8, strokeDash=dash)
            for side, dash in enumerate(DASHES)
        ]
        return halo + lines if values else []

    def intervals(self, answer: TrendAnswer) -> list[Any]:
        """A line a year over the interval of the share alike; none of fewer than 20 votes or 15 families."""
        over = "of_cast" if self.of_cast else "of_all"
        values: list[Row] = [
            {"year": o, "low": band.low, "high": band.high}
            for o, c, held in zip(
                self.order, self.row.cells, answer.intervals.shares if answer.intervals else (), strict=False
            )
            if (band := getattr(held, over)["same"]).low is not None
            and held.reliable
            and denominator(c.counts, of_cast=self.of_cast) >= parts.SMALL
        ]
        ends = {"x2": "high:Q"} if self.lying else {"y2": "high:Q"}
        base = drawing(values).encode(**{self._name(0): self.along(), self._name(1): self.across("low:Q"), **ends})
        halo, line = (base.mark_rule(color=c, strokeWidth=w) for c, w in ((PAPER, 4), (INK, 1.6)))
        return [halo, line] if values else []

    def _name(self, i: int) -> str:
        return ("yx" if self.lying else "xy")[i]


def _median_words(answer: TrendAnswer) -> str:
    return say("figure.years_median", a=answer.row.name_a, b=answer.row.name_b)
