"""All pages: those of their own, and for every other question the page that any question has."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI, Request
from starlette.responses import Response

from comity.web.answering import answer
from comity.web.asked import Asked
from comity.web.page import page_of, render
from comity.web.question import Answer, Question
from comity.web.routes import add_routes

OWN: dict[str, Callable[[Request, Question, Asked, Answer], Response]] = {}
"""Questions whose page is made of more than their own answer."""
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
    return render(request, "part.html.j2", page_of(question, asked, answer(question, asked)))
