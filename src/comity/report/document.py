"""A document in neutral blocks: Markdown and HTML are two ways to print the same chapters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from comity.model.words import say


@dataclass(frozen=True, slots=True)
class Item:
    """One table cell: what it says, what stands smaller beneath it, where it leads, which word class it is.

    tone : "yes", "no", "abstain" or "" (how a vote is coloured; the word is always there too).
    """

    text: str
    below: tuple[str, ...] = ()
    href: str | None = None
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column head; numbers are set right-aligned."""

    head: str
    numeric: bool = True
    below: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A table row. ``kind`` is "", "first" (begins a group), "change" or "median"."""

    items: tuple[Item, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The first ``heads`` items of each line name the line.

    grouped : a line of kind "first" begins a group named by its first item; HTML sets that name on a line of its own.
    """

    caption: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    heads: int = 1
    note: str = ""
    grouped: bool = False
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or two; ``quiet`` is set smaller and grey."""

    text: str
    quiet: bool = False
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Listing:
    """Sentences one below the other; ``numbered`` where they are referred to."""

    items: tuple[str, ...]
    numbered: bool = False
    kind: str = "listing"


@dataclass(frozen=True, slots=True)
class Facts:
    """A few figures set large, each with the sentence that keeps it honest."""

    items: tuple[tuple[str, str], ...]
    kind: str = "facts"


@dataclass(frozen=True, slots=True)
class Definitions:
    """Terms with what they mean: term, text, link or None."""

    items: tuple[tuple[str, str, str | None], ...]
    kind: str = "definitions"


@dataclass(frozen=True)
class Picture:
    """A figure, drawn when a page first asks for it, with the words for those who do not see it.

    draw : the SVG text, given whether the page is narrow.
    specify : the wide one as Vega-Lite JSON, for pages that tell more at each mark; "" where there is none.
    """

    alt: str
    draw: Callable[[bool], str]
    specify: Callable[[], str] = str
    kind: str = "picture"

    @cached_property
    def wide(self) -> str:
        """SVG for a wide page."""
        return self.draw(False)

    @cached_property
    def narrow(self) -> str:
        """SVG for a narrow one."""
        return self.draw(True)

    @cached_property
    def spec(self) -> str:
        """Vega-Lite JSON, or ""."""
        return self.specify()


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks that open on demand."""

    title: str
    blocks: tuple[Block, ...]
    kind: str = "fold"


Block = Table | Paragraph | Listing | Facts | Definitions | Picture | Fold


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with its blocks; ``id`` is its anchor."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole page."""

    title: str
    subtitle: str
    lead: str
    chapters: tuple[Chapter, ...]
    source: str
    opening: tuple[Block, ...] = ()


def chapter(key: str, *blocks: Block | None) -> Chapter:
    """A chapter with its heading from the catalogue; blocks that are None are left out."""
    return Chapter(key.replace("_", "-"), say(f"chapter.{key}"), tuple(b for b in blocks if b is not None))
