"""Figures of other strands, each to a file with its data table beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.audit.multiverse import MultiverseAnswer
from comity.errors import UsageError
from comity.report.figures.curve import curve
from comity.report.figures.save import format_of, rendered
from comity.report.figures.ternary import ternary_figure
from comity.report.files import write_all
from comity.report.text_formats import as_csv
from comity.study.answers.balance import BalanceAnswer

if TYPE_CHECKING:
    from comity.study.answers.strand import StrandAnswer


def draw_balance(answer: BalanceAnswer, path: Path) -> list[Path]:
    """Write the triangle, and one row a strand and power as CSV; UsageError for other than three powers."""
    if len(answer.powers) != 3:
        raise UsageError("A triangle is drawn for three powers", got=", ".join(answer.powers))
    return write_strand(ternary_figure(answer), answer, path)


def draw_curve(answer: MultiverseAnswer, path: Path) -> list[Path]:
    """Write the specification curve, and one row a reading as CSV."""
    return write_strand(curve(answer), answer, path)


def write_strand(figure: Any, answer: StrandAnswer, path: Path) -> list[Path]:
    """A figure of an answer with the answer's rows as CSV beside it; both or neither."""
    table = as_csv(answer)
    return write_all(path.parent, {path.name: rendered(figure, format_of(path)), f"{path.stem}.csv": table.encode()})
