"""What is worked out from a release is kept with it, told when it is not what it was, and never in the way."""

import json
from pathlib import Path

import polars as pl
import pytest

from comity.store import derived as kept
from comity.store import releases
from comity.store.derived import Derived, hash_of, keep_derived, read_derived
from comity.store.home import home
from comity.store.lock import write_lock
from synthetic_release import write

MADE = Derived(
    {"places": pl.DataFrame({"state": ["ARG", "BRA"], "rows": [[1, 2], []], "value": [0.1, None]})}, {"seed": 7}
)
INPUTS = hash_of(b"votes", b"code")


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))
    write()
    return tmp_path / "home"


def folder(kind: str = "places") -> Path:
    return home() / "releases" / "unga" / "made-up" / "derived" / kind


def test_what_is_kept_is_read_back_for_the_same_inputs_only() -> None:
    assert read_derived("made-up", "places", INPUTS) is None
    assert keep_derived("made-up", "places", INPUTS, MADE) is True
    found = read_derived("made-up", "places", INPUTS)
    assert found is not None
    assert found.tables["places"].equals(MADE.tables["places"])
    assert found.tables["places"].schema == MADE.tables["places"].schema
    assert found.info == {"seed": 7}
    assert read_derived("made-up", "places", hash_of(b"votes", b"other code")) is None
    assert read_derived("made-up", "blocs", INPUTS) is None
    assert read_derived("another", "places", INPUTS) is None


def test_inputs_are_told_apart_from_their_neighbours() -> None:
    made = {hash_of(b"ab", b"c"), hash_of(b"a", b"bc"), hash_of(b"abc"), hash_of(b"abc", b"")}
    assert len(made) == 4


def test_the_next_takes_the_place_of_the_last_and_sweeps() -> None:
    keep_derived("made-up", "places", INPUTS, MADE)
    (folder() / ".tmp-1-dead").write_bytes(b"half")
    other = Derived({"places": MADE.tables["places"].head(1)})
    assert keep_derived("made-up", "places", "ff", other) is True
    assert read_derived("made-up", "places", INPUTS) is None
    again = read_derived("made-up", "places", "ff")
    assert again is not None and again.tables["places"].height == 1
    assert len(list(folder().iterdir())) == 2


def damage_index(text: str) -> None:
    (folder() / kept.INDEX).write_text(text)


def damage_table(content: bytes | None) -> None:
    (table,) = folder().glob("*.parquet")
    if content is None:
        table.unlink()
    else:
        table.write_bytes(content)


@pytest.mark.parametrize("damage", ["", "[]", "{}", "null", '{"format": 99}', '{"format": 1, "inputs": 3}'])
def test_a_damaged_index_is_not_there(damage: str) -> None:
    keep_derived("made-up", "places", INPUTS, MADE)
    damage_index(damage)
    assert read_derived("made-up", "places", INPUTS) is None
    assert keep_derived("made-up", "places", INPUTS, MADE) is True
    assert read_derived("made-up", "places", INPUTS) is not None


@pytest.mark.parametrize("tables", [[], {"places": 3}, {"places": {"file": "x"}}, {"places": {"file": "."}}])
def test_an_index_that_names_nonsense_is_not_there(tables: object) -> None:
    keep_derived("made-up", "places", INPUTS, MADE)
    damage_index(json.dumps({"format": kept.FORMAT, "inputs": INPUTS, "info": {}, "tables": tables}))
    assert read_derived("made-up", "places", INPUTS) is None


@pytest.mark.parametrize("content", [b"", b"PAR1 but not really", None])
def test_a_damaged_table_is_not_there(content: bytes | None) -> None:
    keep_derived("made-up", "places", INPUTS, MADE)
    damage_table(content)
    assert read_derived("made-up", "places", INPUTS) is None
    assert keep_derived("made-up", "places", INPUTS, MADE) is True
    assert read_derived("made-up", "places", INPUTS) is not None


def test_it_goes_with_its_release() -> None:
    keep_derived("made-up", "places", INPUTS, MADE)
    releases.remove_release("made-up")
    assert not folder().parents[1].exists()
    assert keep_derived("made-up", "places", INPUTS, MADE) is False
    assert not folder().parents[1].exists(), "a release that is gone does not come back as a folder"


def test_what_a_killed_removal_left_is_swept_by_the_next_write() -> None:
    keep_derived("made-up", "places", INPUTS, MADE)
    (folder().parents[1] / "manifest.json").unlink()
    write("other", sha256="cd" * 32)
    assert not folder().parents[1].exists()


def test_a_release_written_anew_keeps_it_until_its_inputs_differ() -> None:
    keep_derived("made-up", "places", INPUTS, MADE)
    assert write(count=31, adapter_version=2) is True
    assert read_derived("made-up", "places", INPUTS) is not None


def test_a_store_that_is_being_written_is_not_waited_for(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_WAIT", 0.01)
    with write_lock(store / ".lock"):
        assert keep_derived("made-up", "places", INPUTS, MADE) is False
    assert not folder().exists()


def test_a_disk_that_refuses_keeps_what_was_there(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_derived("made-up", "places", INPUTS, MADE)
    before = {p: p.read_bytes() for p in folder().iterdir()}
    write_whole = kept.write_whole

    def full(path: Path, content: bytes) -> None:
        if path.name == kept.INDEX:
            raise OSError(28, "No space left on device")
        write_whole(path, content)

    monkeypatch.setattr(kept, "write_whole", full)
    other = Derived({"places": MADE.tables["places"].head(1)})
    assert keep_derived("made-up", "places", "ff", other) is False
    assert {p: p.read_bytes() for p in folder().iterdir()} == before
    assert keep_derived("made-up", "blocs", "ff", other) is False
    assert not folder("blocs").exists()
