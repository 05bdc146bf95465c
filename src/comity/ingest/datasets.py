"""From a file of arms, trade, alliances or a survey to a stored table: recognise, read, resolve the states, write."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from comity.errors import AmbiguousState, StateDidNotExist, UnknownState
from comity.ingest.add import citation_of, entry_of
from comity.model.language import ENGLISH, speaking
from comity.model.words import say
from comity.sources.dataset import DatasetAdapter, RawDataset
from comity.sources.dataset_detect import recognise_dataset
from comity.sources.registry import source
from comity.states.resolve import resolve
from comity.store.datasets import Dataset, find_dataset, write_dataset
from comity.version import VERSION

_SHOWN = 8
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class AddedDataset:
    """The outcome. new : False where the same bytes, read by the same code, were there; warnings : a sentence each."""

    dataset: Dataset
    new: bool

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was met while reading."""
        return self.dataset.warnings

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {**self.dataset.to_dict(), "new": self.new}


def add_dataset(path: Path, *, label: str | None = None) -> AddedDataset | None:
    """Add a file to the store; None where it is of no layout of these.

    Raises BadFile errors for a file that is not what it should be, StoreError, UsageError where the label is taken.
    """
    adapter = recognise_dataset(path)
    if adapter is None:
        return None
    entry = entry_of(path)
    held = find_dataset(entry.sha256)
    if held and held.adapter_version == adapter.version:
        return AddedDataset(held, False)
    with speaking(ENGLISH):  # what is kept in the store is kept in one language
        raw = adapter.read(path)
        frame, unresolved = _resolved(raw)
        dataset = _dataset(raw, adapter, frame, label or (held.label if held else raw.label), unresolved, path)
    return AddedDataset(dataset, write_dataset(dataset, frame))


def _resolved(raw: RawDataset) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The rows with ids beside the names, and the names that stay names."""
    frame, lost = raw.frame, set[str]()
    for column, made in raw.names.items():
        by = [column, "year"] if "year" in frame.columns else [column]
        keys = frame.select(by).unique().drop_nulls()
        ids = [_id(row[0], raw.scheme, row[1] if len(row) > 1 else None) for row in keys.iter_rows()]
        lost |= {str(name) for name, found in zip(keys[column], ids, strict=True) if found is None}
        known = keys.with_columns(pl.Series(made, ids, dtype=pl.String))
        frame = frame.join(known, on=by, how="left", nulls_equal=True, maintain_order="left")
    return frame, tuple(sorted(lost))


def _id(name: object, scheme: str, year: int | None) -> str | None:
    """A state's id at mid-year, or at any time where it did not exist then; None for what is no state."""
    for day in (date(year, 7, 1) if year else None, None):
        try:
            return resolve(str(name), scheme, day).id
        except StateDidNotExist:
            continue
        except (UnknownState, AmbiguousState):
            return None
    return None


def _dataset(
    raw: RawDataset, adapter: DatasetAdapter, frame: pl.DataFrame, label: str, lost: Iterable[str], path: Path
) -> Dataset:
    known = source(raw.source)
    names = list(lost)
    told = (
        (say("datasets.unresolved", k=len(names), names=", ".join(names[:_SHOWN]) + " …" * (len(names) > _SHOWN)),)
        if names
        else ()
    )
    entry = entry_of(path)
    return Dataset(
        label=label,
        kind=raw.kind,
        source=", ".join(part for part in (known.author, known.title, known.publisher) if part),
        layout=raw.layout,
        sha256=entry.sha256,
        file=entry,
        first=raw.first,
        last=raw.last,
        rows=frame.height,
        added=datetime.now(UTC),
        adapter_version=adapter.version,
        comity_version=VERSION,
        as_of=raw.as_of,
        licence=known.licence,
        citation=citation_of(known),
        link=known.link,
        warnings=(*raw.warnings, *told),
    )
