"""The first page: two states, or a story; and the way from a form to a pair's own address."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import FastAPI, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from comity.model.language import speaking
from comity.model.words import say
from comity.report import parts
from comity.states.registry import registry
from comity.study.ask import two_states
from comity.study.opening import open_corpus
from comity.web.asked import Asked, OfReading, read
from comity.web.controls import ISSUES_ASKED
from comity.web.page import Page, render
from comity.web.pages.lists import on_to, state_names

STORIES: tuple[tuple[str, str], ...] = (
    ("pair", "/pair/VNM/RUS?issue=hr&periods=1992-1999,2000-2020&vs=USA,CHN"),
    ("vote", "/vote/A/RES/68/262?group=ASEAN"),
    ("state", "/state/VNM?issue=hr&period=2000-2020"),
    ("group", "/group/ASEAN"),
    ("balance", "/balance/VNM"),
    ("timeline", "/timeline/VNM/RUS"),
    ("claims", "/claims"),
    ("solve", "/solve"),
)
"""A way in for each kind of page; the words are in the catalogue, without a figure that could go stale."""
NEEDS = ("group",)
"""Stories that counts alone cannot tell."""


class Home(Asked):
    """The first page asks nothing but its language."""


class Choose(OfReading):
    """Two states from a form."""

    in_path: ClassVar[tuple[str, ...]] = ()
    a: Annotated[str, Field(min_length=1, max_length=80)]
    b: Annotated[str, Field(min_length=1, max_length=80)]


def add_home(app: FastAPI) -> None:
    """Add the first page, and the form's target."""
    app.add_api_route("/", _home, methods=["GET"], include_in_schema=False)
    app.add_api_route("/pair", _choose, methods=["GET"], include_in_schema=False)


async def _home(request: Request) -> Response:
    return await run_in_threadpool(_front, request)


def _front(request: Request) -> Response:
    asked = read(Home, {}, request.query_params.multi_items())
    with speaking(asked.lang):
        origin = open_corpus().origin
        page = Page(
            title=say("web_home.title"),
            kicker=say("web_home.kicker"),
            lead=say("web_home.lead"),
            description=say("web_home.lead"),
            sections=(),
            source=say(
                "web_home.source",
                source=origin.source.rstrip("."),
                release=origin.release,
                n=origin.roll_calls,
                first=parts.day(origin.first),
                last=parts.day(origin.last),
            ),
            asked=asked,
            here="pair",
            path="/",
        )
        stories = tuple(s for s in STORIES if not (origin.aggregates and s[0] in NEEDS))
        named = {side: registry().name(id) for side, id in (("a", "VNM"), ("b", "RUS"))}
        return render(
            request, "home.html.j2", page,
            names=state_names(), names_of=named, stories=stories, issues=ISSUES_ASKED, starter=origin.aggregates,
            last=parts.day(origin.last),
        )  # fmt: skip


async def _choose(request: Request) -> Response:
    return await run_in_threadpool(_chosen, request)


def _chosen(request: Request) -> Response:
    """To the pair's own address, with the states' ids."""
    if not request.query_params.get("a") and not request.query_params.get("b"):
        return on_to(request, read(Home, {}, request.query_params.multi_items()).url("/"))
    asked = read(Choose, {}, request.query_params.multi_items())
    with speaking(asked.lang):
        first, second = two_states(asked.a, asked.b, past=True)
        kept = {name: value for name, value in asked.query().items() if name not in ("a", "b")}
        path = Asked(lang=asked.lang).url(f"/pair/{first.id}/{second.id}", **kept)
        return on_to(request, path)
