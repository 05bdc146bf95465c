"""The API under /api/v1: every question as JSON or CSV, with the field names of the command line."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from pydantic import Field
from starlette.responses import Response

from comity.report.text_formats import as_csv
from comity.web.answering import answer
from comity.web.asked import Asked, read
from comity.web.figures import file_safe
from comity.web.question import Question
from comity.web.routes import add_routes

PREFIX = "/api/v1"


class Shape(Asked):
    """How an answer is sent."""

    format: Annotated[Literal["json", "csv"] | None, Field(description="json or csv; else by Accept, else json.")] = (
        None
    )
    limit: Annotated[int | None, Field(ge=1, le=1000, description="Rows of the answer's list; by default all.")] = None
    offset: Annotated[int, Field(ge=0, le=1_000_000, description="Rows of that list left out before them.")] = 0


def add_api(app: FastAPI) -> None:
    """Add a route for every question."""
    add_routes(app, PREFIX, "", _respond, shape=Shape)


def _respond(question: Question, asked: Asked, request: Request) -> Response:
    shape = read(Shape, {}, request.query_params.multi_items())
    found = answer(question, asked)
    language = {"content-language": asked.lang}
    if (shape.format or _accepted(request)) == "csv":
        name = "-".join([question.name, *(str(getattr(asked, n)) for n in asked.in_path)])
        saved = {"content-disposition": f'attachment; filename="{file_safe(name)}.csv"'}
        return Response(as_csv(found), media_type="text/csv; charset=utf-8", headers=language | saved)
    told = found.to_dict()
    links = _cut(told, question, shape, request)
    body = json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Response(body, media_type="application/json", headers=language | links)


def _accepted(request: Request) -> str:
    """CSV where it is asked for and JSON is not preferred."""
    accept = request.headers.get("accept", "")
    return "csv" if "text/csv" in accept and "application/json" not in accept else "json"


def _cut(told: dict[str, Any], question: Question, shape: Shape, request: Request) -> dict[str, str]:
    """Cut the answer's list to the page asked for, with its place told in ``page``; links to those beside it."""
    if not question.paged or (shape.limit is None and not shape.offset):
        return {}
    rows = told[question.paged]
    limit = shape.limit or 1000
    told[question.paged] = rows[shape.offset : shape.offset + limit]
    told["page"] = {"of": question.paged, "total": len(rows), "limit": limit, "offset": shape.offset}
    beside = {"prev": shape.offset - limit if shape.offset else None, "next": shape.offset + limit}
    kept = [(k, v) for k, v in request.query_params.multi_items() if k not in ("limit", "offset")]
    links = [
        f'<?{urlencode([*kept, ("limit", limit), ("offset", max(0, at))])}>; rel="{rel}"'
        for rel, at in beside.items()
        if at is not None and at < len(rows)
    ]
    return {"link": ", ".join(links)} if links else {}
