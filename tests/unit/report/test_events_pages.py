"""Events on paper: the warning above everything, no count without its share, a figure with its words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from comity.model.language import speaking
from comity.report import text_formats
from comity.report.answers import document
from comity.report.document import Table
from comity.report.figures.event_spans import event_spans, in_words
from comity.report.figures.save import svg
from comity.report.figures.style import NARROW
from comity.report.pictures import events_picture
from comity.report.terminal import text
from comity.study.answers.events import EventsAnswer
from comity.study.events import events
from event_tables import keep_events, row, two_years

WARNING = "Event data is noisy: about a fifth of markers were right in one published check."


@pytest.fixture
def answer(tmp_path: Path) -> EventsAnswer:
    return events("VNM", "RUS", folder=keep_events(tmp_path, two_years()))


def test_the_warning_stands_above_and_not_among_the_notes_below(answer: EventsAnswer) -> None:
    made = document(answer)
    assert made.lead.startswith(WARNING)
    told = " ".join(text(answer, 100).split())
    assert told.index(WARNING) < told.index("Over time")
    assert told.count(WARNING) == 1


def test_the_lead_tells_share_rank_and_what_is_usual(answer: EventsAnswer) -> None:
    lead = document(answer).lead
    assert "In 2014–2015, 29 of 300 events in the files are between Viet Nam and Russia" in lead
    assert "96,667 per million, rank 2 of 3 pairs of states with events" in lead
    assert "Of conflict: 21 % (median pair 27.0 %)." in lead
    assert "mean Goldstein value is +1.69 (median pair +0.34)" in lead


def test_every_table_with_counts_has_all_events_or_their_share_beside(answer: EventsAnswer) -> None:
    tables = [block for c in document(answer).chapters for block in c.blocks if isinstance(block, Table)]
    assert len(tables) == 4
    counted = [t for t in tables if "Events" in [c.head for c in t.columns]]
    assert len(counted) == 3
    assert all("Per million of all" in [c.head for c in t.columns] for t in counted)


def test_small_numbers_are_counts_and_means_have_their_n(answer: EventsAnswer) -> None:
    told = text_formats.as_markdown(answer)
    assert "| 2014 (3 of 365 days) | 4 (of 100) | 40,000 | 2 of 2 | 1 of 4 | −0.25 (over 4) | −0.50 (over 4) |" in told
    assert (
        "| 2015 (2 of 365 days) | 25 (of 200) | 125,000 | 1 of 2 | 20 % | +2.00 (over 25) | +2.00 (over 25) |" in told
    )


def test_what_a_layout_does_not_tell_has_no_column(tmp_path: Path) -> None:
    rows = [row(20140305, "VNM", "RUS", (2, 0, 0, 0), 20), row(20150305, "VNM", "RUS", (2, 0, 0, 0), 20)]
    made = document(events("VNM", "RUS", folder=keep_events(tmp_path, rows, layout="icews")))
    heads = {c.head for ch in made.chapters for b in ch.blocks if isinstance(b, Table) for c in b.columns}
    assert "Goldstein mean" in heads
    assert not heads & {"Tone mean", "Articles"}


def test_the_figure_in_words_and_on_pages(answer: EventsAnswer) -> None:
    assert in_words(answer) == (
        "Events in the news between Viet Nam and Russia, 2014–2015. "
        f"{answer.notes[0].text} Per million of all events: 2014: 40,000; 2015: 125,000. Goldstein mean: 2015: +2.00."
    )
    assert "<svg" in text_formats.as_html(answer)
    assert "Open dots" in svg(event_spans(answer, size=NARROW))
    assert events_picture(answer) is not None


def test_an_empty_span_breaks_the_line(tmp_path: Path) -> None:
    answer = events("VNM", "RUS", by="quarter", folder=keep_events(tmp_path, two_years()))
    spec = json.dumps(event_spans(answer).to_dict())
    assert "pair 0" in spec
    assert "pair 1" in spec
    assert "2014-Q3" not in spec


def test_one_span_has_no_figure(tmp_path: Path) -> None:
    assert events_picture(events("VNM", "RUS", period="2014", folder=keep_events(tmp_path, two_years()))) is None


def test_without_enough_events_for_a_mean_the_shares_are_drawn_alone(tmp_path: Path) -> None:
    rows = [row(20140305, "VNM", "RUS", (2, 0, 0, 0), 20), row(20150305, "VNM", "RUS", (2, 0, 0, 0), 20)]
    answer = events("VNM", "RUS", folder=keep_events(tmp_path, rows))
    assert "no span has the 20 events" in " ".join(json.dumps(event_spans(answer).to_dict()).split()).replace(
        '", "', " "
    )
    assert "Goldstein" not in in_words(answer)


def test_in_vietnamese(answer: EventsAnswer, tmp_path: Path) -> None:
    with speaking("vi"):
        told = " ".join(text(events("VNM", "RUS", folder=tmp_path), 100).split())
    assert "Dữ liệu sự kiện nhiễu" in told
    assert "96.667 trên một triệu" in told
