"""The API under /api/v1: every question as JSON or CSV, with the field names of the command line."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from comity.errors import UnknownRelease, UsageError
from comity.model.language import speaking
from comity.report.text_formats import as_csv
from comity.web.answering import answer
from comity.web.asked import Asked, OfRelease, read
from comity.web.figures import file_safe
from comity.web.heard import CSV, HTML, JSON, best
from comity.web.openapi import PREFIX, SPECIFICATION, openapi
from comity.web.pages.api import api_page, index
from comity.web.question import Answer, Question
from comity.web.routes import add_routes

MOST_ROWS = 1_000


class Shape(Asked):
    """How an answer is sent."""

    format: Annotated[Literal["json", "csv"] | None, Field(description="json or csv; else by Accept, else json.")] = (
        None
    )


class Cut(Shape):
    """How an answer with a long list is sent."""

    limit: Annotated[
        int | None, Field(ge=1, le=MOST_ROWS, description="Rows of the answer's list; by default all. JSON only.")
    ] = None
    offset: Annotated[int, Field(ge=0, le=1_000_000, description="Rows of that list left out before them.")] = 0


def shape_of(question: Question) -> type[Shape]:
    """What may be asked of a question beside its own parameters."""
    return Cut if question.paged else Shape


def add_api(app: FastAPI) -> None:
    """Add a route for every question, the index, its page, and the OpenAPI document."""
    app.add_api_route(PREFIX, _index, methods=["GET"], include_in_schema=False)
    app.add_api_route("/api", _page, methods=["GET"], include_in_schema=False)
    app.add_api_route(SPECIFICATION, _specification, methods=["GET"], include_in_schema=False)
    add_routes(app, PREFIX, "", _respond, shape=Cut)


async def _index(request: Request) -> Response:
    if best(request.headers.get("accept", ""), (JSON, HTML)) == HTML:
        return await _page(request)
    asked = read(Asked, {}, request.query_params.multi_items(), beside=frozenset({"lang"}))
    with speaking(asked.lang):
        found = index(_prefix(request))
    links = {"link": f'<{_prefix(request)}{SPECIFICATION}>; rel="service-desc"; type="application/openapi+json"'}
    return _json(found, {"content-language": asked.lang} | links)


async def _page(request: Request) -> Response:
    asked = read(Asked, {}, request.query_params.multi_items())
    with speaking(asked.lang):
        return api_page(request, asked)


async def _specification(request: Request) -> Response:
    """Worked out with real answers, so in a thread; it is kept as any answer is."""
    read(Asked, {}, request.query_params.multi_items(), beside=frozenset())
    found = await run_in_threadpool(openapi, _prefix(request), shape_of)
    return _json(found, {"content-language": "en"}, "application/openapi+json")


def _respond(question: Question, asked: Asked, request: Request) -> Response:
    given = request.query_params.multi_items()
    shape = read(shape_of(question), {}, given)
    as_table = (shape.format or _preferred(request)) == "csv"
    if (beside := [name for name, _ in given if name in ("limit", "offset")]) and (as_table or not question.paged):
        why = "CSV is sent whole" if question.paged else "This answer has no list to cut"
        raise UsageError(why, got=", ".join(beside), next="Leave it out")
    found = answer(question, asked)
    _same_bytes(asked, found)
    page = f'<{_prefix(request)}{asked.url(question.path)}>; rel="alternate"; type="text/html"'
    headers = {"content-language": asked.lang, "link": page}
    if as_table:
        name = "-".join([question.name, *(str(getattr(asked, n)) for n in asked.in_path)])
        headers["content-disposition"] = f'attachment; filename="{file_safe(name)}.csv"'
        return Response(as_csv(found), media_type="text/csv; charset=utf-8", headers=headers)
    told = found.to_dict()
    if question.paged and isinstance(shape, Cut) and beside:
        headers["link"] = ", ".join([page, *_cut(told, question.paged, shape, given)])
    return _json(told, headers)


def _same_bytes(asked: Asked, found: Answer) -> None:
    """UnknownRelease where a link names a release by the beginning of another sha256 than it has here."""
    origin = getattr(found.header, "origin", None)
    if isinstance(asked, OfRelease) and asked.sha and origin and not origin.sha256.startswith(asked.sha):
        raise UnknownRelease(
            "The release has other bytes here than the address says",
            got=f"{origin.release}, sha256 {asked.sha}…",
            allowed=f"sha256 {origin.sha256[:12]}…",
            next="Leave sha out to be answered from what is here",
        )


def _preferred(request: Request) -> str:
    """CSV where the Accept header prefers it to JSON."""
    return "csv" if best(request.headers.get("accept", ""), (JSON, CSV)) == CSV else "json"


def _cut(told: dict[str, Any], paged: str, shape: Cut, given: list[tuple[str, str]]) -> list[str]:
    """Cut the answer's list to the page asked for, with its place told in ``page``; links to those beside it."""
    rows = told[paged]
    limit = shape.limit or MOST_ROWS
    told[paged] = rows[shape.offset : shape.offset + limit]
    told["page"] = {"of": paged, "total": len(rows), "limit": limit, "offset": shape.offset}
    last = max(0, (len(rows) - 1) // limit * limit)
    beside = {"first": 0, "last": last}
    if shape.offset:
        beside["prev"] = max(0, min(shape.offset - limit, last))
    if shape.offset + limit < len(rows):
        beside["next"] = shape.offset + limit
    kept = [(name, value) for name, value in given if name not in ("limit", "offset")]
    return [
        f'<?{urlencode([*kept, ("limit", limit), ("offset", at)])}>; rel="{rel}"' for rel, at in sorted(beside.items())
    ]


def _json(told: dict[str, Any], headers: dict[str, str], kind: str = JSON) -> Response:
    body = json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Response(body, media_type=kind, headers=headers)


def _prefix(request: Request) -> str:
    root: str = request.scope.get("root_path", "")
    return root
