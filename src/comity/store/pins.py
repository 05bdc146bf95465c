"""Pins: what a download was when it was first used, so that a later one is the same or an error."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from comity.errors import StoreDamaged
from comity.store.disk import disk_errors, make_folders, write_whole
from comity.store.home import home
from comity.store.lock import write_lock


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """One file of one version of a record.

    checksum   : the record's own, "md5:…" and so on.
    sha256     : of the bytes that were verified against it.
    first_used : when, in UTC.
    licence, citation : as the record gave them then.
    """

    doi: str
    version: str
    name: str
    file_id: int
    checksum: str
    sha256: str
    bytes: int
    licence: str
    citation: str
    first_used: datetime


def pins() -> tuple[Pin, ...]:
    """Every pin, in the order they were made. StoreDamaged where they cannot be read."""
    path = _path()
    try:
        with disk_errors(path, "reading the pins"):
            raw = json.loads(path.read_text("utf-8")) if path.exists() else {"pins": []}
        return tuple(Pin(**p | {"first_used": datetime.fromisoformat(p["first_used"])}) for p in raw["pins"])
    except (ValueError, KeyError, TypeError) as err:
        raise StoreDamaged("The pins of downloads cannot be read", got=str(path), next="Restore the file") from err


def pinned(doi: str, version: str, name: str) -> Pin | None:
    """The pin of a file, or None."""
    return next((p for p in pins() if (p.doi, p.version, p.name) == (doi, version, name)), None)


def add_pin(pin: Pin) -> Pin:
    """Pin a file, unless it is pinned already; returns the pin that holds. Raises StoreReadOnly, StoreFull."""
    path = _path()
    with disk_errors(path.parent, "writing to the store"):
        make_folders(path.parent)
        with write_lock(path.parent / ".lock"):
            held = pins()
            first = next((p for p in held if (p.doi, p.version, p.name) == (pin.doi, pin.version, pin.name)), None)
            if first is None:
                rows = [
                    asdict(p) | {"first_used": p.first_used.astimezone(UTC).isoformat(timespec="seconds")}
                    for p in (*held, pin)
                ]
                write_whole(path, json.dumps({"pins": rows}, ensure_ascii=False, indent=1).encode())
    return first or pin


def _path() -> Path:
    return home() / "pins.json"
