"""What the store holds, as a short text that changes with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from time import monotonic

from comity.store.home import home

EVERY = 1.0  # seconds between two looks
_WATCHED = (
    "releases/*/*/manifest.json", "datasets/*/*/dataset.json", "ledgers/*", "sets/*", "claims/*",
    "audit/signoffs.jsonl", "events/events.json",
)  # fmt: skip
"""Files of the store that name the others, or are read themselves."""


class Stamp:
    """A hash over the names and times of what answers rest on, looked at once a second at most."""

    def __init__(self) -> None:
        self._at, self._told, self._lock = -EVERY, "", Lock()
        self._home: Path | None = None

    def __call__(self, *, now: bool = False) -> str:
        """The stamp; ``now`` looks whenever the last look was."""
        with self._lock:
            if now or self._home != home() or monotonic() - self._at >= EVERY:
                self._home, self._told, self._at = home(), _told(home()), monotonic()
            return self._told


def _told(folder: Path) -> str:
    try:
        told = sorted(f"{path} {path.stat().st_mtime_ns}" for path in _files(folder))
    except OSError as error:  # removed meanwhile, or not to be read: the question itself will say so
        told = [f"{folder} {type(error).__name__} {monotonic()}"]
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _files(folder: Path) -> Iterator[Path]:
    for pattern in _WATCHED:
        yield from folder.glob(pattern)
