"""The intervals of a pair answer as sentences, for every face alike."""

from __future__ import annotations

from collections.abc import Callable

from comity.model.words import named, ordinal, possessive, say, span
from comity.report import parts
from comity.study.answers.common import Cell
from comity.study.answers.pair import PairAnswer
from comity.study.answers.uncertainty import Band, ChangeBands, ContrastBands, RankBands, ShareBands


def sentences(answer: PairAnswer) -> tuple[str, ...]:
    """The lead pair's shares, changes, differences from its contrasts and ranks; empty without intervals.

    Where either N is below 20 a share or a change is not said: the counts stand in the table.
    """
    held = answer.intervals
    if held is None:
        return ()
    pair = (answer.a, answer.b)
    said = (
        *(_share(answer, s) for s in held.shares if (s.a, s.b) == pair),
        *(_change(answer, c, len(held.changes)) for c in held.changes if (c.a, c.b) == pair),
        *(_contrast(answer, c) for c in held.contrasts),
        *(_rank(answer, r) for r in held.ranks),
        say("intervals.kind", kind=held.kind),
    )
    return tuple(s for s in said if s)


def _share(answer: PairAnswer, bands: ShareBands) -> str:
    n, band = _votes(answer.lead.cells, bands.period), bands.of_all["same"]
    if n < parts.SMALL:
        return ""
    return say(
        "intervals.share",
        pair=answer.lead.label,
        period=span(bands.period),
        share=parts.level(band.value, n),
        n=n,
        interval=_between(band, lambda x: parts.level(x, n)),
        families=bands.families,
        label=_label(bands.reliable),
    )


def _change(answer: PairAnswer, bands: ChangeBands, shown: int) -> str:
    n = min(_votes(answer.lead.cells, label) for label in (bands.earlier, bands.later))
    band = bands.points_of_all["same"]
    if n < parts.SMALL:
        return ""
    adjusted = say("intervals.adjusted", k=shown, q=parts.p_value(bands.q_of_all["same"]))
    return say(
        "intervals.change",
        pair=answer.lead.label,
        earlier=span(bands.earlier),
        later=span(bands.later),
        points=parts.signed(band.value, n),
        interval=_between(band, lambda x: parts.signed(x, n)),
        test=parts.p_value(bands.p_of_all["same"]),
        adjusted=f", {adjusted}" if shown > 1 else "",
        label=_label(bands.reliable),
    )


def _contrast(answer: PairAnswer, bands: ContrastBands) -> str:
    row = next(r for r in answer.rows if (r.a, r.b) == (bands.a, bands.b))
    n = min(_votes(cells, bands.period) for cells in (row.cells, answer.lead.cells))
    band = bands.points_of_all["same"]
    if n < parts.SMALL:
        return ""
    return say(
        "intervals.contrast",
        period=span(bands.period),
        contrast=row.label,
        points=parts.signed(band.value, n),
        interval=_between(band, lambda x: parts.signed(x, n)),
        label=_label(bands.reliable),
    )


def _rank(answer: PairAnswer, bands: RankBands) -> str:
    standing = next(
        s
        for s in answer.standings
        if (s.state, s.partner, s.period.label) == (bands.state, bands.partner, bands.period)
    )
    n = standing.share.n
    if n < parts.SMALL:
        return ""
    return say(
        "intervals.rank",
        period=span(bands.period),
        whose=possessive(standing.name_state),
        partner=named(standing.name_partner),
        rank=ordinal(standing.rank),
        among=standing.among,
        interval=_between(bands.rank, lambda x: ordinal(round(x))),
        median=parts.level(bands.median.value, n),
        median_interval=_between(bands.median, lambda x: parts.level(x, n)),
        label=_label(bands.reliable),
    )


def _between(band: Band, write: Callable[[float], str]) -> str:
    if band.low is None or band.high is None:
        return say("intervals.none")
    return say("intervals.between", low=write(band.low), high=write(band.high))


def _label(reliable: bool) -> str:
    return "" if reliable else f" {say('intervals.unreliable')}"


def _votes(cells: tuple[Cell, ...], label: str) -> int:
    return next(c.counts.roll_calls for c in cells if c.period.label == label)
