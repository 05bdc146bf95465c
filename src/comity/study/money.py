"""Money between two states, from the ledgers of aid and investment."""

from __future__ import annotations

from comity.model.words import say, span
from comity.strands.finance import write_offs
from comity.study import ledgers
from comity.study.answers.common import Note
from comity.study.answers.money import MoneyAnswer
from comity.study.ask import two_states
from comity.study.strand import strand_header

AID, INVESTMENT = "aid", "investment"


def money(a: str, b: str, *, period: str | None = None) -> MoneyAnswer:
    """Aid, credit, debt, write-offs and investment between two states, by date.

    period : years or days; by default all. Raises EmptySelection where the ledgers have no such row, BadPeriod, and the
    errors of two states.
    """
    first, second = two_states(a, b, past=True)
    within = ledgers.read_period(period)
    pair = (first.id, second.id)
    aid, investment = (ledgers.entries((kind,), pair, within) for kind in (AID, INVESTMENT))
    told = say("money.subject", a=first.name, b=second.name, period=span(within.label) if within else say("money.all"))
    if not aid and not investment:
        raise ledgers.nothing((AID, INVESTMENT), ", ".join(s.name for s in (first, second)))
    worked = write_offs([entry.row for entry in aid])
    lines = [
        ledgers.ledger_source(kind, [entry.row for entry in found])
        for kind, found in ((AID, aid), (INVESTMENT, investment))
        if found
    ]
    notes = [Note("money.not_added", say("money.not_added")), *ledgers.ledger_notes((*aid, *investment))]
    if worked:
        notes.append(Note("money.worked", say("money.worked")))
    return MoneyAnswer(
        strand_header(told, lines),
        tuple(notes),
        *(first.id, second.id, first.name, second.name),
        aid=aid,
        investment=investment,
        write_offs=worked,
    )
