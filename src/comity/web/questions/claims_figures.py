"""What is drawn of answers on claims, and the table behind each drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

    from comity.report.figures.style import Size


def curve(answer: Any, size: Size) -> Any:
    """The specification curve."""
    from comity.report.figures.curve import curve as draw

    return draw(answer, size=size)


def curve_data(answer: Any) -> pl.DataFrame:
    """Of ``curve``: one row a reading."""
    found: pl.DataFrame = answer.to_polars()
    return found
