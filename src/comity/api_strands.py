"""Arms, trade, treaties, ledgers and the spread of ties asked from Python.

Answers are frozen and have ``to_dict()`` and ``to_polars()``. NoDataset where a table was not added; a ledger's rows
come from the package, with those in the folder ``ledgers`` of COMITY_HOME on top.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from comity.study.answers.arms import ArmsAnswer, ArmsPairAnswer
    from comity.study.answers.balance import BalanceAnswer
    from comity.study.answers.events import EventsAnswer
    from comity.study.answers.ledger import LedgerRowsAnswer
    from comity.study.answers.money import MoneyAnswer
    from comity.study.answers.survey import SurveyAnswer
    from comity.study.answers.tiers import TiersAnswer
    from comity.study.answers.ties import TiesAnswer
    from comity.study.answers.timeline import TimelineAnswer
    from comity.study.answers.trade import PartnersAnswer, TradeAnswer
    from comity.study.answers.visits import VisitsAnswer
    from comity.study.answers.words import ArgumentsAnswer, PredictionsAnswer, StatementsAnswer


def arms(
    recipient: str | None = None, *, supplier: str | None = None, period: str | None = None, **choices: Any
) -> ArmsAnswer | ArmsPairAnswer:
    """Deliveries of major conventional arms in TIV: a state's suppliers, a supplier's customers, or a pair."""
    from comity.study.arms import arms as study

    return study(recipient, supplier=supplier, period=period, **choices)


def trade(
    a: str, b: str | None = None, *, period: str | None = None, source: str | None = None
) -> TradeAnswer | PartnersAnswer:
    """The trade of a pair by year, or of a state with its partners. source : label of the stored table."""
    from comity.study.trade import trade as of_pair
    from comity.study.trade import trade_partners

    return of_pair(a, b, period=period, source=source) if b else trade_partners(a, period=period, source=source)


def events(
    a: str, b: str, *, period: str | None = None, by: str = "year", folder: str | Path | None = None
) -> EventsAnswer:
    """Machine-coded events of a pair by year, quarter or month, as shares of all events; folder : of the tables.

    Event data is noisy: the answer's first note says how much.
    """
    from comity.study.events import events as study

    return study(a, b, period=period, by=by, folder=folder)


def money(a: str, b: str, *, period: str | None = None) -> MoneyAnswer:
    """Aid, debt, write-offs and investment between two states, as the ledgers have them."""
    from comity.study.money import money as study

    return study(a, b, period=period)


def ties(a: str, b: str, *, on: str | None = None) -> TiesAnswer:
    """Alliances, trade agreements and memberships in common, at any time or on a day."""
    from comity.study.ties import ties as study

    return study(a, b, on=on)


def survey(state: str, *, source: str | None = None) -> SurveyAnswer:
    """Surveys about a state that you added: each wave with its n and margin."""
    from comity.study.survey import survey as study

    return study(state, source=source)


def timeline(states: str | Sequence[str], *, period: str | None = None, kinds: str | None = None) -> TimelineAnswer:
    """What happened between states, from all ledgers in one order."""
    from comity.study.timeline import timeline as study

    return study(states, period=period, kinds=kinds)


def tiers(holder: str, *, on: str | None = None, group: str | None = None) -> TiersAnswer:
    """Who holds which partnership tier of a state on a day, or the sequence of all."""
    from comity.study.tiers import tiers as study

    return study(holder, on=on, group=group)


def visits(
    a: str, b: str, *, rule: str | None = None, period: str | None = None, person: str | None = None
) -> VisitsAnswer:
    """Visits between two states, counted under named rules; person : a part of the visitor's name."""
    from comity.study.visits import visits as study

    return study(a, b, rule=rule, period=period, person=person)


def statements(states: str | Sequence[str], *, period: str | None = None) -> StatementsAnswer:
    """Words beside the votes they belong to."""
    from comity.study.statements import statements as study

    return study(states, period=period)


def arguments(states: str | Sequence[str]) -> ArgumentsAnswer:
    """Reasons given for a relation to go on and for it to be reconsidered, with their evidence."""
    from comity.study.reasons import arguments as study

    return study(states)


def predictions(states: str | Sequence[str]) -> PredictionsAnswer:
    """What texts foresaw, each with its outcome so far."""
    from comity.study.reasons import predictions as study

    return study(states)


def ledger(kind: str, states: str | Sequence[str] | None = None, *, period: str | None = None) -> LedgerRowsAnswer:
    """The rows of one ledger."""
    from comity.study.ledger_rows import ledger_show

    return ledger_show(kind, states=states, period=period)


def balance(
    state: str,
    *,
    powers: str | Iterable[str] = "USA,CHN,RUS",
    period: str | None = None,
    basis: str = "raw",
    weights: str | Mapping[str, float] | None = None,
) -> BalanceAnswer:
    """How a state spreads its ties between powers, strand by strand."""
    from comity.study.balance.spread import balance as study

    return study(state, powers=powers, period=period, basis=basis, weights=weights)
