"""The API answers as the command line does, and as a careful client expects."""

from __future__ import annotations

import csv
import gzip
import io
import json
from typing import Any

import pytest
from web_client import Client

from comity.errors import ComityError
from comity.web.registry import registry
from small_store import comity

QUESTIONS = registry().questions
OF_THE_STORE = ("pair", "trend", "splits", "state", "vote", "moved", "decompose")


def url(name: str, **more: str) -> str:
    question = QUESTIONS[name]
    asked = question.asked.model_validate(dict(question.example))
    return "/api/v1" + asked.url(question.path, **more)


@pytest.mark.parametrize("name", OF_THE_STORE)
def test_the_body_is_what_the_command_line_prints(small: Client, capsys: Any, name: str) -> None:
    question = QUESTIONS[name]
    asked = question.asked.model_validate(dict(question.example))
    words = question.told(asked).split()[1:]
    printed = comity([*words, "--format", "json"], capsys)
    assert printed.code == 0, printed.err
    body = small.get(url(name)).json()
    assert {**json.loads(printed.out), "answered": ""} == {**body, "answered": ""}


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_answers_its_example_or_says_what_it_needs(starter: Client, name: str) -> None:
    found = starter.get(url(name))
    if QUESTIONS[name].needs:
        assert found.status_code in (200, 404)
        assert found.status_code == 200 or found.json()["next"], "it must say what would fill the gap"
    else:
        assert found.status_code == 200, found.text


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/csv;q=0.9, application/json;q=0.1", "text/csv; charset=utf-8"),
        ("text/csv;q=0.1, application/json", "application/json"),
        ("text/csv;q=0, */*", "application/json"),
        ("text/*", "text/csv; charset=utf-8"),
        ("text/html,application/xhtml+xml", "application/json"),
        ("TEXT/CSV", "text/csv; charset=utf-8"),
        ("text/csvx", "application/json"),
        (", ;q=;, text/csv;q=2", "application/json"),
    ],
)
def test_csv_comes_where_it_is_preferred(starter: Client, accept: str, kind: str) -> None:
    found = starter.get("/api/v1/trend/VNM/RUS", accept=accept)
    assert found.headers["content-type"] == kind
    assert "Accept" in found.headers["vary"]


def test_csv_carries_its_release_and_date_in_every_row(starter: Client) -> None:
    found = starter.get("/api/v1/trend/VNM/RUS?format=csv")
    assert found.headers["content-disposition"] == 'attachment; filename="trend-VNM-RUS.csv"'
    rows = list(csv.DictReader(io.StringIO(found.text)))
    assert len(rows) > 20
    assert {row["release"] for row in rows} == {"starter"}
    assert {len(row["sha256"]) for row in rows} == {64}


def test_a_list_is_cut_and_its_parts_lead_to_one_another(starter: Client) -> None:
    whole = starter.get("/api/v1/state/VNM?issue=hr").json()["partners"]
    target, parts = "/api/v1/state/VNM?issue=hr&limit=50", []
    while target:
        found = starter.get(target)
        parts += found.json()["partners"]
        assert found.json()["page"] | {"offset": 0} == {"of": "partners", "total": len(whole), "limit": 50, "offset": 0}
        links = dict(
            reversed(part.split(">; rel=")) for part in found.headers["link"].replace(", <", "\n<").split("\n")
        )
        after = links.get('"next"', "")
        target = "/api/v1/state/VNM" + after.removeprefix("<") if after else ""
    assert parts == whole
    assert starter.get("/api/v1/state/VNM?offset=1000000").json()["partners"] == []


@pytest.mark.parametrize(
    "target",
    [
        "/api/v1/pair/VNM/RUS?limit=5",  # nothing to cut
        "/api/v1/state/VNM?limit=5&format=csv",
        "/api/v1/state/VNM?limit=0",
        "/api/v1/state/VNM?limit=1001",
        "/api/v1/state/VNM?offset=-1",
        "/api/v1/pair/VNM/RUS?nonsense=1",
        "/api/v1/pair/VNM/RUS?issue=hr&issue=me",
        "/api/v1/pair/VNM/RUS?format=xml",
        "/api/v1/pair/VNM/VNM",
        "/api/v1/pair/VNM/RUS?periods=2020-1990",
    ],
)
def test_a_malformed_question_is_a_problem(starter: Client, target: str) -> None:
    found = starter.get(target, accept="text/html")
    assert found.status_code == 400
    assert found.headers["content-type"] == "application/problem+json"
    assert found.headers["cache-control"] == "no-store"
    told = found.json()
    assert told["status"] == 400
    assert told["type"].startswith("/method#")
    assert told["instance"] == target.partition("?")[0]
    assert told.keys() >= {"title", "detail", "error", "what", "got", "allowed", "next", "exit_code"}


def test_a_problems_type_leads_to_where_it_is_explained(starter: Client) -> None:
    targets = {"/api/v1/pair/VNM/X", "/api/v1/pair/VNM/VNM", "/api/v1/nothing", "/api/v1/splits/VNM/RUS", "/x?%00"}
    for target in targets:
        page, _, anchor = starter.get(target).json()["type"].partition("#")
        assert f'id="{anchor}"' in starter.page(page).text, target


def test_an_unknown_state_is_not_found(starter: Client) -> None:
    found = starter.get("/api/v1/pair/VNM/Atlantis")
    assert (found.status_code, found.json()["error"]) == (404, "UnknownState")
    assert starter.get("/api/v1/nothing").json()["error"] == "missing"


def test_an_unchanged_answer_is_not_sent_again(starter: Client) -> None:
    first = starter.get("/api/v1/pair/VNM/RUS")
    tag = first.headers["etag"]
    for given in (tag, f'"other", {tag}', tag.removeprefix("W/")):
        again = starter.get("/api/v1/pair/VNM/RUS", headers={"if-none-match": given})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert {"cache-control", "vary", "content-security-policy"} <= again.headers.keys()
    for given in ('"other"', "*", tag[4:-4], ""):
        assert starter.get("/api/v1/pair/VNM/RUS", headers={"if-none-match": given}).status_code == 200
    other = starter.get("/api/v1/pair/VNM/RUS?issue=hr", headers={"if-none-match": tag})
    assert other.status_code == 200


def test_only_data_held_fast_may_be_used_without_asking(small: Client) -> None:
    sha = small.get("/api/v1/pair/VNM/RUS").json()["origin"]["sha256"][:12]
    held = f"release=voeten-2024-wide&sha={sha}"
    assert small.get(f"/api/v1/pair/VNM/RUS?{held}").headers["cache-control"] == "public, max-age=3600"
    for target in (
        "/api/v1/pair/VNM/RUS",
        "/api/v1/pair/VNM/RUS?release=voeten-2024-wide",
        f"/api/v1/pair/VNM/RUS?release=&sha={sha}",
        f"/pair/VNM/RUS?{held}",  # the page says what is newer
    ):
        assert small.get(target).headers["cache-control"] == "public, no-cache"


def test_head_tells_what_get_sends(starter: Client) -> None:
    for target in ("/api/v1/pair/VNM/RUS", "/api/v1/pair/VNM/X", "/api/v1", "/static/icon.svg"):
        got, head = starter.get(target), starter.head(target)
        assert head.status_code == got.status_code
        assert head.content == b""
        assert head.headers == got.headers


def test_long_answers_are_packed_for_whoever_takes_it(starter: Client) -> None:
    plain = starter.get("/api/v1/trend/VNM/RUS")
    packed = starter.get("/api/v1/trend/VNM/RUS", headers={"accept-encoding": "br;q=1, gzip;q=0.5"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content) / 3
    assert packed.content == plain.content  # the client has unpacked it
    assert gzip.compress(b"", mtime=0)[4:8] == b"\0\0\0\0"
    refused = starter.get("/api/v1/trend/VNM/RUS", headers={"accept-encoding": "gzip;q=0"})
    assert "content-encoding" not in refused.headers


def test_the_language_of_an_answer_is_named(starter: Client) -> None:
    english, viet = (starter.get(f"/api/v1/pair/VNM/RUS?lang={lang}") for lang in ("en", "vi"))
    assert (english.headers["content-language"], viet.headers["content-language"]) == ("en", "vi")
    assert english.json()["headline"] != viet.json()["headline"]
    assert starter.get("/api/v1/pair/VNM/X?lang=vi").json()["status"] == 404


def test_the_index_lists_every_question(starter: Client) -> None:
    found = starter.get("/api/v1")
    listed = {each["name"]: each for each in found.json()["questions"]}
    assert listed.keys() == QUESTIONS.keys()
    assert "/api/v1/openapi.json" in found.headers["link"]
    for name, each in listed.items():
        assert each["example"] == url(name)
        assert each["title"]


@pytest.mark.parametrize("target", ["/api", "/api/v1"])
def test_a_reader_gets_the_index_as_a_page(starter: Client, target: str) -> None:
    found = starter.page(target)
    assert found.headers["content-type"].startswith("text/html")
    for name in QUESTIONS:
        assert url(name).replace("&", "&amp;") in found.text


def test_every_question_has_a_title_of_its_own() -> None:
    from comity.model.words import catalogue

    missing = [name for name in QUESTIONS if f"web.question_{name}" not in catalogue()]
    needs = {q.needs for q in QUESTIONS.values() if q.needs}
    assert not missing
    assert not [need for need in needs if f"web_needs.{need}" not in catalogue()]


def test_scripts_of_other_sites_read_answers_of_a_shared_server_alone(starter: Client) -> None:
    from comity.web.app import create_app
    from comity.web.settings import Settings

    with Client(create_app(Settings(local=False))) as shared:
        for target in ("/api/v1/pair/VNM/RUS", "/figure/pair/VNM/RUS?form=csv", "/api/v1/pair/VNM/X"):
            found = shared.get(target, headers={"origin": "https://example.org"})
            assert found.headers["access-control-allow-origin"] == "*"
            assert found.headers["cross-origin-resource-policy"] == "cross-origin"
        asked = shared.ask("OPTIONS", "/api/v1/pair/VNM/RUS", headers={"origin": "https://example.org"})
        assert (asked.status_code, asked.headers["access-control-allow-methods"]) == (204, "GET, HEAD")
        page = shared.page("/pair/VNM/RUS", headers={"origin": "https://example.org"})
        assert "access-control-allow-origin" not in page.headers
        assert page.headers["cross-origin-resource-policy"] == "same-origin"
    mine = starter.get("/api/v1/pair/VNM/RUS", headers={"origin": "http://localhost:8888"})
    assert mine.headers["access-control-allow-origin"] == "http://localhost:8888"
    for other in ("https://example.org", "null", "http://localhost.example.org", "http://evil@localhost:1"):
        found = starter.get("/api/v1/pair/VNM/RUS", headers={"origin": other})
        assert "access-control-allow-origin" not in found.headers


def test_an_error_that_nobody_foresaw_tells_nothing(monkeypatch: Any, starter: Client) -> None:
    from dataclasses import replace

    def fails(_: Any) -> Any:
        raise RuntimeError("/secret/path")

    monkeypatch.setitem(QUESTIONS, "pair", replace(QUESTIONS["pair"], ask=fails))
    from comity.web.app import create_app

    with Client(create_app()) as client:
        for found in (client.get("/api/v1/pair/VNM/RUS"), client.page("/pair/VNM/RUS")):
            assert found.status_code == 500
            assert "secret" not in found.text
            assert "Traceback" not in found.text
            assert found.headers["x-content-type-options"] == "nosniff"


def test_a_failing_store_is_not_available(monkeypatch: Any, starter: Client) -> None:
    from dataclasses import replace

    from comity.errors import StoreDamaged
    from comity.web.app import create_app

    def fails(_: Any) -> Any:
        raise StoreDamaged("A stored table cannot be read", got="/secret/path", next="Remove /secret/path")

    monkeypatch.setitem(QUESTIONS, "pair", replace(QUESTIONS["pair"], ask=fails))
    assert issubclass(StoreDamaged, ComityError)
    with Client(create_app()) as client:
        found = client.get("/api/v1/pair/VNM/RUS")
    assert (found.status_code, found.headers["retry-after"]) == (503, "20")
    assert "secret" not in found.text
