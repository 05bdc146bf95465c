"""One writer at a time: an advisory lock that the system drops when its holder ends, however it ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from comity.errors import StoreError

WAIT = 60.0  # seconds; a write takes about one


@contextmanager
def write_lock(path: Path, *, wait: float = WAIT) -> Iterator[None]:
    """Hold the lock file while the block runs; StoreError if another process keeps it longer than ``wait`` seconds.

    OSError where the file cannot be made.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    try:
        _acquire(handle, path, wait)
        try:
            yield
        finally:
            _release(handle)
    finally:
        os.close(handle)


def _acquire(handle: int, path: Path, wait: float) -> None:
    deadline = time.monotonic() + wait
    while not _try(handle):
        if time.monotonic() >= deadline:
            raise StoreError(
                "Another process has been writing to the store", got=str(path), next="Try again when it ends"
            )
        time.sleep(0.02)


if sys.platform == "win32":
    import msvcrt

    def _try(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
