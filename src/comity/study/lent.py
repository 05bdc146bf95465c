"""Say which fields of a view are lent by another release."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from comity.model.tables import INFERRED
from comity.model.words import say
from comity.study.answers.common import Note
from comity.study.notes import note

if TYPE_CHECKING:
    import polars as pl


def lent_notes(roll_calls: pl.DataFrame, fields: Iterable[str]) -> list[Note]:
    """One note a field that has lenders."""
    found = []
    for field in fields:
        column = f"{field}_from"
        if column in roll_calls.columns:
            lenders = sorted(set(roll_calls[column].drop_nulls().unique()) - {INFERRED})
            if lenders:
                found.append(note("lent", field=say(f"fields.{field}"), lenders=", ".join(lenders)))
    return found


def lenders_of(row: Mapping[str, Any]) -> dict[str, str]:
    """Field → lender for one roll call."""
    return {key.removesuffix("_from"): value for key, value in row.items() if key.endswith("_from") and value}
