"""Faults met while reading, as sentences for RawRelease.warnings; each function gives none or one."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from comity.model.words import say
from comity.sources.sheet import Sheet

_SHOWN = 8


def repeated_ids(calls: pl.DataFrame) -> list[str]:
    """Ids that the source uses for more than one roll call."""
    twice = calls.filter(pl.col("roll_call") != pl.col("source_id"))["source_id"].unique(maintain_order=True)
    return [] if twice.is_empty() else [say("source.repeated_ids", count=len(twice), shown=shown(twice.to_list()))]


def two_spellings(written: pl.Series, normal: pl.Series) -> list[str]:
    """Resolutions' symbols of which some are written in normal form and some otherwise."""
    frame = pl.DataFrame({"written": written, "normal": normal}).filter(pl.col("normal").str.starts_with("A/RES/"))
    other = frame.filter(pl.col("written") != pl.col("normal"))
    if other.is_empty() or other.height == frame.height:
        return []
    example = f"{other['written'][0]} for {other['normal'][0]}"
    return [say("source.two_spellings", usual=frame.height - other.height, other=other.height, example=example)]


def mixed_numbers(sheet: Sheet, columns: Sequence[str]) -> list[str]:
    """Votes that stand as 1.0 among whole numbers."""
    if not sheet.text:
        return []
    cells = [sheet.frame[name].drop_nulls() for name in columns]
    decimal = sum(int(cell.str.contains(".", literal=True).sum()) for cell in cells)
    return [say("source.mixed_numbers", count=decimal)] if 0 < decimal < sum(map(len, cells)) else []


def without_date(calls: pl.DataFrame) -> list[str]:
    """Roll calls whose date the source leaves out."""
    undated = calls.filter(pl.col("date").is_null())["roll_call"].to_list()
    return [say("source.without_date", count=len(undated), shown=shown(undated))] if undated else []


def repeated_rows(repeated: int) -> list[str]:
    """Rows that name a state again on a roll call."""
    return [say("source.repeated_rows", count=repeated)] if repeated else []


def shown(values: Sequence[str]) -> str:
    """The first few of them."""
    return ", ".join(values[:_SHOWN]) + (" …" if len(values) > _SHOWN else "")
