"""What is drawn of answers on recorded votes, and the table behind each drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

    from comity.report.figures.style import Size


def periods(answer: Any, size: Size) -> Any:
    """Category shares by period."""
    from comity.report.figures.periods import period_shares

    return period_shares(answer, size=size)


def periods_data(answer: Any) -> pl.DataFrame:
    """Of ``periods``."""
    from comity.report.figures.data import figure_data

    return figure_data(answer)


def years(answer: Any, size: Size) -> Any:
    """Category shares by year."""
    from comity.report.figures.years import yearly_shares

    return yearly_shares(answer, size=size)


def years_data(answer: Any) -> pl.DataFrame:
    """Of ``years``."""
    from comity.report.figures.data import figure_data

    return figure_data(answer)


def medians(answer: Any, size: Size) -> Any:
    """The same of votes both cast, beside the median partner of each side."""
    from comity.report.figures.years import yearly_shares

    return yearly_shares(answer, medians=True, size=size)


def medians_data(answer: Any) -> pl.DataFrame:
    """Of ``medians``."""
    from comity.report.figures.data import figure_data

    return figure_data(answer, of_cast=True)


def has_medians(answer: Any) -> bool:
    """Whether the medians of either side are known."""
    return any(m is not None for series in answer.medians.values() for m in series)


def partners(answer: Any, size: Size) -> Any:
    """All partners of a state."""
    from comity.report.figures.strip import rank_strip

    return rank_strip([(answer, None)], size=size)


def partners_data(answer: Any) -> pl.DataFrame:
    """Of ``partners``."""
    from comity.report.figures.data import figure_data

    return figure_data(answer)


def has_partners(answer: Any) -> bool:
    """Whether any partner is ranked."""
    return bool(answer.partners)
