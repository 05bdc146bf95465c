"""What must be said beside volumes of arms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from comity.model.language import numeral
from comity.model.period import Period
from comity.model.words import day_words, say, span
from comity.sources.sipri_cells import is_unknown
from comity.states.registry import registry
from comity.store.datasets import Dataset
from comity.strands.arms import LAST_SOVIET_YEAR, RUSSIA, SOVIET_UNION, Amount
from comity.study.answers.arms import Year
from comity.study.answers.arms_rows import Mark
from comity.study.answers.common import Note
from comity.study.arms_tables import OTHER, Beside, Held, Party
from comity.study.notes import note


def notes(
    held: Held,
    subjects: Mapping[str, Party],
    asked: Period,
    period: Period,
    marks: Iterable[Mark],
    beside: Iterable[Beside],
    amounts: Iterable[Amount],
    years: Iterable[Year] = (),
) -> tuple[Note, ...]:
    """Every note that applies, each once.

    subjects : side → party asked about; beside : tables used; amounts, years : those that the answer shows.
    """
    shown = list(amounts)
    rows = held.rows
    for side, party in subjects.items():
        rows = rows.filter(pl.col(f"{side}_key") == party.key)
    found = [
        *_ends(held, asked, period),
        *_tables(held, beside, period, shown),
        *_outside(years),
        *([("arms_bounds", {})] if any(a.basis == "bounds" for a in shown) else []),
        *_soviet(held, rows, subjects, period),
        *_before(subjects, period),
        *([("arms_unknown", {})] if any(_has_unknown(rows, side) for side in OTHER) else []),
        *_marks(marks),
        ("arms_stock", {}),
        ("arms_orders", {}),
        ("arms_tiv", {}),
    ]
    return tuple(note(key, **fields) for key, fields in found)


_ROUNDED = 0.5  # a table's figures are rounded to whole ones
Told = list[tuple[str, dict[str, object]]]


def _ends(held: Held, asked: Period, period: Period) -> Told:
    """Where the data end, and that the question reached beyond."""
    made = held.dataset.as_of
    fields: dict[str, object] = {
        "label": held.dataset.label,
        "made": day_words(made) if made else say("arms.no_day"),
        "first": held.dataset.first,
        "last": held.dataset.last,
    }
    if asked == period:
        return [("arms_end", fields)]
    return [("arms_beyond", {**fields, "asked": span(asked.label), "period": span(period.label)})]


def _tables(held: Held, beside: Iterable[Beside], period: Period, shown: list[Amount]) -> Told:
    """Which tables stand in for the register, over which years."""
    told: Told = []
    for table in beside:
        fields: dict[str, object] = {
            "label": ", ".join(d.label for d in table.datasets),
            "name": held.name(table.key),
            "first": table.first,
            "last": table.last,
            "made": _made(table.datasets),
        }
        whole = (table.first, table.last) == (period.start, period.end)
        told.append(("arms_table" if whole else "arms_table_part", fields))
    return [*told, ("arms_editions", {})] if told and any(a.basis == "table" for a in shown) else told


def _outside(years: Iterable[Year]) -> Told:
    """Years in which no splitting of the register's rows gives the table's figure."""
    apart = [
        str(y.year)
        for y in years
        if y.register and not y.register.low - _ROUNDED <= y.amount.even <= y.register.high + _ROUNDED
    ]
    return [("arms_outside", {"years": ", ".join(apart)})] if apart else []


def _made(datasets: Iterable[Dataset]) -> str:
    return ", ".join(dict.fromkeys(day_words(d.as_of) for d in datasets if d.as_of)) or say("arms.no_day")


def _soviet(held: Held, rows: pl.DataFrame, subjects: Mapping[str, Party], period: Period) -> Told:
    """How much of what stands under Russia is the Soviet Union's, or that it is left out."""
    last = min(period.end, LAST_SOVIET_YEAR)
    for side in OTHER:
        theirs = rows.filter(pl.col(f"{side}_name") == SOVIET_UNION)
        if not theirs.height and subjects.get(side, Party("", "")).key != RUSSIA:
            continue
        if period.start > last:
            return [("arms_joined_since", {})] if held.joined else []
        if not held.joined:
            return [("arms_apart", {})]
        amount = _of_russia(held, side, subjects, period.start, last)
        words = {key: numeral(value, ",.0f") for key, value in zip(("low", "even", "high"), amount.triple, strict=True)}
        if amount.high:
            return [("arms_joined" if amount.settled else "arms_joined_between", dict(words))]
    return []


def _of_russia(held: Held, side: str, subjects: Mapping[str, Party], first: int, last: int) -> Amount:
    """What is counted under Russia in years in which it is all the Soviet Union's."""
    other = subjects.get(OTHER[side])
    if other is None:
        return held.whole(side, RUSSIA, first, last).amount
    pair = (other.key, RUSSIA) if side == "supplier" else (RUSSIA, other.key)
    return held.between(*pair, first, last).amount


def _before(subjects: Mapping[str, Party], period: Period) -> Told:
    """States that were united into a subject within the period, whose deliveries stand under their own names."""
    told: Told = []
    for party in subjects.values():
        if party.key not in registry().by_id:
            continue
        united = [
            s for s in registry().predecessors(party.key) if s.kind == "unification" and s.day.year >= period.start
        ]
        if united:
            names = ", ".join(f"{registry().state(s.predecessor).name} ({s.predecessor})" for s in united)
            told.append(("arms_before", {"name": party.name, "day": day_words(united[0].day), "names": names}))
    return told


def _has_unknown(rows: pl.DataFrame, side: str) -> bool:
    return any(is_unknown(name) for name in rows[f"{side}_name"].unique())


def _marks(marks: Iterable[Mark]) -> Told:
    listed = list(marks)
    told: Told = [("arms_marks", {"window": listed[0].window})] if listed else []
    unchecked = sum(not m.checked for m in listed)
    return [*told, ("arms_marks_unchecked", {"k": unchecked, "n": len(listed)})] if unchecked else told
