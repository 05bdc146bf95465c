"""Claims that cannot both hold, laid out."""

from __future__ import annotations

from comity.audit.against_records import Conflict
from comity.audit.answers_contradictions import Contradiction, ContradictionsAnswer
from comity.audit.claim import Claim
from comity.model.words import say
from comity.report.document import Chapter, Column, Document, Item, Line, Table, chapter
from comity.report.strands.registry import assembled, lays_out
from comity.strands.translated import translated


@lays_out(ContradictionsAnswer)
def contradictions_document(answer: ContradictionsAnswer) -> Document:
    """A table of pairs, a table of conflicts with records."""
    k, r = len(answer.pairs), len(answer.records)
    pairs = say("contradiction.one_pair" if k == 1 else "contradiction.pairs", k=k)
    records = say("contradiction.one_record" if r == 1 else "contradiction.records", k=r)
    chapters: list[Chapter] = []
    if answer.pairs:
        heads = _columns("kind", "first", "second", "why")
        lines = tuple(map(_pair, answer.pairs))
        chapters.append(chapter("contradiction_pairs", Table(say("contradiction.caption_pairs"), heads, lines)))
    if answer.records:
        heads = _columns("kind", "claim", "record", "against")
        lines = tuple(map(_record, answer.records))
        chapters.append(chapter("contradiction_records", Table(say("contradiction.caption_records"), heads, lines)))
    lead = say("contradiction.lead", pairs=pairs if k else say("contradiction.none"), records=records)
    return assembled(answer, say("contradiction.title"), lead[:1].upper() + lead[1:], *chapters)


def _columns(*keys: str) -> tuple[Column, ...]:
    return tuple(Column(say(f"contradiction.{key}"), numeric=False) for key in keys)


def _pair(pair: Contradiction) -> Line:
    return Line((Item(say(f"contradiction.kind_{pair.kind}")), _claim(pair.a), _claim(pair.b), Item(pair.why)))


def _record(conflict: Conflict) -> Line:
    below = () if conflict.primary else (say("contradiction.unchecked"),)
    record = Item(conflict.record, below, conflict.link or None)
    return Line((Item(say(f"contradiction.kind_{conflict.kind}")), _claim(conflict.claim), record, Item(conflict.why)))


def _claim(claim: Claim) -> Item:
    place = f"{claim.id}, {claim.location}" if claim.location else claim.id
    return Item(translated(claim.claim), (place,))
