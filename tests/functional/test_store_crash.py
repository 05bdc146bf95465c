"""Writers that are killed, that race, and disks that are full or read-only: the store stays whole."""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from comity.errors import StoreError
from comity.store import releases
from comity.store.manifest import Manifest
from other_user import run_as_other_user
from synthetic_release import STATES, roll_calls, write

TESTS = Path(__file__).resolve().parents[1]
KILLS = 50
RACES = 12  # writes by each of two writers while a reader reads


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("COMITY_HOME", str(home))
    return home


@contextmanager
def writer(label: str, start: int) -> Iterator[subprocess.Popen[str]]:
    """A process that replaces a release again and again, killed at the end of the block."""
    command = [sys.executable, str(TESTS / "synthetic_release.py"), label, str(start)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def expect_whole(state: tuple[Manifest, object, object], label: str) -> int:
    """Check that the three parts are of one write; returns which."""
    held, calls, cells = state
    version = held.adapter_version
    count = 30 + version % 50
    assert held.release == label
    assert calls.equals(roll_calls(count, mark=f"v{version}-"))  # type: ignore[attr-defined]
    assert cells.height == count * len(STATES)  # type: ignore[attr-defined]
    return version


def leftovers(store: Path) -> list[Path]:
    """Files of the store that no manifest names."""
    named = {t.name for m in releases.list_releases() for t in m.tables} | {"manifest.json", ".lock"}
    return [p for p in store.rglob("*") if p.is_file() and p.name not in named]


def test_a_writer_killed_at_any_moment_leaves_the_old_state_or_the_new(store: Path) -> None:
    chance = random.Random(7)
    version, swept, advanced = 0, 0, 0
    write("killed", count=30, mark="v0-", adapter_version=0)
    began = time.monotonic()
    write("killed", count=30, mark="v0-", adapter_version=0, replace=True)
    one_write = time.monotonic() - began
    for _ in range(KILLS):
        with writer("killed", version + 1) as process:
            assert process.stdout
            first = int(process.stdout.readline())  # it has written once: from here on it is always writing
            time.sleep(chance.uniform(0, 4 * one_write))
        [held] = releases.list_releases()
        now = expect_whole(releases.read_release("killed", verify=True), "killed")
        assert held.adapter_version == now >= first > version
        advanced += now > first
        version = now
        swept += bool(leftovers(store))
        assert write("killed", count=30, mark="v0-", adapter_version=version) is False, "the lock is free, and sweeps"
        assert leftovers(store) == []
    assert advanced, "no kill came after a second write: the test did not reach the moments it is about"
    assert swept, "no kill came in the middle of a write: the test did not reach the moments it is about"


def test_a_writer_killed_before_its_first_release_leaves_none(store: Path) -> None:
    """Stopped where the tables are written and the manifest is not."""
    script = (
        "import os, synthetic_release, comity.store.folder as folder\n"
        "whole = folder.write_whole\n"
        "def write_whole(path, content):\n"
        "    if path.name == 'manifest.json': os.kill(os.getpid(), 9)\n"
        "    whole(path, content)\n"
        "folder.write_whole = write_whole\n"
        "synthetic_release.write()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], env=os.environ | {"PYTHONPATH": str(TESTS)}, check=False)
    assert done.returncode == -9
    assert len(list(store.rglob("*.parquet"))) == 2
    assert releases.list_releases() == ()
    assert write("other") is True
    assert leftovers(store) == []
    assert not (store / "releases" / "unga" / "made-up").exists()


def test_two_writers_and_a_reader_at_once(store: Path) -> None:
    write("raced", count=31, mark="v1-", adapter_version=1)
    with writer("raced", 2) as one, writer("raced", 5002) as two:
        assert one.stdout and two.stdout
        for stream in (one.stdout, two.stdout):
            stream.readline()
        seen = set()
        deadline = time.monotonic() + 60
        while len(seen) < RACES and time.monotonic() < deadline:
            seen.add(expect_whole(releases.read_release("raced"), "raced"))
        assert one.poll() is None and two.poll() is None, "a writer gave up"
    assert len(seen) >= RACES
    assert {v < 5000 for v in seen} == {True, False}, "both writers' releases were read"
    assert write("settled", sha256="cd" * 32) is True
    assert leftovers(store) == []


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that another user can reach (tmp_path is closed to others)."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        yield place
        for path in place.rglob("*"):
            if path.is_dir():
                path.chmod(0o755)


IMPORTS = """
import sys, tempfile
from comity.errors import ComityError
from comity.store import db, releases
from synthetic_release import votes, write
db.query("SELECT 1")
releases.votes_parquet(votes(1), 1)
"""
WRITE = """
try:
    write("new", sha256="cd" * 32)
except ComityError as err:
    print(err)
    sys.exit(err.exit_code)
"""
READ = "print(releases.read_release('made-up')[2].height)"


def test_a_read_only_store_is_read_and_not_written(open_to_all: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(open_to_all))
    write()
    before = sorted(open_to_all.rglob("*"))
    for path in (open_to_all, *open_to_all.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    read = run_as_other_user(IMPORTS, READ, open_to_all)
    assert (read.returncode, read.stdout, read.stderr) == (0, "120\n", ""), "nor does DuckDB complain of leaks at exit"
    wrote = run_as_other_user(IMPORTS, WRITE, open_to_all)
    assert wrote.returncode == 41, wrote.stderr
    assert "COMITY_HOME" in wrote.stdout and wrote.stdout.count("\n") == 1 and wrote.stderr == ""
    assert sorted(open_to_all.rglob("*")) == before


def test_a_store_that_cannot_be_made_is_read_only(open_to_all: Path) -> None:
    open_to_all.chmod(0o555)
    wrote = run_as_other_user(IMPORTS, WRITE, open_to_all / "not" / "there")
    assert wrote.returncode == 41, wrote.stderr
    assert list(open_to_all.iterdir()) == []


def test_a_home_that_is_a_file_is_a_store_error(store: Path) -> None:
    store.write_text("a file")
    with pytest.raises(StoreError, match="home"):
        write()
    assert store.read_text() == "a file"


REPLACE = WRITE.replace('"new", sha256="cd" * 32', "count=9000, mark='b', adapter_version=2")


def expect_full(script: str, home: Path) -> None:
    """Run a writer that must fail for want of space, in one line, and leave the store as it was."""
    before = {p: p.is_file() and p.read_bytes() for p in home.rglob("*")}
    environment = os.environ | {"PYTHONPATH": str(TESTS), "COMITY_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS + script], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 42, done.stdout + done.stderr
    assert "No space is left" in done.stdout and done.stdout.count("\n") == 1 and done.stderr == ""
    assert {p: p.is_file() and p.read_bytes() for p in home.rglob("*")} == before


@pytest.mark.parametrize("script", [WRITE, REPLACE])
@pytest.mark.parametrize("limit", [500, 3000])
def test_a_limit_on_file_size_leaves_the_old_state(store: Path, script: str, limit: int) -> None:
    write()
    expect_full(f"import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n" + script, store)
    assert releases.read_release("made-up", verify=True)[1].height == 30


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk is not permitted here: a full disk (a limit on file size is tested)")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_leaves_the_old_state(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(small_disk))
    write()
    expect_full(REPLACE, small_disk)
    assert releases.read_release("made-up", verify=True)[1].height == 30


@pytest.mark.parametrize("bytes_free", range(0, 12_289, 4096))
def test_a_disk_that_fills_up_at_any_file_leaves_the_old_state(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch, bytes_free: int
) -> None:
    monkeypatch.setenv("COMITY_HOME", str(small_disk))
    write()
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * (shutil.disk_usage(small_disk).free - bytes_free))
    expect_full(WRITE.replace("sha256=", "count=200, sha256="), small_disk)
    assert releases.read_release("made-up", verify=True)[1].height == 30
