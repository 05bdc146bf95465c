"""What is kept: never one question's answer for another, never more than its share of memory, never a failure."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from typing import Any

import pytest
from web_client import Client

from comity.web import kept
from comity.web.kept import Kept
from comity.web.page import asset, content_of


class Echo:
    """An application that answers with what it was asked, and counts."""

    def __init__(self, body: Callable[[dict[str, Any]], bytes] | None = None, status: int = 200) -> None:
        self.asked, self.status, self.wait = 0, status, 0.0
        self.body = body or (lambda scope: repr((scope["path"], scope["query_string"])).encode())

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += 1
        await asyncio.sleep(self.wait)
        head = [(b"content-type", b"text/plain"), (b"content-length", b"7")]
        await send({"type": "http.response.start", "status": self.status, "headers": head})
        await send({"type": "http.response.body", "body": self.body(scope), "more_body": True})
        await send({"type": "http.response.body", "body": b""})


class Clock:
    """A store's stamp that a test sets."""

    def __init__(self) -> None:
        self.told, self.seen = "a", "a"

    def __call__(self, *, now: bool = False) -> str:
        if now:
            self.seen = self.told
        return self.seen


def client_of(app: Echo, stamp: Clock | None = None, *, keep: bool = True) -> Client:
    return Client(Kept(app, stamp=stamp or Clock(), keep=keep))


TARGETS = (
    "/pair/VNM/RUS", "/pair/vnm/rus", "/pair/VNM/RUS/", "/pair/RUS/VNM", "//pair/VNM/RUS", "/api/v1/pair/VNM/RUS",
    "/pair/VNM/RUS?issue=hr", "/pair/VNM/RUS?issue=HR", "/pair/VNM/RUS?ISSUE=hr", "/pair/VNM/RUS?issue=hr&",
    "/pair/VNM/RUS?issue=",
    "/pair/VNM/RUS?issue=hr&lang=vi", "/pair/VNM/RUS?lang=vi&issue=hr", "/pair/VNM/RUS?issue=hr&lang=en",
    "/pair/VNM/RUS?issue=h%72",
    "/pair/VNM/RUS?issue=hr%26lang=vi", "/pair/VNM/RUS%3Fissue=hr", "/pair/VNM/RUS?issue=hr&issue=me",
    "/pair/VNM/RUS?issue=me&issue=hr",
    "/pair/VNM%20/RUS", "/pair/VNM+/RUS", "/pair/VNM/RUS?issue=title:a+b", "/pair/VNM/RUS?issue=title:a%2Bb",
    "/pair/VNM/RUS',b'",
    "/pair/VNM/R%55S?x", "/vote/A/RES/68/262", "/vote/A%252FRES/68/262", "/pair/VNM/RU\u0053?\u00e9",
    "/pair/VNM/RUS?%C3%A9",
)  # fmt: skip


def test_no_answer_is_given_for_another_question() -> None:
    app = Echo()
    with client_of(app) as client, client_of(app, keep=False) as fresh:
        first = {target: client.get(target) for target in TARGETS}
        for target in TARGETS:
            assert client.get(target).content == first[target].content == fresh.get(target).content
        for one, other in combinations(TARGETS, 2):
            if first[one].content != first[other].content:
                assert first[one].headers["etag"] != first[other].headers["etag"], (one, other)


def test_languages_kinds_and_methods_are_kept_apart(starter: Client) -> None:
    target = "/api/v1/trend/VNM/RUS"
    as_json, as_csv = starter.get(target), starter.get(target, accept="text/csv")
    viet = starter.get(f"{target}?lang=vi")
    assert len({found.headers["etag"] for found in (as_json, as_csv, viet)}) == 3
    starter.head(f"{target}?issue=me")
    assert starter.get(f"{target}?issue=me").content
    assert starter.get(target).content == as_json.content
    assert starter.get(target, accept="text/csv").content == as_csv.content
    packed = starter.get(target, headers={"accept-encoding": "gzip"})
    assert packed.content == as_json.content
    index, page = starter.get("/api/v1"), starter.page("/api/v1")
    assert starter.get("/api/v1").content == index.content != page.content


def test_an_answer_is_kept_and_asked_anew_when_the_store_changes() -> None:
    app, stamp = Echo(), Clock()
    with client_of(app, stamp) as client:
        tag = client.get("/x").headers["etag"]
        client.get("/x")
        assert app.asked == 1
        stamp.told = stamp.seen = "b"
        assert client.get("/x", headers={"if-none-match": tag}).status_code == 200
        assert app.asked == 2


def test_an_answer_of_a_store_that_changed_meanwhile_is_not_kept() -> None:
    """The store is looked at once a second: what is answered in between may be of the next store."""
    app, stamp = Echo(), Clock()
    with client_of(app, stamp) as client:
        stamp.told = "b"
        client.get("/x")
        stamp.told = stamp.seen = "a"  # the change is taken back
        client.get("/x")
        assert app.asked == 2


@pytest.mark.parametrize("status", [303, 404, 503])
def test_what_is_no_answer_is_not_kept(status: int) -> None:
    app = Echo(status=status)
    with client_of(app) as client:
        for _ in range(2):
            found = client.get("/x")
            assert (found.status_code, found.headers["cache-control"]) == (status, "no-store")
            assert "etag" not in found.headers
    assert app.asked == 2


def test_what_is_kept_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_BYTES", 100_000)
    monkeypatch.setattr(kept, "LARGEST", 20_000)
    app = Echo(lambda scope: b"x" * (30_000 if scope["path"] == "/large" else 5_000))
    held = Kept(app, stamp=Clock(), keep=True)
    with Client(held) as client:
        client.get("/first")
        for i in range(500):
            client.get(f"/{i}")
        sizes = [each.size for each in held._held.values()]
        assert sum(sizes) == held._bytes <= 100_000
        assert len(sizes) > 5
        before = app.asked
        client.get("/499")
        assert app.asked == before
        client.get("/first")
        client.get("/large")
        client.get("/large")
        assert app.asked == before + 3, "the oldest has gone, what is too large is not kept"


def test_one_question_asked_by_many_at_once_is_answered_once() -> None:
    app = Echo()
    app.wait = 0.2
    held = Kept(app, stamp=Clock(), keep=False)
    sent: list[bytes] = []

    async def ask() -> None:
        scope = {"type": "http", "method": "GET", "path": "/x", "query_string": b"", "headers": []}

        async def send(message: Any) -> None:
            sent.append(message.get("body", b""))

        await held(scope, None, send)  # type: ignore[arg-type]

    async def all_of_them() -> None:
        await asyncio.gather(*(ask() for _ in range(50)))

    with ThreadPoolExecutor(1) as apart:  # a browser of other tests may have a loop running in this thread
        apart.submit(asyncio.run, all_of_them()).result()
    assert app.asked == 1
    assert len([body for body in sent if body]) == 50
    assert held._asked == {}


def test_a_failure_is_told_to_all_who_wait_and_kept_for_none() -> None:
    def fails(scope: Any) -> bytes:
        raise RuntimeError

    held = Kept(Echo(fails), stamp=Clock(), keep=True)
    with Client(held) as client:
        for _ in range(2):
            with pytest.raises(RuntimeError):
                client.get("/x")
    assert held._asked == {} == dict(held._held)


def test_a_part_of_a_packed_file_is_never_sent(starter) -> None:
    file = asset("vendor/vega.min.js")
    packed = starter.get(file, headers={"accept-encoding": "gzip"})
    assert packed.content == content_of("vendor/vega.min.js")
    assert packed.headers["etag"].startswith("W/")
    assert "accept-ranges" not in packed.headers
    assert "last-modified" not in packed.headers
    assert packed.headers["vary"] == "Accept-Encoding"
    for asked in ({"range": "bytes=100-"}, {"range": "bytes=100-", "if-range": packed.headers["etag"]}):
        whole = starter.get(file, headers={"accept-encoding": "gzip", **asked})
        assert (whole.status_code, whole.content) == (200, packed.content)
    same = starter.get(file, headers={"if-none-match": packed.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    assert starter.get(file, headers={"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"}).status_code == 200


def test_a_reader_who_leaves_does_not_leave_half_a_response_behind() -> None:
    async def streams(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        assert (await receive())["type"] == "http.request"
        left = asyncio.create_task(receive())
        for part in (b"a", b"b"):
            await asyncio.sleep(0.05)
            if left.done():  # as Starlette ends the sending of a file
                return
            await send({"type": "http.response.body", "body": part, "more_body": part == b"a"})
        left.cancel()

    client = Client(Kept(streams, stamp=Clock(), keep=True))  # its receive says at once that the reader left
    assert [client.get("/x").content for _ in range(2)] == [b"ab", b"ab"]


def test_half_a_response_is_an_error_and_is_not_kept() -> None:
    async def ends(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"a", "more_body": True})

    client = Client(Kept(ends, stamp=Clock(), keep=True))
    for _ in range(2):
        with pytest.raises(RuntimeError, match="in the middle"):
            client.get("/x")
