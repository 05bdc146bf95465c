"""The tables of the other strands at hand: arms, trade, alliances, surveys.

``<home>/datasets/<kind>/<label>/`` holds ``dataset.json`` and the Parquet file it names. As with a release, replacing
that one file is the only point of commitment.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.errors import NoDataset, StoreDamaged, UsageError
from comity.model.words import say
from comity.store.disk import disk_errors, make_folders, sync_folder, write_whole
from comity.store.home import checked_label, home
from comity.store.lock import write_lock
from comity.store.manifest import FileEntry
from comity.store.tables import file_name

if TYPE_CHECKING:
    import polars as pl

FORMAT = 1  # of dataset.json
INDEX = "dataset.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """One table: what it is and where it comes from.

    kind        : "arms-register", "arms-tiv", "trade", "alliances", "survey", "visit-counts".
    sha256      : of the file as added; file : its name and size.
    first, last : years covered; as_of : the day the source says it was made, None where it does not.
    table       : the Parquet file, filled in by ``write_dataset``.
    """

    label: str
    kind: str
    source: str
    layout: str
    sha256: str
    file: FileEntry
    first: int
    last: int
    rows: int
    added: datetime
    adapter_version: int
    comity_version: str
    as_of: date | None = None
    licence: str = ""
    citation: str = ""
    link: str = ""
    warnings: tuple[str, ...] = ()
    table: FileEntry | None = None

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "format": FORMAT,
            **asdict(self),
            "added": self.added.astimezone(UTC).isoformat(timespec="microseconds"),
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "warnings": list(self.warnings),
        }

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> Dataset:
        """Read what ``to_dict`` wrote; KeyError, TypeError or ValueError where it is something else."""
        fields = dict(raw)
        if fields.pop("format") != FORMAT:
            raise ValueError("written by another version of Comity")
        fields |= {
            "added": datetime.fromisoformat(raw["added"]),
            "as_of": date.fromisoformat(raw["as_of"]) if raw["as_of"] else None,
            "file": FileEntry(**raw["file"]),
            "table": FileEntry(**raw["table"]),
            "warnings": tuple(raw["warnings"]),
        }
        return cls(**fields)


def list_datasets(kind: str | None = None) -> tuple[Dataset, ...]:
    """Every table of a kind, or of all: the one that reaches furthest first, then the one added last.

    StoreDamaged where one cannot be read.
    """
    root = home() / "datasets"
    with disk_errors(root, "reading the store"):
        folders = [f for k in _children(root) if kind in (None, k.name) for f in _children(k)]
        found = [d for d in map(_load, folders) if d]
    return tuple(sorted(found, key=lambda d: (d.kind, -d.last, -d.added.timestamp())))


def get_dataset(kind: str, label: str | None = None) -> Dataset:
    """One table of a kind by its label; None means the one that reaches furthest. NoDataset where there is none."""
    held = list_datasets(kind)
    found = next((d for d in held if label in (None, d.label)), None)
    if found is None:
        key = kind.replace("-", "_")
        raise NoDataset(
            say("trouble.no_table_label" if label else "trouble.no_table", what=say(f"table_kind.{key}")),
            got=label,
            allowed=", ".join(d.label for d in held),
            next=say("datasets.add", what=say(f"datasets.file_{key}")),
        )
    return found


def read_dataset(dataset: Dataset) -> pl.DataFrame:
    """The rows; StoreDamaged where they are not those written."""
    import polars as pl

    folder = _folder(dataset.kind, dataset.label)
    assert dataset.table is not None  # a stored one has its table
    with disk_errors(folder, "reading the store"):
        try:
            content = (folder / dataset.table.name).read_bytes()
        except FileNotFoundError:
            raise _damaged("A stored table is missing", folder) from None
    if hashlib.sha256(content).hexdigest() != dataset.table.sha256:
        raise _damaged("A stored table differs from its recorded sha256", folder)
    return pl.read_parquet(io.BytesIO(content))


def write_dataset(dataset: Dataset, frame: pl.DataFrame) -> bool:
    """Store a table, whole or not at all; False where the same bytes read by the same code are there.

    UsageError where the label is taken by another file; StoreReadOnly, StoreFull, StoreError.
    """
    out = io.BytesIO()
    frame.write_parquet(out, compression="zstd")
    content = out.getvalue()
    folder = _folder(dataset.kind, dataset.label)
    with _writing():
        held = _load(folder) if (folder / INDEX).exists() else None
        if held and held.sha256 != dataset.sha256:
            raise UsageError(
                "The label is taken by a table made of another file",
                got=dataset.label,
                next=f"Choose another with --label, or first: comity data remove {dataset.label}",
            )
        if held and held.adapter_version == dataset.adapter_version:
            return False
        make_folders(folder)
        entry = FileEntry(file_name("rows", content), len(content), hashlib.sha256(content).hexdigest())
        write_whole(folder / entry.name, content)
        index = json.dumps(replace(dataset, table=entry).to_dict(), ensure_ascii=False, indent=1)
        write_whole(folder / INDEX, index.encode())
        for path in folder.iterdir():
            if path.name not in (INDEX, entry.name):
                with suppress(OSError):  # a reader may hold it open where open files cannot be removed
                    path.unlink()
    return True


def find_dataset(sha256: str) -> Dataset | None:
    """The table that was read from the bytes with this sha256, or None."""
    return next((d for d in list_datasets() if d.sha256 == sha256), None)


def remove_dataset(label: str) -> bool:
    """Remove the table of that label, damaged or not; False where there is none."""
    folders = [k / checked_label(label) for k in _children(home() / "datasets")]
    found = [f for f in folders if (f / INDEX).exists()]
    for folder in found:
        with _writing():
            (folder / INDEX).unlink(missing_ok=True)  # from here on it is gone, whatever happens
            sync_folder(folder)
            shutil.rmtree(folder)
    return bool(found)


@contextmanager
def _writing() -> Iterator[None]:
    with disk_errors(home(), "writing to the store"):
        make_folders(home())
        with write_lock(home() / ".lock"):
            yield


def _load(folder: Path) -> Dataset | None:
    try:
        text = (folder / INDEX).read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        return Dataset.from_dict(json.loads(text))
    except (ValueError, KeyError, TypeError) as err:
        raise _damaged("The description of a stored table cannot be read", folder) from err


def _children(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _folder(kind: str, label: str) -> Path:
    return home() / "datasets" / checked_label(kind) / checked_label(label)


def _damaged(what: str, folder: Path) -> StoreDamaged:
    return StoreDamaged(
        what, got=str(folder), next=f"Remove it with: comity data remove {folder.name}, then add its file again"
    )
