"""How wide a printed table's columns are: numbers take what they need, words share what is left."""

from __future__ import annotations

import re
from itertools import chain

from comity.report.document import Item, Table

WIDTH = 476.0
"""The text width of an A4 page, in points."""
SIZES = (8.0, 7.5, 7.0, 6.5, 6.0, 5.5)
AUTO = 16
"""A column of words up to this many letters keeps its own width; longer ones share what is left."""
_LETTER, _BELOW, _PAD = 0.6, 0.53, 1.1
"""Width of a letter, of one set smaller beneath, and of the space between columns, in units of the type size."""
_LEAST = 11.0
_SEAM = re.compile(r"[\s/\u200b]+")


def fitted(table: Table) -> tuple[float, list[tuple[float, float]]]:
    """The type size, and each column's width: (units of that size, 0) or (0, share of what is left).

    The first column of a grouped table, which becomes lines of their own, has none. The largest size is taken at which
    the columns of words still have room; where no column holds more than a few words, the table is as wide as it needs.
    """
    skipped = 1 if table.grouped else 0
    own = [_own(table, i) for i in range(skipped, len(table.columns))]
    shares = [0.0 if fixed else _share(table, i) for i, fixed in enumerate(own, skipped)]
    needed = sum(own) + _LEAST * sum(not fixed for fixed in own)
    size = next((size for size in SIZES if needed * size <= WIDTH), SIZES[-1])
    if not any(shares):
        # A little air, never beyond the page.
        air = min(1.5, max(0.0, (WIDTH / size - needed) / len(own)))
        own = [fixed + air for fixed in own]
    return size, [(round(fixed, 2), share) for fixed, share in zip(own, shares, strict=True)]


def _own(table: Table, i: int) -> float:
    """What a column of numbers, or of a word or two, needs; 0 for one of longer texts."""
    column = table.columns[i]
    cells = _cells(table, i)
    longest = max((len(cell.text) for cell in cells), default=0)
    beneath = max((len(part) for cell in cells for part in _beneath(cell, column.numeric)), default=0)
    if not column.numeric and max(longest, beneath) > AUTO:
        return 0.0
    return max(_LETTER * max(longest, _word(column.head)), _BELOW * max(beneath, _word(column.below))) + _PAD


def _share(table: Table, i: int) -> float:
    cells = _cells(table, i)
    mean = sum(len(c.text) + sum(map(len, c.below)) for c in cells) / max(1, len(cells))
    share: float = max(10.0, mean) ** 0.6
    return round(share, 2)


def _cells(table: Table, i: int) -> list[Item]:
    return [line.items[i] for line in table.lines if i < len(line.items)]


def _beneath(cell: Item, numeric: bool) -> tuple[str, ...]:
    """The small lines as they may be broken: beneath a number they stay on one line, beneath a word they do not."""
    return (" / ".join(cell.below),) if numeric else tuple(word for line in cell.below for word in line.split())


def _word(head: str) -> int:
    return max(map(len, chain([""], _SEAM.split(head))))
