"""From a request to a question, and from a template of a path to a route: what pages, parts, figures and API share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from comity.model.language import speaking
from comity.web.asked import Asked, read
from comity.web.question import Question
from comity.web.registry import registry

Handler = Callable[[Question, Asked, Request], Response]


def add_routes(app: FastAPI, prefix: str, suffix: str, handler: Handler, *, shape: type[Asked] | None = None) -> None:
    """One GET route a question, under a prefix of its path.

    handler : (question, asked, request) → a response; run in a thread, since answers are computed.
    shape   : parameters that the handler reads beside the question's; with it, unknown names are refused and the
              route is in the OpenAPI document.
    """
    for question in registry().questions.values():
        app.add_api_route(
            f"{prefix}{starlette_path(question)}{suffix}",
            _endpoint(question, handler, shape),
            methods=["GET"],
            include_in_schema=False,
            name=f"{prefix or 'page'}:{question.name}",
        )


def starlette_path(question: Question) -> str:
    """The path as the router reads it: a symbol may hold slashes.

    >>> from comity.web.registry import registry
    >>> starlette_path(registry()["vote"])
    '/vote/{symbol:path}'
    """
    return question.path.replace("{symbol}", "{symbol:path}")


def _endpoint(
    question: Question, handler: Handler, shape: type[Asked] | None
) -> Callable[[Request], Awaitable[Response]]:
    def run(request: Request) -> Response:
        path = {name: str(value) for name, value in request.path_params.items() if name in question.asked.in_path}
        query = request.query_params.multi_items()
        beside = frozenset(shape.model_fields) if shape else None
        asked = read(question.asked, path, query, beside=beside)
        with speaking(asked.lang):
            return handler(question, asked, request)

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(partial(run, request))

    return endpoint
