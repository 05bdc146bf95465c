"""Errors as RFC 9457 problem details, and as pages: what, got, allowed, next; never a stack trace or a path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
from comity.model.words import say

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
    """

    status: int
    kind: str
    title: str
    detail: str
    more: dict[str, Any]

    def to_dict(self, instance: str) -> dict[str, Any]:
        """The members of RFC 9457 with those of the command line's JSON beside them."""
        return {
            "type": f"/method#{self.kind}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
            **self.more,
        }


def of_error(error: ComityError) -> Problem:
    """A user's mistake or a limit of the data; of the store's troubles no folder is told."""
    status = next((s for kind, s in _STATUS if isinstance(error, kind)), 500)
    told = error.to_dict()
    if isinstance(error, StoreError | NetworkError):
        return Problem(status, type(error).__name__, error.what, say("web.store_trouble"), {"error": told["error"]})
    return Problem(status, type(error).__name__, error.what, str(error), told)


def of_status(status: int, key: str, **fields: object) -> Problem:
    """What the server itself refuses; ``key`` is of the catalogue's section [web_problem]."""
    title = say(f"web_problem.{key}_title")
    return Problem(status, key, title, say(f"web_problem.{key}", **fields), {"error": key})
