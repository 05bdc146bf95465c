"""Country situations on a terminal: the grid of targets and years, counts, and each exception with its link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from comity.model.counts import Counts
from comity.model.words import say
from comity.report import parts
from comity.report import situation_words as words
from comity.report.terminal_bars import COLOURS
from comity.report.terminal_page import QUIET, STRONG, grid, page
from comity.study.answers.situations import ShieldAnswer, SituationsAnswer, SituationVote, Veto

_TITLE = 150

_COUNT_HEADS = tuple(
    say(f"short.{k}") if k in ("ambivalent", "opposite", "absent", "both_cast") else say(f"column.{k}")
    for k in ("same", "yes_yes", "abstain_abstain", "no_no", "ambivalent", "opposite", "absent", "both_cast")
)


def situations(answer: SituationsAnswer) -> RenderableType:
    """The lead, the grid, counts by target, every exception."""
    return page(
        words.title(answer),
        words.subject(answer),
        Text(words.lead(answer)),
        _Grid(answer),
        Text(words.key(answer), style=QUIET),
        _counts(
            say("situations.target"),
            [(f"{row.target} {row.name}", row.counts) for row in answer.rows],
            answer.total,
        ),
        Text(words.exceptions_heading(answer), style=STRONG),
        *([_votes(answer.exceptions, answer.name_a, answer.name_b)] if answer.exceptions else []),
        header=answer.header,
        notes=answer.notes,
        lines=(parts.dropped_line(answer.dropped),),
    )


def shield(answer: ShieldAnswer) -> RenderableType:
    """The lead, counts by kind of text, every text, the vetoes in the ledger."""
    by_kind = [(words.kind_word(kind), counts) for kind, counts in answer.by_kind]
    body: list[RenderableType] = []
    if answer.votes:
        body = [
            _counts(say("situations.kind"), by_kind, answer.total),
            _votes(answer.votes, answer.name_a, answer.name_b),
        ]
    if answer.vetoes:
        body.append(vetoes(answer.vetoes))
    return page(
        words.title(answer),
        words.subject(answer),
        Text(words.lead(answer)),
        *body,
        header=answer.header,
        notes=answer.notes,
        lines=(parts.dropped_line(answer.dropped),),
    )


@dataclass(frozen=True, slots=True)
class _Grid:
    """Targets down, years across; years that do not fit beside one another go on below."""

    answer: SituationsAnswer

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for k, block in enumerate(_grids(self.answer, options.max_width)):
            yield from (Text(), block) if k else (block,)


def _grids(answer: SituationsAnswer, width: int) -> Iterator[RenderableType]:
    for some in _blocks(answer, width):
        table = Table(box=None, padding=0, pad_edge=False, header_style=QUIET, show_edge=False)
        table.add_column("", no_wrap=True, vertical="top", width=_label(answer))
        for slot in some:
            table.add_column(_head(slot, answer), no_wrap=True, vertical="top", width=_wide(slot, answer))
        for row in answer.rows:
            held = dict(row.cells)
            if any(slot in held for slot in some):
                table.add_row(row.target, *(_cell(held.get(slot, ())) for slot in some))
        years = f"{some[0]}–{some[-1]}" if len(some) > 1 else str(some[0])
        yield Group(Text(years, style=QUIET), table)


def _head(slot: int, answer: SituationsAnswer) -> str:
    """A session's number, or the last two figures of a year: the line above says which."""
    return str(slot) if answer.header.reading.clock == "session" else f"{slot % 100:02}"


def _blocks(answer: SituationsAnswer, width: int) -> Iterable[Sequence[int]]:
    """The years, cut where the next column would leave the page."""
    some: list[int] = []
    left = start = width - _label(answer)
    for slot in answer.slots:
        wide = _wide(slot, answer)
        if some and wide > left:
            yield some
            some, left = [], start
        some, left = [*some, slot], left - wide
    if some:
        yield some


def _label(answer: SituationsAnswer) -> int:
    return max(len(row.target) for row in answer.rows) + 1


def _wide(slot: int, answer: SituationsAnswer) -> int:
    """The column's width: its texts and a blank after the longest."""
    texts = (words.letters(v) for row in answer.rows for at, votes in row.cells if at == slot for v in votes)
    return max(len(_head(slot, answer)), *map(len, texts)) + 1


def _cell(votes: Sequence[SituationVote]) -> Text:
    """The texts of a cell one below the other."""
    return Text("\n").join(Text(words.letters(vote), style=COLOURS[vote.outcome]) for vote in votes)


def _counts(head: str, rows: Sequence[tuple[str, Counts]], total: Counts) -> Table:
    table = grid(head, say("situations.texts"), *_COUNT_HEADS)
    for name, counts in (*rows, (say("situations.all_texts"), total)):
        values = (
            *(counts.roll_calls, counts.same, counts.same_yes, counts.same_abstain, counts.same_no),
            *(counts.ambivalent, counts.opposite, counts.absent, counts.cast),
        )
        table.add_row(name, *map(str, values), style=STRONG if counts is total else "")
    return table


def _votes(votes: Sequence[SituationVote], name_a: str, name_b: str) -> Table:
    table = grid(say("column.date"), say("column.record"), name_a, name_b, say("situations.class"), left=(0, 1))
    for vote in votes:
        name = Text(vote.symbol or vote.roll_call, style=STRONG)
        title = Text(words.shortened(vote.title, _TITLE))
        below = [Text(" · ".join(words.remarks(vote)), style=QUIET)]
        if vote.link:
            name.stylize(f"link {vote.link}")
            below.append(Text(vote.link, style=QUIET))
        table.add_row(
            parts.day(vote.date, vote.date_precision),
            Group(name, title, *below),
            words.vote_word(vote.choice_a),
            words.vote_word(vote.choice_b),
            Text(words.outcome(vote), style=COLOURS[vote.outcome]),
        )
    return table


def vetoes(found: Sequence[Veto]) -> RenderableType:
    """The vetoed drafts in the ledger, under their title."""
    heads = (say("column.date"), *(say(f"situations.{k}") for k in ("draft", "about", "vetoed_by")))
    table = grid(*heads, left=(0, 1, 2, 3))
    for veto in found:
        table.add_row(*words.veto_cells(veto))
    return Group(Text(say("situations.vetoes_caption"), style=STRONG), table)
