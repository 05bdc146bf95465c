"""What the report prints, word for word: a change here is a change that readers see.

To accept a change on purpose: UPDATE_GOLDEN=1 pytest tests/golden, then read the difference.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import factory
import pytest

from comity.report import html, markdown, terminal
from comity.report.dossier.chapters import document
from comity.report.figures.periods import period_shares
from comity.report.figures.save import svg
from comity.report.figures.strip import rank_strip
from comity.report.figures.years import yearly_shares
from comity.report.text_formats import as_markdown

KEPT = Path(__file__).parent / "report"


def outline() -> str:
    """The dossier's page as its headings, captions and terms: its structure without its numbers."""
    page = html.render(document(factory.dossier_answer()), "dossier")
    found = re.findall(r"<(h1|h2|caption|dt|summary|th scope=\"col\")[^>]*>(.*?)</", page)
    return "\n".join(f"{tag.split()[0]}: {re.sub('<[^>]+>', '', text)}" for tag, text in found) + "\n"


def words(drawn: str) -> str:
    """The words of a figure, one a line."""
    return "\n".join(re.findall(r">([^<>]+)</t", drawn)) + "\n"


MADE: dict[str, Callable[[], str]] = {
    "pair-80.txt": lambda: terminal.text(factory.pair_answer(), 80),
    "pair-140.txt": lambda: terminal.text(factory.pair_answer(), 140),
    "small-80.txt": lambda: terminal.text(factory.small_answer(), 80),
    "trend-80.txt": lambda: terminal.text(factory.trend_answer(), 80),
    "splits-80.txt": lambda: terminal.text(factory.splits_answer(), 80),
    "rank-80.txt": lambda: terminal.text(factory.rank_answer(size=12), 80),
    "vote-80.txt": lambda: terminal.text(factory.vote_answer(), 80),
    "pair.md": lambda: as_markdown(factory.pair_answer()),
    "splits.md": lambda: as_markdown(factory.splits_answer()),
    "vote.md": lambda: as_markdown(factory.vote_answer()),
    "dossier-starter.md": lambda: markdown.render(document(factory.dossier_answer(starter=True))),
    "dossier-outline.txt": outline,
    "figure-periods.txt": lambda: words(svg(period_shares(factory.pair_answer()))),
    "figure-medians.txt": lambda: words(svg(yearly_shares(factory.trend_answer(), boundaries=(2000,), medians=True))),
    "figure-strip.txt": lambda: words(svg(rank_strip([(factory.rank_answer(), "VNM")]))),
}


@pytest.mark.parametrize("name", MADE)
def test_printed_as_kept(name: str) -> None:
    made = MADE[name]()
    if os.environ.get("UPDATE_GOLDEN"):
        (KEPT / name).write_text(made, encoding="utf-8")
    assert made == (KEPT / name).read_text(encoding="utf-8")


def test_nothing_kept_is_left_over() -> None:
    assert {p.name for p in KEPT.iterdir()} == set(MADE)
