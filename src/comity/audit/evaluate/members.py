"""A domain's members, each with whether a predicate holds of it: roll calls, states, ledger rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from comity.audit.context import Context
from comity.audit.evaluate.common import name, reading_of, word
from comity.audit.evaluate.facts import field_is
from comity.audit.evaluate.ties import tier_is, tiers_on
from comity.audit.parts_of import read_period
from comity.audit.tests_over import Members, Predicate, RollCalls, Rows, Symbols
from comity.model.choice import Choice
from comity.model.coded import coded
from comity.model.symbol import link_of
from comity.model.words import say
from comity.states.groups import group, members_of
from comity.strands.intervals import Told, overlaps
from comity.strands.ledgers.row import Row
from comity.strands.ledgers.when import ends
from comity.strands.translated import translated
from comity.study import ask, ledgers
from comity.study.answers.strand import SourceLine
from comity.study.context import Frame
from comity.study.release import ReleaseCut
from comity.study.splits import needs_roll_calls
from comity.study.strand import release_line
from comity.votes.themes import theme

NO_SEAT = "no seat"


@dataclass(frozen=True, slots=True)
class Member:
    """One member.

    holds : of the predicate; why : what is seen, in words; day : None where it has none; exact : whether the day is
    the record's, and no placeholder in its year.
    """

    id: str
    holds: Told
    why: str
    link: str = ""
    day: date | None = None
    exact: bool = False
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class Domain:
    """Members in order of date, and what they rest on.

    left : how many were not asked, since a state had no seat then; unlisted : of how many no list of votes is at hand.
    """

    members: tuple[Member, ...]
    sources: tuple[SourceLine, ...]
    left: int = 0
    unlisted: int = 0


def of_symbols(domain: Symbols, predicate: Predicate, context: Context) -> Domain:
    """Roll calls by symbol, each from the first release that holds it. UnknownIssue where none does."""
    made, sources, left, unlisted = [], {}, 0, 0
    for symbol in dict.fromkeys(domain.symbols):
        found = context.vote(symbol)
        choices = {b.state: word(b.choice) for b in found.ballots}
        sources[found.header.origin.release] = found.header.origin
        if not choices or any(s not in choices for s in _states(predicate)):
            left, unlisted = left + bool(choices), unlisted + (not choices)
            continue
        holds, why = on_votes(predicate, choices)
        exact = found.date_precision == "day"
        made.append(Member(symbol, holds, why, found.link or link_of(symbol) or "", found.date, exact))
    lines = tuple(map(release_line, sources.values()))
    return Domain(tuple(sorted(made, key=lambda m: (m.day or date.max, m.id))), lines, left, unlisted)


def of_roll_calls(domain: RollCalls, predicate: Predicate, context: Context) -> Domain:
    """Roll calls of an issue, set, target or theme. RollCallsMissing, FieldMissing, BadPeriod as the data have it."""
    fr = context.frame(reading_of(domain.chosen, domain.span.clock, None))
    corpus = needs_roll_calls(fr.corpus)
    span = ask.inside(domain.span, fr.origin)
    cut = context.cut(fr, span)
    assert isinstance(cut, ReleaseCut)
    rows = cut.rows[0]
    rows = rows[np.argsort(corpus.matrix.day[rows], kind="stable")]
    kept = [int(i) for i in rows if _meant(int(i), domain, fr, context)]
    states = _states(predicate)
    columns = {s: corpus.matrix.column[s] for s in states if s in corpus.matrix.column}
    made, left = [], 0
    for i in kept:
        cells = {s: Choice(corpus.matrix.cells[i, c]) for s, c in columns.items()}
        if len(cells) < len(states) or Choice.NOT_MEMBER in cells.values():
            left += 1
            continue
        holds, why = on_votes(predicate, {s: word(c) for s, c in cells.items()})
        r = corpus.roll_calls.row(i, named=True)
        called = r["symbol"] or say("question.roll_call", id=r["roll_call"])
        exact = r["date_precision"] == "day"
        made.append(Member(called, holds, why, r["link"] or link_of(r["symbol"]) or "", r["date"], exact))
    return Domain(tuple(made), (context.line(corpus),), left)


def of_states(domain: Members, predicate: Predicate, context: Context) -> Domain:
    """The members of a group on a day."""
    day = min(ends(domain.on)[1], context.today)
    states = sorted(members_of(domain.states, day))
    made, left = [], 0
    votes: Mapping[str, str] = {}
    link, sources = "", []
    if predicate.voted:
        found = context.vote(predicate.voted.symbol)
        votes = {b.state: word(b.choice) for b in found.ballots}
        link = found.link or ""
        sources.append(release_line(found.header.origin))
    for state in states:
        seen = _of_state(state, predicate, votes, day, context)
        if seen is None:
            left += 1
        else:
            made.append(Member(state, seen[0], seen[1], link))
    if predicate.tier:
        sources.append(ledgers.ledger_source("tiers"))
    return Domain(tuple(made), tuple(sources), left)


def of_rows(domain: Rows, predicate: Predicate, context: Context) -> Domain:
    """Rows of a ledger."""
    stretch = ledgers.period_span(read_period(domain.period)) if domain.period else None
    made = []
    for row in context.rows(domain.ledger):
        inside: Told = "yes" if stretch is None else overlaps(ledgers.span(domain.ledger, row), stretch)
        meant = _and([inside, _all(row, domain.where)])
        if meant != "no" and set(domain.states) <= set(row.states):
            holds = _all(row, predicate.row) if meant == "yes" else "cannot be told"
            why = "; ".join(f"{f}: {getattr(row, f)}" for f in predicate.row)
            made.append(
                Member(
                    f"{domain.ledger}/{row.id}",
                    holds,
                    f"{translated(row.title)}: {why}",
                    "",
                    ends(row.date)[0],
                    row=row,
                )
            )
    return Domain(tuple(made), (ledgers.ledger_source(domain.ledger),))


def on_votes(predicate: Predicate, choices: Mapping[str, str]) -> tuple[Told, str]:
    """Whether a predicate holds of one roll call, and the votes that it speaks of."""
    holds = all(choices[s] in said for s, said in predicate.votes.items())
    for kind in ("same", "opposite", "ambivalent", "diverged"):
        for a, b in getattr(predicate, kind):
            seen = _joint(choices[a], choices[b])
            holds &= seen == kind or (kind == "diverged" and seen in ("opposite", "ambivalent"))
    why = ", ".join(f"{name(s)}: {coded(choices[s])}" for s in _states(predicate))
    return ("yes" if holds else "no"), why


def _joint(a: str, b: str) -> str:
    if "absent" in (a, b):
        return "absent"
    return "same" if a == b else "ambivalent" if "abstain" in (a, b) else "opposite"


def _states(predicate: Predicate) -> tuple[str, ...]:
    """The states that a predicate over roll calls speaks of, once each."""
    pairs = (
        s for kind in ("same", "opposite", "ambivalent", "diverged") for pair in getattr(predicate, kind) for s in pair
    )
    return tuple(dict.fromkeys((*predicate.votes, *pairs)))


def _meant(i: int, domain: RollCalls, fr: Frame, context: Context) -> bool:
    """Whether a roll call is about the targets and of the theme."""
    corpus = needs_roll_calls(fr.corpus)
    if domain.targets:
        about = context.about(fr, domain.span).found[i]
        if about is None or set(domain.targets).isdisjoint(about.targets):
            return False
    if not domain.theme:
        return True
    wanted, r = theme(domain.theme), corpus.roll_calls.row(i, named=True)
    return any(wanted.covers(text) for text in (r["title"], r["subjects"]) if text)


def _of_state(
    state: str, predicate: Predicate, votes: Mapping[str, str], day: date, context: Context
) -> tuple[Told, str] | None:
    """Whether a predicate holds of a state, and what is seen; None where it had no vote to cast."""
    told: list[Told] = []
    seen: list[str] = []
    if predicate.voted:
        if state not in votes:
            return None
        told.append("yes" if votes[state] in predicate.voted.choice else "no")
        seen.append(coded(votes[state]))
    if predicate.tier:
        t = predicate.tier
        if state == t.holder:
            return None
        held = tiers_on(t.holder, t.on, context).get(state, [])
        told.append(tier_is(held[0], t.tier, t.rank) if held else "no")
        seen.append(coded(held[0].row.tier) if held else say("question.no_tier"))
    if predicate.member:
        inside = state in members_of(predicate.member, day)
        told.append("yes" if inside else "no")
        seen.append(f"{group(predicate.member).name}: {say('question.inside' if inside else 'question.outside')}")
    return _and(told), ", ".join(seen)


def _all(row: Row, wanted: Mapping[str, object]) -> Told:
    return _and(field_is(getattr(row, field), said) for field, said in wanted.items())


def _and(told: list[Told] | Iterator[Told]) -> Told:
    every = list(told)
    return "no" if "no" in every else "cannot be told" if "cannot be told" in every else "yes"
