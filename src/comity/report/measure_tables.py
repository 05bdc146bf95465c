"""The measures of a pair as a neutral table, and the sentences that belong beside their values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comity.model.language import typeset
from comity.model.words import say, span
from comity.report import parts
from comity.report.document import Column, Item, Line, Table
from comity.study.answers.common import Cell, PairRow
from comity.study.answers.measured import Measured
from comity.study.answers.pair import PairAnswer

_LARGE = 200


def measures_table(answer: PairAnswer) -> Table | None:
    """One line a pair and measure, one column a period; None where no measure was asked for."""
    if not answer.lead.cells or not answer.lead.cells[0].measures:
        return None
    heads = (Column(say("column.pair"), numeric=False), Column(say("measured.column"), numeric=False))
    periods = tuple(Column(parts.period_label(cell)) for cell in answer.lead.cells)
    lines = tuple(line for row in answer.rows for line in _pair_lines(row))
    caption = say("measured.caption_years" if _by_year(answer) else "measured.caption", issue=answer.header.issue_label)
    return Table(caption, (*heads, *periods), lines, heads=2, grouped=True)


def measure_sentences(answer: PairAnswer) -> tuple[str, ...]:
    """What must be said beside the values: undefined and why, below chance, small, pooled; empty without measures."""
    values = [(row, cell, m) for row in answer.rows for cell in row.cells for m in cell.measures]
    if not values:
        return ()
    ids = {m.id for _, _, m in values}
    told = [m for _, _, m in values]
    said = [
        (any(m.below_chance for m in told), "below_chance"),
        (any(m.choices is not None for m in told), "beside"),
        ("s" in ids, "s_is_ia"),
        ("voeten" in ids, "voeten"),
        ("state_2022" in ids, "state_2022"),
        (any(m.value is not None and m.n < parts.SMALL for m in told), "small"),
        (not _by_year(answer) and any(cell.period.start != cell.period.end for _, cell, _ in values), "pooled"),
        (_by_year(answer), "years"),
    ]
    return (*_undefined(answer.rows), *(say(f"measured.{key}") for holds, key in said if holds))


def _by_year(answer: PairAnswer) -> bool:
    return any(m.years is not None for cell in answer.lead.cells for m in cell.measures)


def _pair_lines(row: PairRow) -> Iterator[Line]:
    cast = (str(cell.counts.cast) for cell in row.cells)
    yield Line((Item(row.label), Item(say("measured.both_cast")), *map(Item, cast)), "first")
    corrected = None
    for k, first in enumerate(row.cells[0].measures):
        across = [cell.measures[k] for cell in row.cells]
        items = (_value(cell, m) for cell, m in zip(row.cells, across, strict=True))
        yield Line((Item(""), Item(first.id), *items))
        if any(m.choices is not None for m in across):
            corrected = across
    # All chance-corrected measures read the same votes, so one prevalence and one bias stand for them.
    for key in ("prevalence", "bias") if corrected else ():
        beside = (Item(_number(getattr(m, key), m.n)) for m in corrected or ())
        yield Line((Item(""), Item(say(f"measured.{key}")), *beside))


def _value(cell: Cell, measured: Measured) -> Item:
    if measured.value is None:
        return Item(say("measured.undefined"))
    if measured.years is not None:
        of = measured.years + (measured.years_left_out or 0)
        return Item(_number(measured.value, measured.n), (say("measured.of_years", k=measured.years, n=of),))
    over = (say("measured.over_n", n=measured.n),) if measured.n != cell.counts.cast else ()
    return Item(_number(measured.value, measured.n), over)


def _number(value: float | None, n: int) -> str:
    """With the decimals that n votes carry.

    >>> _number(-0.2376, 111), _number(0.75194, 447), _number(0.5, 8), _number(-0.001, 111), _number(None, 0)
    ('−0.24', '0.752', '0.5', '0.00', '–')
    """
    if value is None:
        return parts.NO_VALUE
    return typeset(value, f".{1 if n < parts.SMALL else 2 if n < _LARGE else 3}f")


def _undefined(rows: Iterable[PairRow]) -> Iterator[str]:
    """One sentence a reason that holds throughout, then one a pair, period and other reason."""
    cells = [(row, cell) for row in rows for cell in row.cells]
    shared = {m.reason for m in cells[0][1].measures if m.reason and m.choices is None}
    for _, cell in cells:
        shared &= {m.reason for m in cell.measures}
    for throughout in dict.fromkeys(m.reason for m in cells[0][1].measures if m.reason in shared):
        ids = ", ".join(m.id for m in cells[0][1].measures if m.reason == throughout)
        yield say("measured.why_all", ids=ids, reason=throughout)
    for row, cell in cells:
        missing = [m for m in cell.measures if m.reason and m.reason not in shared]
        for reason in dict.fromkeys(m.reason for m in missing):
            yield _why(row, cell, [m for m in missing if m.reason == reason])


def _why(row: PairRow, cell: Cell, alike: list[Measured]) -> str:
    ids = ", ".join(m.id for m in alike)
    fields: dict[str, object] = {"pair": row.label, "period": span(cell.period.label), "ids": ids}
    fields["reason"] = alike[0].reason
    if (choices := alike[0].choices) is None:
        return say("measured.why", **fields)
    keys = ("yes", "abstain", "no")
    counts = (n for own in choices for n in own)
    fields |= {"a": row.name_a, "b": row.name_b}
    fields |= dict(zip((f"{side}_{key}" for side in "ab" for key in keys), counts, strict=True))
    return say("measured.why_choices", **fields)
