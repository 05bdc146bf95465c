"""Ties that ledgers tell of: partnership tiers and visits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from comity.model.clock import today
from comity.model.period import Period
from comity.model.words import say
from comity.strands.ledgers.kinds import Tier, Visit
from comity.strands.ledgers.when import ends
from comity.strands.visits import MADE, happenings
from comity.study.balance.found import Found
from comity.study.ledgers import ledger_source, rows


def tiers(state: str, powers: Sequence[str], period: Period) -> Found:
    """The tier each power holds with the state on the last day of the period: steps above none, the lowest rank 1.

    Steps of a ladder are ordered and no more: that the second is twice the first is a convention, and is said.
    """
    held = [r for r in rows(Tier) if r.holder == state and not r.special]
    day = last_day(period)
    lowest = max((r.rank for r in held), default=0)
    now = {r.partner: lowest + 1 - r.rank for r in held if _on(r, day)}
    return Found(
        strand="tiers",
        unit=say("balance.unit_tiers"),
        values={p: float(now.get(p, 0)) for p in powers},
        parts=[float(v) for v in now.values()],
        covered=day.isoformat(),
        sources=(ledger_source("tiers", held),),
        gap="" if held else say("balance.no_tiers"),
    )


def visits(state: str, powers: Sequence[str], period: Period) -> Found:
    """Bilateral visits in both directions in the period, by their first day; the ledger does not hold them all.

    A visit told twice counts once, if any account calls it bilateral; one that was only planned does not count.
    """
    made = happenings([r for r in rows(Visit) if r.status in MADE and state in (r.visitor, r.host)])
    found = [h.first for h in made if h.falls_under("bilateral")[1]]
    first, last = date(period.start, 1, 1), last_day(period)
    inside = [r for r in found if first <= ends(r.date)[0] and ends(r.date)[1] <= last]
    partner = [r.host if r.visitor == state else r.visitor for r in inside]
    known = {r.host if r.visitor == state else r.visitor for r in found}
    return Found(
        strand="visits",
        unit=say("balance.unit_visits"),
        values={p: float(partner.count(p)) if p in known else None for p in powers},
        parts=[float(partner.count(p)) for p in dict.fromkeys(partner)],
        covered=f"{period.start}–{period.end}" if inside else "",
        sources=(ledger_source("visits", sorted(inside, key=lambda r: r.date)),),
        gap=say("balance.visits_partial" if inside else "balance.no_visits"),
    )


def last_day(period: Period) -> date:
    """The last day of a period of calendar years, or today where it is to come."""
    return min(date(period.end, 12, 31), today())


def _on(row: Tier, day: date) -> bool:
    return ends(row.date)[1] <= day and (not row.until or ends(row.until)[0] > day)
