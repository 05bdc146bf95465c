"""The answers as neutral tables: every share has its counts and its N in the same line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from comity.model.choice import Choice
from comity.model.counts import CATEGORIES, Counts
from comity.model.reading import Dropped
from comity.model.words import ordinal, say, span
from comity.report import interval_words, parts, record
from comity.report.document import Column, Item, Line, Table
from comity.study.answers.common import Cell, PairRow
from comity.study.answers.pair import Change, PairAnswer, Standing, TrendAnswer
from comity.study.answers.rank import Partner, RankAnswer
from comity.study.answers.splits import Split, SplitsAnswer
from comity.study.answers.uncertainty import PartnerBands
from comity.study.answers.vote import Ballot, VoteAnswer

TONES = {Choice.YES: "yes", Choice.NO: "no", Choice.ABSTAIN: "abstain"}


def pair_table(answer: PairAnswer) -> Table:
    """The period table: the pair, then its contrasts; the change below each."""
    caption = say("caption.pair", issue=answer.header.issue_label, **answer.header.where)
    return _counts_table(caption, say("column.pair"), _pair_lines(answer), answer)


def issues_table(answers: Sequence[PairAnswer]) -> Table:
    """One pair on every issue, period by period."""
    lines = [line for a in answers for line in _row_lines(a.header.issue_label, a.lead, _change_of(a, a.lead))]
    return _counts_table(say("caption.issues", **answers[0].header.where), say("column.issue"), lines, *answers)


def _counts_table(caption: str, head: str, lines: Iterable[Line], *answers: PairAnswer) -> Table:
    both = f"{say('column.of_all')} / {say('column.of_cast')}"
    shared = tuple(Column(say(f"column.{c}"), below=both) for c in CATEGORIES[1:3])
    columns = (
        Column(head, numeric=False),
        Column(say("column.period"), numeric=False),
        Column(say("column.votes")),
        Column(say("column.both_cast")),
        Column(say("column.same"), below=both),
        *(Column(say(f"column.{k}")) for k in ("yes_yes", "abstain_abstain", "no_no")),
        *shared,
        Column(say("column.absent"), below=say("column.of_all")),
    )
    made = tuple(lines)
    changes = say("line.change_note") if any(line.kind == "change" for line in made) else ""
    starred = next((n for a in answers if (n := parts.partial_note(_cells(a), a.header))), "")
    note = " ".join(filter(None, (say("line.legend"), changes, starred)))
    return Table(caption, columns, made, heads=2, note=note, grouped=True)


def _cells(answer: PairAnswer) -> Iterable[Cell]:
    return (cell for row in answer.rows for cell in row.cells)


def _pair_lines(answer: PairAnswer) -> Iterable[Line]:
    for row in answer.rows:
        yield from _row_lines(row.label, row, _change_of(answer, row))


def _change_of(answer: PairAnswer, row: PairRow) -> Change | None:
    return next((c for c in answer.changes if (c.a, c.b) == (row.a, row.b)), None)


def _row_lines(name: str, row: PairRow, change: Change | None) -> Iterable[Line]:
    for i, cell in enumerate(row.cells):
        heads = (Item(name if i == 0 else ""), Item(parts.period_label(cell)))
        yield Line((*heads, *_count_items(cell.counts)), "first" if i == 0 else "")
    if change is not None and (items := _change_items(row, change)):
        yield Line((Item(""), Item(say("column.change")), *items), "change")


def _count_items(counts: Counts) -> tuple[Item, ...]:
    if not counts.roll_calls:
        return (Item("0"), *(Item(parts.NO_VALUE) for _ in range(8)))
    same, *others = (Item(str(getattr(counts, c)), _below(counts, c)) for c in CATEGORIES)
    apart = (Item(str(n)) for n in (counts.same_yes, counts.same_abstain, counts.same_no))
    return (Item(str(counts.roll_calls)), Item(str(counts.cast)), same, *apart, *others)


def _below(counts: Counts, category: str) -> tuple[str, ...]:
    """Both shares; below N = 20 the count stands alone."""
    shares = [counts.share_of_all(category)] + ([counts.share_of_cast(category)] if category != "absent" else [])
    if min(s.n for s in shares) < parts.SMALL:
        return ()
    return tuple(parts.share(s) for s in shares)


def _change_items(row: PairRow, change: Change) -> tuple[Item, ...]:
    ends = [c.counts for c in row.cells if c.period.label in (change.earlier, change.later)]
    smallest = min((c.cast for c in ends), default=0)
    if smallest < parts.SMALL:
        return ()
    of_all = min(c.roll_calls for c in ends)

    def item(category: str) -> Item:
        whole = parts.signed(change.points_of_all.get(category), of_all)
        if category == "absent":
            return Item(whole)
        cast = parts.signed(change.points_of_cast.get(category), smallest)
        between = parts.interval(change.interval_of_all.get(category), of_all)
        return Item(f"{whole} / {cast}", (between,) if between else ())

    blank = Item("")
    return (blank, blank, item("same"), blank, blank, blank, *(item(c) for c in CATEGORIES[1:]))


def trend_table(answer: TrendAnswer) -> Table:
    """One line a year, with the medians of both sides."""
    row = answer.row
    names = {row.a: row.name_a, row.b: row.name_b}
    unit = "session" if answer.header.reading.clock == "session" else "year"
    columns = (
        Column(say(f"column.{unit}"), numeric=False),
        Column(say("column.votes")),
        Column(say("column.both_cast")),
        Column(say("column.same"), below=say("column.of_cast")),
        *((Column(say("column.interval"), below=say("column.of_cast")),) if answer.intervals else ()),
        *(Column(say(f"column.{k}")) for k in ("yes_yes", "abstain_abstain", "no_no", *CATEGORIES[1:])),
        *(Column(say("column.median", state=names[s]), below=say("column.of_cast")) for s in answer.medians),
    )
    lines = tuple(
        _trend_line(cell, _band_items(answer, i), [series[i] for series in answer.medians.values()])
        for i, cell in enumerate(row.cells)
    )
    caption = say("caption.trend", pair=row.label, issue=answer.header.issue_label, **answer.header.where)
    return Table(caption, columns, lines, note=parts.partial_note(row.cells, answer.header) or "")


def _band_items(answer: TrendAnswer, i: int) -> tuple[Item, ...]:
    if not answer.intervals:
        return ()
    bands, n = answer.intervals.shares[i], answer.row.cells[i].counts.cast
    return (Item(interval_words.share_range(bands.of_cast["same"], n, reliable=bands.reliable)),)


def _trend_line(cell: Cell, band: tuple[Item, ...], medians: list[float | None]) -> Line:
    counts = cell.counts
    share = (parts.share(counts.share_of_cast("same")),) if counts.cast >= parts.SMALL else ()
    numbers = (counts.same_yes, counts.same_abstain, counts.same_no, counts.ambivalent, counts.opposite, counts.absent)
    return Line(
        (
            Item(parts.period_label(cell)),
            Item(str(counts.roll_calls)),
            Item(str(counts.cast)),
            Item(str(counts.same), share),
            *band,
            *(Item(str(n)) for n in numbers),
            *(Item(parts.level(m, counts.cast)) for m in medians),
        )
    )


def splits_table(answer: SplitsAnswer) -> Table:
    """One line an opposite vote, with its record."""
    heads = (say("column.date"), say("column.record"), say("column.title"), answer.name_a, answer.name_b)
    caption = say("heading.splits", a=answer.name_a, b=answer.name_b, period=span(answer.period.label))
    lines = tuple(Line(_split_items(s)) for s in answer.splits)
    return Table(caption, tuple(Column(h, numeric=False) for h in heads), lines)


def _split_items(split: Split) -> tuple[Item, ...]:
    lenders = sorted({lender for lender in (split.symbol_from, split.title_from) if lender})
    beneath = (*(say("splits.lent", lender=lender) for lender in lenders), *split.footnotes)
    return (
        Item(parts.day(split.date, split.date_precision)),
        Item(record.name(split.symbol, split.roll_call), href=split.link),
        Item(record.title(split.title), beneath),
        *(Item(parts.choice_word(c), tone=TONES.get(c, "")) for c in (split.choice_a, split.choice_b)),
    )


def rank_table(answer: RankAnswer) -> Table:
    """Every partner, most alike first, with the median as a line of its own."""
    bands = answer.intervals.partners if answer.intervals else ()
    keys = ["rank", "partner", "both_cast", "same", "share", "percentile"]
    keys[5:5] = ["interval", "rank_interval"] if bands else []
    columns = tuple(Column(say(f"column.{k}"), numeric=k != "partner") for k in keys)
    lines: list[Line] = []
    placed = answer.median is None
    for i, partner in enumerate(answer.partners):
        value = partner.counts.share_of_cast("same").value
        if not placed and value is not None and answer.median is not None and value < answer.median:
            lines.append(_median_line(answer))
            placed = True
        lines.append(_partner_line(partner, bands[i] if bands else None))
    caption = say("heading.rank", state=answer.name, period=span(answer.period.label))
    return Table(caption, columns, tuple(lines), heads=2)


def _median_line(answer: RankAnswer) -> Line:
    name, held = say("rank.median_row", among=len(answer.partners), n=answer.roll_calls), answer.intervals
    told = [parts.level(answer.median, answer.roll_calls)]
    if held:
        told += [interval_words.share_range(held.median, answer.roll_calls, reliable=held.reliable), ""]
    return Line((Item(""), Item(name), Item(""), Item(""), *map(Item, told), Item("")), "median")


def _partner_line(partner: Partner, bands: PartnerBands | None) -> Line:
    counts, told = partner.counts, []
    if bands:
        told.append(interval_words.share_range(bands.share, counts.cast, reliable=bands.reliable))
        told.append(interval_words.rank_range(bands.rank, reliable=bands.reliable))
    return Line(
        (
            Item(str(partner.rank)),
            Item(partner.name),
            Item(str(counts.cast)),
            Item(str(counts.same)),
            Item(parts.share(counts.share_of_cast("same"))),
            *map(Item, told),
            Item(parts.rounded(partner.percentile)),
        )
    )


def standing_table(standings: Iterable[Standing]) -> Table:
    """Each side's rank among the other's partners, with the median beside it."""
    keys = ("partner", "partner_of", "period", "rank", "both_cast", "same", "share", "median_partner")
    columns = tuple(Column(say(f"column.{k}"), numeric=k not in keys[:3]) for k in keys)
    lines = tuple(
        Line(
            (
                Item(s.name_partner),
                Item(s.name_state),
                Item(span(s.period.label)),
                Item(say("line.rank", rank=ordinal(s.rank), among=s.among)),
                Item(str(s.share.n)),
                Item(str(s.share.k)),
                Item(parts.share(s.share)),
                Item(parts.level(s.median, s.share.n)),
            )
        )
        for s in standings
    )
    return Table(say("caption.standing"), columns, lines, heads=2)


def vote_table(answer: VoteAnswer) -> Table:
    """One line a state."""
    heads = tuple(Column(say(f"column.{k}"), numeric=False) for k in ("state", "vote", "note"))
    return Table(say("caption.vote"), heads, tuple(Line(_ballot_items(answer, b)) for b in answer.ballots))


def _ballot_items(answer: VoteAnswer, ballot: Ballot) -> tuple[Item, ...]:
    member = answer.group.name if answer.group and ballot.in_group else None
    remarks = (member, say("vote.apart") if ballot.apart else None, ballot.footnote)
    word = Item(parts.choice_word(ballot.choice), tone=TONES.get(ballot.choice, ""))
    return (Item(ballot.name), word, Item("; ".join(r for r in remarks if r)))


def dropped_table(dropped: Iterable[tuple[str, Dropped]]) -> Table:
    """Roll calls left out, by issue and reason."""
    columns = (
        Column(say("column.issue"), numeric=False),
        Column(say("column.reason"), numeric=False),
        Column(say("column.number")),
    )
    lines = tuple(Line((Item(issue), Item(parts.dropped_reason(d.reason)), Item(str(d.count)))) for issue, d in dropped)
    return Table(say("caption.dropped"), columns, lines)
