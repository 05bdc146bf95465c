"""Trade on paper: the figure breaks where nothing is recorded, its words tell what it shows, pages have it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import trade_files as made
from comity.report import text_formats
from comity.report.figures.save import svg
from comity.report.figures.style import NARROW
from comity.report.figures.trade_years import in_words, trade_years
from comity.report.pictures import trade_picture
from comity.report.strands.money import figure
from comity.strands.ledgers.row import Figure
from comity.study.answers.trade import TradeAnswer
from comity.study.trade import trade

# Viet Nam's imports from Russia: 10 in 2010, 30 in 2011, nothing recorded in 2012, 20 in 2013; exports in 2013 alone.
ROWS = "\n".join(
    made.cow_row(made.RUS, made.VNM, year, sold, bought)
    for year, sold, bought in ((2010, -9, 10), (2011, -9, 30), (2012, -9, -9), (2013, 5, 20))
)


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))
    made.add_strands(tmp_path, {"cow.csv": f"{made.COW_HEAD}\n{ROWS}\n"})
    yield


def answer() -> TradeAnswer:
    return trade("VNM", "RUS", period="2010-2013")


def test_a_year_without_a_record_breaks_the_line_and_is_no_zero() -> None:
    spec = json.dumps(trade_years(answer()).to_dict())
    assert "imports 0" in spec
    assert "imports 1" in spec
    rows = [line for line in in_words(answer()).split(". ") if "Imports" in line]
    assert rows == ["Imports from Russia in million USD: 2010: 10; 2011: 30; 2013: 20"]
    assert "2012" not in in_words(answer()).replace("2010–2013", "")


def test_pages_have_the_figure_and_markdown_its_words() -> None:
    assert trade_picture(answer()) is not None
    page = text_formats.as_html(answer())
    assert "<svg" in page
    assert "Trade of Viet Nam with Russia" in page
    assert "<svg" in svg(trade_years(answer(), size=NARROW))
    assert "| 2012 | – | – | – |" in text_formats.as_markdown(answer())


def test_one_year_has_no_figure() -> None:
    assert trade_picture(trade("VNM", "RUS", period="2013")) is None


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"kind": "stock", "unit": "USD", "value": 11e9, "approx": True}, "debt: about 11 billion USD (stock)"),
        ({"kind": "share", "unit": "share", "low": 0.2, "high": 0.3}, "debt: 20 % to 30 %"),
        ({"kind": "share", "unit": "share", "high": 1 / 3, "approx": True}, "debt: at most about 33.3 %"),
        ({"kind": "registered", "unit": "USD", "value": 944e6, "as_of": "2020-12-31"},
         "debt: 944 million USD (registered, as of 31 December 2020)"),
        ({"kind": "flow", "unit": "RUB", "low": 5000}, "debt: at least 5,000 RUB (flow)"),
    ],
)  # fmt: skip
def test_a_figure_says_what_it_is(told: dict[str, object], said: str) -> None:
    assert figure(Figure.model_validate({"what": "debt", **told})) == said
