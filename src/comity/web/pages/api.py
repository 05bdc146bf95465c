"""The index of the API: as JSON for programs, as a page for readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.responses import Response

from comity.model.words import said, say
from comity.version import VERSION
from comity.web.asked import Asked
from comity.web.openapi import PREFIX, SPECIFICATION, title_of
from comity.web.page import Page, render
from comity.web.problems import keys, told_of
from comity.web.question import Question
from comity.web.registry import registry


@dataclass(frozen=True, slots=True)
class Row:
    """One question of the index. needs : in words what the package itself does not hold, "" where it answers."""

    title: str
    path: str
    example: str
    command: str
    needs: str


def index(prefix: str) -> dict[str, Any]:
    """Every question with its path, an example, and what it needs."""
    rows = [(q, _row(q)) for q in registry().questions.values()]
    return {
        "comity": VERSION,
        "openapi": f"{prefix}{SPECIFICATION}",
        "page": f"{prefix}/api",
        "questions": [
            {
                "name": q.name,
                "title": row.title,
                "path": f"{prefix}{row.path}",
                "example": f"{prefix}{row.example}",
                "command": row.command,
                "needs": q.needs or None,
                "paged": q.paged or None,
            }
            for q, row in rows
        ],
    }


def api_page(request: Request, asked: Asked) -> Response:
    """The index for a reader."""
    lead = say("web_api.summary")
    page = Page(say("web_api.title"), say("web_api.kicker"), lead, lead, (), "", asked=asked, path="/api")
    rows = [_row(question) for question in registry().questions.values()]
    refused = [(key, *told_of(key)) for key in keys()]
    return render(request, "api.html.j2", page, rows=rows, refused=refused, specification=SPECIFICATION)


def _row(question: Question) -> Row:
    asked = question.asked.model_validate(dict(question.example))
    return Row(
        title_of(question),
        f"{PREFIX}{question.path}",
        f"{PREFIX}{asked.url(question.path)}",
        f"comity {question.command}",
        said(f"web_needs.{question.needs}", question.needs) if question.needs else "",
    )
