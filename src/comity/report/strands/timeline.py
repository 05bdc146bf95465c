"""The timeline laid out: one line a row, accounts of one happening together, the figure on pages."""

from __future__ import annotations

from collections.abc import Iterator

from comity.model.coded import coded
from comity.model.words import say
from comity.report.document import Chapter, Column, Document, Item, Line, Table
from comity.report.strands.registry import assembled, lays_out
from comity.report.strands.rows import dates, status, texts, told
from comity.study.answers.timeline import Moment, TimelineAnswer


@lays_out(TimelineAnswer)
def timeline(answer: TimelineAnswer) -> Document:
    """Every moment in order."""
    found = answer.entries
    title = say("timeline.title", subject=answer.header.subject)
    lead = say(
        "timeline.lead",
        moments=len(answer.moments),
        rows=len(found),
        ledgers=len({e.kind for e in found}),
        unchecked=sum(not e.row.checked for e in found),
    )
    columns = (
        Column(say("ledger.when"), numeric=False),
        Column(say("ledger.told"), numeric=False),
        Column(say("ledger.status"), numeric=False),
    )
    lines = tuple(line for moment in answer.moments for line in _lines(moment))
    return assembled(
        answer, title, lead, Chapter("timeline", say("timeline.list"), (Table("", columns, lines),)), *texts(found)
    )


def _lines(moment: Moment) -> Iterator[Line]:
    several = moment.accounts > 1
    for i, e in enumerate(moment.entries):
        marks = []
        if several and i == 0:
            key = "timeline.differ" if moment.same_day == "no" else "timeline.accounts"
            marks.append(say(key, n=moment.accounts))
        yield Line((Item(dates(e.row), (coded(e.kind), *marks)), told(e), status(e.row)))
