"""Every page in a real browser: structure and behaviour, never pixels."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
PAIR = "/pair/VNM/RUS?issue=hr&periods=1992-1999,2000-2020&vs=USA,CHN"
PAGES = {
    "home": "/",
    "pair": PAIR,
    "states": "/state",
    "state": "/state/VNM?issue=hr&period=2000-2020",
    "votes": "/vote",
    "vote": "/vote/A/RES/68/262?group=ASEAN",
    "groups": "/group",
    "group": "/group/ASEAN?issue=hr&period=2000-2020",
    "blocs": "/blocs?period=2020",
    "balance": "/balance/VNM",
    "timeline": "/timeline/VNM/RUS",
    "claims": "/claims?limit=20",
    "solve": "/solve",
    "data": "/data",
    "method": "/method",
    "cite": "/cite/pair/VNM/RUS?issue=hr",
    "api": "/api",
    "nothing": "/nothing-here",
}
"""A page of every kind."""
HARMLESS = "Failed to load resource: the server responded with a status of 404 (Not Found)"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_quiet_accessible_and_fits_a_small_screen(name: str, reader) -> None:
    page = reader.open(PAGES[name])
    reader.read_through()
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
    assert [(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found] == []
    assert page.locator("h1").count() == 1
    page.set_viewport_size({"width": 360, "height": 780})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    if name == "nothing":
        reader.said[:] = [text for text in reader.said if text != HARMLESS]


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_contrast_holds_in_both_shades_and_in_vietnamese(shade: str, browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme=shade, viewport={"width": 1280, "height": 900})  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}{PAIR}&lang=vi", wait_until="networkidle")
    page.evaluate(AXE)
    run = "axe.run(document, {runOnly: ['color-contrast', 'html-has-lang', 'valid-lang']}).then(r => r.violations)"
    found = page.evaluate(run)
    assert [(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found] == []
    assert page.locator("html").get_attribute("lang") == "vi"
    context.close()


def test_the_pair_page_by_keyboard_alone(reader) -> None:
    page = reader.open(PAIR)
    press = page.keyboard.press
    press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    _tab_to(page, "[name=issue]")
    page.keyboard.type("all")  # a list is chosen by the first letters of its words
    press("Tab")
    _tab_to(page, "form.controls button")
    with page.expect_navigation():
        press("Enter")
    assert "issue=" not in page.url  # what is usual is not spelled out in an address
    assert page.locator("[name=issue]").input_value() == "all"
    _tab_to(page, "#boundary")
    before = page.locator(".lead").inner_text()
    with page.expect_response(lambda r: "/part/pair/" in r.url):
        press("ArrowRight")
    page.wait_for_function("text => document.querySelector('.lead').innerText !== text", arg=before)
    assert "periods=1992-2000%2C2001-2020" in page.url.replace(",", "%2C")
    assert page.locator("#boundary").evaluate("e => e.value") == "2001"


def test_the_url_restores_what_was_moved(reader) -> None:
    page = reader.open(PAIR)
    page.locator("#boundary").focus()
    for _ in range(3):
        with page.expect_response(lambda r: "/part/pair/" in r.url):
            page.keyboard.press("ArrowLeft")
    page.wait_for_function("document.querySelector('form.controls [name=periods]').value === '1992-1996,1997-2020'")
    page.wait_for_load_state("networkidle")
    lead, counts = page.locator(".lead").inner_text(), page.locator("#periods table").inner_text()
    again = reader.context.new_page()
    again.goto(page.url, wait_until="load")
    assert again.locator(".lead").inner_text() == lead
    assert again.locator("#periods table").inner_text() == counts


def test_the_boundary_is_dragged_on_the_figure(reader) -> None:
    page = reader.open(PAIR)
    page.locator(".handle").scroll_into_view_if_needed()
    box = page.locator(".handle").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + 40
    page.mouse.move(x, y)
    page.mouse.down()
    with page.expect_response(lambda r: "/part/pair/" in r.url):
        page.mouse.move(x + 120, y, steps=4)
    page.mouse.up()
    assert int(page.locator("#boundary").evaluate("e => e.value")) > 2000


def test_a_pinned_link_names_release_and_method(reader) -> None:
    link = reader.open(PAIR).locator("a[data-copy]").get_attribute("href")
    assert "release=voeten-2024-wide" in link
    assert "method=" in link
    assert "sha=" in link
    assert reader.open(link).locator(".newer").count() == 0


def test_downloads_open(reader, address: str) -> None:
    page = reader.open(PAIR)
    first = page.locator("figure.plate").first
    for kind in ("CSV", "SVG", "PNG", "PDF"):
        path = first.locator(".acts a", has_text=kind).get_attribute("href")
        body = reader.context.request.get(address + path).body()
        match kind:
            case "CSV":
                rows = list(csv.DictReader(io.StringIO(body.decode())))
                assert {"category", "count", "votes", "share"} <= rows[0].keys()
            case "SVG":
                assert ET.fromstring(body).tag.endswith("svg")
            case "PNG":
                assert body.startswith(b"\x89PNG")
            case "PDF":
                assert body.startswith(b"%PDF")
    twin = page.locator("link[rel=alternate][type='application/json']").get_attribute("href")
    assert json.loads(reader.context.request.get(address + twin).body())["issue"] == "hr"


def test_figures_answer_to_the_pointer(reader) -> None:
    page = reader.open(PAIR)
    plate = page.locator("figure.plate").first
    with page.expect_response(lambda r: "vega-embed" in r.url):
        plate.hover()
    alive = plate.locator(".wide svg.alive")
    for _ in range(20):  # a busy machine: what failed is tried again when the pointer comes again
        page.wait_for_timeout(500)
        if alive.count():
            break
        page.locator("h1").hover()
        plate.hover()
    assert alive.locator("desc").count() == 1
    bar = alive.locator(".mark-rect.role-mark path").first
    bar.hover()
    page.wait_for_selector("#vg-tooltip-element.visible")


def test_tables_are_sorted_by_their_heads(reader) -> None:
    page = reader.open("/vote/A/RES/68/262")
    table = page.locator("table[data-sortable]").last
    head = table.locator("thead th").first
    names = []
    for order in ("descending", "ascending"):
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == order
        names.append(table.locator("tbody tr > :first-child").all_inner_texts())
    assert names[0] == names[1][::-1]
    assert names[0] != names[1]


def test_the_shade_is_kept(reader) -> None:
    page = reader.open("/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.locator("[data-shade]").click()
    assert page.evaluate(ground) != light
    dark = page.evaluate(ground)
    page.reload()
    assert page.evaluate(ground) == dark


def test_without_scripts_the_page_is_whole(without_scripts) -> None:
    page = without_scripts.open(PAIR)
    assert "voted alike on" in page.locator(".lead").inner_text()
    assert page.locator("figure.plate svg").count() > 0
    assert page.locator("#periods tbody tr").count() > 4
    drawn = page.locator("figure.plate noscript img").first
    drawn.scroll_into_view_if_needed()
    page.wait_for_function("() => true")
    assert page.locator(".handle").count() == 0
    page.locator("form.controls [name=periods]").fill("1992-2004,2005-2020")
    page.locator("form.controls button").click()
    assert "2005-2020" in page.url
    assert "In 2005–2020" in page.locator(".lead").inner_text().replace("\u2060", "")


def test_it_prints(reader, tmp_path: Path) -> None:
    page = reader.open(PAIR)
    page.emulate_media(media="print")
    made = PdfReader(io.BytesIO(page.pdf(format="A4")))
    text = "".join(sheet.extract_text() for sheet in made.pages)
    assert "Viet Nam and Russia" in text
    assert "voeten-2024-wide" in text
    assert "Drag the line" not in text


def _tab_to(page, selector: str) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"the keyboard never reached {selector}")
