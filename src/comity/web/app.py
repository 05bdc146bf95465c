"""The application: pages, figures, API and static files behind one guard."""

from __future__ import annotations

import logging
from threading import Thread
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from comity.errors import ComityError
from comity.model.language import speaking
from comity.version import VERSION
from comity.web import problems
from comity.web.guard import Guard
from comity.web.kept import Kept
from comity.web.settings import Settings
from comity.web.stamp import Stamp

if TYPE_CHECKING:
    from starlette.types import Scope

KEPT_FOR_EVER = "public, max-age=31536000, immutable"
log = logging.getLogger("comity.web")


def from_environment() -> FastAPI:
    """The application as a worker process makes it."""
    return create_app(Settings.from_environment())


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application. Nothing is opened before the first question, but for a warm-up in the background."""
    from comity.web.api import add_api
    from comity.web.figures import add_figures
    from comity.web.pages.all import add_pages

    chosen = settings or Settings()
    app = FastAPI(
        title="Comity",
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        middleware=[
            Middleware(Guard, settings=chosen),
            Middleware(Kept, stamp=Stamp(), keep=chosen.cache),
        ],
        root_path=chosen.prefix,
    )
    app.state.settings = chosen
    app.add_api_route("/static/page.css", _page_css, include_in_schema=False)
    app.mount("/static", _Static(packages=[("comity.web", "static")]))
    add_api(app)
    add_figures(app)
    add_pages(app)
    app.add_exception_handler(ComityError, _told)
    app.add_exception_handler(problems.Busy, _busy)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _broken)
    Thread(target=_warm, daemon=True).start()
    return app


async def _page_css() -> Response:
    from comity.web.page import content_of

    return Response(content_of("page.css"), media_type="text/css", headers={"cache-control": KEPT_FOR_EVER})


class _Static(StaticFiles):
    """Files of the package; their URLs carry a mark of their content, so they may be kept."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = KEPT_FOR_EVER
        return response


def _warm() -> None:
    """Open the newest release and load what draws, so that the first reader does not wait for it."""
    try:
        from comity.study.opening import open_corpus

        open_corpus()
    except ComityError as error:  # it is told to whoever asks
        log.warning("%s", error)


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, ComityError)
    with speaking(_language(request)):
        found = problems.of_error(error)
        if found.status >= 500:
            log.error("%s", error)
        return _problem(request, found)


async def _busy(request: Request, error: Exception) -> Response:  # noqa: ARG001
    with speaking(_language(request)):
        return _problem(request, problems.of_status(503, "busy"), {"retry-after": "20"})


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    with speaking(_language(request)):
        return _problem(request, problems.of_status(error.status_code, "missing"))


async def _broken(request: Request, error: Exception) -> Response:
    log.error("a request failed: %s", request.scope["path"], exc_info=error)
    with speaking(_language(request)):
        return _problem(request, problems.of_status(500, "broken"))


def _language(request: Request) -> str:
    return "vi" if request.query_params.get("lang") == "vi" else "en"


def _problem(request: Request, found: problems.Problem, headers: dict[str, str] | None = None) -> Response:
    """As a page where a reader asked, else as problem details."""
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    if path.startswith("/api/") or "text/html" not in request.headers.get("accept", "text/html"):
        return JSONResponse(found.to_dict(path), found.status, headers, problems.MEDIA_TYPE)
    from comity.web.pages.problem import problem_page

    response = problem_page(request, found)
    response.headers.update(headers or {})
    return response
