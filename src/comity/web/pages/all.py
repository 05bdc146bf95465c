"""All pages: those of their own, and for every other question the page that any question has."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from comity.errors import ComityError
from comity.model.language import speaking
from comity.web import problems
from comity.web.answering import answer
from comity.web.asked import Asked, read
from comity.web.page import Page, page_of, render
from comity.web.pages.about import add_citations, balance_index, data_page, method_page, timeline_index
from comity.web.pages.blocs import blocs_page
from comity.web.pages.claims import across_page, claim_page, claims_page, contradictions_page
from comity.web.pages.group import group_index, group_page
from comity.web.pages.pair import pair_page, pair_part
from comity.web.pages.solve import solve_page
from comity.web.pages.state import state_index, state_page, state_part
from comity.web.pages.vote import vote_index, vote_page
from comity.web.question import Answer, Question
from comity.web.routes import add_routes

Maker = Callable[[Request, Question, Asked, Answer], Response]
First = Callable[[Request, Question, Asked], Response]
FIRST: dict[str, First] = {"claims": claims_page, "solve": solve_page}
"""Questions whose page is there before their answer is: a form not yet filled in, a list whose verdicts come later."""
OWN: dict[str, Maker] = {
    "pair": pair_page,
    "claim": claim_page,
    "claim_releases": across_page,
    "contradictions": contradictions_page,
    "state": state_page,
    "vote": vote_page,
    "group": group_page,
    "blocs": blocs_page,
    "data": data_page,
    "method": method_page,
}
"""Questions whose page is made of more than their own answer."""
OWN_PART: dict[str, Maker] = {"pair": pair_part, "state": state_part}
"""Questions of which a part is fetched that is not the page's inside."""
LISTS: dict[str, Callable[[Request], Response]] = {
    "/state": state_index,
    "/vote": vote_index,
    "/group": group_index,
    "/balance": balance_index,
    "/timeline": timeline_index,
}
"""Pages that list what can be chosen."""
PART = "/part"


def add_pages(app: FastAPI) -> None:
    """Add every page, and every question as a part to be put into one."""
    add_routes(app, PART, "", _part)
    add_routes(app, "", "", _page)
    add_citations(app)
    for path, maker in LISTS.items():
        app.add_api_route(path, _listed(maker), methods=["GET"], include_in_schema=False)


def _listed(maker: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    def run(request: Request) -> Response:
        with speaking(read(Asked, {}, request.query_params.multi_items()).lang):
            return maker(request)

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(run, request)

    return endpoint


def _page(question: Question, asked: Asked, request: Request) -> Response:
    if question.name in FIRST:
        return FIRST[question.name](request, question, asked)
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
