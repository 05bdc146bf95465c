"""The real server against clients that are slow, greedy or malformed: others are answered, nobody stays for ever."""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from threading import Thread

import pytest
from served import Served, read_all, served

HEAD, LOOK = 2.0, 0.25
IMPATIENT = f"""
from comity.web import connection
connection.HEAD, connection.BODY, connection.LOOK, connection.STALLS = {HEAD}, {HEAD}, {LOOK}, 4
"""
"""The same rules with shorter times, so that a test need not wait."""
ASK = b"GET /api/v1 HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("none"), before=IMPATIENT) as running:
        yield running


def times_of(server: Served, number: int) -> list[float]:
    told = []
    for _ in range(number):
        start = time.perf_counter()
        assert server.get("/api/v1").status_code == 200
        told.append(time.perf_counter() - start)
    return told


def test_two_hundred_slow_clients_stop_nobody_and_are_dropped(server: Served) -> None:
    alone = times_of(server, 20)
    slow = [server.connect() for _ in range(200)]
    began = time.monotonic()
    for each in slow:
        each.sendall(ASK[:-2])
    beside = []
    while time.monotonic() - began < HEAD * 0.8:
        beside += times_of(server, 2)
        for each in slow[:50]:
            each.sendall(b"x")  # a byte now and then, which must not win time
    assert median(beside) < median(alone) * 5 + 0.05
    for each in slow:
        each.settimeout(HEAD + 10)
        assert read_all(each) == b""
        each.close()
    assert time.monotonic() - began < HEAD * 3 + 5
    times_of(server, 5)


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"G",
        b"\r\n\r\n",
        ASK,
        ASK + b"X: ",
        b"POST /local/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nx",
    ],
)
def test_what_is_begun_and_not_ended_is_dropped(server: Served, begun: bytes) -> None:
    began = time.monotonic()
    with server.connect() as there:
        there.sendall(begun)
        read_all(there)
    assert time.monotonic() - began < HEAD * 3 + 3


def test_a_connection_is_not_kept_by_line_ends_between_requests(server: Served) -> None:
    with server.connect() as there:
        there.sendall(ASK + b"\r\n")
        assert there.recv(65_536).startswith(b"HTTP/1.1 200")
        began = time.monotonic()
        ended = False
        while not ended and time.monotonic() - began < HEAD * 4 + 3:
            try:
                there.sendall(b"\r\n")
                there.settimeout(LOOK)
                ended = there.recv(65_536) == b""
            except TimeoutError:
                continue
            except OSError:
                ended = True
        assert ended


def test_one_who_does_not_read_is_dropped(server: Served) -> None:
    """Requests whose answers nobody takes: more than the sockets themselves hold."""
    there = socket.socket()
    there.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    there.connect(("127.0.0.1", server.port))
    ask = b"GET /static/vendor/vega.min.js HTTP/1.1\r\nHost: localhost\r\n\r\n"
    ended = False

    def asks() -> None:
        nonlocal ended
        try:
            for _ in range(2_000):
                there.sendall(ask)
                time.sleep(0.005)
        except OSError:
            ended = True

    sender = Thread(target=asks, daemon=True)
    sender.start()
    sender.join(40)
    there.close()
    assert ended
    times_of(server, 3)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 300_000, 400),
        (b"GET /" + b"y" * 300_000, 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 20_000, 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 18_000 + b"\r\n\r\n", 431),
        (b"GET /" + b"y" * 3_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost localhost\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n Folded: x\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", 400),
        (b"GET /caf\xc3\xa9 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: \x00\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", 400),
        (b"GET / HTTP/1.0\r\n\r\n", 421),
        (b"GET / HTTP/1.1\r\n\r\n", 421),
        (b"CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0x1\r\n\r\nx", 400),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    ],
)  # fmt: skip
def test_a_malformed_request_is_refused_and_its_connection_closed(server: Served, sent: bytes, status: int) -> None:
    try:
        answer = server.raw(sent)
    except (BrokenPipeError, ConnectionResetError):  # refused before it was sent whole
        assert len(sent) > 100_000
        return
    assert answer.startswith(f"HTTP/1.1 {status} ".encode()) or (answer == b"" and len(sent) > 100_000)
    assert answer.count(b"HTTP/1.1 ") <= 1, "what follows is not read as a second request"
    if answer:
        assert b"content-security-policy: default-src 'none'" in answer
        assert b"x-content-type-options: nosniff" in answer
        assert b"Traceback" not in answer


def test_a_target_with_a_host_of_its_own_leads_nowhere_else(server: Served) -> None:
    ask = b"GET http://evil.example/pair/VNM/nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answer = server.raw(ask)
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert b"evil" not in answer


def test_an_upgrade_is_not_taken_up(server: Served) -> None:
    answer = server.raw(ASK + b"Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"101 Switching" not in answer


def test_it_ends_when_told_with_what_it_is_answering_sent(tmp_path: Path) -> None:
    with served(tmp_path, before=IMPATIENT) as running, running.connect() as idle, running.connect() as half:
        half.sendall(ASK)
        began = time.monotonic()
        with running.connect() as there:
            there.sendall(b"GET /pair/VNM/RUS?issue=hr HTTP/1.1\r\nHost: localhost\r\n\r\n")
            time.sleep(0.05)
            code = running.end()
            answer = read_all(there)
        assert time.monotonic() - began < 20
        assert code in (0, -signal.SIGTERM)
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert answer.rstrip().endswith(b"}") or b"</html>" in answer
        assert read_all(idle) == b""
