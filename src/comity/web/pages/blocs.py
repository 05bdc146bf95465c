"""The page of a period's blocs: on a map, by name, who moved, and how the cut depends on the resolution."""

from __future__ import annotations

from dataclasses import replace

from fastapi import Request
from starlette.responses import Response

from comity.report.answers import document
from comity.report.document import Chapter
from comity.study.answers.blocs import BlocsAnswer
from comity.web.asked import Asked
from comity.web.page import Section, page_of, render
from comity.web.question import Question

ORDER = ("blocs", "blocs-moved", "blocs-sweep")


def blocs_page(request: Request, question: Question, asked: Asked, found: BlocsAnswer) -> Response:
    """The whole page."""
    made = document(found)
    held: dict[str, Chapter] = {c.id: c for c in made.chapters}
    shown = [held[name] for name in ORDER if name in held]
    figures = tuple(f for f in question.figures if f.there(found))
    sections = tuple(
        Section(c.id, c.title, question, asked, c.blocks, figures if k == 0 else ()) for k, c in enumerate(shown)
    )
    closing = tuple(c for c in made.chapters if c.id not in ORDER)
    page = replace(page_of(question, asked, found, made), sections=sections, closing=closing)
    return render(request, "question.html.j2", page)
