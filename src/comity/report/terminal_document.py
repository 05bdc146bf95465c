"""A neutral document on the terminal: title, sentences, tables, notes, source."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from comity.report.document import (
    Block,
    Chapter,
    Definitions,
    Document,
    Facts,
    Fold,
    Listing,
    Paragraph,
    Picture,
    Table,
)
from comity.report.terminal_page import QUIET, STRONG, ruled


def shown(document: Document) -> RenderableType:
    """The whole document; pictures are left to the other formats."""
    top = [Text(), Text(document.title, style=STRONG), Text(document.subtitle, style=QUIET)]
    lead = [Text(), Text(document.lead)] if document.lead else []
    opening = [part for block in document.opening for part in _block(block)]
    body = [part for each in document.chapters for part in _chapter(each, alone=len(document.chapters) == 1)]
    return Group(*top, *lead, *opening, *body, Text(), Text(document.source, style=QUIET))


def _chapter(made: Chapter, *, alone: bool) -> Iterator[RenderableType]:
    blocks = [part for block in made.blocks for part in _block(block)]
    if not blocks:
        return
    if not alone:
        yield Text()
        yield Text(made.title, style=STRONG)
        blocks = blocks[1:] if isinstance(blocks[0], Text) and not blocks[0].plain else blocks
    yield from blocks


def _block(block: Block) -> Iterator[RenderableType]:
    """The block after an empty line; nothing of a picture."""
    if isinstance(block, Picture):
        return
    yield Text()
    match block:
        case Table():
            if block.caption:
                yield Text(block.caption, style=QUIET)
            yield ruled(block)
            if block.note:
                yield Text(block.note, style=QUIET)
        case Paragraph():
            yield Text(block.text, style=QUIET if block.quiet else "")
        case Listing():
            yield from (Text(f"{f'{i}.' if block.numbered else '–'} {item}") for i, item in enumerate(block.items, 1))
        case Facts():
            yield from (Text.assemble((big, STRONG), f"  {small}") for big, small in block.items)
        case Definitions():
            yield from (Text.assemble((term, STRONG), f"  {text}") for term, text, _ in block.items)
        case Fold():
            yield Text(block.title, style=STRONG)
            for inner in block.blocks:
                yield from _block(inner)
