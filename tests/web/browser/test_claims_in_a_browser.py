"""Verdicts that come while the list is read, and a file kept from the page of this machine, in a real browser."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from served import Served, served

SLOWLY = """
import time
from comity.audit.audit import Court
real = Court.verdict
Court.verdict = lambda court, claim: (time.sleep(0.02), real(court, claim))[1]
"""
SET = b"symbol,label,coder,note\nA/RES/68/262,a label,somebody,\n"


@pytest.fixture
def slow(small_home: Path, tmp_path: Path) -> Iterator[Served]:
    """A server that takes its time for each verdict, on a store that may be written to."""
    home = shutil.copytree(small_home, tmp_path / "store")
    with served(home, before=SLOWLY) as server:
        yield server


def rows_that_wait(page: Page) -> int:
    return page.locator("table.claims td.waits").count()


def test_verdicts_come_while_the_list_is_read_and_the_form_is_left_alone(slow: Served, browser: Browser) -> None:
    page = browser.new_page()
    told: list[str] = []
    page.on("console", lambda m: told.append(m.text) if m.type in ("error", "warning") else None)
    page.goto(f"{slow.url}/claims?offset=300", wait_until="load")
    assert page.locator(".working").count() == 1 and rows_that_wait(page)
    page.locator("form.controls [name=text]").fill("half a wo")
    page.locator("details.fold summary").first.click()
    page.locator(".working").wait_for(state="detached", timeout=60_000)
    assert rows_that_wait(page) == 0 and page.locator("table.claims .verdict").count() == 50
    assert page.locator("form.controls [name=text]").input_value() == "half a wo"
    assert page.locator("details.fold").first.get_attribute("open") is not None
    assert not told
    page.close()


def test_without_scripts_the_page_ends_up_with_all_verdicts(slow: Served, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{slow.url}/claims", wait_until="load")
    assert page.locator(".working").count() == 1 and page.locator("table.claims tbody tr").count() == 50
    until = time.monotonic() + 90
    while page.locator(".working").count() and time.monotonic() < until:
        page.wait_for_timeout(500)
    assert rows_that_wait(page) == 0 and page.locator(".legend a").count() >= 5
    page.context.close()


def test_a_browser_may_keep_a_set_from_the_page_of_this_machine(slow: Served, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{slow.url}/local/audit", wait_until="load")
    page.set_input_files("input[type=file]", files=[{"name": "a.csv", "mimeType": "text/csv", "buffer": SET}])
    page.locator("form.local button").click()
    page.locator("input[name=name]").fill("from-a-browser")
    page.locator("button[value=keep]").click()
    page.wait_for_url("**/local/audit?kept=from-a-browser")
    assert "set:from-a-browser" in page.locator("main").inner_text()
    assert slow.get("/api/v1/pair/VNM/RUS?issue=set:from-a-browser&periods=2014").status_code == 200
    page.close()
