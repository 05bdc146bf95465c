"""A text audited, laid out: the sentences that were run with their verdicts, then those that wait for a decision."""

from __future__ import annotations

from comity.audit.proposal import Proposal
from comity.audit.text_audit import TextAudit
from comity.audit.verdict import Verdict
from comity.model.language import numeral
from comity.model.words import say
from comity.report.document import Chapter, Column, Document, Item, Line, Paragraph, Table, chapter
from comity.report.strands.registry import assembled, lays_out

SHOWN = 500
"""Listed sentences on a page; JSON and the data frame hold them all."""


@lays_out(TextAudit)
def text_audit(answer: TextAudit) -> Document:
    """Two tables, each sentence with its line and characters."""
    places = dict(answer.proposals)
    chapters: list[Chapter] = []
    if answer.claims:
        lines = tuple(_ran(v, places[v.id]) for v in answer.claims)
        table = Table(say("propose.run_caption"), _columns("sentence", "verdict", "why"), lines)
        chapters.append(chapter("proposals_run", table))
    if answer.listed:
        lines = tuple(_waits(id_, p) for id_, p in answer.listed[:SHOWN])
        table = Table(say("propose.listed_caption"), _columns("sentence", "sort", "decide"), lines)
        over = len(answer.listed) - len(lines)
        more = Paragraph(say("propose.not_shown", k=numeral(over, ","))) if over else None
        chapters.append(chapter("proposals_listed", table, more))
    k, listed = len(answer.proposals), len(answer.listed)
    told = {
        "k": numeral(k, ","),
        "n": numeral(answer.sentences, ","),
        "run": numeral(k - listed, ","),
        "listed": numeral(listed, ","),
    }
    lead = say("propose.lead", **told) if k else say("propose.none")
    return assembled(answer, say("propose.title"), lead, *chapters)


def _columns(*keys: str) -> tuple[Column, ...]:
    return tuple(Column(say(f"propose.{key}"), numeric=False) for key in keys)


def _ran(verdict: Verdict, made: Proposal) -> Line:
    link = next((e.link for e in verdict.evidence if e.link), None)
    return Line((_sentence(verdict.id, made), Item(say(f"word.{verdict.verdict}")), Item(verdict.why, href=link)))


def _waits(id_: str, made: Proposal) -> Line:
    return Line((_sentence(id_, made), Item(say(f"propose.sort_{made.sort}")), Item(" ".join(made.decide))))


def _sentence(id_: str, made: Proposal) -> Item:
    return Item(made.sentence, (f"{id_}, {say('propose.at', line=made.line, start=made.start, end=made.end)}",))
