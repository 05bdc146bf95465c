"""One claim laid out with what belongs beside its verdict; and its answers on every release."""

from __future__ import annotations

from dataclasses import replace

from comity.audit.one import AcrossAnswer, ClaimAnswer, OnRelease
from comity.model.words import say
from comity.report.document import Column, Document, Item, Line, Listing, Paragraph, Table, chapter
from comity.report.parts import day, standing_line
from comity.report.strands.audit import audit
from comity.report.strands.registry import assembled, lays_out


@lays_out(ClaimAnswer)
def claim_document(answer: ClaimAnswer) -> Document:
    """As an audit of one claim, then the base rate and whether anybody has signed."""
    made = audit(answer)
    first, *others = made.chapters
    base = (chapter("base_rate", base_rate(answer)),) if answer.standings else ()
    signed = chapter("signature", Paragraph(signature(answer)))
    return replace(
        made,
        subtitle=say("claim.place", text=answer.text, location=answer.said.location or "–"),
        chapters=(first, *base, *others, signed),
    )


def base_rate(answer: ClaimAnswer) -> Listing:
    """Where each of the pair stands among the other's partners."""
    return Listing(tuple(standing_line(s) for s in answer.standings))


def signature(answer: ClaimAnswer) -> str:
    """Who stands by the verdict; that it is a draft where nobody does."""
    if answer.claims[0].verdict in ("opinion", "not_testable"):
        return say("claim.no_review")
    if not answer.reviewer:
        return say("claim.draft")
    return say("claim.signed", reviewer=answer.reviewer, day=answer.signed)


@lays_out(AcrossAnswer)
def across_document(answer: AcrossAnswer) -> Document:
    """A line a release."""
    heads = ("release", "last", "computed", "verdict", "why")
    columns = tuple(Column(say(f"across.column_{head}"), False) for head in heads)
    table = Table(say("across.caption"), columns, tuple(map(_line, answer.releases)))
    verdicts = {r.verdict.verdict for r in answer.releases}
    lead = say("across.alike" if len(verdicts) == 1 else "across.differ", n=len(answer.releases))
    return assembled(answer, say("across.title", id=answer.claim.id), lead, chapter("across", table))


def _line(one: OnRelease) -> Line:
    found = one.verdict
    told = (one.release, day(one.last), found.computed or "–", say(f"word.{found.verdict}"), found.why)
    return Line(tuple(map(Item, told)))
