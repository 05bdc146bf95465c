"""Pages of a state, a roll call, a group and blocs: what stands on them, what they lead to, what they refuse."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from web_client import Client

from comity.states.groups import groups
from comity.study.cohesion import cohesion
from page_checks import Page

SYMBOL = "A/RES/68/262"


def page(response: httpx.Response) -> Page:
    """A page that is whole: 200, one heading, every section named by its own, nothing loaded from elsewhere."""
    assert response.status_code == 200, response.text[:300]
    found = Page(response.text)
    assert found.unclosed == []
    assert len(found.all("h1")) == 1
    named = {s["aria-labelledby"] for s in found.all("section")}
    assert named <= {h.get("id") for h in found.all("h2")}
    assert all(re.match(r"[^=]+=/(?!/)", load) for load in found.loads)
    assert not re.search(r"<[^>]+\sstyle=", response.text)
    return found


def links(found: Page) -> list[str]:
    return [str(a.get("href")) for a in found.all("a")]


def figures(found: Page) -> list[str]:
    """Addresses of the figures of a page, as SVG."""
    return [href for href in links(found) if href.startswith("/figure/") and "form=svg" in href]


def recoloured(client: Client) -> set[str]:
    """Colours that the style sheet of pages turns round in the dark."""
    rules = re.findall(r'="(#[0-9a-f]{6})"\][^{]*{(?:fill|stroke):light-dark', client.get("/static/page.css").text)
    return {"#ffffff", *rules}


def sections(found: Page) -> list[str]:
    return [str(s["id"]) for s in found.all("section")]


@pytest.mark.parametrize(
    ("target", "ids"),
    [
        ("/state/VNM?period=2019-2020&issue=hr", ["map", "strip", "ranking", "blind"]),
        (f"/vote/{SYMBOL}", ["map", "tally", "groups", "states", "ideal-vote", "blind"]),
    ],
)
def test_pages_stand_on_starter_data(starter: Client, target: str, ids: list[str]) -> None:
    found = page(starter.page(target))
    assert sections(found) == ids
    assert len(figures(found)) == 2


@pytest.mark.parametrize(
    ("target", "ids", "drawn"),
    [
        ("/state/VNM?period=2010-2014", ["map", "strip", "ranking", "blind"], 2),
        (f"/vote/{SYMBOL}?group=ASEAN", ["map", "tally", "groups", "states", "ideal-vote", "blind"], 2),
        ("/group/ASEAN?draws=20&power=CHN", ["cohesion", "members", "blind"], 2),
        ("/blocs?period=2014&runs=5", ["blocs", "blocs-moved", "blocs-sweep", "blind"], 1),
    ],
)
def test_every_figure_has_its_forms_and_every_page_its_twin(
    small: Client, target: str, ids: list[str], drawn: int
) -> None:
    response = small.page(target)
    found = page(response)
    assert sections(found) == ids
    assert len(figures(found)) == drawn
    for href in figures(found):
        svg = small.get(href.replace("&amp;", "&"))
        assert svg.headers["content-type"] == "image/svg+xml"
        assert svg.text.startswith("<svg")
        drawn_in = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', svg.text))
        assert drawn_in <= recoloured(small), "a colour that a dark page would leave as it is"
        assert "General Assembly" in re.findall(r"<desc>(.*?)</desc>", svg.text, re.DOTALL)[0]
        assert small.get(href.replace("form=svg", "form=csv")).text.count("\n") > 2
        spec = small.get(href.replace("form=svg", "form=vega")).json()
        assert spec.keys() >= {"description", "datasets", "config"}
    twin = next(str(link["href"]) for link in found.all("link") if link.get("type") == "application/json")
    assert small.get(twin).json()["release"] == "voeten-2024-wide"
    assert any(href.startswith("/cite/") for href in links(found))
    assert response.text.count('<details class="how">') >= drawn
    assert "last roll call" in response.text


def test_a_png_is_one(starter: Client) -> None:
    found = starter.get("/figure/state/VNM?period=2020&figure=map&form=png")
    assert found.content.startswith(b"\x89PNG")
    assert 'filename="state-VNM-map.png"' in found.headers["content-disposition"]


def test_partners_lead_to_the_pair_over_the_same_period_under_the_same_reading(starter: Client) -> None:
    found = page(starter.page("/state/VNM?period=2000-2020&issue=hr&lang=vi"))
    to_pairs = [href for href in links(found) if href.startswith("/pair/VNM/")]
    assert len(to_pairs) > 150
    assert all("issue=hr" in href and "periods=2000-2020" in href and "lang=vi" in href for href in to_pairs)


def test_partners_of_a_group_are_said_to_be_so(small: Client) -> None:
    text = small.page("/state/VNM?period=2010-2014&among=ASEAN").text
    assert re.search(r"Of 9 partners in ASEAN \(2014-12-31\), most often alike with Viet Nam", text)


def test_the_slider_spans_the_record_and_the_form_asks_the_same_without_it(small: Client) -> None:
    found = page(small.page("/state/VNM?period=2010-2014"))
    slider = next(i for i in found.all("input") if i.get("type") == "range")
    assert (slider["min"], slider["max"], slider["value"]) == ("1990", "2024", "2014")
    chosen = [o for o in found.all("option") if o.get("value") == "5"]
    assert "selected" in chosen[0]
    field = next(i for i in found.all("input") if i.get("name") == "period")
    assert field["value"] == "2010-2014"
    days = page(small.page("/state/VNM?clock=day&period=2010-01-01..2014-12-31"))
    assert not [i for i in days.all("input") if i.get("type") == "range"]


def test_what_follows_the_slider_is_a_part_with_the_same_sections(small: Client) -> None:
    part = small.page("/part/state/VNM?period=2011").text
    assert re.findall(r'data-live="(\w+)"', part) == ["kicker", "lead", "share"]
    assert re.findall(r'<section id="([\w-]+)"', part) == ["map", "strip", "ranking"]
    assert "In 2011: 5 recorded votes" in part


def test_a_share_of_few_votes_is_told_as_a_count(small: Client) -> None:
    lead = re.search(r'data-live="lead">(.*?)</p>', small.page("/part/state/VNM?period=2011").text, re.DOTALL)
    assert lead is not None
    assert "too few for percentages" in lead[1]
    assert "%" not in lead[1]


def test_the_count_is_held_against_the_published_one_and_groups_against_their_members(small: Client) -> None:
    told = small.get(f"/api/v1/vote/{SYMBOL}").json()
    by_state = {v["state"]: v["vote"] for v in told["votes"]}
    asean = next(g for g in told["groups"] if g["group"] == "asean")
    members = ["BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "VNM"]
    held = [by_state[s] for s in members]
    assert [asean[k] for k in ("yes", "abstain", "no", "absent")] == [
        held.count(word) for word in ("yes", "abstained", "no", "absent")
    ]
    apart = {b["state"] for b in asean["apart"]}
    assert apart == {s for s in members if by_state[s] not in {*asean["modal"], "absent"}}
    assert "The published tally" in small.page(f"/vote/{SYMBOL}").text


def test_every_vote_leads_to_its_state(starter: Client) -> None:
    found = page(starter.page(f"/vote/{SYMBOL}"))
    assert len([href for href in links(found) if href.startswith("/state/")]) == 193


def test_members_are_named_with_their_days_and_lead_to_their_pages(small: Client) -> None:
    response = small.page("/group/asean?draws=20")
    found = page(response)
    assert "/state/VNM" in links(found)
    assert "from 28 July 1995" in response.text
    with_power = small.page("/group/asean?draws=20&power=CHN").text
    assert "Alike with China" in with_power
    assert "Alike with China" not in response.text


@pytest.mark.parametrize(("target", "most"), [("/state", 150), ("/vote", 20), ("/group", len(groups()))])
def test_lists_lead_to_pages_that_are_there(starter: Client, target: str, most: int) -> None:
    found = page(starter.page(target))
    listed = [href for href in links(found) if href.startswith(f"{target}/")]
    assert len(listed) >= most
    assert len(set(listed)) == len(listed)
    form = next(f for f in found.all("form"))
    assert form["action"] == target


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("/state?name=Viet+Nam", "/state/VNM"),
        ("/state?name=Czechoslovakia&lang=vi", "/state/CSK?lang=vi"),
        ("/vote?name=a/res/68/262", f"/vote/{SYMBOL}"),
        ("/group?name=asean", "/group/ASEAN"),
        ("/group?name=Southeast+Asia", "/group/southeast_asia"),
    ],
)
def test_a_name_in_the_form_leads_to_its_page(starter: Client, asked: str, leads: str) -> None:
    found = starter.page(asked)
    assert (found.status_code, found.headers["location"]) == (303, leads)


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/state/Atlantis", 404),
        ("/state/VNM?period=twenty", 400),
        ("/state/VNM?min_common=2", 400),
        ("/vote/A/RES/1/9999", 404),
        (f"/vote/{SYMBOL}?group=nobody", 404),
        ("/group/nobody", 404),
        ("/group/ASEAN?draws=1001", 400),
        ("/group/ASEAN?power=Atlantis", 404),
        ("/blocs?runs=201", 400),
        ("/blocs?resolution=9", 400),
        ("/state?name=Atlantis", 404),
        ("/group?name=nobody", 404),
    ],
)
def test_what_cannot_be_is_told_as_a_page(small: Client, target: str, status: int) -> None:
    found = small.page(target)
    assert found.status_code == status
    assert len(Page(found.text).all("h1")) == 1
    assert "Traceback" not in found.text


@pytest.mark.parametrize("target", ["/group/ASEAN", "/blocs"])
def test_what_starter_data_lack_is_told_with_the_command_that_gets_it(starter: Client, target: str) -> None:
    found = starter.page(target)
    assert found.status_code == 404
    assert "comity data pull unga" in found.text


def test_a_costly_answer_is_asked_once_for_a_page_and_its_figures(
    small: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(group: str, **choices: Any) -> Any:
        asked.append(group)
        return cohesion(group, **choices)

    monkeypatch.setattr("comity.study.cohesion.cohesion", counted)
    target = "/group/ASEAN?draws=10&seed=7"
    assert small.page(target).status_code == 200
    for name in ("cohesion", "members"):
        assert small.get(f"/figure{target}&figure={name}&form=svg").status_code == 200
    assert asked == ["ASEAN"]
    assert small.page(f"{target}&lang=vi").status_code == 200
    assert asked == ["ASEAN", "ASEAN"], "names are in a language, so another one is asked anew"


def test_few_votes_colour_no_map_and_those_level_are_all_named(starter: Client) -> None:
    found = starter.page("/state/VNM?issue=hr&period=2020").text
    assert "13 recorded votes are too few to colour a map by shares" in found
    assert "figure=map" not in found
    assert re.search(r"most often alike with Viet Nam.*: Indonesia \(12 of 13\), Laos \(12 of 13\); least", found)
