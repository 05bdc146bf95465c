"""Places among a state's partners, and dates of a break."""

from __future__ import annotations

from comity.audit.context import Context
from comity.audit.evaluate.common import asked, missing, name, of_release, reading_of, texts
from comity.audit.finding import Finding
from comity.audit.tests_of import BreakDate, Rank
from comity.model.language import numeral
from comity.model.words import ordinal, percent, say
from comity.states.groups import group
from comity.study import ask
from comity.study.breaks import breaks
from comity.study.rank import rank as rank_of
from comity.study.standing import standing


def rank(test: Rank, context: Context, document: str) -> Finding:
    """A partner's place among all partners, or those of a group; ties share the better place."""
    del document
    fr = context.frame(reading_of(test.chosen, test.span.clock, None))
    period = ask.inside(test.span, fr.origin)
    what = say("question.rank", partner=name(test.partner), state=name(test.state), by=say(f"question.by_{test.by}"))
    what += f" ({group(test.among).name})" if test.among else ""
    question = asked(what, fr.reading, test.period)
    sources = (context.line(fr.corpus),)
    if test.by == "kappa":
        if test.among:
            return missing(question, say("question.kappa_among"))
        at = standing(context.cut(fr, period), 0, test.state, test.partner)
        if at is None or at.corrected_rank is None:
            return missing(question, say("question.unranked", partner=name(test.partner)))
        place, among, told = at.corrected_rank, at.corrected_among or 0, f"kappa {numeral(at.corrected, '.2f')}"
        notes: tuple[str, ...] = ()
    else:
        found = context.once(
            ("rank", test.state, fr.reading, period, test.among),
            lambda: rank_of(test.state, period=period, among=test.among, reading=fr.reading, corpus=fr.corpus),
        )
        mine = next((p for p in found.partners if p.state == test.partner), None)
        if mine is None:
            return missing(question, say("question.unranked", partner=name(test.partner)))
        place, among = mine.rank, len(found.partners)
        told, notes = percent(mine.counts.same, mine.counts.cast), texts(found.notes)
    computed = say("question.place", place=ordinal(place), n=among, told=told)
    return Finding(
        question, computed, told="yes" if place == test.is_ else "no", evidence=(of_release(fr.origin, computed),),
        sources=sources, notes=notes,
    )  # fmt: skip


def break_date(test: BreakDate, context: Context, document: str) -> Finding:
    """A year asserted as the first on a new level, against the year that the record supports best.

    Within the years that it supports about as well, the assertion stands; a break is a date, not a cause.
    """
    del document
    fr = context.frame(reading_of(test.chosen, test.span.clock, None))
    period = ask.inside(test.span, fr.origin)
    question = asked(
        say("question.break", a=name(test.pair[0]), b=name(test.pair[1]), year=test.year), fr.reading, test.period
    )
    made = context.once(
        ("breaks", test.pair, fr.reading, period, test.year),
        lambda: breaks(*test.pair, period=period, break_at=test.year, reading=fr.reading, corpus=fr.corpus),
    )
    raw = made.series[0]
    if raw.found is None:
        return missing(question, say("question.few_years"))
    at, asserted = raw.found.at, raw.found.asserted
    inside = bool(asserted and asserted.inside)
    computed = say(
        "question.broke", year=at, inside=say(f"question.inside_{'yes' if inside else 'no'}", year=test.year)
    )
    return Finding(
        question,
        computed,
        told="yes" if at == test.year else "no",
        doubt=say("question.break_doubt") if at != test.year and inside else "",
        evidence=(of_release(fr.origin, computed),),
        sources=(context.line(fr.corpus),),
        notes=texts(made.notes),
    )
