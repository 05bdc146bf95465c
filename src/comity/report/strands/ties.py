"""Dated ties of a pair laid out."""

from __future__ import annotations

from datetime import date

from comity.model.coded import coded
from comity.model.words import named, say
from comity.report.document import Column, Document, Item, Line, Paragraph, Table, chapter
from comity.report.parts import NO_VALUE, day
from comity.report.strands.registry import assembled, lays_out
from comity.strands.ties import Agreement, InCommon
from comity.study.answers.ties import AgreementTable, AllianceTable, TiesAnswer


@lays_out(TiesAnswer)
def ties_document(answer: TiesAnswer) -> Document:
    """Alliances, trade agreements, memberships."""
    title = say("ties.title", a=answer.name_a, b=answer.name_b)
    blocks = {
        "ties_alliances": [_alliance_block(answer, t) for t in answer.alliances],
        "ties_agreements": [_agreement_block(answer, t) for t in answer.agreements],
        "ties_memberships": [_membership_block(answer)],
    }
    return assembled(answer, title, _lead(answer), *(chapter(key, *made) for key, made in blocks.items() if made))


def _lead(answer: TiesAnswer) -> str:
    """How many of each; a kind of which no table tells is not counted as none."""
    told = [say("ties.lead", a=named(answer.name_a), b=named(answer.name_b))]
    for key, tables, found in (
        ("alliances", answer.alliances, sum(len(t.spells) for t in answer.alliances)),
        ("agreements", answer.agreements, sum(len(t.agreements) for t in answer.agreements)),
    ):
        told.append(say(f"ties.lead_{key}", k=found) if tables else say(f"ties.lead_no_{key}"))
    return " ".join((*told, say("ties.lead_groups", k=len(answer.memberships))))


def _caption(table: AllianceTable | AgreementTable) -> str:
    key = "ties.table_ended" if table.ended else "ties.table"
    return say(key, label=table.label, first=table.first, last=table.last)


def _alliance_block(answer: TiesAnswer, table: AllianceTable) -> Table | Paragraph:
    if not table.spells:
        return _none("ties.no_alliance", answer, table)
    heads = tuple(Column(say(f"ties.{key}"), numeric=False) for key in ("from", "to", "promises"))
    lines = tuple(
        Line((Item(str(s.first)), Item(_last_year(s.last, s.last_covered)), Item(_promises(s.promises))))
        for s in table.spells
    )
    return Table(_caption(table), heads, lines)


def _promises(given: str) -> str:
    return ", ".join(map(coded, given.split(", "))) if given else say("ties.unnamed")


def _last_year(last: int, open_end: bool) -> str:
    return say("ties.or_later", year=last) if open_end else str(last)


def _agreement_block(answer: TiesAnswer, table: AgreementTable) -> Table | Paragraph:
    if not table.agreements:
        return _none("ties.no_agreement", answer, table)
    keys = ("agreement", "signed", "force", "left", "parties")
    heads = tuple(Column(say(f"ties.{key}"), numeric=key == "parties") for key in keys)
    lines = tuple(Line(tuple(map(Item, _agreement_cells(x)))) for x in table.agreements)
    return Table(_caption(table), heads, lines)


def _agreement_cells(found: Agreement) -> tuple[str, ...]:
    years = (found.signed, found.force, found.left)
    return (found.name, *(NO_VALUE if year is None else str(year) for year in years), str(found.parties))


def _none(key: str, answer: TiesAnswer, table: AllianceTable | AgreementTable) -> Paragraph:
    key = f"{key}_ended" if table.ended else f"{key}_on" if answer.on else key
    text = say(key, label=table.label, first=table.first, last=table.last, a=answer.name_a, b=answer.name_b)
    return Paragraph(text)


def _membership_block(answer: TiesAnswer) -> Table | Paragraph:
    if not answer.memberships:
        return Paragraph(say("ties.no_membership"))
    heads = tuple(Column(say(f"ties.{key}"), numeric=False) for key in ("group", "from", "to", "record"))
    return Table(say("ties.membership_caption"), heads, tuple(map(_membership_line, answer.memberships)))


def _membership_line(found: InCommon) -> Line:
    start, end = found.spell.start, found.spell.end
    since = say("ties.from_before") if start == date.min else day(start, found.precision)
    until = day(end, found.precision) if end else say("ties.lasts")
    mark = "" if found.checked else say("ties.unchecked")
    return Line((Item(found.name), Item(since), Item(until), Item(found.source, (mark,) if mark else ())))
