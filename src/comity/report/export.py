"""The dyad-year table as files for R, Stata and others, with a codebook beside them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from comity.errors import UsageError
from comity.report.codebook import codebook
from comity.report.export_table import CODES, Table, facts, with_codes
from comity.report.files import write_all
from comity.report.stata import stata_bytes
from comity.study.dyad_year import DyadYears

FORMATS = ("csv", "dta", "parquet")


def export_dyad_year(years: DyadYears, stem: Path, *, codes: Sequence[str], formats: Sequence[str]) -> list[Path]:
    """Write a dyad-year table in each format, and its codebook.

    years   : of ``study.dyad_year.dyad_year``.
    stem    : the files are ``<stem>.csv`` and so on, and ``<stem>-codebook.md``; a format's ending on it is dropped.
    codes   : schemes of CODES; each adds ``<scheme>_a`` and ``<scheme>_b``, null where the scheme has no code.
    formats : of FORMATS.
    Returns the files written. Raises UsageError for an unknown code or format, StoreError where a file cannot be
    written; nothing is left half written.
    """
    chosen = _chosen("code scheme", codes, CODES)
    wanted = _chosen("format", formats, FORMATS)
    if not wanted:
        raise UsageError("No format is given", allowed=", ".join(FORMATS))
    folder, name = stem.parent, stem.stem if stem.suffix.removeprefix(".") in FORMATS else stem.name
    table = with_codes(years, chosen)
    contents = {f"{name}.{ending}": _WRITERS[ending](table) for ending in wanted}
    book = codebook(table, list(contents))
    return write_all(folder, contents | {f"{name}-codebook.md": book.encode()})


def _chosen(what: str, given: Sequence[str], allowed: tuple[str, ...]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip().lower() for part in given if part.strip()))
    if unknown := [part for part in chosen if part not in allowed]:
        raise UsageError(f"Unknown {what}", got=", ".join(unknown), allowed=", ".join(allowed))
    return chosen


def _csv(table: Table) -> bytes:
    buffer = io.BytesIO()
    table.frame.write_csv(buffer)
    return buffer.getvalue()


def _parquet(table: Table) -> bytes:
    """Parquet whose metadata hold the facts under their names and the labels, as JSON, under "labels"."""
    buffer = io.BytesIO()
    said = facts(table.header) | {"labels": json.dumps(table.labels, ensure_ascii=False)}
    table.frame.write_parquet(buffer, compression="snappy", metadata=said)
    return buffer.getvalue()


def _stata(table: Table) -> bytes:
    title = f"{table.header.issue_label}, {table.header.origin.release}"
    return stata_bytes(table.frame, title, table.labels, [f"{k}: {v}" for k, v in facts(table.header).items()])


_WRITERS: dict[str, Callable[[Table], bytes]] = {"csv": _csv, "dta": _stata, "parquet": _parquet}
