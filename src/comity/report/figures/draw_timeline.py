"""The timeline to a file, with its rows as a table beside it."""

from __future__ import annotations

from pathlib import Path

from comity.report.figures.save import format_of, rendered
from comity.report.figures.timeline import timeline_figure
from comity.report.files import write_all
from comity.report.text_formats import as_csv
from comity.study.answers.timeline import TimelineAnswer


def draw_timeline(answer: TimelineAnswer, path: Path) -> list[Path]:
    """Write the figure (format by suffix) and one row a ledger row as CSV; both or neither.

    UsageError for a suffix that is no format; StoreReadOnly or StoreFull where they cannot be written.
    """
    content = rendered(timeline_figure(answer), format_of(path))
    return write_all(path.parent, {path.name: content, f"{path.stem}.csv": as_csv(answer).encode()})
