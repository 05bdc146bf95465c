"""A document as Markdown (tables in the pipe form)."""

from __future__ import annotations

from collections.abc import Iterable

from comity.model.words import say
from comity.report.document import Block, Definitions, Document, Facts, Fold, Item, Listing, Paragraph, Picture, Table

_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>|"})


def render(document: Document) -> str:
    """The whole document, ending with its source line."""
    lines = [f"# {escape(document.title)}", "", escape(document.subtitle), "", f"**{escape(document.lead)}**", ""]
    for block in document.opening:
        lines += [*_block(block), ""]
    for chapter in document.chapters:
        lines += [f"## {escape(chapter.title)}", ""]
        for block in chapter.blocks:
            lines += [*_block(block), ""]
    return "\n".join([*lines, "---", "", escape(document.source), ""])


def escape(text: str) -> str:
    """Characters that Markdown reads as markup, made plain.

    >>> escape("a | b <i>")
    'a \\\\| b \\\\<i\\\\>'
    """
    return " ".join(text.translate(_SPECIAL).split())


def _block(block: Block) -> list[str]:
    match block:
        case Table():
            return table(block)
        case Paragraph():
            return [escape(block.text)]
        case Listing():
            return [f"{f'{i}.' if block.numbered else '-'} {escape(item)}" for i, item in enumerate(block.items, 1)]
        case Facts():
            return [f"- **{escape(big)}**: {escape(small)}" for big, small in block.items]
        case Definitions():
            return [f"- **{escape(term)}**: {_linked(text, href)}" for term, text, href in block.items]
        case Picture():
            return [f"*{escape(say('dossier.figure_elsewhere', alt=block.alt))}*"]
        case Fold():
            inner = [line for inner in block.blocks for line in (*_block(inner), "")]
            return [f"### {escape(block.title)}", "", *inner[:-1]]


def table(made: Table) -> list[str]:
    """Caption, pipe table, note."""
    heads = [escape(f"{c.head} ({c.below})" if c.below else c.head) for c in made.columns]
    rule = ["---:" if c.numeric else "---" for c in made.columns]
    rows = [[_item(item) for item in line.items] for line in made.lines]
    note = ["", escape(made.note)] if made.note else []
    return [f"*{escape(made.caption)}*", "", *map(_row, (heads, rule, *rows)), *note]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _item(item: Item) -> str:
    text = _linked(item.text, item.href)
    return f"{text} ({escape(' / '.join(item.below))})" if item.below else text


def _linked(text: str, href: str | None) -> str:
    return f"[{escape(text)}](<{href}>)" if href else escape(text)
