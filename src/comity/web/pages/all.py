"""All pages: those of their own, and for every other question the page that any question has."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI, Request
from starlette.responses import Response

from comity.errors import ComityError
from comity.web import problems
from comity.web.answering import answer
from comity.web.asked import Asked
from comity.web.page import Page, page_of, render
from comity.web.pages.pair import pair_page, pair_part
from comity.web.question import Answer, Question
from comity.web.routes import add_routes

Maker = Callable[[Request, Question, Asked, Answer], Response]
OWN: dict[str, Maker] = {"pair": pair_page}
"""Questions whose page is made of more than their own answer."""
OWN_PART: dict[str, Maker] = {"pair": pair_part}
"""Questions of which a part is fetched that is not the page's inside."""
PART = "/part"


def add_pages(app: FastAPI) -> None:
    """Add every page, and every question as a part to be put into one."""
    add_routes(app, PART, "", _part)
    add_routes(app, "", "", _page)


def _page(question: Question, asked: Asked, request: Request) -> Response:
    found = answer(question, asked)
    if question.name in OWN:
        return OWN[question.name](request, question, asked, found)
    return render(request, "question.html.j2", page_of(question, asked, found))


def _part(question: Question, asked: Asked, request: Request) -> Response:
    try:
        found = answer(question, asked)
    except ComityError as error:  # the page around it stands: what is missing is told in its place
        page = Page(problems.of_error(error).title, "", problems.of_error(error).detail, "", (), "", asked=asked)
        return render(request, "part.html.j2", page)
    if question.name in OWN_PART:
        return OWN_PART[question.name](request, question, asked, found)
    return render(request, "part.html.j2", page_of(question, asked, found))
