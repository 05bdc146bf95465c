"""The first page, the page of a pair, what a pinned link says, and the pages on data, method and citation."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest
from web_client import Client

from comity.model.reading import Reading
from comity.study.pair import pair
from comity.version import METHOD
from comity.web.registry import registry

PAIR = "/pair/VNM/RUS?issue=hr&periods=1992-1999,2000-2020"


def words(html: str) -> str:
    """A page's text: no tags, one space between words, no word joiners."""
    bare = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)
    return " ".join(bare.replace("\u2060", "").replace("\u00a0", " ").split())


def test_the_first_page_leads_on(starter: Client) -> None:
    page = starter.page("/")
    assert page.status_code == 200
    assert "How far do two states vote alike?" in page.text
    links = set(re.findall(r'<a href="(/[^"#]*)"', page.text))
    assert {"/claims", "/solve", "/data", "/method", "/blocs"} <= {link.split("?")[0] for link in links}
    chosen = starter.page("/pair?a=Viet+Nam&b=russia&issue=hr")
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/pair/VNM/RUS?issue=hr")
    assert starter.page("/pair").headers["location"] == "/"
    assert starter.page("/pair?a=Atlantis&b=RUS").status_code == 404


def test_the_page_says_what_the_answer_says(starter: Client) -> None:
    answer = pair("VNM", "RUS", periods="1992-1999,2000-2020", reading=Reading(issue="hr", release="starter"))
    page = words(starter.page(PAIR).text)
    assert answer.headline in page
    assert "345 of 460" in page and "101st of 187" in page and "15th of 188" in page
    assert "last roll call 4 June 2024" in page
    for note in answer.notes:
        assert note.text in page


def test_every_section_has_its_actions(small: Client) -> None:
    html = small.page(PAIR + "&vs=USA,CHN").text
    seen = set()
    for section in re.findall(r"<section id=.*?</section>", html, re.DOTALL):
        name = re.search(r'id="([a-z_-]+)"', section)[1]  # type: ignore[index]
        if name in ("blind", "beyond") or 'class="later"' in section:
            continue
        seen.add(name)
        for action in ("CSV", "Cite", "How is this computed?"):
            assert action in section, (name, action)
        assert "comity " in section, name  # the same on the command line
    assert seen >= {"years", "periods", "parted"}


def test_what_needs_a_release_says_so_on_starter_data(starter: Client) -> None:
    page = words(starter.page(PAIR).text)
    assert "This needs single votes, which the package itself does not hold" in page
    assert "comity data pull unga" in page


def test_longer_questions_are_fetched_and_stand_alone(small: Client) -> None:
    html = small.page(PAIR).text
    later = re.findall(r'hx-get="(/part/[^"]+)"', html)
    assert {path.split("/")[2] for path in later} >= {"breaks", "moved", "outliers", "measures", "ideal"}
    for path in later:
        url = path.replace("&amp;", "&")
        part = small.page(url)
        assert part.status_code == 200, url
        assert "<html" not in part.text
        assert small.page(url.replace("/part", "", 1)).text.count("<h1>") == 1, url


def test_a_part_that_cannot_be_answered_says_why_in_its_place(starter: Client) -> None:
    part = starter.page("/part/splits/VNM/RUS?issue=hr")
    assert part.status_code == 200
    assert "comity data pull unga" in part.text
    assert starter.page("/splits/VNM/RUS?issue=hr").status_code == 404


def test_the_boundary_can_be_moved_only_where_two_periods_touch(starter: Client) -> None:
    def boundary(periods: str) -> bool:
        return "data-boundary" in starter.page(f"/pair/VNM/RUS?issue=hr&periods={periods}").text

    assert boundary("1992-1999,2000-2020")
    assert not boundary("1992-1999,2005-2020")
    assert not boundary("1992-2020")
    part = starter.page("/part/pair/VNM/RUS?issue=hr&periods=1992-1999,2000-2020").text
    assert {"kicker", "lead", "facts", "share"} <= set(re.findall(r'data-live="([a-z]+)"', part))
    assert 'id="periods"' in part


@pytest.mark.parametrize("form", ["svg", "png", "pdf", "csv", "vega", "html"])
def test_figures_in_every_form(starter: Client, form: str) -> None:
    found = starter.get(f"/figure/trend/VNM/RUS?issue=hr&period=1992-2020&figure=years&form={form}")
    assert found.status_code == 200
    match form:
        case "svg":
            assert ET.fromstring(found.content).attrib["aria-label"].startswith("How Viet Nam and Russia voted")
        case "png":
            assert found.content.startswith(b"\x89PNG")
        case "pdf":
            assert found.content.startswith(b"%PDF")
        case "csv":
            head = "a,b,period,partial,category,count,votes,share,body,release,sha256,last_roll_call,issue,answered"
            assert found.text.splitlines()[0] == head
        case "vega":
            assert "$schema" not in found.json() and found.json()["layer"]
        case "html":
            assert found.text.count("<svg ") == 2


def test_a_figure_that_is_none_names_those_that_are(starter: Client) -> None:
    wrong = starter.get("/figure/pair/VNM/RUS?figure=nonsense", accept="application/json")
    assert wrong.status_code == 404
    assert wrong.json()["allowed"] == "periods, contrasts, ranks"
    assert starter.get("/figure/pair/VNM/RUS?form=gif", accept="application/json").status_code == 400


def test_a_share_card_never_shows_a_share_without_its_base_rate(starter: Client, made: Callable[..., Client]) -> None:
    assert "og:image" not in starter.page(PAIR).text
    public = made(public="https://example.org").page(PAIR).text
    description = re.search(r'property="og:description" content="([^"]+)"', public)[1]  # type: ignore[index]
    assert "345 of 460" in description and "101st of 187" in description and "median" in description
    image = re.search(r'property="og:image" content="([^"]+)"', public)[1]  # type: ignore[index]
    assert "figure=ranks" in image and image.startswith("https://example.org/figure/pair/")


def test_a_pinned_link_says_what_a_newer_release_gives(small: Client) -> None:
    newest = small.page("/pair/VNM/RUS?issue=hr&release=voeten-2024-wide").text
    assert 'class="newer"' not in newest
    older = small.page("/pair/VNM/RUS?issue=hr&release=voeten-2016&periods=1995-1999,2000-2010").text
    told = words(older)
    assert (
        "This link holds the release voeten-2016 fast. The newer release voeten-2024-wide gives other figures" in told
    )
    held = {r: pair("VNM", "RUS", periods="2000-2010", reading=Reading(issue="hr", release=r)).lead.cells[0].counts
            for r in ("voeten-2016", "voeten-2024-wide")}  # fmt: skip
    old, new = (f"{held[r].same}/{held[r].roll_calls}" for r in ("voeten-2016", "voeten-2024-wide"))
    assert f"2000-2010: {old} → {new}" in told.replace("2000–2010", "2000-2010")


def test_figures_that_were_not_compared_are_not_called_the_same(small: Client) -> None:
    told = words(small.page("/trend/VNM/RUS?issue=hr&release=voeten-2016&period=2000-2010").text)
    assert "The release voeten-2024-wide is newer." in told
    assert "gives the same figures" not in told and "gives other figures" not in told


def test_a_key_figure_that_the_newer_release_does_not_have_is_told_as_changed(small: Client) -> None:
    told = words(small.page("/state/VNM?issue=hr&release=voeten-2016&period=2000-2010").text)
    assert "gives other figures" in told  # others are now the three that voted alike with it most often
    assert re.search(r": \d+/\d+ → –", told) and re.search(r": – → \d+/\d+", told)


def test_a_link_made_with_other_bytes_or_another_method_says_so(small: Client) -> None:
    bytes_ = words(small.page(f"/pair/VNM/RUS?release=voeten-2016&sha=000000000000&method={METHOD}").text)
    assert "This link was made with other bytes of the release voeten-2016" in bytes_
    assert f"method {METHOD + 1} of Comity" in words(small.page(f"/pair/VNM/RUS?method={METHOD + 1}").text)


def test_the_api_refuses_a_link_made_with_other_bytes(small: Client) -> None:
    wrong = small.get("/api/v1/pair/VNM/RUS?release=voeten-2016&sha=000000000000")
    assert (wrong.status_code, wrong.json()["error"]) == (404, "UnknownRelease")


def test_pinned_urls_carry_release_bytes_and_method(small: Client) -> None:
    html = small.page("/pair/VNM/RUS?issue=hr&lang=vi").text
    link = re.search(r'<a href="([^"]+)" data-copy', html)[1].replace("&amp;", "&")  # type: ignore[index]
    assert re.search(r"release=voeten-2024-wide&sha=[0-9a-f]{12}&method=\d+", link)
    assert "lang=vi" in link and "issue=hr" in link
    assert small.page(link).status_code == 200


def test_every_question_gives_its_command(starter: Client) -> None:
    for question in registry().questions.values():
        asked = question.asked.model_validate(dict(question.example))
        command = question.told(asked)
        assert command.startswith("comity "), question.name
        assert "lang" not in command and "method" not in command


def test_the_same_page_in_vietnamese(starter: Client) -> None:
    page = starter.page(PAIR + "&lang=vi")
    assert page.headers["content-language"] == "vi"
    assert '<html lang="vi">' in page.text
    assert "bản dịch nháp" in page.text
    assert "75,0 %" in words(page.text) and "75.0 %" not in words(page.text)
    own = re.findall(r'(?:href|action|hx-get)="(/(?!static)[^"]*)"', page.text)
    switch = [path for path in own if "lang=vi" not in path]
    assert all(path.split("?")[0] in ("/pair/VNM/RUS", "/api/v1", "/api") for path in switch), switch


def test_data_method_and_citation(small: Client) -> None:
    data = small.page("/data")
    assert "/data/check/voeten-2016" in data.text and "/data/diff/voeten-2024-wide/voeten-2016" in data.text
    assert small.page("/data/check/voeten-2016").status_code == 200
    assert "What was found" in small.page("/data/diff/voeten-2024-wide/voeten-2016").text
    held = small.get("/api/v1/data").json()
    assert [r["release"] for r in held["releases"]] == ["voeten-2024-wide", "undl-1992-2022", "voeten-2016"]
    method = small.page("/method").text
    assert 'id="UnknownState"' in method and "kappa_sq" in method
    assert {m["id"] for m in small.get("/api/v1/method").json()["measures"]} >= {"kappa_sq", "s", "ia"}


@pytest.mark.parametrize("format", ["bibtex", "ris", "csl-json"])
def test_citations(starter: Client, format: str) -> None:
    text = starter.get(f"/cite{PAIR}&format={format}").text
    assert "Voeten" in text and "Comity" in text
    if format == "csl-json":
        assert {item["type"] for item in json.loads(text)} >= {"dataset", "software"}
    assert "42948eab4ada" in text


def test_ledger_answers_are_cited_too(starter: Client) -> None:
    page = starter.page("/cite/timeline/VNM/RUS")
    assert page.status_code == 200
    assert "Comity" in page.text


def test_strands_say_what_is_missing_and_how_to_add_it(starter: Client) -> None:
    for path in ("/arms/VNM", "/trade/VNM/RUS", "/trade/VNM"):
        found: Any = starter.page(path)
        assert found.status_code == 404, path
        assert "comity data add" in found.text, path
    for path in ("/timeline/VNM/RUS", "/tiers/VNM", "/visits/VNM/RUS", "/arguments/VNM/RUS", "/balance/VNM"):
        assert starter.page(path).status_code == 200, path
