"""Writing files whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from comity.errors import StoreError, StoreFull, StoreReadOnly
from comity.model.words import say


def write_atomic(path: Path, content: bytes) -> None:
    """Write through a temporary file beside the target, then rename: a reader sees the old file or the new one.

    Raises StoreReadOnly, StoreFull or StoreError; nothing is left behind.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> StoreError:
    """The error a user meets for a file or folder that cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StoreFull(say("files.full"), got=str(path), next=say("files.full_next"))
    return StoreReadOnly(say("files.read_only"), got=str(path), next=say("files.read_only_next"))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
