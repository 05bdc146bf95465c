"""The year slider of a state's page, and a part that is fetched once, in a real browser."""

from __future__ import annotations


def test_the_slider_by_keyboard_moves_the_map_the_table_and_the_address(reader) -> None:
    page = reader.open("/state/VNM?period=2005-2014")
    page.locator("#map figure svg:visible").wait_for()
    page.locator("#slide-end").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/state/VNM?period=2004-2013")
    page.wait_for_function("() => document.querySelector('#map figure svg').textContent.includes('2013')")
    assert page.locator("#map figure svg[role=img]").get_attribute("aria-label")
    assert "2013" in (page.locator("#map figure .words p").text_content() or "")
    assert page.locator("form.controls [name=period]").input_value() == "2004-2013"
    assert page.locator("#slide-end").get_attribute("aria-valuetext") == "2004–2013"
    assert "2013" in page.locator("#ranking caption").inner_text()
    assert "period=2004-2013" in (page.locator("#map .acts a").first.get_attribute("href") or "")
    page.locator("#slide-width").select_option("1")
    page.wait_for_url("**/state/VNM?period=2013")
    page.wait_for_function("() => !document.querySelector('.lead').textContent.includes('2004')")
    assert page.locator("#map figure").count() == 0  # five roll calls are too few to colour a map by
    assert "5 recorded votes are too few" in page.locator("#map").inner_text()
    page.locator("#slide-width").select_option("10")
    page.locator("#map figure svg:visible").wait_for()
    assert page.locator("#map figure .words p").text_content()
    page.wait_for_load_state("networkidle")
    lead, ranking = page.locator(".lead").inner_text(), page.locator("#ranking table").inner_text()
    again = reader.context.new_page()
    again.goto(page.url, wait_until="load")
    assert again.locator(".lead").inner_text() == lead
    assert again.locator("#ranking table").inner_text() == ranking
    page.locator("#ranking thead button").nth(1).click()
    assert page.locator("#ranking th[aria-sort]").count() == 1


def test_without_scripts_the_form_asks_for_a_period(without_scripts) -> None:
    page = without_scripts.open("/state/VNM?period=2014")
    assert not page.locator("#slide-end").is_visible()
    page.locator("form.controls [name=period]").fill("2003-2012")
    page.locator("form.controls button").click()
    assert "period=2003-2012" in page.url
    assert "2012" in page.locator("#ranking caption").inner_text()
    assert page.locator("#map noscript img, #map img").count() >= 1


def test_a_part_with_a_figure_is_fetched_once(reader) -> None:
    asked: list[str] = []
    page = reader.page
    page.on("request", lambda r: asked.append(r.url) if "/part/" in r.url or "/figure/ideal" in r.url else None)
    reader.open("/vote/A/RES/68/262")
    page.locator("#ideal-vote").scroll_into_view_if_needed()
    page.locator("#ideal-vote .acts").first.wait_for()
    page.wait_for_timeout(1500)
    parts = [url for url in asked if "/part/" in url]
    assert len(parts) == 1
    assert len(asked) - len(parts) <= 1
