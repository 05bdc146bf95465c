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
from comity.report import interval_words, parts
from comity.report.terminal_bars import COLOURS, MARKS, Bar
from comity.report.terminal_page import QUIET, STRONG, grid, page
from comity.study.answers.blocs import BlocsAnswer
from comity.study.answers.breaks import BreaksAnswer
from comity.study.answers.cohesion import CohesionAnswer
from comity.study.answers.common import Cell, PairRow
from comity.study.answers.dossier import DossierAnswer
from comity.study.answers.moved import DecomposeAnswer, MovedAnswer
from comity.study.answers.pair import Change, PairAnswer, TrendAnswer
from comity.study.answers.rank import Partner, RankAnswer
from comity.study.answers.situations import ShieldAnswer, SituationsAnswer
from comity.study.answers.splits import Split, SplitsAnswer
from comity.study.answers.vote import VoteAnswer

Changed = BreaksAnswer | MovedAnswer | DecomposeAnswer
Grouped = BlocsAnswer | CohesionAnswer
Shown = (
    Grouped
    | PairAnswer
    | TrendAnswer
    | SplitsAnswer
    | RankAnswer
    | VoteAnswer
    | SituationsAnswer
    | ShieldAnswer
    | Changed
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
        case DossierAnswer():
            return pair(answer.lead_pair)


def text(answer: Shown, width: int = 100) -> str:
    """The same as plain text, no control codes, no trailing spaces."""
    out = StringIO()
    Console(file=out, width=width, color_system=None, force_terminal=False, highlight=False).print(show(answer))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def pair(answer: PairAnswer) -> RenderableType:
    """Headline, the period table of the pair and its contrasts, standing, notes, drops, source."""
    table = grid(say("column.period"), *(say(f"column.{c}") for c in ("votes", *CATEGORIES)), *_SAME_HEADS)
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
        *([Group(*(Text(s) for s in interval_words.sentences(answer)))] if answer.intervals else []),
        *_measures(answer),
        *([Group(*map(Text, map(parts.standing_line, answer.standings)))] if answer.standings else []),
        header=answer.header,
        notes=answer.notes,
        lines=(parts.dropped_line(answer.dropped), parts.partial_note(_cells(answer.rows), answer.header)),
    )


_SAME_HEADS = tuple(say(f"column.{key}") for key in ("yes_yes", "abstain_abstain", "no_no"))
_TREND_HEADS = (
    *(say(f"short.{key}") for key in ("votes", "same")),
    *_SAME_HEADS,
    *(say(f"short.{key}") for key in (*CATEGORIES[1:], "both_cast", "share")),
)


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
    heads = [*_TREND_HEADS, *(say("short.median", state=s) for s in medians)]
    table = grid(say(f"column.{unit}"), *heads, left=())
    table.add_column("")
    for i, cell in enumerate(row.cells):
        _trend_row(table, cell, [answer.medians[s][i] for s in medians])
    key = Text("   ").join(Text(say(f"trend.key_{c}", mark=MARKS[c]), style=COLOURS[c]) for c in CATEGORIES)
    return page(
        say("heading.trend_session" if unit == "session" else "heading.trend", a=row.name_a, b=row.name_b),
        parts.subject(answer.header),
        key,
        table,
        header=answer.header,
        notes=answer.notes,
        lines=(parts.partial_note(row.cells, answer.header), parts.dropped_line(answer.dropped)),
    )


def _printable_median(cell: Cell, median: float | None) -> bool:
    return median is not None and cell.counts.cast >= parts.SMALL


def _trend_row(table: Table, cell: Cell, medians: list[float | None]) -> None:
    counts = cell.counts
    table.add_row(
        parts.period_label(cell),
        str(counts.roll_calls),
        Text(str(counts.same), style=COLOURS["same"]),
        *(Text(str(n), style=QUIET) for n in (counts.same_yes, counts.same_abstain, counts.same_no)),
        *(Text(str(getattr(counts, c)), style=COLOURS[c]) for c in CATEGORIES[1:]),
        str(counts.cast),
        parts.share(counts.share_of_cast("same")),
        *(parts.level(median, counts.cast) for median in medians),
        Bar(counts),
    )


def splits(answer: SplitsAnswer) -> RenderableType:
    """Every opposite vote: when, which, and how each voted."""
    n, found = answer.counts.roll_calls, len(answer.splits)
    key = "splits.count" if found else "splits.none"
    body: list[RenderableType] = [Text(say(key, opposite=found, n=n))]
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
    name = Text(split.symbol or split.roll_call, style=STRONG)
    if split.link:
        name.stylize(f"link {split.link}")
    title = split.title or say("splits.untitled")
    lenders = sorted({lender for lender in (split.symbol_from, split.title_from) if lender})
    lent = [say("splits.lent", lender=lender) for lender in lenders]
    about = [Text(title), *(Text(line, style=QUIET) for line in (*lent, *split.footnotes))]
    if split.link:
        about.append(Text(split.link, style=QUIET))
    words = (parts.choice_word(split.choice_a), parts.choice_word(split.choice_b))
    table.add_row(parts.day(split.date, split.date_precision), Group(name, *about), *words)


def rank(answer: RankAnswer) -> RenderableType:
    """Every partner, most alike first, the median drawn as a line of its own."""
    heads = (say(f"column.{k}") for k in ("rank", "partner", "both_cast", "same", "share", "percentile"))
    table = grid(*heads, left=(1,))
    table.columns[1].min_width = len(_median_name(answer))
    table.add_column("")
    placed = False
    for partner in answer.partners:
        value = partner.counts.share_of_cast("same").value
        if not placed and answer.median is not None and value is not None and value < answer.median:
            _median_row(table, answer)
            placed = True
        _partner_row(table, partner)
    minimum = parts.minimum(answer.min_common)
    few = "; ".join(say("rank.too_few_one", name=name, cast=cast) for _, name, cast in answer.too_few)
    return page(
        say("heading.rank", state=answer.name, period=span(answer.period.label)),
        parts.subject(answer.header),
        Text(say("rank.sub", n=answer.roll_calls, minimum=minimum)),
        table,
        header=answer.header,
        notes=answer.notes,
        lines=(say("rank.too_few", states=few) if few else None, parts.dropped_line(answer.dropped)),
    )


def _median_name(answer: RankAnswer) -> str:
    return say("rank.median_row", among=len(answer.partners), n=answer.roll_calls)


def _median_row(table: Table, answer: RankAnswer) -> None:
    table.add_row(
        "", _median_name(answer), "", "", parts.level(answer.median, answer.roll_calls), "", style="bold italic"
    )


def _partner_row(table: Table, partner: Partner) -> None:
    counts = partner.counts
    table.add_row(
        str(partner.rank),
        partner.name,
        str(counts.cast),
        str(counts.same),
        parts.share(counts.share_of_cast("same")),
        parts.rounded(partner.percentile),
        Bar(counts, cast_only=True),
    )


def _cells(rows: Iterable[PairRow]) -> Iterable[Cell]:
    return chain.from_iterable(row.cells for row in rows)
