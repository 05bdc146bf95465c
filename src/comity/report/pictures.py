"""Figures of answers, each drawn for wide and for narrow pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from comity.audit.multiverse import MultiverseAnswer
from comity.report.document import Picture
from comity.report.figures.arms_shares import arms_shares
from comity.report.figures.curve import curve
from comity.report.figures.event_spans import event_spans
from comity.report.figures.ideal_distance import ideal_distance
from comity.report.figures.ideal_paths import ideal_paths
from comity.report.figures.periods import period_shares
from comity.report.figures.save import spec, svg
from comity.report.figures.strip import rank_strip
from comity.report.figures.style import NARROW, WIDE, Size
from comity.report.figures.ternary import ternary_figure
from comity.report.figures.timeline import SMALL, timeline_figure
from comity.report.figures.trade_years import trade_years
from comity.report.figures.years import contrasts, yearly_shares
from comity.study.answers.arms_rolling import ArmsRollingAnswer
from comity.study.answers.balance import BalanceAnswer
from comity.study.answers.events import EventsAnswer
from comity.study.answers.ideal import IdealDistanceAnswer
from comity.study.answers.ideal_paths import IdealPathsAnswer
from comity.study.answers.pair import PairAnswer, TrendAnswer
from comity.study.answers.rank import RankAnswer
from comity.study.answers.timeline import TimelineAnswer
from comity.study.answers.trade import TradeAnswer


def periods_picture(answer: PairAnswer) -> Picture:
    """Category shares by period."""
    return _picture(lambda size: period_shares(answer, size=size))


def years_picture(answer: TrendAnswer, boundaries: tuple[int, ...], *, medians: bool) -> Picture | None:
    """Yearly shares; None where there is no vote to draw (or no median to draw it for)."""
    held = any(c.counts.cast if medians else c.counts.roll_calls for c in answer.row.cells)
    known = not medians or any(m is not None for series in answer.medians.values() for m in series)
    if not (held and known):
        return None
    return _picture(lambda size: yearly_shares(answer, boundaries=boundaries, medians=medians, size=size))


def contrasts_picture(answers: tuple[TrendAnswer, ...]) -> Picture | None:
    """The same bars for other pairs."""
    if not any(c.counts.roll_calls for a in answers for c in a.row.cells):
        return None
    return _picture(lambda size: contrasts(answers, columns=1 if size.narrow else 2, size=size))


def strip_picture(answers: tuple[RankAnswer, ...], pair: tuple[str, str]) -> Picture | None:
    """All partners of each side, the other marked."""
    marked: list[tuple[RankAnswer, str | None]] = [(a, pair[1] if a.state == pair[0] else pair[0]) for a in answers]
    return _picture(lambda size: rank_strip(marked, size=size)) if marked else None


def ranking_picture(answer: RankAnswer) -> Picture:
    """All partners of one state, none of them marked."""
    return _picture(lambda size: rank_strip([(answer, None)], size=size))


def paths_picture(answer: IdealPathsAnswer) -> Picture:
    """Ideal points over the sessions."""
    return _picture(lambda size: ideal_paths(answer, size=size))


def distance_picture(answer: IdealDistanceAnswer, bridges: Mapping[int, int]) -> Picture:
    """The difference of two states' ideal points over the sessions, with the texts linked to an earlier session."""
    return _picture(lambda size: ideal_distance(answer, bridges, size=size))


def arms_picture(answer: ArmsRollingAnswer) -> Picture | None:
    """Suppliers' shares over the years; None where nothing was delivered."""
    return _picture(lambda size: arms_shares(answer, size=size)) if answer.rows else None


def balance_picture(answer: BalanceAnswer) -> Picture | None:
    """The triangle of a spread of ties; None where no strand is known with all three powers, or they are not three."""
    if len(answer.powers) != 3 or not any(s.counted for s in answer.strands):
        return None
    return _picture(lambda size: ternary_figure(answer, size=size))


def timeline_picture(answer: TimelineAnswer, *, small: bool = False) -> Picture | None:
    """The lanes of a timeline; ``small`` draws treaties, tiers, visits, access and sanctions alone."""
    kinds = SMALL if small else answer.kinds
    if not any(e.kind in kinds for e in answer.entries):
        return None
    return _picture(lambda size: timeline_figure(answer, kinds=kinds, size=size))


def trade_picture(answer: TradeAnswer) -> Picture | None:
    """A pair's imports and exports by year; None where fewer than two years have a value."""
    known = sum(y.imports is not None or y.exports is not None for y in answer.years)
    return _picture(lambda size: trade_years(answer, size=size)) if known > 1 else None


def events_picture(answer: EventsAnswer) -> Picture | None:
    """A pair's coded events as a share of all; None where fewer than two spans have a share."""
    known = sum(one.both.per_million is not None for one in answer.spans)
    return _picture(lambda size: event_spans(answer, size=size)) if known > 1 else None


def curve_picture(answer: MultiverseAnswer) -> Picture:
    """A share under every equivalent reading, with the choices of each."""
    return _picture(lambda size: curve(answer, size=size))


def _picture(draw: Callable[[Size], Any]) -> Picture:
    wide = draw(WIDE)
    told = cache(lambda: spec(wide))
    return Picture(wide.description, lambda narrow: svg(draw(NARROW)) if narrow else svg(wide, told()), told)
