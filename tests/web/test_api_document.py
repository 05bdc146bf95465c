"""The OpenAPI document is valid, shows real answers, and what it says of a parameter's bounds is so."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
from test_api_answers import url
from web_client import Client

from comity.web.openapi import example_of
from comity.web.registry import registry

QUESTIONS = registry().questions


def test_the_document_is_valid_openapi_and_its_examples_fit_their_schemas(starter: Client) -> None:
    found = starter.get("/api/v1/openapi.json")
    assert found.headers["content-type"] == "application/openapi+json"
    document = found.json()
    assert document["openapi"] == "3.1.0"
    assert len(document["paths"]) == len(QUESTIONS)
    for path, item in document["paths"].items():
        get = item["get"]
        content = get["responses"]["200"]["content"]["application/json"]
        schema = {**content["schema"], "components": document["components"]}
        if "example" in content:
            jsonschema_rs.Draft202012Validator(schema).validate(content["example"])
        assert {"{" + p["name"] + "}" for p in get["parameters"] if p["in"] == "path"} == {
            part for part in path.split("/") if part.startswith("{")
        }
        for parameter in get["parameters"]:
            jsonschema_rs.Draft202012Validator(parameter["schema"])
            if "example" in parameter:
                jsonschema_rs.Draft202012Validator(parameter["schema"]).validate(parameter["example"])
            assert parameter["schema"].keys() & {"type", "enum"}, (path, parameter["name"])


def test_a_document_shows_real_answers_where_the_package_has_them(starter: Client) -> None:
    assert example_of("pair")["a" if "a" in example_of("pair") else "release"]
    for name, question in QUESTIONS.items():
        if not question.needs and not question.costly:
            assert example_of(name) is not None, name


def test_every_bound_of_a_parameter_is_kept(starter: Client) -> None:
    """What the document says is the most is the most."""
    document = starter.get("/api/v1/openapi.json").json()
    for name, question in QUESTIONS.items():
        get = document["paths"][f"/api/v1{question.path}"]["get"]
        for parameter in get["parameters"]:
            if parameter["in"] == "query":
                for wrong in _outside(parameter["schema"]):
                    found = starter.get(url(name, **{parameter["name"]: wrong}))
                    assert found.status_code == 400, (name, parameter["name"], wrong[:40])


def _outside(schema: dict[str, Any]) -> list[str]:
    wrong = ["x" * (schema["maxLength"] + 1)] if schema.get("maxLength", 9_999) < 3_000 else []
    wrong += ["nonsense"] if "enum" in schema or schema["type"] in ("integer", "number") else []
    for bound, step in (("maximum", 1), ("minimum", -1), ("exclusiveMinimum", 0), ("exclusiveMaximum", 0)):
        wrong += [str(schema[bound] + step)] if bound in schema else []
    return wrong + (["NaN", "1e999", "9" * 400] if schema["type"] in ("integer", "number") else [])


def test_every_text_parameter_has_a_most() -> None:
    for name, question in QUESTIONS.items():
        for field, schema in question.asked.model_json_schema()["properties"].items():
            parts = [schema, *schema.get("anyOf", ())]
            texts = [p for p in parts if p.get("type") == "string" and not p.keys() & {"enum", "const", "pattern"}]
            assert all("maxLength" in p for p in texts), f"{name}: {field} may be as long as it likes"
            numbers = [p for p in parts if p.get("type") in ("integer", "number")]
            ends = ({"maximum", "exclusiveMaximum"}, {"minimum", "exclusiveMinimum"})
            assert all(p.keys() & end for p in numbers for end in ends), f"{name}: {field} has no bounds"
