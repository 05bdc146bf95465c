"""The run of all benchmarks, with small scripts in place of the real ones."""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from suite import clock, machine
from suite.__main__ import main, outcome, placeless, takes_long
from suite.kept import KEPT, read
from suite.result import Spread
from suite.words import duration, number, pace, time

SCRIPTS = KEPT.parent
GOOD = '''
"""How long nothing takes.

More words.
"""
import argparse, sys
sys.path.append({suite!r})
from suite.clock import apart, spread
from suite.result import Point, Result, Setting, Skip, Skipped
from suite.script import script


def options(parser):
    parser.add_argument("--times", type=int, default=3)


def measure(given):
    yield Setting({{"times": given.times}})
    point = Point(**apart("--point", "one=2"))
    yield Result("nothing", "a call", spread(int, given.times), growth=(point,), by="calls")
    yield Skipped("a part", "for want of data")
    raise Skip("no more data")


script(__doc__, measure, options, {{"one": lambda size: {{"size": float(size), "seconds": 0.5}}}})
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.py").write_text(GOOD.format(suite=str(SCRIPTS)))
    return tmp_path


def add(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.py").write_text(dedent(text))


def test_a_run_goes_on_after_a_script_that_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(folder, "afails", "import sys\nprint('{}')\nsys.exit('no /some/where/file.csv')")
    add(folder, "crashes", "raise ValueError('of no use')")
    add(folder, "mute", "")
    (folder / "parted.py").write_text((folder / "good.py").read_text().replace("float(size)", "int('two')"))
    add(folder, "babbles", "print('done')")
    assert main(["--keep"], folder) == 1
    shown = capsys.readouterr().out
    run = read(folder / "last.json")
    assert {r.benchmark: r.failed for r in run.ran} == {
        "afails": "exit code 1: no …/file.csv",
        "babbles": "babbles printed no report: Invalid JSON: expected value at line 1 column 1",
        "crashes": "exit code 1: ValueError: of no use",
        "good": "",
        "mute": "exit code 0: nothing was printed",
        "parted": "exit code 1: ValueError: invalid literal for int() with base 10: 'two' (--point one=2)",
    }
    assert [f.name for f in (folder / "kept").iterdir()] == ["good.json"]
    assert "failed:\n  afails, the script: exit code 1" in shown and "kept: good;" in shown


def test_a_good_script_is_kept_compared_and_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--keep", "good"], folder) == 0
    assert "new:\n  good, the whole benchmark" in capsys.readouterr().out
    kept = read(folder / "kept" / "good.json")
    report = kept.ran[0].report
    assert report is not None and report.about == "How long nothing takes." and report.setting == {"times": 3}
    assert [(s.what, s.why) for s in report.skipped] == [
        ("a part", "for want of data"),
        ("what follows", "no more data"),
    ]
    assert [(p.size, p.seconds) for p in report.results[0].growth] == [(2.0, 0.5)]
    assert main([], folder) == 0
    shown = capsys.readouterr().out
    assert "skipped:\n  good, a part: for want of data" in shown and "; kept " in shown and "new:" not in shown


def test_a_long_benchmark_runs_when_named_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (folder / "good.py").read_text()
    (folder / "slow.py").write_text(text.replace("\ndef options", '\nLONG = "a day"\ndef options', 1))
    assert main([], folder) == 0
    assert "slow: not run, it takes a day; never kept. Run it with: just bench slow" in capsys.readouterr().out
    assert [r.benchmark for r in read(folder / "last.json").ran] == ["good"]
    assert main(["slow", "--keep"], folder) == 0
    assert main([], folder) == 0
    assert f"last kept on {read(folder / 'kept' / 'slow.json').date}" in capsys.readouterr().out


def test_a_bad_kept_file_does_not_stop_a_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "kept").mkdir()
    (folder / "kept" / "good.json").write_text("{")
    assert main([], folder) == 0
    assert "good.json holds no run: Invalid JSON" in capsys.readouterr().out


def test_an_unknown_name_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["god"], folder)
    assert ended.value.code == 2 and "no benchmark god. Use some of: good" in capsys.readouterr().err


def test_a_script_alone_speaks_to_people(folder: Path) -> None:
    command = [sys.executable, str(folder / "good.py"), "--times", "1"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert shown.startswith("How long nothing takes.\n  times: 1\n") and "(1 run)" in shown
    assert "2 calls  0.5 s" in shown and shown.rstrip().endswith("skipped: what follows: no more data")


@pytest.mark.parametrize("script", sorted(SCRIPTS.glob("*.py")), ids=lambda p: p.stem)
def test_every_script_has_the_shape(script: Path, tmp_path: Path) -> None:
    """It opens with one paragraph that the page shows, and takes --json; nothing is measured here."""
    done = subprocess.run([sys.executable, str(script), "--help"], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0 and "--json" in done.stdout, done.stderr
    about = re.search(r'^"""(.+?)\n\n', script.read_text(), re.S)
    assert about and f"python benchmarks/{script.name} " in done.stdout
    assert isinstance(takes_long(script), str)


def test_the_machine_has_no_name_and_no_place() -> None:
    told = json.dumps([vars_of(machine.machine()), machine.versions()])
    assert platform.node() not in told and str(Path.home()) not in told
    assert machine.machine().cores >= 1 and {"python", "comity", "polars", "duckdb", "numpy", "commit"} <= set(
        machine.versions()
    )


def vars_of(m: machine.Machine) -> list[object]:
    return [m.cores, m.memory_gb, m.processor, m.system]


def test_messages_lose_their_folders() -> None:
    assert placeless("No such file: '/a/b-c/d.csv' or C:\\x\\y\\z.txt") == "No such file: '…/d.csv' or …/z.txt"
    failed = subprocess.CompletedProcess([], 3, "", "a\nlast word\n")
    assert outcome("x", failed) == (None, "exit code 3: last word")


def test_numbers_and_times_in_words() -> None:
    assert [number(v) for v in (0.01234, 12.34, 1234.5, 3.0, True, "so")] == [
        "0.0123",
        "12.3",
        "1,234",
        "3",
        "yes",
        "so",
    ]
    assert [time(s) for s in (0, 2e-5, 0.0171, 1.84, 200)] == ["0 µs", "20 µs", "17.1 ms", "1.84 s", "200 s"]
    assert duration(Spread(0.017, 0.0151, 0.0212, 9)) == "17 ms (15.1–21.2, 9 runs)"
    assert [pace(r, "a join") for r in (20, 0.25)] == ["20 times as fast as a join", "takes 4 times as long as a join"]


def test_the_median_of_times() -> None:
    assert clock.spread_of([3, 1, 2]) == Spread(2, 1, 3, 3)
