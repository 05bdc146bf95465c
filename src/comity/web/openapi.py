"""The OpenAPI 3.1 document of the API, written from the questions themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from comity.errors import ComityError
from comity.model.words import said, say
from comity.study.corpus import STARTER
from comity.version import VERSION
from comity.web.asked import Asked, OfRelease
from comity.web.openapi_parts import ANSWER, HEADERS, PROBLEM, problems
from comity.web.question import Question
from comity.web.registry import registry

PREFIX = "/api/v1"
SPECIFICATION = f"{PREFIX}/openapi.json"
MOST_SHOWN = 2
"""Entries of a list in an example."""

Json = dict[str, Any]


def openapi(prefix: str, shape_of: Callable[[Question], type[Asked]]) -> Json:
    """The document.

    prefix   : the path below which a reverse proxy shows the server.
    shape_of : what may be asked of a question beside its own parameters.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Comity",
            "version": VERSION,
            "summary": say("web_api.summary"),
            "description": " ".join(say(f"web_api.{key}") for key in ("fields", "kept", "paging", "examples")),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": prefix or "/"}],
        "paths": {f"{PREFIX}{q.path}": {"get": operation(q, shape_of(q))} for q in registry().questions.values()},
        "components": {
            "schemas": {"Answer": ANSWER, "Problem": PROBLEM},
            "headers": HEADERS,
            "responses": problems(),
        },
    }


def operation(question: Question, shape: type[Asked]) -> Json:
    """One question: its parameters from its model, its words from the catalogue."""
    needs = "" if not question.needs else " " + said(f"web_needs.{question.needs}", question.needs)
    return {
        "operationId": question.name,
        "summary": title_of(question),
        "description": f"{say('web_api.command')} `comity {question.command}`.{needs}",
        "parameters": [*_parameters(question.asked, question.example), *_parameters(shape, {}, beside=question.asked)],
        "responses": {"200": _answer(question)} | {code: _problem(code) for code in problems()} | {"304": _UNCHANGED},
    }


def title_of(question: Question) -> str:
    """A question's title; its name where the catalogue has none."""
    return said(f"web.question_{question.name}", question.name.replace("_", " ").capitalize())


def _parameters(asked: type[Asked], example: Mapping[str, str], *, beside: type[Asked] | None = None) -> list[Json]:
    """Of a model's fields: those in the path first; ``beside`` leaves out the fields of another model."""
    properties = asked.model_json_schema()["properties"]
    order = [*asked.in_path, *(n for n in properties if n not in asked.in_path)]
    return [_parameter(n, properties[n], asked, example) for n in order if not beside or n not in beside.model_fields]


def _parameter(name: str, schema: Json, asked: type[Asked], example: Mapping[str, str]) -> Json:
    """``schema`` is pydantic's; its null only says that the parameter may be left out."""
    kept = {k: v for k, v in schema.items() if k not in ("title", "description", "default", "anyOf")}
    for part in schema.get("anyOf", ()):
        kept |= part if part.get("type") != "null" else {}
    if schema.get("default") is not None:
        kept["default"] = schema["default"]
    in_path = name in asked.in_path
    told: Json = {"name": name, "in": "path" if in_path else "query", "required": in_path}
    told |= {"description": schema["description"]} if "description" in schema else {}
    if name in example:
        told["example"] = asked.model_validate(dict(example)).model_dump(mode="json")[name]
    return told | {"schema": kept}


def _answer(question: Question) -> Json:
    schema: Json = {"$ref": "#/components/schemas/Answer"}
    if question.paged:
        listed = {"type": "object", "properties": {question.paged: {"type": "array"}}, "required": [question.paged]}
        schema = {"allOf": [schema, listed]}
    shown = example_of(question.name)
    return {
        "description": say("web_api.answer"),
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS},
        "content": {
            "application/json": {"schema": schema} | ({"example": shown} if shown else {}),
            "text/csv": {"schema": {"type": "string"}},
        },
    }


def _problem(code: str) -> Json:
    return {"$ref": f"#/components/responses/{code}"}


_UNCHANGED: Json = {"description": "Not modified: the answer is the one whose ETag was sent with If-None-Match."}


@cache
def example_of(name: str) -> Json | None:
    """The answer of starter data to the question's example, its lists cut short; None where it takes more data."""
    question = registry()[name]
    if question.needs or question.costly:
        return None
    asked = question.asked.model_validate(dict(question.example))
    if isinstance(asked, OfRelease):
        asked = asked.model_copy(update={"release": STARTER})
    try:
        found: Json = _short(question.ask(asked).to_dict())
    except ComityError:  # of a question that rests on the store's own tables
        return None
    return found


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _short(inner) for name, inner in value.items()}
    return [_short(inner) for inner in value[:MOST_SHOWN]] if isinstance(value, list | tuple) else value
