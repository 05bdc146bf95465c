"""Answers on a terminal: everything that must be there is there, at 80 columns and at 140, with and without colour."""

import re
import subprocess
import sys
from dataclasses import replace
from io import StringIO

import factory
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from comity.model.counts import CATEGORIES, Counts
from comity.report import terminal
from comity.report.terminal_bars import MARKS, Bar

ANSWERS = {
    "pair": factory.pair_answer(),
    "small": factory.small_answer(),
    "trend": factory.trend_answer(),
    "splits": factory.splits_answer(),
    "no splits": factory.splits_answer(empty=True),
    "rank": factory.rank_answer(),
    "vote": factory.vote_answer(),
}


def flat(text: str) -> str:
    return " ".join(text.split())


def line_of(text: str, start: str) -> str:
    return next(line for line in text.splitlines() if line.strip().startswith(start))


@pytest.mark.parametrize("width", [80, 100, 140])
@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_fits_its_width_and_carries_its_source(name: str, width: int) -> None:
    text = terminal.text(ANSWERS[name], width)
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    assert "\x1b" not in text
    header = ANSWERS[name].header
    for part in ("Release made-up-2024", header.origin.sha256[:12], "last roll call 4 June 2024", "23 November 2026"):
        assert part in flat(text)
    assert header.issue_label in flat(text)


@pytest.mark.parametrize("name", ANSWERS)
def test_notes_are_numbered(name: str) -> None:
    text = flat(terminal.text(ANSWERS[name]))
    for i, note in enumerate(ANSWERS[name].notes, 1):
        assert f"{i}. {note.text}" in text


def test_a_pair_shows_counts_both_denominators_and_the_kinds_of_same() -> None:
    lines = [line.split() for line in terminal.text(ANSWERS["pair"], 80).splitlines()]
    start = next(i for i, line in enumerate(lines) if line[:1] == ["2000–2020"])
    assert lines[start] == ["2000–2020", "460", "345", "100", "2", "13", "330", "14", "1"]
    assert lines[start + 1] == ["of", "all", "460", "75.0", "%", "21.7", "%", "0.4", "%", "2.8", "%"]
    assert lines[start + 2] == ["of", "the", "447", "both", "cast", "77.2", "%", "22.4", "%", "0.4", "%", "–"]
    assert lines[start + 3] == ["change,", "of", "all", "(points)", "+43", "−20", "−15", "−8"]


def test_a_pair_shows_contrasts_standing_interval_and_drops() -> None:
    text = flat(terminal.text(ANSWERS["pair"]))
    assert "Viet Nam – China" in text
    assert "Viet Nam is 15th of 188 partners of Russia in 2000–2020: 77.2 % of the 447 votes both cast" in text
    assert "median partner 69.3 %" in text
    assert "95 % interval −2 to +12, p < 0.001, as if votes were independent" in text
    assert "3 listed twice" in text
    assert ANSWERS["pair"].headline in text


def test_small_counts_stand_instead_of_shares_and_no_vote_is_a_dash() -> None:
    text = terminal.text(ANSWERS["small"])
    assert "%" not in text
    assert line_of(text, "1992–1999").split() == ["1992–1999", "12", "6", "3", "1", "2", "5", "1", "0"]
    assert line_of(text, "2000–2020").split() == ["2000–2020", "0", "–", "–", "–", "–"]


def test_the_partial_year_is_starred_and_explained() -> None:
    text = terminal.text(ANSWERS["trend"])
    assert line_of(text, "2024*")
    assert "* 2024 is not complete: the release ends on 4 June 2024." in flat(text)
    whole = replace(ANSWERS["trend"], row=replace(ANSWERS["trend"].row, cells=ANSWERS["trend"].row.cells[:-1]))
    assert "*" not in terminal.text(whole)


def test_a_trend_line_has_n_the_categories_and_a_median_where_n_allows() -> None:
    text = terminal.text(ANSWERS["trend"], 100)
    line = line_of(text, "2000").split()
    assert line[:10] == ["2000", "22", "17", "17", "0", "0", "5", "0", "0", "22"]
    assert line[10:12] == ["77", "%"]
    assert line[12:16] == ["68", "%", "68", "%"]
    assert line_of(text, "1992").split()[10:16] == ["4", "of", "12", "–", "–", line_of(text, "1992").split()[15]]


def test_medians_that_cannot_be_printed_take_no_column() -> None:
    answer = ANSWERS["trend"]
    early = replace(answer.row, cells=answer.row.cells[:4])
    text = terminal.text(replace(answer, row=early, medians={k: v[:4] for k, v in answer.medians.items()}))
    assert "Median" in terminal.text(answer)
    assert "Median" not in text


def test_splits_name_the_record_or_say_what_is_missing() -> None:
    text = terminal.text(ANSWERS["splits"])
    assert "A/RES/57/222" in text
    assert "https://undocs.org/A/RES/57/222" in text
    assert "Human rights and <unilateral> coercive measures" in flat(text)
    assert "from made-up-trio" in text
    assert line_of(text, "January 2003").split() == ["January", "2003", "roll", "call", "R5400", "no", "yes"]
    assert "title not at hand" in text
    assert "No opposite vote among the 460 recorded votes" in flat(terminal.text(ANSWERS["no splits"]))


def test_the_median_stands_between_the_partners_it_divides() -> None:
    answer = ANSWERS["rank"]
    lines = terminal.text(answer).splitlines()
    at = next(i for i, line in enumerate(lines) if "median of 40 (460 votes)" in line)
    shares = [float(re.findall(r"([\d.]+) %", lines[i])[0]) for i in (at - 1, at, at + 1)]
    assert shares[0] >= shares[1] >= shares[2]
    assert sum("State" in line for line in lines[:at]) + sum("Viet Nam" in line for line in lines[1:at]) == 20
    assert "Timor-Leste (120)" in terminal.text(answer)


def test_a_vote_shows_tally_group_choices_and_footnotes() -> None:
    text = terminal.text(ANSWERS["vote"])
    assert "3 yes, 2 no, 2 abstained, 2 not voting" in text
    assert "The published tally (made-up-library) is the same." in text
    assert "ASEAN: abstained by 2 of 4 members" in text
    assert line_of(text, "Lao People's").endswith("◆ stood apart")
    assert "absent (coded not-a-member) (1)" in text
    assert "Cambodia [1]" in text
    assert "[1] The seat was held by another government." in text
    assert "General Assembly · session 68" in text


def test_a_tally_that_differs_is_printed_beside_the_count() -> None:
    answer = ANSWERS["vote"]
    other = replace(answer, published=replace(answer.published, no=1, nonvoting=None), agrees=False)
    assert "The published tally (made-up-library) differs: 3 yes, 1 no, 2 abstained." in flat(terminal.text(other))
    none = replace(answer, published=None, published_from=None, agrees=None)
    assert "No published tally at hand" in terminal.text(none)


def test_a_dossier_on_the_terminal_is_its_lead_pair() -> None:
    assert terminal.text(factory.dossier_answer()) == terminal.text(ANSWERS["pair"])


@given(
    st.lists(st.integers(0, 500), min_size=4, max_size=4),
    st.integers(8, 60),
    st.booleans(),
)
def test_a_bar_is_full_and_each_part_within_a_cell_of_its_share(sizes: list[int], width: int, cast_only: bool) -> None:
    yes, ambivalent, opposite, absent = sizes
    counts = Counts(((yes, ambivalent, opposite, absent), (0,) * 4, (0,) * 4, (0,) * 4))
    drawn = Bar(counts, cast_only=cast_only).drawn(width).plain
    names = CATEGORIES[:3] if cast_only else CATEGORIES
    total = sum(getattr(counts, c) for c in names)
    assert len(drawn) == (width if total else 0)
    if total:
        for c in names:
            assert abs(drawn.count(MARKS[c]) - width * getattr(counts, c) / total) < 1
    assert drawn == "".join(sorted(drawn, key=[MARKS[c] for c in CATEGORIES].index))


def test_colour_only_where_the_terminal_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def printed(**options: object) -> str:
        out = StringIO()
        Console(file=out, width=90, **options).print(terminal.show(ANSWERS["trend"]))  # type: ignore[arg-type]
        return out.getvalue()

    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[36m" in printed(force_terminal=True, color_system="standard")
    assert "\x1b" not in printed()
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[36m" not in printed(force_terminal=True)


def test_the_terminal_loads_no_drawing_template_or_frame_library() -> None:
    heavy = "('altair', 'jinja2', 'polars', 'vl_convert', 'numpy', 'pandas', 'scipy')"
    code = f"import sys, comity.report.terminal; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
