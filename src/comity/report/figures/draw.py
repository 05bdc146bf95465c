"""A dossier's figures by name, each to a file with its data table beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.errors import NoAnswer, UsageError
from comity.model.words import say
from comity.report.figures.data import figure_data
from comity.report.figures.periods import period_shares
from comity.report.figures.save import format_of, rendered
from comity.report.figures.strip import rank_strip
from comity.report.figures.years import contrasts, yearly_shares
from comity.report.files import write_all
from comity.study.answers.dossier import DossierAnswer

if TYPE_CHECKING:
    import polars as pl

FIGURES = ("periods", "years", "medians", "contrasts", "ranks")


def draw(name: str, answer: DossierAnswer, path: Path) -> list[Path]:
    """Write one figure (format by suffix) and what is drawn in it as CSV; both or neither.

    name : "periods", "years", "medians" (years with the median partners, of votes both cast), "contrasts", "ranks".
    Raises UsageError for another name or suffix, NoAnswer where the data hold nothing to draw, StoreReadOnly or
    StoreFull where the files cannot be written.
    """
    kind = format_of(path)
    figure, data = _made(name, answer)
    origin = answer.header.origin
    table = with_origin(data, origin.release, origin.sha256)
    return write_all(path.parent, {path.name: rendered(figure, kind), f"{path.stem}.csv": table.encode()})


def _made(name: str, answer: DossierAnswer) -> tuple[Any, pl.DataFrame]:
    import polars as pl

    lead = answer.lead_pair
    starts = tuple(c.period.start for c in lead.lead.cells[1:])
    match name:
        case "periods":
            return period_shares(lead), figure_data(lead)
        case "years":
            return yearly_shares(answer.trend, boundaries=starts), figure_data(answer.trend)
        case "medians":
            data = figure_data(answer.trend, of_cast=True)
            return yearly_shares(answer.trend, boundaries=starts, medians=True), data
        case "contrasts" if answer.contrast_trends:
            return contrasts(answer.contrast_trends), pl.concat(map(figure_data, answer.contrast_trends))
        case "ranks" if answer.ranks:
            sides = [(r, lead.b if r.state == lead.a else lead.a) for r in answer.ranks]
            frames = (figure_data(r).insert_column(0, pl.lit(r.state).alias("of")) for r in answer.ranks)
            return rank_strip(sides), pl.concat(frames)
        case "contrasts" | "ranks":
            raise NoAnswer(say("files.nothing_to_draw"), got=name, next=say("notes.get_release"))
        case _:
            raise UsageError("Unknown figure", got=name, allowed=", ".join(FIGURES))


def with_origin(data: pl.DataFrame, release: str, sha256: str) -> str:
    """A figure's data as CSV, each row with the release it is of."""
    import polars as pl

    return data.with_columns(release=pl.lit(release), sha256=pl.lit(sha256)).write_csv()
