"""Connections are taken one at a time, the later the more there are; what cannot be taken now is taken later."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
from collections.abc import Callable, Iterator

import pytest

from comity.web import sharing
from comity.web.sharing import SharingLoop

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="workers there use the loop that comes with uvicorn")


class Held(asyncio.Protocol):
    def __init__(self, connections: set[Held]) -> None:
        self.connections = connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.connections.add(self)


@pytest.fixture
def bound() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as found:
        yield found


def during(bound: socket.socket, then: Callable[[set[Held]], object]) -> None:
    """Listen, let clients come, and run what is to be seen."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        held: set[Held] = set()
        server = await loop.create_server(lambda: Held(held), sock=bound)
        await then(held)  # type: ignore[misc]
        server.close()
        await server.wait_closed()
        for one in held:
            one.transport.close()  # type: ignore[attr-defined]

    with asyncio.Runner(loop_factory=SharingLoop) as runner:
        runner.run(run())


def clients(bound: socket.socket, number: int) -> list[socket.socket]:
    return [socket.create_connection(bound.getsockname()) for _ in range(number)]


def test_one_connection_is_taken_and_the_next_after_a_rest(
    bound: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "REST", 0.4)
    monkeypatch.setattr(sharing, "LONGEST_REST", 0.8)
    came = clients(bound, 3)
    seen: list[tuple[int, float]] = []

    async def look(held: set[Held]) -> None:
        loop = asyncio.get_running_loop()
        start = loop.time()
        while len(held) < 3:
            await asyncio.sleep(0.005)
            if not seen or seen[-1][0] != len(held):
                seen.append((len(held), loop.time() - start))

    during(bound, look)
    times = {number: when for number, when in seen if number}
    assert times[2] - times[1] > 0.2
    assert times[3] - times[2] > 0.5, "with more held it rests longer"
    for one in came:
        one.close()


def test_two_that_listen_share_what_comes_at_once(bound: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "REST", 0.1)
    monkeypatch.setattr(sharing, "LONGEST_REST", 0.4)
    came = clients(bound, 8)

    async def look(held: set[Held]) -> None:
        other: set[Held] = set()
        door = await asyncio.get_running_loop().create_server(lambda: Held(other), sock=bound.dup())
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

    async def look(held: set[Held]) -> None:
        while not held:
            await asyncio.sleep(0.01)

    with caplog.at_level(logging.ERROR, "comity.web"):
        during(bound, look)
    assert "Too many open files" in caplog.text
    came.close()
