"""What is drawn of answers beside the votes; behind each drawing stands the answer's own table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity.web.question import Figure

if TYPE_CHECKING:
    import polars as pl

    from comity.report.figures.style import Size


def _rows(answer: Any) -> pl.DataFrame:
    frame: pl.DataFrame = answer.to_polars()
    return frame


def _triangle(answer: Any, size: Size) -> Any:
    from comity.report.figures.ternary import ternary_figure

    return ternary_figure(answer, size=size)


def _three(answer: Any) -> bool:
    return len(answer.powers) == 3 and any(s.counted for s in answer.strands)


def _lanes(answer: Any, size: Size) -> Any:
    from comity.report.figures.timeline import timeline_figure

    return timeline_figure(answer, size=size)


def _suppliers(answer: Any, size: Size) -> Any:
    from comity.report.figures.arms_shares import arms_shares

    return arms_shares(_rolling(answer), size=size)


def _rolling(answer: Any) -> Any:
    """Suppliers' shares over moving windows, of the recipient and years of an answer on deliveries."""
    from comity.study.arms_rolling import arms_rolling

    return arms_rolling(answer.key, period=answer.asked)


def _to_one(answer: Any) -> bool:
    from comity.study.answers.arms import ArmsAnswer

    return isinstance(answer, ArmsAnswer) and answer.side == "recipient" and bool(_rolling(answer).rows)


def _flows(answer: Any, size: Size) -> Any:
    from comity.report.figures.trade_years import trade_years

    return trade_years(answer, size=size)


def _several_years(answer: Any) -> bool:
    return sum(y.imports is not None or y.exports is not None for y in answer.years) > 1


def _spans(answer: Any, size: Size) -> Any:
    from comity.report.figures.event_spans import event_spans

    return event_spans(answer, size=size)


def _several_spans(answer: Any) -> bool:
    return len(answer.spans) > 1


BALANCE = (Figure("triangle", _triangle, _rows, _three),)
TIMELINE = (Figure("lanes", _lanes, _rows),)
ARMS = (Figure("suppliers", _suppliers, lambda answer: _rows(_rolling(answer)), _to_one),)
TRADE = (Figure("years", _flows, _rows, _several_years),)
EVENTS = (Figure("spans", _spans, _rows, _several_spans),)
