"""Faults that a release shows by itself."""

from __future__ import annotations

import numpy as np
import polars as pl

from comity.ingest.findings import Checked, Finding, Severity, found, met_in_file, names
from comity.model.choice import Choice
from comity.model.clock import today
from comity.model.words import again, catalogue
from comity.votes.marks import tally_mismatch

_TALLY = ("yes", "no", "abstain")
_FOUND_ANEW = ("repeated_ids", "without_date")


def within(release: Checked) -> list[Finding]:
    """Every fault that needs no other release."""
    return [
        *_warnings(release),
        *_repeated_ids(release),
        *_duplicates(release),
        *_dates(release),
        *_coded_nonmember(release),
        *_cast_nonmember(release),
        *_tallies(release),
        *_totals(release),
        *_symbols(release),
        *_empty_sessions(release),
    ]


def _warnings(release: Checked) -> list[Finding]:
    """Faults that only the file itself showed, as its adapter told them; those found anew below are left out."""
    told = [(_kind_of(text), again(text).rstrip(".")) for text in release.manifest.warnings]
    return [met_in_file(kind, text) for kind, text in told if kind not in _FOUND_ANEW]


def _kind_of(warning: str) -> str:
    """Which sentence of the catalogue a warning is, by the words before its first figure; "warning" if none."""
    for key, template in catalogue().items():
        section, _, kind = key.partition(".")
        if section == "source" and warning.startswith(template.partition("{")[0]):
            return kind
    return "warning"


def _repeated_ids(release: Checked) -> list[Finding]:
    calls = release.frames.roll_calls.with_columns(cells=pl.Series(_cells(release)))
    repeated = (
        calls.filter(pl.col("source_id").is_not_null())
        .group_by("source_id", maintain_order=True)
        .agg(pl.col("roll_call"), pl.col("date").cast(pl.String), different=pl.col("cells").n_unique() > 1)
        .filter(pl.col("roll_call").list.len() > 1, pl.col("different"))
    )
    items = [{"id": i, "roll_calls": calls, "dates": dates} for i, calls, dates, _ in repeated.rows()]
    return [found("repeated_id", "error", items)] if items else []


def _cells(release: Checked) -> list[int]:
    """A number a roll call that is equal where all its cells are."""
    kept: dict[bytes, int] = {}
    return [kept.setdefault(row.tobytes(), len(kept)) for row in release.frames.pattern(release.frames.states)]


def _duplicates(release: Checked) -> list[Finding]:
    """Repeated roll calls: proved by an own symbol, or only suspected where the release has none."""
    has_symbol, has_title = release.own("symbol"), release.own("title")
    keys = ["date", "cells", *(["symbol"] if has_symbol else []), *(["title"] if has_title else [])]
    marks = [column for column in ("paragraph", "amendment") if release.frames.roll_calls[column].is_not_null().any()]
    calls = release.frames.roll_calls.with_columns(cells=pl.Series(_cells(release)))
    groups = (
        calls.group_by([*keys, *marks], maintain_order=True).agg("roll_call").filter(pl.col("roll_call").list.len() > 1)
    )
    proved = groups.filter(pl.col("symbol").is_not_null()) if has_symbol else groups.clear()
    suspected = groups.filter(pl.col("symbol").is_null()) if has_symbol else groups
    told: tuple[tuple[str, Severity, pl.DataFrame], ...] = (
        ("duplicate", "warning", proved),
        ("identical", "note", suspected),
    )
    findings = []
    for kind, severity, chosen in told:
        items = [
            {"roll_call": again, "same_as": ids[0], "date": str(day)}
            for day, ids in chosen.select("date", "roll_call").rows()
            for again in ids[1:]
        ]
        if items:
            findings.append(found(kind, severity, items))
    return findings


def _dates(release: Checked) -> list[Finding]:
    calls = release.frames.roll_calls
    findings = []
    months = calls.filter(pl.col("date_precision") == "month", pl.col("date").is_not_null())
    if months.height:
        by_year = months.group_by(pl.col("date").dt.year().alias("year")).len().sort("year")
        items = [{"year": year, "roll_calls": n} for year, n in by_year.rows()]
        findings.append(found("placeholder_date", "note", items, months.height, last=str(months["date"].max())))
    future = calls.filter(pl.col("date") > today())
    if future.height:
        items = [{"roll_call": i, "date": str(day)} for i, day in future.select("roll_call", "date").rows()]
        findings.append(found("future", "error", items, shown=", ".join(str(item["date"]) for item in items[:8])))
    undated = calls.filter(pl.col("date").is_null())
    if undated.height:
        items = [{"roll_call": i, "session": s} for i, s in undated.select("roll_call", "session").rows()]
        findings.append(found("undated", "warning", items))
    return findings


def _coded_nonmember(release: Checked) -> list[Finding]:
    coded = release.frames.votes.filter(pl.col("choice") == Choice.CODED_NONMEMBER)
    return _by_state(release, coded, "coded_nonmember")


def _cast_nonmember(release: Checked) -> list[Finding]:
    votes = release.frames.votes
    column = votes["state"].cast(pl.String).replace_strict(release.matrix.column, return_dtype=pl.Int32).to_numpy()
    set_aside = release.matrix.cells[votes["row"].to_numpy(), column] == Choice.NOT_MEMBER
    return _by_state(release, votes.filter(pl.Series(set_aside) & (pl.col("choice") <= Choice.NO)), "cast_nonmember")


def _by_state(release: Checked, cells: pl.DataFrame, kind: str) -> list[Finding]:
    """A finding about single cells, told by state with the days and a few ids."""
    if not cells.height:
        return []
    calls = release.frames.roll_calls.select("date", "roll_call")
    placed = pl.concat(
        [cells.with_columns(pl.col("state").cast(pl.String)), calls[cells["row"].to_list()]], how="horizontal"
    )
    states = placed.group_by("state").agg(
        pl.len(), pl.col("date").min().alias("first"), pl.col("date").max().alias("last"), pl.col("roll_call").head(50)
    )
    items = [
        {"state": state, "cells": n, "first": str(first), "last": str(last), "roll_calls": ids}
        for state, n, first, last, ids in states.sort(["len", "state"], descending=[True, False]).rows()
    ]
    listed = names([(item["state"], item["cells"]) for item in items])
    return [found(kind, "warning", items, cells.height, states=listed)]


def _tallies(release: Checked) -> list[Finding]:
    """Roll calls that differ from a published tally, own and lent apart."""
    calls, cells = release.frames.roll_calls, release.matrix.cells
    wrong = np.flatnonzero(tally_mismatch(calls, release.matrix))
    if not len(wrong):
        return []
    counted = np.stack([(cells[wrong] == c).sum(axis=1) for c in (Choice.YES, Choice.NO, Choice.ABSTAIN)], axis=1)
    rows = calls[wrong.tolist()]
    lenders = rows["tally_from"].to_list() if "tally_from" in rows.columns else [None] * rows.height
    by_lender: dict[str | None, list[dict[str, object]]] = {}
    for lender, (i, symbol, *published), mine in zip(
        lenders, rows.select("roll_call", "symbol", *_TALLY).rows(), counted.tolist(), strict=True
    ):
        item = {"roll_call": i, "symbol": symbol, "published": published, "counted": mine}
        by_lender.setdefault(lender, []).append(item)
    return [
        found("tally_mismatch", "error", items)
        if lender is None
        else found("tally_mismatch_lent", "warning", items, lender=lender)
        for lender, items in by_lender.items()
    ]


def _totals(release: Checked) -> list[Finding]:
    """Rows listed against the published number of members; only where the source writes absences down."""
    if not (release.own("tally") and release.manifest.absences):
        return []
    listed = release.frames.votes.group_by("row").len().rename({"len": "listed"})
    calls = release.frames.roll_calls.with_row_index("row").join(listed, on="row", how="left").sort("row")
    own = pl.col("tally_from").is_null() if "tally_from" in calls.columns else pl.lit(True)
    wrong = calls.filter(own, pl.col("total").is_not_null(), pl.col("total") != pl.col("listed").fill_null(0))
    items = [
        {"roll_call": i, "symbol": s, "published": total, "listed": n}
        for i, s, total, n in wrong.select("roll_call", "symbol", "total", "listed").rows()
    ]
    return [found("total_mismatch", "warning", items)] if items else []


def _symbols(release: Checked) -> list[Finding]:
    """One symbol at several roll calls, in a source that has only votes on whole texts."""
    calls = release.frames.roll_calls
    if release.own("paragraph") or not (release.own("symbol") and release.own("tally")):
        return []
    repeated = (
        calls.filter(pl.col("symbol").is_not_null())
        .group_by("symbol", maintain_order=True)
        .agg("roll_call")
        .filter(pl.col("roll_call").list.len() > 1)
    )
    items = [{"symbol": symbol, "roll_calls": ids} for symbol, ids in repeated.rows()]
    return [found("symbol_twice", "warning", items)] if items else []


def _empty_sessions(release: Checked) -> list[Finding]:
    held = set(release.frames.roll_calls["session"].drop_nulls().to_list())
    empty = sorted(set(range(min(held), max(held))) - held) if held else []
    if not empty:
        return []
    items = [{"session": session} for session in empty]
    return [found("no_roll_calls", "note", items, sessions=", ".join(map(str, empty)))]
