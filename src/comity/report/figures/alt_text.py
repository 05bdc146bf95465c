"""Words for those who do not see the figure: counts with their denominator, and the rank where there is one."""

from __future__ import annotations

from comity.model.counts import CATEGORIES
from comity.model.words import ordinal, say, span
from comity.report import parts
from comity.study.answers.common import Cell
from comity.study.answers.pair import PairAnswer, TrendAnswer
from comity.study.answers.rank import Partner, RankAnswer


def alt_text(answer: PairAnswer | TrendAnswer | RankAnswer, highlight: str | None = None) -> str:
    """What a figure of this answer shows. Counts stand for shares unless the rank is said with them."""
    match answer:
        case PairAnswer():
            return _pair(answer)
        case TrendAnswer():
            return _trend(answer)
        case RankAnswer():
            return _rank(answer, highlight)


def _pair(answer: PairAnswer) -> str:
    lead, last = answer.lead, answer.lead.cells[-1].period
    told = [(lead, cell, _counts(cell)) for cell in lead.cells]
    told += [(row, row.cells[-1], _alike(row.cells[-1])) for row in answer.rows[1:]]
    cells = " ".join(
        say("alt.cell", pair=row.label, period=span(cell.period.label), counts=counts) for row, cell, counts in told
    )
    standings = " ".join(parts.standing_line(s) for s in answer.standings if s.period == last)
    return say("alt.pair", issue=answer.header.issue_label, cells=cells, standings=standings, **answer.header.where)


def _counts(cell: Cell) -> str:
    counts = cell.counts
    if not counts.roll_calls:
        return say("line.nothing")
    listed = ", ".join(f"{getattr(counts, c)} {say(f'category.{c}')}" for c in CATEGORIES)
    return say("alt.counts", n=counts.roll_calls, listed=listed)


def _alike(cell: Cell) -> str:
    counts = cell.counts
    return say("alt.alike", same=counts.same, n=counts.roll_calls) if counts.roll_calls else say("line.nothing")


def _trend(answer: TrendAnswer) -> str:
    held = [c for c in answer.row.cells if c.counts.cast]
    if not held:
        return say("alt.trend_empty", pair=answer.row.label, issue=answer.header.issue_label, **answer.header.where)
    value = {c.period: c.counts.share_of_cast("same").value or 0.0 for c in held}
    picked = {
        "first": held[0],
        "last": held[-1],
        "low": min(held, key=lambda c: value[c.period]),
        "high": max(held, key=lambda c: value[c.period]),
    }
    points = {
        k: say("alt.point", year=span(c.period.label), same=c.counts.same, cast=c.counts.cast)
        for k, c in picked.items()
    }
    return say("alt.trend", pair=answer.row.label, issue=answer.header.issue_label, **points, **answer.header.where)


def _rank(answer: RankAnswer, highlight: str | None) -> str:
    chosen = [p for p in answer.partners if p.state == highlight] or list(answer.partners[:1])
    told = " ".join(_partner(answer, p) for p in chosen)
    return say(
        "alt.rank",
        state=answer.name,
        issue=answer.header.issue_label,
        period=span(answer.period.label),
        among=len(answer.partners),
        median=parts.level(answer.median, answer.roll_calls),
        n=answer.roll_calls,
        told=told,
        **answer.header.where,
    )


def _partner(answer: RankAnswer, partner: Partner) -> str:
    counts = partner.counts
    return say(
        "alt.partner",
        name=partner.name,
        rank=ordinal(partner.rank),
        among=len(answer.partners),
        same=counts.same,
        cast=counts.cast,
        share=parts.share(counts.share_of_cast("same")),
    )
