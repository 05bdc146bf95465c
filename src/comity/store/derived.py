"""What was worked out from a release and would take seconds to work out again, kept beside it.

``<release>/derived/<kind>/`` holds ``index.json`` and the Parquet files it names; as with a release, replacing that one
file is the only point of commitment. A derived table is never the only copy of anything: one that is missing, damaged
or made of other inputs is told as None and worked out anew, and a store that cannot be written keeps nothing. It goes
with its release.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.errors import ComityError
from comity.model.body import ASSEMBLY
from comity.store.disk import drop_empty, make_folders, write_whole
from comity.store.folder import DERIVED, load_manifest
from comity.store.home import checked_label, home, releases_folder
from comity.store.lock import write_lock
from comity.store.tables import file_name

if TYPE_CHECKING:
    import polars as pl

FORMAT = 1  # of index.json; another one is not read
INDEX = "index.json"
_WAIT = 0.5  # seconds for the lock: keeping is worth less than the user's time


@dataclass(frozen=True, eq=False)
class Derived:
    """Tables by name, and small facts about them that JSON can hold."""

    tables: Mapping[str, pl.DataFrame]
    info: Mapping[str, Any] = field(default_factory=dict)


def hash_of(*inputs: bytes) -> str:
    """sha256 of everything a derived table depends on: data, settings, and the version of the code that makes it.

    Each input is told apart from its neighbours: ("ab", "c") is not ("a", "bc").
    """
    digest = hashlib.sha256()
    for content in inputs:
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()


def read_derived(release: str, kind: str, inputs: str, *, body: str = ASSEMBLY) -> Derived | None:
    """What is kept of a kind ("families"), if it was made of these inputs (``hash_of``); None otherwise.

    Never an error of the store: what cannot be read, or is not what was written, is None.
    """
    folder = _folder(release, kind, body)
    try:
        index = json.loads((folder / INDEX).read_text("utf-8"))
        if (index["format"], index["inputs"]) != (FORMAT, inputs):
            return None
        tables = {name: _read_table(folder, entry) for name, entry in index["tables"].items()}
        return Derived(tables, dict(index["info"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def keep_derived(release: str, kind: str, inputs: str, derived: Derived, *, body: str = ASSEMBLY) -> bool:
    """Keep what was worked out, in place of what was kept of the kind before; False where it could not be kept.

    It is not where the release is not in the store, where the store cannot be written, is full, or is being written.
    """
    folder = _folder(release, kind, body)
    contents = {name: _parquet(table) for name, table in derived.tables.items()}
    entries = {
        name: {"file": file_name(name, content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in contents.items()
    }
    index = {"format": FORMAT, "inputs": inputs, "info": dict(derived.info), "tables": entries}
    text = json.dumps(index, ensure_ascii=False, indent=1).encode()
    try:
        # Under the lock, so that a release that is being removed does not leave tables behind it.
        with write_lock(home() / ".lock", wait=_WAIT):
            if load_manifest(folder.parent.parent) is None:
                return False
            _commit(folder, {entries[name]["file"]: content for name, content in contents.items()}, text)
    except (OSError, ComityError):
        return False
    return True


def _commit(folder: Path, tables: Mapping[str, bytes], index: bytes) -> None:
    """Write the tables, then the index that names them. OSError leaves the folder as it was."""
    made = make_folders(folder)
    added = [folder / name for name in tables if not (folder / name).exists()]
    try:
        for name, content in tables.items():
            write_whole(folder / name, content)
        write_whole(folder / INDEX, index)
    except BaseException:
        for path in added:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        drop_empty(made)
        raise
    _sweep(folder, {INDEX, *tables})


def _read_table(folder: Path, entry: Mapping[str, str]) -> pl.DataFrame:
    import polars as pl

    content = (folder / entry["file"]).read_bytes()
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise ValueError("a derived table differs from its sha256")
    try:
        return pl.read_parquet(io.BytesIO(content))
    except pl.exceptions.PolarsError as err:
        raise ValueError("a derived table cannot be read") from err


def _parquet(table: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    table.write_parquet(out, compression="zstd")
    return out.getvalue()


def _sweep(folder: Path, named: set[str]) -> None:
    """Remove earlier tables, and what a killed writer left; a reader that loses its table works it out anew."""
    for path in folder.iterdir():
        if path.name not in named:
            with suppress(OSError):
                path.unlink()


def _folder(release: str, kind: str, body: str) -> Path:
    return releases_folder(body) / checked_label(release) / DERIVED / checked_label(kind)
