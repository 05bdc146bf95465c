"""The Security Council on the web: its pages and answers name it, and the Assembly's never meet them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from web_client import Client

import small_store
from comity.ingest.add import add_files
from comity.web.app import create_app
from comity.web.settings import Settings
from council_files import council_csv, three_years

LABEL = "undl-sc-2007-2009"
NEWEST = small_store.LABELS[0]
BODIES = (("?release=sc", "SC", LABEL), (f"?release={LABEL}", "SC", LABEL), ("", "GA", NEWEST))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with releases of both bodies, the Council's added last."""
    folder = tmp_path_factory.mktemp("both")
    file = folder / "council.csv"
    file.write_text(council_csv(three_years()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(folder / "home"))
        small_store.fill()
        add_files([file])
    return folder / "home"


@pytest.fixture
def both(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A client of that store."""
    monkeypatch.setenv("COMITY_HOME", str(home))
    with Client(create_app(Settings())) as client:
        yield client


def words(html: str) -> str:
    """A page's text without its foot, which names both bodies."""
    bare = re.sub(r"<(script|style|footer).*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)
    return " ".join(bare.replace("\u2060", "").replace("\u00a0", " ").split())


@pytest.mark.parametrize("path", ["/pair/VNM/RUS", "/trend/VNM/RUS", "/splits/VNM/HRV", "/state/VNM"])
def test_the_api_answers_for_the_body_that_is_asked(both: Client, path: str) -> None:
    for asked, body, release in BODIES:
        if path.endswith("HRV") and body == "GA":
            continue  # no state of the made-up Assembly
        told = both.get(f"/api/v1{path}{asked}").json()
        assert (told["body"], told["release"]) == (body, release)


def test_a_symbol_tells_its_body(both: Client) -> None:
    assert both.get("/api/v1/vote/S/RES/90804(2008)").json()["release"] == LABEL
    assert both.get(f"/api/v1/vote/{small_store.SYMBOL}").json()["body"] == "GA"


@pytest.mark.parametrize("path", ["/pair/VNM/RUS?release=sc", "/state/VNM?release=sc", "/vote/S/RES/90804(2008)"])
def test_a_page_of_the_council_speaks_of_the_council(both: Client, path: str) -> None:
    page = both.page(path)
    assert page.status_code == 200
    told = words(page.text)
    assert "Security Council" in told and "vetoed ones among them" in told
    assert "General Assembly" not in told


def test_the_page_of_a_pair_holds_what_the_council_can_answer(both: Client) -> None:
    council, assembly = both.page("/pair/VNM/RUS?release=sc").text, both.page("/pair/VNM/RUS").text
    for section in ("breaks", "moved", "outliers", "situations"):
        assert f'id="{section}"' in assembly and f'id="{section}"' not in council
    assert "S/2008/447" in council and "S/2008/447" not in assembly


def test_a_pinned_page_is_not_held_against_the_other_body(both: Client) -> None:
    told = words(both.page(f"/pair/VNM/RUS?release={LABEL}").text)
    assert NEWEST not in told


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/api/v1/pair/VNM/QAT?release=sc", "at the same time"),
        ("/api/v1/pair/VNM/RUS?release=sc&issue=hr", "no issue flags"),
        ("/api/v1/blocs?release=sc", "of which this question cannot be asked"),
        (f"/api/v1/moved/VNM/RUS?release={LABEL}", "of which this question cannot be asked"),
        (f"/api/v1/data/diff/{LABEL}/{NEWEST}", "one body"),
    ],
)
def test_what_cannot_be_asked_says_so(both: Client, path: str, says: str) -> None:
    found = both.get(path)
    assert 400 <= found.status_code < 500
    assert says in found.text


def test_the_data_page_tells_what_a_release_of_the_council_serves(both: Client) -> None:
    told = words(both.page("/data").text)
    assert LABEL in told and "asked by release=sc" in told
    assert {m["release"]: m["body"] for m in both.get("/api/v1/data").json()["releases"]}[LABEL] == "unsc"
    assert words(both.page(f"/data/check/{LABEL}").text).count(LABEL)


def test_a_store_without_one_says_nothing_of_it(small: Client) -> None:
    assert "release=sc" not in words(small.page("/data").text)
    assert small.get("/api/v1/pair/VNM/RUS?release=sc").status_code == 404
