"""What a stranger may send around a URL: names, methods, headers, bodies."""

from __future__ import annotations

import pytest
from test_safety import is_sound
from web_client import Client

from comity.web.app import create_app
from comity.web.guard import MOST_HEADERS
from comity.web.settings import Settings

HOSTS = {
    "localhost": 200, "LOCALHOST:8000": 200, "127.0.0.1:1": 200, "[::1]:8000": 200, "localhost:": 421, "": 421,
    "evil.example": 421, "evil.example:8000": 421, "localhost@evil.example": 421, "evil@localhost": 421,
    "localhost.evil.example": 421, "evil.example#localhost": 421, "localhost, evil.example": 421,
    "localhost evil": 421,
    "127.0.0.1.evil.example": 421, "0x7f000001": 421, "2130706433": 421, "127.1": 421, "localhost/x": 421,
    "[::1": 421, "::1": 421, "[::1]evil": 421, "localhost:8000:8000": 421, "localhost\t": 421,
    "localhost:99999999": 421,
}  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_only_names_of_this_server_are_answered(starter: Client, host: str) -> None:
    found = starter.get("/api/v1", headers={"host": host})
    assert found.status_code == HOSTS[host]
    assert "evil" not in found.text
    is_sound(found)


def test_two_host_headers_are_refused_and_forwarded_ones_not_heard(starter: Client) -> None:
    assert starter.get("/api/v1", headers=[("host", "localhost"), ("host", "localhost")]).status_code == 421
    plain = starter.page("/pair/VNM/RUS")
    for name in (
        "x-forwarded-host",
        "x-forwarded-for",
        "forwarded",
        "x-original-url",
        "x-rewrite-url",
        "x-forwarded-prefix",
    ):
        found = starter.page("/pair/VNM/RUS", headers={name: "evil.example/evil"})
        assert found.text == plain.text
        assert "evil" not in str(found.headers)


def test_names_may_be_allowed() -> None:
    with Client(create_app(Settings(hosts=("*.example.org", "example.org")))) as client:
        for host, status in (
            ("a.example.org", 200),
            ("example.org:443", 200),
            ("evilexample.org", 421),
            ("localhost", 421),
        ):
            assert client.get("/api/v1", headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "X" * 60]
)
def test_pages_can_only_be_read(starter: Client, method: str) -> None:
    for path in ("/", "/pair/VNM/RUS", "/static/web.css", "/none"):
        found = starter.ask(method, path)
        assert (found.status_code, found.headers["allow"]) == (405, "GET, HEAD")
        is_sound(found)
    assert starter.ask("POST", "/api/v1/pair/VNM/RUS", body=b"{}").status_code == 405


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([("content-length", "5")], 413),
        ([("content-length", "9" * 30)], 413),
        ([("content-length", "-1")], 400),
        ([("content-length", "+0")], 400),
        ([("content-length", "0"), ("content-length", "0")], 400),
        ([("content-length", "٣")], 400),
        ([("transfer-encoding", "chunked")], 400),
        ([("content-length", "0"), ("transfer-encoding", "chunked")], 400),
        ([(f"x-{i}", "y") for i in range(MOST_HEADERS)], 431),
        ([("x", "y" * 20_000)], 431),
        ([("cookie", "a=" + "b" * 17_000)], 431),
        ([("accept", "text/csv;q=0.1," * 1_000)], 200),
        ([("if-none-match", '"x",' * 3_000)], 200),
        ([("accept-encoding", "gzip;q=" + "1" * 9_000)], 200),
        ([("accept-language", "\u00ff" * 3_000)], 200),
    ],
)  # fmt: skip
def test_headers_of_any_shape(starter: Client, headers: list[tuple[str, str]], status: int) -> None:
    sent = [(n, v.encode().decode("latin-1")) for n, v in headers]
    found = starter.get("/api/v1/pair/VNM/RUS", headers=sent)
    assert found.status_code == status
    assert status == 200 or found.headers["connection"] == "close"
    is_sound(found)


def test_files_are_taken_from_this_machines_own_pages_alone() -> None:
    """A form of another site, a name pointed here, or a proxy's visitor sends nothing."""
    own = [("origin", "http://localhost"), ("sec-fetch-site", "same-origin")]
    sent = {"accepted": own, "none named": []}
    refused = {
        "another site": [("origin", "https://evil.example")],
        "no origin told": [("origin", "null")],
        "another port": [("origin", "http://localhost:9")],
        "cross-site": [("sec-fetch-site", "cross-site")],
        "same-site": [("sec-fetch-site", "same-site")],
    }
    with Client(create_app(Settings())) as here, Client(create_app(Settings(local=False))) as shared:
        for headers in sent.values():
            assert here.ask("POST", "/local/none", headers=headers, body=b"x").status_code == 404
            assert shared.ask("POST", "/local/none", headers=headers, body=b"x").status_code == 405
        for why, headers in refused.items():
            assert here.ask("POST", "/local/none", headers=headers, body=b"x").status_code == 403, why
        for name in ("x-forwarded-for", "forwarded", "via", "x-real-ip"):
            assert here.ask("POST", "/local/none", headers=[*own, (name, "1.2.3.4")], body=b"x").status_code == 405
        assert here.ask("POST", "/local/none", headers=[*own, ("content-length", "3000000")]).status_code == 413
