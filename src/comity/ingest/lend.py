"""Lending: no public file has every field, so a release borrows what it lacks where another holds the same vote."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from comity.ingest.align import Alignment, align
from comity.ingest.frames import Frames
from comity.model.symbol import link_of
from comity.model.tables import ISSUES, LENDABLE
from comity.store.manifest import Manifest
from comity.store.releases import list_releases, read_release, write_release

INFERRED = "inferred"

# A field is lent whole: where a roll call has any of its columns, none of them is borrowed.
COLUMNS: dict[str, tuple[str, ...]] = {
    "symbol": ("symbol",),
    "title": ("title",),
    "subjects": ("subjects",),
    "session": ("session", "session_label"),
    "issues": ISSUES,
    "paragraph": ("paragraph",),
    "tally": ("yes", "no", "abstain", "nonvoting", "total"),
}


def own(frames: Frames) -> Frames:
    """A release as its source has it: what was lent or inferred taken out again."""
    table = frames.roll_calls
    for field in LENDABLE:
        lender = f"{field}_from"
        if lender in table.columns:
            mine = pl.col(lender).is_null()
            columns = COLUMNS.get(field, (field,))
            table = table.with_columns(pl.when(mine).then(pl.col(c)).alias(c) for c in columns).drop(lender)
    return Frames(frames.label, table, frames.votes)


def lend(borrower: Frames, lenders: Sequence[Frames], sessions: pl.Series) -> pl.DataFrame:
    """The borrower's roll calls with what it lacks, and a column "<field>_from" for each lendable field.

    borrower, lenders : as ``own`` gives them; lenders in order of preference, newest first.
    sessions          : each roll call's session by its date, taken where nobody knows better.
    "<field>_from" is the lender's label, "inferred" for a session that follows from the date, and null where the
    value is the release's own or nobody has one.
    """
    table = borrower.roll_calls
    borrowed: dict[str, pl.Series] = {f: _nobody(table.height) for f in COLUMNS}
    for lender, alignment in _alignments(borrower, lenders):
        for field, columns in COLUMNS.items():
            if set(columns) <= set(lender.roll_calls.columns):
                table, borrowed[field] = _borrow(table, lender, alignment, columns, borrowed[field])
    unknown = table["session"].is_null()
    borrowed["session"] = borrowed["session"].set(unknown, INFERRED)
    table = table.with_columns(session=table["session"].fill_null(sessions.cast(table["session"].dtype)))
    return _link(table.with_columns(series.alias(f"{field}_from") for field, series in borrowed.items()))


def _nobody(height: int) -> pl.Series:
    return pl.Series([None] * height, dtype=pl.String)


def _alignments(borrower: Frames, lenders: Sequence[Frames]) -> list[tuple[Frames, Alignment]]:
    """Each lender with its alignment, in the order given."""
    named = with_symbols(borrower, lenders)
    return [(lender, align(named, lender)) for lender in lenders]


def with_symbols(frames: Frames, others: Sequence[Frames]) -> Frames:
    """The release with the symbols that releases of its own numbering have for its roll calls.

    With them more roll calls of further releases can be told apart than by the votes alone.
    """
    symbols = frames.texts("symbol")
    missing = [i for i, symbol in enumerate(symbols) if symbol is None]
    for other in others if missing else ():
        alignment = align(frames, other)
        by_id = alignment.chosen("id")
        theirs = other.texts("symbol")
        for i, j in zip(alignment.left[by_id].tolist(), alignment.right[by_id].tolist(), strict=True):
            symbols[i] = symbols[i] or theirs[j]
    table = frames.roll_calls.with_columns(symbol=pl.Series(symbols, dtype=pl.String))
    return Frames(frames.label, table, frames.votes)


def _borrow(
    table: pl.DataFrame, lender: Frames, alignment: Alignment, columns: tuple[str, ...], lent_by: pl.Series
) -> tuple[pl.DataFrame, pl.Series]:
    """Fill a field's columns from one lender where the borrower has none of them and the lender has some."""
    source = np.full(table.height, -1, dtype=np.int64)
    source[alignment.left] = alignment.right
    matched = pl.Series(source >= 0)
    theirs = lender.roll_calls.select(columns)[np.maximum(source, 0).tolist()] if lender.roll_calls.height else None
    if theirs is None:
        return table, lent_by
    lacks = table.select(pl.all_horizontal(pl.col(c).is_null() for c in columns)).to_series()
    offers = theirs.select(pl.any_horizontal(pl.col(c).is_not_null() for c in columns)).to_series()
    take = matched & lacks & offers
    filled = [theirs[c].zip_with(take, table[c].cast(theirs[c].dtype)).cast(table[c].dtype).alias(c) for c in columns]
    return table.with_columns(filled), lent_by.set(take, lender.label)


def _link(table: pl.DataFrame) -> pl.DataFrame:
    """The address of each document, built from its symbol where the source gives none."""
    built = [link_of(symbol) for symbol in table["symbol"].to_list()]
    lacks = table["link"].is_null() & pl.Series([b is not None for b in built], dtype=pl.Boolean)
    links = pl.Series("link", built, dtype=pl.String).zip_with(lacks, table["link"])
    lender = pl.when(lacks).then(pl.col("symbol_from")).alias("link_from")
    return table.with_columns(lender).with_columns(links)


def by_date(roll_calls: pl.DataFrame) -> pl.Series:
    """The regular session each roll call's date falls into."""
    from comity.sources.base import regular_session

    return roll_calls.select(regular_session(pl.col("date")).alias("session"))["session"]


Stored = tuple[Manifest, pl.DataFrame, pl.DataFrame]


def with_release(manifest: Manifest, roll_calls: pl.DataFrame, votes: pl.DataFrame) -> pl.DataFrame:
    """The roll calls of a release about to be stored, with what those in the store lend it."""
    held = [read_release(m.release) for m in list_releases() if m.release != manifest.release]
    return _lent(manifest.release, _as_sourced([*held, (manifest, roll_calls, votes)]))


def relend(*, without: str | None = None) -> tuple[str, ...]:
    """Lend anew among all releases of the store, and rewrite those whose lent fields changed; their labels.

    without : a release about to be removed, which lends nothing any more.
    Where another process adds or removes a release meanwhile, it is done once more.
    """
    changed: dict[str, None] = {}
    while True:
        held = [read_release(m.release) for m in list_releases() if m.release != without]
        changed |= dict.fromkeys(_rewrite(held))
        if _there(without) == {(manifest.release, manifest.sha256) for manifest, _, _ in held}:
            return tuple(changed)


def _rewrite(held: Sequence[Stored]) -> list[str]:
    """Store the releases whose lent fields are not what these releases lend; their labels."""
    sourced = _as_sourced(held)
    changed = []
    for manifest, before, votes in held:
        after = _lent(manifest.release, sourced)
        same = set(after.columns) == set(before.columns) and after.equals(before.select(after.columns))
        if not same and write_release(manifest, after, votes, replace=True):
            changed.append(manifest.release)
    return changed


def _there(without: str | None = None) -> set[tuple[str, str]]:
    return {(m.release, m.sha256) for m in list_releases() if m.release != without}


def others_of(*labels: str) -> list[Frames]:
    """The releases of the store except these, as their sources have them, newest first."""
    return _as_sourced([read_release(m.release) for m in list_releases() if m.release not in labels])


def _as_sourced(releases: Sequence[Stored]) -> list[Frames]:
    """The releases without what was lent to them, newest first."""
    newest_first = sorted(releases, key=lambda held: (held[0].last, held[0].added), reverse=True)
    return [own(Frames(manifest.release, roll_calls, votes)) for manifest, roll_calls, votes in newest_first]


def _lent(label: str, sourced: Sequence[Frames]) -> pl.DataFrame:
    borrower = next(frames for frames in sourced if frames.label == label)
    return lend(borrower, [frames for frames in sourced if frames.label != label], by_date(borrower.roll_calls))
