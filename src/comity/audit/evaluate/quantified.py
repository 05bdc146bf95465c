"""Statements over a domain: all of, none of, only, first, always since; every exception with its link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from comity.audit.context import Context
from comity.audit.evaluate.common import missing, name, of_row
from comity.audit.evaluate.members import Domain, Member, of_roll_calls, of_rows, of_states, of_symbols
from comity.audit.finding import Evidence, Exceptional, Finding
from comity.audit.printed import Printed
from comity.audit.tests_of import Members, Quantified, RollCalls, Rows, Symbols
from comity.model.symbol import normalise_symbol
from comity.model.words import say
from comity.states.groups import group
from comity.states.registry import registry
from comity.strands.ledgers.when import ends

_SHOWN = 12


def quantified(test: Quantified, context: Context, document: str) -> Finding:
    """Of how many members a statement holds, and every one of which it does not."""
    question = _question(test)
    made = _domain(test, context)
    members = [m for m in made.members if _since(m, test)]
    doubtful = [m for m in members if m.holds == "cannot be told"]
    sure = [m for m in members if m.holds != "cannot be told"]
    if not sure:
        return missing(question, say("question.empty", left=made.left + made.unlisted + len(doubtful)))
    if test.who and not _named(test, members):
        return missing(question, say("question.not_in_domain", who=", ".join(test.who)))
    exceptions = _exceptions(test, sure)
    held = sum(m.holds == "yes" for m in sure)
    of_ledger = isinstance(test.domain, Rows) or bool(isinstance(test.domain, Members) and test.predicate.tier)
    rows = [m.row for m in sure if m.row is not None]
    notes = [say("question.left", k=made.left)] if made.left else []
    notes += [say("question.unlisted", k=made.unlisted)] if made.unlisted else []
    notes += [say("question.doubtful", k=len(doubtful))] if doubtful else []
    n = len(sure)
    found = Finding(
        question,
        say("question.holds_of", k=held, n=n),
        told="no" if exceptions else "yes",
        held=held,
        of=n,
        basis="ledger" if of_ledger else "count",
        checked=bool(rows) and all(r.checked for r in rows),
        alone=bool(rows) and all(not c.record and c.text == document for r in rows for c in r.sources),
        exceptions=tuple(Exceptional(_called(m), m.why, m.link) for m in exceptions),
        evidence=_evidence(test, sure, context),
        sources=made.sources,
        notes=tuple(notes),
    )
    if made.unlisted and not exceptions:
        why = say("question.unlisted_of", told=found.computed, k=made.unlisted)
        return replace(
            found, missing=say("verdict.not_testable", why=why), needs=say("verdict.needs", needs=say("question.lists"))
        )
    return _measured(found, test, held, n)


def _measured(found: Finding, test: Quantified, held: int, n: int) -> Finding:
    """With a figure to hold against the one that the test prints: how many, or what share."""
    if not test.printed:
        return found
    if Printed.parse(test.printed).unit == "percent":
        return replace(found, value=100 * held / n, unit="percent", n=n)
    return replace(found, value=held, n=n)


def _domain(test: Quantified, context: Context) -> Domain:
    domain = test.domain
    if isinstance(domain, Symbols):
        return of_symbols(domain, test.predicate, context)
    if isinstance(domain, RollCalls):
        return of_roll_calls(domain, test.predicate, context)
    if isinstance(domain, Rows):
        return of_rows(domain, test.predicate, context)
    return of_states(domain, test.predicate, context)


def _since(member: Member, test: Quantified) -> bool:
    return test.since is None or (member.day is not None and member.day >= ends(test.since)[0])


def _who(test: Quantified) -> set[str]:
    """Whom the statement names, as members are called."""
    if isinstance(test.domain, Rows):
        return {w if "/" in w else f"{test.domain.ledger}/{w}" for w in test.who}
    if isinstance(test.domain, Members):
        return set(test.who)
    return {normalise_symbol(w) or w for w in test.who} | set(test.who)


def _named(test: Quantified, members: Sequence[Member]) -> bool:
    """Whether someone it names is in the domain."""
    return bool(_who(test) & {m.id for m in members})


def _exceptions(test: Quantified, members: Sequence[Member]) -> list[Member]:
    """The members that the statement is wrong about."""
    who = _who(test)
    if test.form == "none-of":
        return [m for m in members if m.holds == "yes"]
    if test.form == "only":
        return [m for m in members if (m.holds == "yes") != (m.id in who)]
    if test.form == "first":
        return _before_first(members, who)
    return [m for m in members if m.holds == "no"]


def _before_first(members: Sequence[Member], who: set[str]) -> list[Member]:
    """Those of which it held earlier; where it does not hold of the named one at all, that one."""
    holding = [m for m in members if m.holds == "yes"]
    named = [m for m in holding if m.id in who]
    if not named:
        return [m for m in members if m.id in who]
    return [m for m in holding if m.day and named[0].day and m.day < named[0].day and m.id not in who]


def _called(member: Member) -> str:
    """A state by its name, with the day of a roll call."""
    told = name(member.id) if member.id in registry().by_id else member.id
    return f"{told}, {member.day.isoformat()}" if member.day and member.row is None else told


def _evidence(test: Quantified, members: Sequence[Member], context: Context) -> tuple[Evidence, ...]:
    """The first members that are as said, as far as they are shown."""
    wanted = "no" if test.form == "none-of" else "yes"
    shown = [m for m in members if m.holds == wanted][:_SHOWN]
    if isinstance(test.domain, Rows):
        ledger = test.domain.ledger
        return tuple(of_row(context, ledger, m.row) for m in shown if m.row)
    kind = "roll call" if not isinstance(test.domain, Members) or test.predicate.voted else "table"
    return tuple(Evidence(kind, f"{_called(m)}: {m.why}", m.link) for m in shown)


def _question(test: Quantified) -> str:
    domain = test.domain
    if isinstance(domain, Symbols):
        told = ", ".join(domain.symbols)
    elif isinstance(domain, RollCalls):
        about = f", {', '.join(map(name, domain.targets))}" if domain.targets else ""
        told = f"{domain.chosen}, {domain.period}{about}" + (f", {domain.theme}" if domain.theme else "")
    elif isinstance(domain, Rows):
        where = "; ".join(f"{k}: {v}" for k, v in domain.where.items())
        told = ", ".join(p for p in (domain.ledger, where, domain.period) if p)
    else:
        told = f"{group(domain.states).name}, {domain.on}"
    predicate = test.predicate.model_dump(exclude_defaults=True)
    return say("question.quantified", form=test.form.replace("-", " "), domain=told, predicate=_flat(predicate))


def _flat(given: object) -> str:
    """A predicate in words."""
    if isinstance(given, dict):
        return "; ".join(f"{k}: {_flat(v)}" for k, v in given.items())
    if isinstance(given, list | tuple):
        return ", ".join(_flat(v) for v in given)
    return str(given)
