"""Which layout of another strand a file is of, by its content."""

from __future__ import annotations

from pathlib import Path

from comity.sources.dataset import DatasetAdapter
from comity.sources.intake import chunks

DATASETS: tuple[DatasetAdapter, ...] = ()

_HEAD = 1 << 16


def recognise_dataset(path: Path) -> DatasetAdapter | None:
    """The adapter for the file; None where it is of no such layout, or is no readable file at all.

    DamagedFile where a compressed file is broken.
    """
    if not path.is_file():
        return None
    head = next(chunks(path), b"")[:_HEAD]
    return next((adapter for adapter in DATASETS if head and adapter.recognise(path, head)), None)
