"""Files of events as they are handed out: plain, gzipped, or zipped with several in one; read as streams of bytes."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from comity.errors import BadFile, DamagedFile, UsageError
from comity.model.words import say

SUFFIXES = (".csv", ".tsv", ".tab", ".txt", ".zip", ".gz")
"""What is taken from a folder; a file that is named is taken whatever it is called."""
INFLATES = 200
"""How many times its packed size a file may have: event files have 4 to 12, a bomb a thousand."""
UNSUSPECTED = 50_000_000
"""Bytes below which nobody asks."""
BLOCK = 8_000_000
"""Bytes read at a time."""


@dataclass(frozen=True, slots=True)
class Member:
    """One stream of lines: a plain or gzipped file (``name`` ""), or a file within a zip."""

    path: Path
    name: str = ""

    @property
    def shown(self) -> str:
        """As a person finds it."""
        return f"{self.path.name}/{self.name}" if self.name else self.path.name

    @property
    def plain(self) -> bool:
        """Whether the file is the text itself."""
        return not self.name and self.path.suffix.lower() != ".gz"


def found(paths: Sequence[Path]) -> list[Path]:
    """The files that were named and those of the folders that were, in order of their paths, each once.

    Raises UsageError where there is none.
    """
    files: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            files |= dict.fromkeys(p.absolute() for p in inside)
        elif path.is_file():
            files[path.absolute()] = None
        else:
            raise UsageError(say("events.no_file"), got=str(path), next=say("events.name_files"))
    if not files:
        raise UsageError(say("events.no_files"), got=", ".join(map(str, paths)), allowed=", ".join(SUFFIXES))
    return sorted(files)


def members(path: Path) -> tuple[Member, ...]:
    """The streams of a file. Raises DamagedFile for a zip that cannot be read, BadFile for one without a file."""
    if path.suffix.lower() != ".zip":
        return (Member(path),)
    with _damage(path), zipfile.ZipFile(path) as archive:
        inside = [info for info in archive.infolist() if not info.is_dir()]
    if not inside:
        raise BadFile(say("events.empty_zip"), got=path.name)
    for info in inside:
        if info.file_size > UNSUSPECTED and info.file_size > INFLATES * max(info.compress_size, 1):
            raise _bomb(f"{path.name}/{info.filename}", info.file_size, info.compress_size)
    return tuple(Member(path, info.filename) for info in inside)


def blocks(member: Member) -> Iterator[bytes]:
    """The bytes of a stream, BLOCK at a time. Raises DamagedFile where it is cut or spoilt, BadFile for a bomb."""
    packed = member.path.stat().st_size
    read = 0
    with _damage(member.path), _opened(member) as stream:
        while block := stream.read(BLOCK):
            read += len(block)
            if not member.plain and read > UNSUSPECTED and read > INFLATES * packed:
                raise _bomb(member.shown, read, packed)
            yield block


def sha256_of_packed(path: Path) -> str:
    """sha256 of a file as it lies there, hexadecimal."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


@contextmanager
def _opened(member: Member) -> Iterator[IO[bytes]]:
    if member.name:
        with zipfile.ZipFile(member.path) as archive, archive.open(member.name) as stream:
            yield stream
    elif member.plain:
        with member.path.open("rb") as stream:
            yield stream
    else:
        with gzip.open(member.path, "rb") as stream:
            yield cast("IO[bytes]", stream)


@contextmanager
def _damage(path: Path) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, EOFError, zlib.error, gzip.BadGzipFile) as err:
        raise DamagedFile(say("events.damaged"), got=path.name, next=f"{err}") from err
    except (RuntimeError, NotImplementedError) as err:  # a password, or a way of packing that Python does not know
        raise BadFile(say("events.unreadable_zip"), got=path.name, next=f"{err}") from err


def _bomb(name: str, size: int, packed: int) -> BadFile:
    return BadFile(say("events.bomb"), got=f"{name}: {size:,} / {packed:,}", allowed=f"1 : {INFLATES}")
