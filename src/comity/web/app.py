"""The application: pages, figures, API and static files behind one guard."""

from __future__ import annotations

import logging
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from comity.errors import ComityError
from comity.version import VERSION
from comity.web import problems
from comity.web.guard import Guard
from comity.web.kept import Kept
from comity.web.memory import give_back_freed
from comity.web.settings import Settings
from comity.web.stamp import Stamp

if TYPE_CHECKING:
    from starlette.types import Scope

KEPT_FOR_EVER = "public, max-age=31536000, immutable"
log = logging.getLogger("comity.web")


def from_environment() -> FastAPI:
    """The application as a worker process makes it."""
    give_back_freed()
    return create_app(Settings.from_environment())


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application. Nothing is opened before the first question, but for a warm-up in the background."""
    from comity.web.api import add_api
    from comity.web.figures import add_figures
    from comity.web.pages.all import add_pages
    from comity.web.pages.home import add_home
    from comity.web.pages.local import add_local

    chosen = settings or Settings()
    app = FastAPI(
        title="Comity",
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,  # comity.web.openapi writes it from the questions
        redirect_slashes=False,  # a redirect would name the host, and leave a proxy's prefix
        middleware=[
            Middleware(Guard, settings=chosen),
            Middleware(Kept, stamp=Stamp(), keep=chosen.cache),
        ],
    )
    app.root_path = chosen.prefix
    app.state.settings = chosen
    app.add_api_route("/static/page.css", _page_css, include_in_schema=False)
    app.mount("/static", _Static(packages=[("comity.web", "static")]))
    add_api(app)
    add_figures(app)
    add_home(app)
    add_pages(app)
    if chosen.local:
        add_local(app)
    app.add_exception_handler(ComityError, _told)
    app.add_exception_handler(problems.Busy, _busy)
    app.add_exception_handler(HTTPException, _refused)
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
        import_module("comity.report.figures.years")
    except ComityError as error:  # it is told to whoever asks
        log.warning("%s", error)


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, ComityError)
    response = problems.respond(request.scope, lambda: problems.of_error(error))
    if response.status_code >= 500:
        log.error("%s", error)
    return response


async def _busy(request: Request, error: Exception) -> Response:  # noqa: ARG001
    return problems.respond(request.scope, lambda: problems.of_status(503, "busy"))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code
    return problems.respond(request.scope, lambda: problems.of_status(status, "missing"))
