"""The page of what the benchmarks measured is the page of the runs that are kept."""

from __future__ import annotations

import re
from html import unescape

import performance
from suite.kept import KEPT, kept

HELD, FAULTS = kept()


def test_every_kept_file_can_be_read_and_is_of_a_script() -> None:
    assert FAULTS == [] and HELD
    assert [name for name in HELD if not (KEPT.parent / f"{name}.py").is_file()] == []


def test_the_page_is_up_to_date() -> None:
    assert performance.PAGE.read_text("utf-8") == performance.page(HELD), "run just performance"


def test_the_figures_are_of_the_kept_runs() -> None:
    """By what they tell of themselves: how text is set may differ from machine to machine."""

    def words(svg: str) -> str:
        found = re.search(r"<desc>(.*?)</desc>", svg, re.S)
        assert found
        return unescape(found[1])

    drawn = performance.pictures(HELD)
    held = {file.name: file.read_text("utf-8") for file in performance.PICTURES.glob("*.svg")}
    assert sorted(held) == sorted(drawn), "run just performance"
    assert {name: words(text) for name, text in held.items()} == {name: words(text) for name, text in drawn.items()}


def test_kept_files_are_small_and_name_no_place() -> None:
    for file in KEPT.glob("*.json"):
        text = file.read_text("utf-8")
        assert len(text) < 60_000, file.name
        assert not re.search(r'"(?:/|[A-Z]:\\)|/(?:home|root|tmp|work|Users)/', text), file.name
