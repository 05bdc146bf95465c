"""Downloads from a server on this machine that misbehaves in every way it can."""

import dataclasses
import hashlib
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from comity.errors import ChecksumMismatch, NetworkError, Offline
from comity.sources.dataverse import download_file, published_versions
from comity.sources.fetch import download, get_json
from dataverse_server import DOI, PATIENT, Dataverse, Stored, serving

CONTENT = b"rcid,ccode,vote\n" + bytes(range(256)) * 600
MD5 = "md5:" + hashlib.md5(CONTENT).hexdigest()
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def dataverse() -> Iterator[Dataverse]:
    with serving(Dataverse(files={7: Stored(CONTENT)}, versions={"33.0": [7]})) as running:
        yield running


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def fetch(dataverse: Dataverse, dest: Path, **given: object) -> str:
    arguments = {"checksum": MD5, "size": len(CONTENT), "patience": PATIENT} | given
    return download(f"{dataverse.url}/api/access/datafile/7", dest, **arguments)  # type: ignore[arg-type]


def only(folder: Path, *names: str) -> bool:
    return sorted(p.name for p in folder.iterdir()) == sorted(names)


def test_a_download_takes_its_name_once_verified(dataverse: Dataverse, tmp_path: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    assert fetch(dataverse, tmp_path / "votes.csv", progress=lambda *at: seen.append(at)) == SHA256
    assert (tmp_path / "votes.csv").read_bytes() == CONTENT
    assert only(tmp_path, "votes.csv")
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


@pytest.mark.parametrize("kind", ["sha1", "sha256", "sha512"])
def test_other_checksums(dataverse: Dataverse, tmp_path: Path, kind: str) -> None:
    digest = hashlib.new(kind, CONTENT).hexdigest()
    assert fetch(dataverse, tmp_path / "votes.csv", checksum=f"{kind}:{digest}", size=None) == SHA256


def test_a_truncated_body_is_resumed(dataverse: Dataverse, tmp_path: Path) -> None:
    dataverse.mischief = ["truncate"]
    assert fetch(dataverse, tmp_path / "votes.csv") == SHA256
    first, second = dataverse.file_requests()
    assert "Range" not in first
    assert second["Range"] == f"bytes={len(CONTENT) // 2}-"
    assert second["If-Range"] == '"tag"'


def test_a_truncated_body_of_unknown_size_is_resumed(dataverse: Dataverse, tmp_path: Path) -> None:
    dataverse.mischief = ["truncate"]
    assert fetch(dataverse, tmp_path / "votes.csv", size=None) == SHA256
    assert len(dataverse.file_requests()) == 2


def test_what_arrived_is_kept_for_the_next_run(dataverse: Dataverse, tmp_path: Path) -> None:
    dataverse.mischief = ["truncate", "503", "503", "503"]
    with pytest.raises(NetworkError, match=r"4 attempts.*503.*kept"):
        fetch(dataverse, tmp_path / "votes.csv")
    assert not (tmp_path / "votes.csv").exists()
    assert fetch(dataverse, tmp_path / "votes.csv") == SHA256
    assert dataverse.file_requests()[-1]["Range"] == f"bytes={len(CONTENT) // 2}-"
    assert only(tmp_path, "votes.csv")


def test_a_file_complete_but_unnamed_is_not_asked_for_again(dataverse: Dataverse, tmp_path: Path) -> None:
    (tmp_path / f".votes.csv.{MD5[4:20]}.part").write_bytes(CONTENT)
    assert fetch(dataverse, tmp_path / "votes.csv") == SHA256
    assert dataverse.asked == []


@pytest.mark.parametrize("kept", [b"of another file", CONTENT + b"too long", b"x" * len(CONTENT)])
@pytest.mark.parametrize("size", [len(CONTENT), None])
def test_a_kept_piece_that_does_not_fit_is_thrown_away(
    dataverse: Dataverse, tmp_path: Path, kept: bytes, size: int | None
) -> None:
    (tmp_path / f".votes.csv.{MD5[4:20]}.part").write_bytes(kept)
    assert fetch(dataverse, tmp_path / "votes.csv", size=size) == SHA256
    assert only(tmp_path, "votes.csv")


@pytest.mark.parametrize("trick", ["ignore-range", "wrong-range"])
def test_a_server_without_ranges_sends_it_all_again(dataverse: Dataverse, tmp_path: Path, trick: str) -> None:
    dataverse.mischief = ["truncate", trick]
    assert fetch(dataverse, tmp_path / "votes.csv") == SHA256
    assert (tmp_path / "votes.csv").read_bytes() == CONTENT


def test_a_wrong_checksum_keeps_nothing(dataverse: Dataverse, tmp_path: Path) -> None:
    dataverse.mischief = ["corrupt"]
    with pytest.raises(ChecksumMismatch, match=f"differs from the checksum.*{MD5}"):
        fetch(dataverse, tmp_path / "votes.csv")
    assert only(tmp_path)
    assert len(dataverse.file_requests()) == 1


def test_a_body_longer_than_recorded_keeps_nothing(dataverse: Dataverse, tmp_path: Path) -> None:
    dataverse.mischief = ["longer"]
    with pytest.raises(ChecksumMismatch, match="longer"):
        fetch(dataverse, tmp_path / "votes.csv")
    assert only(tmp_path)


@pytest.mark.parametrize(("status", "says"), [("404", "nothing at this address"), ("403", "login"), ("400", "400")])
def test_an_answer_that_will_not_change_is_not_asked_for_again(
    dataverse: Dataverse, tmp_path: Path, status: str, says: str
) -> None:
    dataverse.mischief = [status] * 9
    with pytest.raises(NetworkError, match=f"{says}.*comity data add FILE"):
        fetch(dataverse, tmp_path / "votes.csv")
    assert len(dataverse.file_requests()) == 1
    assert only(tmp_path)


@pytest.mark.parametrize("status", ["429", "500", "502", "503", "504"])
def test_a_busy_server_is_asked_again(dataverse: Dataverse, tmp_path: Path, status: str) -> None:
    dataverse.mischief = [status, status]
    assert fetch(dataverse, tmp_path / "votes.csv") == SHA256


def waits(dataverse: Dataverse, dest: Path, **changes: object) -> list[float]:
    slept: list[float] = []
    patience = dataclasses.replace(PATIENT, sleep=slept.append, **changes)
    with pytest.raises(NetworkError) as caught:
        fetch(dataverse, dest, patience=patience)
    assert not isinstance(caught.value, Offline)
    return slept


def test_a_server_busy_for_ever_is_given_up_after_growing_pauses(dataverse: Dataverse, tmp_path: Path) -> None:
    dataverse.mischief = ["503"] * 99
    assert waits(dataverse, tmp_path / "votes.csv", pause=1.0, attempts=6, longest_pause=6.0) == [1, 2, 4, 6, 6]
    assert len(dataverse.file_requests()) == 6


def test_retry_after_is_honoured(dataverse: Dataverse, tmp_path: Path) -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=4), usegmt=True)
    dataverse.mischief = ["503:3", f"429:{soon}", "503:nonsense", "503"]
    first, second, third = waits(dataverse, tmp_path / "votes.csv", pause=0.5)
    assert first == 3
    assert 2 < second <= 4
    assert third == 2, "the third pause of our own"


def test_a_server_that_asks_for_too_long_a_wait_is_not_waited_for(dataverse: Dataverse, tmp_path: Path) -> None:
    dataverse.mischief = ["503:3600"]
    assert waits(dataverse, tmp_path / "votes.csv") == []
    assert len(dataverse.file_requests()) == 1


@pytest.mark.parametrize("trick", ["stall", "trickle"])
def test_a_slow_server_is_left_and_the_rest_resumed(dataverse: Dataverse, tmp_path: Path, trick: str) -> None:
    dataverse.mischief = [trick]
    patience = dataclasses.replace(PATIENT, stall=0.2, least=10_000)
    began = time.monotonic()
    assert fetch(dataverse, tmp_path / "votes.csv", patience=patience) == SHA256
    assert time.monotonic() - began < 3
    assert "Range" in dataverse.file_requests()[1]


def test_a_server_slow_for_ever_is_given_up(dataverse: Dataverse, tmp_path: Path) -> None:
    dataverse.mischief = ["stall"] * 9
    with pytest.raises(NetworkError, match="sent nothing for"):
        fetch(dataverse, tmp_path / "votes.csv", patience=dataclasses.replace(PATIENT, stall=0.05))
    assert len(dataverse.file_requests()) == PATIENT.attempts


def test_a_redirect_is_followed_with_its_range(dataverse: Dataverse, tmp_path: Path) -> None:
    dataverse.mischief = ["redirect", "truncate", "redirect"]
    assert fetch(dataverse, tmp_path / "votes.csv") == SHA256
    assert [path.split("/")[1] for path, _ in dataverse.asked] == ["api", "store", "api", "store"]
    assert "Range" in dataverse.file_requests()[1]


def test_redirects_in_a_circle_end(dataverse: Dataverse, tmp_path: Path) -> None:
    dataverse.mischief = ["redirect"] * 99
    with pytest.raises(NetworkError, match="cannot be followed"):
        fetch(dataverse, tmp_path / "votes.csv")


def test_nothing_secret_is_sent(dataverse: Dataverse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    dataverse.mischief = ["redirect"]
    fetch(dataverse, tmp_path / "votes.csv")
    for _, headers in dataverse.asked:
        assert {h.lower() for h in headers} <= {"host", "accept", "accept-encoding", "connection", "user-agent"}


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_offline_is_said_at_once(tmp_path: Path) -> None:
    slept: list[float] = []
    patience = dataclasses.replace(PATIENT, sleep=slept.append)
    with pytest.raises(Offline, match=r"127\.0\.0\.1.*works offline"):
        download(f"http://127.0.0.1:{closed_port()}/x", tmp_path / "x", checksum=MD5, patience=patience)
    assert slept == []
    assert only(tmp_path)


def test_a_server_that_goes_away_in_the_middle_is_a_broken_download(dataverse: Dataverse, tmp_path: Path) -> None:
    dataverse.mischief = [f"redirect:http://127.0.0.1:{closed_port()}/"]
    with pytest.raises(Offline):
        fetch(dataverse, tmp_path / "votes.csv")
    dataverse.mischief = ["503", *[f"redirect:http://127.0.0.1:{closed_port()}/"] * 9]
    assert len(waits(dataverse, tmp_path / "votes.csv")) == PATIENT.attempts - 1


def test_a_full_disk_gives_the_room_back(dataverse: Dataverse, tmp_path: Path) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(OSError, match="too large"):
            fetch(dataverse, tmp_path / "votes.csv")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert only(tmp_path)


def test_json_that_is_none(dataverse: Dataverse) -> None:
    dataverse.list_mischief = ["<html>"]
    url = f"{dataverse.url}/api/datasets/:persistentId/versions"
    with pytest.raises(NetworkError, match="not JSON"):
        get_json(url, {"persistentId": DOI}, patience=PATIENT)


def test_versions_of_a_record(dataverse: Dataverse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_DATAVERSE", dataverse.url + "/")
    dataverse.versions = {"9.0": [7], "10.0": [], "10.1": [7], "11.0": [7], "12.0": []}
    dataverse.states = {"11.0": "DEACCESSIONED", "12.0": "DRAFT"}
    versions = published_versions(DOI, patience=PATIENT)
    assert [v.number for v in versions] == ["10.1", "10.0", "9.0"]
    assert versions[0].licence == "CC0 1.0 (http://creativecommons.org/publicdomain/zero/1.0)"
    assert versions[0].citation == (
        'Voeten, Erik; B, A, 2009, "Voting Data", https://doi.org/10.7910/DVN/LEJUQZ, V10.1'
    )
    assert versions[1].citation.endswith(", V10")
    assert str(versions[0].released) == "2024-06-24"


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("CC0", "CC0"),
        ((("license", "NONE"), ("termsOfUse", "Cite\n the  authors")), "Cite the authors"),
        ((("termsOfUse", "Only for teaching"),), "Only for teaching"),
        ((), ""),
    ],
)
def test_terms_are_read_from_the_record(
    dataverse: Dataverse, monkeypatch: pytest.MonkeyPatch, given: object, read: str
) -> None:
    monkeypatch.setenv("COMITY_DATAVERSE", dataverse.url)
    dataverse.licence = given
    assert published_versions(DOI, patience=PATIENT)[0].licence == read


@pytest.mark.parametrize("answer", ["{}", "[]", '{"data": [{"versionState": "RELEASED", "files": [{}]}]}', "null"])
def test_an_answer_of_another_shape_is_a_network_error(
    dataverse: Dataverse, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    monkeypatch.setenv("COMITY_DATAVERSE", dataverse.url)
    dataverse.list_mischief = [answer]
    with pytest.raises(NetworkError, match="not that of a Dataverse"):
        published_versions(DOI, patience=PATIENT)


def test_a_converted_table_is_downloaded_as_deposited(
    dataverse: Dataverse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record's checksum is that of the original, not of the table it shows."""
    monkeypatch.setenv("COMITY_DATAVERSE", dataverse.url)
    dataverse.files[7].table = True
    [file] = published_versions(DOI, patience=PATIENT)[0].files
    assert (file.name, file.bytes, file.checksum) == ("UNVotes.csv", len(CONTENT), MD5)
    assert download_file(file, tmp_path / "votes.csv", patience=PATIENT) == SHA256
    assert dataverse.asked[-1][0].endswith("/7?format=original")


def test_a_file_without_a_checksum_is_not_downloaded(
    dataverse: Dataverse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMITY_DATAVERSE", dataverse.url)
    dataverse.files[7].checksum = ""
    [file] = published_versions(DOI, patience=PATIENT)[0].files
    with pytest.raises(NetworkError, match="no checksum"):
        download_file(file, tmp_path / "votes.csv", patience=PATIENT)
    assert dataverse.file_requests() == []


@pytest.mark.parametrize(
    ("name", "kept"), [("../../x.csv", "x.csv"), ("..", "file-7"), ("a\\b.csv", "b.csv"), (".bashrc", "bashrc")]
)
def test_a_name_in_the_record_cannot_leave_its_folder(
    dataverse: Dataverse, monkeypatch: pytest.MonkeyPatch, name: str, kept: str
) -> None:
    monkeypatch.setenv("COMITY_DATAVERSE", dataverse.url)
    dataverse.files[7].name = name
    assert published_versions(DOI, patience=PATIENT)[0].files[0].name == kept
