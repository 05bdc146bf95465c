"""What is printed about breaks, who moved and decompositions."""

from __future__ import annotations

import re

import change_factory
import pytest

from comity.report import terminal
from comity.report.change_tables import SHOWN
from comity.report.text_formats import as_csv, as_html, as_markdown
from comity.study.answers.breaks import BreaksAnswer
from comity.study.answers.moved import DecomposeAnswer, MovedAnswer


def flat(answer: BreaksAnswer | MovedAnswer | DecomposeAnswer) -> str:
    return " ".join(terminal.text(answer, 300).split())


@pytest.mark.parametrize(
    ("preferred", "words"), [("none", "no change fits"), ("ramp", "a gradual change fits"), ("step", "one step fits")]
)
def test_the_preferred_model_is_named(preferred: str, words: str) -> None:
    told = flat(change_factory.breaks_answer(preferred))
    assert words in told and "18 %" in told and "74.7 %" in told


def test_dates_are_set_beside_the_best() -> None:
    told = flat(change_factory.breaks_answer())
    assert "Dates the shares cannot tell from 1997: 1996, 2000." in told
    assert (
        "Share alike, 2000 as the date: support 0.20 of that of 1997, 3 of 4 possible dates; the series cannot" in told
    )
    assert "As if the same texts – needs titles" in told
    assert "32 show a step and 0 one as large" in told and "656 and 100 if" in told


def test_shares_are_points_where_they_are_no_shares() -> None:
    told = terminal.text(change_factory.breaks_answer(), 200).splitlines()
    line = next(x for x in told if x.startswith("Less the median") and "593" in x)
    assert "+50 points" in line and "%" not in line


def test_long_lists_and_titles_are_cut_and_say_so() -> None:
    told = terminal.text(change_factory.moved_answer(), 200)
    assert f"Shown are {SHOWN} of 25 texts" in told and len(re.findall(r"^\d+ Text \d+ ", told, re.M)) == SHOWN
    assert "…" in told and as_csv(change_factory.moved_answer()).count("\n") == 26
    assert "who moved cannot be said" in flat(change_factory.moved_answer(0))
    assert "0 of the 111 votes both cast" in flat(change_factory.moved_answer(0))


def test_parts_have_their_range_and_interval() -> None:
    told = flat(change_factory.decompose_answer())
    assert "Within texts of both periods 16 89 | 183 +18 +13 to +23 +8 to +28" in told
    assert "Whole change 124 111 | 447 +41 +24 to +58" in told
    assert "(36 %)" in told and "(77.2 %): +41 points, 95 % interval +24 to +58" in told


def test_markdown_and_html_hold_what_the_terminal_holds() -> None:
    for answer in (change_factory.breaks_answer(), change_factory.moved_answer(), change_factory.decompose_answer()):
        told, page = as_markdown(answer), as_html(answer)
        for words in ("made-up-2024", "Texts adopted without a vote are not seen here.", "Viet Nam and Russia"):
            assert words in told and words in page


def test_a_text_stands_above_its_figures_and_nothing_is_cut_at_80_columns() -> None:
    told = terminal.text(change_factory.moved_answer(), 80).splitlines()
    assert max(map(len, told)) <= 80
    first = next(i for i, line in enumerate(told) if line.startswith("0 Text 0 on a matter"))
    figures = next(line for line in told[first:] if line.startswith("4 | 9"))
    assert figures.split()[-4:] == ["−0.75", "0.00", "−0.75", "0.00"]
    assert "The number of a text opens it: comity family show 0." in " ".join(told)
    assert "those that make most of the change come first" in " ".join(told)


def test_heads_of_breaks_and_parts_fit_80_columns() -> None:
    for answer in (change_factory.breaks_answer(), change_factory.decompose_answer()):
        told = terminal.text(answer, 80)
        assert max(map(len, told.splitlines())) <= 80 and not re.search(r"^\s*%?\s*95$|^\s*%$", told, re.M)
    assert "0 to 100" in terminal.text(change_factory.breaks_answer(), 80)
