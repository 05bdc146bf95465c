"""A document as the data of a printed one: plain values, safe to set, folded tables moved into annexes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from comity.model.language import language
from comity.model.words import say
from comity.report.document import Block, Document, Fold, Item, Line, Picture, Table
from comity.report.html import tidy
from comity.report.print.columns import fitted
from comity.report.print.letters import printable

MARGIN = 12
"""The padding of every figure, in its own units (``figures.style.finish``)."""
TALL = 1500
"""Letters of a cell from which on its row may be broken over two pages."""
_LONG = re.compile(r"\S{28,}")
_SEAM = re.compile(r"(?<=[/_.?&=-])(?=\w)|(?<=[0-9a-f]{16})(?=[0-9a-f]{16})")
_VIEW = re.compile(r'width="([\d.]+)" height="([\d.]+)" viewBox="0 0 [\d.]+ [\d.]+"')
_WEB = re.compile(r"https?://[^\s\"<>]+")


@dataclass(slots=True)
class _Sheet:
    """What is told once a document: annexes in the order met, and the figures already set."""

    annexes: list[dict[str, Any]] = field(default_factory=list)
    drawn: set[str] = field(default_factory=set)

    def blocks(self, blocks: Iterable[Block], chapter: str) -> list[dict[str, Any]]:
        return [made for block in blocks for made in self._block(block, chapter)]

    def _block(self, block: Block, chapter: str) -> list[dict[str, Any]]:
        match block:
            case Table():
                return [_table(block)] if block.lines else []
            case Picture():
                if block.wide in self.drawn:
                    return []
                self.drawn.add(block.wide)
                return [{"kind": "picture", "svg": _trimmed(printable(block.wide)), "alt": printable(block.alt)}]
            case Fold():
                return self._fold(block, chapter)
            case _:
                return [_safe(asdict(block))]

    def _fold(self, fold: Fold, chapter: str) -> list[dict[str, Any]]:
        """Sentences stay where they are, tables become an annex that the chapter points to."""
        if not any(isinstance(block, Table) for block in fold.blocks):
            return [{"kind": "fold", "title": text(fold.title), "blocks": self.blocks(fold.blocks, chapter)}]
        number = len(self.annexes) + 1
        see = say("print.see", title=fold.title, n=number, page="{page}")
        title = say("print.annex_title", chapter=chapter, title=fold.title)
        made: dict[str, Any] = {"id": f"annex-{number}", "label": say("print.annex", n=number), "title": text(title)}
        self.annexes.append(made)
        made["blocks"] = self.blocks(fold.blocks, chapter)
        return [{"kind": "see", "id": made["id"], "text": text(see)}]


def sheet(document: Document, facts: Iterable[tuple[str, str]], kind: str) -> dict[str, Any]:
    """Everything that the template sets, ready for JSON.

    facts : terms with their text for the title page. kind : the sort of document in its masthead, as in ``html``.
    No value is markup: the template sets every string as it stands.
    """
    made = _Sheet()
    chapters = [
        {"id": c.id, "title": text(c.title), "blocks": made.blocks(c.blocks, c.title)} for c in document.chapters
    ]
    words = ("page.contents", "page.name", "print.annexes", "print.annexes_lead")
    return {
        "title": text(document.title),
        "subtitle": text(document.subtitle),
        "lead": text(document.lead),
        "source": text(document.source),
        "kind": text(say(f"page.kind_{kind}")),
        "language": language(),
        "facts": [[text(term), text(meaning)] for term, meaning in facts],
        "words": {key.partition(".")[2]: say(key) for key in words},
        "opening": made.blocks(document.opening, document.title),
        "chapters": chapters,
        "annexes": made.annexes,
    }


def text(given: str) -> str:
    """A text as it is set: letters that have a glyph, numbers kept together, seams in what is too long to break.

    >>> text("345 of 460"), text("https://undocs.org/A/RES/77/1").count(chr(0x200B))
    ('345\\xa0of\\xa0460', 6)
    """
    return _LONG.sub(lambda word: _SEAM.sub("\u200b", word[0]), printable(tidy(given)))


def address(href: str | None) -> str | None:
    """An address of the web; None for anything else.

    >>> address("https://undocs.org/A/RES/77/1"), address("file:///etc/passwd"), address("#years")
    ('https://undocs.org/A/RES/77/1', None, None)
    """
    return href if href and _WEB.fullmatch(href) else None


def _safe(value: Any) -> Any:
    """Every text within plain values made ready to set."""
    match value:
        case dict():
            return {key: inner if key == "kind" else _safe(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_safe(inner) for inner in value]
        case str() if _WEB.fullmatch(value):
            return value
        case str():
            return text(value)
        case _:
            return value


def _trimmed(svg: str) -> str:
    """A figure without the empty margin around it, so that its words stand flush with the text."""

    def inner(found: re.Match[str]) -> str:
        width, height = (float(edge) - 2 * MARGIN for edge in found.groups())
        return f'width="{width:g}" height="{height:g}" viewBox="{MARGIN} {MARGIN} {width:g} {height:g}"'

    return _VIEW.sub(inner, svg, count=1)


def _table(table: Table) -> dict[str, Any]:
    """A table; the first column of a grouped one becomes lines of their own."""
    skipped = 1 if table.grouped else 0
    columns = table.columns[skipped:]
    size, widths = fitted(table)
    return {
        "kind": "table",
        "caption": text(table.caption),
        "note": text(table.note),
        "size": size,
        "whole": all(len(item.text) + sum(map(len, item.below)) < TALL for line in table.lines for item in line.items),
        "heads": table.heads - skipped,
        "columns": [
            {"head": text(c.head), "below": text(c.below), "numeric": c.numeric, "em": em, "share": share}
            for c, (em, share) in zip(columns, widths, strict=True)
        ],
        "groups": _groups(table.lines, table.grouped),
    }


def _groups(lines: tuple[Line, ...], grouped: bool) -> list[dict[str, Any]]:
    """Runs of lines, each under the name of its group; one run without a name where there are no groups."""
    skipped = 1 if grouped else 0
    found: list[dict[str, Any]] = []
    for line in lines:
        if not found or (grouped and line.kind == "first"):
            found.append({"name": text(line.items[0].text) if grouped else "", "lines": []})
        found[-1]["lines"].append({"kind": line.kind, "items": [_item(item) for item in line.items[skipped:]]})
    return found


def _item(item: Item) -> dict[str, Any]:
    below = [text(line) for line in item.below if line]
    return {"text": text(item.text), "below": " / ".join(below), "href": address(item.href), "tone": item.tone}
