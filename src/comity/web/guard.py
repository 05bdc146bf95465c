"""What stands before everything else: which requests are heard at all, and the headers that every response carries."""

from __future__ import annotations

import logging
import re
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from comity.web.heard import below, header
from comity.web.problems import of_status, respond
from comity.web.settings import LOOPBACK, Settings

LONGEST_PATH, LONGEST_QUERY, LARGEST_HEADERS, MOST_HEADERS, LARGEST_BODY = 1_000, 4_000, 16_000, 100, 2_000_000
MOST_AT_ONCE = 256
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
)
_OWN = {name for name, _ in HEADERS} | {b"server", b"cross-origin-resource-policy"}
_SHARED = ("/api/", "/figure/")
"""Paths that scripts of other sites may read: answers and figures, never pages."""
_TAKES = "/local/"
_FORWARDED = (b"forwarded", b"via", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip")
_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?", re.IGNORECASE)
_CONTROL = re.compile(rb"%(0[0-8bcef]|1[0-9a-f]|7f)|[\x00-\x20\x7f]", re.IGNORECASE)
"""Control characters, but for the tabs and line ends of a text in a form."""
log = logging.getLogger("comity.web")

_Refusal = tuple[int, str]
"""A status, and the key of its words in the catalogue's section [web_problem]."""


class Guard:
    """ASGI middleware: refuse what no page needs, set the headers of all that is sent, and tell no failure's inside."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings, self._now = app, settings, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it with a problem."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope, started = _whole(scope), False

        async def with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                kept = [(n, v) for n, v in message["headers"] if n.lower() not in _OWN]
                message = {**message, "headers": [*kept, *HEADERS, *self._sharing(scope)]}
            await send(message)

        if self._asks_before(scope):
            await with_headers({"type": "http.response.start", "status": 204, "headers": list(_PREFLIGHT)})
            await with_headers({"type": "http.response.body", "body": b""})
        elif refused := self._refused(scope):
            await self._tell(*refused, scope, receive, with_headers)
        elif self._now >= MOST_AT_ONCE:
            await self._tell(503, "busy", scope, receive, with_headers)
        else:
            self._now += 1
            try:
                await self.app(scope, receive, with_headers)
            except Exception as error:  # the last resort: what failed is for the log alone
                log.error("a request failed: %r", scope["path"], exc_info=error)
                if started:
                    raise
                await self._tell(500, "broken", scope, receive, with_headers)
            finally:
                self._now -= 1

    async def _tell(self, status: int, key: str, scope: Scope, receive: Receive, send: Send) -> None:
        response = respond(scope, lambda: of_status(status, key))
        if status < 500:  # what may still come on this connection is not read
            response.headers["connection"] = "close"
        if status == 405:
            response.headers["allow"] = "GET, HEAD, POST" if self._taking(scope) else "GET, HEAD"
        await response(scope, receive, send)

    def _refused(self, scope: Scope) -> _Refusal | None:
        """What is wrong with the request, if anything."""
        path, query = scope["path"], scope["query_string"]
        if scope["method"] not in (("GET", "HEAD", "POST") if self._taking(scope) else ("GET", "HEAD")):
            return (405, "method")
        if len(scope.get("raw_path") or path.encode("utf-8", "replace")) > LONGEST_PATH or len(query) > LONGEST_QUERY:
            return (414, "long")
        headers = scope["headers"]
        if len(headers) > MOST_HEADERS or sum(len(n) + len(v) for n, v in headers) > LARGEST_HEADERS:
            return (431, "headers")
        if not self._hosted([v.decode("latin-1") for n, v in headers if n == b"host"]):
            return (421, "host")
        if any(ord(c) < 32 or ord(c) == 127 or 0xD800 <= ord(c) < 0xE000 for c in path) or _CONTROL.search(query):
            return (400, "path")
        return self._unreadable(scope)

    def _unreadable(self, scope: Scope) -> _Refusal | None:
        """A body where none is read, or one that another site sends."""
        taking = self._taking(scope) and scope["method"] == "POST"
        length = header(scope, b"content-length") or "0"
        if header(scope, b"transfer-encoding") or not (length.isascii() and length.isdigit()):
            return (400, "framing")
        if len(length) > 9 or int(length) > (LARGEST_BODY if taking else 0):
            return (413, "body")
        if taking and not self._same_site(scope):
            return (403, "origin")
        return None

    def _hosted(self, given: list[str]) -> bool:
        """One Host header, with a name this server answers to: another site's name may not point a browser here."""
        if len(given) != 1 or (found := _HOST.fullmatch(given[0])) is None:
            return False
        name = found["name"].lower()
        return any(
            name == allowed or (allowed.startswith("*.") and name.endswith(allowed[1:]))
            for allowed in self.settings.hosts
        )

    def _taking(self, scope: Scope) -> bool:
        """Whether this is a page that takes a file: on this machine alone, and through no proxy."""
        return self.settings.local and below(scope).startswith(_TAKES) and not through_a_proxy(scope)

    def _same_site(self, scope: Scope) -> bool:
        """Whether a form was sent from this server's own page; a program without a browser names no origin.

        Pages that send no referrer have a browser write "null" for their origin; it then still says "same-origin" in
        Sec-Fetch-Site, which no script can set.
        """
        origin, site = header(scope, b"origin"), header(scope, b"sec-fetch-site")
        hidden = origin == "null" and site == "same-origin"
        own = not origin or hidden or origin.lower() == f"{scope['scheme']}://{header(scope, b'host').lower()}"
        return own and site in ("", "same-origin", "none")

    def _asks_before(self, scope: Scope) -> bool:
        """Whether a browser asks what a script of another site may send."""
        asks = scope["method"] == "OPTIONS" and below(scope).startswith(_SHARED)
        return asks and self._hosted([v.decode("latin-1") for n, v in scope["headers"] if n == b"host"])

    def _sharing(self, scope: Scope) -> tuple[tuple[bytes, bytes], ...]:
        """Who else may read this: of a shared server's answers everyone, of this machine's its own pages alone."""
        if not below(scope).startswith(_SHARED):
            return ((b"cross-origin-resource-policy", b"same-origin"),)
        if not self.settings.local:
            return (
                (b"cross-origin-resource-policy", b"cross-origin"),
                (b"access-control-allow-origin", b"*"),
                _EXPOSED,
            )
        origin = header(scope, b"origin")
        policy = (b"cross-origin-resource-policy", b"same-site")
        if not _on_this_machine(origin):
            return (policy, (b"vary", b"Origin"))
        return (policy, (b"vary", b"Origin"), (b"access-control-allow-origin", origin.encode("latin-1")), _EXPOSED)


_EXPOSED = (b"access-control-expose-headers", b"ETag, Link, Content-Language, Content-Disposition")
_PREFLIGHT = (
    (b"allow", b"GET, HEAD, OPTIONS"),
    (b"access-control-allow-methods", b"GET, HEAD"),
    (b"access-control-allow-headers", b"Accept, Accept-Language, If-None-Match"),
    (b"access-control-max-age", b"86400"),
)


def through_a_proxy(scope: Scope) -> bool:
    """Whether a proxy says that it asks for somebody else."""
    return any(name in _FORWARDED for name, _ in scope["headers"])


def _whole(scope: Scope) -> Scope:
    """The path with the prefix that a proxy took away: below it Starlette would look for static files in vain."""
    root, path = scope.get("root_path", ""), scope["path"]
    return {**scope, "path": root + path} if root and below(scope) == path else scope


def _on_this_machine(origin: str) -> bool:
    """Whether an Origin header names a server on this machine, such as a notebook.

    >>> [_on_this_machine(o) for o in ("http://localhost:8888", "http://localhost.example.org", "null")]
    [True, False, False]
    """
    try:
        parts = urlsplit(origin)
        name = parts.hostname or ""
        plain = origin == f"{parts.scheme}://{parts.netloc}" and "@" not in parts.netloc
    except ValueError:
        return False
    return plain and parts.scheme in ("http", "https") and (f"[{name}]" if ":" in name else name) in LOOPBACK
