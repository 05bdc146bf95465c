"""Beside the votes: spread of ties, what happened, arms, trade, money, treaties, tiers, visits, words, news."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from comity.web.asked import MOST_STATES, Asked, OfReading, OnePeriod, State, count_of
from comity.web.question import Question
from comity.web.questions import strand_figures as drawn

PAIR = {"a": "VNM", "b": "RUS"}
ONE = {"state": "VNM"}


class OfState(Asked):
    """One state, at any time."""

    in_path: ClassVar[tuple[str, ...]] = ("state",)
    state: State


class OfStatePeriod(OfState):
    """One state over a period."""

    period: OnePeriod = None


class OfTwo(Asked):
    """Two states, at any time."""

    in_path: ClassVar[tuple[str, ...]] = ("a", "b")
    a: State
    b: State


class OfTwoPeriod(OfTwo):
    """Two states over a period."""

    period: OnePeriod = None


class Balance(OfReading):
    """A state between powers."""

    in_path: ClassVar[tuple[str, ...]] = ("state",)
    state: State
    powers: Annotated[str, Field(max_length=160, description="Two powers or more, joined by commas.")] = "USA,CHN,RUS"
    period: OnePeriod = None
    basis: Annotated[
        Literal["raw", "baseline"], Field(description="raw, or against what a power's size lets expect.")
    ] = "raw"
    weights: Annotated[str | None, Field(max_length=120, description="Of strands in the mean: votes=2,trade=1.")] = None


class Timeline(OfTwoPeriod):
    """What happened between two states."""

    kinds: Annotated[str | None, Field(max_length=200, description="treaties,visits,…; all for every ledger.")] = None


class Arms(OfStatePeriod):
    """A state's suppliers."""

    supplier: Annotated[
        str | None, Field(max_length=80, description="One supplier: what it delivered, item by item.")
    ] = None


class Trade(OfTwoPeriod):
    """The trade of a pair."""

    source: Annotated[str | None, Field(max_length=80, description="The stored table's label.")] = None


class Events(OfTwoPeriod):
    """Coded events of a pair."""

    by: Annotated[Literal["year", "quarter", "month"], Field(description="How the period is cut.")] = "year"


class OnDay(OfTwo):
    """Ties on a day."""

    on: Annotated[str | None, Field(max_length=10, description="A day, 2024-06-20; by default at any time.")] = None


class Tiers(OfState):
    """A state's partnership tiers."""

    on: Annotated[str | None, Field(max_length=10, description="A day, 2024-06-20; by default every tier ever.")] = None
    group: Annotated[str | None, Field(max_length=60, description="A group set apart, such as asean.")] = None


class Visits(OfTwoPeriod):
    """Visits under named rules."""

    rule: Annotated[str | None, Field(max_length=40, description="state, official, all, heads, …; all by default.")] = (
        None
    )
    person: Annotated[str | None, Field(max_length=60, description="A part of the visitor's name.")] = None


def _balance(q: Balance) -> Any:
    from comity.study.balance.spread import balance

    powers = count_of(q.powers, MOST_STATES, "powers") or q.powers
    return balance(q.state, powers=powers, period=q.period, basis=q.basis, weights=q.weights, reading=q.reading)


def _timeline(q: Timeline) -> Any:
    from comity.study.timeline import timeline

    return timeline([q.a, q.b], period=q.period, kinds=q.kinds)


def _arms(q: Arms) -> Any:
    from comity.study.arms import arms

    return arms(q.state, supplier=q.supplier, period=q.period)


def _trade(q: Trade) -> Any:
    from comity.study.trade import trade

    return trade(q.a, q.b, period=q.period, source=q.source)


def _partners(q: OfStatePeriod) -> Any:
    from comity.study.trade import trade_partners

    return trade_partners(q.state, period=q.period)


def _money(q: OfTwoPeriod) -> Any:
    from comity.study.money import money

    return money(q.a, q.b, period=q.period)


def _events(q: Events) -> Any:
    from comity.study.events import events

    return events(q.a, q.b, period=q.period, by=q.by)


def _ties(q: OnDay) -> Any:
    from comity.study.ties import ties

    return ties(q.a, q.b, on=q.on)


def _tiers(q: Tiers) -> Any:
    from comity.study.tiers import tiers

    return tiers(q.state, on=q.on, group=q.group)


def _visits(q: Visits) -> Any:
    from comity.study.visits import visits

    return visits(q.a, q.b, rule=q.rule, period=q.period, person=q.person)


def _access(q: OfStatePeriod) -> Any:
    from comity.study.ledger_rows import access

    return access(q.state, period=q.period)


def _positions(q: OfState) -> Any:
    from comity.study.ledger_rows import positions

    return positions(q.state)


def _statements(q: OfTwoPeriod) -> Any:
    from comity.study.statements import statements

    return statements([q.a, q.b], period=q.period)


def _perceptions(q: OfState) -> Any:
    from comity.study.ledger_rows import perceptions

    return perceptions(q.state)


def _arguments(q: OfTwo) -> Any:
    from comity.study.reasons import arguments

    return arguments([q.a, q.b])


def _predictions(q: OfTwo) -> Any:
    from comity.study.reasons import predictions

    return predictions([q.a, q.b])


QUESTIONS = (
    Question("balance", "/balance/{state}", Balance, _balance, "balance", ONE, figures=drawn.BALANCE, costly=True),
    Question("timeline", "/timeline/{a}/{b}", Timeline, _timeline, "timeline", PAIR, figures=drawn.TIMELINE),
    Question("arms", "/arms/{state}", Arms, _arms, "arms", ONE, "arms", figures=drawn.ARMS),
    Question("trade", "/trade/{a}/{b}", Trade, _trade, "trade", PAIR, "trade", figures=drawn.TRADE),
    Question("trade_partners", "/trade/{state}", OfStatePeriod, _partners, "trade", ONE, "trade"),
    Question("events", "/events/{a}/{b}", Events, _events, "events show", PAIR, "events", figures=drawn.EVENTS),
    Question("money", "/money/{a}/{b}", OfTwoPeriod, _money, "money", PAIR),
    Question("ties", "/ties/{a}/{b}", OnDay, _ties, "ties", PAIR),
    Question("tiers", "/tiers/{state}", Tiers, _tiers, "tiers", ONE),
    Question("visits", "/visits/{a}/{b}", Visits, _visits, "visits", PAIR),
    Question("access", "/access/{state}", OfStatePeriod, _access, "access", ONE),
    Question("positions", "/positions/{state}", OfState, _positions, "positions", ONE),
    Question("statements", "/statements/{a}/{b}", OfTwoPeriod, _statements, "statements", PAIR),
    Question("perceptions", "/perceptions/{state}", OfState, _perceptions, "perceptions", {"state": "RUS"}),
    Question("arguments", "/arguments/{a}/{b}", OfTwo, _arguments, "arguments", PAIR),
    Question("predictions", "/predictions/{a}/{b}", OfTwo, _predictions, "predictions", PAIR),
)
"""In the order of the reference."""
