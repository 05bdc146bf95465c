"""Answers on a terminal: one renderable an answer, calm at 80 columns and at 140, whole without colour.

Nothing here imports the drawing or template libraries: a pair must be on the screen within a second.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from itertools import chain

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from comity.model.counts import CATEGORIES
from comity.model.words import say, span
from comity.report import interval_words, parts, record
from comity.report.terminal_bars import COLOURS, MARKS, Bar
from comity.report.terminal_page import QUIET, STRONG, grid, page, said
from comity.study.answers.blocs import BlocsAnswer
from comity.study.answers.breaks import BreaksAnswer
from comity.study.answers.cohesion import CohesionAnswer
from comity.study.answers.common import Cell, PairRow
from comity.study.answers.dossier import DossierAnswer
from comity.study.answers.families import FamiliesAnswer, FamilyAnswer
from comity.study.answers.ideal import IdealCompareAnswer, IdealDistanceAnswer, IdealFitAnswer, IdealShowAnswer
from comity.study.answers.ideal_vote import IdealVoteAnswer
from comity.study.answers.moved import DecomposeAnswer, MovedAnswer
from comity.study.answers.outliers import OutliersAnswer
from comity.study.answers.pair import Change, PairAnswer, TrendAnswer
from comity.study.answers.published import PublishedAnswer
from comity.study.answers.rank import RankAnswer
from comity.study.answers.situations import ShieldAnswer, SituationsAnswer
from comity.study.answers.splits import Split, SplitsAnswer
from comity.study.answers.strand import StrandAnswer
from comity.study.answers.uncertainty import Band
from comity.study.answers.vote import VoteAnswer

Changed = BreaksAnswer | MovedAnswer | DecomposeAnswer
Grouped = BlocsAnswer | CohesionAnswer
Voted = PairAnswer | TrendAnswer | SplitsAnswer | RankAnswer | VoteAnswer
Ideal = IdealFitAnswer | IdealShowAnswer | IdealDistanceAnswer | IdealCompareAnswer | IdealVoteAnswer
Recurring = FamiliesAnswer | FamilyAnswer
Shown = (
    Voted
    | Grouped
    | Recurring
    | SituationsAnswer
    | ShieldAnswer
    | Changed
    | PublishedAnswer
    | OutliersAnswer
    | Ideal
    | StrandAnswer
)


def show(answer: Shown | DossierAnswer) -> RenderableType:
    """The renderable of any answer; of a dossier, its lead pair."""
    match answer:
        case PairAnswer():
            return pair(answer)
        case TrendAnswer():
            return trend(answer)
        case SplitsAnswer():
            return splits(answer)
        case RankAnswer():
            from comity.report.terminal_rank import rank

            return rank(answer)
        case VoteAnswer():
            from comity.report.terminal_vote import vote

            return vote(answer)
        case SituationsAnswer() | ShieldAnswer():
            from comity.report import terminal_situations as about

            return about.situations(answer) if isinstance(answer, SituationsAnswer) else about.shield(answer)
        case BreaksAnswer() | MovedAnswer() | DecomposeAnswer():
            from comity.report.terminal_change import change

            return change(answer)
        case BlocsAnswer() | CohesionAnswer():
            from comity.report import terminal_blocs as together

            return together.blocs(answer) if isinstance(answer, BlocsAnswer) else together.cohesion(answer)
        case FamiliesAnswer() | FamilyAnswer():
            from comity.report import terminal_families as recurring

            return recurring.families(answer) if isinstance(answer, FamiliesAnswer) else recurring.family(answer)
        case PublishedAnswer():
            from comity.report.terminal_published import published

            return published(answer)
        case IdealFitAnswer() | IdealShowAnswer() | IdealDistanceAnswer() | IdealCompareAnswer() | IdealVoteAnswer():
            from comity.report.terminal_ideal import ideal

            return ideal(answer)
        case OutliersAnswer():
            from comity.report.terminal_outliers import outliers

            return outliers(answer)
        case DossierAnswer():
            return pair(answer.lead_pair)
        case StrandAnswer():
            from comity.report.strands.registry import strand_document
            from comity.report.terminal_document import shown

            return shown(strand_document(answer))


def text(answer: Shown, width: int = 100) -> str:
    """The same as plain text, no control codes, no trailing spaces."""
    out = StringIO()
    Console(file=out, width=width, color_system=None, force_terminal=False, highlight=False).print(show(answer))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def pair(answer: PairAnswer) -> RenderableType:
    """Headline, the period table of the pair and its contrasts, standing, notes, drops, source."""
    table = grid(say("column.period"), *(say(f"column.{c}") for c in ("votes", *CATEGORIES)), *_same_heads())
    changes = {(c.a, c.b): c for c in answer.changes}
    for i, row in enumerate(answer.rows):
        if i:
            table.add_row()
        _pair_rows(table, row, changes.get((row.a, row.b)))
    return page(
        say("heading.pair", a=answer.lead.name_a, b=answer.lead.name_b),
        parts.subject(answer.header),
        Text(answer.headline),
        table,
        Text(say("line.legend"), style=QUIET),
        *_change_words(answer),
        *said(interval_words.sentences(answer)),
        *_measures(answer),
        *([Group(*map(Text, map(parts.standing_line, answer.standings)))] if answer.standings else []),
        *([_vetoes(answer)] if answer.vetoes else []),
        header=answer.header,
        notes=answer.notes,
        lines=(parts.dropped_line(answer.dropped), parts.partial_note(_cells(answer.rows), answer.header)),
    )


def _vetoes(answer: PairAnswer) -> RenderableType:
    from comity.report.terminal_situations import vetoes

    return vetoes(answer.vetoes)


def _same_heads() -> tuple[str, ...]:
    return tuple(say(f"column.{key}") for key in ("yes_yes", "abstain_abstain", "no_no"))


def _trend_heads() -> tuple[str, ...]:
    first, last = ("votes", "same"), (*CATEGORIES[1:], "both_cast", "share")
    return (*(say(f"short.{key}") for key in first), *_same_heads(), *(say(f"short.{key}") for key in last))


def _pair_rows(table: Table, row: PairRow, change: Change | None) -> None:
    table.add_row(Text(row.label, style=STRONG))
    for cell in row.cells:
        _cell_rows(table, cell)
    if change is not None:
        ends = [c for c in row.cells if c.period.label in (change.earlier, change.later)]
        of_all = min((c.counts.roll_calls for c in ends), default=0)
        of_cast = min((c.counts.cast for c in ends), default=0)
        for key, points, smaller in (
            ("line.change_all", change.points_of_all, of_all),
            ("line.change_cast", change.points_of_cast, of_cast),
        ):
            if smaller >= parts.SMALL:
                values = [parts.signed(points.get(c), smaller) for c in CATEGORIES]
                table.add_row(f"  {say(key)}", "", *values, style="italic")


def _cell_rows(table: Table, cell: Cell) -> None:
    counts = cell.counts
    label = f"  {parts.period_label(cell)}"
    if not counts.roll_calls:
        table.add_row(label, "0", *(parts.NO_VALUE for _ in CATEGORIES))
        return
    table.add_row(
        label,
        str(counts.roll_calls),
        *(Text(str(getattr(counts, c)), style=COLOURS[c]) for c in CATEGORIES),
        *(str(n) for n in (counts.same_yes, counts.same_abstain, counts.same_no)),
    )
    # Below N = 20 the counts above stand instead of shares.
    for key, n, shares in (
        ("line.all_votes", counts.roll_calls, counts.share_of_all),
        ("line.cast_votes", counts.cast, counts.share_of_cast),
    ):
        if n >= parts.SMALL:
            table.add_row(f"    {say(key, n=n)}", "", *(parts.share(shares(c)) for c in CATEGORIES), style=QUIET)


def _change_words(answer: PairAnswer) -> Iterable[RenderableType]:
    if answer.intervals:
        return []
    sentences = (parts.change_sentence(answer.lead, c) for c in answer.changes if (c.a, c.b) == (answer.a, answer.b))
    return [Text(s, style=QUIET) for s in sentences if s]


def _measures(answer: PairAnswer) -> Iterable[RenderableType]:
    from comity.report.terminal_measures import measures_block

    return measures_block(answer) if answer.lead.cells and answer.lead.cells[0].measures else ()


def trend(answer: TrendAnswer) -> RenderableType:
    """One bar a year (or session) with its counts and the medians of both sides."""
    row, clock = answer.row, answer.header.reading.clock
    unit = "session" if clock == "session" else "year"
    medians = [s for s in answer.medians if any(map(_printable_median, row.cells, answer.medians[s]))]
    bands = answer.intervals.shares if answer.intervals else ()
    heads = [
        *_trend_heads(),
        *([say("short.interval")] * bool(bands)),
        *(say("short.median", state=s) for s in medians),
    ]
    table = grid(say(f"column.{unit}"), *heads, left=())
    table.add_column("")
    for i, cell in enumerate(row.cells):
        band = (_share_range(cell, bands[i].of_cast["same"], bands[i].reliable),) if bands else ()
        _trend_row(table, cell, [*band, *(parts.level(answer.medians[s][i], cell.counts.cast) for s in medians)])
    key = Text("   ").join(Text(say(f"trend.key_{c}", mark=MARKS[c]), style=COLOURS[c]) for c in CATEGORIES)
    return page(
        say("heading.trend_session" if unit == "session" else "heading.trend", a=row.name_a, b=row.name_b),
        parts.subject(answer.header),
        key,
        table,
        *said(interval_words.trend_sentences(answer)),
        header=answer.header,
        notes=answer.notes,
        lines=(parts.partial_note(row.cells, answer.header), parts.dropped_line(answer.dropped)),
    )


def _printable_median(cell: Cell, median: float | None) -> bool:
    return median is not None and cell.counts.cast >= parts.SMALL


def _share_range(cell: Cell, band: Band, reliable: bool) -> str:
    return interval_words.share_range(band, cell.counts.cast, reliable=reliable)


def _trend_row(table: Table, cell: Cell, beside: list[str]) -> None:
    counts = cell.counts
    table.add_row(
        parts.period_label(cell),
        str(counts.roll_calls),
        Text(str(counts.same), style=COLOURS["same"]),
        *(Text(str(n), style=QUIET) for n in (counts.same_yes, counts.same_abstain, counts.same_no)),
        *(Text(str(getattr(counts, c)), style=COLOURS[c]) for c in CATEGORIES[1:]),
        str(counts.cast),
        parts.share(counts.share_of_cast("same")),
        *beside,
        Bar(counts),
    )


def splits(answer: SplitsAnswer) -> RenderableType:
    """Every opposite vote: when, which, and how each voted."""
    n, found = answer.counts.roll_calls, len(answer.splits)
    key = "splits.count" if found else "splits.none"
    body: list[RenderableType] = [Text(say(key, opposite=found, n=n, **answer.header.where))]
    if found:
        table = grid(say("column.date"), say("column.record"), answer.name_a, answer.name_b, left=(0, 1))
        for split in answer.splits:
            _split_rows(table, split)
        body.append(table)
    return page(
        say("heading.splits", a=answer.name_a, b=answer.name_b, period=span(answer.period.label)),
        parts.subject(answer.header),
        *body,
        header=answer.header,
        notes=answer.notes,
        lines=(parts.dropped_line(answer.dropped),),
    )


def _split_rows(table: Table, split: Split) -> None:
    name = Text(record.name(split.symbol, split.roll_call), style=STRONG)
    if split.link:
        name.stylize(f"link {split.link}")
    lenders = sorted({lender for lender in (split.symbol_from, split.title_from) if lender})
    lent = [say("splits.lent", lender=lender) for lender in lenders]
    about = [Text(record.title(split.title)), *(Text(line, style=QUIET) for line in (*lent, *split.footnotes))]
    if split.link:
        about.append(Text(split.link, style=QUIET))
    words = (parts.choice_word(split.choice_a), parts.choice_word(split.choice_b))
    table.add_row(parts.day(split.date, split.date_precision), Group(name, *about), *words)


def _cells(rows: Iterable[PairRow]) -> Iterable[Cell]:
    return chain.from_iterable(row.cells for row in rows)
