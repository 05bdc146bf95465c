"""The intervals of answers as sentences and in few signs, for every face alike."""

from __future__ import annotations

from collections.abc import Callable

from comity.model.language import numeral
from comity.model.words import named, ordinal, possessive, say, span
from comity.report import parts
from comity.study.answers.common import Cell
from comity.study.answers.pair import PairAnswer, Standing, TrendAnswer
from comity.study.answers.rank import RankAnswer
from comity.study.answers.uncertainty import Band, ChangeBands, ContrastBands, RankBands, Resampled, ShareBands


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
        *(_contrast(answer, c, len(held.contrasts)) for c in held.contrasts),
        *(_rank(answer, r) for r in held.ranks),
        kind(held.drawn),
    )
    tested = held.drawn.families_known and (held.changes or held.contrasts)
    return (*(s for s in said if s), *([say("intervals.places")] if tested else []))


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
        drawn=say(f"intervals.{'families' if _known(answer) else 'votes'}", k=bands.families),
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
        blocks=_blocks(answer),
        adjusted=f", {adjusted}" if shown > 1 else "",
        label=_label(bands.reliable),
    )


def _contrast(answer: PairAnswer, bands: ContrastBands, shown: int) -> str:
    row = next(r for r in answer.rows if (r.a, r.b) == (bands.a, bands.b))
    n = min(_votes(cells, bands.period) for cells in (row.cells, answer.lead.cells))
    band = bands.points_of_all["same"]
    if n < parts.SMALL:
        return ""
    adjusted = say("intervals.adjusted_contrasts", k=shown, q=parts.p_value(bands.q_of_all["same"]))
    return say(
        "intervals.contrast",
        period=span(bands.period),
        contrast=row.label,
        points=parts.signed(band.value, n),
        interval=_between(band, lambda x: parts.signed(x, n)),
        test=parts.p_value(bands.p_of_all["same"]),
        blocks=_blocks(answer),
        adjusted=f", {adjusted}" if shown > 1 else "",
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
        interval=_places(bands.rank),
        percentile=parts.rounded(standing.percentile),
        percentile_interval=_between(bands.percentile, parts.rounded),
        corrected=_corrected(standing, bands),
        median=parts.level(bands.median.value, n),
        median_interval=_between(bands.median, lambda x: parts.level(x, n)),
        label=_label(bands.reliable),
    )


def _corrected(standing: Standing, bands: RankBands) -> str:
    if standing.corrected_rank is None:
        return ""
    said = say(
        "intervals.corrected",
        rank=ordinal(standing.corrected_rank),
        among=standing.corrected_among,
        interval=_places(bands.corrected_rank),
    )
    return f" {said}"


def ranking_sentences(answer: RankAnswer) -> tuple[str, ...]:
    """The medians of a ranking, what was drawn, what the mark says; empty without intervals."""
    held, n = answer.intervals, answer.roll_calls
    if held is None:
        return ()

    def level(x: float) -> str:
        return parts.level(x, n)

    fields = {"median": parts.level(held.median.value, n), "interval": _between(held.median, level)}
    if held.median_of_all is not None:
        whole = held.median_of_all
        fields |= {"whole": parts.level(whole.value, n), "whole_interval": _between(whole, level)}
    median = say("intervals.median_some" if held.median_of_all else "intervals.median", **fields)
    kappa = held.corrected_median
    corrected = say("intervals.median_corrected", median=_kappa(kappa.value or 0.0), interval=_between(kappa, _kappa))
    said = (median if n >= parts.SMALL else "", corrected if kappa.value is not None and n >= parts.SMALL else "")
    marked = not held.reliable or any(not p.reliable for p in held.partners)
    return tuple(s for s in (*said, kind(held.drawn), _mark_note() if marked else "") if s)


def trend_sentences(answer: TrendAnswer) -> tuple[str, ...]:
    """What was drawn, and what the mark says; empty without intervals."""
    held = answer.intervals
    if held is None:
        return ()
    marked = any(
        not s.reliable and cell.counts.cast >= parts.SMALL
        for s, cell in zip(held.shares, answer.row.cells, strict=True)
    )
    return (kind(held.drawn), *((_mark_note(),) if marked else ()))


def kind(drawn: Resampled) -> str:
    """What was drawn, and what an interval therefore says."""
    key = "kind_votes" if not drawn.families_known else "kind" if drawn.sessions is None else "kind_crossed"
    return say(f"intervals.{key}", kind=drawn.kind)


def share_range(band: Band, n: int, *, reliable: bool) -> str:
    """An interval of a share as a table holds it, marked where unreliable; a dash where there is none.

    >>> share_range(Band(0.7, 0.62, 0.81), 46, reliable=False), share_range(Band(0.7, 0.62, 0.81), 460, reliable=True)
    ('62–81 % †', '62.0–81.0 %')
    """
    if band.low is None or band.high is None or n < parts.SMALL:
        return parts.NO_VALUE
    low, high = (parts.level(x, n) for x in (band.low, band.high))
    return _marked(say("intervals.compact", low=low.removesuffix("%").strip(), high=high), reliable)


def rank_range(band: Band, *, reliable: bool) -> str:
    """Likewise of a rank.

    >>> rank_range(Band(101, 84, 118), reliable=True), rank_range(Band(None, None, None), reliable=True)
    ('84–118', '–')
    """
    if band.low is None or band.high is None:
        return parts.NO_VALUE
    return _marked(say("intervals.compact", low=round(band.low), high=round(band.high)), reliable)


def _marked(interval: str, reliable: bool) -> str:
    return interval if reliable else say("intervals.marked", interval=interval, mark=say("intervals.mark"))


def _mark_note() -> str:
    return say("intervals.mark_note", mark=say("intervals.mark"))


def _kappa(x: float) -> str:
    return numeral(x, ".2f").replace("-", "−")


def _known(answer: PairAnswer) -> bool:
    return answer.intervals is not None and answer.intervals.drawn.families_known


def _blocks(answer: PairAnswer) -> str:
    return say(f"intervals.{'whole_families' if _known(answer) else 'single_votes'}")


def _places(band: Band) -> str:
    """The interval of a rank."""
    if None not in band and len({round(x or 0) for x in band}) == 1:
        return say("intervals.same")
    return _between(band, lambda x: ordinal(round(x)))


def _between(band: Band, write: Callable[[float], str]) -> str:
    if band.low is None or band.high is None:
        return say("intervals.none")
    return say("intervals.between", low=write(band.low), high=write(band.high))


def _label(reliable: bool) -> str:
    return "" if reliable else f" {say('intervals.unreliable')}"


def _votes(cells: tuple[Cell, ...], label: str) -> int:
    return next(c.counts.roll_calls for c in cells if c.period.label == label)
