"""What is printed of blocs and cohesion: names, counts, ranges, and dashes where nothing is defined."""

from __future__ import annotations

from dataclasses import replace

import bloc_factory
import pytest

from comity.report import terminal
from comity.report.text_formats import as_markdown


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("show", [terminal.text, as_markdown])
def test_blocs_are_named_by_members_and_told_with_their_numbers(show) -> None:
    text = flat(show(bloc_factory.blocs_answer()))
    for told in (
        "The 7 states linked by 90 recorded votes in the General Assembly form 2 blocs of two or more.",
        "Viet Nam, China, Russia and Côte d'Ivoire",
        "United States and Türkiye",
        "Côte d'Ivoire (62 of 100)",
        "In no bloc: Timor-Leste.",
        "too few votes cast together with any other: South Sudan.",
        "always one and the same choice, as the states it shares votes with: Palau.",
        "Signed modularity 0.39 by Louvain, resolution 1, 100 starts from seed 1, which ended in 2",
        "Against 2018 (95 recorded votes), 1 of the 5 states",
        "From the bloc of United States and Türkiye (3 states) to bloc 1: Côte d'Ivoire.",
        "−0.05",
    ):
        assert told in text, told


def test_no_bloc_and_one_bloc_have_sentences_of_their_own() -> None:
    answer = bloc_factory.blocs_answer()
    assert "form one bloc" in terminal.text(replace(answer, blocs=answer.blocs[:1]))
    none = terminal.text(replace(answer, blocs=(), earlier=None, partitions=1))
    assert "form a bloc" in none and "one and the same partition" in flat(none)
    assert "Who moved" not in none


@pytest.mark.parametrize("width", [80, 140])
def test_the_cohesion_table_stands_in_its_lines(width: int) -> None:
    lines = terminal.text(bloc_factory.cohesion_answer(), width).splitlines()
    row = next(line for line in lines if line.startswith("1995 "))
    assert row.split() == ["1995", "7", "1/21", "3", *["3", "1.00", "1.00–1.00", "–"] * 2]
    last = next(line for line in lines if line.startswith("2024*"))
    assert last.split() == ["2024*", "10", "17/20", "0", *["0", "–", "–", "–"] * 2]
    assert max(map(len, lines)) <= width


def test_the_whole_period_leads_with_its_null_and_its_absences() -> None:
    text = flat(as_markdown(bloc_factory.cohesion_answer()))
    assert "Rice’s index 0.96 over 523 of them (sets of states as large: 0.57 to 0.89, median 0.76)" in text
    assert "Members were absent from 2.3 % of their 5350 votes." in text
    assert "2024 is not complete" in text
    answer = bloc_factory.cohesion_answer()
    assert "undefined: never two members" in as_markdown(
        replace(answer, whole=replace(answer.whole, rice=answer.stretches[1].rice))
    )
