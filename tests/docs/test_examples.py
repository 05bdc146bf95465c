"""What README and docs show is what Comity prints: commands, outputs, Python, and the figures in the prose."""

from __future__ import annotations

import doctest
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

import comity
import paste
from comity.cli.main import app
from comity.model.counts import CATEGORIES, Counts

ROOT = paste.ROOT
PAGES = paste.pages()
PERIODS = "1992-1999,2000-2020"


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def console_blocks() -> Iterator[object]:
    for page in PAGES:
        for number, block in enumerate(paste.blocks(page.read_text("utf-8"))):
            yield pytest.param(block, id=f"{named(page)}-{number}")


@pytest.mark.parametrize("block", list(console_blocks()))
def test_a_pasted_output_is_the_real_one(block: re.Match[str], tmp_path: Path) -> None:
    code, real = paste.run(block["command"], tmp_path)
    assert code == 0, real
    pasted = block["output"].split("\n")[:-1]
    assert pasted == paste.shown(block, real), "run just paste"
    assert set(pasted) != {"."}


def test_readme_and_tutorial_have_blocks_to_run() -> None:
    counted = {named(p): len(list(paste.blocks(p.read_text("utf-8")))) for p in PAGES}
    assert counted["README.md"] >= 1 and counted["docs/tutorial/first-pair.md"] >= 7


def shell_lines() -> Iterator[object]:
    for page in PAGES:
        for block in re.findall(r"^```(?:sh|bash)\n(.*?)^```", page.read_text("utf-8"), re.M | re.S):
            for line in block.splitlines():
                for part in re.split(r"&&|\|", line):
                    if found := re.search(r"(?:^|\s)comity\s+(.*)", part):
                        yield pytest.param(found[1], id=f"{named(page)}:{found[1]}")


@pytest.mark.parametrize("line", list(shell_lines()))
def test_a_command_that_needs_data_is_at_least_a_command(line: str) -> None:
    """Parsed, not run: the names of commands and options, and the choices of their values."""
    words = shlex.split(line, comments=True)
    command = typer.main.get_command(app)
    name = "comity"
    while words and words[0] in getattr(command, "commands", {}):
        name = words.pop(0)
        command = command.commands[name]
    if words != ["--help"]:
        with command.make_context(name, words) as context:
            assert not hasattr(command, "commands") and set(context.params) == {p.name for p in command.params} - {
                "help"
            }


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_python_in_a_page_does_what_it_shows(page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    source = page.read_text("utf-8")
    test = doctest.DocTestParser().get_doctest(source, {}, named(page), str(page), 0)
    told: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=told.append)
    assert not told, "".join(told)


def counts() -> Iterator[Counts]:
    for a, b in (("VNM", "RUS"), ("VNM", "CHN"), ("RUS", "CHN"), ("VNM", "USA")):
        answer = comity.pair(a, b, issue="hr", periods=PERIODS, release="starter")
        yield from (cell.counts for cell in answer.lead.cells)


@pytest.mark.parametrize("name", ["README.md", "docs/index.md", "docs/tutorial/first-pair.md"])
def test_counts_in_the_prose_are_counted(name: str) -> None:
    """Every "k of n" outside the blocks is a count of one of the pairs the page speaks of."""
    prose = re.sub(r"^```.*?^```", "", (ROOT / name).read_text("utf-8"), flags=re.M | re.S)
    known = {(str(getattr(c, what)), str(c.roll_calls)) for c in counts() for what in CATEGORIES}
    claimed = set(re.findall(r"\b(\d+) of (\d+)\b", prose))
    assert claimed and claimed <= known, claimed - known


def test_ranks_in_the_prose_are_the_ranks() -> None:
    """The page on ranks quotes both ranks, both sides' numbers of partners, one median and one share."""
    text = (ROOT / "docs" / "explanation" / "ranks.md").read_text("utf-8")
    answer = comity.pair("VNM", "RUS", issue="hr", periods="2000-2020", release="starter")
    for standing in answer.standings:
        assert f"{standing.rank}st of {standing.among}" in text or f"{standing.rank}th of {standing.among}" in text
    of_vnm = next(s for s in answer.standings if s.state == "VNM")
    assert f"{of_vnm.median:.1%}".replace("%", " %") in text
    assert f"{of_vnm.share.value:.1%}".replace("%", " %") in text


def test_the_table_shown_is_the_table() -> None:
    text = (ROOT / "docs" / "explanation" / "contingency-table.md").read_text("utf-8")
    shown = [tuple(map(int, row.split("|"))) for row in re.findall(r"^\| \*\*\w+\*\* \|(.*)\|$", text, re.M)]
    answer = comity.pair("VNM", "RUS", issue="hr", periods="2000-2020", release="starter")
    assert tuple(shown) == answer.lead.cells[0].counts.table
