"""The figure of arms deliveries to a file, with its data table beside it."""

from __future__ import annotations

from pathlib import Path

from comity.errors import NoAnswer
from comity.model.words import say
from comity.report.figures.arms_shares import arms_shares
from comity.report.figures.draw_strands import write_strand
from comity.study.answers.arms_rolling import ArmsRollingAnswer


def draw_arms(answer: ArmsRollingAnswer, path: Path) -> list[Path]:
    """Write the shares over the years, and one row a supplier and window as CSV; both or neither.

    NoAnswer where no window holds a delivery; UsageError for a suffix that is no format.
    """
    if not answer.rows:
        raise NoAnswer(say("arms_figure.nothing"), got=f"{answer.name}, {answer.period.label}")
    return write_strand(arms_shares(answer), answer, path)
