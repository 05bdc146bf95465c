"""A made-up answer on surprising votes."""

from __future__ import annotations

from datetime import date

import factory

from comity.model.choice import Choice
from comity.model.counts import Counts
from comity.model.period import Period
from comity.study.answers.common import Note
from comity.study.answers.outliers import Outlier, OutliersAnswer, Side
from comity.study.answers.splits import Split


def outliers_answer(rows: int = 5) -> OutliersAnswer:
    """One row a label; none of them where ``rows`` is 0."""
    sides = (
        Side(Choice.NO, 0.0004, (12, 0, 0), (19, 1, 0), "both"),
        Side(Choice.NO, 0.004, (1, 1, 0), (19, 1, 0), "partners"),
        Side(Choice.ABSTAIN, 0.009, (5, 0, 0), (9, 9, 2), "own_record"),
        Side(Choice.NO, 0.01, (0, 0, 0), (2, 0, 3), "neither"),
        Side(
            Choice.ABSENT, None, (0, 0, 0), (0, 0, 0), "recorded_error", Choice.YES, "A/50/PV.9", "the meeting record"
        ),
    )
    table = ((70, 5, 2, 1), (6, 10, 0, 1), (1, 0, 4, 0), (0, 0, 0, 0))
    return OutliersAnswer(
        header=factory.splits_answer().header,
        a="VNM",
        b="RUS",
        name_a="Viet Nam",
        name_b="Russia",
        period=Period.parse("2000-2020"),
        at=0.01,
        counts=Counts.of(table, 0),
        intended=Counts.of(table, 0) if rows else None,
        opposites=4.2,
        surprises=((0, 0.5, 99), (3, 123.4, 0)),
        held=(812, 840.2, 81_000),
        rows=tuple(
            Outlier(_split(i), Side(Choice.YES, 0.93, (3, 1, 0), (20, 0, 0), ""), sides[i]) for i in range(rows)
        ),
        ledger=2,
        dropped=(),
        notes=(Note("corrections", "The ledger of corrections holds 2 rows."),),
    )


def _split(i: int) -> Split:
    return Split(
        roll_call=f"r{i}",
        date=date(2002, 12, 18),
        date_precision="month" if i else "day",
        session=57,
        symbol=None if i == 3 else f"A/RES/57/{i + 1}",
        symbol_from=None,
        title=None if i == 2 else "The keeping of lighthouses",
        title_from=None,
        choice_a=Choice.YES,
        choice_b=Choice.NO,
        link=None if i == 1 else f"https://undocs.org/A/RES/57/{i + 1}",
    )
