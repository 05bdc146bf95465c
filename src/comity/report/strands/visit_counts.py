"""Published counts of visits laid out: years down, a column a series."""

from __future__ import annotations

from comity.model.language import numeral
from comity.model.words import named, say
from comity.report.document import Column, Document, Item, Line, Table, chapter
from comity.report.parts import NO_VALUE
from comity.report.strands.registry import assembled, lays_out
from comity.study.answers.visit_counts import CountSeries, VisitCountsAnswer


@lays_out(VisitCountsAnswer)
def visit_counts_document(answer: VisitCountsAnswer) -> Document:
    """One table."""
    columns = (Column(say("visit_counts.year"), numeric=False), *(Column(_head(s)) for s in answer.series))
    years = range(answer.period.start, answer.period.end + 1)
    lines = tuple(Line((Item(str(year)), *(Item(_cell(s.on(year))) for s in answer.series))) for year in years)
    title = say("visit_counts.title", name=answer.name)
    lead = say("visit_counts.lead", name=named(answer.name))
    table = Table(say("visit_counts.caption"), columns, lines)
    return assembled(answer, title, lead, chapter("visit_counts", table))


def _head(series: CountSeries) -> str:
    return say(f"visit_counts.{series.key.replace(' ', '_')}", other=series.other or "", table=series.table)


def _cell(count: int | None) -> str:
    return NO_VALUE if count is None else numeral(count, ",")
