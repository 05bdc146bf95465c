"""Visits between two states: counts under each named rule, each with its list."""

from __future__ import annotations

from collections.abc import Sequence

from comity.errors import UsageError
from comity.model.period import Period
from comity.model.words import say
from comity.model.words import span as span_words
from comity.strands.intervals import overlaps
from comity.strands.ledgers.kinds import Document, Visit
from comity.strands.visits import MADE, RULES, Happening, counted, happenings
from comity.study import ask, ledgers
from comity.study.answers.common import Note
from comity.study.answers.ledger import Entry
from comity.study.answers.visits import PersonCount, RuleCount, VisitsAnswer, VisitShown
from comity.study.notes import note
from comity.study.strand import strand_header


def visits(
    a: str,
    b: str,
    *,
    rule: str | None = None,
    period: str | Period | None = None,
    person: str | None = None,
) -> VisitsAnswer:
    """Visits from a to b and from b to a, counted under every rule, or under one.

    rule   : a name of ``strands.visits.RULES``; the list then holds only visits that fall under it.
    person : a part of the visitor's name, such as "Putin".
    UnknownState, SamePair, BadPeriod; UsageError for an unknown rule; EmptySelection where the ledger has none.
    """
    if rule is not None and rule not in RULES:
        raise UsageError("Unknown rule for counting visits", got=rule, allowed=", ".join(RULES))
    first, second = ask.two_states(a, b, past=True)
    span = ledgers.read_period(period)
    found = [row for row in ledgers.rows(Visit) if {row.visitor, row.host} == {first.id, second.id}]
    found = [row for row in found if _meant(row, span, person)]
    if not found:
        told = [f"{first.name}, {second.name}", *([span.label] if span else []), *([person] if person else [])]
        raise ledgers.nothing(["visits"], ", ".join(told))
    asked = (rule,) if rule else tuple(RULES)
    held = happenings([row for row in found if row.status in MADE])
    listed = [h for h in held if h.falls_under(rule)[1]] if rule else list(held)
    texts = ledgers.documents()
    shown = tuple(_shown(h, asked, texts) for h in listed)
    apart = tuple(ledgers.entry("visits", row, texts) for row in found if row.status not in MADE)
    there = [h for h in held if h.first.visitor == first.id]
    back = [h for h in held if h.first.visitor == second.id]
    subject = say("visits.subject", a=first.name, b=second.name)
    if span:
        subject = say("ledger.subject_period", states=subject, period=span_words(span.label))
    return VisitsAnswer(
        header=strand_header(subject, [ledgers.ledger_source("visits", found)]),
        notes=_notes(held, shown, tuple(e for v in shown for e in v.accounts) + apart),
        a=first.id,
        b=second.id,
        name_a=first.name,
        name_b=second.name,
        period=span,
        person=person or "",
        rules=asked,
        counts=tuple(RuleCount(r, counted(there, r), counted(back, r)) for r in asked),
        persons=_persons(held, asked),
        visits=shown,
        not_held=apart,
    )


def _meant(row: Visit, span: Period | None, person: str | None) -> bool:
    stretch = ledgers.period_span(span)
    if stretch and overlaps(ledgers.span("visits", row), stretch) == "no":
        return False
    return person is None or person.casefold() in row.person.casefold()


def _shown(found: Happening, rules: Sequence[str], texts: dict[str, Document]) -> VisitShown:
    told = {r: found.falls_under(r) for r in rules}
    accounts = tuple(
        ledgers.entry("visits", row, texts) for row in sorted(found.accounts, key=lambda v: v is not found.first)
    )
    return VisitShown(
        found.first.visitor,
        found.first.host,
        accounts,
        tuple(r for r, (sure, _) in told.items() if sure),
        tuple(r for r, (sure, some) in told.items() if some and not sure),
    )


def _persons(held: Sequence[Happening], rules: Sequence[str]) -> tuple[PersonCount, ...]:
    """Those who made two visits or more in one direction, the most frequent first."""
    by: dict[tuple[str, str], list[Happening]] = {}
    for h in held:
        by.setdefault((h.first.person, h.first.visitor), []).append(h)
    several = sorted(((k, v) for k, v in by.items() if len(v) > 1), key=lambda kv: (-len(kv[1]), kv[0]))
    return tuple(PersonCount(p, s, tuple((r, counted(v, r)) for r in rules)) for (p, s), v in several)


def _notes(held: Sequence[Happening], shown: Sequence[VisitShown], listed: Sequence[Entry]) -> tuple[Note, ...]:
    own = [note("visits_partial"), note("visits_rules")]
    own += [note("visits_accounts")] if any(v.doubtful for v in shown) else []
    unknown = sum(any(v.type == "unknown" for v in h.accounts) for h in held)
    own += [note("visits_unknown", k=unknown)] if unknown else []
    rest = ledgers.ledger_notes(listed)
    return (*own, *(n for n in rest if n.id != "ledger_partial"))
