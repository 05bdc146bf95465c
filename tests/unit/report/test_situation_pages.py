"""Country situations and shielding in print: the grid fits 100 columns, marks and letters, pages, words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import vote_tables
from comity.report import terminal
from comity.report.situation_tables import grid_tables
from comity.report.text_formats import as_csv, as_html, as_markdown
from comity.study.answers.situations import ShieldAnswer, SituationsAnswer
from comity.study.shield import shield
from comity.study.situations import situations

sys.path.insert(0, str(Path(__file__).parents[1]))

from test_words import faults, unaccompanied

from page_checks import Page

STATES = ("Cuba", "Iraq", "the Sudan", "Bosnia and Herzegovina, Croatia and Yugoslavia")


def grid() -> SituationsAnswer:
    """Thirty-four years, so that not all fit beside one another; votes in turn, some texts of 2020 from the ledger."""
    lines = ["| date | symbol | paragraph | title | VNM | RUS |"]
    for k, year in enumerate(range(1987, 2021)):
        for j, state in enumerate(STATES[: 1 + k % 4]):
            symbol, title = f"A/RES/{year - 1945}/{100 + j}", f"Situation of human rights in {state}"
            lines.append(f"| {year}-12-01 | {symbol} | no | {title} | {'YANX'[k % 4]} | {'YAN'[(k + j) % 3]} |")
    lines.append("| 2020-12-16 | A/RES/75/191 | yes | | N | A |")
    return situations("VNM", "RUS", corpus=vote_tables.corpus(*vote_tables.frames("\n".join(lines))))


def shielding() -> ShieldAnswer:
    text = """
    | date       | symbol       | title                      | VNM | RUS |
    | 1979-11-14 | A/RES/34/22  | RELIEF FOR KAMPUCHEA       | N   | N   |
    | 1985-11-05 | A/RES/40/7   | The situation In Kampuchea | N   | A   |
    """
    return shield("RUS", "VNM", on="KHM", period="1979-1985", corpus=vote_tables.corpus(*vote_tables.frames(text)))


def printed() -> dict[str, str]:
    one, other = grid(), shielding()
    return {
        "grid on the terminal": terminal.text(one, 100),
        "grid in Markdown": as_markdown(one),
        "shielding on the terminal": terminal.text(other, 100),
        "shielding in Markdown": as_markdown(other),
    }


PRINTED = printed()


def test_the_grid_fits_100_columns_and_goes_on_below() -> None:
    lines = PRINTED["grid on the terminal"].splitlines()
    assert max(map(len, lines)) <= 100
    start = next(i for i, line in enumerate(lines) if line.startswith("1987–"))
    heads = lines[start + 1].split()
    assert heads[:3] == ["87", "88", "89"] and len(heads) == 32
    assert "2019–2020" in lines
    assert not any("…" in line for line in lines[start : start + 20])


@pytest.mark.parametrize("width", [20, 40, 80, 100, 140])
def test_no_width_loses_a_vote(width: int) -> None:
    answer = grid()
    told = terminal.text(answer, width).splitlines()
    end = next(i for i, line in enumerate(told) if line.startswith("Two letters"))
    start = next(i for i, line in enumerate(told) if line.startswith("1987"))
    assert max(map(len, told[start:end])) <= width
    cells = [cell for line in told[start:end] for cell in line.split() if set(cell) <= set("YANx'^*")]
    assert len(cells) == sum(row.counts.roll_calls for row in answer.rows)
    heads = [head for line in told[start:end] if line.startswith(" ") for head in line.split() if head.isdigit()]
    assert [int(head) for head in heads] == [slot % 100 for slot in answer.slots]


def test_a_cell_keeps_several_texts_apart_and_marks_them() -> None:
    text = PRINTED["grid on the terminal"]
    assert "NA'*" in text
    assert "' part of a text, ^ motion, * target unchecked" in " ".join(text.split())
    page = as_html(grid())
    assert "NA&#39;*" in page or "NA'*" in page


def test_a_page_shows_the_years_in_blocks_and_loses_no_text() -> None:
    answer = grid()
    tables = grid_tables(answer)
    heads = [int(column.head) for table in tables for column in table.columns[1:]]
    assert tuple(heads) == answer.slots and max(len(table.columns) for table in tables) == 16
    cells = [item for table in tables for line in table.lines for item in line.items[1:]]
    assert sum(bool(item.text) + len(item.below) for item in cells) == sum(r.counts.roll_calls for r in answer.rows)
    assert [bool(table.note) for table in tables] == [False, False, True]


def test_every_exception_stands_with_its_link() -> None:
    answer = grid()
    for text in (PRINTED["grid on the terminal"], PRINTED["grid in Markdown"], as_html(answer)):
        for vote in answer.exceptions:
            assert vote.link is not None and vote.link in text
    assert f"Not the same vote: {len(answer.exceptions)} of {answer.total.roll_calls}" in PRINTED["grid in Markdown"]


def test_a_veto_is_printed_with_its_mark() -> None:
    for name in ("shielding on the terminal", "shielding in Markdown"):
        text = " ".join(PRINTED[name].split())
        assert "S/13027" in text and "(unchecked)" in text
        assert "The ledger holds 2 Security Council drafts about Cambodia" in text


def test_csv_carries_the_release_and_every_text() -> None:
    answer = grid()
    lines = as_csv(answer).splitlines()
    assert len(lines) == 1 + sum(row.counts.roll_calls for row in answer.rows)
    assert "made-up" in lines[1]
    assert len(as_csv(shielding()).splitlines()) == 3


@pytest.mark.parametrize("name", PRINTED)
def test_words(name: str) -> None:
    assert faults(PRINTED[name]) == []
    assert unaccompanied(PRINTED[name]) == []


@pytest.mark.parametrize("answer", [grid(), shielding()], ids=["grid", "shielding"])
def test_words_of_the_page(answer: SituationsAnswer | ShieldAnswer) -> None:
    page = Page(as_html(answer))
    assert faults(" ".join(text for tag, text in page.texts if tag != "style")) == []
    assert any(tag == "h1" for tag, _ in page.texts)
