"""The dossier's chapters on what is not votes: lead and first table of each strand, the rest on demand, the gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from comity.audit.multiverse import MultiverseAnswer
from comity.model.words import say
from comity.report import pictures
from comity.report.document import Block, Chapter, Fold, Listing, Paragraph, Picture, Table, chapter
from comity.report.strands.registry import strand_document
from comity.study.answers.arms import ArmsPairAnswer
from comity.study.answers.arms_rolling import ArmsRollingAnswer
from comity.study.answers.balance import BalanceAnswer
from comity.study.answers.dossier import DossierAnswer, DossierStrand
from comity.study.answers.events import EventsAnswer
from comity.study.answers.strand import StrandAnswer
from comity.study.answers.tiers import TiersAnswer
from comity.study.answers.timeline import TimelineAnswer
from comity.study.answers.trade import TradeAnswer

_LONG = 12  # lines of a table that are shown at once
_LATER = ("suppliers", "timeline", "statements", "tiers", "money")
"""Strands whose tables are lists of rows with their sources: they open on demand."""


def strand_chapters(answer: DossierAnswer) -> Iterator[Chapter]:
    """A chapter a strand that has an answer, then one that lists the others with their reasons."""
    for each in answer.strands:
        if each.answer is not None:
            yield _chapter(each, each.answer)
    gaps = [s for s in answer.strands if s.answer is None]
    if gaps:
        told = dict.fromkeys(say("strands.gap", strand=say(f"strands.{g.key}"), why=g.gap) for g in gaps)
        yield chapter("strand_gaps", Paragraph(say("strands.gaps_lead"), quiet=True), Listing(tuple(told)))


def _chapter(strand: DossierStrand, answer: StrandAnswer) -> Chapter:
    """Where two answers of a strand are shown, one a state or a direction, their own titles tell them apart."""
    document = strand_document(answer)
    *chapters, notes = document.chapters if answer.notes else (*document.chapters, None)
    blocks = [block for each in chapters if each for block in each.blocks]
    shown, rest = _parted(strand.key, blocks)
    opening = [_picture(answer), Paragraph(document.lead) if document.lead else None]
    if isinstance(answer, EventsAnswer):  # its lead begins with the warning, which stands above all
        opening.reverse()
    made = chapter(
        f"strand_{strand.key}",
        *opening,
        *shown,
        Fold(say("strands.more"), tuple(rest)) if rest else None,
        Fold(say("strands.notes"), notes.blocks) if notes else None,
        Paragraph(document.source, quiet=True),
    )
    match answer:
        case BalanceAnswer():
            return replace(made, id=f"{made.id}-{answer.state.lower()}", title=document.title)
        case TiersAnswer():
            return replace(made, id=f"{made.id}-{answer.holder.lower()}", title=document.title)
        case ArmsPairAnswer() | ArmsRollingAnswer():
            return replace(made, id=f"{made.id}-{answer.recipient.lower()}", title=document.title)
        case _:
            return made


def _picture(answer: StrandAnswer) -> Picture | None:
    """The figure of the strands that have one."""
    match answer:
        case BalanceAnswer():
            return pictures.balance_picture(answer)
        case ArmsRollingAnswer():
            return pictures.arms_picture(answer)
        case MultiverseAnswer():
            return pictures.curve_picture(answer)
        case TradeAnswer():
            return pictures.trade_picture(answer)
        case EventsAnswer():
            return pictures.events_picture(answer)
        case TimelineAnswer():
            return pictures.timeline_picture(answer, small=True)
        case _:
            return None


def _parted(key: str, blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """What stands open: the first table where it is short, and sentences before it."""
    if key in _LATER:
        return [], blocks
    for i, block in enumerate(blocks):
        if isinstance(block, Table):
            end = i + 1 if len(block.lines) <= _LONG else i
            return blocks[:end], blocks[end:]
    return blocks, []
