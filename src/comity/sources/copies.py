"""Temporary copies of files that cannot be read where they are; they live until the process ends."""

from __future__ import annotations

import atexit
import codecs
import shutil
import tempfile
from pathlib import Path

from comity.errors import BadFile, DamagedFile
from comity.sources.intake import CHUNK, COMPRESSED, MAX_BYTES, R_MAGIC, LineCheck, chunks

# A file is recognised first and read later; it is not turned twice while its size and time of change stay.
_DONE: dict[tuple[Path, str, int, int], Path] = {}


def spool(path: Path) -> Path:
    """Copy a pipe, which can be read only once, checking its lines on the way."""
    copy = _place(path)
    lines, done, text = LineCheck(path.name), 0, True
    try:
        with path.open("rb") as pipe, copy.open("wb") as out:
            while chunk := pipe.read(CHUNK):
                done += len(chunk)
                if done > MAX_BYTES:
                    raise DamagedFile(f"{path.name} is longer than {MAX_BYTES:,} bytes")
                text = text and not chunk.startswith(COMPRESSED + R_MAGIC) if done == len(chunk) else text
                if text:
                    lines.feed(chunk)
                out.write(chunk)
    except OSError as error:
        raise BadFile(f"{path.name} cannot be read: {error.strerror or error}") from None
    return copy


def as_utf8(path: Path, legacy: str) -> Path:
    """The file itself where it is UTF-8, else a copy turned from the encoding ``legacy`` into UTF-8."""
    status = path.stat()
    key = (path, legacy, status.st_size, status.st_mtime_ns)
    if key not in _DONE:
        _DONE[key] = path if _is_utf8(path) else _recode(path, legacy)
    return _DONE[key]


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _recode(path: Path, legacy: str) -> Path:
    copy = _place(path)
    decoder = codecs.getincrementaldecoder(legacy)(errors="replace")
    try:
        with copy.open("w", encoding="utf-8", newline="") as out:
            for chunk in chunks(path):
                out.write(decoder.decode(chunk))
    except OSError as error:
        raise BadFile(f"{path.name} cannot be copied to {copy.parent}: {error.strerror or error}") from None
    return copy


def _place(path: Path) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="comity-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder / (path.name or "stream")
