"""Writing to a disk that may be full, read-only or cut off, so that a file is there whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from comity.errors import StoreError, StoreFull, StoreReadOnly

TEMPORARY = ".tmp-"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def disk_errors(folder: Path, doing: str) -> Iterator[None]:
    """Turn the system's errors into the store's: StoreFull, StoreReadOnly, else StoreError."""
    try:
        yield
    except OSError as err:
        if err.errno in _FULL:
            raise StoreFull(
                f"No space is left for {doing}",
                got=str(folder),
                next="Free some space, or set COMITY_HOME to another folder",
            ) from err
        if err.errno in _READ_ONLY:
            raise StoreReadOnly(
                f"The folder does not allow {doing}", got=str(folder), next="Set COMITY_HOME to a folder of your own"
            ) from err
        raise StoreError(f"{doing.capitalize()} failed: {err.strerror or err}", got=str(folder)) from err


def write_whole(path: Path, content: bytes) -> None:
    """Give ``path`` this content at one instant: written beside it, forced to the disk, then renamed.

    OSError leaves whatever was there before, and nothing beside it.
    """
    beside = path.with_name(f"{TEMPORARY}{os.getpid()}-{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Force a folder's names to the disk (Windows does so by itself)."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sha256_of(path: Path) -> str:
    """sha256 of a file, hexadecimal."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def make_folders(folder: Path) -> list[Path]:
    """Make a folder and its parents; returns those made, the outermost first."""
    missing = [p for p in (folder, *folder.parents) if not p.exists()][::-1]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def drop_empty(folders: list[Path]) -> None:
    """Remove those of the folders that are empty, the innermost first."""
    for folder in reversed(folders):
        with suppress(OSError):
            folder.rmdir()
