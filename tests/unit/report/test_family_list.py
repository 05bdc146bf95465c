"""The list of recurring texts on a terminal: cut where asked, and its themes named."""

from __future__ import annotations

import factory
from rich.console import Console

from comity.cli.family import THEMES
from comity.report import terminal_families
from comity.study.answers.families import FamiliesAnswer, FamilyRow
from comity.votes.themes import themes

ROWS = tuple(FamilyRow(i, f"Question of number {i}", 4, 4, (50, 51), ()) for i in range(1, 61))


def shown(**given: int) -> str:
    answer = FamiliesAnswer(factory.header(), None, ROWS, 240, 3, factory.NOTES)
    console = Console(width=100, no_color=True)
    with console.capture() as captured:
        console.print(terminal_families.families(answer, **given))
    return captured.get()


def test_a_long_list_is_cut_and_says_so() -> None:
    cut, whole = shown(), shown(limit=0)
    assert "Shown are 50 of 60; --limit 0 shows all, CSV and JSON hold all." in " ".join(cut.split())
    assert (cut.count("Question of"), whole.count("Question of")) == (50, 60)
    assert "Shown are" not in whole
    assert shown(limit=3).count("Question of") == 3


def test_the_help_names_every_theme() -> None:
    assert THEMES.split(", ") == [row.id for row in themes()]
