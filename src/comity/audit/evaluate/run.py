"""Which evaluator runs which kind of test, and a scope word run once for each group it can mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from comity.audit.context import Context
from comity.audit.evaluate.arms import arms, in_money
from comity.audit.evaluate.common import unless
from comity.audit.evaluate.dates import interval, ordering
from comity.audit.evaluate.facts import date_is, ledger_fact
from comity.audit.evaluate.pair_votes import pair_votes, roll_call_count
from comity.audit.evaluate.places import break_date, rank
from comity.audit.evaluate.quantified import quantified
from comity.audit.evaluate.single_vote import single_vote
from comity.audit.evaluate.ties import membership, tier_on_date, visit_count
from comity.audit.evaluate.trade import trade_total
from comity.audit.finding import Finding
from comity.audit.printed import Printed
from comity.audit.tests_of import Membership, Rank, Test
from comity.audit.tests_over import Members, Quantified

Evaluator = Callable[[Any, Context, str], Finding]
EVALUATORS: dict[str, Evaluator] = {
    "vote-share": pair_votes,
    "vote-count": pair_votes,
    "roll-call-count": roll_call_count,
    "single-vote": single_vote,
    "rank": rank,
    "break-date": break_date,
    "arms-share": arms,
    "arms-rank": arms,
    "arms-peak": arms,
    "arms-total": arms,
    "trade-total": trade_total,
    "tier-on-date": tier_on_date,
    "visit-count": visit_count,
    "date": date_is,
    "interval": interval,
    "membership": membership,
    "ordering": ordering,
    "ledger-fact": ledger_fact,
    "quantified": quantified,
}


def evaluate(test: Test, context: Context, document: str, printed: Printed | None) -> Finding:
    """What a test finds; what the data cannot answer is a finding that says so.

    document : of the claim, whose own words are no evidence for it. printed : the figure, for its unit alone.
    """
    found = unless(test.kind, lambda: EVALUATORS[test.kind](test, context, document))
    return in_money(found, printed)


def scoped(test: Test) -> tuple[tuple[str, Test], ...]:
    """A test for each group that a scope word of the text can mean; with no such word, or no group to put, itself."""
    found = tuple((g, _of_group(test, g)) for g in test.scope)
    return tuple((g, made) for g, made in found if made is not None) or (("", test),)


def _of_group(test: Test, group: str) -> Test | None:
    if isinstance(test, Rank):
        return test.model_copy(update={"among": group})
    if isinstance(test, Membership):
        return test.model_copy(update={"group": group})
    if isinstance(test, Quantified) and isinstance(test.domain, Members):
        return test.model_copy(update={"domain": test.domain.model_copy(update={"states": group})})
    return None
