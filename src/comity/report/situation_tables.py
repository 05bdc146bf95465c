"""Country situations as neutral tables and documents, for Markdown and HTML."""

from __future__ import annotations

from collections.abc import Sequence

from comity.model.counts import Counts
from comity.model.words import say
from comity.report import parts
from comity.report import situation_words as words
from comity.report.document import Chapter, Column, Document, Item, Line, Listing, Paragraph, Table, chapter
from comity.report.tables import TONES
from comity.study.answers.situations import ShieldAnswer, SituationsAnswer, SituationVote, Veto

_COUNTED = ("same", "same_yes", "same_abstain", "same_no", "ambivalent", "opposite", "absent", "cast")
_HEADS = ("same", "yes_yes", "abstain_abstain", "no_no", "ambivalent", "opposite", "absent", "both_cast")
_TITLE = 300
_BESIDE = 15


def situations_document(answer: SituationsAnswer) -> Document:
    """The grid's page."""
    counts = [(f"{row.name} ({row.target})", row.counts) for row in answer.rows]
    parted = [votes_table(answer.exceptions, answer)] if answer.exceptions else []
    return _document(
        answer,
        chapter("situation_grid", *grid_tables(answer)),
        chapter("situation_counts", counts_table(say("situations.target"), counts, answer.total)),
        chapter("situation_exceptions", Paragraph(words.exceptions_heading(answer)), *parted),
    )


def shield_document(answer: ShieldAnswer) -> Document:
    """The page of a power's votes about a state."""
    chapters = []
    if answer.votes:
        counts = [(words.kind_word(kind), counts) for kind, counts in answer.by_kind]
        chapters = [
            chapter("situation_counts", counts_table(say("situations.kind"), counts, answer.total)),
            chapter("situation_votes", votes_table(answer.votes, answer)),
        ]
    if answer.vetoes:
        chapters.append(chapter("situation_vetoes", vetoes_table(answer.vetoes)))
    return _document(answer, *chapters)


def _document(answer: SituationsAnswer | ShieldAnswer, *chapters: Chapter) -> Document:
    notes = Listing(tuple(n.text for n in answer.notes), numbered=True)
    last = chapter("blind", notes, Paragraph(parts.dropped_line(answer.dropped)))
    head = words.title(answer), words.subject(answer), words.lead(answer)
    return Document(*head, (*chapters, last), parts.source_line(answer.header))


def grid_tables(answer: SituationsAnswer) -> list[Table]:
    """Targets down, years across, as many as a page shows; several texts of a year stand one below the other."""
    unit = say(f"situations.unit_{'session' if answer.header.reading.clock == 'session' else 'year'}")
    blocks = [answer.slots[start : start + _BESIDE] for start in range(0, len(answer.slots), _BESIDE)]
    return [_grid_table(answer, slots, say("situations.grid_caption", unit=unit)) for slots in blocks]


def _grid_table(answer: SituationsAnswer, slots: Sequence[int], caption: str) -> Table:
    heads = (say("situations.target"), *map(str, slots))
    lines = []
    for row in answer.rows:
        held = dict(row.cells)
        if any(slot in held for slot in slots):
            lines.append(Line((Item(row.name), *(_grid_item(held.get(slot, ())) for slot in slots))))
    columns = tuple(Column(head, numeric=False) for head in heads)
    return Table(caption, columns, tuple(lines), note=words.key(answer) if slots[-1] == answer.slots[-1] else "")


def _grid_item(votes: Sequence[SituationVote]) -> Item:
    first, *others = [words.letters(vote) for vote in votes] or [""]
    return Item(first, tuple(others))


def counts_table(head: str, rows: Sequence[tuple[str, Counts]], total: Counts) -> Table:
    """Counts of each class; shares are left to the counts, which are small."""
    columns = (
        Column(head, numeric=False),
        Column(say("situations.texts")),
        *(Column(say(f"column.{h}")) for h in _HEADS),
    )
    lines = tuple(
        Line((Item(name), Item(str(counts.roll_calls)), *(Item(str(getattr(counts, c))) for c in _COUNTED)))
        for name, counts in (*rows, (say("situations.all_texts"), total))
    )
    return Table(say("situations.counts_caption"), columns, lines, note=say("line.legend"))


def votes_table(votes: Sequence[SituationVote], answer: SituationsAnswer | ShieldAnswer) -> Table:
    """Texts with date, symbol, title, both votes, class and link."""
    heads = (say("column.date"), say("column.record"), say("column.title"))
    names = (answer.name_a, answer.name_b, say("situations.class"))
    return Table(
        say("situations.votes_caption"),
        tuple(Column(head, numeric=False) for head in (*heads, *names)),
        tuple(_vote_line(vote) for vote in votes),
    )


def _vote_line(vote: SituationVote) -> Line:
    both = (Item(words.vote_word(c), tone=TONES.get(c, "")) for c in (vote.choice_a, vote.choice_b))
    return Line(
        (
            Item(parts.day(vote.date, vote.date_precision)),
            Item(vote.symbol or vote.roll_call, href=vote.link),
            Item(words.shortened(vote.title, _TITLE), words.remarks(vote)),
            *both,
            Item(words.outcome(vote)),
        )
    )


def vetoes_table(vetoes: Sequence[Veto]) -> Table:
    """The ledger's drafts, each with its mark."""
    heads = (say("column.date"), *(say(f"situations.{k}") for k in ("draft", "about", "vetoed_by")))
    lines = tuple(Line(tuple(Item(cell) for cell in words.veto_cells(veto))) for veto in vetoes)
    return Table(say("situations.vetoes_caption"), tuple(Column(head, numeric=False) for head in heads), lines)
