"""The API does what its OpenAPI document says, whatever is asked: schemathesis makes the questions."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from web_client import Client

from comity.web.registry import registry

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
QUESTIONS = registry().questions
SOME = settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
FEW = settings(SOME, max_examples=1)
"""Of questions that take long."""


def answered(client: Client, case: schemathesis.Case) -> httpx.Response:
    """What the application answers to a case."""
    made = case.as_transport_kwargs(base_url="http://localhost")
    request = httpx.Request(made["method"], made["url"], params=made.get("params"))
    parts = urlsplit(str(request.url))
    response = client.get(parts.path + (f"?{parts.query}" if parts.query else ""))
    response.request, response.elapsed = request, timedelta(0)
    return response


@cache
def _schema(client: Client) -> Any:
    return schemathesis.openapi.from_dict(client.get("/api/v1/openapi.json").json())


def holds(client: Client, name: str) -> None:
    """The answers to what the document allows, and to some that it does not, are as it says."""
    operation = _schema(client)[f"/api/v1{QUESTIONS[name].path}"]["GET"]
    for mode in GenerationMode:

        @(FEW if QUESTIONS[name].costly else SOME)
        @given(case=operation.as_strategy(generation_mode=mode))
        def asks(case: Any) -> None:
            case.validate_response(answered(client, case), checks=CHECKS)

        asks()


@pytest.mark.parametrize("name", QUESTIONS)
def test_answers_of_starter_data_are_as_the_document_says(starter: Client, name: str) -> None:
    holds(starter, name)


@pytest.mark.parametrize("name", QUESTIONS)
def test_answers_of_a_store_are_as_the_document_says(small: Client, name: str) -> None:
    holds(small, name)
