"""Every command's help ends with an Example line, and the line runs."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from arms_files import keep_arms
from comity.cli.main import app
from comity.cli.sections import SECTIONS
from event_tables import keep_events, two_years
from small_store import PLAIN_CSV, POINTS_CSV, SCORES_CSV, VISITS_YAML, comity, fill
from trade_files import add_strands

# One asks a server, one is one and does not end, one tells each step: proved elsewhere (test_pull, tests/web,
# test_cli_events).
ELSEWHERE = {"data pull", "serve", "events build"}


def commands(group: Any, path: tuple[str, ...] = ()) -> dict[str, str]:
    """Every command below a group: its name as typed → its help."""
    found: dict[str, str] = {}
    for name, command in group.commands.items():
        below = (*path, name)
        if hasattr(command, "commands"):
            found |= commands(command, below)
        else:
            found[" ".join(below)] = command.help or ""
    return found


HELP = commands(get_command(app))
EXAMPLES = [
    (name, line) for name, text in HELP.items() for line in re.findall(r"^\s*Example: comity (.+)$", text, re.MULTILINE)
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(folder))
        fill()
        add_strands(tmp_path_factory.mktemp("tables"))
        keep_arms(folder)
        keep_events(folder / "events", two_years())
    return folder


def test_every_command_is_in_a_section_of_the_help() -> None:
    there = {name.split()[0] for name in HELP}
    placed = [name for names in SECTIONS.values() for name in names]
    assert len(placed) == len(set(placed))
    assert there <= set(placed)
    assert set(placed) <= there


def test_the_commands() -> None:
    assert set(HELP) == {
        "pair", "trend", "splits", "rank", "vote", "dossier", "cite", "export dyad-year",
        "replicate", "serve", "figure world",
        "arms", "figure arms", "balance", "figure balance",
        "audit", "claims new", "claims lint", "claims schema", "claims sign", "contradictions",
        "solve", "multiverse", "vintage", "figure multiverse",
        "measures", "atlas", "compare", "moved", "decompose", "blocs", "cohesion", "outliers", "situations", "shield",
        "family list", "family show",
        "trade", "money", "ties", "survey", "visit-counts",
        "figure periods", "figure years", "figure contrasts", "figure ranks",
        "figure paths", "figure distance", "figure map",
        "ideal fit", "ideal show", "ideal distance", "ideal compare", "ideal vote",
        "ledger list", "ledger show", "ledger check", "ledger add", "ledger schema",
        "timeline", "tiers", "visits", "access", "positions", "statements", "perceptions", "arguments", "predictions",
        "between", "figure timeline",
        "events build", "events show", "figure events",
        "data pull",
        "data add", "data list", "data check", "data diff", "data remove", "data build-starter",
    }  # fmt: skip


@pytest.mark.parametrize("name", HELP)
def test_every_command_says_what_it_does_and_shows_an_example_of_itself(name: str) -> None:
    first = HELP[name].strip().splitlines()[0]
    assert first.endswith(".")
    own = [line for command, line in EXAMPLES if command == name]
    assert own
    assert all(line == name or line.startswith(f"{name} ") for line in own)


@pytest.mark.parametrize(("name", "line"), [e for e in EXAMPLES if e[0] not in ELSEWHERE], ids=lambda value: value)
def test_the_example_runs(
    name: str,
    line: str,
    filled: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home, here = tmp_path / "home", tmp_path / "here"
    shutil.copytree(filled, home)
    here.mkdir()
    (here / "votes.csv").write_text(PLAIN_CSV, encoding="utf-8")
    (here / "Idealpoints.csv").write_text(POINTS_CSV, encoding="utf-8")
    (here / "AgreementScores.csv").write_text(SCORES_CSV, encoding="utf-8")
    (here / "visits.yaml").write_text(VISITS_YAML, encoding="utf-8")
    monkeypatch.setenv("COMITY_HOME", str(home))
    monkeypatch.chdir(here)
    ran = comity(shlex.split(line), capsys)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.strip()
    # A command that is told where to write says what it wrote, and nothing else appears.
    given = {"votes.csv", "visits.yaml", "AgreementScores.csv", "Idealpoints.csv"}
    written = {str(path.relative_to(here)) for path in here.rglob("*") if path.is_file()} - given
    named = {word.rstrip(",") for word in ran.out.split()}
    assert bool(written) == ("-o" in shlex.split(line) or line.startswith(("claims new", "replicate")))
    folders = set(re.findall(r"^Wrote \d+ files: (.+)$", ran.out, re.MULTILINE))
    told = {path for path in written if {path, str(here / path)} & named or path.split("/")[0] in folders}
    assert written == told
