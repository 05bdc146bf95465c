"""Machine-coded events of a state with each power: beside the other strands where they were built, never counted."""

from __future__ import annotations

from collections.abc import Sequence

from comity.errors import NoAnswer
from comity.model.period import Period
from comity.model.words import say, span
from comity.store.event_tables import held, open_tables
from comity.study.balance.found import Found
from comity.study.events import months, source

_WHOLE = 100


def found(state: str, powers: Sequence[str], period: Period) -> Found | None:
    """Percent of the state's events with other states that are with each power; None where the store has no events.

    baseline : that percentage against the power's part of the events that all possible partners have with anyone.
    """
    if not held():
        return None
    unit = say("balance.unit_events")
    try:
        tables = open_tables()
    except NoAnswer as err:
        return Found("events", unit, gap=str(err))
    first, last = max(period.start, tables.first // 10000), min(period.end, tables.last // 10000)
    rows = tables.partners(state, months(Period(first, last))).to_dicts() if first <= last else []
    mine, sizes = ({row["partner"]: row[key] for row in rows} for key in ("events", "size"))
    taken, given = sum(mine.values()), sum(sizes.values())
    if not taken:
        return Found("events", unit, sources=(source(tables),), gap=say("balance.no_events"))
    values = {p: _WHOLE * mine.get(p, 0) / taken for p in powers}
    usual = {p: _WHOLE * sizes.get(p, 0) / given for p in powers}
    return Found(
        strand="events",
        unit=unit,
        values=values,
        baseline={p: values[p] / usual[p] if usual[p] else None for p in powers},
        whole=_WHOLE,
        parts=[float(n) for n in mine.values() if n],
        covered=span(Period(first, last).label),
        sources=(source(tables),),
        gap=say("balance.events_not_counted"),
    )
