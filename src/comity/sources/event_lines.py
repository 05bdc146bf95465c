"""Lines of event files, looked at before an engine reads them: every engine then reads the same lines.

Engines differ in what they do with a line of too few columns, a lone carriage return or bytes that are no text; so
such lines are taken out here, counted and handed over with the reason, and the rest is passed on as it stands.
"""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from comity.strands.events.layouts import Layout, layout_of

LONGEST = 1_000_000
"""Bytes of a line; a longer one is not a line of any of these files."""
LOOKED_AT = 50
"""First lines by which a layout is known."""

Aside = Callable[[str, bytes], None]
"""Takes a fault and the line. Faults: "columns" (too few or too many), "text" (bytes that are not UTF-8), "control" (a
control character within), "length" (longer than any line)."""


@dataclass(slots=True)
class Looked:
    """What was seen of one stream. ``rows`` are all its lines but the header and empty ones; ``faults`` of these."""

    layout: Layout | None = None
    rows: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    as_it_stands: bool = True
    """Whether the fine lines are all there is, byte for byte, so that the file itself may be read."""


def fine_lines(blocks: Iterable[bytes], looked: Looked, aside: Aside) -> Iterator[bytes]:
    """Blocks of whole lines without a fault, each line ending in "\\n"; ``looked`` is filled in meanwhile.

    Raises UnknownLayout where the first lines are of no layout.
    """
    for whole in _whole_lines(blocks, looked, aside):
        block = whole
        if looked.layout is None:
            block = _begun(block, looked)
        if b"\r\n" in block:
            block, looked.as_it_stands = block.replace(b"\r\n", b"\n"), False
        assert looked.layout is not None
        kept = _screened(block, looked.layout.width - 1, looked, aside)
        looked.as_it_stands &= kept is block
        if kept:
            yield kept


def _begun(block: bytes, looked: Looked) -> bytes:
    """The first block without a byte order mark and without the header; the layout is known then."""
    plain = block.removeprefix(codecs.BOM_UTF8)
    first = [line.rstrip(b"\r").decode("utf-8", "replace") for line in plain.split(b"\n", LOOKED_AT)[:LOOKED_AT]]
    looked.layout = layout_of(first)
    if looked.layout.header:
        plain = plain.partition(b"\n")[2]
    looked.as_it_stands = plain is block
    return plain


def _whole_lines(blocks: Iterable[bytes], looked: Looked, aside: Aside) -> Iterator[bytes]:
    """The same bytes, cut at line ends; a last line without an end gets one."""
    rest, skipping = b"", False
    for block in blocks:
        head, end, tail = block.rpartition(b"\n")
        if skipping and end:
            head, skipping = head.partition(b"\n")[2], False
        if end and (rest or head):
            yield rest + head + end
        rest = b"" if skipping else tail if end else rest + tail
        if len(rest) > LONGEST:
            aside("length", rest[:1000])
            looked.rows += 1
            looked.faults["length"] += 1
            looked.as_it_stands, rest, skipping = False, b"", True
    if rest:
        yield rest + b"\n"


def _screened(block: bytes, tabs: int, looked: Looked, aside: Aside) -> bytes:
    """The block without its faulty and empty lines; the same object where there is none."""
    array = np.frombuffer(block, np.uint8)
    ends = np.flatnonzero(array == ord("\n"))
    per_line = np.diff(np.searchsorted(np.flatnonzero(array == ord("\t")), ends), prepend=0)
    sound = bool((per_line == tabs).all()) and b"\r" not in block and b"\0" not in block and _is_text(block)
    if sound:
        looked.rows += len(ends)
        return block
    kept = []
    for line in block.split(b"\n")[:-1]:
        if not line:
            continue
        looked.rows += 1
        if fault := _fault(line, tabs):
            looked.faults[fault] += 1
            aside(fault, line)
        else:
            kept.append(line)
    return b"\n".join([*kept, b""]) if kept else b""


def _fault(line: bytes, tabs: int) -> str:
    if line.count(b"\t") != tabs:
        return "columns"
    if b"\r" in line or b"\0" in line:
        return "control"
    return "" if _is_text(line) else "text"


def _is_text(raw: bytes) -> bool:
    if raw.isascii():
        return True
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
