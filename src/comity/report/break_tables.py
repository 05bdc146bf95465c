"""Breaks as sentences and a neutral table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from comity.model.counts import Share
from comity.model.language import numeral
from comity.model.words import points, say, span
from comity.report import parts
from comity.report.document import Column, Item, Line, Table
from comity.study.answers.breaks import Break, BreaksAnswer, BreakSeries


def breaks_sentences(answer: BreaksAnswer) -> list[str]:
    """What the series say of a break, the sentence to quote first."""
    first = answer.series[0]
    period = span(answer.period.label)
    if first.found is None:
        return [say("change.lead_reason", period=period, reason=say(f"change.{first.reason}"))]
    found = first.found
    before, after = _levels(found)
    lead = say(
        f"change.lead_{found.preferred}",
        period=period,
        at=found.at,
        before=before,
        after=after,
        n_before=found.votes_before,
        n_after=found.votes_after,
    )
    others = [at for at in found.inside if at != found.at]
    dates = say("change.set", at=found.at, dates=_years(others)) if others else say("change.set_alone", at=found.at)
    two, one = found.chance
    chance = say(
        "change.chance",
        draws=two.draws,
        steps=two.steps,
        large=two.as_large,
        rho=numeral(two.rho, ".2f"),
        steps_level=one.steps,
        large_level=one.as_large,
        rho_level=numeral(one.rho, ".2f"),
    )
    asserted = [_asserted(answer, s) for s in answer.series if answer.break_at is not None and s.found]
    dispersion = say("change.dispersion", phi=numeral(found.dispersion, ".1f"))
    return [lead, chance, say("change.single"), dates, *asserted, dispersion]


def _asserted(answer: BreaksAnswer, series: BreakSeries) -> str:
    name, found = say(f"change.{series.kind}"), series.found
    assert found is not None
    if found.asserted is None:
        return say("change.asserted_edge", series=name, year=answer.break_at)
    support = found.asserted.support
    return say(
        "change.asserted",
        series=name,
        year=answer.break_at,
        at=found.at,
        support=numeral(support, ".2f") if support >= 0.01 else "< 0.01",
        rank=found.asserted.rank,
        among=found.asserted.among,
        inside=say("change.inside" if found.asserted.inside else "change.outside"),
    )


def _levels(found: Break) -> tuple[str, str]:
    """The shares on both sides of a step, by the decimals their votes carry."""
    sides = ((found.before, found.votes_before), (found.after, found.votes_after))
    before, after = (parts.share(Share(round(level * n), n)) for level, n in sides)
    return before, after


def _years(years: Sequence[int]) -> str:
    """Years as ranges.

    >>> _years([1989, 1990, 1991, 1994])
    '1989–1991, 1994'
    """
    if not years:
        return parts.NO_VALUE
    starts = [years[0], *(b for a, b in pairwise(years) if b != a + 1)]
    ends = [*(a for a, b in pairwise(years) if b != a + 1), years[-1]]
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in zip(starts, ends, strict=True))


def breaks_table(answer: BreaksAnswer) -> Table:
    """One line a series: what fits, from when, the levels, the dates it may be, and how often chance does as much."""
    keys = ("series", "fits", "step_from", "levels", "dates", "by_chance")
    heads = [Column(say(f"change.{k}"), numeric=k not in ("series", "fits", "dates")) for k in keys]
    heads.insert(1, Column(say("column.both_cast")))
    return Table(say("change.caption_breaks"), tuple(heads), tuple(_breaks_line(s) for s in answer.series))


def _breaks_line(series: BreakSeries) -> Line:
    name = Item(say(f"change.{series.kind}"))
    votes = say("change.votes_of", n=series.n, of=series.of) if series.points else parts.NO_VALUE
    found = series.found
    if found is None:
        blanks = (Item(parts.NO_VALUE) for _ in range(4))
        return Line((name, Item(votes), Item(say(f"change.{series.reason}")), *blanks))
    smaller = min(found.votes_before, found.votes_after)
    moved = points(found.before, found.after, smaller)
    if series.kind == "share":
        before, after = _levels(found)
        levels = Item(
            say("change.from_to", before=before, after=after), (f"{found.votes_before} | {found.votes_after}",)
        )
    else:
        levels = Item(moved or parts.NO_VALUE, (f"{found.votes_before} | {found.votes_after}",))
    low, high = sorted(c.as_large for c in found.chance)
    key = "change.of_draws" if low != high else "change.of_draws_one"
    chance = Item(say(key, low=low, high=high), (say("change.draws", draws=found.chance[0].draws),))
    step = (Item(say(f"change.{found.preferred}")), Item(str(found.at)), levels, Item(_years(found.inside)))
    return Line((name, Item(votes), *step, chance))
