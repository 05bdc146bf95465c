"""Arms deliveries laid out: a state's suppliers, a supplier's customers, a pair, shares over the years."""

from __future__ import annotations

from comity.model.words import say, span
from comity.report.document import Block, Chapter, Document, Paragraph, chapter
from comity.report.strands import arms_words as words
from comity.report.strands.arms_tables import marks_table, partners_table, platforms_table, rolling_table, years_table
from comity.report.strands.registry import assembled, lays_out
from comity.study.answers.arms import ArmsAnswer, ArmsPairAnswer
from comity.study.answers.arms_rolling import ArmsRollingAnswer


@lays_out(ArmsAnswer)
def arms_document(answer: ArmsAnswer) -> Document:
    """Partners with concentration, years, orders, dates; the table asked for first."""
    title = say(f"arms.title_{answer.side}", name=answer.name, period=span(answer.period.label))
    made = {
        "supplier": chapter("arms_partners", partners_table(answer), _said(words.concentration(answer))),
        "year": _years(answer),
        "platform": _platforms(answer),
    }
    order = [answer.by, *(key for key in ("supplier", "year") if key != answer.by)]
    chapters = [found for key in order if (found := made[key])]
    return assembled(answer, title, words.lead(answer), *chapters, *_last(answer))


@lays_out(ArmsPairAnswer)
def arms_pair_document(answer: ArmsPairAnswer) -> Document:
    """Years, orders, dates; deals first where they were asked for."""
    names = {"recipient": answer.recipient_name, "supplier": answer.supplier_name}
    title = say("arms.title_pair", period=span(answer.period.label), **names)
    deals = (_platforms(answer),) if answer.by == "platform" else ()
    chapters = [found for found in (*deals, _years(answer), *_last(answer)) if found]
    return assembled(answer, title, words.lead_pair(answer), *chapters)


@lays_out(ArmsRollingAnswer)
def arms_rolling_document(answer: ArmsRollingAnswer) -> Document:
    """The figure, and the same as a table."""
    from comity.report.pictures import arms_picture

    title = say("arms_figure.title", name=answer.name, period=span(answer.period.label))
    return assembled(answer, title, "", chapter("arms_shares", arms_picture(answer), rolling_table(answer)))


def _years(answer: ArmsAnswer | ArmsPairAnswer) -> Chapter:
    peak = words.peak(answer.peak, {y.year: y.amount for y in answer.years})
    return chapter("arms_years", _said(peak), years_table(answer))


def _platforms(answer: ArmsAnswer | ArmsPairAnswer) -> Chapter | None:
    if not answer.platforms:
        return None
    varies = None if isinstance(answer, ArmsPairAnswer) else "supplier" if answer.side == "recipient" else "recipient"
    return chapter("arms_platforms", platforms_table(answer.platforms, side=varies))


def _last(answer: ArmsAnswer | ArmsPairAnswer) -> list[Chapter]:
    """Orders against deliveries, deliveries since a year, dated measures."""
    blocks: list[Block | None] = [_said(words.orders(answer.orders, answer.period.end))]
    if isinstance(answer, ArmsPairAnswer) and answer.stock_share:
        told = {"amount": words.in_words(answer.stock), "share": words.share_in_words(answer.stock_share)}
        names = {"recipient": answer.recipient_name, "since": str(answer.stock_since), "last": str(answer.period.end)}
        blocks.append(_said(say("arms.stock", **told, **names)))
    marks = [chapter("arms_marks", marks_table(answer.marks))] if answer.marks else []
    return [chapter("arms_orders", *blocks), *marks]


def _said(sentence: str) -> Paragraph | None:
    return Paragraph(sentence) if sentence else None
