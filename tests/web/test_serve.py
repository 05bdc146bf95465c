"""comity serve: what it refuses, how it starts, and that below a proxy's prefix everything stays below it."""

from __future__ import annotations

import html
import re
import signal
import socket
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from served import served
from web_client import Client

from comity.errors import UsageError
from comity.web.app import create_app
from comity.web.serving import settings_of, tell
from comity.web.settings import LOOPBACK, VARIABLE, Settings
from small_store import comity

PREFIX = "/comity"


def settings(**given: Any) -> Settings:
    return settings_of(**{"host": "127.0.0.1", "prefix": "", "allow_host": "", "public": "", "cache": True} | given)


def test_a_port_that_is_taken_is_told_in_a_line(capsys: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = comity(["serve", "--port", str(taken.getsockname()[1])], capsys)
    assert (ran.code, ran.out) == (2, "")
    assert "The port is taken" in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--host", "192.0.2.1"], "no such address"),
        (["--host", "not a host"], "Not an address"),
        (["--host", "localhost:8000"], "Not an address"),
        (["--prefix", "comity"], "not a path"),
        (["--prefix", "/comity/"], "not a path"),
        (["--prefix", "/a b"], "not a path"),
        (["--prefix", "/{{x}}"], "not a path"),
        (["--prefix", "//evil.example"], "not a path"),
        (["--prefix", "/../x"], "not a path"),
        (["--allow-host", "https://example.org"], "Not the name of a host"),
        (["--allow-host", "a b"], "Not the name of a host"),
        (["--allow-host", "*"], "Not the name of a host"),
        (["--public", "example.org"], "public address"),
        (["--public", "ftp://example.org"], "public address"),
        (["--public", "https://example.org/a?b"], "public address"),
        (["--public", 'https://example.org/"><script>'], "public address"),
        (["--port", "65536"], "65535"),
        (["--workers", "0"], "1"),
    ],
)
def test_what_cannot_be_is_told(options: list[str], said: str, capsys: Any) -> None:
    ran = comity(["serve", "--port", "0", *options], capsys)
    assert ran.code == 2
    assert said in " ".join(ran.err.split())
    assert "Traceback" not in ran.err


def test_without_its_packages_it_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    for name in [n for n in sys.modules if n.startswith(("uvicorn", "comity.web"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    ran = comity(["serve"], capsys)
    assert ran.code == 60
    assert "--extra web" in ran.err


def test_only_a_server_without_a_proxy_is_local() -> None:
    """A proxy on the same machine brings the world to loopback."""
    assert settings().local
    assert settings(host="::1").local
    assert settings(host="localhost").local
    for given in ({"host": "0.0.0.0"}, {"prefix": "/x"}, {"allow_host": "example.org"}, {"public": "https://a.org"}):
        assert not settings(**given).local


def test_the_names_it_answers_to() -> None:
    assert settings().hosts == LOOPBACK
    assert settings(host="0.0.0.0").hosts == LOOPBACK
    assert settings(host="::1").hosts == LOOPBACK
    assert settings(host="192.0.2.7").hosts == (*LOOPBACK, "192.0.2.7")
    assert settings(allow_host="A.example, *.b.example").hosts == (*LOOPBACK, "a.example", "*.b.example")
    assert settings(public="https://c.example:8443/").hosts == (*LOOPBACK, "c.example")
    with pytest.raises(UsageError):
        settings(allow_host="a,b c")


def test_the_line_says_where_and_for_whom() -> None:
    assert (
        tell(settings(), "127.0.0.1", 8000)
        == "Comity at http://127.0.0.1:8000/ for this machine alone. Ctrl-C ends it."
    )
    assert "http://[::1]:1/" in tell(settings(host="::1"), "::1", 1)
    everyone = tell(settings(host="0.0.0.0"), "0.0.0.0", 8000)
    assert "every machine" in everyone
    assert "--allow-host" in everyone
    assert "https://a.org/comity/" in tell(settings(public="https://a.org", prefix="/comity"), "127.0.0.1", 1)


def test_settings_reach_the_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert Settings.from_environment() == Settings()
    chosen = settings(prefix="/x", allow_host="a.org", public="https://a.org", cache=False)
    monkeypatch.setenv(VARIABLE, "")
    chosen.to_environment()
    assert Settings.from_environment() == chosen


def test_two_workers_answer_alike_and_end_when_told(starter_home: Path) -> None:
    with served(starter_home, "--workers", "2", "--prefix", PREFIX, "--allow-host", "a.example") as running:
        told = set()
        for _ in range(12):
            found = running.get(f"{PREFIX}/api/v1", headers={"host": "a.example"})
            told.add((found.status_code, found.text, found.headers["etag"]))
            assert running.get("/api/v1", headers={"host": "evil.example"}).status_code == 421
        assert len(told) == 1
        assert running.end() in (0, -signal.SIGTERM)
        with pytest.raises(OSError):
            running.connect()


def links_of(text: str) -> set[str]:
    """Every URL that a page leads to, loads, sends a form to or fetches."""
    found = re.findall(r"""\s(?:href|src|action|hx-get|hx-post|data-vega|data-vendor)=(?:"([^"]*)"|'([^']*)')""", text)
    return {part for pair in found for part in html.unescape("".join(pair)).split(" ") if part}


@pytest.mark.parametrize("stripped", [True, False], ids=["the proxy takes the prefix away", "the proxy leaves it"])
def test_below_a_prefix_every_link_stays_below_it(starter: Client, stripped: bool) -> None:
    """From the first page on, whatever a page leads to is there, and below the prefix."""
    most = 260
    with Client(create_app(Settings(prefix=PREFIX))) as client:
        seen, waiting, kinds = set[str](), [f"{PREFIX}/", f"{PREFIX}/api/v1", f"{PREFIX}/api"], set[str]()
        while waiting and len(seen) < most:
            url = waiting.pop(0)
            if url in seen or _alike(url) in kinds:
                continue
            seen.add(url)
            kinds.add(_alike(url))
            found = client.page(url.removeprefix(PREFIX) if stripped else url)
            assert found.status_code in (200, 303, 404, 501), f"{url}: {found.status_code} {found.text[:200]}"
            if found.status_code == 404:
                assert "no such page" not in found.text, f"a link leads nowhere: {url}"
            led = {found.headers["location"]} if found.status_code == 303 else set()
            if found.headers.get("content-type", "").startswith("text/html"):
                led |= links_of(found.text)
            elif found.headers.get("content-type") == "application/json" and url.endswith("/api/v1"):
                led |= {q["example"] for q in found.json()["questions"]}
            for link in sorted(led):
                parts = urlsplit(link)
                if parts.scheme in ("http", "https", "mailto", "data"):
                    continue
                target = urlsplit(urljoin(f"http://x{url}", link))
                assert target.path == PREFIX or target.path.startswith(f"{PREFIX}/"), f"{url} leads to {link}"
                waiting.append(target.path + (f"?{target.query}" if target.query else ""))
        assert len(seen) > 60


def _alike(url: str) -> str:
    """URLs that differ in their values alone are of one kind, but for language and format."""
    parts = urlsplit(url)
    names = sorted(p.partition("=")[0] for p in parts.query.split("&"))
    told = [p for p in parts.query.split("&") if p.startswith(("lang=", "form=", "format=", "figure="))]
    path = re.sub(r"/[A-Z]{3}(?=/|$)", "/XXX", parts.path)
    return repr((re.sub(r"A/\w+/.*", "A", path), names, told))
