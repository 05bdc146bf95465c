"""The real server, as a process of its own on a free port of loopback."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

PROGRAM = """
import sys
from comity.cli.main import run
{before}
sys.argv = ["comity", "serve", *sys.argv[1:]]
run()
"""


class Served:
    """A server that runs, and how to speak to it."""

    def __init__(self, process: subprocess.Popen[str], line: str) -> None:
        self.process, self.line = process, line
        self.port = int(re.search(r":(\d+)/", line)[1])  # type: ignore[index]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, target: str, **more: object) -> httpx.Response:
        return httpx.get(self.url + target, timeout=60, trust_env=False, **more)  # type: ignore[arg-type]

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def raw(self, sent: bytes) -> bytes:
        """All that comes back, until the server closes."""
        with self.connect() as there:
            there.sendall(sent)
            return read_all(there)

    def end(self, sign: int = signal.SIGTERM) -> int:
        self.process.send_signal(sign)
        return self.process.wait(30)


def read_all(there: socket.socket) -> bytes:
    parts = []
    try:
        while part := there.recv(65_536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


@contextmanager
def served(home: Path, *options: str, before: str = "") -> Iterator[Served]:
    """``comity serve``; ``before`` is run in it first, in the process of the only worker."""
    command: Sequence[str] = (sys.executable, "-c", PROGRAM.format(before=before), "--port", "0", *options)
    environment = os.environ | {"COMITY_HOME": str(home), "POLARS_MAX_THREADS": "2"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, process.communicate()[1]
        server = Served(process, line)
        for _ in range(600):
            try:
                server.get("/api/v1", headers={"host": "localhost"})
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield server
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
