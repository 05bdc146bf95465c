"""A dossier as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from comity.errors import UsageError
from comity.model.words import say
from comity.report import html, markdown, parts
from comity.report.document import Document
from comity.report.dossier.chapters import document
from comity.report.files import write_all
from comity.report.print import pdf
from comity.report.text_formats import as_json
from comity.study.answers.common import Header
from comity.study.answers.dossier import DossierAnswer

FORMATS = ("html", "md", "json")
"""Written where nothing else is asked for: they need no extra."""
EVERY = (*FORMATS, "pdf")


def checked(formats: Sequence[str]) -> tuple[str, ...]:
    """The formats, once each; UsageError for an unknown one or none, MissingExtra for "pdf" without its extra."""
    unknown = [f for f in formats if f not in EVERY]
    if unknown or not formats:
        raise UsageError("Unknown dossier format", got=", ".join(unknown), allowed=", ".join(EVERY))
    if "pdf" in formats:
        pdf.require()
    return tuple(dict.fromkeys(formats))


def write(
    answer: DossierAnswer, folder: str | Path, formats: Sequence[str] = FORMATS, *, interactive: bool = True
) -> list[Path]:
    """Write dossier.html (self-contained), .md, .json and .pdf into a folder: all that are asked for, or none.

    interactive : whether the figures of the HTML tell more where they are pointed at, for 1.8 MB more.
    Returns the paths in the order of ``formats``. Raises as ``checked``, and StoreReadOnly or StoreFull where the
    folder cannot be written; nothing is left behind then.
    """
    chosen = checked(formats)
    made = document(answer) if set(chosen) - {"json"} else None
    contents = {f"dossier.{name}": _content(name, answer, made, interactive=interactive) for name in chosen}
    return write_all(Path(folder), contents)


def _content(name: str, answer: DossierAnswer, made: Document | None, *, interactive: bool) -> bytes:
    if made is None or name == "json":
        return as_json(answer).encode()
    makers: dict[str, Callable[[], str | bytes]] = {
        "html": lambda: html.render(made, "dossier", interactive=interactive),
        "md": lambda: markdown.render(made),
        "pdf": lambda: pdf.render(made, "dossier", facts=_facts(answer.header), made=answer.header.answered),
    }
    content = makers[name]()
    return content.encode() if isinstance(content, str) else content


def _facts(header: Header) -> Iterator[tuple[str, str]]:
    """What a title page says of the answer."""
    for key, told in (
        ("release", f"{header.origin.release} ({header.origin.sha256[: parts.HASH_LENGTH]})"),
        ("last", parts.day(header.origin.last)),
        ("reading", parts.reading_words(header)),
        ("answered", parts.day(header.answered)),
        ("version", header.version),
    ):
        yield say(f"provenance.{key}"), told
