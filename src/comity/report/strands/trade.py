"""Trade laid out: a pair by year, and a state's partners."""

from __future__ import annotations

from comity.model.coded import coded
from comity.model.language import numeral
from comity.model.words import during, named, possessive, say, span
from comity.report.document import Column, Document, Item, Line, Table, chapter
from comity.report.parts import NO_VALUE
from comity.report.strands.registry import assembled, lays_out
from comity.strands.trade import LEAST, Ratio
from comity.study.answers.trade import MirrorYear, PartnersAnswer, PartnerTrade, Side, TradeAnswer, TradeYear

MILLION = 1e6
SHOWN = 25
_VALUED = {"cif": "c.i.f.", "fob": "f.o.b.", "as recorded": "as recorded"}


def amount(value: float | None) -> str:
    """An amount in millions; whole from 10 on, a decimal below, a dash where it is not known.

    >>> amount(2296e6), amount(450000.0), amount(0.0), amount(None)
    ('2,296', '0.45', '0', '–')
    """
    if value is None:
        return NO_VALUE
    millions = value / MILLION
    if millions == 0 or abs(millions) >= 10:
        return numeral(millions, ",.0f").replace("-", "−")
    return numeral(millions, ",.2f").replace("-", "−")


def percentage(found: Ratio) -> str:
    """A share in percent with two digits that tell; a dash where there is none.

    >>> percentage(Ratio(0.2116)), percentage(Ratio(0.0101)), percentage(Ratio(0.00004)), percentage(Ratio(None))
    ('21.2 %', '1.0 %', '0.004 %', '–')
    """
    if found.value is None:
        return NO_VALUE
    value = 100 * found.value
    return f"{numeral(value, f'.{1 if value >= 1 or value == 0 else 2 if value >= 0.1 else 3}f')} %"


def quotient(found: Ratio) -> str:
    """A ratio with two decimals; a dash where there is none."""
    return NO_VALUE if found.value is None else numeral(found.value, ".2f")


@lays_out(TradeAnswer)
def trade_document(answer: TradeAnswer) -> Document:
    """Years, intensity, both records."""
    title = say("trade.title", a=answer.name_a, b=answer.name_b)
    mirrors = (chapter("trade_mirror", _mirror_table(answer)),) if answer.mirrors else ()
    intense = [
        y for y in answer.years if y.intensity_imports.value is not None or y.intensity_exports.value is not None
    ]
    intensity = (chapter("trade_intensity", _intensity_table(answer, intense)),) if intense else ()
    return assembled(answer, title, _lead(answer), chapter("trade_years", _years_table(answer)), *intensity, *mirrors)


@lays_out(PartnersAnswer)
def partners_document(answer: PartnersAnswer) -> Document:
    """The partners, the largest first."""
    title = say("trade.title_one", state=answer.name)
    return assembled(answer, title, _lead_one(answer), chapter("trade_partners", _partners_table(answer)))


def _unit(answer: TradeAnswer | PartnersAnswer) -> str:
    return say("trade.million", currency=answer.currency)


def _caption(answer: TradeAnswer | PartnersAnswer, key: str, **more: str) -> str:
    told = answer.valuations
    if all(valuation == "as recorded" for _, valuation in told):
        valuations = say("trade.not_valued")
    else:
        valuations = ", ".join(say(f"trade.valued_{flow}", valuation=coded(_VALUED[v])) for flow, v in told)
    return say(key, unit=_unit(answer), valuations=valuations, **more)


def _money(answer: TradeAnswer | PartnersAnswer, value: float | None) -> str:
    return say("trade.amount", value=amount(value), unit=_unit(answer))


def _lead(answer: TradeAnswer) -> str:
    sums = answer.sums
    if not sums.years:
        return say("trade.lead_none", period=span(answer.period.label))
    amounts = {k: _money(answer, getattr(sums, k)) for k in ("imports", "exports", "both")}
    during_words = during(answer.period)
    told = [say("trade.lead", during=during_words, a=named(answer.name_a), b=named(answer.name_b), **amounts)]
    shares = [(s, n) for s, n in ((sums.share_a, answer.name_a), (sums.share_b, answer.name_b)) if s.value is not None]
    if shares:
        told_of = [say("trade.lead_share", share=percentage(share), whose=possessive(name)) for share, name in shares]
        told.append(say(f"trade.lead_shares_{len(told_of)}", **dict(zip(("a", "b"), told_of, strict=False))))
    if sums.years < sums.asked:
        told.append(say("trade.lead_partial", k=sums.years, asked=sums.asked))
    return " ".join(told)


def _lead_one(answer: PartnersAnswer) -> str:
    first = next((p for p in answer.partners if p.rank == 1 and p.share is not None), None)
    period = span(answer.period.label)
    if first is None:
        return say("trade.lead_no_rank", period=period, least=LEAST)
    imports, exports = answer.total_imports, answer.total_exports
    total = None if imports is None or exports is None else imports + exports
    return say(
        "trade.lead_one",
        genitive=possessive(answer.name),
        period=period,
        total=_money(answer, total),
        first=named(first.name),
        amount=_money(answer, first.both),
        share=percentage(Ratio(first.share)),
    )


def _years_table(answer: TradeAnswer) -> Table:
    heads = [
        say("trade.year"),
        say("trade.imports", b=answer.b),
        say("trade.exports", b=answer.b),
        say("trade.both"),
    ]
    for state in (answer.a, answer.b):
        heads += [say("trade.share", state=state), say("trade.rank", state=state)]
    columns = tuple(Column(head, numeric=i > 0) for i, head in enumerate(heads))
    lines = [Line(tuple(map(Item, _year_cells(year)))) for year in answer.years]
    if answer.sums.years:
        lines.append(_sum_line(answer))
    return Table(_caption(answer, "trade.caption_years"), columns, tuple(lines))


def _year_cells(year: TradeYear) -> list[str]:
    cells = [str(year.year), amount(year.imports), amount(year.exports), amount(year.both)]
    for side in (year.of_a, year.of_b):
        cells += [percentage(side.share), _rank(side)]
    return cells


def _sum_line(answer: TradeAnswer) -> Line:
    sums = answer.sums
    cells = [say("trade.sum", k=sums.years, asked=sums.asked), *map(amount, (sums.imports, sums.exports, sums.both))]
    for share in (sums.share_a, sums.share_b):
        cells += [percentage(share), ""]
    return Line(tuple(map(Item, cells)), kind="median")


def _rank(side: Side) -> str:
    return NO_VALUE if side.rank is None else say("trade.of", rank=side.rank, n=side.ranked)


def _intensity_table(answer: TradeAnswer, years: list[TradeYear]) -> Table:
    heads = (
        say("trade.year"),
        say("trade.intensity_imports", a=answer.a, b=answer.b),
        say("trade.intensity_exports", a=answer.a, b=answer.b),
    )
    columns = tuple(Column(head, numeric=i > 0) for i, head in enumerate(heads))
    lines = tuple(
        Line((Item(str(y.year)), Item(quotient(y.intensity_imports)), Item(quotient(y.intensity_exports))))
        for y in years
    )
    return Table(say("trade.caption_intensity", a=named(answer.name_a)), columns, lines)


def _mirror_table(answer: TradeAnswer) -> Table:
    heads = [say(f"trade.{key}") for key in ("year", "flow", "by_importer", "by_exporter", "gap", "ratio")]
    columns = tuple(Column(head, numeric=i > 1) for i, head in enumerate(heads))
    return Table(_caption(answer, "trade.caption_mirror"), columns, tuple(map(_mirror_line, answer.mirrors)))


def _mirror_line(row: MirrorYear) -> Line:
    flow = say("trade.flow_from", exporter=row.exporter, importer=row.importer)
    cells = (
        str(row.year),
        flow,
        amount(row.by_importer),
        amount(row.by_exporter),
        amount(row.gap),
        quotient(row.ratio),
    )
    return Line(tuple(map(Item, cells)))


def _partners_table(answer: PartnersAnswer) -> Table:
    keys = ("rank_head", "partner", "imports_head", "exports_head", "both", "share_head", "years_head")
    columns = tuple(Column(say(f"trade.{key}"), numeric=i != 1) for i, key in enumerate(keys))
    known = [p for p in answer.partners if p.both is not None]
    notes = []
    if len(known) > SHOWN:
        notes.append(say("trade.cut", k=SHOWN, n=len(known)))
    if without := len(answer.partners) - len(known):
        notes.append(say("trade.unranked", k=without))
    caption = _caption(answer, "trade.caption_partners", period=span(answer.period.label), state=named(answer.name))
    return Table(caption, columns, tuple(map(_partner_line, known[:SHOWN])), heads=2, note=" ".join(notes))


def _partner_line(row: PartnerTrade) -> Line:
    share = percentage(Ratio(row.share))
    cells = (
        str(row.rank or NO_VALUE),
        row.name,
        *map(amount, (row.imports, row.exports, row.both)),
        share,
        str(row.years),
    )
    return Line(tuple(map(Item, cells)))
