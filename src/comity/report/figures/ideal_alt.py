"""Words for those who do not see a figure of ideal points: places, intervals and numbers of states."""

from __future__ import annotations

from collections.abc import Sequence

from comity.model.choice import Choice
from comity.model.words import named, say
from comity.report import parts
from comity.report.ideal_vote_tables import point
from comity.report.outlier_tables import chance
from comity.study.answers.ideal import IdealDistanceAnswer, Point
from comity.study.answers.ideal_paths import GroupRange, IdealPathsAnswer
from comity.study.answers.ideal_vote import IdealVoteAnswer, Placed


def paths_text(answer: IdealPathsAnswer) -> str:
    """Each state's first and last point with interval, its lowest and highest; the group's medians."""
    points = answer.shown.points
    told = [_path([p for p in points if p.state == state]) for state, _ in answer.shown.names]
    if answer.group and answer.group.sessions:
        told.append(_group(answer.group))
    first, last = min(p.session for p in points), max(p.session for p in points)
    issue = answer.header.issue_label
    return say("ideal_alt.paths", issue=issue, first=first, last=last, told=" ".join(filter(None, told)))


def _path(points: Sequence[Point]) -> str:
    if not points:
        return ""
    low, high = min(points, key=lambda p: p.theta), max(points, key=lambda p: p.theta)
    return say(
        "ideal_alt.path",
        name=points[0].name,
        begin=_point(points[0].theta, points[0].low, points[0].high, points[0].session),
        end=_point(points[-1].theta, points[-1].low, points[-1].high, points[-1].session),
        low=_short(low.theta, low.session),
        high=_short(high.theta, high.session),
    )


def _group(group: GroupRange) -> str:
    first, last = group.sessions[0], group.sessions[-1]
    begin, end = (_point(s.middle, s.low, s.high, s.session) for s in (first, last))
    return say("ideal_alt.group", group=group.name, begin=begin, end=end)


def _point(theta: float, low: float, high: float, session: int) -> str:
    return say("ideal_alt.point", theta=point(theta), least=point(low), most=point(high), session=session)


def _short(theta: float, session: int) -> str:
    return say("ideal_alt.short", theta=point(theta), session=session)


def distance_text(answer: IdealDistanceAnswer) -> str:
    """First, last, lowest and highest difference, and in how many sessions the interval leaves out 0."""
    gaps = answer.gaps
    low, high = (f(gaps, key=lambda g: g.difference) for f in (min, max))
    begin, end = (_point(g.difference, g.low, g.high, g.session) for g in (gaps[0], gaps[-1]))
    return say(
        "ideal_alt.distance",
        a=named(answer.name_a),
        b=named(answer.name_b),
        issue=answer.header.issue_label,
        begin=begin,
        end=end,
        low=_short(low.difference, low.session),
        high=_short(high.difference, high.session),
        k=sum(g.low > 0 or g.high < 0 for g in gaps),
        n=len(gaps),
    )


def map_text(answer: IdealVoteAnswer, marked: Sequence[Placed]) -> str:
    """The tally, the cut points, and the states that are named in the figure."""
    yes, abstained, no = (sum(p.choice == c for p in answer.placed) for c in (Choice.YES, Choice.ABSTAIN, Choice.NO))
    cuts = say("ideal_figure.map_flat")
    if answer.cuts:
        cuts = say("ideal_alt.cuts", first=point(answer.cuts[0]), second=point(answer.cuts[1]))
    return say(
        "ideal_alt.map",
        yes=yes,
        abstained=abstained,
        no=no,
        symbol=answer.symbol or answer.roll_call,
        session=answer.session,
        cuts=cuts,
        told=" ".join(_placed(p) for p in marked),
    )


def _placed(p: Placed) -> str:
    given = chance(p.p)
    return say("ideal_alt.placed", name=p.name, choice=parts.choice_word(p.choice), theta=point(p.theta), given=given)
