"""Rows added to a user's ledger: checked, merged on top, nothing lost, nothing half written."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parents[1] / "strands"))

from ledger_files import row, tier, visit

from comity.errors import BadValue, StoreReadOnly, UsageError
from comity.ingest.ledger_check import check_folder
from comity.ingest.ledgers import add_rows
from comity.strands.ledgers.kinds import Event, Visit
from comity.study import ledgers


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def given(folder: Path, *rows: dict[str, Any], name: str = "new.yaml") -> Path:
    file = folder / name
    file.write_text(yaml.safe_dump(list(rows), sort_keys=False), encoding="utf-8")
    return file


def files(folder: Path) -> dict[str, str]:
    return {p.name: p.read_text("utf-8") for p in folder.rglob("*.yaml")} if folder.exists() else {}


def test_rows_are_added_and_merged_on_top(home: Path, tmp_path: Path) -> None:
    shipped = len(ledgers.rows(Visit))
    made = add_rows("visits", given(tmp_path, visit("own-1", "2001-01"), visit("own-2", "2002-02-03")))
    assert (made.added, made.replaced, made.file) == (("own-1", "own-2"), (), home / "ledgers" / "visits.yaml")
    assert len(ledgers.rows(Visit)) == shipped + 2
    assert {"own-1", "own-2"} <= {r.id for r in ledgers.rows(Visit)}
    assert ledgers.own_rows("visits") == 2
    assert check_folder().problems == ()


def test_comments_and_rows_of_the_user_stay(home: Path, tmp_path: Path) -> None:
    add_rows("events", given(tmp_path, row("own-1"), row("own-2")))
    own = home / "ledgers" / "events.yaml"
    own.write_text("# mine\n" + own.read_text("utf-8") + "# the last line\n", encoding="utf-8")
    add_rows("events", given(tmp_path, row("own-3")))
    text = own.read_text("utf-8")
    assert text.startswith("# mine\n") and "# the last line\n" in text
    assert [r["id"] for r in yaml.safe_load(text)] == ["own-1", "own-2", "own-3"]


def test_replacing_takes_the_place_of_one_row_and_of_no_other(home: Path, tmp_path: Path) -> None:
    add_rows("events", given(tmp_path, row("own-1"), row("own-2"), row("own-3")))
    own = home / "ledgers" / "events.yaml"
    own.write_text(own.read_text("utf-8").replace("- id: own-3", "# of the third\n- id: own-3"), encoding="utf-8")
    again = given(tmp_path, row("own-2", title="Another title"))
    before = own.read_text("utf-8")
    with pytest.raises(UsageError, match=r"has a row of that id.*own-2"):
        add_rows("events", again)
    assert own.read_text("utf-8") == before
    made = add_rows("events", again, replace=True)
    assert (made.added, made.replaced) == ((), ("own-2",))
    text = own.read_text("utf-8")
    assert [r["id"] for r in yaml.safe_load(text)] == ["own-1", "own-3", "own-2"]
    assert "# of the third\n" in text
    assert next(r for r in ledgers.rows(Event) if r.id == "own-2").title == "Another title"


def test_a_list_on_one_line_is_kept_whole_too(home: Path, tmp_path: Path) -> None:
    own = home / "ledgers" / "events.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(yaml.safe_dump([row("own-1"), row("own-2")], default_flow_style=True), encoding="utf-8")
    add_rows("events", given(tmp_path, row("own-2", date="1999"), row("own-4")), replace=True)
    found = {r["id"]: str(r["date"]) for r in yaml.safe_load(own.read_text("utf-8"))}
    assert found == {"own-1": "2001-03", "own-2": "1999", "own-4": "2001-03"}


def test_a_shipped_row_is_replaced_only_when_asked(home: Path, tmp_path: Path) -> None:
    shipped = ledgers.rows(Event)[0]
    mine = given(tmp_path, {**shipped.model_dump(mode="json"), "title": "As I have it"})
    with pytest.raises(UsageError, match="has a row of that id"):
        add_rows("events", mine)
    assert files(home) == {}
    add_rows("events", mine, replace=True)
    assert next(r for r in ledgers.rows(Event) if r.id == shipped.id).title == "As I have it"


@pytest.mark.parametrize(
    ("kind", "rows", "why"),
    [
        ("events", [row("own-1", date="1978-13")], "new.yaml, row 1 (own-1): date: no month"),
        ("events", [row("own-1"), row("own-1")], "new.yaml, row 2 (own-1): another row has this id"),
        ("events", [row("own-1"), row("own-2", "VNM,XXX")], "no such state: 'XXX'"),
        ("events", [row("own-1", sources=[])], "sources"),
        ("events", [], "The file holds no row"),
        ("tiers", [tier("own-1", "1901", "BRA"), tier("own-2", "1902", "BRA")], "though own-2 followed on 1902"),
        ("visits", [visit("own-1", "1998-01", person="Vladimir Putin", office="President")], "was President from"),
    ],
)
def test_a_bad_file_writes_nothing(kind: str, rows: list[dict[str, Any]], why: str, home: Path, tmp_path: Path) -> None:
    with pytest.raises(BadValue) as caught:
        add_rows(kind, given(tmp_path, *rows))
    assert why in str(caught.value) and "\n" not in str(caught.value)
    assert not home.exists() or list(home.rglob("*.yaml")) == []


def test_a_file_that_is_not_there_or_no_list(home: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        add_rows("events", tmp_path / "absent.yaml")
    (tmp_path / "map.yaml").write_text("id: x\n", encoding="utf-8")
    with pytest.raises(BadValue, match="a ledger is a list of rows"):
        add_rows("events", tmp_path / "map.yaml")
    with pytest.raises(UsageError, match="No such ledger"):
        add_rows("event", tmp_path / "map.yaml")
    assert not home.exists()


def test_a_damaged_ledger_of_the_user_is_left_as_it_is(home: Path, tmp_path: Path) -> None:
    own = home / "ledgers" / "events.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("- id: [\n", encoding="utf-8")
    with pytest.raises(BadValue, match=r"events\.yaml, the file"):
        add_rows("events", given(tmp_path, row("own-1")))
    assert own.read_text("utf-8") == "- id: [\n"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that its owner may not write")
def test_a_read_only_folder(home: Path, tmp_path: Path) -> None:
    (home / "ledgers").mkdir(parents=True)
    (home / "ledgers").chmod(0o500)
    with pytest.raises(StoreReadOnly):
        add_rows("events", given(tmp_path, row("own-1")))


def test_a_full_disk_leaves_the_ledger_as_it_was(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_rows("events", given(tmp_path, row("own-1")))
    before = files(home)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Exception, match="No space is left"):
        add_rows("events", given(tmp_path, row("own-2")))
    monkeypatch.undo()
    monkeypatch.setenv("COMITY_HOME", str(home))
    assert files(home) == before


def test_the_check_names_files_that_no_ledger_reads(tmp_path: Path) -> None:
    (tmp_path / "treatys.yaml").write_text("[]", encoding="utf-8")
    (found,) = check_folder(tmp_path).problems
    assert str(found).startswith("treatys.yaml, the file: its name is no ledger's")
    with pytest.raises(BadValue, match="Problems found in the ledgers: 1"):
        check_folder(tmp_path).refuse()
    with pytest.raises(UsageError, match="No such folder"):
        check_folder(tmp_path / "absent")
