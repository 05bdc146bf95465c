"""Figure: the signed difference of two states' ideal points over the sessions, with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt

from comity.model.language import numeral
from comity.model.words import named, say
from comity.report.figures.ideal_alt import distance_text
from comity.report.figures.sessions import AXIS, Sessions, caveats, runs
from comity.report.figures.style import INK, MUTED, PALETTE, PAPER, WIDE, Size, drawing, finish, footer, title
from comity.report.ideal_vote_tables import point
from comity.study.answers.ideal import IdealDistanceAnswer

HEIGHT = 230
COLOUR = PALETTE["same"]
_SIDE_ROOM = 24
# Pixels of a bar. A stroke is given as much room in all directions as it is wide: a lone session's bar, as wide as the
# figure, would stand in a page of empty paper.
WIDEST = 30.0


def ideal_distance(answer: IdealDistanceAnswer, bridges: Mapping[int, int], *, size: Size = WIDE) -> Any:
    """The difference with its 90 % interval, a dot a session, linked texts below (an Altair chart).

    bridges : session → texts linked to an earlier one. A dot is filled where the interval leaves out 0.
    """
    sessions = [g.session for g in answer.gaps]
    rows = [
        {**g.to_dict(), "run": r, "apart": g.low > 0 or g.high < 0}
        for g, r in zip(answer.gaps, runs(sessions), strict=True)
    ]
    within = [*rows, {"session": sessions[0], "low": 0.0, "high": 0.0}]
    plane = Sessions.around(within, size, right=44, height=HEIGHT)
    base = drawing(rows).encode(x=plane.across(), detail="run:N")
    y = plane.up("difference:Q")
    dots = base.encode(y=y, tooltip=["session:Q", "difference:Q", "low:Q", "high:Q", "above:Q"])
    span = {"y": plane.up("low:Q"), "y2": "high:Q"}
    across = min(34.0, (plane.step * 0.75) ** 2)
    main = alt.layer(
        *plane.hatching(),
        base.mark_rule(color=COLOUR, opacity=0.25, strokeWidth=min(WIDEST, max(1.5, plane.step - 1))).encode(**span),
        drawing([{"zero": 0.0}]).mark_rule(color=INK, strokeWidth=1.2).encode(y=plane.up("zero:Q")),
        base.mark_line(color=COLOUR, strokeWidth=1.2).encode(y=y),
        dots.transform_filter("datum.apart").mark_circle(color=COLOUR, size=across, opacity=1),
        dots.transform_filter("!datum.apart").mark_circle(
            fill=PAPER, stroke=COLOUR, strokeWidth=1.2, size=across, opacity=1
        ),
        *_sides(answer, plane),
        *plane.labels([_end(answer)]),
    ).properties(width=plane.width, height=plane.height)
    foot = footer(size, answer.header, 0, *caveats(answer.notes), x=-AXIS).properties(width=plane.width, height=1)
    head = title(
        size,
        say("ideal_figure.distance", a=answer.name_a, b=answer.name_b),
        say("ideal_figure.distance_sub", issue=answer.header.issue_label, draws=numeral(answer.draws, ",")),
        say("ideal_figure.distance_dots"),
    )
    whole = alt.vconcat(main, plane.strip(bridges), foot, spacing=22).properties(title=head)
    return finish(whole, distance_text(answer))


def _end(answer: IdealDistanceAnswer) -> dict[str, Any]:
    last = answer.gaps[-1].difference
    return {"text": point(last), "value": last, "colour": COLOUR, "strong": True}


def _sides(answer: IdealDistanceAnswer, plane: Sessions) -> list[Any]:
    """Which state stands above where: at the top and the foot of the plot, inside, where there is such a side."""
    names = {"a": named(answer.name_a), "b": named(answer.name_b)}
    zero = plane.level(0.0)
    sides = [("above", 6, zero), ("below", plane.height - 6, plane.height - zero)]
    layers = []
    for key, y, room in sides:
        if room > _SIDE_ROOM:
            text = say(f"ideal_figure.{key}", **names)
            base = drawing([{"text": text[:1].upper() + text[1:]}])
            for ink in ({"color": PAPER, "stroke": PAPER, "strokeWidth": 4}, {"color": MUTED}):
                mark = base.mark_text(align="right", baseline="middle", fontSize=10, fontStyle="italic", **ink)
                layers.append(mark.encode(x=alt.value(plane.width - 4), y=alt.value(y), text="text:N"))
    return layers
