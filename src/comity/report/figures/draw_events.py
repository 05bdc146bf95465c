"""The figure of coded events to a file, with its data table beside it."""

from __future__ import annotations

from pathlib import Path

from comity.errors import NoAnswer
from comity.model.words import say
from comity.report.figures.draw_strands import write_strand
from comity.report.figures.event_spans import event_spans
from comity.study.answers.events import EventsAnswer


def draw_events(answer: EventsAnswer, path: Path) -> list[Path]:
    """Write shares and means over time, and one row a span and direction as CSV; both or neither.

    NoAnswer where the answer has a single span; UsageError for a suffix that is no format.
    """
    if len(answer.spans) < 2:
        more = say("events.by_month", option="--by month")
        raise NoAnswer(say("events.no_figure"), got=answer.period.label, next=more)
    return write_strand(event_spans(answer), answer, path)
