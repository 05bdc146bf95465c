"""The application on starter data alone, and on a small made-up store, for every test of the web."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser_reader import address, browser, reader, without_scripts  # noqa: F401 fixtures of the tests in a browser
from web_client import Client

import small_store
from comity.web.app import create_app
from comity.web.settings import Settings


@pytest.fixture(scope="session")
def starter_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store without a release: answers rest on the counts that travel in the package."""
    return tmp_path_factory.mktemp("starter")


@pytest.fixture(scope="session")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three made-up releases of tests/small_store.py. Not to be written to: copy it."""
    home = tmp_path_factory.mktemp("small")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(home))
        small_store.fill()
    return home


@pytest.fixture(scope="session")
def _apps(starter_home: Path, small_home: Path) -> Iterator[dict[Path, Client]]:
    made = {home: Client(create_app(Settings())) for home in (starter_home, small_home)}
    yield made
    for client in made.values():
        client.__exit__()


@pytest.fixture
def starter(_apps: dict[Path, Client], starter_home: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A client of the application on starter data: ``starter.page("/pair/VNM/RUS").text``."""
    monkeypatch.setenv("COMITY_HOME", str(starter_home))
    return _apps[starter_home]


@pytest.fixture
def small(_apps: dict[Path, Client], small_home: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A client of the application on the small store: roll calls, three releases."""
    monkeypatch.setenv("COMITY_HOME", str(small_home))
    return _apps[small_home]


@pytest.fixture
def made(starter_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Client]]:
    """Clients of applications with settings of their own, on starter data: ``made(public="https://example.org")``."""
    monkeypatch.setenv("COMITY_HOME", str(starter_home))
    clients: list[Client] = []

    def make(**settings: Any) -> Client:
        clients.append(Client(create_app(Settings(**settings))))
        return clients[-1]

    yield make
    for client in clients:
        client.__exit__()
