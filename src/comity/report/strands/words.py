"""Statements beside votes, arguments beside evidence, predictions beside what came: laid out."""

from __future__ import annotations

from collections import Counter

from comity.model.coded import coded
from comity.model.words import say
from comity.report.document import Block, Chapter, Column, Document, Item, Line, Paragraph, Table
from comity.report.strands.registry import assembled, lays_out
from comity.report.strands.rows import below, dates, details, figures, mark, texts, told, when
from comity.strands.ledgers.kinds import Argument, Candidacy, Prediction
from comity.strands.translated import translated
from comity.study.answers.words import (
    ArgumentsAnswer,
    Evidence,
    Foreseen,
    PredictionsAnswer,
    Reason,
    Record,
    Said,
    StatementsAnswer,
)


@lays_out(StatementsAnswer)
def statements(answer: StatementsAnswer) -> Document:
    """Words, and the vote they were said on."""
    tied = [s for s in answer.said if s.record]
    found = sum(bool(s.record and s.record.origin) for s in tied)
    title = say("statements.title", subject=answer.header.subject)
    lead = say("statements.lead", n=len(answer.said), k=len(tied), found=found)
    columns = (
        Column(say("ledger.when"), numeric=False),
        Column(say("statements.said"), numeric=False),
        Column(say("statements.vote"), numeric=False),
    )
    table = Table("", columns, tuple(map(_said, answer.said)))
    return assembled(
        answer,
        title,
        lead,
        Chapter("statements", say("statements.list"), (table,)),
        *texts(s.entry for s in answer.said),
    )


def _said(said: Said) -> Line:
    row = said.entry.row
    vote = _record(said.record) if said.record else Item(say("statements.no_vote"))
    return Line((Item(dates(row), (row.id, mark(row))), told(said.entry), vote))


def _record(record: Record) -> Item:
    if not record.origin:
        return Item(say("statements.no_record", symbol=record.symbol))
    votes = [say("statements.voted", name=v.name, choice=coded(v.choice)) for v in record.votes if v.choice]
    where = say("statements.from", origin=record.origin)
    head = say("statements.record", symbol=record.symbol, date=record.date)
    return Item(head, (*votes, where))


@lays_out(ArgumentsAnswer)
def arguments(answer: ArgumentsAnswer) -> Document:
    """Both sides, each reason with its evidence."""
    reasons = (*answer.continuity, *answer.reconsideration)
    lead = say(
        "arguments.lead",
        continuity=len(answer.continuity),
        reconsideration=len(answer.reconsideration),
        repeated=sum(len(r.repeated) for r in reasons),
    )
    chapters = [
        Chapter(side, say(f"arguments.{side}"), (_reasons(getattr(answer, side)),))
        for side in ("continuity", "reconsideration")
    ]
    return assembled(
        answer, say("arguments.title", subject=answer.header.subject), lead, *chapters, *texts(r.entry for r in reasons)
    )


def _reasons(reasons: tuple[Reason, ...]) -> Block:
    if not reasons:
        return Paragraph(say("arguments.no_reason"), quiet=True)
    columns = (
        Column(say("arguments.argument"), numeric=False),
        Column(say("arguments.strength"), numeric=False),
        Column(say("arguments.evidence"), numeric=False),
    )
    return Table("", columns, tuple(map(_reason, reasons)))


def _reason(reason: Reason) -> Line:
    row = reason.entry.row
    assert isinstance(row, Argument)
    again = [say("arguments.again", where="; ".join(e.cited)) for e in reason.repeated]
    under = (*below(reason.entry, detail=False), *again)
    return Line(
        (
            Item(translated(row.argument), under),
            Item(coded(row.strength), (when(row.date), mark(row))),
            _evidence(reason.evidence),
        )
    )


@lays_out(PredictionsAnswer)
def predictions(answer: PredictionsAnswer) -> Document:
    """Each forecast with its outcome."""
    rows = [f.entry.row for f in answer.foreseen]
    outcomes = Counter(row.outcome for row in rows if isinstance(row, Prediction))
    counted = ", ".join(say("predictions.outcome_count", n=n, outcome=coded(o)) for o, n in outcomes.most_common())
    title = say("predictions.title", subject=answer.header.subject)
    columns = (
        Column(say("ledger.when"), numeric=False),
        Column(say("predictions.prediction"), numeric=False),
        Column(say("predictions.outcome"), numeric=False),
        Column(say("predictions.evidence"), numeric=False),
    )
    table = Table("", columns, tuple(map(_foreseen, answer.foreseen)))
    lead = say("predictions.lead", n=len(rows), told=counted)
    return assembled(
        answer,
        title,
        lead,
        Chapter("predictions", say("predictions.list"), (table,)),
        *texts(f.entry for f in answer.foreseen),
    )


def _foreseen(foreseen: Foreseen) -> Line:
    row = foreseen.entry.row
    assert isinstance(row, Prediction)
    key = "predictions.horizon" if row.horizon else "predictions.no_horizon"
    horizon = say(key, date=when(row.horizon)) if row.horizon else say(key)
    passed = (say("predictions.overdue"),) if foreseen.overdue else ()
    under = (say("predictions.test", test=translated(row.test)), *below(foreseen.entry, detail=False))
    return Line(
        (
            Item(dates(row), (horizon,)),
            Item(translated(row.foresaw), under),
            Item(coded(row.outcome), (say("predictions.judged", date=when(row.judged)), *passed, mark(row))),
            _evidence(foreseen.evidence),
        )
    )


def _evidence(found: tuple[Evidence, ...]) -> Item:
    """Rows by date and title with their figures, roll calls with their votes; what is not at hand, said so."""
    if not found:
        return Item(say("arguments.none"))
    lines: list[str] = []
    for e in found:
        if e.entry:
            row = e.entry.row
            votes = details(row)[1:] if isinstance(row, Candidacy) else ()
            lines += [f"{dates(row)}: {translated(row.title)} ({mark(row)})", *votes, *figures(row)]
        elif e.record and e.record.origin:
            cast = (say("statements.voted", name=v.name, choice=coded(v.choice)) for v in e.record.votes if v.choice)
            lines.append(f"{e.record.symbol}: {', '.join(cast)}")
        else:
            lines.append(say("arguments.lost", named=e.named))
    return Item(lines[0], tuple(lines[1:]))
