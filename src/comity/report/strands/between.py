"""The time between two dates, laid out."""

from __future__ import annotations

from comity.model.language import numeral
from comity.model.words import say
from comity.report.document import Chapter, Column, Document, Item, Line, Table
from comity.report.strands.registry import assembled, lays_out
from comity.report.strands.rows import rows_table, when
from comity.study.answers.between import BetweenAnswer


@lays_out(BetweenAnswer)
def between(answer: BetweenAnswer) -> Document:
    """Days, whole months, whole years; whether the words hold; the rows the dates were taken from."""
    a, b = when(answer.a), when(answer.b)
    title = say("between.title", a=a, b=b)
    lead = say("between.lead", days=_range(answer.length.days), a=a, b=b)
    if answer.told:
        key = {"yes": "yes", "no": "no"}.get(answer.told, "unknown")
        lead += f" {say('between.said', said=answer.said)} {say(f'between.{key}')}."
    lines = [
        Line((Item(say(f"between.{unit}")), Item(_range(getattr(answer.length, unit)))))
        for unit in ("days", "months", "years")
    ]
    columns = (Column(say("between.measure"), numeric=False), Column(say("between.length")))
    rows = [e for e in (answer.row_a, answer.row_b) if e]
    taken = (rows_table(rows),) if rows else ()
    return assembled(
        answer, title, lead, Chapter("between", say("between.list"), (Table("", columns, tuple(lines)), *taken))
    )


def _range(given: tuple[int, int]) -> str:
    least, most = given
    return (
        numeral(most, ",")
        if least == most
        else say("between.range", least=numeral(least, ","), most=numeral(most, ","))
    )
