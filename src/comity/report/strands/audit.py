"""Verdicts laid out: how many of each, then each claim with its reason; one claim with all that it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from comity.audit.answers import AuditAnswer
from comity.audit.finding import Evidence, Exceptional
from comity.audit.verdict import Verdict
from comity.model.language import numeral
from comity.model.words import say
from comity.report.document import (
    Chapter,
    Column,
    Definitions,
    Document,
    Item,
    Line,
    Listing,
    Paragraph,
    Table,
    chapter,
)
from comity.report.parts import HASH_LENGTH
from comity.report.strands.registry import assembled, lays_out
from comity.strands.translated import translated

_SHOWN = 3


@lays_out(AuditAnswer)
def audit(answer: AuditAnswer) -> Document:
    """One claim in full, several in tables by document."""
    title = say("audit.title", source=answer.source)
    if len(answer.claims) == 1:
        verdict = answer.claims[0]
        return assembled(
            answer, say("audit.title_one", id=verdict.id), translated(verdict.claim), *_in_full(verdict, answer)
        )
    told = ", ".join(f"{say(f'word.{v}')} {k}" for v, k in answer.counts.items())
    lead = say("audit.lead", n=len(answer.claims), told=told)
    counts = chapter("audit_counts", _counts(answer))
    return assembled(answer, title, lead, counts, *_documents(answer))


def _counts(answer: AuditAnswer) -> Table:
    lines = tuple(
        Line((Item(say(f"word.{v}")), Item(str(k)), Item(say(f"meaning.{v}")))) for v, k in answer.counts.items()
    )
    heads = (Column(say("audit.verdict"), False), Column(say("audit.claims")), Column(say("audit.means"), False))
    return Table("", heads, lines)


def _documents(answer: AuditAnswer) -> Iterator[Chapter]:
    """A chapter a text, its claims in their order."""
    for document in dict.fromkeys(v.document for v in answer.claims):
        mine = [v for v in answer.claims if v.document == document]
        heads = (
            Column(say("audit.claim"), False),
            Column(say("audit.verdict"), False),
            Column(say("audit.why"), False),
        )
        made = Table("", heads, tuple(Line(_items(v)) for v in mine))
        yield Chapter(document, answer.titles.get(document, document), (made,))


def _items(verdict: Verdict) -> tuple[Item, ...]:
    place = f"{verdict.id}, {verdict.location}" if verdict.location else verdict.id
    shown = [_exception(e) for e in verdict.exceptions[:_SHOWN]]
    more = len(verdict.exceptions) - len(shown)
    below = (*shown, *([say("audit.more", k=more)] if more > 0 else []))
    links = [*(e.link for e in verdict.exceptions), *(e.link for e in verdict.evidence)]
    link = next((each for each in links if each), None)
    return (
        Item(translated(verdict.claim), (place,)),
        Item(say(f"word.{verdict.verdict}")),
        Item(verdict.why, below, link),
    )


def _in_full(verdict: Verdict, answer: AuditAnswer) -> Iterator[Chapter]:
    """Everything that a verdict rests on."""
    rows = [
        (say("audit.verdict"), say(f"word.{verdict.verdict}"), None),
        (say("audit.why"), verdict.why, None),
        (say("audit.text"), f"{answer.titles.get(verdict.document, verdict.document)}, {verdict.location}", None),
        (say("audit.printed"), verdict.printed, None),
        (say("audit.computed"), verdict.computed, None),
        (say("audit.question"), verdict.question, None),
    ]
    yield chapter("audit_verdict", Definitions(tuple(r for r in rows if r[1])))
    if verdict.readings.tried > 1:
        yield chapter("solve_readings", *_readings(verdict))
    if verdict.exceptions:
        shown = tuple((e.what, e.why, e.link or None) for e in verdict.exceptions)
        yield chapter("audit_exceptions", Definitions(shown))
    if verdict.evidence:
        yield chapter("audit_evidence", Definitions(tuple(map(_evidence, verdict.evidence))))
    if verdict.notes:
        yield chapter("audit_beside", Listing(verdict.notes))


def _readings(verdict: Verdict) -> Iterator[Paragraph | Listing]:
    """How many were tried, those that fit, and luck."""
    found = verdict.readings
    rate = "" if found.null_rate is None else f"{numeral(100 * found.null_rate, '.1f')} %"
    yield Paragraph(
        say("audit.readings", n=numeral(found.tried, ","), k=found.all_count, figures=found.figures, luck=rate)
    )
    if found.giving_all or found.giving_most:
        yield Listing(found.giving_all or found.giving_most)


def _exception(found: Exceptional) -> str:
    return f"{found.what}: {found.why}"


def _evidence(found: Evidence) -> tuple[str, str, str | None]:
    """Its kind, what it says with the beginning of its hash, its link."""
    told = found.text + (f" (sha256 {found.sha256[:HASH_LENGTH]})" if found.sha256 else "")
    if found.checked is not None:
        told += f" ({say('audit.checked' if found.checked else 'audit.unchecked')})"
    return say(f"evidence.{found.kind.replace(' ', '_')}"), told, found.link or None
