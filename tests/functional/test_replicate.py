"""A replication folder gives the same bytes elsewhere, and says what of it does not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from comity.ingest.add import add_files
from comity.model.clock import epoch, stopped, today
from comity.report.replicate.check import rebuild
from comity.report.replicate.record import NAME
from comity.report.replicate.stores import hash_of
from comity.report.replicate.write import SUMS
from comity.store.releases import list_releases, remove_release
from small_store import comity, fill

Captured = pytest.CaptureFixture[str]
ELSEWHERE = {"PYTHONHASHSEED": "77", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "POLARS_MAX_THREADS": "1"}


def votes_file(folder: Path) -> Path:
    """A table of one's own: four states, 20 years, six votes a year, some without a symbol."""
    lines = ["symbol,date,title,iso3,vote"]
    for year in range(1995, 2015):
        for k in range(6):
            symbol = f"A/RES/{year - 1945}/{k}"
            for s, state in enumerate(("VNM", "RUS", "USA", "CHN")):
                lines.append(
                    f"{symbol},{year}-12-{k + 1:02},Question {k},{state},{'YYANX'[(year * 7 + k * 3 + s * s) % 5]}"
                )
    file = folder / "my votes.csv"
    file.write_text("\n".join(lines) + "\n")
    return file


def elsewhere(command: list[str], home: Path, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """A command as on another machine: another store, folder, language, time zone, number of threads, hash seed."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    env = {**kept, **ELSEWHERE, "COMITY_HOME": str(home), "HOME": str(cwd), **more}
    return subprocess.run(command, env=env, cwd=cwd, capture_output=True, text=True, timeout=300, check=False)


def as_comity(*words: str) -> list[str]:
    return [sys.executable, "-c", "from comity.cli.main import run; run()", *words]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "home"
    monkeypatch.setenv("COMITY_HOME", str(place))
    return place


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder that rests on one file, written on a day that has passed, and that file."""
    place = tmp_path_factory.mktemp("own")
    file = votes_file(place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(place / "home"))
        patch.setenv("SOURCE_DATE_EPOCH", "1790000000")
        patch.setattr("sys.argv", ["comity", "replicate", str(place / "folder"), "VNM", "Russia", "--issue", "all"])
        from comity.cli.main import run

        add_files([file], label="my-votes")
        with pytest.raises(SystemExit) as end:
            run()
        assert not end.value.code
    return place / "folder", file


@pytest.fixture
def folder(own: tuple[Path, Path], home: Path, tmp_path: Path) -> Path:
    """A copy of it, with the file in a store under another label."""
    add_files([own[1]], label="another-name")
    return Path(shutil.copytree(own[0], tmp_path / "folder"))


def rewritten(folder: Path, change: dict[str, object]) -> None:
    """The record changed, and the list of hashes with it, as by somebody who wants it to hold."""
    record = json.loads((folder / NAME).read_text("utf-8")) | change
    (folder / NAME).write_text(json.dumps(record), "utf-8")
    lines = [line for line in (folder / SUMS).read_text("utf-8").splitlines() if not line.endswith(f"  {NAME}")]
    lines.append(f"{hash_of((folder / NAME).read_bytes())}  {NAME}")
    (folder / SUMS).write_text("\n".join(lines) + "\n", "utf-8")


def test_the_same_bytes_elsewhere_on_another_day(own: tuple[Path, Path], tmp_path: Path) -> None:
    moved = shutil.copytree(own[0], tmp_path / "deposit" / "x")
    file = shutil.copy(own[1], tmp_path / "renamed.csv")
    home, cwd = tmp_path / "store", tmp_path / "deposit"
    added = elsewhere(as_comity("data", "add", "--label", "other", str(file)), home, cwd)
    assert added.returncode == 0, added.stderr
    ran = elsewhere(as_comity("replicate", "x", "--format", "json", "-o", "kept"), home, cwd)
    assert ran.returncode == 0, ran.stderr + ran.stdout
    told = json.loads(ran.stdout)
    assert told["same"] and told["answered"] == "2026-09-21" and told["numbers"] > 300
    names = {f["name"] for f in told["files"]}
    for name in ("dossier.html", "dossier.md", "dossier.json", "figures/years.svg", "tables/pair.csv"):
        assert f"expected/{name}" in names
    assert {"numbers.csv", "roll-calls.csv", "README.md", "rebuild.py"} <= names
    everything = b"".join(p.read_bytes() for p in moved.rglob("*") if p.is_file())
    assert str(own[0].parent).encode() not in everything


def test_the_scripts_give_the_same_bytes(own: tuple[Path, Path], tmp_path: Path) -> None:
    shutil.copytree(own[0], tmp_path / "folder")
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    for name, rest in (("python", '"$@"'), ("comity", "-c 'from comity.cli.main import run; run()' \"$@\"")):
        (bin_ / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {rest}\n')
        (bin_ / name).chmod(0o755)
    path = f"{bin_}{os.pathsep}{os.environ['PATH']}"
    ran = elsewhere(["sh", "folder/rebuild.sh", str(own[1].parent)], tmp_path / "none", tmp_path, PATH=path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "DIFFERENT" not in ran.stdout and ran.stdout.count("equal ") > 10
    # what the scripts wrote is no fault of the folder
    ran = elsewhere(as_comity("replicate", "folder"), tmp_path / "folder" / "rebuilt" / "store", tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_starter_data(home: Path, tmp_path: Path, capsys: Captured) -> None:
    with stopped(today()):
        wrote = comity(["replicate", str(tmp_path / "s"), "VNM", "RUS", "--periods", "1992-1999,2000-2020"], capsys)
    assert wrote.code == 0 and "starter data" in wrote.out
    ran = elsewhere(as_comity("replicate", "s"), tmp_path / "none", tmp_path, SOURCE_DATE_EPOCH="0")
    assert ran.returncode == 0 and "Everything is the same" in ran.stdout, ran.stdout + ran.stderr
    rows = (tmp_path / "s" / "numbers.csv").read_text("utf-8").splitlines()
    assert any(r.startswith("lead/hr/VNM-RUS/2000-2020/same/of_all,0.75,345,460,") for r in rows)
    record = json.loads((tmp_path / "s" / NAME).read_text("utf-8"))
    assert record["starter"] and not record["releases"] and not (tmp_path / "s" / "roll-calls.csv").exists()
    assert "comity==" in (tmp_path / "s" / "requirements.txt").read_text("utf-8") and record["packages"]["polars"]


def test_lent_fields_are_those_of_the_releases_recorded(home: Path, tmp_path: Path) -> None:
    """Another release in the store, or one under another label, lends nothing to what is rebuilt."""
    fill()
    assert comity_writes(tmp_path / "f")
    labels = [m.release for m in list_releases()]
    add_files([votes_file(tmp_path)], label="zz-later")
    assert len(list_releases()) == len(labels) + 1
    done = rebuild(tmp_path / "f")
    assert done.same, (done.faults, done.moved, [f.name for f in done.files if not f.same])


def comity_writes(folder: Path) -> bool:
    from comity.model.reading import Reading
    from comity.report.replicate.write import write_folder

    return bool(write_folder(folder, "VNM", "RUS", reading=Reading(issue="hr"), formats=("md", "json")).releases)


def test_each_change_of_a_folder_is_told_in_a_line(folder: Path, capsys: Captured) -> None:
    table = folder / "numbers.csv"
    lines = table.read_text("utf-8").splitlines(keepends=True)
    cells = lines[1].split(",")
    changed = ",".join([cells[0], "0.99", *cells[2:]])
    table.write_text("".join([lines[0], changed, *lines[2:]]), "utf-8")
    (folder / "expected" / "tables" / "pair.csv").unlink()
    (folder / "notes.txt").write_text("mine")
    (folder / "secret").symlink_to("/etc/hostname")
    ran = comity(["replicate", str(folder)], capsys)
    assert ran.code == 70 and "Traceback" not in ran.err and ran.err.count("\n") == 1
    for line in (
        "note: numbers.csv was changed after the folder was written",
        "note: expected/tables/pair.csv is missing from the folder",
        "note: notes.txt is not part of the folder",
        "note: secret is not part of the folder",
    ):
        assert line in ran.out
    assert f"{cells[0]}: 0.99 ({cells[2]} of {cells[3]}) -> {cells[1]} ({cells[2]} of {cells[3]})" in ran.out
    assert "numbers equal" in ran.out and "Everything is the same" not in ran.out


def test_another_answer_is_told_number_by_number(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    record = json.loads((folder / NAME).read_text("utf-8"))
    rewritten(folder, {"question": record["question"] | {"periods": "1996-2000"}})
    ran = comity(["replicate", str(folder), "-o", str(tmp_path / "kept"), "--format", "json"], capsys)
    told = json.loads(ran.out)
    assert ran.code == 70 and not told["same"] and not told["folder_faults"]
    moved = {m["name"]: m for m in told["numbers_that_differ"]}
    gone, new = (next(m for m in moved.values() if m[side] == "none") for side in ("new", "old"))
    assert gone["old"] != "none" and new["new"] != "none"
    assert (tmp_path / "kept" / "expected" / "dossier.md").is_file()


def test_another_version_is_told(folder: Path, capsys: Captured) -> None:
    rewritten(folder, {"comity": "0.0.9", "python": "3.10.1", "packages": {"polars": "1.0"}})
    ran = comity(["replicate", str(folder)], capsys)
    assert "note: Comity is 0.1.0 here, was 0.0.9" in ran.out and "note: polars is " in ran.out
    assert ran.code == 70  # the scripts and the lock follow from the record
    assert "different  README.md" in ran.out and "equal      expected/dossier.json" in ran.out


def test_a_source_that_is_not_here_is_named_with_its_file(folder: Path, capsys: Captured) -> None:
    remove_release("another-name")
    ran = comity(["replicate", str(folder)], capsys)
    assert ran.code == 16 and "my-votes" in ran.err and "my votes.csv" in ran.err and "comity data add FILE" in ran.err
    record = json.loads((folder / NAME).read_text("utf-8"))
    assert record["releases"][0]["sha256"] in ran.err


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (SUMS, f"{'0' * 64}  ../../etc/passwd\n", "leads out of the folder"),
        (SUMS, f"{'0' * 64}  /etc/passwd\n", "leads out of the folder"),
        (SUMS, f"{'0' * 64}  C:\\x\n", "leads out of the folder"),
        (SUMS, "what\n", "not a list of sha256"),
        (NAME, "[" * 200_000, "cannot be read"),
        (NAME, '{"format": 1}', "is not a record"),
        (NAME, '{"a": ' + "9" * 10_000 + "}", "cannot be read"),
        (NAME, "0" * 5_000_000, "too large"),
        (NAME, "\xff", "cannot be read"),
    ],
)
def test_a_folder_that_is_none(folder: Path, capsys: Captured, name: str, content: str, told: str) -> None:
    (folder / name).write_bytes(content.encode("latin-1"))
    ran = comity(["replicate", str(folder)], capsys)
    assert ran.code == 33 and told in ran.err and ran.err.count("\n") == 1 and len(ran.err) < 600


@pytest.mark.parametrize(
    "label", ["../../x", "..", "/tmp/x"]
)  # a release's label becomes a folder, a file of one's own goes into it
def test_a_record_cannot_write_outside_its_store(folder: Path, capsys: Captured, label: str) -> None:
    record = json.loads((folder / NAME).read_text("utf-8"))
    rewritten(folder, {"releases": [record["releases"][0] | {"release": label}]})
    assert comity(["replicate", str(folder)], capsys).code == 33
    entry = {"name": f"ledgers/{label}", "bytes": 1, "sha256": "0" * 64}
    rewritten(folder, {"releases": record["releases"], "own": [entry]})
    assert comity(["replicate", str(folder)], capsys).code == 33


def test_a_ledger_that_refers_to_itself_is_refused(folder: Path, capsys: Captured) -> None:
    bomb = b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    (folder / "own" / "ledgers").mkdir(parents=True)
    (folder / "own" / "ledgers" / "visits.yaml").write_bytes(bomb)
    rewritten(folder, {"own": [{"name": "ledgers/visits.yaml", "bytes": len(bomb), "sha256": hash_of(bomb)}]})
    ran = comity(["replicate", str(folder)], capsys)
    assert ran.code == 33 and "aliases" in ran.err


def test_questions_that_are_malformed(folder: Path, home: Path, tmp_path: Path, capsys: Captured) -> None:
    assert comity(["replicate", str(tmp_path / "none")], capsys).code == 2
    assert comity(["replicate", str(folder), "VNM", "RUS"], capsys).code == 2  # it holds something
    assert comity(["replicate", str(folder), "--issue", "all"], capsys).code == 2
    assert comity(["replicate", str(tmp_path / "n"), "VNM", "Rusia"], capsys).code == 10
    assert comity(["replicate", str(tmp_path / "n"), "VNM", "RUS", "--files", "doc"], capsys).code == 2
    assert not (tmp_path / "n").exists()


def test_one_s_own_ledger_travels(home: Path, tmp_path: Path, own: tuple[Path, Path]) -> None:
    from small_store import VISITS_YAML

    add_files([own[1]], label="my-votes")
    (home / "ledgers").mkdir(parents=True)
    (home / "ledgers" / "visits.yaml").write_text(VISITS_YAML)
    from comity.model.reading import Reading
    from comity.report.replicate.write import write_folder

    write_folder(tmp_path / "f", "VNM", "RUS", reading=Reading(issue="all", release="my-votes"), formats=("json",))
    assert "an-own-visit" in (tmp_path / "f" / "expected" / "dossier.json").read_text("utf-8")
    (home / "ledgers" / "visits.yaml").unlink()
    assert rebuild(tmp_path / "f").same


def test_votes_are_repeated_only_where_the_licence_says_so(own: tuple[Path, Path]) -> None:
    # a table of one's own records no licence
    head = (own[0] / "roll-calls.csv").read_text("utf-8").splitlines()
    assert head[0] == "roll_call,symbol,symbol_from,date,session,period,counted_in,left_out"
    assert len(head) == 121 and ",A/RES/50/0,,1995-12-01,50,1995-2004,all," in head[1]
    assert "names roll calls without votes" in (own[0] / "README.md").read_text("utf-8")


def test_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date

    from comity.errors import UsageError

    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(epoch(date(2001, 2, 3)) + 86_399))
    assert today() == date(2001, 2, 3)
    with stopped(date(1999, 1, 1)):
        assert today() == date(1999, 1, 1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        today()
