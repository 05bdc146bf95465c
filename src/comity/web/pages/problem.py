"""What went wrong, as a page."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from comity.model.language import language
from comity.web.asked import Asked
from comity.web.page import Page, render
from comity.web.problems import Problem


def problem_page(request: Request, found: Problem) -> Response:
    """The problem with what to do next."""
    asked = Asked.model_validate({"lang": language()})
    page = Page(
        title=found.title,
        kicker=str(found.status),
        lead=found.detail,
        description=found.title,
        sections=(),
        source="",
        asked=asked,
        path="/",
    )
    return render(request, "problem.html.j2", page, found.status)
