"""A client that calls the application as a server would, in this process.

The target is sent as it is written (httpx and browsers would mend dots, percents and Unicode), headers may be given
twice, and an exception of the application is raised here, where a server would answer 500.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from threading import Thread
from typing import Any
from urllib.parse import unquote

import httpx

Headers = Mapping[str, str] | Iterable[tuple[str, str]]


class Client(AbstractContextManager["Client"]):
    """Calls one application; its event loop runs in a thread of its own, so that any test may use it."""

    def __init__(self, app: Any, *, host: str = "localhost") -> None:
        self.app, self.host = app, host
        self._loop = asyncio.new_event_loop()
        Thread(target=self._loop.run_forever, daemon=True).start()

    def __exit__(self, *exc: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)

    def get(self, target: str | bytes, accept: str = "", **more: Any) -> httpx.Response:
        """GET; ``accept`` is short for that header."""
        return self.ask("GET", target, accept=accept, **more)

    def page(self, target: str, **more: Any) -> httpx.Response:
        """GET as a reader's browser does."""
        return self.ask("GET", target, accept="text/html,application/xhtml+xml,*/*;q=0.8", **more)

    def head(self, target: str, **more: Any) -> httpx.Response:
        """HEAD."""
        return self.ask("HEAD", target, **more)

    def ask(
        self, method: str, target: str | bytes, *, accept: str = "", headers: Headers = (), body: bytes = b""
    ) -> httpx.Response:
        """Any method. Without a Host among the headers the client's own is sent."""
        given = list(headers.items() if isinstance(headers, Mapping) else headers)
        if not any(name.lower() == "host" for name, _ in given):
            given.insert(0, ("host", self.host))
        given += [("accept", accept)] if accept else []
        given += [("content-length", str(len(body)))] if body else []
        raw = target if isinstance(target, bytes) else target.encode("utf-8", "surrogatepass")
        scope = self._scope(method, raw, [(n.lower().encode(), v.encode("latin-1")) for n, v in given])
        return asyncio.run_coroutine_threadsafe(self._asked(scope, body), self._loop).result(120)

    def _scope(self, method: str, raw: bytes, headers: list[tuple[bytes, bytes]]) -> dict[str, Any]:
        path, _, query = raw.partition(b"?")
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "root_path": "",
            "path": unquote(path.decode("latin-1")),
            "raw_path": path,
            "query_string": query,
            "headers": headers,
            "client": ("127.0.0.1", 50_000),
            "server": ("127.0.0.1", 8000),
            "state": {},
        }

    async def _asked(self, scope: dict[str, Any], body: bytes) -> httpx.Response:
        sent = [{"type": "http.request", "body": body, "more_body": False}]
        start: dict[str, Any] = {}
        parts: list[bytes] = []

        async def receive() -> dict[str, Any]:
            return sent.pop() if sent else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                parts.append(message.get("body", b""))

        await self.app(scope, receive, send)
        return httpx.Response(start["status"], headers=start["headers"], content=b"".join(parts))
