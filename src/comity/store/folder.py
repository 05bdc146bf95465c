"""One release's folder: its manifest, the tables the manifest names, and what a killed writer left."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from comity.errors import StoreDamaged
from comity.store.disk import TEMPORARY, drop_empty, make_folders, sha256_of, write_whole
from comity.store.manifest import FileEntry, Manifest
from comity.store.tables import file_name

MANIFEST = "manifest.json"
ROLL_CALLS, VOTES = "roll_calls", "votes"
DERIVED = "derived"  # see store.derived
_OURS = re.compile(rf"{re.escape(TEMPORARY)}.*|({ROLL_CALLS}|{VOTES})-[0-9a-f]{{16}}\.parquet")


def load_manifest(folder: Path) -> Manifest | None:
    """What the folder holds; None where it holds no release. StoreDamaged where it cannot be read, OSError."""
    path = folder / MANIFEST
    try:
        at = path.stat()
        return _parsed(path, at.st_mtime_ns, at.st_ino, at.st_size)
    except (FileNotFoundError, NotADirectoryError):
        return None


@lru_cache(maxsize=64)
def _parsed(path: Path, *_when: int) -> Manifest:
    """A manifest as it stands in a file, kept for as long as it is the same file: its time, its inode and its size."""
    try:
        manifest = Manifest.from_dict(json.loads(path.read_text("utf-8")))
    except (ValueError, KeyError, TypeError) as err:
        raise damaged("The manifest of a release cannot be read", path.parent) from err
    if manifest.release != path.parent.name:
        raise damaged(f"The manifest belongs to another release, {manifest.release!r}", path.parent)
    return manifest


def table_path(folder: Path, manifest: Manifest, stem: str, *, verify: bool = False) -> Path:
    """The Parquet file of a table, its size compared with the recorded one, and its sha256 if ``verify``.

    Raises StoreDamaged.
    """
    entry = next((t for t in manifest.tables if t.name.startswith(f"{stem}-")), None)
    if entry is None:
        raise damaged(f"The manifest names no table of {stem}", folder)
    path = folder / entry.name
    try:
        if path.stat().st_size != entry.bytes:
            raise damaged(f"A stored table has another size than recorded: {entry.name}", folder)
        if verify and sha256_of(path) != entry.sha256:
            raise damaged(f"A stored table differs from its recorded sha256: {entry.name}", folder)
    except FileNotFoundError:
        raise damaged(f"A stored table is missing: {entry.name}", folder) from None
    return path


def commit(folder: Path, manifest: Manifest, tables: dict[str, bytes]) -> None:
    """Write the tables, then the manifest, which makes them the release. OSError leaves the folder as it was."""
    made = make_folders(folder)
    written: list[Path] = []
    entries = []
    try:
        for stem, content in tables.items():
            path = folder / file_name(stem, content)
            entries.append(FileEntry(path.name, len(content), hashlib.sha256(content).hexdigest()))
            if not path.exists():
                written.append(path)
            write_whole(path, content)
        whole = replace(manifest, tables=tuple(entries))
        rewrite_manifest(folder, whole)
    except BaseException:
        for path in written:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        drop_empty(made)
        raise


def rewrite_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a release whose tables stay as they are."""
    write_whole(folder / MANIFEST, json.dumps(manifest.to_dict(), ensure_ascii=False, indent=1).encode())


def sweep(bodies: Path) -> None:
    """Remove what no manifest names, under the write lock; folders whose manifest is damaged are left as evidence."""
    for folder in bodies.iterdir() if bodies.is_dir() else ():
        with suppress(StoreDamaged, NotADirectoryError):
            manifest = load_manifest(folder)
            named = {entry.name for entry in manifest.tables} if manifest else set()
            for path in folder.iterdir():
                if path.name not in named and _OURS.fullmatch(path.name):
                    with suppress(OSError):  # a reader may hold it open where open files cannot be removed
                        path.unlink()
            if manifest is None:
                shutil.rmtree(folder / DERIVED, ignore_errors=True)
                drop_empty([folder])


def damaged(what: str, folder: Path) -> StoreDamaged:
    """The error for a release that cannot be trusted, with the way out."""
    return StoreDamaged(
        what, got=str(folder), next=f"Remove it with: comity data remove {folder.name}, then add its file again"
    )
