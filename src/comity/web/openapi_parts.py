"""The parts of the OpenAPI document that do not depend on the question: answers, problems, headers."""

from __future__ import annotations

from typing import Any

from comity.model.words import say
from comity.web.problems import MEDIA_TYPE

Json = dict[str, Any]


def _text(description: str, **more: Any) -> Json:
    return {"type": "string", "description": description, **more}


_ORIGIN: Json = {
    "type": "object",
    "description": "The release: who published it, from which bytes, under which licence, how to cite it.",
    "properties": {
        "release": _text("Its label in the store."),
        "source": _text("Who published it."),
        "sha256": _text("Of the file it was read from.", pattern="^[0-9a-f]{64}$"),
        "first_roll_call": _text("The day of its first roll call.", format="date"),
        "last_roll_call": _text("The day of its last roll call.", format="date"),
        "roll_calls": {"type": "integer", "minimum": 0},
        "aggregates": {"type": "boolean", "description": "Whether it holds counts only, no single roll calls."},
        "licence": {"type": "string"},
        "citation": {"type": "string"},
    },
    "required": ["release", "sha256", "last_roll_call"],
}
_NOTES: Json = {
    "type": "array",
    "description": "What has to be said next to the figures.",
    "items": {
        "type": "object",
        "properties": {"id": {"type": "string"}, "text": {"type": "string"}},
        "required": ["id", "text"],
    },
}
_PAGE: Json = {
    "type": "object",
    "description": "Where the part of a list that was asked for with limit and offset stands.",
    "properties": {
        "of": _text("The field that was cut."),
        "total": {"type": "integer", "minimum": 0},
        "limit": {"type": "integer", "minimum": 1},
        "offset": {"type": "integer", "minimum": 0},
    },
    "required": ["of", "total", "limit", "offset"],
}
ANSWER: Json = {
    "type": "object",
    "description": "What answers share. Each has further fields, with the names of `comity … --format json`.",
    "properties": {
        "release": _text("The release that was counted."),
        "last_roll_call": _text("The day of the last roll call in it.", format="date"),
        "issue": _text("The issue as it was asked."),
        "issue_label": _text("The issue in words."),
        "origin": _ORIGIN,
        "reading": {"type": "object", "description": "Every choice that decides which votes count."},
        "headline": _text("The answer in a sentence."),
        "notes": _NOTES,
        "dropped": {"type": "array", "description": "Roll calls left out, and why."},
        "answered": _text("The date of the answer.", format="date"),
        "comity": _text("The version of Comity that answered."),
        "page": _PAGE,
    },
    "required": ["answered", "comity"],
    "additionalProperties": True,
}
PROBLEM: Json = {
    "type": "object",
    "description": "RFC 9457, with the members of the command line's errors beside it where it has them.",
    "properties": {
        "type": _text("A place on the page on method that says more.", format="uri-reference"),
        "title": _text("What is wrong."),
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": _text("What, got, allowed, next, in a line."),
        "instance": _text("The path that was asked."),
        "error": _text("A stable word for this kind of problem."),
        "exit_code": {"type": "integer", "description": "The exit code of the command line."},
        "what": {"type": "string"},
        "got": {"type": ["string", "null"]},
        "allowed": {"type": "string"},
        "next": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail", "instance", "error"],
}
HEADERS: Json = {
    "ETag": {
        "description": "Changes with the question, the store, the day and Comity.",
        "schema": {"type": "string", "pattern": '^W/"[0-9a-f]+"$'},
    },
    "Cache-Control": {
        "description": "An hour without asking for a URL with release and sha; else ask again with If-None-Match.",
        "schema": {"type": "string"},
    },
    "Content-Language": {"schema": {"type": "string", "enum": ["en", "vi"]}},
    "Link": {
        "description": "The page with the same answer (alternate); of a cut list first, prev, next and last.",
        "schema": {"type": "string"},
    },
}
_CODES = ("400", "404", "414", "421", "422", "431", "500", "501", "503")


def problems() -> dict[str, Json]:
    """Status → response."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {code: {"description": say(f"web_api.status_{code}"), "content": content} for code in _CODES}
