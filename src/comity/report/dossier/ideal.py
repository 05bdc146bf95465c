"""The dossier's chapter on ideal points: what the scale is, the pair's paths, their distance, the last sessions."""

from __future__ import annotations

from dataclasses import replace

from comity.model.words import say
from comity.report import pictures
from comity.report.document import Block, Chapter, Fold, Listing, Paragraph, chapter
from comity.report.ideal_tables import ideal_chapters, ideal_sentences
from comity.study.answers.common import Note
from comity.study.answers.dossier import DossierAnswer
from comity.study.answers.ideal import IdealDistanceAnswer, IdealShowAnswer

LAST = 10


def ideal_chapter(answer: DossierAnswer) -> Chapter:
    """The chapter; its reason where the data place no states."""
    paths, apart = answer.ideal, answer.apart
    if paths is None or apart is None:
        if answer.header.origin.aggregates:
            return chapter("ideal", Paragraph(say("ideal_dossier.no_roll_calls", next=say("notes.get_release"))))
        return chapter("ideal", Paragraph(say("ideal_dossier.unplaced")))
    pair = _of_pair(paths.shown)
    lead, *others = ideal_sentences(apart)
    return chapter(
        "ideal",
        Paragraph(say("ideal_dossier.newcomer")),
        Paragraph(say("ideal_dossier.relative"), quiet=True),
        pictures.paths_picture(paths),
        Paragraph(" ".join((*ideal_sentences(pair), lead, *others))),
        pictures.distance_picture(apart, paths.shown.bridges),
        *_tables(_since(pair)),
        Fold(say("ideal_dossier.apart"), _tables(apart)),
        Listing(_notes((*paths.notes, *apart.notes)), numbered=False),
    )


def _of_pair(shown: IdealShowAnswer) -> IdealShowAnswer:
    """The pair alone."""
    pair = shown.names[:2]
    ids = {state for state, _ in pair}
    return replace(shown, names=pair, points=tuple(p for p in shown.points if p.state in ids))


def _since(shown: IdealShowAnswer) -> IdealShowAnswer:
    """The last sessions only."""
    sessions = sorted({p.session for p in shown.points})[-LAST:]
    return replace(shown, points=tuple(p for p in shown.points if p.session in sessions))


def _tables(answer: IdealShowAnswer | IdealDistanceAnswer) -> tuple[Block, ...]:
    return tuple(block for c in ideal_chapters(answer) for block in c.blocks)


def _notes(notes: tuple[Note, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n.text for n in notes))
