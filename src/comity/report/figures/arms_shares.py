"""Figure: who delivered what part of a state's arms over a moving window of years, with dated measures."""

from __future__ import annotations

from string import ascii_uppercase
from typing import Any

import altair as alt

from comity.model.words import say, span
from comity.report.figures.style import (
    INK,
    MUTED,
    PALETTE,
    PAPER,
    WIDE,
    Size,
    drawing,
    finish,
    legend,
    share_axis,
    title,
)
from comity.report.strands import arms_words as words
from comity.report.strands.registry import sources_line
from comity.strands.arms import total
from comity.study.answers.arms_rolling import REST, ArmsRollingAnswer, RollingShare

HEIGHT, STEP, MARGIN = 250, 17, 38
LABEL_ROOM = 40
_COLOURS = tuple(PALETTE.values())  # the last, the palest, is for all others together
_ROUND = (1, 2, 5, 10, 20)


def arms_shares(answer: ArmsRollingAnswer, *, size: Size = WIDE) -> Any:
    """A bar a year, by the even split; a line on the first supplier's end says what lies between bounds.

    Upright where wide, lying where narrow. ValueError where nothing was delivered in any window.
    """
    if not answer.rows:
        raise ValueError("no window holds a delivery")
    plot = _Bars(answer, size)
    main = alt.layer(plot.bars(), plot.volumes(), *plot.bounds(), *plot.measures())
    letters = [
        say("arms_figure.mark", letter=letter, date=m.date, what=m.what)
        + ("" if m.checked else f" ({say('arms.unchecked')})")
        for letter, m in zip(ascii_uppercase, answer.marks, strict=False)
    ]
    joined = [say("arms_figure.joined")] if any(note.id.startswith("arms_joined") for note in answer.notes) else []
    lines = [line for told in (*letters, *joined, sources_line(answer.header)) for line in size.lines(told, 10)]
    style: dict[str, Any] = {"align": "left", "baseline": "top", "lineHeight": 14, "fontSize": 10, "color": MUTED}
    text = drawing([{"text": "\n".join(lines)}]).mark_text(lineBreak="\n", clip=False, **style)
    foot = text.encode(x=alt.value(-MARGIN), y=alt.value(0), text="text:N").properties(width=plot.width, height=1)
    head = title(
        size,
        say("arms_figure.title", name=answer.name, period=span(answer.period.label)),
        say("arms_figure.sub", window=answer.window),
        say("arms_figure.bounds", first=plot.keys[answer.rows[0].supplier]),
    )
    main = main.properties(width=plot.width, height=plot.height)
    return finish(alt.vconcat(main, foot, spacing=30).properties(title=head), in_words(answer))


def in_words(answer: ArmsRollingAnswer) -> str:
    """What the figure shows, for those who do not see it: the first and the last window, and the measures."""
    years = sorted({row.year for row in answer.rows})
    told = [say("arms_figure.title", name=answer.name, period=span(answer.period.label))]
    for year in dict.fromkeys((years[0], years[-1])):
        listed = ", ".join(f"{r.name} {words.share(r.share)}" for r in answer.rows if r.year == year)
        told.append(say("arms_figure.window", first=year - answer.window + 1, last=year, listed=listed))
    told += [say("arms.dated", date=m.date, what=m.what) + "." for m in answer.marks]
    return " ".join(told)


class _Bars:
    """The stacked bars; ``along`` is the axis of years, ``across`` that of shares."""

    def __init__(self, answer: ArmsRollingAnswer, size: Size) -> None:
        self.answer, self.size, self.lying = answer, size, size.narrow
        self.years = list(range(min(r.year for r in answer.rows), answer.period.end + 1))
        names = {r.supplier: r.name for r in answer.rows}
        self.keys = {key: names[key] for key in answer.order if key in names}
        self.width = size.plot - MARGIN - (44 if self.lying else 0)
        self.height = STEP * len(self.years) if self.lying else HEIGHT
        self.stacked = [self._stack(year) for year in self.years]

    def _stack(self, year: int) -> list[tuple[RollingShare, float]]:
        """The year's shares in the order of the suppliers, each with where it begins."""
        rows = {r.supplier: r for r in self.answer.rows if r.year == year}
        found, start = [], 0.0
        for key in self.keys:
            if key in rows:
                found.append((rows[key], start))
                start += rows[key].share.even
        return found

    def along(self, **options: Any) -> Any:
        """Every year where lying, round ones with room between them where upright."""
        step = self.width / len(self.years)
        every = 1 if self.lying else next((k for k in _ROUND if k * step >= LABEL_ROOM), _ROUND[-1])
        shown = [str(year) for year in self.years if year % every == 0]
        axis = alt.Axis(title=None, values=shown, labelAngle=0, ticks=False, domain=False, labelPadding=6)
        scale = alt.Scale(domain=[str(y) for y in self.years], paddingInner=0.12, paddingOuter=0.06)
        return (alt.Y if self.lying else alt.X)("year:N", sort=None, axis=axis, scale=scale, **options)

    def across(self, field: str) -> Any:
        """From 0 to 1."""
        scale = alt.Scale(domain=[0, 1])
        if self.lying:
            return alt.X(field, axis=None, scale=scale)
        return alt.Y(field, axis=share_axis(ticks=False, domain=False), scale=scale)

    def bars(self) -> Any:
        """One bar a year."""
        values = [
            {"year": str(r.year), "name": r.name, "start": start, "end": start + r.share.even, "tiv": r.amount.even}
            for stack in self.stacked
            for r, start in stack
        ]
        names = list(self.keys.values())
        colours = [_COLOURS[-1] if key == REST else _COLOURS[i] for i, key in enumerate(self.keys)]
        fill = alt.Fill(
            "name:N",
            scale=alt.Scale(domain=names, range=colours),
            sort=None,
            legend=legend(self.size, raised=not self.lying),
        )
        ends = {self._name(1) + "2": "end:Q"}
        chart = drawing(values).mark_bar(stroke=PAPER, strokeWidth=0.5)
        place = {self._name(0): self.along(), self._name(1): self.across("start:Q")}
        return chart.encode(**place, **ends, fill=fill, tooltip=["year:N", "name:N", "tiv:Q"])

    def volumes(self) -> Any:
        """All that was delivered in each window, in TIV, at the bar's end."""
        values = [
            {"year": str(stack[0][0].year), "tiv": words.figure(total(r.amount for r, _ in stack).even)}
            for stack in self.stacked
            if stack
        ]
        style: dict[str, Any] = {"color": MUTED, "fontSize": 9, "align": "left", "baseline": "middle"}
        place: dict[str, Any] = {"x": alt.value(self.width + 6)} if self.lying else {"y": alt.value(-3)}
        chart = drawing(values).mark_text(**style, **({} if self.lying else {"angle": 270}))
        return chart.encode(**{self._name(0): self.along(), **place}, text="tiv:N")

    def bounds(self) -> list[Any]:
        """What the first supplier's share lies between, where its bounds are apart in print."""
        first = next(iter(self.keys))
        values = [
            {"year": str(r.year), "low": r.share.low, "high": r.share.high}
            for stack in self.stacked
            for r, _ in stack
            if r.supplier == first and words.share_bounds(r.share)
        ]
        ends = {self._name(1) + "2": "high:Q"}
        base = drawing(values).encode(**{self._name(0): self.along(), self._name(1): self.across("low:Q")}, **ends)
        return [base.mark_rule(color=c, strokeWidth=w) for c, w in ((PAPER, 4), (INK, 1.6))] if values else []

    def measures(self) -> list[Any]:
        """A dashed line before the bar of each measure's year, with its letter; one line for those of a year."""
        letters: dict[int, str] = {}
        for letter, mark in zip(ascii_uppercase, self.answer.marks, strict=False):
            if mark.year in self.years:
                letters[mark.year] = letters.get(mark.year, "") + letter
        values = [{"year": str(year), "letter": letter} for year, letter in letters.items()]
        if not values:
            return []
        along = {self._name(0): self.along(bandPosition=0)}
        far = {"x": alt.value(-4), "x2": alt.value(self.width)}
        near: dict[str, Any] = {"x": alt.value(self.width - 8)}
        if not self.lying:
            far = {"y": alt.value(-4), "y2": alt.value(self.height + 3)}
            near = {"y": alt.value(self.height + 24)}
        base = drawing(values)
        rules = [base.mark_rule(color=c, strokeWidth=w, strokeDash=[5, 3]).encode(**along, **far) for c, w in _HALO]
        texts = [
            base.mark_text(fontSize=11, fontWeight=600, **ink).encode(**along, **near, text="letter:N") for ink in _WORD
        ]
        return [*rules, *texts]

    def _name(self, i: int) -> str:
        return ("yx" if self.lying else "xy")[i]


_HALO = ((PAPER, 3.5), (INK, 1.4))
_WORD: tuple[dict[str, Any], ...] = ({"color": PAPER, "stroke": PAPER, "strokeWidth": 4}, {"color": INK})
