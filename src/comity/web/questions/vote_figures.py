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


def contrasts(answer: Any, size: Size) -> Any:
    """The same bars, year by year, for the contrast pairs."""
    from comity.report.figures.years import contrasts as draw

    return draw(_contrast_trends(answer), columns=1 if size.narrow else 2, size=size)


def contrasts_data(answer: Any) -> pl.DataFrame:
    """Of ``contrasts``."""
    import polars as pl

    from comity.report.figures.data import figure_data

    return pl.concat(map(figure_data, _contrast_trends(answer)))


def has_contrasts(answer: Any) -> bool:
    """Whether another pair stands beside, on a clock that has years."""
    return answer.header.reading.clock != "day" and any(
        c.counts.roll_calls for row in answer.rows[1:] for c in row.cells
    )


def ranks(answer: Any, size: Size) -> Any:
    """All partners of each side in the last period, the other marked."""
    from comity.report.figures.strip import rank_strip

    return rank_strip([(r, answer.b if r.state == answer.a else answer.a) for r in _rankings(answer)], size=size)


def ranks_data(answer: Any) -> pl.DataFrame:
    """Of ``ranks``."""
    import polars as pl

    from comity.report.figures.data import figure_data

    return pl.concat(figure_data(r).insert_column(0, pl.lit(r.state).alias("of")) for r in _rankings(answer))


def has_ranks(answer: Any) -> bool:
    """Whether either is ranked in the last period."""
    return any(s.period == answer.lead.cells[-1].period for s in answer.standings)


def _rankings(answer: Any) -> list[Any]:
    from comity.study.rank import rank

    last = answer.lead.cells[-1].period
    ranked = [s.state for s in answer.standings if s.period == last]
    return [rank(state, period=last, reading=answer.header.reading) for state in ranked]


def _contrast_trends(answer: Any) -> list[Any]:
    from comity.errors import ComityError
    from comity.study.ask import hull
    from comity.study.trend import trend

    span = hull([c.period for c in answer.lead.cells])
    found = []
    for row in answer.rows[1:]:
        try:
            found.append(trend(row.a, row.b, period=span, reading=answer.header.reading))
        except ComityError:  # a contrast that shares no roll call with the pair in these years has no bars
            continue
    return found
