"""A connection that cannot be held for nothing: uvicorn's own, with a time and a size for every stage of a request."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from comity.web.guard import HEADERS, LARGEST_HEADERS, LONGEST_PATH, LONGEST_QUERY

LOOK = 2.5
"""Seconds between two looks at a connection."""
HEAD, BODY = 10.0, 30.0
"""Seconds that a request's head, and its body after that, may take, however they trickle in."""
LEAST_READ, STALLS = 5_000, 6
"""Bytes of a response that must leave between two looks, and how many looks in a row may see fewer."""
LARGEST_HEAD = LONGEST_PATH + LONGEST_QUERY + LARGEST_HEADERS + 4_000
"""Bytes of a request's head; somewhat more than the guard hears, so that it can say what is too long."""
MOST = 500
"""Connections of one process. One more takes the place of the one whose request has been awaited longest."""


class Connection(HttpToolsProtocol):
    """One client. Written for uvicorn, which waits for ever for a head, a body or a reader."""

    _until = 0.0
    """When what is awaited must be there; 0 while nothing is."""
    _in_head, _size, _unread, _stalls = False, 0, 0, 0
    _look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to watch."""
        super().connection_made(transport)
        self._until = self.loop.time() + HEAD
        self._look = self.loop.call_later(LOOK, self._watch)
        if len(self.connections) > MOST:
            waiting = [c for c in self.connections if isinstance(c, Connection) and (c._until or c._idle)]
            min(waiting, key=lambda c: c._until).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """End to watch."""
        if self._look is not None:
            self._look.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Refuse a head without an end, which httptools would gather; and wait no longer for what is no request."""
        super().data_received(data)
        self._size = self._size + len(data) if self._in_head else 0
        if self._size > LARGEST_HEAD:
            self.send_400_response("The request's head is too long.")
        elif self._idle and not self._until:
            self._until = self.loop.time() + HEAD

    def on_message_begin(self) -> None:
        """A head begins."""
        super().on_message_begin()
        self._in_head, self._until = True, self.loop.time() + HEAD

    def on_headers_complete(self) -> None:
        """A body may follow."""
        self._in_head, self._until = False, self.loop.time() + BODY
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Nothing more is awaited; uvicorn closes a connection that stays idle."""
        self._until = 0.0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """With the headers of every response, and nothing of what was sent."""
        if self.transport.is_closing():
            return
        told = {b"content-type": b"text/plain; charset=utf-8", b"content-length": str(len(msg)).encode()}
        lines = [b"HTTP/1.1 400 Bad Request", *(n + b": " + v for n, v in (told | dict(HEADERS)).items())]
        self.transport.write(b"\r\n".join([*lines, b"connection: close", b"", msg.encode()]))
        self.transport.close()

    @property
    def _idle(self) -> bool:
        return not self._in_head and (self.cycle is None or self.cycle.response_complete)

    def _watch(self) -> None:
        """End a connection that is late, or whose reader does not read; a close alone would wait for that reader."""
        late = bool(self._until) and self.loop.time() > self._until
        before, self._unread = self._unread, self.transport.get_write_buffer_size()
        slow = before > 0 and self._unread > 0 and before - self._unread < LEAST_READ
        self._stalls = self._stalls + 1 if slow else 0
        if late or self._stalls >= STALLS:
            self.transport.abort()
        else:
            self._look = self.loop.call_later(LOOK, self._watch)
