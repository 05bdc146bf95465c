"""Rows of ledgers and the list of ledgers, laid out."""

from __future__ import annotations

from comity.model.coded import coded
from comity.model.words import say
from comity.report.document import Chapter, Column, Document, Item, Line, Paragraph, Table
from comity.report.strands.registry import assembled, lays_out
from comity.report.strands.rows import rows_table, texts, when
from comity.study.answers.ledger import LedgerListAnswer, LedgerRowsAnswer


@lays_out(LedgerRowsAnswer)
def ledger_rows(answer: LedgerRowsAnswer) -> Document:
    """Groups of rows, each a chapter."""
    found = answer.entries
    checked = sum(e.row.checked for e in found)
    subject = answer.header.subject
    title = say(f"ledger_title.{answer.question}", subject=subject, kind=coded(found[0].kind))
    lead = say(f"ledger_lead.{answer.question}", n=len(found), checked=checked)
    chapters = [
        Chapter(f"group-{i}", say("ledger.group", label=coded(g.label), n=len(g.entries)), (rows_table(g.entries),))
        for i, g in enumerate(answer.groups, 1)
    ]
    return assembled(answer, title, lead, *chapters, *texts(found))


@lays_out(LedgerListAnswer)
def ledger_list(answer: LedgerListAnswer) -> Document:
    """One line a ledger."""
    columns = (
        Column(say("ledger.kind"), numeric=False),
        Column(say("ledger.what"), numeric=False),
        Column(say("ledger.rows")),
        Column(say("ledger.checked")),
        Column(say("ledger.own")),
        Column(say("ledger.last"), numeric=False),
    )
    lines = [
        Line(
            (
                Item(x.kind), Item(x.what), Item(str(x.rows)), Item(str(x.checked)), Item(str(x.own)),
                Item(when(x.last) if x.last else say("tiers.open")),
            )
        )
        for x in answer.ledgers
    ]  # fmt: skip
    table = Table("", columns, tuple(lines))
    folder = Paragraph(say("ledger.folder", folder=answer.folder), quiet=True)
    return assembled(answer, say("ledger.list"), "", Chapter("ledgers", say("ledger.every"), (table, folder)))
