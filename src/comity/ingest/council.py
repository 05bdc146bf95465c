"""Faults that only a release of the Security Council can have: of its size and of its veto."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from comity.ingest.findings import Checked, Finding, Json, found
from comity.model.choice import Choice
from comity.votes.vetoes import PERMANENT

ENLARGED = date(1966, 1, 1)
"""From this day on the Council had 15 members, before 11."""


def of_council(release: Checked) -> list[Finding]:
    """More members than the Council has, a vote against by a permanent member on what was adopted."""
    return [*_members(release), *_vetoes(release)]


def _members(release: Checked) -> list[Finding]:
    counts = release.frames.votes.group_by("row").len().rename({"len": "listed"})
    calls = release.frames.roll_calls.with_row_index("row").join(counts, on="row").sort("row")
    seats = pl.when(pl.col("date") < ENLARGED).then(11).otherwise(15)
    rows = calls.filter(pl.col("listed") > seats).select("roll_call", "symbol", "listed").rows()
    items: list[Json] = [{"roll_call": i, "symbol": symbol, "listed": n} for i, symbol, n in rows]
    return [found("council_members", "error", items)] if items else []


def _vetoes(release: Checked) -> list[Finding]:
    column, cells = release.matrix.column, release.matrix.cells
    items: list[Json] = [
        {"roll_call": i, "symbol": symbol, "state": state}
        for state in sorted(PERMANENT & column.keys())
        for i, symbol in release.frames.roll_calls[np.flatnonzero(cells[:, column[state]] == Choice.NO).tolist()]
        .select("roll_call", "symbol")
        .rows()
    ]
    return [found("council_veto", "error", items)] if items else []
