"""Figure: ideal points of a pair over the sessions, beside other states and the range of a group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from comity.model.words import named, say
from comity.report.figures.data import Row
from comity.report.figures.ideal_alt import paths_text
from comity.report.figures.ideal_distance import WIDEST
from comity.report.figures.sessions import AXIS, Sessions, caveats, runs
from comity.report.figures.style import INK, MUTED, PALETTE, PAPER, WIDE, Size, drawing, finish, footer, title
from comity.report.ideal_tables import unplaced
from comity.report.ideal_vote_tables import point
from comity.study.answers.ideal import Point
from comity.study.answers.ideal_paths import GroupRange, IdealPathsAnswer

HEIGHT, LETTER, SHORT = 300, 6.1, 15
# The pair in colour and thick; the others grey, told apart by dashes and by the name at the end of the line.
PAIR = ((PALETTE["same"], [1, 0]), (PALETTE["opposite"], [9, 2]))
DASHES = ([1, 0], [5, 2], [1.5, 2], [7, 2, 1.5, 2], [3, 3], [10, 4])


def ideal_paths(answer: IdealPathsAnswer, *, size: Size = WIDE) -> Any:
    """A line a state with its 90 % interval, hatched where levels depend on the start, linked texts below (Altair).

    The answer holds one point or more.
    """
    shown, lines = answer.shown, _lines(answer, size)
    ends = _ends(answer, lines, size)
    right = 16 + LETTER * max(len(e["text"]) for e in ends)
    rows: list[Row] = [{"session": p.session, "low": p.low, "high": p.high} for p in shown.points]
    first, last = min(r["session"] for r in rows), max(r["session"] for r in rows)
    held = [s for s in answer.group.sessions if first <= s.session <= last] if answer.group else []
    rows += [{"session": s.session, "low": s.low, "high": s.high} for s in held]
    plane = Sessions.around(rows, size, right=right, height=HEIGHT)
    main = alt.layer(
        *plane.hatching(),
        *_group(answer.group, plane),
        *(layer for line in lines for layer in _band(line, plane)),
        *(layer for line in reversed(lines) for layer in _path(line, plane)),
        *plane.labels([e for e in ends if e["session"] == last]),
        *_early_ends([e for e in ends if e["session"] < last], plane),
    ).properties(width=plane.width, height=plane.height)
    foot = footer(size, answer.header, 0, *_notes(answer, lines, last), x=-AXIS).properties(width=plane.width, height=1)
    whole = alt.vconcat(main, plane.strip(shown.bridges), foot, spacing=22)
    return finish(whole.properties(title=_title(answer, size)), paths_text(answer))


def _title(answer: IdealPathsAnswer, size: Size) -> Any:
    (_, a), (_, b) = answer.shown.names[:2]
    band = []
    if answer.group and answer.group.sessions:
        n = sorted({s.n for s in answer.group.sessions})
        placed = say("ideal_figure.paths_placed", fewest=n[0], most=n[-1]) if len(n) > 1 else str(n[0])
        key = "quartiles" if answer.group.quartiles else "range"
        band = [say(f"ideal_figure.paths_{key}", group=answer.group.name, placed=placed)]
    sub = say("ideal_figure.paths_sub", issue=answer.header.issue_label)
    subs = (sub, " ".join([say("ideal_figure.paths_bands"), *band]))
    return title(size, say("ideal_figure.paths", a=named(a), b=named(b)), *subs)


def _lines(answer: IdealPathsAnswer, size: Size) -> list[Row]:
    """One a state with points: how it is drawn, what it is called, its points."""
    lines = []
    last = max(p.session for p in answer.shown.points)
    for place, (state, name) in enumerate(answer.shown.names):
        points = [p for p in answer.shown.points if p.state == state]
        if not points:
            continue
        strong = place < 2
        colour, dash = PAIR[place] if strong else (MUTED, DASHES[(place - 2) % len(DASHES)])
        long = len(name) > (SHORT if size.narrow else 2 * SHORT)
        short = state if long or points[-1].session < last else name
        lines.append({"name": name, "short": short, "colour": colour, "dash": dash, "strong": strong, "points": points})
    return lines


def _table(points: Sequence[Point]) -> list[Row]:
    return [
        {"name": p.name, "session": p.session, "theta": p.theta, "low": p.low, "high": p.high, "n": p.n, "run": run}
        for p, run in zip(points, runs([p.session for p in points]), strict=True)
    ]


def _band(line: Row, plane: Sessions) -> list[Any]:
    """The interval; a lone session's is a rule, for an area needs two."""
    table = _table(line["points"])
    opacity = 0.2 if line["strong"] else 0.11
    lone = [r for r in table if sum(s["run"] == r["run"] for s in table) == 1]
    ends = {"x": plane.across(), "y": plane.up("low:Q"), "y2": "high:Q"}
    area = drawing(table).mark_area(color=line["colour"], opacity=opacity, line=False)
    layers = [area.encode(**ends, detail="run:N")]
    if lone:
        rule = drawing(lone).mark_rule(color=line["colour"], strokeWidth=_bar(plane), opacity=opacity)
        layers.append(rule.encode(**ends))
    return layers


def _path(line: Row, plane: Sessions) -> list[Any]:
    """The points joined within each unbroken run, with a halo; a lone session is a dot."""
    table = _table(line["points"])
    width = 2.4 if line["strong"] else 1.2
    lone = [r for r in table if sum(s["run"] == r["run"] for s in table) == 1]
    place = {"x": plane.across(), "y": plane.up("theta:Q")}
    tips = ["name:N", "session:Q", "theta:Q", "low:Q", "high:Q", "n:Q"]
    base = drawing(table).encode(**place, detail="run:N")
    layers = [base.mark_line(color=PAPER, strokeWidth=width + 1.6)] if line["strong"] else []
    layers.append(base.mark_line(color=line["colour"], strokeWidth=width, strokeDash=line["dash"]))
    if lone:
        layers.append(drawing(lone).mark_circle(color=line["colour"], size=16, opacity=1).encode(**place, tooltip=tips))
    return layers


def _bar(plane: Sessions) -> float:
    return min(WIDEST, max(2.0, plane.step - 1))


def _group(group: GroupRange | None, plane: Sessions) -> list[Any]:
    held = [s for s in group.sessions if plane.first <= s.session <= plane.last] if group else []
    if not held:
        return []
    rows = [{**s.to_dict(), "run": r} for s, r in zip(held, runs([s.session for s in held]), strict=True)]
    base = drawing(rows).encode(x=plane.across(), detail="run:N")
    ends = {"y": plane.up("low:Q"), "y2": "high:Q"}
    fill = base.mark_area(color=PALETTE["ambivalent"], opacity=0.42).encode(**ends)
    edges = [
        base.mark_line(color=PALETTE["ambivalent"], strokeWidth=1).encode(y=plane.up(f"{end}:Q"))
        for end in ("low", "high")
    ]
    middle = base.mark_line(color=INK, strokeWidth=1, strokeDash=[1, 3]).encode(y=plane.up("middle:Q"))
    return [fill, *edges, middle, *_lone_group(rows, plane)]


def _lone_group(rows: Sequence[Row], plane: Sessions) -> list[Any]:
    """Sessions whose neighbours have no range: a bar and a tick, for an area and a line need two."""
    lone = [r for r in rows if sum(s["run"] == r["run"] for s in rows) == 1]
    if not lone:
        return []
    base, wide = drawing(lone).encode(x=plane.across()), _bar(plane) + 10
    bar = base.mark_rule(color=PALETTE["ambivalent"], strokeWidth=wide, opacity=0.42)
    tick = base.mark_tick(color=INK, thickness=1, size=wide, orient="horizontal").encode(y=plane.up("middle:Q"))
    return [bar.encode(y=plane.up("low:Q"), y2="high:Q"), tick]


def _ends(answer: IdealPathsAnswer, lines: Sequence[Row], size: Size) -> list[Row]:
    """A label a line, at its last point; the group's at the last of its medians."""
    ends = [
        {
            "text": line["short"] if size.narrow else _told(line["short"], line["points"][-1].theta),
            "value": line["points"][-1].theta,
            "session": line["points"][-1].session,
            "colour": line["colour"],
            "strong": line["strong"],
        }
        for line in lines
    ]
    last = max(e["session"] for e in ends)
    held = [s for s in answer.group.sessions if s.session <= last] if answer.group else []
    if answer.group and held:
        text = answer.group.name if size.narrow else _told(answer.group.name, held[-1].middle)
        where = {"value": held[-1].middle, "session": held[-1].session}
        ends.append({"text": text, **where, "colour": INK, "strong": False})
    return ends


def _told(name: str, theta: float) -> str:
    return say("ideal_figure.end", name=name, theta=point(theta))


def _early_ends(ends: Sequence[Row], plane: Sessions) -> list[Any]:
    """Names beside lines that end before the last session, where the state did."""
    if not ends:
        return []
    base = drawing(list(ends)).mark_text(align="left", dx=4, dy=-6, color=INK, fontSize=10)
    return [base.encode(x=plane.across(), y=plane.up("value:Q"), text="text:N")]


def _notes(answer: IdealPathsAnswer, lines: Sequence[Row], last: int) -> list[str]:
    codes = [say("ideal_figure.code", code=x["short"], name=x["name"]) for x in lines if x["short"] != x["name"]]
    ended = [say("ideal_figure.ended")] if any(x["points"][-1].session < last for x in lines) else []
    placed = {p.session for line in lines for p in line["points"]}
    without = [str(t) for t in range(min(placed), max(placed)) if t not in placed]
    nowhere = unplaced(answer.shown)
    absent = [say("ideal.unplaced", names=", ".join(nowhere))] if nowhere else []
    gap = [say("ideal_figure.gap", sessions=", ".join(without))] if without else []
    return [" ".join(codes), *absent, *ended, *gap, *caveats(answer.notes)]
