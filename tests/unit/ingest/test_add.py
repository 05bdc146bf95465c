"""Files become releases; the same files again change nothing."""

import random
from pathlib import Path

import pytest

from comity.errors import BadValue, ComityError, StoreDamaged, UnknownRelease, UsageError
from comity.ingest import lend
from comity.ingest.add import Provenance, add_files, remove
from comity.store.releases import get, list_releases, read_roll_calls, read_votes

STATES = ("USA", "RUS", "CHN", "FRA", "GBR", "VNM", "BRA", "IND", "ZAF", "EGY", "MEX", "NOR")
HEADER = "symbol,date,title,iso3,vote"


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))


def table(path: Path, count: int = 4, *, shift: int = 0, extra: str = "", symbol: str = "A/RES/70/{}") -> Path:
    rng = random.Random(shift)
    rows = [
        f"{symbol.format(i)},2015-12-{i + 1:02},Text {i},{state},{rng.choice('YAN')}"
        for i in range(count)
        for state in STATES
    ]
    path.write_text("\n".join([HEADER, *rows, *([extra] if extra else [])]) + "\n")
    return path


def folder_bytes(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_file_becomes_a_release(tmp_path):
    steps: list[str] = []
    added = add_files([table(tmp_path / "mine.csv")], label="mine", progress=steps.append)
    assert (added.new, added.manifest.release, added.manifest.roll_calls) == (True, "mine", 4)
    assert steps == ["recognising", "reading", "resolving states", "lending", "writing", "comparing"]
    assert get("mine").votes == read_votes("mine").height == 48
    calls = read_roll_calls("mine")
    assert calls["session"].to_list() == [70] * 4
    assert calls["session_from"].to_list() == ["inferred"] * 4
    assert added.to_dict()["release"] == "mine"


def test_adding_twice_changes_nothing(tmp_path):
    file = table(tmp_path / "mine.csv")
    first = add_files([file], label="mine")
    before = folder_bytes(tmp_path / "home")
    again = add_files([file], label="another-label")
    assert (again.new, again.manifest.release, again.manifest.sha256) == (False, "mine", first.manifest.sha256)
    assert folder_bytes(tmp_path / "home") == before


def test_a_label_in_use_is_refused(tmp_path):
    add_files([table(tmp_path / "a.csv")], label="mine")
    with pytest.raises(UsageError, match="label"):
        add_files([table(tmp_path / "b.csv", shift=1)], label="mine")


@pytest.mark.parametrize("extra", ["A/RES/70/0,2015-12-01,Text 0,QQQ,Y", "A/RES/70/0,2015-12-01,Text 0,NOR,7"])
def test_a_bad_file_writes_nothing(tmp_path, extra):
    with pytest.raises(BadValue):
        add_files([table(tmp_path / "bad.csv", extra=extra)], label="bad")
    assert list_releases() == ()
    assert folder_bytes(tmp_path / "home") == {}


def test_the_record_it_came_from_is_kept(tmp_path):
    given = Provenance(
        doi="10.0000/x", version="3.0", licence="CC0", citation="Someone", link="https://doi.org/10.0000/x"
    )
    manifest = add_files([table(tmp_path / "mine.csv")], label="mine", provenance=given).manifest
    assert (manifest.doi, manifest.version, manifest.licence, manifest.citation) == (
        "10.0000/x",
        "3.0",
        "CC0",
        "Someone",
    )


def test_a_removed_release_lends_no_more(tmp_path):
    add_files([table(tmp_path / "mine.csv", symbol="")], label="mine")
    assert read_roll_calls("mine")["symbol"].null_count() == 4
    other = add_files([table(tmp_path / "other.csv")], label="other")
    assert other.relent == ("mine",)
    assert read_roll_calls("mine")["symbol_from"].to_list() == ["other"] * 4
    assert remove("other") == ("mine",)
    assert read_roll_calls("mine")["symbol"].null_count() == 4
    assert [m.release for m in list_releases()] == ["mine"]


def test_removing_what_is_not_there(tmp_path):
    with pytest.raises(UnknownRelease):
        remove("nothing")
    add_files([table(tmp_path / "mine.csv")], label="mine")
    with pytest.raises(ComityError):
        remove("nothing")


def test_a_damaged_release_can_be_removed_and_added_again(tmp_path):
    file = table(tmp_path / "mine.csv")
    add_files([file], label="mine")
    add_files([table(tmp_path / "other.csv", shift=1)], label="other")
    for path in (tmp_path / "home").rglob("mine/*.parquet"):
        path.write_bytes(b"not a table")
    with pytest.raises(StoreDamaged, match="data remove mine"):
        read_votes("mine")
    remove("mine")
    assert add_files([file], label="mine").new
    assert read_votes("mine").height == 48


def test_a_lending_that_was_cut_short_is_made_up_for_by_adding_again(tmp_path, monkeypatch):
    add_files([table(tmp_path / "mine.csv", symbol="")], label="mine")
    other = table(tmp_path / "other.csv")
    with monkeypatch.context() as patch:
        patch.setattr("comity.ingest.add.relend", lambda: ())  # as if killed between the two writes
        add_files([other], label="other")
    assert read_roll_calls("mine")["symbol"].null_count() == 4
    again = add_files([other])
    assert (again.new, again.relent) == (False, ("mine",))
    assert read_roll_calls("mine")["symbol"].null_count() == 0


def test_a_release_added_by_another_process_meanwhile_lends_too(tmp_path, monkeypatch):
    add_files([table(tmp_path / "mine.csv", symbol="")], label="mine")
    other, rewrite, calls = table(tmp_path / "other.csv"), lend._rewrite, []

    def late(held):
        calls.append(len(held))
        done = rewrite(held)
        if len(calls) == 1:
            with monkeypatch.context() as patch:
                patch.setattr("comity.ingest.add.relend", lambda: ())
                add_files([other], label="other")
        return done

    monkeypatch.setattr(lend, "_rewrite", late)
    assert lend.relend() == ("mine",)
    assert calls == [1, 2]
    assert read_roll_calls("mine")["symbol"].null_count() == 0
