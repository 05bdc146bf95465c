"""A Stata file (format 118, Stata 14 and later) with variable labels and dataset notes."""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from comity.errors import StoreError
from comity.model.words import say

if TYPE_CHECKING:
    import polars as pl

LABEL, NAME, NOTE = 80, 32, 67_783
"""Stata's limits: characters of a label and of a variable's name, bytes of a note."""

_VERSION = 14
_OPEN, _MAP = b"<characteristics>", b"<map>"
_SECTIONS = 14  # entries of the map: where each section of the file begins
_FIRST_AFTER = 9  # the map's entries from here on lie behind the characteristics
_FIELD = 129  # bytes of a name in a characteristic, its closing zero included


def stata_bytes(frame: pl.DataFrame, file_label: str, labels: Mapping[str, str], notes: Sequence[str]) -> bytes:
    """The content of a .dta file.

    file_label : shown by ``describe``, cut at 80 characters.
    labels     : column → variable label, at most 80 characters each.
    notes      : shown by ``notes``, one each.
    A null number becomes Stata's missing value, a null string the empty string. Raises a StoreError where the
    temporary file cannot be written.
    """
    import pyreadstat

    try:
        with tempfile.TemporaryDirectory(prefix="comity-") as folder:
            path = Path(folder) / "table.dta"
            pyreadstat.write_dta(
                frame, path, file_label=file_label[:LABEL], column_labels=dict(labels), version=_VERSION
            )
            return with_notes(path.read_bytes(), notes)
    except (OSError, pyreadstat.ReadstatError) as error:
        place = tempfile.gettempdir()
        raise StoreError(say("export.temporary"), got=place, next=say("export.temporary_next")) from error


def with_notes(content: bytes, notes: Sequence[str]) -> bytes:
    """A .dta file of format 118 with notes on the dataset, which pyreadstat itself cannot write.

    Notes are characteristics of ``_dta``: note0 holds how many there are, note1 and on their text.
    """
    if not notes:
        return content
    texts = [(0, str(len(notes)).encode())] + [(i, _cut(note)) for i, note in enumerate(notes, 1)]
    added = b"".join(_characteristic(f"note{i}", text) for i, text in texts)
    at = content.index(_MAP) + len(_MAP)
    layout = f"<{_SECTIONS}Q"
    offsets = struct.unpack_from(layout, content, at)
    moved = [o + len(added) if i >= _FIRST_AFTER else o for i, o in enumerate(offsets)]
    body = offsets[_FIRST_AFTER - 1] + len(_OPEN)
    head = content[:at] + struct.pack(layout, *moved) + content[at + struct.calcsize(layout) : body]
    return head + added + content[body:]


def _characteristic(name: str, text: bytes) -> bytes:
    inner = b"_dta".ljust(_FIELD, b"\0") + name.encode().ljust(_FIELD, b"\0") + text + b"\0"
    return b"<ch>" + struct.pack("<I", len(inner)) + inner + b"</ch>"


def _cut(note: str) -> bytes:
    return note.encode()[:NOTE].decode(errors="ignore").encode()
