"""A ranking on the terminal."""

from __future__ import annotations

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from comity.model.words import say, span
from comity.report import interval_words, parts
from comity.report.terminal_bars import Bar
from comity.report.terminal_page import grid, page, said
from comity.study.answers.rank import Partner, RankAnswer
from comity.study.answers.uncertainty import PartnerBands


def rank(answer: RankAnswer) -> RenderableType:
    """Every partner, most alike first, the median drawn as a line of its own."""
    bands = answer.intervals.partners if answer.intervals else ()
    keys = ("rank", "partner", "both_cast", "same", "share", "percentile")
    heads = [say(f"column.{k}") for k in keys]
    if bands:
        heads = [*heads[:5], say("short.interval"), say("short.rank_interval")]
    table = grid(*heads, left=(1,))
    table.columns[1].min_width = len(_median_name(answer))
    table.add_column("")
    placed = False
    for i, partner in enumerate(answer.partners):
        value = partner.counts.share_of_cast("same").value
        if not placed and answer.median is not None and value is not None and value < answer.median:
            _median_row(table, answer)
            placed = True
        _partner_row(table, partner, bands[i] if bands else None)
    minimum = parts.minimum(answer.min_common)
    few = "; ".join(say("rank.too_few_one", name=name, cast=cast) for _, name, cast in answer.too_few)
    return page(
        say("heading.rank", state=answer.name, period=span(answer.period.label)),
        parts.subject(answer.header),
        Text(say("rank.sub", n=answer.roll_calls, minimum=minimum, **answer.header.where)),
        table,
        *said(interval_words.ranking_sentences(answer)),
        header=answer.header,
        notes=answer.notes,
        lines=(say("rank.too_few", states=few) if few else None, parts.dropped_line(answer.dropped)),
    )


def _median_name(answer: RankAnswer) -> str:
    return say("rank.median_row", among=len(answer.partners), n=answer.roll_calls)


def _median_row(table: Table, answer: RankAnswer) -> None:
    n, held = answer.roll_calls, answer.intervals
    beside = [interval_words.share_range(held.median, n, reliable=held.reliable)] if held else []
    table.add_row("", _median_name(answer), "", "", parts.level(answer.median, n), *beside, "", style="bold italic")


def _partner_row(table: Table, partner: Partner, bands: PartnerBands | None) -> None:
    counts = partner.counts
    beside = [parts.rounded(partner.percentile)]
    if bands:
        share = interval_words.share_range(bands.share, counts.cast, reliable=bands.reliable)
        beside = [share, interval_words.rank_range(bands.rank, reliable=bands.reliable)]
    table.add_row(
        str(partner.rank),
        partner.name,
        str(counts.cast),
        str(counts.same),
        parts.share(counts.share_of_cast("same")),
        *beside,
        Bar(counts, cast_only=True),
    )
