"""What stands before everything else: which requests are heard at all, and the headers that every response carries."""

from __future__ import annotations

import json

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from comity.web.problems import MEDIA_TYPE, Problem, of_status
from comity.web.settings import Settings

LONGEST_PATH, LONGEST_QUERY, LARGEST_HEADERS, LARGEST_BODY = 1_000, 4_000, 16_000, 2_000_000
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


class Guard:
    """ASGI middleware: refuse what no page needs, and set the headers of all that is sent."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it with a problem."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in HEADERS}
                kept = [(n, v) for n, v in message["headers"] if n.lower() not in own and n.lower() != b"server"]
                message = {**message, "headers": [*kept, *HEADERS]}
            await send(message)

        if refused := self._refused(scope):
            await _tell(refused, scope, with_headers)
            return
        await self.app(scope, receive, with_headers)

    def _refused(self, scope: Scope) -> Problem | None:
        headers = scope["headers"]
        given = dict(headers)
        takes = self.settings.local and scope["path"].startswith("/local/")
        if scope["method"] not in (("GET", "HEAD", "POST") if takes else ("GET", "HEAD")):
            return of_status(405, "method")
        if len(scope.get("raw_path") or b"") > LONGEST_PATH or len(scope["query_string"]) > LONGEST_QUERY:
            return of_status(414, "long")
        if sum(len(n) + len(v) for n, v in headers) > LARGEST_HEADERS:
            return of_status(431, "headers")
        if not self._hosted(given.get(b"host", b"").decode("latin-1")):
            return of_status(421, "host")
        if any(ord(c) < 32 or ord(c) == 127 for c in scope["path"]):
            return of_status(400, "path")
        length = given.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > (LARGEST_BODY if takes else 0):
            return of_status(413, "body")
        return None

    def _hosted(self, host: str) -> bool:
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        return any(
            name.lower() == allowed or (allowed.startswith("*.") and name.lower().endswith(allowed[1:]))
            for allowed in self.settings.hosts
        )


async def _tell(problem: Problem, scope: Scope, send: Send) -> None:
    body = json.dumps(problem.to_dict(scope["path"][:200]), ensure_ascii=False).encode()
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
    if problem.status == 405:
        headers.append((b"allow", b"GET, HEAD"))
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
