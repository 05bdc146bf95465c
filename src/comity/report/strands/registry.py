"""How answers about other strands are laid out: one function an answer, from which every format is printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any, TypeVar

from comity.model.words import say
from comity.report.document import Chapter, Document, Listing, chapter
from comity.report.parts import HASH_LENGTH, day
from comity.study.answers.common import Note
from comity.study.answers.strand import SourceLine, StrandAnswer, StrandHeader

A = TypeVar("A", bound=StrandAnswer)
_LAYOUTS: dict[type[StrandAnswer], Callable[[Any], Document]] = {}
_MODULES: tuple[str, ...] = (
    "arms", "audit", "balance", "trade", "ties", "survey", "money", "visit_counts",
    "ledger", "timeline", "tiers", "visits", "words", "between", "events", "solve", "multiverse", "vintage",
    "audit_contradictions", "audit_text", "audit_one",
)  # fmt: skip
"""Modules of this package whose functions are registered when a first answer is laid out."""


def lays_out(kind: type[A]) -> Callable[[Callable[[A], Document]], Callable[[A], Document]]:
    """Register the layout of an answer."""

    def register(function: Callable[[A], Document]) -> Callable[[A], Document]:
        _LAYOUTS[kind] = function
        return function

    return register


def strand_document(answer: StrandAnswer) -> Document:
    """An answer as a document."""
    if type(answer) not in _LAYOUTS:
        for name in _MODULES:
            import_module(f"comity.report.strands.{name}")
    return _LAYOUTS[type(answer)](answer)


def assembled(answer: StrandAnswer, title: str, lead: str, *chapters: Chapter) -> Document:
    """The frame of every such document: chapters, then notes, then sources."""
    last = (notes_chapter(answer.notes),) if answer.notes else ()
    return Document(title, answer.header.subject, lead, (*chapters, *last), sources_line(answer.header))


def notes_chapter(notes: tuple[Note, ...]) -> Chapter:
    """What is to be said next to the result."""
    return chapter("blind", Listing(tuple(n.text for n in notes), numbered=True))


def sources_line(header: StrandHeader) -> str:
    """Every source with what it covers and its hash, and the date of the answer."""
    told = "; ".join(map(_source, header.sources))
    key = "strand.source" if len(header.sources) == 1 else "strand.sources"
    closing = say("strand.closing", answered=day(header.answered), version=header.version)
    return " ".join(((say(key, source=told, sources=told),) if told else ()) + (closing,))


def _source(line: SourceLine) -> str:
    parts = [say("strand.one", label=line.label, source=line.source.rstrip("."), span=line.span)]
    if line.as_of:
        parts.append(say("strand.as_of", day=day(date.fromisoformat(line.as_of))))
    if line.sha256:
        parts.append(say("strand.hash", hash=line.sha256[:HASH_LENGTH]))
    return ", ".join(parts)
