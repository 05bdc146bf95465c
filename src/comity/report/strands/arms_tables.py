"""Tables of arms deliveries: partners, years, deals, dated measures."""

from __future__ import annotations

from comity.model.coded import coded
from comity.model.words import say
from comity.report.document import Column, Item, Line, Table
from comity.report.parts import NO_VALUE
from comity.report.strands import arms_words as words
from comity.strands.arms import Amount
from comity.study.answers.arms import ArmsAnswer, ArmsPairAnswer, Partner, Year
from comity.study.answers.arms_rolling import ArmsRollingAnswer
from comity.study.answers.arms_rows import Mark, Platform

SHOWN = 25


def partners_table(answer: ArmsAnswer) -> Table:
    """The partners, the largest first, as many as a page shows; all are in the CSV."""
    head = say("arms.head_partner_recipient" if answer.side == "recipient" else "arms.head_partner_supplier")
    columns = (
        Column(head, numeric=False),
        Column(say("arms.head_tiv")),
        Column(say("arms.head_share")),
        Column(say("arms.head_rank")),
        Column(say("arms.head_stock", since=answer.stock_since)),
        Column(say("arms.head_stock_share")),
    )
    total = Item(say("arms.all")), _amount(answer.total), Item("100 %"), Item(""), Item(""), Item("")
    lines = (*(_partner(p) for p in answer.partners[:SHOWN]), Line(total, "median"))
    rest = len(answer.partners) - SHOWN
    note = say("arms.more", n=rest) if rest > 0 else ""
    return Table(say("arms.caption_partners"), columns, lines, note=note)


def _partner(partner: Partner) -> Line:
    marked = partner.name if partner.state or partner.place else say("arms.unknown", name=coded(partner.name))
    return Line(
        (
            Item(marked),
            _amount(partner.amount),
            Item(words.share(partner.share), words.share_bounds(partner.share)),
            Item(words.rank(partner.place)),
            _amount(partner.stock),
            Item(words.share(partner.stock_share), words.share_bounds(partner.stock_share)),
        )
    )


def _amount(amount: Amount) -> Item:
    """The even split, with the bounds beneath where they differ in print."""
    low, high = words.figure(amount.low), words.figure(amount.high)
    return Item(words.figure(amount.even), () if low == high else (words.between(low, high),))


def years_table(answer: ArmsAnswer | ArmsPairAnswer) -> Table:
    """Table and register side by side, year by year, with the measures dated in each year."""
    shares = any(year.share for year in answer.years)
    beside = [year for year in answer.years if year.register]
    tabled = bool(beside) and all(year.amount.basis == "table" for year in beside)
    dates: dict[int, list[Mark]] = {}
    for mark in answer.marks:
        dates.setdefault(mark.year, []).append(mark)
    dated = any(year.year in dates for year in answer.years)
    heads = [
        *(["arms.head_table"] if tabled else []),
        *(f"arms.head_{end}{'_register' if tabled else ''}" for end in ("low", "high", "even")),
        *(["arms.head_share"] if shares else []),
    ]
    columns = [Column(say("arms.head_year")), *(Column(say(h)) for h in heads)]
    columns += [Column(say("arms.head_dates"), numeric=False)] if dated else []
    lines = []
    for year in answer.years:
        cells = [Item(str(year.year))]
        cells += [Item(words.figure(year.amount.even) if year.register else NO_VALUE)] if tabled else []
        cells += [Item(words.figure(value)) for value in _register(year, tabled)]
        cells += [Item(words.share(year.share), words.share_bounds(year.share))] if shares else []
        cells += [_dates(dates.get(year.year, []))] if dated else []
        lines.append(Line(tuple(cells), "median" if year.year in answer.peak.years else ""))
    return Table(say("arms.caption_years"), tuple(columns), tuple(lines), note=_mixed(answer.years))


def _register(year: Year, tabled: bool) -> tuple[float, float, float]:
    """What the year must and may hold, and the even split; the register's alone where the table stands beside it."""
    amount = year.register if tabled and year.register else year.amount
    return amount.low, amount.high, amount.even


def _mixed(years: tuple[Year, ...]) -> str:
    mixed = any(year.register and year.amount.basis != "table" for year in years)
    return say("arms.mixed") if mixed else ""


def _dates(marks: list[Mark]) -> Item:
    told = [say("arms.dated", date=m.date, what=m.what) + (_unchecked(m)) for m in marks]
    return Item(told[0], tuple(told[1:])) if told else Item("")


def _unchecked(mark: Mark) -> str:
    return "" if mark.checked else f" ({say('arms.unchecked')})"


def marks_table(marks: tuple[Mark, ...]) -> Table:
    """Measures by date with the volume of the years before and after."""
    window = marks[0].window
    columns = (
        Column(say("arms.head_date"), numeric=False),
        Column(say("arms.head_measure"), numeric=False),
        Column(say("arms.head_before", window=window)),
        Column(say("arms.head_after", window=window)),
    )
    lines = tuple(
        Line(
            (
                Item(mark.date),
                Item(mark.what, () if mark.checked else (say("arms.unchecked"),)),
                _amount(mark.before) if mark.before else Item(NO_VALUE),
                _amount(mark.after) if mark.after else Item(NO_VALUE),
            )
        )
        for mark in marks
    )
    return Table(say("arms.caption_marks", window=window), columns, lines, note=say("arms.marks_note"))


def platforms_table(platforms: tuple[Platform, ...], *, side: str | None) -> Table:
    """Deals. side : the party that changes from row to row, None where both are fixed."""
    named = [Column(say(f"arms.head_partner_{'recipient' if side == 'supplier' else 'supplier'}"), numeric=False)]
    columns = (
        Column(say("arms.head_order")),
        *(named if side else []),
        Column(say("arms.head_designation"), numeric=False),
        Column(say("arms.head_ordered")),
        Column(say("arms.head_delivered")),
        Column(say("arms.head_years"), numeric=False),
        Column(say("arms.head_in_period")),
    )
    lines = tuple(_platform(p, side) for p in platforms)
    return Table(say("arms.caption_platforms"), columns, lines, note=say("arms.platforms_note"))


def _platform(deal: Platform, side: str | None) -> Line:
    def marked(value: int | None, estimate: bool) -> str:
        return NO_VALUE if value is None else f"{value}{'?' if estimate else ''}"

    partner = [Item(getattr(deal, side))] if side else []
    years = say("arms.nothing_yet") if not deal.years else year_spans(deal.years) + ("?" if deal.years_estimate else "")
    return Line(
        (
            Item(marked(deal.order_year, deal.order_estimate)),
            *partner,
            Item(deal.designation, (f"{deal.description}, {coded(deal.status.lower())}",)),
            Item(marked(deal.ordered, deal.ordered_estimate)),
            Item(marked(deal.delivered, deal.delivered_estimate)),
            Item(years),
            _amount(deal.amount),
        )
    )


def rolling_table(answer: ArmsRollingAnswer) -> Table:
    """A line a window, a column a supplier."""
    names = {row.supplier: row.name for row in answer.rows}
    shown = [key for key in answer.order if key in names]
    held = {(row.year, row.supplier): row.share for row in answer.rows}
    lines = []
    for year in dict.fromkeys(row.year for row in answer.rows):
        cells = [held.get((year, key)) for key in shown]
        first = Item(f"{year - answer.window + 1}–{year}")
        lines.append(Line((first, *(Item(words.share(c), words.share_bounds(c)) for c in cells))))
    columns = (Column(say("arms.head_years"), numeric=False), *(Column(names[key]) for key in shown))
    return Table(say("arms.caption_rolling"), columns, tuple(lines))


def year_spans(years: tuple[int, ...]) -> str:
    """Years in print, those that follow one another as a span.

    >>> year_spans((2011, 2013, 2014, 2015))
    '2011, 2013–2015'
    """
    spans: list[list[int]] = []
    for year in years:
        if spans and year == spans[-1][-1] + 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return ", ".join(f"{s[0]}–{s[-1]}" if len(s) > 1 else str(s[0]) for s in spans)
