"""Pulling Voeten's votes: which version and file, pins, and what happens when a pinned file changes."""

import hashlib
import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.errors import (
    ChecksumMismatch,
    MissingExtra,
    NetworkError,
    Offline,
    ReleaseChanged,
    StoreError,
    StoreFull,
    StoreReadOnly,
    UnknownRelease,
    UsageError,
)
from comity.ingest import pull as pulling
from comity.ingest.pull import Pulled, pull, pull_unga
from comity.store.pins import pinned, pins
from dataverse_server import DOI, PATIENT, Dataverse, Stored, serving
from other_user import run_as_other_user

OLD, NEW = b"rcid,ccode,vote\n1,2,1\n" * 500, b"rcid,ccode,vote\n1,2,3\n" * 500


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return tmp_path / "home"


@pytest.fixture
def dataverse(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dataverse]:
    files = {
        1: Stored(OLD, "UNVotes.csv", table=True),
        2: Stored(b"RDX3\n", "UNVotes.RData"),
        3: Stored(b"points", "IdealpointestimatesAll.csv"),
    }
    made = Dataverse(files=files, versions={"38.0": [3], "33.0": [1, 2, 3], "31.0": [2]})
    with serving(made) as running:
        monkeypatch.setenv("COMITY_DATAVERSE", running.url)
        yield running


def get(release: str | None = None, **given: str) -> Pulled:
    return pull_unga(release, patience=PATIENT, **given)  # type: ignore[arg-type]


def test_the_newest_version_that_holds_votes_is_pulled_and_pinned(dataverse: Dataverse, home: Path) -> None:
    pulled = get()
    [path] = pulled.paths
    assert path.read_bytes() == OLD
    assert path.is_relative_to(home / "downloads")
    assert (pulled.label, pulled.new) == ("voeten-v33.0", True)
    assert pulled.notes == (
        "The record's newest version, 38.0 of 2024-06-24, holds no file of votes; 33.0 is the newest that does.",
    )
    assert pulled.provenance.doi == DOI
    assert pulled.provenance.version == "33.0"
    assert pulled.provenance.licence.startswith("CC0 1.0 (")
    assert pulled.provenance.citation.endswith("V33")
    pin = pinned(DOI, "33.0", "UNVotes.csv")
    assert pin is not None
    assert (pin.file_id, pin.bytes, pin.sha256) == (1, len(OLD), hashlib.sha256(OLD).hexdigest())
    assert pin.checksum == "md5:" + hashlib.md5(OLD).hexdigest()


def test_a_second_pull_downloads_nothing(dataverse: Dataverse) -> None:
    first = get()
    again = get()
    assert (again.paths, again.provenance, again.new) == (first.paths, first.provenance, False)
    assert len(dataverse.file_requests()) == 1
    assert len(pins()) == 1


def test_a_pinned_release_needs_no_network(dataverse: Dataverse, monkeypatch: pytest.MonkeyPatch) -> None:
    first = get()
    monkeypatch.setenv("COMITY_DATAVERSE", "http://127.0.0.1:9")
    for release in ("33.0", "33", "v33", "voeten-v33.0"):
        assert get(release).paths == first.paths
    with pytest.raises(Offline):
        get()
    with pytest.raises(Offline):
        get("31")


def test_a_lost_or_altered_download_is_fetched_anew(dataverse: Dataverse) -> None:
    [path] = get().paths
    path.write_bytes(NEW)
    assert get("33").paths[0].read_bytes() == OLD
    path.unlink()
    assert get("33").paths[0].read_bytes() == OLD
    assert len(pins()) == 1


@pytest.mark.parametrize("number", [1, 9])
def test_a_changed_file_behind_a_pinned_version_is_refused(dataverse: Dataverse, number: int) -> None:
    """Also where the record was edited to match it, and where it goes by another id."""
    [path] = get().paths
    dataverse.files[number] = Stored(NEW, "UNVotes.csv", table=True)
    dataverse.versions["33.0"] = [number]
    with pytest.raises(ReleaseChanged) as caught:
        get()
    message = str(caught.value)
    assert hashlib.sha256(OLD).hexdigest() in message and hashlib.sha256(NEW).hexdigest() in message
    assert "33.0" in message and "Nothing was replaced" in message
    assert path.read_bytes() == OLD
    assert sorted(p.name for p in path.parent.iterdir()) == [".lock", "UNVotes.csv"]
    [pin] = pins()
    assert pin.sha256 == hashlib.sha256(OLD).hexdigest()


def test_changed_bytes_under_an_unchanged_record_fail_the_checksum(dataverse: Dataverse) -> None:
    [path] = get().paths
    path.unlink()
    dataverse.files[1] = Stored(NEW, "UNVotes.csv", table=True, checksum=hashlib.md5(OLD).hexdigest())
    with pytest.raises(ChecksumMismatch):
        get()
    assert not path.exists()


def test_a_failed_download_pins_nothing(dataverse: Dataverse, home: Path) -> None:
    dataverse.mischief = ["corrupt"]
    with pytest.raises(ChecksumMismatch):
        get()
    assert pins() == ()
    assert [p.name for p in home.rglob("*") if p.is_file()] == [".lock"]


def test_a_download_goes_on_in_the_next_run(dataverse: Dataverse) -> None:
    dataverse.mischief = ["truncate", "404"]
    with pytest.raises(NetworkError):
        get()
    get()
    assert "Range" in dataverse.file_requests()[-1]


def test_an_r_file_is_taken_where_there_is_nothing_else(dataverse: Dataverse) -> None:
    pulled = get("31")
    assert pulled.paths[0].name == "UNVotes.RData"
    assert pulled.notes == ()


def test_an_r_file_is_not_downloaded_where_it_cannot_be_read(
    dataverse: Dataverse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulling, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match="extra"):
        get("31")
    assert dataverse.file_requests() == []
    assert get("33").paths[0].name == "UNVotes.csv"


def test_several_files_of_votes_are_for_the_user_to_choose(dataverse: Dataverse) -> None:
    dataverse.files[4] = Stored(NEW, "UNVotes-1.csv")
    dataverse.versions["33.0"] = [1, 4]
    with pytest.raises(UsageError, match=r"UNVotes-1.csv, UNVotes.csv.*--file"):
        get()
    assert get(file="UNVotes-1.csv").paths[0].read_bytes() == NEW
    with pytest.raises(UnknownRelease, match="no file of votes"):
        get(file="nope.csv")


def test_a_file_that_takes_permission_is_left_out(dataverse: Dataverse) -> None:
    dataverse.files[1].restricted = True
    assert get("33").paths[0].name == "UNVotes.RData"


def test_an_unknown_version_names_those_there_are(dataverse: Dataverse) -> None:
    with pytest.raises(UnknownRelease, match=r"'34.0'.*38.0, 33.0, 31.0"):
        get("34")
    with pytest.raises(UsageError, match="such as 33"):
        get("latest")
    with pytest.raises(UnknownRelease, match=r"38.0.*no file of votes.*Idealpoint"):
        get("38")


def test_a_record_that_is_not_there(dataverse: Dataverse) -> None:
    dataverse.list_mischief = ["404"]
    with pytest.raises(NetworkError, match="nothing at this address"):
        get()


def test_two_downloads_of_one_file_do_not_mix(dataverse: Dataverse, home: Path) -> None:
    from comity.store.lock import write_lock

    folder = home / "downloads" / "10.7910_DVN_LEJUQZ" / "33.0"
    folder.mkdir(parents=True)
    with write_lock(folder / ".lock"), pytest.raises(StoreError, match="Another process"):
        get()


def test_progress_is_told(dataverse: Dataverse) -> None:
    seen: list[tuple[int, int | None]] = []
    pull("unga", progress=lambda *at: seen.append(at), patience=PATIENT)
    assert seen[-1] == (len(OLD), len(OLD))


def test_the_library_is_not_pulled(home: Path) -> None:
    with pytest.raises(UsageError) as caught:
        pull("undl")
    message = str(caught.value)
    assert "forbid automated download" in message and "4060887" in message and "comity data add FILE" in message
    assert str(home / "downloads" / "undl") in message
    assert not home.exists()


def test_another_name_is_a_mistake(home: Path) -> None:
    with pytest.raises(UsageError, match=r"'sipri'.*unga"):
        pull("sipri")


def test_a_full_disk_leaves_nothing_of_the_download(dataverse: Dataverse, home: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, hard))
    try:
        with pytest.raises(StoreFull):
            get()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [p.name for p in home.rglob("*") if p.is_file()] == [".lock"]
    assert get().new is True


def test_a_read_only_store_is_told_before_anything_is_downloaded(dataverse: Dataverse) -> None:
    imports = (
        "import sys\nfrom comity.errors import ComityError\nfrom comity.ingest import pull\n"
        "pull.published_versions(pull.UNGA)\n"
    )
    script = "try: pull.pull_unga()\nexcept ComityError as err: print(err); sys.exit(err.exit_code)\n"
    with tempfile.TemporaryDirectory() as name:  # tmp_path is closed to other users
        Path(name).chmod(0o555)
        done = run_as_other_user(imports, script, Path(name) / "home")
        assert done.returncode == StoreReadOnly.exit_code, done.stderr
        assert "COMITY_HOME" in done.stdout and done.stdout.count("\n") == 1
        assert list(Path(name).iterdir()) == []
    assert dataverse.file_requests() == []
