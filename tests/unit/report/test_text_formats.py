"""CSV, JSON, Markdown and HTML of single answers."""

import csv
import io
import json
import re

import factory
import pytest

from comity.report.text_formats import as_csv, as_html, as_json, as_markdown
from page_checks import Page

ANSWERS = {
    "pair": factory.pair_answer(),
    "small": factory.small_answer(),
    "trend": factory.trend_answer(),
    "splits": factory.splits_answer(),
    "no splits": factory.splits_answer(empty=True),
    "rank": factory.rank_answer(),
    "vote": factory.vote_answer(),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_csv_is_the_tidy_frame_with_its_origin_in_every_row(name: str) -> None:
    answer = ANSWERS[name]
    rows = list(csv.DictReader(io.StringIO(as_csv(answer))))
    assert len(rows) == answer.to_polars().height
    for row in rows:
        assert row["release"] == "made-up-2024"
        assert row["sha256"] == factory.ORIGIN.sha256
        assert row["last_roll_call"] == "2024-06-04"
        assert row["answered"] == "2026-11-23"


def test_csv_keeps_counts_and_leaves_undefined_shares_blank() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(ANSWERS["pair"]))))
    assert (rows[1]["same"], rows[1]["roll_calls"]) == ("345", "460")
    empty = list(csv.DictReader(io.StringIO(as_csv(ANSWERS["small"]))))[1]
    assert (empty["roll_calls"], empty["same_share_of_all"]) == ("0", "")


@pytest.mark.parametrize("name", ANSWERS)
def test_json_keeps_the_declared_order_and_prints_names_as_they_are(name: str) -> None:
    text = as_json(ANSWERS[name])
    assert list(json.loads(text)) == list(ANSWERS[name].to_dict())
    assert "\\u" not in text


def test_json_has_null_for_an_undefined_share() -> None:
    period = json.loads(as_json(ANSWERS["small"]))["pairs"][0]["periods"][1]
    assert period["share_of_all"] == {"same": None, "ambivalent": None, "opposite": None, "absent": None}


@pytest.mark.parametrize("name", ANSWERS)
def test_markdown_tables_are_whole_and_the_source_ends_the_page(name: str) -> None:
    text = as_markdown(ANSWERS[name])
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
        assert len(widths) == 1
    assert text.startswith("# ")
    assert "Release made-up-2024, sha256 3f7a9c0d3f7a" in text.splitlines()[-1]
    assert "Texts adopted without a vote are not seen here." in text


def test_markdown_of_a_pair_has_counts_n_and_both_shares_in_one_line() -> None:
    line = next(line for line in as_markdown(ANSWERS["pair"]).splitlines() if "| 345 (" in line)
    assert "| 2000–2020 | 460 | 447 | 345 (75.0 % / 77.2 %) | 330 | 14 | 1 | 100 (21.7 % / 22.4 %) |" in line


def test_markdown_makes_markup_plain() -> None:
    assert r"Human rights and \<unilateral\> coercive measures" in as_markdown(ANSWERS["splits"])
    assert r"Territorial integrity of \[a state\]" in as_markdown(ANSWERS["vote"])


@pytest.mark.parametrize("name", ANSWERS)
def test_html_is_one_page_that_loads_nothing(name: str) -> None:
    page = Page(as_html(ANSWERS[name]))
    assert page.loads == []
    assert page.unclosed == []
    assert len(page.all("svg")) == {"pair": 2, "small": 2, "trend": 4, "rank": 2}.get(name, 0)
    assert ANSWERS[name].header.origin.sha256[:12] in " ".join(page.text_of("footer"))


def test_html_of_a_vote_says_who_stood_apart_and_why_a_seat_has_a_footnote() -> None:
    rows = Page(as_html(ANSWERS["vote"])).text_of("tr")
    assert "Lao People's Democratic Republic no ASEAN; stood apart" in rows
    assert "Cambodia abstained ASEAN; The seat was held by another government." in rows


def test_a_star_is_explained_below_its_table_and_only_there() -> None:
    assert "\\* 2024 is not complete: the release ends on 4 June 2024." in as_markdown(ANSWERS["trend"])
    assert "not complete" not in as_markdown(ANSWERS["pair"])


def test_a_change_is_explained_where_there_is_one() -> None:
    assert "Change: later minus earlier" in as_markdown(ANSWERS["pair"])
    assert "Change: later minus earlier" not in as_markdown(ANSWERS["small"])


def test_a_vote_page_names_its_occasion_and_links_its_record() -> None:
    page = Page(as_html(ANSWERS["vote"]))
    assert "27 March 2014 · General Assembly · session 68" in page.text_of("p")
    assert "https://undocs.org/A/RES/68/262" in [a["href"] for a in page.all("a")]


def test_a_small_count_stands_alone_in_its_cell() -> None:
    line = next(line for line in as_markdown(ANSWERS["small"]).splitlines() if "| 1992–1999 |" in line)
    assert line.endswith("| 1992–1999 | 12 | 10 | 6 | 5 | 1 | 0 | 3 | 1 | 2 |")
