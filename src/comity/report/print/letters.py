"""The letters of the shipped fonts, read from their character maps: print may use no letter without a glyph."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

UNKNOWN = "□"


def fonts() -> Traversable:
    """The folder of the shipped fonts."""
    return resources.files("comity.data") / "fonts"


@cache
def letters(name: str) -> frozenset[int]:
    """The code points that a font file of the folder has a glyph for."""
    return frozenset(_mapped((fonts() / name).read_bytes()))


def printable(text: str) -> str:
    """A text in composed letters; those that the text face lacks, and control characters, are shown as unknown.

    >>> printable("Viê\u0323t Nam 中国"), printable("a\\x00b\\nc")
    ('Việt Nam □□', 'a□b c')
    """
    held = letters("Inter-Regular.ttf") & letters("Inter-SemiBold.ttf")
    composed = unicodedata.normalize("NFC", " ".join(text.split("\n")))
    return composed if composed.isascii() and composed.isprintable() else "".join(_shown(c, held) for c in composed)


def _shown(letter: str, held: frozenset[int]) -> str:
    return letter if ord(letter) in held else " " if letter.isspace() else UNKNOWN


def _mapped(font: bytes) -> Iterator[int]:
    """The code points of a font's Unicode subtables (formats 4 and 12, the two that modern fonts have)."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {font[12 + 16 * i : 16 + 16 * i]: struct.unpack_from(">I", font, 20 + 16 * i)[0] for i in range(count)}
    start = tables[b"cmap"]
    for i in range(struct.unpack_from(">H", font, start + 2)[0]):
        platform, _, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * i)
        at = start + offset
        form = struct.unpack_from(">H", font, at)[0]
        if platform in (0, 3) and form == 4:
            yield from _segments(font, at)
        elif platform in (0, 3) and form == 12:
            yield from _groups(font, at)


def _segments(font: bytes, at: int) -> Iterator[int]:
    twice = struct.unpack_from(">H", font, at + 6)[0]

    def column(k: int, kind: str = "H") -> tuple[int, ...]:
        return struct.unpack_from(f">{twice // 2}{kind}", font, at + 14 + k * twice + (2 if k else 0))

    ranges = at + 16 + 3 * twice
    rows = zip(column(0), column(1), column(2, "h"), column(3), strict=True)
    for i, (end, first, delta, offset) in enumerate(rows):
        for code in range(first, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                glyph = struct.unpack_from(">H", font, ranges + 2 * i + offset + 2 * (code - first))[0]
                if not glyph:
                    continue
            if (glyph + delta) % 0x10000:
                yield code


def _groups(font: bytes, at: int) -> Iterator[int]:
    for i in range(struct.unpack_from(">I", font, at + 12)[0]):
        first, end, glyph = struct.unpack_from(">III", font, at + 16 + 12 * i)
        yield from range(first + (glyph == 0), end + 1)
