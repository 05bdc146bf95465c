"""A store in trouble: the server says so without telling where it lies, and answers again once it is mended."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from web_client import Client

from comity.web import stamp
from comity.web.app import create_app
from other_user import run_as_other_user

TARGETS = ("/api/v1/pair/VNM/RUS", "/pair/VNM/RUS", "/api/v1/vote/A/RES/68/262", "/figure/trend/VNM/RUS")


@pytest.fixture
def store(small_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Client]]:
    """A copy to damage, and a client that looks at it each time."""
    home = tmp_path / "store"
    shutil.copytree(small_home, home)
    monkeypatch.setenv("COMITY_HOME", str(home))
    monkeypatch.setattr(stamp, "EVERY", 0.0)
    with Client(create_app()) as client:
        yield home, client


def first(home: Path, pattern: str) -> Path:
    return sorted((home / "releases" / "unga" / "voeten-2024-wide").glob(pattern))[0]


def broken_manifest(home: Path) -> None:
    first(home, "manifest.json").write_text("{")


def empty_manifest(home: Path) -> None:
    first(home, "manifest.json").write_bytes(b"")


def cut_table(home: Path) -> None:
    table = first(home, "votes*.parquet")
    table.write_bytes(table.read_bytes()[:100])


def no_table(home: Path) -> None:
    first(home, "votes*.parquet").unlink()


def a_folder_for_a_manifest(home: Path) -> None:
    first(home, "manifest.json").unlink()
    (home / "releases" / "unga" / "voeten-2024-wide" / "manifest.json").mkdir()


@pytest.mark.parametrize("damage", [broken_manifest, empty_manifest, cut_table, no_table, a_folder_for_a_manifest])
def test_a_damaged_store_is_told_and_mended(
    store: tuple[Path, Client], small_home: Path, damage: Callable[[Path], None]
) -> None:
    home, client = store
    damage(home)
    for target in TARGETS:
        found = client.page(target)
        if "/vote/" not in target or found.status_code != 200:  # a landmark roll call is answered from the package
            assert found.status_code == 503, (target, found.text[:200])
            assert found.headers["retry-after"]
        assert str(home) not in found.text
    shutil.rmtree(home)
    shutil.copytree(small_home, home)
    for target in TARGETS:
        assert client.page(target).status_code == 200, target


def test_a_store_that_appears_or_goes_is_seen(store: tuple[Path, Client]) -> None:
    home, client = store
    assert client.get(TARGETS[0]).json()["release"] == "voeten-2024-wide"
    shutil.move(home / "releases", home / "away")
    assert client.get(TARGETS[0]).json()["release"] == "starter"
    shutil.move(home / "away", home / "releases")
    assert client.get(TARGETS[0]).json()["release"] == "voeten-2024-wide"


def test_a_file_in_place_of_the_store_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = tmp_path / "secret-name"
    wrong.write_text("x")
    monkeypatch.setenv("COMITY_HOME", str(wrong))
    with Client(create_app()) as client:
        for target in TARGETS:
            found = client.page(target)
            assert found.status_code in (200, 503)
            assert "secret-name" not in found.text


IMPORTS = """
import os, sys
sys.path.insert(0, os.environ["PYTHONPATH"] + "/web")
from comity.web.app import create_app
from web_client import Client
home, os.environ["COMITY_HOME"] = os.environ["COMITY_HOME"], "/nonexistent"
Client(create_app()).page("/pair/VNM/RUS?release=starter")  # imports what pages import
os.environ["COMITY_HOME"] = home
"""
SCRIPT = """
client = Client(create_app())
for target in ("/api/v1/pair/VNM/RUS", "/pair/VNM/RUS"):
    found = client.page(target)
    assert home not in found.text
    print(found.status_code, found.json()["release"] if found.status_code == 200 and "/api" in target else "")
"""


def visible_to_others(tmp_path: Path) -> None:
    system = Path(tempfile.gettempdir())
    for folder in (tmp_path, *(each for each in tmp_path.parents if system in each.parents)):
        folder.chmod(0o755)


def test_a_store_that_may_not_be_read_is_told(small_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "store"
    shutil.copytree(small_home, home)
    visible_to_others(tmp_path)
    home.chmod(0o755)
    (home / "releases" / "unga" / "voeten-2024-wide" / "manifest.json").chmod(0)
    ran = run_as_other_user(IMPORTS, SCRIPT, home)
    assert ran.stdout == "503 \n503 \n", ran.stderr[-2_000:]


def test_a_store_that_may_only_be_read_is_enough(small_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "store"
    shutil.copytree(small_home, home)
    visible_to_others(tmp_path)
    for folder in (home, *(each for each in home.rglob("*") if each.is_dir())):
        folder.chmod(0o555)
    ran = run_as_other_user(IMPORTS, SCRIPT, home)
    assert ran.stdout == "200 voeten-2024-wide\n200 \n", ran.stderr[-2_000:]
