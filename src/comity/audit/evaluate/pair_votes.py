"""Shares and counts of joint choices, and counts of roll calls."""

from __future__ import annotations

from dataclasses import replace

from comity.audit.context import Context
from comity.audit.evaluate.common import asked, name, of_release, reading_of, texts
from comity.audit.finding import Finding
from comity.audit.parts_of import read_period
from comity.audit.tests_of import PairVotes, RollCallCount, VoteShare
from comity.model.counts import Counts
from comity.model.period import Period
from comity.model.words import percent, say, span
from comity.study import ask
from comity.study.context import Frame
from comity.study.coverage import partial
from comity.study.notes import general
from comity.study.notes import seats as of_seats
from comity.votes.selection import issue_label


def pair_votes(test: PairVotes, context: Context, document: str) -> Finding:
    """A share (per cent) or a count of recorded votes on which two states chose so, or how it compares with another."""
    del document
    reading = reading_of(test.chosen, test.span.clock, test.reading)
    fr = context.frame(reading)
    of = test.of if isinstance(test, VoteShare) else ""
    what = say(f"question.{test.category}", a=name(test.pair[0]), b=name(test.pair[1]))
    what += f" ({say(f'question.of_{of}')})" if of else ""
    period = ask.inside(test.span, fr.origin)
    counts = _counts(fr, test, period, context)
    k, n = _figure(counts, test.category, of)
    told = percent(k, n) if of and n >= 20 else ""
    computed = say("question.k_of_n", k=k, n=n) + (f" ({told})" if told else "")
    question = asked(what, fr.reading, test.period)
    found = Finding(
        question,
        computed,
        n=n,
        evidence=(of_release(fr.origin, f"{span(test.period)}, {issue_label(reading.issue)}: {_table(counts)}"),),
        sources=(context.line(fr.corpus),),
        notes=_notes(fr, test, period),
    )
    if not n:
        return replace(found, missing=say("question.no_votes"))
    if test.than:
        return _compared(test, fr, context, found, (k, n), of)
    return replace(found, value=100 * k / n if of else k, unit="percent" if of else "count")


def roll_call_count(test: RollCallCount, context: Context, document: str) -> Finding:
    """How many recorded votes an issue or set has in a period; of a pair, on which both held a seat."""
    del document
    reading = reading_of(test.chosen, test.span.clock, test.reading)
    fr = context.frame(reading)
    period = ask.inside(test.span, fr.origin)
    cut = context.cut(fr, period)
    k = cut.counts(0, *test.pair).roll_calls if test.pair else cut.roll_calls(0)
    return Finding(
        asked(say("question.roll_calls"), fr.reading, test.period),
        say("question.k_roll_calls", k=k),
        value=k,
        n=k,
        evidence=(of_release(fr.origin, f"{span(test.period)}, {issue_label(reading.issue)}: {k}"),),
        sources=(context.line(fr.corpus),),
        notes=texts(general(fr.origin, fr.reading, [period])),
    )


def _counts(fr: Frame, test: PairVotes, period: Period, context: Context) -> Counts:
    return context.cut(fr, period).counts(0, *test.pair)


def _figure(counts: Counts, category: str, of: str) -> tuple[int, int]:
    """How many, and of how many."""
    k = counts.opposite + counts.ambivalent if category == "diverged" else int(getattr(counts, category))
    return k, counts.cast if of == "cast" else counts.roll_calls


def _table(counts: Counts) -> str:
    """The counts from which every share follows."""
    return say(
        "question.table",
        n=counts.roll_calls,
        same=counts.same,
        yes=counts.same_yes,
        abstain=counts.same_abstain,
        no=counts.same_no,
        ambivalent=counts.ambivalent,
        opposite=counts.opposite,
        absent=counts.absent,
    )


def _compared(test: PairVotes, fr: Frame, context: Context, found: Finding, mine: tuple[int, int], of: str) -> Finding:
    """Whether the figure is more, or less, than that of another period."""
    other = ask.inside(read_period(test.than, test.clock), fr.origin)
    k, n = _figure(_counts(fr, test, other, context), test.category, of)
    if not n:
        return replace(found, missing=say("question.no_votes"))
    here, there = (mine[0] * n, k * mine[1]) if of else (mine[0], k)
    holds = here > there if test.direction == "more" else here < there
    told = say(
        "question.compared",
        here=percent(*mine) if of else mine[0],
        period=span(test.period),
        there=percent(k, n) if of else k,
        other=span(test.than),
    )
    return replace(found, computed=told, told="yes" if holds else "no")


def _notes(fr: Frame, test: PairVotes, period: Period) -> tuple[str, ...]:
    """What is to be said beside counts: how issues are marked, whose seat it was, whether the last year is whole."""
    told = [*general(fr.origin, fr.reading, [period]), *of_seats(list(test.pair), [period])]
    last = [say("question.partial", day=fr.origin.last.isoformat())] if partial(period, fr.origin) else []
    return (*texts(told), *last)
