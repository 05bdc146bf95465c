"""A dossier as files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from comity.errors import UsageError
from comity.report import html, markdown
from comity.report.dossier.chapters import document
from comity.report.files import write_all
from comity.report.text_formats import as_json
from comity.study.answers.dossier import DossierAnswer

FORMATS = ("html", "md", "json")


def write(answer: DossierAnswer, folder: str | Path, formats: Sequence[str] = FORMATS) -> list[Path]:
    """Write dossier.html (self-contained), dossier.md and dossier.json into a folder, all of them or none.

    Returns the paths in the order of ``formats``. Raises UsageError for an unknown format, StoreReadOnly or
    StoreFull where the folder cannot be written; nothing is left behind then.
    """
    unknown = [f for f in formats if f not in FORMATS]
    if unknown or not formats:
        raise UsageError("Unknown dossier format", got=", ".join(unknown), allowed=", ".join(FORMATS))
    made = document(answer) if {"html", "md"} & set(formats) else None
    texts: dict[str, str] = {}
    for name in formats:
        if made is None or name == "json":
            texts[name] = as_json(answer)
        else:
            texts[name] = html.render(made, "dossier") if name == "html" else markdown.render(made)
    return write_all(Path(folder), {f"dossier.{name}": text.encode() for name, text in texts.items()})
