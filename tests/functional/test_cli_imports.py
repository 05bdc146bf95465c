"""What a command loads: a short question must not wait for the libraries of another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from small_store import fill

HEAVY = {"altair", "duckdb", "httpx", "jinja2", "pandas", "polars", "pyarrow", "pyreadr", "pyreadstat", "scipy",
         "vl_convert", "pydantic", "numpy", "rich"}  # fmt: skip
# What a question needs: counting in numpy, frames in polars, the terminal's table in rich; DuckDB reads a store; typer
# reads the arguments with pydantic.
NEEDED = {"numpy", "polars", "pydantic", "rich"}

_WRAP = """
import atexit, json, sys
sys.argv = ["comity", *{command}]
atexit.register(lambda: print("LOADED" + json.dumps(sorted(sys.modules)), file=sys.stderr))
from comity.cli.main import run
run()
"""


def loaded(command: list[str], home: Path) -> tuple[set[str], str]:
    """The modules that a command loads in a process of its own, and what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", _WRAP.format(command=command)],
        env=os.environ | {"COMITY_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stderr.partition("LOADED")[2])), done.stdout


def heavy(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules} & HEAVY


def test_pair_from_a_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    fill()
    modules, printed = loaded(["pair", "VNM", "RUS", "--issue", "hr", "--vs", "USA"], tmp_path)
    assert "Viet Nam" in printed
    # By name, the issue's own list: these would each cost a tenth of a second or more.
    assert not {"scipy.stats", "altair", "pandas", "pyarrow", "jinja2", "httpx"} & modules
    assert heavy(modules) == NEEDED | {"duckdb"}


def test_pair_from_the_starter(tmp_path: Path) -> None:
    modules, printed = loaded(["pair", "VNM", "RUS", "--issue", "hr"], tmp_path / "none")
    assert "Viet Nam" in printed
    assert heavy(modules) == NEEDED


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    modules, printed = loaded(["--help"], tmp_path / "none")
    assert "pair" in printed
    assert heavy(modules) == set()
