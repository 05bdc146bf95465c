"""Writing, listing, reading and removing releases."""

import json
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from comity.errors import StoreDamaged, StoreError, UnknownRelease, UsageError
from comity.model.tables import ROLL_CALLS, VOTES
from comity.store import releases
from comity.store.home import home
from comity.store.lock import write_lock
from comity.store.manifest import Manifest
from synthetic_release import STATES, manifest, roll_calls, votes, write


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "a home [with] *odd? 'name'"
    monkeypatch.setenv("COMITY_HOME", str(place))
    return place


def files(store: Path) -> dict[str, bytes]:
    return {str(p.relative_to(store)): p.read_bytes() for p in store.rglob("*") if p.is_file()}


def test_reading_an_absent_store_creates_nothing(store: Path) -> None:
    assert home() == store
    assert releases.list_releases() == ()
    with pytest.raises(UnknownRelease, match="comity data add"):
        releases.get()
    assert not store.exists()


def test_what_is_written_is_read_back() -> None:
    assert write(count=30) is True
    held, calls, cells = releases.read_release("made-up", verify=True)
    assert_frame_equal(calls, roll_calls(30))
    assert list(calls.columns) == list(ROLL_CALLS)
    assert list(cells.columns) == list(VOTES)
    assert cells.schema == {"row": pl.UInt32, "state": pl.Enum(sorted(STATES)), "choice": pl.UInt8}
    assert_frame_equal(cells.with_columns(pl.col("state").cast(pl.String)), votes(30))
    assert held.origin().to_dict()["last_roll_call"] == "2000-01-03"
    assert {t.name.split("-")[0] for t in held.tables} == {"roll_calls", "votes"}


def test_the_order_of_roll_calls_survives_many_rows() -> None:
    """Votes point into the roll calls by row, so the order is part of the data."""
    write(count=20_000)
    assert releases.read_roll_calls("made-up")["roll_call"].to_list() == [f"a{i}" for i in range(20_000)]
    cells = releases.read_votes("made-up")
    assert cells["row"].is_sorted()
    assert cells.height == 80_000


def test_votes_are_stored_by_row_and_state() -> None:
    releases.write_release(manifest(), roll_calls(30), votes(30).sample(fraction=1, shuffle=True, seed=1))
    assert_frame_equal(releases.read_votes("made-up").with_columns(pl.col("state").cast(pl.String)), votes(30))


def test_lent_columns_are_kept() -> None:
    lent = roll_calls(30).with_columns(pl.lit("other").alias("title_from"))
    releases.write_release(manifest(), lent, votes(30))
    assert releases.read_roll_calls("made-up")["title_from"].unique().to_list() == ["other"]


def test_adding_the_same_bytes_twice_changes_nothing(store: Path) -> None:
    write()
    before = files(store)
    assert write() is False
    assert write("another-label") is False
    assert files(store) == before


@pytest.mark.parametrize("newer", [{"adapter_version": 2}, {"method_version": 2}])
def test_newer_code_replaces_the_release(store: Path, newer: dict[str, int]) -> None:
    write()
    assert write(count=31, mark="b", **newer) is True
    assert releases.read_roll_calls("made-up")["roll_call"][30] == "b30"
    assert len(files(store)) == 4, "manifest, two tables, the lock: the old tables are gone"


def test_replace_writes_where_the_input_is_unchanged() -> None:
    write()
    assert write(mark="b", replace=True) is True
    assert releases.read_roll_calls("made-up")["roll_call"][0] == "b0"


def test_a_label_is_not_given_to_other_bytes(store: Path) -> None:
    write()
    before = files(store)
    with pytest.raises(UsageError, match="comity data remove made-up"):
        write(sha256="cd" * 32)
    assert files(store) == before


def test_newest_is_the_one_with_the_last_roll_call() -> None:
    write("older", count=10, sha256="01" * 32)
    write("newest", count=20, sha256="02" * 32)
    write("middle", count=15, sha256="03" * 32)
    assert [m.release for m in releases.list_releases()] == ["newest", "middle", "older"]
    assert releases.get().release == "newest"
    assert releases.get("older").release == "older"
    assert releases.find("03" * 32) == releases.get("middle")
    assert releases.find("04" * 32) is None
    assert releases.list_releases("unsc") == ()


def test_an_unknown_release_names_those_that_are_there() -> None:
    write("older", count=10, sha256="01" * 32)
    write("newest", count=20, sha256="02" * 32)
    for call in (releases.get, releases.read_votes, releases.remove_release):
        with pytest.raises(UnknownRelease, match=r"'nope'.*newest, older.*comity data add"):
            call("nope")


@pytest.mark.parametrize("label", ["", "..", "a/b", "../out", ".hidden", "a b", "x" * 81, "dot."])
def test_a_label_cannot_leave_its_folder(store: Path, label: str) -> None:
    with pytest.raises(UsageError, match="label"):
        write(label)
    assert not list(store.rglob("*.parquet"))


def test_remove(store: Path) -> None:
    write("one", sha256="01" * 32)
    write("two", sha256="02" * 32)
    releases.remove_release("one")
    assert [m.release for m in releases.list_releases()] == ["two"]
    assert not (store / "releases" / "unga" / "one").exists()


def test_sql_reads_the_views_with_parameters() -> None:
    write(count=30)
    query = (
        "SELECT state, count(*) AS n FROM votes JOIN roll_calls USING (row) WHERE hr AND state = $who GROUP BY state"
    )
    assert releases.sql(query, who="BRA").rows() == [("BRA", 15)]
    assert releases.sql("SELECT count(*) FROM votes", release="made-up").item() == 120


@pytest.mark.parametrize(
    "query", ["SELEC 1", "SELECT nope FROM votes", "SELECT $absent", "CREATE TABLE t (a INT)", "SELECT 1; SELECT 2", ""]
)
def test_sql_that_cannot_be_run_is_the_users_mistake(query: str) -> None:
    write()
    with pytest.raises(UsageError, match="SQL"):
        releases.sql(query)


def table(store: Path, stem: str) -> Path:
    return next(store.rglob(f"{stem}-*.parquet"))


def test_a_table_of_another_size_is_damaged(store: Path) -> None:
    write()
    path = table(store, "votes")
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(StoreDamaged, match=r"size.*comity data remove made-up"):
        releases.read_votes("made-up")
    releases.read_roll_calls("made-up")


def test_a_flipped_byte_is_found_by_verify(store: Path) -> None:
    write(count=2000)
    path = table(store, "votes")
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 0xFF
    path.write_bytes(bytes(content))
    with pytest.raises(StoreDamaged, match="sha256"):
        releases.read_votes("made-up", verify=True)


def test_a_table_that_is_no_parquet_is_damaged_not_a_crash(store: Path) -> None:
    write()
    path = table(store, "roll_calls")
    path.write_bytes(b"x" * path.stat().st_size)
    with pytest.raises(StoreDamaged):
        releases.read_roll_calls("made-up")


def test_a_missing_table_is_damaged(store: Path) -> None:
    write()
    table(store, "votes").unlink()
    with pytest.raises(StoreDamaged, match="missing"):
        releases.read_votes("made-up")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', '{"format": 99}', "null"])
def test_a_damaged_manifest_is_named_and_can_be_repaired(store: Path, text: str) -> None:
    write()
    path = next(store.rglob("manifest.json"))
    path.write_text(text)
    for call in (releases.list_releases, releases.get, lambda: releases.read_votes("made-up")):
        with pytest.raises(StoreDamaged, match="comity data remove made-up"):
            call()
    assert write() is True
    assert releases.read_votes("made-up", verify=True).height == 120


def test_a_damaged_release_can_be_removed(store: Path) -> None:
    write()
    next(store.rglob("manifest.json")).write_text("{")
    releases.remove_release("made-up")
    assert releases.list_releases() == ()


def test_tables_of_another_shape_are_refused(store: Path) -> None:
    with pytest.raises(ValueError, match="columns differ"):
        releases.write_release(manifest(), roll_calls(3).drop("title"), votes(3))
    with pytest.raises(ValueError, match="past the 2 roll calls"):
        releases.write_release(manifest(), roll_calls(2), votes(3))
    assert not store.exists()


def test_what_a_killed_writer_left_is_swept(store: Path) -> None:
    write()
    kept = files(store)
    folder = store / "releases" / "unga"
    (folder / "half").mkdir()
    (folder / "half" / f"votes-{'0' * 16}.parquet").write_bytes(b"half")
    (folder / "made-up" / ".tmp-1-2").write_bytes(b"half")
    (folder / "made-up" / f"roll_calls-{'0' * 16}.parquet").write_bytes(b"half")
    assert [m.release for m in releases.list_releases()] == ["made-up"]
    write()
    assert files(store) == kept
    assert not (folder / "half").exists()


def test_a_writer_does_not_wait_for_ever(store: Path) -> None:
    store.mkdir()
    lock = store / ".lock"
    with write_lock(lock), pytest.raises(StoreError, match="Another process"), write_lock(lock, wait=0.05):
        pass
    with write_lock(lock, wait=0):
        pass


def test_a_manifest_survives_json() -> None:
    made = manifest(doi="doi:10.1/X", version="31.0")
    assert Manifest.from_dict(json.loads(json.dumps(made.to_dict()))) == made
