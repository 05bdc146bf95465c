"""Griffe extension: the project's plain docstrings as Markdown.

A docstring lists fields as "name : meaning" and shows examples as ``>>>`` lines. Markdown would run the first together
and read the second as quotations.
"""

from __future__ import annotations

import re
from typing import Any

import griffe

FIELD = re.compile(r"^(?P<names>\w+(?:, \w+)*) *: (?P<meaning>.+)$")


def markdown(text: str) -> str:
    """A docstring with fields as a list and examples fenced."""
    return "\n\n".join(_paragraph(part) for part in re.split(r"\n\s*\n", text))


def _paragraph(text: str) -> str:
    lines = text.split("\n")
    if lines[0].startswith(">>>"):
        return "```python\n" + text + "\n```"
    if not FIELD.match(lines[0]):
        return text
    shown = []
    for line in lines:
        found = FIELD.match(line)
        if found:
            names = ", ".join(f"`{name}`" for name in found["names"].split(", "))
            shown.append(f"- {names}: {found['meaning']}")
        else:
            shown.append("    " + line.strip())
    return "\n".join(shown)


class Docstrings(griffe.Extension):
    """Rewrites each docstring as it is read."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Griffe calls this for every module, class, function and attribute."""
        if obj.docstring:
            obj.docstring.value = markdown(obj.docstring.value)
