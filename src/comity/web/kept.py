"""Answers kept: what was asked before is sent again without asking, and an unchanged answer is not sent at all.

An answer is the same as long as the URL, the store, the day and Comity are. The tag of a response is made of these,
so that it is known before the question is asked. A page is put together of several answers that must be of one
release, so what is kept elsewhere is asked for again each time (which costs little where nothing changed); only data
of a release that the URL itself holds fast by its hash may be used for an hour without asking.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from comity.model.clock import today
from comity.version import METHOD, VERSION
from comity.web.heard import CSV, HTML, JSON, below, best, header

MOST_BYTES, LARGEST, SMALLEST_PACKED = 64_000_000, 4_000_000, 1_000
FRESH, FRESH_PINNED, NOT_KEPT = b"public, no-cache", b"public, max-age=3600", b"no-store"
_PACKED_KINDS = (b"text/", b"application/json", b"application/problem+json", b"application/openapi", b"image/svg+xml")
_DATA = ("/api/", "/figure/")
_PINNED = (re.compile(rb"(^|&)release=[^&]"), re.compile(rb"(^|&)sha=[0-9a-f]{12}(&|$)"))
_OF_PLAIN_BYTES = (b"content-length", b"accept-ranges", b"last-modified")

Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class _Held:
    status: int
    headers: Headers
    body: bytes
    packed: bytes

    @property
    def passing(self) -> bool:
        """Whether a page says of itself that it will soon be another."""
        return (b"cache-control", NOT_KEPT) in self.headers

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed) + sum(len(n) + len(v) for n, v in self.headers)


class Kept:
    """ASGI middleware: tags, gzip, and a bounded store of whole responses.

    stamp : what the store holds, as text, looked at anew with ``now``; another stamp is another store.
    keep  : whether responses are kept; tags are given either way.
    """

    def __init__(self, app: ASGIApp, *, stamp: Callable[..., str], keep: bool) -> None:
        self.app, self.stamp, self.keep = app, stamp, keep
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._bytes = 0
        self._asked: dict[str, asyncio.Future[_Held]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, say that nothing changed, or ask."""
        path = below(scope) if scope["type"] == "http" else ""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or path.startswith("/local/"):
            await self.app(scope, receive, send)
            return
        static = path.startswith("/static/")
        if static and header(scope, b"if-none-match"):
            await self.app(_whole(scope), receive, send)  # Starlette knows a file's own tag
            return
        key = self._key(scope, static=static)
        tags = ((b"vary", b"Accept-Encoding"),) if static else _tags(scope, path, key)
        if not static and key in _given_tags(header(scope, b"if-none-match")):
            await _send(send, _Held(304, tags, b"", b""), scope)
            return
        held = self._find(key) or await self._ask(key, scope, static=static)
        if held.status == 200 and not held.passing:
            held = _Held(200, (*held.headers, *tags), held.body, held.packed)
        await _send(send, held, scope)

    def _key(self, scope: Scope, *, static: bool) -> str:
        """A hash over all that a response rests on: the path as it is routed, the query as it was written."""
        accept = header(scope, b"accept")
        kinds = (best(accept, (JSON, CSV)), best(accept, (JSON, HTML)))
        rests = ("static",) if static else (self.stamp(), today().isoformat(), *kinds)
        told = (VERSION, METHOD, scope["path"], scope["query_string"], *rests)
        return hashlib.sha256(repr(told).encode("utf-8", "backslashreplace")).hexdigest()[:32]

    async def _ask(self, key: str, scope: Scope, *, static: bool) -> _Held:
        """The response; a question that is being answered already is not asked a second time."""
        if (other := self._asked.get(key)) is not None:
            return await asyncio.shield(other)
        mine = self._asked[key] = asyncio.get_running_loop().create_future()
        before = self.stamp()
        try:
            held = _made(*await _collected(self.app, {**_whole(scope, but=b"if-none-match"), "method": "GET"}))
            # A store that changed meanwhile, and changes back, must not bring this answer back with it.
            if self.keep and held.status == 200 and not held.passing and (static or self.stamp(now=True) == before):
                self._put(key, held)
            mine.set_result(held)
        except BaseException as error:
            mine.set_exception(error)
            mine.exception()  # taken note of, should nobody else wait for it
            raise
        finally:
            del self._asked[key]
        return held

    def _find(self, key: str) -> _Held | None:
        if key in self._held:
            self._held.move_to_end(key)
        return self._held.get(key)

    def _put(self, key: str, held: _Held) -> None:
        if held.size > LARGEST or key in self._held:
            return
        self._held[key] = held
        self._bytes += held.size
        while self._bytes > MOST_BYTES:
            self._bytes -= self._held.popitem(last=False)[1].size


def _whole(scope: Scope, *, but: bytes = b"") -> Scope:
    """The request without what asks for a part, or only for what is newer: a part of a packed file fits no other."""
    left = (b"range", b"if-range", b"if-modified-since", but)
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name not in left]}


def _made(status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> _Held:
    named = dict(headers)
    kept = tuple((name, value) for name, value in headers if name not in _OF_PLAIN_BYTES)
    if status != 200:
        return _Held(status, kept if b"cache-control" in named else (*kept, (b"cache-control", NOT_KEPT)), body, b"")
    packs = len(body) >= SMALLEST_PACKED and named.get(b"content-type", b"").startswith(_PACKED_KINDS)
    if not packs:
        return _Held(status, kept, body, b"")
    # A file's own tag stands for its plain bytes; of what is sent packed or plain it is a weak one.
    weak = tuple((n, b"W/" + v if n == b"etag" and not v.startswith(b"W/") else v) for n, v in kept)
    return _Held(status, weak, body, gzip.compress(body, 4, mtime=0))


def _tags(scope: Scope, path: str, key: str) -> Headers:
    pinned = path.startswith(_DATA) and all(mark.search(scope["query_string"]) for mark in _PINNED)
    fresh = FRESH_PINNED if pinned else FRESH
    return ((b"etag", f'W/"{key}"'.encode()), (b"cache-control", fresh), (b"vary", b"Accept, Accept-Encoding"))


def _given_tags(text: str) -> list[str]:
    """The opaque parts of an If-None-Match header. Its "*" matches nothing: what is there is not known beforehand."""
    return re.findall(r'(?:W/)?"([^"]*)"', text)


async def _collected(app: ASGIApp, scope: Scope) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """The whole response. That a reader left is not passed on: an application would send half, and others wait too."""
    status, headers, parts, more = 500, list[tuple[bytes, bytes]](), list[bytes](), True
    heard = iter(({"type": "http.request", "body": b"", "more_body": False},))

    async def receive() -> Message:
        return next(heard, None) or await asyncio.get_running_loop().create_future()

    async def collect(message: Message) -> None:
        nonlocal status, headers, more
        if message["type"] == "http.response.start":
            status, headers = message["status"], list(message["headers"])
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))
            more = message.get("more_body", False)

    await app(scope, receive, collect)
    if more:
        raise RuntimeError("The application ended in the middle of its response.")
    return status, headers, b"".join(parts)


async def _send(send: Send, held: _Held, scope: Scope) -> None:
    """Send it packed to whoever takes it so; the body is left out for HEAD."""
    packed = held.packed if held.packed and _takes_gzip(header(scope, b"accept-encoding")) else b""
    body = packed or held.body
    headers = [*held.headers, *([(b"content-encoding", b"gzip")] if packed else [])]
    if held.status not in (204, 304):
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": held.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header takes gzip.

    >>> [_takes_gzip(a) for a in ("gzip, br", "br, *", "gzip;q=0", "identity", "")]
    [True, True, False, False, False]
    """
    weights = dict(re.findall(r"(gzip|\*)\s*(?:;\s*q=([\d.]+))?", accepted.lower()))
    told = weights.get("gzip", weights.get("*"))
    return told is not None and bool(re.search("[1-9]", told or "1"))
