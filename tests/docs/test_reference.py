"""Undocumented fails: every command, error, source, group, name and page has its place."""

from __future__ import annotations

import inspect
import re
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

import comity
from comity import errors
from comity.model.tables import ISSUES
from comity.model.words import catalogue
from comity.sources.registry import sources
from comity.states.groups import groups
from comity.states.registry import registry
from comity.votes.landmarks import landmarks
from reference import cli
from reference.errors import classes, meaning
from reference.markdown import cell
from reference.pages import PAGES

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PYTHON = (DOCS / "reference" / "python.md").read_text("utf-8")
BY_HAND = "".join(p.read_text("utf-8") for p in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")])
COMMANDS = dict(cli.commands())


def page(name: str) -> str:
    return PAGES[f"reference/{name}.md"]()


@pytest.mark.parametrize("path", COMMANDS)
def test_a_command_is_explained(path: str) -> None:
    command: Any = COMMANDS[path]
    assert command.help and "Example:" in command.help, f"{path} has no help with an example"
    assert f"## {path} " in page("cli")
    mute = [p.name for p in command.params if not getattr(p, "help", None) and p.name != "help"]
    assert not mute, f"{path}: parameters without a word of help"


@pytest.mark.parametrize("path", COMMANDS)
def test_a_command_is_used_in_a_page_written_by_hand(path: str) -> None:
    assert re.search(rf"\b{path}\b", BY_HAND), f"no page written by hand shows {path}"


def test_error_classes_are_drawn_with_their_codes() -> None:
    drawn = dict(re.findall(r"(\w+) +(\d+)", errors.__doc__ or ""))
    assert drawn == {c.__name__: str(c.exit_code) for c in classes()}
    assert len(set(drawn.values())) == len(drawn)
    rows = page("errors")
    for c in classes():
        assert meaning(c) and f"| `{c.__name__}` | {c.exit_code} | {meaning(c)} |" in rows


def test_the_front_door_is_the_reference() -> None:
    listed = re.findall(r"^::: comity\.(\w+)$", PYTHON, re.MULTILINE)
    assert sorted(listed) == sorted(comity.__all__)
    assert [name for name in comity.__all__ if not inspect.getdoc(getattr(comity, name))] == []


def test_every_answer_is_in_the_reference() -> None:
    folder = ROOT / "src" / "comity" / "study" / "answers"
    answers = chain.from_iterable(re.findall(r"^class (\w+Answer)\b", p.read_text(), re.M) for p in folder.glob("*.py"))
    missing = [name for name in answers if not re.search(rf"^::: comity\.study\.answers\.\w+\.{name}$", PYTHON, re.M)]
    assert not missing


def test_every_source_has_its_section_and_its_way_in() -> None:
    text = page("sources")
    get_data = (DOCS / "how-to" / "get-data.md").read_text("utf-8").lower()
    ways = {
        "plain": "your own table", "undl": "un digital library", "undl-council": "un digital library, security council",
        "unvotes": "unvotes", "voeten": "voeten",
        "cow-trade": "correlates of war trade", "comtrade": "un comtrade", "plain-trade": "your own trade table",
        "atop": "atop", "cow-alliances": "correlates of war alliances", "desta": "desta",
        "plain-survey": "your own survey table", "sipri": "sipri",
        "colt": "colt", "china-visits": "china's public diplomacy",
    }  # fmt: skip
    for source in sources().values():
        assert f"{{ #{source.id} }}" in text and source.kind in text
        assert ways[source.id] in get_data, f"get-data.md does not say how to get {source.id}"


def test_every_group_state_seat_and_landmark_is_listed() -> None:
    listed = page("groups")
    assert [g.id for g in groups() if f"{{ #{g.id} }}" not in listed or f"Source: {g.source}." not in listed] == []
    listed = page("states")
    assert [s.id for s in registry().states() if f"| `{s.id}` | {s.name}" not in listed] == []
    listed = page("seats")
    assert [s.state for spells in registry().seats.values() for s in spells if s.footnote not in listed] == []
    listed = page("landmarks")
    assert [row.symbol for row in landmarks() if f"| {row.symbol} | {cell(str(row.date))} |" not in listed] == []


def test_every_sentence_is_listed() -> None:
    sections = page("messages").split("\n## ")
    listed = {
        f"{anchor[1]}.{key}"
        for text in sections[1:]
        if (anchor := re.search(r"\{ #(\w+) \}", text))
        for key in re.findall(r"^\| `([\w-]+)` \|", text, re.M)
    }
    assert listed == set(catalogue())


def test_issue_flags_are_in_the_glossary() -> None:
    entry = (DOCS / "glossary.md").read_text("utf-8").split("issue flag\n")[1].split("\n\n")[0]
    assert [flag for flag in ISSUES if not re.search(rf"\b{flag}\b", entry)] == []


def test_every_page_is_in_the_menu_and_the_menu_has_no_other() -> None:
    def walk(node: Any) -> list[str]:
        if isinstance(node, str):
            return [node]
        return [leaf for child in (node.values() if isinstance(node, dict) else node) for leaf in walk(child)]

    menu = walk(yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"])
    pages = {p.relative_to(DOCS).as_posix() for p in DOCS.rglob("*.md")} | {*PAGES, "changelog.md"}
    assert sorted(menu) == sorted(pages)


def test_every_decision_is_in_the_index() -> None:
    index = (DOCS / "decisions" / "index.md").read_text("utf-8")
    notes = sorted(p.name for p in (DOCS / "decisions").glob("0*.md"))
    assert re.findall(r"\((0\d+[\w-]+\.md)\)", index) == notes


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_links_of_the_front_pages_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", (ROOT / name).read_text("utf-8"))
    assert [t for t in targets if not t.startswith("https://") and not (ROOT / t).exists()] == []
