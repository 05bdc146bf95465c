"""Arms on paper: the sentence to quote, what is settled and what is not, tables, the figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from arms_files import old_row, register, tiv_table
from comity.ingest.datasets import add_dataset
from comity.report import text_formats
from comity.report.figures.arms_shares import arms_shares
from comity.report.figures.save import svg
from comity.report.figures.style import NARROW
from comity.report.pictures import arms_picture
from comity.report.strands.arms_words import figure, lead, lead_pair, rank, share, share_in_words, volume
from comity.report.strands.registry import strand_document
from comity.strands.arms import Amount
from comity.study.answers.arms import ArmsAnswer, ArmsPairAnswer, Part, Place
from comity.study.arms import arms
from comity.study.arms_rolling import arms_rolling

ROWS = [
    old_row("Viet Nam", "Russia", "2011; 2014", 600),
    old_row("Viet Nam", "Russia", "2012", 100),
    old_row("Viet Nam", "Israel", "2012", 20),
    old_row("Viet Nam", "unknown supplier(s)", "2013", 5),
    old_row("Viet Nam", "Soviet Union", "1988", 100),
    old_row("Viet Nam", "Russia", "2022", 9),
]


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))
    path = tmp_path / "arms.csv"
    path.write_text(register(ROWS), encoding="utf-8")
    assert add_dataset(path)
    yield tmp_path


def one(**options: object) -> ArmsAnswer:
    answer = arms("VNM", **options)  # type: ignore[arg-type]
    assert isinstance(answer, ArmsAnswer)
    return answer


def pair(**options: object) -> ArmsPairAnswer:
    answer = arms("VNM", supplier="RUS", **options)  # type: ignore[arg-type]
    assert isinstance(answer, ArmsPairAnswer)
    return answer


def test_the_sentence_to_quote() -> None:
    assert lead(one(period="2010-2015")) == (
        "In 2010–2015 Russia delivered 96.6 % of the volume of major conventional arms that went to Viet Nam: 700 "
        "million TIV. From all suppliers came 725 million TIV. Next: Israel 2.8 %."
    )
    told = lead(one(period="2011-2030"))
    assert told.startswith("The data do not cover all of 2011–2030; every figure is of 2011–2022. In 2011–2022 ")
    assert lead_pair(pair(period="2010-2015")).endswith(
        "That is 96.6 % of the volume that went to Viet Nam (1st of 2 suppliers). It is 100.0 % of the volume that "
        "Russia delivered (1st of 1 recipient)."
    )
    assert lead_pair(pair(period="2015-2016")) == ("In 2015–2016 the register has no delivery from Russia to Viet Nam.")


def test_bounds_are_said_where_there_are_any() -> None:
    """2014 alone: 0 to 600 from Russia and nothing from others, so Russia's share is 0 or all of it."""
    told = lead(one(period="2012-2013"))
    assert "80.0 %" in told and "between" not in told
    open_ = lead_pair(pair(period="2013-2014"))
    assert "between 0 and 600 million TIV (300 by the even split)" in open_
    assert "between 0.0 % and 99.2 % (98.4 % by the even split)" in open_
    assert "Whether that is the largest part" not in told


def test_it_is_said_where_the_largest_supplier_is_open(store: Path) -> None:
    """Laos in 2012-2013: Russia 0 to 60, 30 by the even split; China 25."""
    path = store / "laos.csv"
    rows = [old_row("Laos", "Russia", "2012; 2014", 60), old_row("Laos", "China", "2012", 25)]
    path.write_text(register(rows, made="19 Mar 2024 6:00:00 PM"), encoding="utf-8")
    assert add_dataset(path)
    answer = arms("LAO", period="2012-2013")
    assert isinstance(answer, ArmsAnswer)
    assert "Whether that is the largest part the rows of the register leave open. Next: China 29.4–100.0 %." in lead(
        answer
    )


def test_figures_in_print() -> None:
    assert [figure(v) for v in (0, 0.01, 0.5, 9.96, 10, 6705.8)] == ["0", "<0.05", "0.5", "10.0", "10", "6,706"]
    assert volume(Amount.bounded(6681.3, 6705.8, 6709.3)) == "6,681–6,709"
    assert share(Part(0.0, 0.0002, 0.1)) == "<0.05 %" and share(Part(0.0, 0.0, 0.0)) == "0.0 %"
    assert share_in_words(Part(0.05, 0.0536, 0.0575)) == "between 5.0 % and 5.8 % (5.4 % by the even split)"
    assert (rank(Place(1, 2, 3, 9)), rank(Place(2, 2, 2, 9)), rank(None)) == ("1st–3rd", "2nd", "–")


def test_tables_tell_what_is_known() -> None:
    page = text_formats.as_markdown(one(period="2010-2015"))
    assert "| unknown supplier(s) (not ranked) | 5.0 | 0.7 % | – |" in page
    assert "Which year was the largest cannot be told" in page and "| 2014 | 0 | 600 | 300 |" in page
    deals = text_formats.as_markdown(pair(period="2010-2015", by="platform"))
    assert "| 2000? | Kite (aircraft, new) | 4 | 4? | 2011, 2014 | 600 |" in deals


def test_a_table_stands_beside_the_register(store: Path) -> None:
    path = store / "table.csv"
    path.write_text(tiv_table({"Viet Nam": [150, 100, "", 450]}, [2011, 2012, 2013, 2014]), encoding="utf-8")
    assert add_dataset(path)
    page = text_formats.as_markdown(pair(period="2011-2015"))
    assert "| 2014 | 450 | 0 | 600 | 300 |" in page and "| 2015 | – | 0 | 0 | 0 |" in page
    assert "The largest year: 2014, with 450 million TIV." in page


@pytest.mark.parametrize("by", ["supplier", "year", "platform"])
def test_no_page_calls_an_index_money_or_a_date_a_cause(by: str) -> None:
    for answer in (one(period="1985-2022", by=by), pair(period="1985-2022", by=by), arms_rolling("VNM", window=2)):
        for text in (text_formats.as_html(answer), text_formats.as_markdown(answer), text_formats.as_csv(answer)):
            assert not re.search(r"\bworth\b|\bbecause of\b|\bcaused\b|\bled to\b|\bremaining\b|US\$|USD", text)
        document = strand_document(answer)
        assert document.source.startswith("Source") and "sipri-register-2024-03-18" in document.source


def test_the_figure() -> None:
    answer = arms_rolling("VNM", period="1988-2022", window=3)
    wide, narrow = (svg(arms_shares(answer)), svg(arms_shares(answer, size=NARROW)))
    for drawn in (wide, narrow):
        assert drawn.startswith("<svg") and "Russia is here together with the Soviet Union" in re.sub(
            r"\s+", " ", drawn
        )
        assert "All other suppliers" not in drawn  # there are three in all
    picture = arms_picture(answer)
    assert picture and "2020–2022: Russia 100.0 %" in picture.alt
    # A window without any delivery has no bar, and no share.
    assert {2000, 2001, 2005}.isdisjoint(r.year for r in answer.rows)
    assert arms_picture(arms_rolling("VNM", period="2000-2005", window=2)) is None
