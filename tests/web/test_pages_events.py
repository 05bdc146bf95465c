"""The page of events: it is there once events were built, says so before, and follows a new build."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from web_client import Client

from comity.web import stamp
from comity.web.app import create_app
from event_tables import keep_events, row, two_years


@pytest.fixture
def store(small_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Client]]:
    home = tmp_path / "store"
    shutil.copytree(small_home, home)
    monkeypatch.setenv("COMITY_HOME", str(home))
    monkeypatch.setattr(stamp, "EVERY", 0.0)
    with Client(create_app()) as client:
        yield home / "events", client


def test_before_a_build_it_says_how_to_make_one_and_no_page_leads_to_it(store: tuple[Path, Client]) -> None:
    _, client = store
    found = client.get("/api/v1/events/VNM/RUS")
    assert (found.status_code, found.json()["next"]) == (
        404,
        "Build them from files of your own: comity events build FILES",
    )
    assert client.page("/events/VNM/RUS").status_code == 404
    assert "events" not in client.get("/api/v1/data").json()
    assert "/events/VNM/RUS" not in client.page("/pair/VNM/RUS").text


def test_the_page_and_its_twin_follow_a_new_build(store: tuple[Path, Client]) -> None:
    folder, client = store
    assert client.get("/api/v1/events/VNM/RUS").status_code == 404
    keep_events(folder, two_years())
    told = client.get("/api/v1/events/VNM/RUS?by=month").json()
    assert (told["whole"]["both"]["events"], len(told["spans"])) == (29, 16)
    page = client.page("/events/VNM/RUS").text
    assert page.index("about a fifth of markers were right") < page.index("Beside other pairs")
    assert "96,667 per million" in page
    assert client.get("/api/v1/data").json()["events"]["files"] == 1
    assert "Events in the news" in client.page("/data").text
    assert "/events/VNM/RUS" in client.page("/pair/VNM/RUS").text
    assert client.get("/figure/events/VNM/RUS?figure=spans&form=svg").status_code == 200
    keep_events(folder, [*two_years(), row(20150110, "VNM", "RUS", (1, 0, 0, 0), 0)])
    assert client.get("/api/v1/events/VNM/RUS").json()["whole"]["both"]["events"] == 30


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/api/v1/events/VNM/CHN", 404),
        ("/api/v1/events/VNM/RUS?by=week", 400),
        ("/api/v1/events/VNM/RUS?period=1990", 400),
        ("/api/v1/events/VNM/RUS?folder=/etc", 400),
        ("/api/v1/events/VNM/Atlantis", 404),
    ],
)
def test_a_mistake_is_a_problem(store: tuple[Path, Client], target: str, status: int) -> None:
    folder, client = store
    keep_events(folder, two_years())
    assert client.get(target).status_code == status


def test_of_a_damaged_table_no_folder_is_told(store: tuple[Path, Client]) -> None:
    folder, client = store
    (keep_events(folder, two_years()) / "dyad_month.parquet").write_bytes(b"PAR1")
    found = client.get("/api/v1/events/VNM/RUS")
    assert found.status_code == 503
    assert str(folder.parent) not in found.text
