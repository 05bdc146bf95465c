"""The API answers as the command line does."""

from __future__ import annotations

import pytest
from web_client import Client


@pytest.mark.parametrize("path", ["/api/v1/pair/VNM/RUS", "/api/v1/state/VNM", "/api/v1/vote/A/RES/68/262"])
def test_an_answer_is_json_with_its_release_and_last_roll_call(small: Client, path: str) -> None:
    found = small.get(path)
    assert found.status_code == 200
    assert found.headers["content-type"] == "application/json"
    assert found.json()["release"] == "voeten-2024-wide"
