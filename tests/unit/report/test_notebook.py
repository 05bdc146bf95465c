"""Answers in a notebook."""

import subprocess
import sys

import factory
import pytest

import comity.report
from comity.report.figures.save import svg
from page_checks import Page

ANSWERS = [
    factory.pair_answer(),
    factory.trend_answer(),
    factory.splits_answer(),
    factory.rank_answer(),
    factory.vote_answer(),
    factory.dossier_answer(),
]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda a: type(a).__name__)
def test_every_answer_shows_its_tables_and_source(answer) -> None:
    page = Page(answer._repr_html_())
    assert page.loads == page.unclosed == []
    assert page.all("table")
    assert "made-up-2024" in " ".join(page.text_of("section"))
    assert not page.all("html")


def test_charts() -> None:
    assert "75.0 %" in svg(factory.pair_answer().chart())
    assert "77.2 %" in svg(factory.pair_answer().chart(of_cast=True))
    assert "Dotted line" in svg(factory.trend_answer().chart(medians=True))
    assert "345 of 447" in svg(factory.rank_answer().chart("VNM"))
    assert svg(factory.dossier_answer().chart()) == svg(factory.pair_answer().chart())


def test_answers_know_nothing_of_drawing_until_the_report_is_imported() -> None:
    code = (
        "from comity.study.answers.pair import PairAnswer\nbefore = hasattr(PairAnswer, 'chart')\n"
        "import comity.report\nprint(before, hasattr(PairAnswer, 'chart'), hasattr(PairAnswer, '_repr_html_'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True", "True"]


def test_registering_twice_changes_nothing() -> None:
    before = type(ANSWERS[0]).chart
    comity.report.register()
    assert type(ANSWERS[0]).chart is before
