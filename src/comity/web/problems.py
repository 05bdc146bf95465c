"""Errors as RFC 9457 problem details, and as pages: what, got, allowed, next; never a stack trace or a path."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from comity.errors import (
    BadFile,
    ComityError,
    MissingExtra,
    NetworkError,
    NoAnswer,
    StoreError,
    UnknownIssue,
    UnknownRelease,
    UnknownState,
    UsageError,
)
from comity.model.language import ENGLISH, LANGUAGES, speaking
from comity.model.words import catalogue, say
from comity.store.home import home
from comity.web.heard import HTML, JSON, below, best, header

if TYPE_CHECKING:
    from starlette.types import Scope

MEDIA_TYPE = "application/problem+json"
_STATUS: tuple[tuple[type[ComityError], int], ...] = (
    (UnknownState, 404),
    (UnknownIssue, 404),
    (UnknownRelease, 404),
    (UsageError, 400),
    (NoAnswer, 404),
    (BadFile, 422),
    (MissingExtra, 501),
    (StoreError, 503),
    (NetworkError, 503),
)


class Busy(Exception):
    """Too many costly questions wait already."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, for a reader and for a program.

    kind : the error's class, a stable word; title : a heading; detail : one line.
    page : where the kind is explained, at an anchor of its name.
    """

    status: int
    kind: str
    title: str
    detail: str
    more: dict[str, Any]
    page: str = "/method"

    def to_dict(self, instance: str, prefix: str = "") -> dict[str, Any]:
        """The members of RFC 9457 with those of the command line's JSON beside them; ``type`` is a place on a page."""
        return {
            **self.more,
            "type": f"{prefix}{self.page}#{self.kind}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
        }


def of_error(error: ComityError) -> Problem:
    """A user's mistake or a limit of the data; of the store's troubles no folder is told."""
    status = next((s for kind, s in _STATUS if isinstance(error, kind)), 500)
    told = error.to_dict()
    name = type(error).__name__
    if isinstance(error, StoreError | NetworkError) or _names_a_folder(str(error)):
        return Problem(status, name, say("web.store_trouble_title"), say("web.store_trouble"), {"error": told["error"]})
    return Problem(status, name, error.what, str(error), told)


def of_status(status: int, key: str) -> Problem:
    """What the server itself refuses; ``key`` is of the catalogue's section [web_problem]."""
    title, detail = told_of(key)
    return Problem(status, key, title, detail, {"error": key}, "/api")


def told_of(key: str) -> tuple[str, str]:
    """Title and sentence of what the server itself refuses."""
    return say(f"web_problem.{key}_title"), say(f"web_problem.{key}")


def keys() -> list[str]:
    """Everything that the server itself refuses."""
    found = (re.fullmatch(r"web_problem\.(\w+)_title", key) for key in catalogue())
    return sorted(match[1] for match in found if match)


def respond(scope: Scope, found: Callable[[], Problem]) -> Response:
    """The problem in the language of the URL: as a page where a reader asked for one, else as problem details."""
    with speaking(language_asked(scope)):
        problem, path = found(), below(scope)
        if path.startswith("/api/") or best(header(scope, b"accept"), (JSON, HTML)) != HTML:
            told = problem.to_dict(path[:200], scope.get("root_path", ""))
            response: Response = JSONResponse(told, problem.status, media_type=MEDIA_TYPE)
        else:
            from comity.web.pages.problem import problem_page

            response = problem_page(Request(scope), problem)
    if problem.status == 503:
        response.headers["retry-after"] = "20"
    return response


def language_asked(scope: Scope) -> str:
    """The language that a URL names, read as far as a URL that is itself in error can be."""
    found = re.search(rb"(?:^|&)lang=(\w+)(?:&|$)", scope["query_string"])
    asked = found[1].decode("latin-1") if found else ENGLISH
    return asked if asked in LANGUAGES else ENGLISH


def _names_a_folder(text: str) -> bool:
    """Whether a sentence tells where something lies on this machine."""
    return any(str(folder) in text for folder in (home(), Path(__file__).parents[1]))
