"""A real server on a small made-up store, and a real browser that reports what it would rather not have seen."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic",
)  # fmt: skip

ALL_FETCHED = """() => !document.querySelector('.htmx-request') &&
    [...document.querySelectorAll('[hx-trigger^=revealed]')].every(e => e.hasAttribute('data-hx-revealed'))"""


@pytest.fixture(scope="session")
def address(small_home: Path) -> Iterator[str]:
    """Where ``comity serve`` listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from comity.cli.main import run; run()", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=os.environ | {"COMITY_HOME": str(small_home)}, stdout=subprocess.DEVNULL)
    where = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urlopen(f"{where}/static/web.css", timeout=2).close()
                break
            except OSError:
                assert server.poll() is None, "the server ended"
                time.sleep(0.1)
        yield where
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, driven by playwright."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium (Debian's package chromium, or the variable CHROMIUM)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@dataclass
class Reader:
    """A tab, and what its console and its network said."""

    context: BrowserContext
    page: Page
    address: str
    said: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Open a path of the server, as far as its scripts."""
        self.page.goto(self.address + path, wait_until="load")
        return self.page

    def read_through(self) -> Page:
        """Bring all of it into view, so that what is fetched on the way is there, and wait until nothing is."""
        size = self.page.viewport_size
        assert size is not None
        self.page.set_viewport_size({**size, "height": 30_000})
        self.page.wait_for_function(ALL_FETCHED)
        assert self.page.evaluate("document.documentElement.scrollHeight === innerHeight"), "there is more below"
        self.page.set_viewport_size(size)
        return self.page


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    """A fresh tab; the test fails where the console showed an error or anything was asked of another server."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield from _watched(context, address)


@pytest.fixture
def without_scripts(browser: Browser, address: str) -> Iterator[Reader]:
    """The same with JavaScript off."""
    yield from _watched(browser.new_context(java_script_enabled=False), address)


def _watched(context: BrowserContext, address: str) -> Iterator[Reader]:
    context.set_default_timeout(60_000)
    page = context.new_page()
    reader = Reader(context, page, address)
    page.on("console", lambda m: reader.said.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: reader.said.append(str(error)))
    page.on("request", lambda r: reader.outside.append(r.url) if not r.url.startswith((address, "data:")) else None)
    yield reader
    context.close()
    assert reader.said == []
    assert reader.outside == []
