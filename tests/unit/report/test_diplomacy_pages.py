"""Ledgers on paper: every row with its sources and its mark, in every format, within the width of a terminal."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

sys.path.insert(0, str(Path(__file__).parents[1] / "strands"))
sys.path.insert(0, str(Path(__file__).parent))

from ledger_files import row, write

from comity.report import terminal, text_formats
from comity.report.figures.draw_timeline import draw_timeline
from comity.report.figures.lanes import GAP, LETTER, Mark, placed
from comity.report.figures.save import svg
from comity.report.figures.style import NARROW
from comity.report.figures.timeline import timeline_figure
from comity.report.pictures import timeline_picture
from comity.study.answers.strand import StrandAnswer
from comity.study.between import between
from comity.study.ledger_rows import access, ledger_list, ledger_show, perceptions, positions
from comity.study.reasons import arguments, predictions
from comity.study.statements import statements
from comity.study.tiers import tiers
from comity.study.timeline import timeline
from comity.study.visits import visits
from page_checks import Page

PAIR = "BRA,CUB"
SAID = {"speaker": "A. One", "office": "Envoy", "gist": "A gist"}
TOLD = {"foresaw": "What was foreseen", "test": "How to know", "judged": "2020-02-03", "outcome": "open"}
VISIT = {"visitor": "BRA", "host": "CUB", "person": "A. One", "office": "President", "type": "state"}
TIER = {"holder": "BRA", "partner": "CUB", "tier": "A tier", "rank": 1, "status": "in force"}
FIGURES = [
    {"what": "paid", "unit": "USD", "kind": "flow", "value": 1.8e10, "approx": True},
    {"what": "part", "unit": "share", "kind": "share", "low": 0.2, "high": 0.305, "as_of": "1980s"},
]
ROWS: dict[str, list[dict[str, Any]]] = {
    "treaties": [row("a1", PAIR, form="treaty", date="1992-05", in_force="1993", status="in force", notes="A note")],
    "tiers": [row("a2", PAIR, date="1995", **TIER)],
    "visits": [
        row("a3", PAIR, event="one", checked=True, date="2001-02-03", **VISIT),
        row("a4", PAIR, event="one", date="2002", **VISIT),
        row("a5", PAIR, date="2004", **(VISIT | {"type": "unknown", "status": "planned"})),
    ],
    "access": [row("a6", PAIR, user="BRA", host="CUB", type="base", date="1980s", status="in force")],
    "aid": [row("a7", PAIR, giver="BRA", taker="CUB", type="credit", figures=FIGURES)],
    "sanctions": [row("a8", PAIR, by=["BRA"], on=["CUB"], measure="trade", status="ended", until="2009")],
    "positions": [row("a9", "BRA", holder="BRA", issue="Blue Lagoon", position="for")],
    "council_votes": [row("b1", PAIR, symbol="A/HRC/RES/99/1", choices={"BRA": "yes", "CUB": "no"}, tally=[1, 1, 0])],
    "statements": [
        row("b2", PAIR, occasion="A debate", symbol="A/HRC/RES/99/1", **SAID),
        row("b3", PAIR, occasion="", **SAID),
    ],
    "explanations": [row("b4", PAIR, symbol="A/RES/200/1", **SAID)],
    "perceptions": [row("b5", PAIR, group="Students", about="CUB", direction="mixed", strength="weak")],
    "narratives": [row("b6", PAIR, theme="Sugar", carried_by="Papers")],
    "predictions": [
        row("b7", PAIR, horizon="2010", evidence=["visits/a3", "A/RES/200/1"], **TOLD),
        row("b8", PAIR, horizon="", **TOLD),
    ],
    "arguments": [
        row("c1", PAIR, side="continuity", argument="One", strength="some", evidence=["aid/a7", "A/HRC/RES/99/1"]),
        row("c2", PAIR, side="continuity", argument="One again", strength="weak", repeats="c1"),
    ],
    "investment": [row("c3", PAIR, source="BRA", host="CUB")],
    "energy": [row("c4", PAIR, project="A well", contested=True)],
    "candidacies": [row("c5", PAIR, candidate="BRA", body="A council", outcome="elected", term="2001-2003", votes=100)],
    "credentials": [row("c6", PAIR, session=56, seat="CUB", held_by="Cuba")],
    "dialogues": [row("c7", PAIR, level="Deputy ministers")],
    "offices": [row("c8", PAIR, person="A. One", office="President", until="2010", status="ended")],
    "events": [row("c9", PAIR)],
}  # fmt: skip


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    return write(tmp_path / "ledgers", **ROWS)


ANSWERS = {
    "timeline": lambda: timeline(PAIR, kinds="all"),
    "tiers on a day": lambda: tiers("BRA", on="2010-01-01", group="asean"),
    "tiers": lambda: tiers("BRA"),
    "visits": lambda: visits("BRA", "CUB"),
    "visits by a rule": lambda: visits("BRA", "CUB", rule="heads", person="one"),
    "access": lambda: access("CUB"),
    "positions": lambda: positions("blue lagoon"),
    "statements": lambda: statements(PAIR),
    "perceptions": lambda: perceptions("CUB"),
    "arguments": lambda: arguments(PAIR),
    "predictions": lambda: predictions(PAIR),
    "between": lambda: between("treaties/a1", "visits/a3", said="about nine years before"),
    "list": ledger_list,
    "show": lambda: ledger_show("aid", states=PAIR),
}


def shown(answer: StrandAnswer, width: int) -> str:
    console = Console(width=width, no_color=True, highlight=False, file=io.StringIO())
    with console.capture() as captured:
        console.print(terminal.show(answer))
    return captured.get()


@pytest.mark.parametrize("name", ANSWERS)
def test_every_format(name: str) -> None:
    answer = ANSWERS[name]()
    for width in (80, 120):
        assert max(len(line.rstrip()) for line in shown(answer, width).splitlines()) <= width
    page = Page(text_formats.as_html(answer))
    assert page.loads == []
    markdown = text_formats.as_markdown(answer)
    assert markdown.startswith("# ") and "{" not in markdown.replace("\\{", "")
    told = json.loads(text_formats.as_json(answer))
    assert told["answered"] and "notes" in told
    table = list(csv.DictReader(io.StringIO(text_formats.as_csv(answer))))
    assert table and all(line["answered"] for line in table)


@pytest.mark.parametrize("name", [n for n in ANSWERS if n not in ("list", "between")])
def test_every_row_has_its_source_and_its_mark(name: str) -> None:
    answer = ANSWERS[name]()
    text = " ".join(shown(answer, 200).split())
    frame = answer.to_polars()
    # What stands under another row (a second account, a repetition) shares the mark of that row.
    under = {"a4"} if name.startswith("visits") else set()
    unchecked = [i for i, checked in frame.select("id", "checked").rows() if not checked and i not in under]
    assert text.count("unchecked") >= len(unchecked)
    assert text.count("A treaty series, 1999") >= frame.height - len(under)


def test_figures_are_printed_as_their_source_gives_them() -> None:
    text = " ".join(shown(ledger_show("aid", states=PAIR), 200).split())
    assert "paid: about 18,000,000,000 USD (flow)" in text
    assert "part: 20 % to 30.5 %, as of 1980s" in text


@pytest.mark.parametrize("kind", ROWS)
def test_every_kind_has_its_words(kind: str) -> None:
    fields = ROWS[kind][0]
    text = " ".join(shown(ledger_show(kind, id=fields["id"]), 220).split())
    assert fields["title"] in text
    assert ("unchecked" in text) is not fields.get("checked", False)
    own = [
        v
        for k, v in fields.items()
        if k in ("tier", "person", "place", "project", "issue", "body", "gist", "theme", "level")
    ]
    assert [v for v in own if v not in text] == []


def test_accounts_stand_side_by_side_and_their_difference_is_said() -> None:
    text = shown(timeline(PAIR), 120)
    assert "2 rows of one event, whose" in text
    assert text.index("Title of a3") < text.index("Title of a4")


def test_only_addresses_of_pages_become_links(home_folder: Path) -> None:
    cited = [{"record": "A", "link": "javascript:alert(1)"}, {"record": "B", "link": "https://example.org/b"}]
    write(home_folder, events=[row("e1", PAIR, sources=cited), row("e2", PAIR, sources=cited[:1])])
    html = text_formats.as_html(ledger_show("events", states=PAIR))
    assert html.count('href="https://example.org/b"') == 1 and "javascript:alert" not in html


def test_words_beside_votes() -> None:
    text = " ".join(shown(statements(PAIR), 200).split())
    assert "Brazil: yes" in text and "Cuba: no" in text
    assert "A/RES/200/1: no record here" in text
    assert "no vote named" in text


def test_the_figure_has_a_mark_for_every_row_and_its_table_beside_it(tmp_path: Path) -> None:
    answer = timeline(PAIR)
    drawn = svg(timeline_figure(answer))
    assert drawn.startswith("<svg") and "<desc>Timeline of Brazil and Cuba" in drawn
    narrow = svg(timeline_figure(answer, size=NARROW))
    assert int(re.findall(r'width="(\d+)', narrow)[0]) < 400
    picture = timeline_picture(answer, small=True)
    assert picture and "Aid, credit" not in picture.wide and "Treaties and agreements" in picture.wide
    files = draw_timeline(answer, tmp_path / "t.svg")
    assert [p.name for p in files] == ["t.svg", "t.csv"]
    table = list(csv.DictReader((tmp_path / "t.csv").open(encoding="utf-8")))
    assert [line["id"] for line in table] == [e.row.id for e in answer.entries]


@given(
    st.lists(st.tuples(st.floats(0, 700), st.floats(1, 300), st.text("abc ", min_size=1, max_size=60)), max_size=40),
    st.integers(1, 6),
)
def test_no_mark_and_no_name_covers_another(given_marks: list[tuple[float, float, str]], levels: int) -> None:
    marks = [Mark(left, min(left + length, 720.0), text) for left, length, text in given_marks]
    places = placed(marks, 720, levels, 30)
    stretches: dict[int, list[tuple[float, float]]] = {}
    for mark, place in zip(marks, places, strict=True):
        stretches.setdefault(place.level, []).append((mark.left, mark.right))
        if place.text:
            length = len(place.text) * LETTER
            left = place.text_at if place.align == "left" else place.text_at - length
            assert left >= -GAP and left + length <= 720 + GAP
            stretches.setdefault(place.text_level, []).append((left, left + length))
    for level in stretches.values():
        level.sort()
        assert all(b[0] >= a[1] for a, b in pairwise(level))
