"""A document as PDF: tagged (PDF/UA-1), for keeping (PDF/A-2a), the same bytes for the same answer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from comity.errors import MissingExtra
from comity.model.clock import epoch
from comity.model.words import say
from comity.report.document import Document
from comity.report.print.letters import fonts
from comity.report.print.sheet import sheet

if TYPE_CHECKING:
    import typst

STANDARDS = ["ua-1", "a-2a"]


def render(document: Document, kind: str, *, facts: Iterable[tuple[str, str]], made: date) -> bytes:
    """The document on A4 pages. ``kind`` names the sort of document in its masthead ("dossier").

    facts : terms with their text for the title page, such as the release.
    made  : the date of the answer, which the file carries as its own.
    Raises MissingExtra without the extra ``report``.
    """
    compiler = _typst()
    values = sheet(document, facts, kind) | {"made": [made.year, made.month, made.day]}
    template = (resources.files("comity.report") / "templates" / "print.typ").read_bytes()
    # The answer goes in as a value, never as source: nothing in it can be read as a command.
    return bytes(
        compiler.compile(
            template,
            font_paths=_fonts(),
            sys_inputs={"values": json.dumps(values, ensure_ascii=False)},
            pdf_standards=STANDARDS,
            timestamp=epoch(made),
        )
    )


def require() -> None:
    """MissingExtra without the extra ``report``: for a command, before it works for half a minute."""
    _typst()


def _typst() -> Any:
    try:
        import typst
    except ImportError:
        raise MissingExtra(
            say("print.needs_extra"), allowed=say("print.needs_extra_allowed"), next=say("print.needs_extra_next")
        ) from None
    return typst


@cache
def _fonts() -> typst.Fonts:
    """The shipped fonts alone, so that a page is the same on every machine."""
    with resources.as_file(fonts()) as folder:
        found: typst.Fonts = _typst().Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
        )
    return found
