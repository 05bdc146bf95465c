"""First contact with a file of unknown origin: bounded reading, before any parser sees it.

Nothing here holds more than a few MiB, whatever the file: a chunk at a time, decompressed in chunks too.
"""

from __future__ import annotations

import bz2
import codecs
import csv
import gzip
import io
import lzma
import struct
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO

from comity.errors import BadFile, DamagedFile, UnknownLayout
from comity.sources.base import R_NAMES, Peek

MIB = 1 << 20
CHUNK = MIB
MAX_LINE = MIB
MAX_BYTES = 4096 * MIB  # four times the largest release known, decompressed
MAX_RATIO = 300  # vote tables compress up to about 40 times; looked at only once 64 MiB have come out
SAVE_AS_UTF8 = 'Save it as UTF-8 (in Excel: "CSV UTF-8")'

_OPENERS = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ\x00", lzma.open))
COMPRESSED = tuple(start for start, _ in _OPENERS)
R_MAGIC = (b"RDX2\n", b"RDX3\n", b"X\n")
_OTHER_KINDS = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an Excel workbook"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word document"),
    (b"PAR1", "a Parquet file"),
    (b"<stata_dta>", "a Stata file"),
    (b"$FL2", "an SPSS file"),
    (b"<", "an HTML or XML page"),
    (b"{", "a JSON document"),
    (b"[", "a JSON document"),
)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def open_bytes(path: Path) -> IO[bytes]:
    """The file's bytes, decompressed where it begins like gzip, bzip2 or xz."""
    with path.open("rb") as file:
        magic = file.read(6)
    opener = next((opener for start, opener in _OPENERS if magic.startswith(start)), None)
    return opener(path, "rb") if opener else path.open("rb")  # type: ignore[return-value]


def chunks(path: Path) -> Iterator[bytes]:
    """The decompressed bytes in pieces of at most 1 MiB.

    Raises DamagedFile where the compressed stream is cut off or broken, or swells beyond reason.
    """
    size, done = path.stat().st_size, 0
    try:
        with open_bytes(path) as file:
            while chunk := file.read(CHUNK):
                done += len(chunk)
                if done > MAX_BYTES or (done > 64 * MIB and done > MAX_RATIO * size and _is_gzip(path)):
                    raise DamagedFile(
                        f"{path.name} swells from {size:,} to more than {done:,} bytes when decompressed",
                        allowed=f"{MAX_RATIO} times its size and {MAX_BYTES:,} bytes",
                    )
                yield chunk
    except EOFError:
        raise DamagedFile(
            f"{path.name} is cut off: its compressed data end early", next="Download or copy it again"
        ) from None
    except (gzip.BadGzipFile, zlib.error, lzma.LZMAError) as error:
        raise DamagedFile(
            f"{path.name} is damaged: its compressed data cannot be read ({error})", next="Download it again"
        ) from None
    except OSError as error:
        raise BadFile(f"{path.name} cannot be read: {error.strerror or error}") from None


def peek(path: Path) -> Peek:
    """Look at the first MiB of a text file, or for the column names in an R file.

    Raises UnknownLayout for a file of another kind and DamagedFile for one that is empty, has no rows, has an
    impossible first line or is not UTF-8.
    """
    if path.is_dir():
        raise BadFile(f"{path.name} is a folder", next="Name the files in it")
    if not path.exists():
        raise BadFile("No such file", got=str(path))
    stream = chunks(path)
    head = next(stream, b"")
    if not head:
        raise DamagedFile(f"{path.name} is empty")
    if head.startswith(R_MAGIC):
        return Peek(path, "r", (), _names_in_r(head, stream))
    kind = next((kind for start, kind in _OTHER_KINDS if head.lstrip().startswith(start)), None)
    if kind:
        raise UnknownLayout(f"{path.name} is {kind}, not a table of votes")
    return _peek_text(path, head, ended=next(stream, b"") == b"")


def scan(found: Peek) -> None:
    """Go through a whole text file: lines of at most 1 MiB, no NUL, UTF-8, columns once, cells as many as columns.

    Raises DamagedFile that names the line.
    """
    path = found.path
    named = [name.lower() for name in found.header if name]
    if twice := sorted({name for name in named if named.count(name) > 1}):
        raise DamagedFile(f"{path.name}, line 1: the column {twice[0]} occurs twice")
    lines = LineCheck(path.name)
    decoder = codecs.getincrementaldecoder("utf-8")()
    for chunk in chunks(path):
        lines.feed(chunk, decoder)
    lines.feed(b"", decoder)
    _check_cells(found)


class LineCheck:
    """Counts lines over chunks and refuses one longer than 1 MiB, or a NUL byte.

    number : the line the next chunk begins in, from 1.
    """

    def __init__(self, name: str) -> None:
        self.name, self.number, self._carry = name, 1, 0

    def feed(self, chunk: bytes, decoder: codecs.IncrementalDecoder | None = None) -> None:
        """Take the next chunk (at most 1 MiB, so a line inside it cannot be too long); an empty one ends the file.

        decoder : refuses text that is not UTF-8; None leaves that unchecked.
        """
        first, last = chunk.find(b"\n"), chunk.rfind(b"\n")
        if self._carry + (first if first >= 0 else len(chunk)) > MAX_LINE:
            raise DamagedFile(
                f"{self.name}, line {self.number}: the line is longer than {MAX_LINE:,} bytes",
                next="This is no table of votes, or its line ends are lost",
            )
        if (nul := chunk.find(b"\0")) >= 0:
            line = self.number + chunk.count(b"\n", 0, nul)
            raise DamagedFile(f"{self.name}, line {line}: a NUL byte in a text file", next=SAVE_AS_UTF8)
        if decoder:
            self._decode(decoder, chunk)
        self._carry = len(chunk) - last - 1 if last >= 0 else self._carry + len(chunk)
        self.number += chunk.count(b"\n")

    def _decode(self, decoder: codecs.IncrementalDecoder, chunk: bytes) -> None:
        try:
            decoder.decode(chunk, not chunk)
        except UnicodeDecodeError as error:
            line = self.number + chunk.count(b"\n", 0, max(0, error.start))
            raise DamagedFile(f"{self.name}, line {line}: not UTF-8 text", next=SAVE_AS_UTF8) from None


def text_lines(path: Path) -> IO[str]:
    """The decompressed text, for the csv module."""
    return io.TextIOWrapper(open_bytes(path), encoding="utf-8-sig", newline="")


def _is_gzip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == _OPENERS[0][0]


def _names_in_r(head: bytes, stream: Iterator[bytes]) -> frozenset[str]:
    """Which of R_NAMES occur as strings of R's binary serialisation (length, then the bytes)."""
    wanted = {struct.pack(">i", len(name)) + name.encode(): name for name in R_NAMES}
    found: set[bytes] = set()
    tail = b""
    for chunk in chain([head], stream):
        piece = tail + chunk
        found |= {key for key in wanted.keys() - found if key in piece}
        tail = chunk[-32:]
    return frozenset(wanted[key] for key in found)


def _peek_text(path: Path, head: bytes, *, ended: bool) -> Peek:
    if head.startswith(_UTF16):
        raise DamagedFile(f"{path.name} is in UTF-16", next=SAVE_AS_UTF8)
    first, newline, rest = head.partition(b"\n")
    if not newline and not ended:
        raise DamagedFile(
            f"{path.name}, line 1: the line is longer than {MAX_LINE:,} bytes",
            next="This is no table of votes, or its line ends are lost",
        )
    if b"\0" in first:
        raise DamagedFile(f"{path.name}, line 1: a NUL byte in a text file", next=SAVE_AS_UTF8)
    line = first.decode("utf-8-sig", errors="replace").strip("\r\n")
    separator = max((",", "\t", ";"), key=line.count)
    header = tuple(cell.strip() for cell in next(csv.reader([line], delimiter=separator), []))
    if ended and not rest.strip() and line.count(separator):
        raise DamagedFile(f"{path.name} holds a header and no rows")
    return Peek(path, "text", header, frozenset(name.lower() for name in header), separator)


def _check_cells(found: Peek) -> None:
    """Refuse a row with fewer or more cells than the header; blank lines are let pass at the end only."""
    path, blank = found.path, 0
    with text_lines(path) as lines:
        rows = csv.reader(lines, delimiter=found.separator, strict=True)
        try:
            width = len(next(rows))
            for row in rows:
                if not row:
                    blank = blank or rows.line_num
                elif len(row) != width or blank:
                    raise DamagedFile(
                        f"{path.name}, line {blank or rows.line_num}: "
                        f"{0 if blank else len(row)} cells where the header has {width}",
                        next="Look for a stray separator, quote or line break",
                    )
        except csv.Error as error:
            raise DamagedFile(f"{path.name}, line {rows.line_num}: {error}", next="Look for a stray quote") from None
