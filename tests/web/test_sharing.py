"""Connections are taken one at a time, the later the more there are; what cannot be taken now is taken later."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from comity.web import sharing
from comity.web.sharing import SharingLoop

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="workers there use the loop that comes with uvicorn")


class Held(asyncio.Protocol):
    def __init__(self, connections: set[Held]) -> None:
        self.connections = connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.connections.add(self)


@pytest.fixture
def bound() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as found:
        yield found


class Watched(SharingLoop):
    """Notes how long it was asked to wait."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []

    def call_later(self, delay: float, callback: Callable[..., object], *args: Any, **more: Any) -> asyncio.TimerHandle:
        self.waits.append(delay)
        return super().call_later(delay, callback, *args, **more)


def during(bound: socket.socket, then: Callable[[Watched, set[Held]], Awaitable[None]]) -> None:
    """Listen, let clients come, and run what is to be seen."""

    async def listen(loop: Watched) -> None:
        held: set[Held] = set()
        server = await loop.create_server(lambda: Held(held), sock=bound)
        await asyncio.wait_for(then(loop, held), 60)
        server.close()
        await server.wait_closed()
        for one in held:
            one.transport.close()

    def run() -> None:
        with asyncio.Runner(loop_factory=Watched) as runner:
            loop = runner.get_loop()
            assert isinstance(loop, Watched)
            runner.run(listen(loop))

    with ThreadPoolExecutor(1) as apart:  # a browser of other tests may have a loop running in this thread
        apart.submit(run).result()


def clients(bound: socket.socket, number: int) -> list[socket.socket]:
    return [socket.create_connection(bound.getsockname()) for _ in range(number)]


def test_one_connection_is_taken_and_the_next_after_a_rest(
    bound: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "REST", 0.2)
    monkeypatch.setattr(sharing, "LONGEST_REST", 0.5)
    came = clients(bound, 4)
    rests: list[float] = []

    async def look(loop: Watched, held: set[Held]) -> None:
        while len(held) < 4:
            await asyncio.sleep(0)
        rests.extend(wait for wait in loop.waits if wait < 60)

    during(bound, look)
    assert rests == [0.2, 0.4, 0.5, 0.5], "with more held it rests longer, but never for ever"
    for one in came:
        one.close()


def test_two_that_listen_share_what_comes_at_once(bound: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "REST", 0.1)
    monkeypatch.setattr(sharing, "LONGEST_REST", 0.4)
    came = clients(bound, 8)

    async def look(loop: Watched, held: set[Held]) -> None:
        other: set[Held] = set()
        door = await loop.create_server(lambda: Held(other), sock=bound.dup())
        while len(held) + len(other) < 8:
            await asyncio.sleep(0.01)
        assert {len(held), len(other)} <= {3, 4, 5}
        door.close()

    during(bound, look)
    for one in came:
        one.close()


def test_without_free_files_it_waits_and_says_so(
    bound: socket.socket, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sharing, "WHEN_FULL", 0.05)
    (came,) = clients(bound, 1)
    tried: list[int] = []
    accept = socket.socket.accept

    def full_at_first(self: socket.socket) -> object:
        tried.append(1)
        if len(tried) == 1:
            raise OSError(24, "Too many open files")
        return accept(self)

    monkeypatch.setattr(socket.socket, "accept", full_at_first)

    async def look(loop: Watched, held: set[Held]) -> None:
        while not held:
            await asyncio.sleep(0.01)

    with caplog.at_level(logging.ERROR, "comity.web"):
        during(bound, look)
    assert "Too many open files" in caplog.text
    came.close()
