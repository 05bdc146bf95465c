"""From files to pieces of text that an engine can read: fine lines only, each piece of bounded size.

A plain file without a fault is read where it lies; all else is written, line by line, to temporary pieces.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from comity.errors import UnknownLayout
from comity.sources.event_files import Member, blocks
from comity.sources.event_lines import Aside, Looked, fine_lines
from comity.strands.events.layouts import Layout


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one layout. ``ours`` says that it is a temporary file of ours, to be removed when it was read."""

    path: Path
    layout: Layout
    bytes: int
    ours: bool


@dataclass(slots=True)
class Seen:
    """What was seen of a file: its lines, faults and, of a plain one, sha256."""

    rows: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    sha256: str = ""

    def add(self, looked: Looked) -> None:
        """Add a stream."""
        self.rows += looked.rows
        for fault, n in looked.faults.items():
            self.faults[fault] = self.faults.get(fault, 0) + n


def look(member: Member) -> tuple[Looked, str]:
    """Read a plain file once, keeping nothing: what it is like, and its sha256. Raises UnknownLayout."""
    digest, looked = hashlib.sha256(), Looked()

    def hashed() -> Iterator[bytes]:
        for block in blocks(member):
            digest.update(block)
            yield block

    for _ in fine_lines(hashed(), looked, _nowhere):
        pass
    return looked, digest.hexdigest()


def pieces(member: Member, seen: Seen, aside: Aside, new: Callable[[], Path], most: int) -> Iterator[Piece]:
    """The pieces of a stream, each of about ``most`` bytes, in files of names that ``new`` gives.

    A piece is yielded when it is closed; the caller removes it. Raises UnknownLayout, DamagedFile, BadFile.
    """
    looked = Looked()
    lines = fine_lines(blocks(member), looked, aside)
    while (path := _written(lines, path=new(), most=most)) is not None:
        assert looked.layout is not None
        yield Piece(path, looked.layout, path.stat().st_size, ours=True)
    if looked.layout is None and looked.rows == 0:
        raise UnknownLayout("Not a file of events", got=f"{member.shown}: nothing in it")
    seen.add(looked)


def _written(lines: Iterable[bytes], *, path: Path, most: int) -> Path | None:
    """The next ``most`` bytes of lines as a file; None at the end."""
    size = 0
    with path.open("wb") as out:
        for block in lines:
            size += out.write(block)
            if size >= most:
                break
    if size:
        return path
    path.unlink()
    return None


def _nowhere(_fault: str, _line: bytes) -> None:
    """Keeps no line."""
