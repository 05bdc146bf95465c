"""Figure: one roll call on the scale of ideal points: what is expected along it, and how each state voted."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import altair as alt

from comity.model.choice import Choice
from comity.model.words import say
from comity.report import parts
from comity.report.figures.data import Row
from comity.report.figures.ideal_alt import map_text
from comity.report.figures.sessions import caveats
from comity.report.figures.style import INK, MUTED, PALETTE, PAPER, RULE, WIDE, Size, drawing, finish, footer, title
from comity.report.ideal_vote_tables import point
from comity.report.outlier_tables import chance
from comity.study.answers.ideal_vote import IdealVoteAnswer, Placed

CURVES, LABEL, LETTER = 120, 13, 5.9
LEAST = 5
# Yes, abstained, no: each with a colour, a shape, a dash and a lane of its own, so that no one of them is needed.
LANES = (Choice.YES, Choice.ABSTAIN, Choice.NO)
COLOURS = {Choice.YES: PALETTE["same"], Choice.ABSTAIN: PALETTE["ambivalent"], Choice.NO: PALETTE["opposite"]}
SHAPES = {Choice.YES: "circle", Choice.ABSTAIN: "diamond", Choice.NO: "triangle-up"}
CURVE_DASHES = {Choice.YES: [1, 0], Choice.ABSTAIN: [6, 3], Choice.NO: [2, 2]}
_EDGE = 0.25
_NORMAL = NormalDist()


def ideal_map(answer: IdealVoteAnswer, *, size: Size = WIDE) -> Any:
    """Curves of what is expected above, states by vote below, cut points through both (an Altair chart)."""
    scale = Scale.of(answer, size)
    marked = named_in(answer)
    dots, lanes, height = _lanes(answer, scale, marked)
    curves = alt.layer(*_cuts(answer, scale, CURVES, None), *_curves(answer, scale)).properties(
        width=scale.width, height=CURVES, title=_quiet(size.lines(say("ideal_figure.map_curves"), 10))
    )
    votes = alt.layer(
        *_cuts(answer, scale, height, scale.axis()), *_floors(lanes, scale), *_dots(dots, scale), *_names(dots, scale)
    ).properties(width=scale.width, height=height)
    foot = footer(size, answer.header, 0, *_notes(answer, scale), x=-scale.left).properties(width=scale.width, height=1)
    whole = alt.vconcat(curves, votes, foot, spacing=16).properties(title=_title(answer, size))
    return finish(whole, map_text(answer, marked))


def named_in(answer: IdealVoteAnswer) -> list[Placed]:
    """The states named in the figure: those asked about, then the least expected votes, least first."""
    asked = {s for s, _ in answer.focus}
    rare = sorted(answer.placed, key=lambda p: (p.p, p.state))[:LEAST]
    return [*(p for p in answer.placed if p.state in asked), *(p for p in rare if p.state not in asked)]


def least_expected(answer: IdealVoteAnswer) -> set[str]:
    """Ids of the states whose votes were least expected."""
    return {p.state for p in sorted(answer.placed, key=lambda p: (p.p, p.state))[:LEAST]}


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of ideal points, low to high, across ``width`` pixels; ``left`` pixels are for the lanes' names."""

    low: float
    high: float
    width: float
    left: float
    dot: float
    narrow: bool

    @classmethod
    def of(cls, answer: IdealVoteAnswer, size: Size) -> Scale:
        """Wide enough for every state, and for cut points that are not far outside."""
        theta = [p.theta for p in answer.placed]
        low, high = min(theta), max(theta)
        for cut in answer.cuts or ():
            if low - 1 < cut < high + 1:
                low, high = min(low, cut), max(high, cut)
        left = 24.0 if size.narrow else 40.0
        return cls(low - _EDGE, high + _EDGE, size.plot - left, left, 4.5 if size.narrow else 7.0, size.narrow)

    def across(self, field: str = "theta:Q", *, axis: Any = None) -> Any:
        """The axis of ideal points."""
        return alt.X(field, scale=alt.Scale(domain=[self.low, self.high], nice=False, zero=False), axis=axis)

    def pixels(self, theta: float) -> float:
        """From the left edge of the plot."""
        return (theta - self.low) / (self.high - self.low) * self.width

    def back(self, x: float) -> float:
        """The place on the scale at these pixels."""
        return self.low + x / self.width * (self.high - self.low)

    def axis(self) -> Any:
        """Labelled below the states."""
        label = "replace(format(datum.value, '.1~f'), '-', '−')"
        return alt.Axis(title=say("ideal_figure.map_axis"), labelExpr=label, tickCount=6, grid=False, domain=False)


def _title(answer: IdealVoteAnswer, size: Size) -> Any:
    text = f"{(answer.title or say('splits.untitled')).rstrip('.')}."
    sub = say("ideal_figure.map_sub", title=text, session=answer.session, n=len(answer.placed))
    asked = say("ideal_figure.map_asked") if answer.focus else ""
    told = say("ideal_figure.map_cuts") if answer.cuts else say("ideal_figure.map_flat")
    return title(
        size,
        say("ideal_figure.map", symbol=answer.symbol or answer.roll_call),
        sub,
        f"{told} {say('ideal_figure.map_marked', asked=asked)}",
    )


def _quiet(text: list[str]) -> Any:
    return alt.TitleParams(text, fontSize=10, fontWeight=400, color=MUTED, anchor="start", offset=4)


def expected(answer: IdealVoteAnswer, theta: float) -> dict[Choice, float]:
    """What the item expects of a state at a place, as shares of 1."""
    below = _NORMAL.cdf(answer.gamma1 - answer.beta * theta)
    above = _NORMAL.cdf(answer.beta * theta - answer.gamma2)
    return {Choice.YES: below, Choice.ABSTAIN: max(0.0, 1 - below - above), Choice.NO: above}


def _curves(answer: IdealVoteAnswer, scale: Scale) -> list[Any]:
    """A line a choice, named where it is highest."""
    places = [scale.low + (scale.high - scale.low) * i / 160 for i in range(161)]
    layers: list[Any] = []
    domain = alt.Scale(domain=[0, 100], nice=False)
    ticks = alt.Axis(title=None, values=[0, 50, 100], domain=False, ticks=False, minExtent=scale.left - 8)
    for choice in LANES:
        rows = [{"theta": t, "of_100": 100 * expected(answer, t)[choice]} for t in places]
        line = drawing(rows).encode(x=scale.across(), y=alt.Y("of_100:Q", scale=domain, axis=ticks))
        layers += [
            line.mark_line(color=PAPER, strokeWidth=4),
            line.mark_line(color=COLOURS[choice], strokeWidth=2.2, strokeDash=CURVE_DASHES[choice]),
        ]
    for choice in LANES:
        values = [100 * expected(answer, t)[choice] for t in places]
        best = max(values)
        at = [t for t, v in zip(places, values, strict=True) if v > best - 0.5]
        where = at[len(at) // 2] if 2 <= len(at) < 120 else at[0]
        x = scale.pixels(where)
        align = "left" if x < 30 else "right" if x > scale.width - 30 else "center"
        name = drawing([{"theta": where, "of_100": best, "text": say(f"choice.{choice.name.lower()}")}])
        place = name.encode(x=scale.across(), y=alt.Y("of_100:Q", scale=domain, axis=ticks), text="text:N")
        text: dict[str, Any] = {"align": align, "baseline": "middle", "dy": 9 if best > 88 else -9, "fontWeight": 600}
        layers += [
            place.mark_text(stroke=PAPER, strokeWidth=4, color=PAPER, **text),
            place.mark_text(color=INK, **text),
        ]
    return layers


def _cuts(answer: IdealVoteAnswer, scale: Scale, height: float, axis: Any) -> list[Any]:
    """A dashed line at each cut point on the scale."""
    rows = [{"theta": c} for c in answer.cuts or () if scale.low < c < scale.high]
    if not rows:
        return []
    rule = drawing(rows).mark_rule(color=INK, strokeWidth=1, strokeDash=[4, 3])
    return [rule.encode(x=scale.across(axis=axis), y=alt.value(-8 if height == CURVES else -16), y2=alt.value(height))]


def _lanes(answer: IdealVoteAnswer, scale: Scale, marked: list[Placed]) -> tuple[list[Row], list[Row], float]:
    """Dots with their pixels, the floor of each lane with its name, and the height of all lanes."""
    dots: list[Row] = []
    lanes: list[Row] = []
    y = 0.0
    for choice in LANES:
        voted = [p for p in answer.placed if p.choice is choice]
        piled = _piled(voted, scale, {p.state for p in marked})
        tallest = max((d["level"] for d in piled), default=0) + 1
        own = _labelled([d for d in piled if d["marked"]], answer, scale)
        y += LABEL * (1 + max((d["row"] for d in own), default=-1)) + scale.dot * tallest + 12
        lanes.append(
            {"y": y, "text": say("ideal_figure.lane", choice=parts.choice_word(choice).capitalize(), n=len(voted))}
        )
        for dot in piled:
            dot |= {
                "y": y - (dot["level"] + 0.5) * scale.dot,
                "ceiling": y - scale.dot * tallest - 4,
                "lane": choice.word,
            }
        dots += piled
        y += 16
    return dots, lanes, y


def _piled(voted: list[Placed], scale: Scale, marked: set[str]) -> list[Row]:
    """Dots in bins of their own width; named states on top of their pile, where their lead leaves it."""
    piles: dict[int, int] = {}
    dots = []
    for p in sorted(voted, key=lambda p: (p.state in marked, p.theta, p.state)):
        place = int(scale.pixels(p.theta) / scale.dot)
        level = piles.get(place, 0)
        piles[place] = level + 1
        told = {"state": p.state, "name": p.name, "choice": p.choice.word, "theta": p.theta, "p": p.p}
        where = {"x": (place + 0.5) * scale.dot, "level": level, "row": -1}
        dots.append({**told, **where, "marked": p.state in marked})
    return dots


def _labelled(dots: list[Row], answer: IdealVoteAnswer, scale: Scale) -> list[Row]:
    """A text and a row above the pile for each named dot, so that no text meets another text or its lead."""
    asked, rare = {s for s, _ in answer.focus}, least_expected(answer)
    taken: list[tuple[int, float, float, float]] = []
    for dot in dots:
        name = dot["state"] if scale.narrow and len(dot["name"]) > 12 else dot["name"]
        text = say("ideal_figure.given", name=name, given=chance(dot["p"]))
        reach = LETTER * len(text) + 10
        dot |= {"text": text, "reach": reach, "left": dot["x"] + reach > scale.width}
        dot |= {"asked": dot["state"] in asked, "rare": dot["state"] in rare}
    # From the side the texts run to, so that a lead rises beside the texts already placed and not through them.
    for dot in sorted(dots, key=lambda d: (d["left"], d["x"] if d["left"] else -d["x"])):
        x = dot["x"]
        begin, end = (x - dot["reach"], x) if dot["left"] else (x, x + dot["reach"])
        free = [r for r in range(len(dots)) if not any(_meet(r, begin, end, x, other) for other in taken)]
        apart = [r for r in range(len(dots)) if not any(r == t[0] and begin < t[2] and t[1] < end for t in taken)]
        dot["row"] = (free or apart)[0]
        taken.append((dot["row"], begin, end, x))
    return dots


def _meet(row: int, begin: float, end: float, x: float, other: tuple[int, float, float, float]) -> bool:
    """Whether a text in a row would touch another's text, or one's lead the other's text (row 0 is the lowest)."""
    its_row, its_begin, its_end, its_x = other
    if row == its_row:
        return begin < its_end and its_begin < end
    return its_begin - 2 <= x <= its_end + 2 if row > its_row else begin - 2 <= its_x <= end + 2


def _plane(scale: Scale) -> Any:
    """The axis of the states, which stand in bins: the middle of a bin is turned back into a place on the scale."""
    return scale.across("at:Q", axis=scale.axis())


def _floors(lanes: list[Row], scale: Scale) -> list[Any]:
    """The floor of each lane and its name with the number of votes."""
    base = drawing([{**lane, "at": scale.low, "to": scale.high} for lane in lanes])
    rule = base.mark_rule(color=RULE).encode(x=_plane(scale), x2="to:Q", y=_y("y"))
    # A halo, for a cut point's line may run through the name.
    inks = ({"color": PAPER, "stroke": PAPER, "strokeWidth": 4}, {"color": MUTED})
    names = [base.mark_text(align="left", baseline="top", dy=3, fontSize=10, fontWeight=600, **ink) for ink in inks]
    return [rule, *(name.encode(x=alt.value(0), y=_y("y"), text="text:N") for name in names)]


def _y(field: str) -> Any:
    """Pixels from the top as they are."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def _dots(dots: list[Row], scale: Scale) -> list[Any]:
    layers = []
    for choice in LANES:
        rows = [{**d, "at": scale.back(d["x"])} for d in dots if d["choice"] == choice.word]
        area = (scale.dot - 0.6) ** 2 * (0.8 if choice is Choice.YES else 0.7)
        mark = drawing(rows).mark_point(
            shape=SHAPES[choice], filled=True, color=COLOURS[choice], opacity=1, size=area,
            stroke=COLOURS[choice], strokeWidth=0,
        )  # fmt: skip
        layers.append(mark.encode(x=_plane(scale), y=_y("y"), tooltip=["name:N", "choice:N", "theta:Q"]))
    rings = [{**d, "at": scale.back(d["x"])} for d in dots if d["marked"]]
    ring = drawing(rows_ := rings).mark_point(
        shape="circle", filled=False, stroke=INK, strokeWidth=1.3, size=70, opacity=1
    )
    return [*layers, ring.encode(x=_plane(scale), y=_y("y"))] if rows_ else layers


def _names(dots: list[Row], scale: Scale) -> list[Any]:
    """Each named state's lead and its text."""
    layers: list[Any] = []
    for dot in (d for d in dots if d["marked"]):
        top = dot["ceiling"] - LABEL * dot["row"] - LABEL / 2
        base = drawing([{**dot, "at": scale.back(dot["x"]), "top": top, "foot": dot["y"] - 5}])
        lead = base.mark_rule(color=INK, strokeWidth=0.7).encode(x=_plane(scale), y=_y("foot"), y2="top:Q")
        side = {"align": "right", "dx": -4} if dot["left"] else {"align": "left", "dx": 4}
        weight = 600 if dot["asked"] else 400
        place = {"x": _plane(scale), "y": _y("top"), "text": "text:N"}
        halo, name = (
            base.mark_text(baseline="middle", fontSize=11, fontWeight=weight, **side, **ink)
            for ink in ({"color": PAPER, "stroke": PAPER, "strokeWidth": 4}, {"color": INK})
        )
        layers += [lead, halo.encode(**place), name.encode(**place)]
    return layers


def _notes(answer: IdealVoteAnswer, scale: Scale) -> list[str]:
    outside = [c for c in answer.cuts or () if not scale.low < c < scale.high]
    told = [say("ideal_figure.map_outside", cut=point(c)) for c in outside]
    codes = [
        say("ideal_figure.code", code=p.state, name=p.name)
        for p in named_in(answer)
        if scale.narrow and len(p.name) > 12
    ]
    silent = [n.text for n in answer.notes if n.id == "ideal_no_vote"]
    return [" ".join(codes), *silent, *told, *caveats(answer.notes)]
