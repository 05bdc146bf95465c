"""The web app under load: a reading never asked before, kept answers, start and first paint; a static file as floor.

python benchmarks/web.py [--json] [--seconds S] [--store FOLDER] [--soak MINUTES]

Server and load generator share this machine, so both take from the same cores; the floor, a small static file served
by the same processes, says how much of a figure is the generator's and the protocol's. Targets: a reading never asked
before, cache off, median 15 ms at one connection and 100 a second at 8 connections with 2 workers; kept answers 1,000
a second; start in 3 s on starter data; first contentful paint of the pair page 1 s (needs chromium and playwright).
Of requests the median is told, and the ends that nine in ten lie between. ``--soak`` sends mixed requests for that
long instead and reports errors and the growth of memory. Needs the shared data, or a store with releases, but for the
start.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

from suite.clock import spread_of
from suite.result import Result, Said, Setting, Skipped, Spread, Target
from suite.script import script
from suite.shared import COMITY, open_store, store_option

FILL = 240.0  # seconds of haste in which the stores of responses fill up
REST = 0.05  # seconds that a reader of the mixed load rests
FLOOR, STATIC = "/static/icon.svg", "static file"
STARTS, PAINTS = 3, 5
KEPT = "/api/v1/pair/VNM/RUS?issue=hr&periods=1992-1999,2000-2020"
PAGE = "/pair/VNM/RUS?issue=hr&periods=1992-1999,2000-2020&vs=USA,CHN"
STATES = (
    "VNM", "RUS", "CHN", "USA", "GBR", "FRA", "IND", "BRA", "ZAF", "IDN", "MYS", "PHL", "SGP", "THA", "LAO", "KHM",
    "CUB", "EGY", "MEX", "NGA", "JPN", "DEU", "POL", "TUR",
)  # fmt: skip
ISSUES = ("all", "hr", "me", "nu", "di", "co", "ec", "hr+me", "nu+di", "co+ec")


def fresh(seed: int) -> Iterator[str]:
    """Readings of pairs, none twice."""
    rng, asked = random.Random(seed), set[str]()
    while True:
        a, b = rng.sample(STATES, 2)
        cut = rng.randint(1985, 2010)
        first, last = rng.randint(1977, cut - 1), rng.randint(cut + 1, 2020)
        url = f"/api/v1/pair/{a}/{b}?issue={rng.choice(ISSUES)}&periods={first}-{cut},{cut + 1}-{last}".replace(
            "+", "%2B"
        )
        if url not in asked:
            asked.add(url)
            yield url


def mixed(seed: int) -> Iterator[str]:
    """What readers ask: mostly API and pages, some figures, some mistakes."""
    rng, news = random.Random(seed), fresh(seed)
    rare = (
        "/", PAGE, "/data", "/method", "/vote/A/RES/68/262", "/state/VNM?issue=hr", "/timeline/VNM/RUS",
        "/api/v1/state/RUS?issue=hr&limit=20", "/figure/pair/VNM/RUS?issue=hr&form=svg", "/pair/VNM/XYZ",
        "/pair/VNM/RUS?lang=vi&issue=me",
        "/api/v1/trend/VNM/RUS?issue=hr", "/api/v1/pair/VNM/RUS?periods=nonsense", "/cite/pair/VNM/RUS?issue=hr",
    )  # fmt: skip
    while True:
        yield next(news) if rng.random() < 0.7 else rng.choice(rare)


@dataclass
class Load:
    """What a run of requests met: seconds each, and how many answers of each status."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    wall: float = 0.0

    @property
    def spread(self) -> Spread:
        """The median, and the ends that nine in ten requests lie between."""
        cuts = statistics.quantiles(self.seconds, n=20)
        return Spread(statistics.median(self.seconds), cuts[0], cuts[-1], len(self.seconds))

    @property
    def figures(self) -> dict[str, float]:
        """Requests a second, the slowest hundredth, and how many answers there were of each status."""
        slowest = 1000 * statistics.quantiles(self.seconds, n=100)[-1]
        counted = {f"status {status}": n for status, n in sorted(self.statuses.items())}
        return {"a second": round(len(self.seconds) / self.wall, 1), "p99 ms": round(slowest, 2), **counted}


async def _connection(port: int, urls: Iterator[str], until: float, load: Load, pause: float) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        begun = time.perf_counter()
        writer.write(f"GET {next(urls)} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            (int(h.split(b":")[1]) for h in head.lower().split(b"\r\n") if h.startswith(b"content-length")), 0
        )
        await reader.readexactly(length)
        load.seconds.append(time.perf_counter() - begun)
        status = int(head.split(b" ", 2)[1])
        load.statuses[status] = load.statuses.get(status, 0) + 1
        if pause:
            await asyncio.sleep(pause)
        if b"connection: close" in head.lower():
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()


def send(port: int, urls: Iterator[str], connections: int, seconds: float, pause: float = 0.0) -> Load:
    """Keep that many connections busy for that long, each resting for ``pause`` seconds after an answer."""
    load = Load()

    async def all_of_them() -> None:
        until = time.perf_counter() + seconds
        await asyncio.gather(*(_connection(port, urls, until, load, pause) for _ in range(connections)))

    begun = time.perf_counter()
    asyncio.run(all_of_them())
    load.wall = time.perf_counter() - begun
    return load


def always(url: str) -> Iterator[str]:
    while True:
        yield url


@contextmanager
def server(*options: str, home: str | None = None) -> Iterator[tuple[int, int, float]]:
    """Port, process and the seconds until the first answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*COMITY, "serve", "--port", str(port), *options]
    environment = os.environ | ({"COMITY_HOME": home} if home else {})
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                urlopen(f"http://127.0.0.1:{port}{FLOOR}", timeout=5).close()
                break
            except OSError:
                if process.poll() is not None:
                    raise SystemExit("the server ended") from None
                time.sleep(0.02)
        yield port, process.pid, time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait(30)


def memory(pid: int) -> float:
    """Resident megabytes of a process and its children (Linux)."""
    kib, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            status = Path(f"/proc/{one}/status").read_text().splitlines()
            kib += next((int(line.split()[1]) for line in status if line.startswith("VmRSS")), 0)
            waiting += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
        except OSError:
            continue
    return kib / 1024


def soak(minutes: float) -> Result:
    """Mixed load, once the stores of responses (64 MB a worker) are full; memory after each tenth of the time."""
    whole, held, part = Load(), {}, minutes * 60 / 10
    with server("--workers", "2") as (port, pid, _):
        send(port, mixed(10), 16, FILL)
        held["MB at the start"] = round(memory(pid))
        for k in range(10):
            load = send(port, mixed(k), 4, part, REST)
            whole.seconds += load.seconds
            whole.wall += load.wall
            for status, n in load.statuses.items():
                whole.statuses[status] = whole.statuses.get(status, 0) + n
            held[f"MB after {k + 1} of 10 parts"] = round(memory(pid))
    settled, last = (held[f"MB after {k} of 10 parts"] for k in (3, 10))
    grown = round(100 * (last / settled - 1), 1)
    failed = sum(n for status, n in whole.statuses.items() if status >= 500)
    figures = {**whole.figures, "server errors": failed, "minutes": minutes, "% grown since part 3": grown, **held}
    goals = (Target("server errors", most=0), Target("% grown since part 3", most=3))
    return Result("soak", "mixed requests", whole.spread, targets=goals, figures=figures)


def paint(port: int, browser: str) -> Spread:
    """The first contentful paint of the pair page, in windows of their own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        seen = []
        for _ in range(PAINTS):
            page = opened.new_context().new_page()
            page.goto(f"http://127.0.0.1:{port}{PAGE}", wait_until="load")
            page.wait_for_timeout(300)
            seen.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") / 1000)
        opened.close()
    return spread_of(seen)


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--soak", type=float, default=0.0, metavar="MINUTES")
    parser.add_argument("--seconds", type=float, default=10.0, help="of each load")
    store_option(parser)


def measure(given: argparse.Namespace) -> Iterator[Said]:
    if given.soak:
        open_store(given)
        yield soak(given.soak)
        return
    yield Setting({"seconds of load": given.seconds})
    yield started()
    open_store(given)
    yield from one_connection(given.seconds)
    yield from eight_connections(given.seconds)
    yield from kept_answers(given.seconds)


def started() -> Result:
    """From the start of the process to the first answer, on an empty store."""
    times = []
    for _ in range(STARTS):
        with tempfile.TemporaryDirectory() as empty, server(home=empty) as (_, _, seconds):
            times.append(seconds)
    goal = (Target("seconds", most=3.0),)
    return Result("start", "comity serve to its first answer, starter data", spread_of(times), targets=goal)


def one_connection(seconds: float) -> Iterator[Result]:
    with server("--no-cache") as (port, _, _):
        send(port, fresh(0), 1, 3)
        floor, load = send(port, always(FLOOR), 1, seconds), send(port, fresh(1), 1, seconds)
    goal, what = (Target("seconds", most=0.015),), "a reading never asked before, cache off, one connection"
    yield Result("fresh, 1", what, load.spread, floor.spread, STATIC, goal, load.figures)


def eight_connections(seconds: float) -> Iterator[Result]:
    with server("--no-cache", "--workers", "2") as (port, _, _):
        send(port, fresh(0), 8, 4)
        floor, load = send(port, always(FLOOR), 8, seconds), send(port, fresh(2), 8, seconds)
    goal, what = (Target("a second", least=100),), "the same, eight connections, two workers"
    figures = {**load.figures, "floor, a second": floor.figures["a second"]}
    yield Result("fresh, 8", what, load.spread, floor.spread, STATIC, goal, figures)


def kept_answers(seconds: float) -> Iterator[Said]:
    with server("--workers", "2") as (port, _, _):
        send(port, always(KEPT), 8, 3)
        floor, load = send(port, always(FLOOR), 8, seconds), send(port, always(KEPT), 8, seconds)
        goal, what = (Target("a second", least=1000),), "an answer that is kept, eight connections, two workers"
        yield Result("kept, 8", what, load.spread, floor.spread, STATIC, goal, load.figures)
        browser = shutil.which("chromium")
        if browser is None:
            yield Skipped("first paint", "chromium is not installed")
            return
        goal, what = (Target("seconds", most=1.0),), "first contentful paint of the pair page"
        yield Result("first paint", what, paint(port, browser), targets=goal)


if __name__ == "__main__":
    script(__doc__, measure, options)
