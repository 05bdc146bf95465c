"""What the store holds, as a short text that changes with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from time import monotonic

from comity.store.home import home

EVERY = 1.0  # seconds between two looks
_WATCHED = ("releases/*/*/manifest.json", "datasets/*/*/dataset.json", "ledgers/*", "sets/*", "claims/*")
"""Files of the store that name the others, or are read themselves."""


class Stamp:
    """A hash over the names and times of what answers rest on, looked at once a second at most."""

    def __init__(self) -> None:
        self._at, self._told, self._lock = -EVERY, "", Lock()

    def __call__(self) -> str:
        """The stamp."""
        with self._lock:
            if monotonic() - self._at >= EVERY:
                told = sorted(f"{path} {path.stat().st_mtime_ns}" for path in _files(home()) if path.exists())
                self._told, self._at = hashlib.sha256("\n".join(told).encode()).hexdigest()[:16], monotonic()
            return self._told


def _files(folder: Path) -> Iterator[Path]:
    for pattern in _WATCHED:
        yield from folder.glob(pattern)
