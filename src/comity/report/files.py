"""Writing files whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from comity.errors import StoreError, StoreFull, StoreReadOnly, UsageError
from comity.model.words import say


def write_atomic(path: Path, content: bytes) -> Path:
    """Write one file; a reader sees the old one or the new one. Raises as ``write_all``."""
    return write_all(path.parent, {path.name: content})[0]


def write_all(folder: Path, contents: Mapping[str, bytes]) -> list[Path]:
    """Write several files into a folder, which is made where missing: all are staged before any takes its place.

    Raises StoreReadOnly or StoreFull; nothing is left behind then.
    """
    staged: dict[Path, Path] = {}
    missing = [p for p in (folder, *folder.parents) if not p.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            staged[folder / name] = _stage(folder, name, content)
        for target, temporary in staged.items():
            temporary.replace(target)
    except OSError as error:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)
        for made in missing:
            with suppress(OSError):
                made.rmdir()
        raise unwritable(folder, error) from error
    return list(staged)


def checked_folder(folder: Path) -> Path:
    """A folder to write into, there or to be made in one that is; UsageError where a longer path is missing."""
    if not folder.exists() and not folder.absolute().parent.exists():
        raise UsageError(say("files.no_folder"), got=str(folder), next=say("files.no_folder_next"))
    return folder


def _stage(folder: Path, name: str, content: bytes) -> Path:
    handle, place = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
    temporary = Path(place)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes private files; a report is an ordinary one.
        temporary.chmod(0o666 & ~_umask())
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def unwritable(path: Path, error: OSError) -> StoreError:
    """The error a user meets for a file or folder that cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StoreFull(say("files.full"), got=str(path), next=say("files.full_next"))
    return StoreReadOnly(say("files.read_only"), got=str(path), next=say("files.read_only_next"))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
