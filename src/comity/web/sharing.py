"""Workers that listen on one socket share the connections evenly."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Sized
from typing import Any

REST, LONGEST_REST, WHEN_FULL = 0.0005, 0.002, 1.0  # seconds
log = logging.getLogger("comity.web")


class SharingLoop(asyncio.SelectorEventLoop):
    """An event loop whose server takes connections one at a time, and the later the more it has.

    Other loops take all that wait. Of eight connections that come at once one worker then often got all eight, and
    the questions of a browser or a proxy had one processor while the next was idle.
    """

    async def create_server(  # type: ignore[override]
        self,
        protocol_factory: Callable[[], asyncio.BaseProtocol],
        *,
        sock: socket.socket,
        backlog: int = 100,
        **_: object,
    ) -> Door:
        """Listen on a socket that is bound, whoever else does."""
        sock.setblocking(False)
        sock.listen(backlog)
        return Door(self, protocol_factory, sock)


class Door:
    """A server as uvicorn needs one: it takes connections until it is closed."""

    def __init__(self, loop: SharingLoop, factory: Callable[[], asyncio.BaseProtocol], sock: socket.socket) -> None:
        self._loop, self._factory, self._socket = loop, factory, sock
        self._closed = False
        self._entering: set[asyncio.Task[Any]] = set()
        self._open()

    def close(self) -> None:
        """Take no more."""
        self._closed = True
        self._loop.remove_reader(self._socket)

    async def wait_closed(self) -> None:
        """Nothing is left to be waited for: uvicorn ends the connections."""

    def _open(self) -> None:
        if not self._closed:
            self._loop.add_reader(self._socket, self._take)

    def _take(self) -> None:
        try:
            taken, _ = self._socket.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return  # another worker was here first, or the client left
        except OSError as error:  # no more files may be open
            log.error("A connection cannot be taken: %s", error)
            self._rest(WHEN_FULL)
            return
        protocol = self._factory()
        held: Sized = getattr(protocol, "connections", ())
        entering = self._loop.create_task(self._loop.connect_accepted_socket(lambda: protocol, taken))
        self._entering.add(entering)
        entering.add_done_callback(self._entering.discard)
        self._rest(min(REST * (1 + len(held)), LONGEST_REST))

    def _rest(self, seconds: float) -> None:
        """Let the others have a turn."""
        self._loop.remove_reader(self._socket)
        self._loop.call_later(seconds, self._open)
