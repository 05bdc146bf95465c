"""Surveys about a state laid out."""

from __future__ import annotations

from comity.model.language import numeral
from comity.model.words import named, say
from comity.report.document import Column, Document, Item, Line, Table, chapter
from comity.report.parts import NO_VALUE, SMALL
from comity.report.strands.registry import assembled, lays_out
from comity.study.answers.survey import SurveyAnswer, SurveyRow

_DECIMALS_FROM = 200


@lays_out(SurveyAnswer)
def survey_document(answer: SurveyAnswer) -> Document:
    """One table, by wave."""
    heads = ("wave", "population", "question", "share", "n", "margin", "source")
    columns = tuple(Column(say(f"survey.{head}"), numeric=head in ("share", "n", "margin")) for head in heads)
    table = Table(say("survey.caption"), columns, tuple(map(_line, answer.rows)))
    title, lead = say("survey.title", name=answer.name), say("survey.lead", name=named(answer.name))
    return assembled(answer, title, lead, chapter("survey_waves", table))


def _line(row: SurveyRow) -> Line:
    asked = Item(row.question, (row.answer,) if row.answer else ())
    margin = NO_VALUE if row.margin is None else say("survey.points", margin=numeral(row.margin, "g"))
    cells = (Item(percentage(row.share, row.n)), Item(numeral(row.n, ",")), Item(margin), Item(row.source))
    return Line((Item(row.wave), Item(row.population), asked, *cells))


def percentage(share: float, n: int) -> str:
    """A published share: no decimals where fewer than 200 were asked, none at all where fewer than 20 were.

    >>> percentage(62.4, 1200), percentage(62.4, 150), percentage(60, 15)
    ('62.4 %', '62 %', '–')
    """
    if n < SMALL:
        return NO_VALUE
    return f"{numeral(share, '.0f' if n < _DECIMALS_FROM else 'g')} %"
