"""What stands first in every view of a pair: its subtitle, and a few figures set large."""

from __future__ import annotations

from typing import Any

from comity.model.words import ordinal, percent, say, span
from comity.report import parts
from comity.report.document import Facts
from comity.study.answers.pair import PairAnswer, Standing


def subtitle(answer: PairAnswer) -> str:
    """Issue, periods and clock."""
    periods = ", ".join(dict.fromkeys(span(c.period.label) for c in answer.lead.cells))
    clock = say(f"clock.{answer.header.reading.clock}")
    told = say("page.subtitle", issue=answer.header.issue_label, periods=periods, clock=clock)
    return parts.of_body(answer.header, told)


def facts(answer: PairAnswer) -> Facts:
    """The count of the last period and both ranks, each with its N, its rank and its median."""
    row, cell = answer.lead, answer.lead.cells[-1]
    current = [s for s in answer.standings if s.period == cell.period]
    counts = cell.counts
    fields: dict[str, Any] = {"a": row.name_a, "b": row.name_b, "period": span(cell.period.label), "cast": counts.cast}
    big = say("fact.count", k=counts.same, n=counts.roll_calls)
    if not current or counts.cast < parts.SMALL:
        key = "fact.alike_small" if current else "fact.alike_alone"
        return Facts(((big, say(key, **fields)), *map(_rank_fact, current)))
    first = current[0]
    alike = say(
        "fact.alike",
        **fields,
        n=counts.roll_calls,
        share_all=percent(counts.same, counts.roll_calls),
        share_cast=percent(counts.same, counts.cast),
        partner=first.name_partner,
        state=first.name_state,
        rank=ordinal(first.rank),
        among=first.among,
    )
    return Facts(((big, alike), *map(_rank_fact, current)))


def _rank_fact(standing: Standing) -> tuple[str, str]:
    sentence = say(
        "fact.rank",
        partner=standing.name_partner,
        state=standing.name_state,
        period=span(standing.period.label),
        cast=standing.share.n,
        median=parts.level(standing.median, standing.share.n),
    )
    return say("line.rank", rank=ordinal(standing.rank), among=standing.among), sentence
