"""Words against votes: statements and explanations, each beside the recorded vote it was said on."""

from __future__ import annotations

from collections.abc import Sequence

from comity.model.period import Period
from comity.strands.ledgers.kinds import Explanation, Statement
from comity.study import ask, ledgers
from comity.study.answers.ledger import Entry
from comity.study.answers.words import Said, StatementsAnswer
from comity.study.notes import note
from comity.study.records import Records
from comity.study.strand import strand_header

KINDS = ("statements", "explanations")


def statements(
    states: str | Sequence[str], *, period: str | Period | None = None, either: bool = False
) -> StatementsAnswer:
    """What was said by or about these states, in order of date, with the votes of the states each names.

    states : rows that concern all of them, or with ``either`` any. UnknownState, BadPeriod; EmptySelection where the
             ledgers hold no such row.
    """
    chosen, span = ask.several_states(states, past=True), ledgers.read_period(period)
    names = tuple(s.name for s in chosen)
    found = ledgers.entries(KINDS, [s.id for s in chosen], span, either=either)
    if not found:
        raise ledgers.nothing(KINDS, ", ".join(names))
    records = Records()
    said = tuple(_said(e, records) for e in found)
    held = [k for k in KINDS if any(e.kind == k for e in found)]
    sources = [ledgers.ledger_source(k, [e.row for e in found if e.kind == k]) for k in held]
    missing = [s.record.symbol for s in said if s.record and not s.record.origin]
    own = [note("statements_gist"), note("statements_votes")]
    own += [note("statements_missing", symbols=", ".join(dict.fromkeys(missing)))] if missing else []
    subject = ledgers.joined(names, either=either)
    return StatementsAnswer(
        header=strand_header(subject, [*sources, *records.sources]),
        notes=(*own, *ledgers.ledger_notes(found)),
        states=tuple(s.id for s in chosen),
        names=names,
        said=said,
    )


def _said(entry: Entry, records: Records) -> Said:
    row = entry.row
    assert isinstance(row, Statement | Explanation)
    return Said(entry, records.vote(row.symbol, row.states) if row.symbol else None)
