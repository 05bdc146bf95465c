"""Answers kept: what was asked before is sent again without asking, and an unchanged answer is not sent at all.

An answer is the same as long as the URL, the store, the day and Comity are. The tag of a response is made of these,
so that it is known before the question is asked.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from comity.model.clock import today
from comity.version import METHOD, VERSION

MOST_BYTES, LARGEST, SMALLEST_PACKED = 64_000_000, 4_000_000, 1_000
FRESH = b"public, max-age=60, stale-while-revalidate=600"
NOT_KEPT = ("/static/", "/local/")
_PACKED_KINDS = (b"text/", b"application/json", b"application/problem+json", b"image/svg+xml")


@dataclass(frozen=True, slots=True)
class _Held:
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    packed: bytes

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed)


class Kept:
    """ASGI middleware: tags, gzip, and a bounded store of whole responses.

    stamp : what the store holds, as text; another stamp is another store.
    keep  : whether responses are kept; tags are given either way.
    """

    def __init__(self, app: ASGIApp, *, stamp: Callable[[], str], keep: bool) -> None:
        self.app, self.stamp, self.keep = app, stamp, keep
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._bytes, self._lock = 0, Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, say that nothing changed, or ask."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or scope["path"].startswith(NOT_KEPT):
            await self.app(scope, receive, send)
            return
        given = dict(scope["headers"])
        csv = b"text/csv" in given.get(b"accept", b"")
        told = (VERSION, METHOD, self.stamp(), today(), scope["path"], scope["query_string"], csv)
        key = hashlib.sha256(repr(told).encode()).hexdigest()[:32]
        packs = b"gzip" in given.get(b"accept-encoding", b"")
        tag = f'W/"{key}"'.encode()
        if tag in given.get(b"if-none-match", b""):
            await _send(send, 304, _tags(tag), b"", head=True)
            return
        head = scope["method"] == "HEAD"
        if (held := self._find(key)) is None:
            status, headers, body = await _collected(self.app, {**scope, "method": "GET"}, receive)
            held = _made(headers, body, pack=packs or self.keep)
            if status != 200:
                await _send(send, status, held.headers, body, head=head)
                return
            if self.keep:
                self._put(key, held)
        use = packs and bool(held.packed)
        extra = ((b"content-encoding", b"gzip"),) if use else ()
        await _send(send, 200, (*held.headers, *_tags(tag), *extra), held.packed if use else held.body, head=head)

    def _find(self, key: str) -> _Held | None:
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def _put(self, key: str, held: _Held) -> None:
        if held.size > LARGEST:
            return
        with self._lock:
            if key not in self._held:
                self._held[key] = held
                self._bytes += held.size
            while self._bytes > MOST_BYTES:
                self._bytes -= self._held.popitem(last=False)[1].size


def _made(headers: list[tuple[bytes, bytes]], body: bytes, *, pack: bool) -> _Held:
    kind = dict(headers).get(b"content-type", b"")
    packs = pack and len(body) >= SMALLEST_PACKED and kind.startswith(_PACKED_KINDS)
    kept = tuple((name, value) for name, value in headers if name != b"content-length")
    return _Held(kept, body, gzip.compress(body, 4, mtime=0) if packs else b"")


def _tags(tag: bytes) -> tuple[tuple[bytes, bytes], ...]:
    return ((b"etag", tag), (b"cache-control", FRESH), (b"vary", b"Accept, Accept-Encoding"))


async def _collected(app: ASGIApp, scope: Scope, receive: Receive) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    status, headers, parts = 500, list[tuple[bytes, bytes]](), list[bytes]()

    async def collect(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], list(message["headers"])
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    await app(scope, receive, collect)
    return status, headers, b"".join(parts)


async def _send(send: Send, status: int, headers: tuple[tuple[bytes, bytes], ...], body: bytes, *, head: bool) -> None:
    length = () if status == 304 else ((b"content-length", str(len(body)).encode()),)
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *length]})
    await send({"type": "http.response.body", "body": b"" if head else body})
