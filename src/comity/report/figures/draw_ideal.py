"""Figures of ideal points, each to a file with its data table beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.errors import NoAnswer
from comity.model.words import say
from comity.report.figures.draw import with_origin
from comity.report.figures.ideal_distance import ideal_distance
from comity.report.figures.ideal_map import ideal_map, least_expected
from comity.report.figures.ideal_paths import ideal_paths
from comity.report.figures.save import format_of, rendered
from comity.report.files import write_all
from comity.study.answers.common import Header
from comity.study.answers.ideal import IdealDistanceAnswer
from comity.study.answers.ideal_paths import IdealPathsAnswer
from comity.study.answers.ideal_vote import IdealVoteAnswer

if TYPE_CHECKING:
    import polars as pl


def draw_paths(answer: IdealPathsAnswer, path: Path) -> list[Path]:
    """Write the paths, and one row a state and session (and a session of the group) as CSV; both or neither.

    NoAnswer where no state of the answer is placed; UsageError for a suffix that is no format.
    """
    if not answer.shown.points:
        raise NoAnswer(say("ideal_figure.nothing"), got=", ".join(name for _, name in answer.shown.names))
    data = _with_bridges(answer.to_polars(), answer.shown.bridges)
    return _write(ideal_paths(answer), data, answer.header, path)


def draw_distance(answer: IdealDistanceAnswer, bridges: Mapping[int, int], path: Path) -> list[Path]:
    """Write the difference, and one row a session as CSV; both or neither. UsageError as ``draw_paths``."""
    import polars as pl

    pair = {"a": pl.lit(answer.a), "b": pl.lit(answer.b)}
    data = answer.to_polars().select(**pair, **{c: pl.col(c) for c in answer.to_polars().columns})
    return _write(ideal_distance(answer, bridges), _with_bridges(data, bridges), answer.header, path)


def draw_map(answer: IdealVoteAnswer, path: Path) -> list[Path]:
    """Write the map, and one row a state with the item's terms as CSV; both or neither. Raises as ``draw_paths``."""
    import polars as pl

    rare, asked = sorted(least_expected(answer)), [s for s, _ in answer.focus]
    low, high = answer.cuts or (None, None)
    data = answer.to_polars().with_columns(
        asked=pl.col("state").is_in(asked),
        least_expected=pl.col("state").is_in(rare),
        beta=pl.lit(answer.beta),
        gamma1=pl.lit(answer.gamma1),
        gamma2=pl.lit(answer.gamma2),
        cut_yes=pl.lit(low, dtype=pl.Float64),
        cut_no=pl.lit(high, dtype=pl.Float64),
    )
    return _write(ideal_map(answer), data, answer.header, path)


def _with_bridges(data: pl.DataFrame, bridges: Mapping[int, int]) -> pl.DataFrame:
    import polars as pl

    linked = [bridges.get(t, 0) for t in data["session"].to_list()]
    return data.with_columns(linked_texts=pl.Series(linked, dtype=pl.Int64))


def _write(figure: Any, data: pl.DataFrame, header: Header, path: Path) -> list[Path]:
    table = with_origin(data, header.origin.release, header.origin.sha256)
    return write_all(path.parent, {path.name: rendered(figure, format_of(path)), f"{path.stem}.csv": table.encode()})
