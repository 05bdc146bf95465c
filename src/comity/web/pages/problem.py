"""What went wrong, as a page."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from comity.web.asked import Asked
from comity.web.page import Page, render
from comity.web.problems import Problem


def problem_page(request: Request, found: Problem) -> Response:
    """The problem with what to do next."""
    asked = Asked(lang="vi") if request.query_params.get("lang") == "vi" else Asked()
    page = Page(
        title=found.title,
        kicker=str(found.status),
        lead=found.detail,
        description=found.title,
        sections=(),
        source="",
        asked=asked,
        here="/",
    )
    return render(request, "problem.html.j2", page, found.status)
