"""Statements over a domain: all of, none of, only, first, always since; every exception with its link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from comity.audit.context import Context
from comity.audit.evaluate.common import missing, name, names, of_row
from comity.audit.evaluate.members import Domain, Member, of_roll_calls, of_rows, of_states, of_symbols
from comity.audit.finding import Evidence, Exceptional, Finding
from comity.audit.parts_of import Is, read_period
from comity.audit.printed import Printed
from comity.audit.tests_over import Members, Predicate, Quantified, RollCalls, Rows, Symbols
from comity.model.coded import coded
from comity.model.symbol import normalise_symbol
from comity.model.words import say, span
from comity.states.groups import group
from comity.states.registry import registry
from comity.strands.ledgers.when import ends
from comity.votes.selection import issue_label
from comity.votes.themes import theme

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
    of_ledger = isinstance(test.domain, Rows) or bool(test.predicate.tier or test.predicate.member)
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
    if found.exceptions:
        found = replace(found, computed=say("question.holds_with", k=held, n=n, e=len(found.exceptions)))
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
    """A state by its name; a roll call with its day, or with its year where the day is a placeholder."""
    told = name(member.id) if member.id in registry().by_id else member.id
    if member.day is None or member.row is not None:
        return told
    return f"{told}, {member.day.isoformat() if member.exact else member.day.year}"


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
        about = [names(domain.targets)] if domain.targets else []
        about += [theme(domain.theme).name] if domain.theme else []
        told = ", ".join([issue_label(domain.chosen), span(domain.span.label), *about])
    elif isinstance(domain, Rows):
        told = ", ".join(p for p in (coded(domain.ledger), _fields(domain.where), _span(domain.period)) if p)
    else:
        told = f"{group(domain.states).name}, {domain.on}"
    form = coded(test.form.replace("-", " "))
    return say("question.quantified", form=form, domain=told, predicate="; ".join(_predicate(test.predicate)))


def _span(period: str) -> str:
    return span(read_period(period).label) if period else ""


def _predicate(given: Predicate) -> Iterator[str]:
    """A predicate in words."""
    if given.votes:
        yield ", ".join(f"{name(s)}: {_or(said)}" for s, said in given.votes.items())
    for kind in ("same", "opposite", "ambivalent", "diverged"):
        for a, b in getattr(given, kind):
            yield say(f"question.{kind}", a=name(a), b=name(b))
    if given.voted:
        yield f"{given.voted.symbol}: {_or(given.voted.choice)}"
    if given.tier:
        held = coded(given.tier.tier) or say("question.rank_of", rank=given.tier.rank)
        yield say("question.tier_of", holder=name(given.tier.holder), day=given.tier.on, tier=held)
    if given.member:
        yield group(given.member).name
    if given.row:
        yield _fields(given.row)


def _fields(given: Mapping[str, Is | tuple[Is, ...]]) -> str:
    return ", ".join(f"{k}: {_or(v if isinstance(v, tuple) else (v,))}" for k, v in given.items())


def _or(given: Iterable[object]) -> str:
    return f" {say('ledger.or')} ".join(coded(str(each)) for each in given)
