"""The message catalogue: every sentence Comity prints."""

from __future__ import annotations

import string

from comity.model.words import catalogue
from reference.markdown import code, section, table

INTRO = """# Sentences

Every sentence and label that Comity prints, by its key. A word in braces is filled in from the answer. The templates
live in `src/comity/data/messages/en/`; a test holds each of them against
[the wording standard](../explanation/wording.md).
"""


def page() -> str:
    """The page."""
    by_section: dict[str, list[tuple[str, str]]] = {}
    for key, template in catalogue().items():
        name, _, rest = key.partition(".")
        by_section.setdefault(name, []).append((rest, template))
    return INTRO + "".join(
        section(name.replace("_", " "), name)
        + table(["Key", "Sentence", "Filled in"], ((code(k), _shown(t), _fields(t)) for k, t in rows))
        for name, rows in by_section.items()
    )


def _shown(template: str) -> str:
    return template.replace("*", "\\*").replace("<", "&lt;")


def _fields(template: str) -> str:
    names = dict.fromkeys(name for _, name, _, _ in string.Formatter().parse(template) if name)
    return ", ".join(code(name) for name in names)
