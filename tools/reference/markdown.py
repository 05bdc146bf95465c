"""Markdown from plain values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def cell(value: object) -> str:
    """A value as a table cell: one line, bars escaped, days never broken."""
    return DAY.sub(r'<span class="day">\g<0></span>', " ".join(str(value).split()).replace("|", "\\|"))


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; ValueError where a row has another number of cells than the head."""
    lines = [head, ["---"] * len(head), *rows]
    if any(len(line) != len(head) for line in lines):
        raise ValueError(f"rows do not fit the columns {', '.join(head)}")
    return "".join("| " + " | ".join(cell(value) for value in line) + " |\n" for line in lines) + "\n"


def code(text: object) -> str:
    """Text in code type; nothing stays nothing."""
    return f"`{text}`" if str(text) else ""


def yes(value: bool) -> str:
    """A mark for the reader."""
    return "yes" if value else "not yet"


def section(title: str, anchor: str, level: int = 2) -> str:
    """A heading with an anchor of its own, so that links to it survive a change of words."""
    return f"\n{'#' * level} {title} {{ #{anchor} }}\n\n"
