"""Questions on recorded votes of two states, of one state, and of one roll call."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field

from comity.web.asked import (
    MOST_PERIODS,
    MOST_STATES,
    OfReading,
    OfRelease,
    OnePeriod,
    Periods,
    Several,
    State,
    count_of,
)
from comity.web.question import Figure, Question
from comity.web.questions import place_figures as places
from comity.web.questions import vote_figures as draw

PAIR = {"a": "VNM", "b": "RUS"}
FULL = "release"


class OfPair(OfReading):
    """A pair over one period."""

    in_path: ClassVar[tuple[str, ...]] = ("a", "b")
    a: State
    b: State
    period: OnePeriod = None


class OfPeriods(OfReading):
    """A pair over several periods."""

    in_path: ClassVar[tuple[str, ...]] = ("a", "b")
    a: State
    b: State
    periods: Periods = None


class Pair(OfPeriods):
    """A pair beside contrast states, with measures of agreement."""

    vs: Several = None
    measure: Annotated[str | None, Field(max_length=200, description="Measures: kappa_sq,s,ia, or all.")] = None


class Measures(OfPeriods):
    """A pair's measures of agreement."""

    measure: Annotated[str, Field(max_length=200, description="kappa_sq,s,ia, or all.")] = "all"


class Breaks(OfPair):
    """A pair's breaks."""

    break_at: Annotated[int | None, Field(ge=1, le=2100, description="A year (or session) asserted as a break.")] = None


class Outliers(OfPair):
    """A pair's surprising votes."""

    at: Annotated[float, Field(gt=0, le=0.2, description="The chance below which a vote is told.")] = 0.01


class Rank(OfReading):
    """A state's partners."""

    in_path: ClassVar[tuple[str, ...]] = ("state",)
    state: State
    period: OnePeriod = None
    among: Annotated[str | None, Field(max_length=320, description="A group or region (ASEAN), or USA,CHN.")] = None
    min_common: Annotated[float, Field(ge=0, le=1, description="Both cast a vote on this share of the record.")] = 0.5


class Vote(OfRelease):
    """One roll call."""

    in_path: ClassVar[tuple[str, ...]] = ("symbol",)
    symbol: Annotated[str, Field(min_length=1, max_length=80, description="A/RES/68/262, or a release's own id.")]
    group: Annotated[str | None, Field(max_length=60, description="A group set apart: ASEAN, EU, P5.")] = None


class Situations(OfPair):
    """A pair on country situations."""

    targets: Annotated[str, Field(max_length=320, description="States whose situation it was, or all.")] = "all"
    kinds: Annotated[str, Field(max_length=60, description="rights, political, credentials, or all.")] = "rights"


def _pair(q: Pair) -> Any:
    from comity.study.pair import pair

    count_of(q.periods, MOST_PERIODS, "periods")
    vs = count_of(q.vs, MOST_STATES, "states")
    return pair(q.a, q.b, periods=q.periods, vs=vs, measures=q.measure, reading=q.reading)


def _measures(q: Measures) -> Any:
    from comity.study.pair import pair

    count_of(q.periods, MOST_PERIODS, "periods")
    return pair(q.a, q.b, periods=q.periods, measures=q.measure, reading=q.reading)


def _trend(q: OfPair) -> Any:
    from comity.study.trend import trend

    return trend(q.a, q.b, period=q.period, reading=q.reading)


def _splits(q: OfPair) -> Any:
    from comity.study.splits import splits

    return splits(q.a, q.b, period=q.period, reading=q.reading)


def _breaks(q: Breaks) -> Any:
    from comity.study.breaks import breaks

    return breaks(q.a, q.b, period=q.period, break_at=q.break_at, reading=q.reading)


def _moved(q: OfPeriods) -> Any:
    from comity.study.moved import moved

    return moved(q.a, q.b, periods=q.periods, reading=q.reading)


def _decompose(q: OfPeriods) -> Any:
    from comity.study.moved import decompose

    return decompose(q.a, q.b, periods=q.periods, reading=q.reading)


def _outliers(q: Outliers) -> Any:
    from comity.study.outliers import outliers

    return outliers(q.a, q.b, period=q.period, at=q.at, reading=q.reading)


def _situations(q: Situations) -> Any:
    from comity.study.situations import situations

    return situations(q.a, q.b, targets=q.targets, kinds=q.kinds, period=q.period, reading=q.reading)


def _rank(q: Rank) -> Any:
    from comity.study.rank import rank

    return rank(q.state, period=q.period, min_common=q.min_common, among=q.among, reading=q.reading)


def _vote(q: Vote) -> Any:
    from comity.study.vote import vote

    return vote(q.symbol, group=q.group, release=q.release)


def _pair_key(answer: Any) -> tuple[tuple[str, str], ...]:
    return tuple((c.period.label, f"{c.counts.same}/{c.counts.roll_calls}") for c in answer.lead.cells)


def _rank_key(answer: Any) -> tuple[tuple[str, str], ...]:
    return tuple((p.name, f"{p.counts.same}/{p.counts.cast}") for p in answer.partners[:3])


def _vote_key(answer: Any) -> tuple[tuple[str, str], ...]:
    tally = answer.computed
    return ((answer.symbol or answer.roll_call, f"{tally.yes}-{tally.no}-{tally.abstain}"),)


QUESTIONS = (
    Question(
        "pair", "/pair/{a}/{b}", Pair, _pair, "pair",
        PAIR | {"issue": "hr", "periods": "1992-1999,2000-2020"},
        figures=(
            Figure("periods", draw.periods, draw.periods_data),
            Figure("contrasts", draw.contrasts, draw.contrasts_data, draw.has_contrasts),
            Figure("ranks", draw.ranks, draw.ranks_data, draw.has_ranks),
        ),
        key=_pair_key,
        card="ranks",
    ),
    Question(
        "measures", "/measures/{a}/{b}", Measures, _measures, "pair", PAIR | {"issue": "hr", "measure": "kappa_sq,s"},
        chapters=("measures",),
    ),
    Question(
        "trend", "/trend/{a}/{b}", OfPair, _trend, "trend", PAIR | {"issue": "hr", "period": "1992-2020"},
        paged="periods",
        figures=(
            Figure("years", draw.years, draw.years_data),
            Figure("medians", draw.medians, draw.medians_data, draw.has_medians),
        ),
    ),
    Question("splits", "/splits/{a}/{b}", OfPair, _splits, "splits", PAIR | {"issue": "hr"}, FULL, paged="splits"),
    Question("breaks", "/breaks/{a}/{b}", Breaks, _breaks, "trend --breaks", PAIR | {"issue": "hr"}, costly=True),
    Question("moved", "/moved/{a}/{b}", OfPeriods, _moved, "moved", PAIR | {"issue": "hr"}, FULL, costly=True),
    Question(
        "decompose", "/decompose/{a}/{b}", OfPeriods, _decompose, "decompose", PAIR | {"issue": "hr"}, FULL, costly=True
    ),
    Question(
        "outliers", "/outliers/{a}/{b}", Outliers, _outliers, "outliers", PAIR | {"issue": "hr"}, FULL, costly=True
    ),
    Question(
        "situations", "/situations/{a}/{b}", Situations, _situations, "situations",
        PAIR | {"targets": "MMR"}, FULL, costly=True,
    ),
    Question(
        "state", "/state/{state}", Rank, _rank, "rank", {"state": "VNM", "issue": "hr", "period": "2000-2020"},
        paged="partners",
        figures=(
            Figure("map", places.partner_map, places.partner_map_data, places.has_shares),
            Figure("partners", draw.partners, draw.partners_data, draw.has_partners),
        ),
        key=_rank_key,
    ),
    Question(
        "vote", "/vote/{symbol}", Vote, _vote, "vote", {"symbol": "A/RES/68/262"}, paged="votes",
        figures=(
            Figure("map", places.vote_map, places.vote_map_data, places.has_ballots),
            Figure("groups", places.group_grid, places.group_grid_data, places.has_groups),
        ),
        key=_vote_key,
    ),
)  # fmt: skip
"""In the order of the reference."""
