"""Faults that only another release can show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from comity.ingest.align import Alignment, align, resembling
from comity.ingest.compare import StateFault, state_faults
from comity.ingest.findings import Checked, Finding, Json, Severity, found
from comity.ingest.frames import Frames
from comity.model.language import numeral


@dataclass(frozen=True, eq=False)
class Other:
    """Another release, aligned with the one under check (left)."""

    frames: Frames
    own_symbols: list[str | None]
    alignment: Alignment


def between(release: Checked, named: Frames, others: list[Frames]) -> list[Finding]:
    """Faults by comparison with other releases.

    named : the release with symbols that help to align it; others : as their sources have them, with sessions.
    """
    compared = [Other(other, other.texts("symbol"), align(named, other)) for other in others]
    return [
        *_states(release, compared),
        *_missing(release, compared),
        *(finding for other in compared for finding in _symbols(release, other)),
    ]


def _states(release: Checked, compared: list[Other]) -> list[Finding]:
    """Faults of whole states; one that several releases show is told once, with all of them."""
    seen: dict[tuple[object, ...], list[StateFault]] = {}
    for other in compared:
        for fault in state_faults(release.frames, other.frames, other.alignment):
            here = fault.release == release.frames.label
            seen.setdefault((*fault.key[:2], here, *fault.key[3:], fault.session, fault.last_session), []).append(fault)
    findings = []
    for faults in seen.values():
        fault = max(faults, key=lambda f: f.roll_calls)
        here = fault.release == release.frames.label
        kind = "missing_there" if fault.kind == "missing" and not here else fault.kind
        against = ", ".join(sorted({f.against if here else f.release for f in faults}))
        severity: Severity = "note" if kind == "missing_there" else "warning" if kind == "differs" else "error"
        findings.append(
            found(
                kind,
                severity,
                [fault.to_dict()],
                fault.cells,
                state=fault.state,
                other=fault.other,
                rows=fault.rows,
                cells=numeral(fault.cells, ","),
                roll_calls=numeral(fault.roll_calls, ","),
                session=fault.sessions,
                against=against,
            )
        )
    return findings


def _missing(release: Checked, compared: list[Other]) -> list[Finding]:
    """Roll calls that other releases hold and this one lacks, within the days this one spans."""
    whole: dict[str, dict[str, list[Json]]] = {}  # session → release that holds it → its roll calls
    findings = []
    for other in compared:
        table = _unmatched(release, other)
        lost = table.filter("free")
        for session, rows in table.group_by("session", maintain_order=True):
            if rows["free"].all() and not rows["doubtful"].any():
                whole.setdefault(str(session[0]), {})[other.frames.label] = _items(rows)
        rest = lost.filter(~pl.col("session").is_in(list(whole)))
        if rest.height:
            counts = {"of": numeral(table.height, ","), "doubtful": numeral(rest["doubtful"].sum(), ",")}
            findings.append(
                found("missing_roll_calls", "warning", _items(rest), None, against=other.frames.label, **counts)
            )
    for label, holders in whole.items():
        items, against = max(holders.values(), key=len), ", ".join(sorted(holders))
        findings.append(found("missing_session", "error", items, session=label, against=against))
    return findings


def _unmatched(release: Checked, other: Other) -> pl.DataFrame:
    """The other's roll calls within this one's days: session, whether unmatched, and whether then doubtful."""
    calls = other.frames.roll_calls
    free = np.ones(calls.height, dtype=bool)
    free[other.alignment.right] = False
    doubtful = np.zeros(calls.height, dtype=bool)
    doubtful[resembling(release.frames, other.frames, np.flatnonzero(free))] = True
    session = pl.coalesce("session_label", pl.col("session").cast(pl.String)).fill_null("unknown")
    return (
        calls.select("roll_call", "symbol", "date", session=session)
        .with_columns(free=pl.Series(free), doubtful=pl.Series(doubtful & free))
        .filter(pl.col("date").is_between(release.manifest.first, release.manifest.last))
    )


def _items(rows: pl.DataFrame) -> list[Json]:
    told = rows.select("roll_call", "symbol", pl.col("date").cast(pl.String), "session", resembles="doubtful")
    return told.to_dicts()


def _symbols(release: Checked, other: Other) -> list[Finding]:
    """One vote under two symbols, each the release's own."""
    if not release.own("symbol"):
        return []
    mine = release.frames.texts("symbol")
    ids = release.frames.roll_calls["roll_call"].to_list()
    items = [
        {"roll_call": ids[i], "symbol": mine[i], "there": other.own_symbols[j]}
        for i, j in zip(other.alignment.left.tolist(), other.alignment.right.tolist(), strict=True)
        if mine[i] and other.own_symbols[j] and mine[i] != other.own_symbols[j]
    ]
    return [found("symbol_differs", "warning", items, against=other.frames.label)] if items else []
