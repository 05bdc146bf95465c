"""Volumes of arms in words and figures: what is settled, and what lies between bounds."""

from __future__ import annotations

from collections.abc import Iterable

from comity.model.language import numeral
from comity.model.period import Period
from comity.model.words import during, named, ordinal, say, span
from comity.report.parts import NO_VALUE
from comity.strands.arms import Amount
from comity.study.answers.arms import ArmsAnswer, ArmsPairAnswer, Part, Partner, Peak, Place
from comity.study.answers.arms_rows import Orders

NEXT = 3
SHOWN_PEAKS = 6


def figure(value: float) -> str:
    """A volume: whole from 10 on, with a decimal below, as exact as the register's rows can be.

    >>> figure(6705.8), figure(1.8), figure(0.04), figure(0.0)
    ('6,706', '1.8', '<0.05', '0')
    """
    if value == 0:
        return "0"
    if value < 0.05:
        return "<0.05"
    return numeral(value, ",.0f") if value >= 10 else numeral(value, ".1f")


def between(low: str, high: str, unit: str = "") -> str:
    """One figure, or two where they are printed differently.

    >>> between("5.0", "5.8", " %"), between("80.7", "80.7", " %")
    ('5.0–5.8 %', '80.7 %')
    """
    return f"{low}{unit}" if low == high else f"{low}–{high}{unit}"


def volume(amount: Amount) -> str:
    """A volume, or its bounds."""
    return between(figure(amount.low), figure(amount.high))


def in_words(amount: Amount) -> str:
    """A volume in a sentence, with the even split where bounds are apart."""
    low, high = figure(amount.low), figure(amount.high)
    if low == high:
        return say("arms.volume", value=low)
    return say("arms.volume_between", low=low, high=high, even=figure(amount.even))


def _percent(value: float) -> str:
    return numeral(100 * value, ".1f")


def share(part: Part | None) -> str:
    """A share by the even split; a dash where there is none.

    >>> share(Part(0.05, 0.0536, 0.0575)), share(None)
    ('5.4 %', '–')
    """
    if part is None:
        return NO_VALUE
    return say("arms.hardly") if 0 < part.even < 0.0005 else f"{_percent(part.even)} %"


def share_bounds(part: Part | None) -> tuple[str, ...]:
    """The bounds of a share, where a printed figure hides them."""
    if part is None or _percent(part.low) == _percent(part.high):
        return ()
    return (between(_percent(part.low), _percent(part.high), " %"),)


def share_in_words(part: Part) -> str:
    """A share in a sentence."""
    if not share_bounds(part):
        return f"{_percent(part.even)} %"
    low, even, high = (f"{_percent(value)} %" for value in (part.low, part.even, part.high))
    return say("arms.share_between", low=low, even=even, high=high)


def rank(place: Place | None) -> str:
    """A rank, or the span of those it can be; a dash for a party that has none."""
    return NO_VALUE if place is None else between(ordinal(place.best), ordinal(place.worst))


def ratio(part: Part, decimals: int) -> str:
    """Another ratio with its bounds, by the even split first."""
    low, even, high = (numeral(value, f".{decimals}f") for value in (part.low, part.even, part.high))
    return even if low == high else say("arms.ratio_between", low=low, even=even, high=high)


def cut(asked: Period, period: Period) -> str:
    """That a question reached beyond the data; "" where it did not."""
    return "" if asked == period else say("arms.cut", asked=span(asked.label), period=span(period.label))


def lead(answer: ArmsAnswer) -> str:
    """The sentence to quote: the largest partner, the total, the next ones."""
    ranked = [p for p in answer.partners if p.place and p.share]
    told = [cut(answer.asked, answer.period)]
    if not ranked:
        return _joined([*told, say("arms.lead_none", during=during(answer.period), name=named(answer.name))])
    first, *others = ranked
    key = "arms.lead" if answer.side == "recipient" else "arms.lead_supplier"
    assert first.share
    words = {"name": named(answer.name), "total": in_words(answer.total), "amount": in_words(first.amount)}
    told.append(
        say(key, during=during(answer.period), first=named(first.name), share=share_in_words(first.share), **words)
    )
    if first.place and first.place.worst > 1:
        told.append(say("arms.lead_open"))
    if others:
        listed = ", ".join(say("arms.next_one", name=p.name, share=_short(p)) for p in others[:NEXT])
        told.append(say("arms.next", listed=listed))
    return _joined(told)


def _short(partner: Partner) -> str:
    part = partner.share
    return NO_VALUE if part is None else (share_bounds(part) or (share(part),))[0]


def lead_pair(answer: ArmsPairAnswer) -> str:
    """The sentence to quote: the volume, its part of both sides, the ranks."""
    names = {"supplier": named(answer.supplier_name), "recipient": named(answer.recipient_name)}
    told = [cut(answer.asked, answer.period)]
    if answer.amount.high == 0:
        return _joined([*told, say("arms.lead_pair_none", during=during(answer.period), **names)])
    told.append(say("arms.lead_pair", during=during(answer.period), amount=in_words(answer.amount), **names))
    for key, part, place in (
        ("import", answer.import_share, answer.import_place),
        ("export", answer.export_share, answer.export_place),
    ):
        if part and place:
            words = {"share": share_in_words(part), "rank": rank(place), "among": str(place.among)}
            told.append(say(f"arms.lead_{key}", **words, **names))
    return _joined(told)


def peak(found: Peak, by_year: dict[int, Amount]) -> str:
    """The largest year, or that it cannot be told."""
    if not found.may or len(by_year) == 1:
        return ""
    if found.years:
        years = _years(found.years)
        return say("arms.peak", years=years, amount=in_words(by_year[found.years[0]]))
    return say("arms.peak_open", n=len(found.may), years=_years(found.may))


def _years(years: Iterable[int]) -> str:
    listed = [str(y) for y in years]
    return ", ".join(listed[:SHOWN_PEAKS]) + (" …" if len(listed) > SHOWN_PEAKS else "")


def concentration(answer: ArmsAnswer) -> str:
    """How few partners hold the volume."""
    found = answer.concentration
    if found is None:
        return ""
    return say(
        f"arms.concentration_{answer.side}",
        hhi=ratio(found.hhi, 2),
        effective=ratio(found.effective, 1),
        entropy=numeral(found.entropy, ".2f"),
        n=found.partners,
    )


def orders(found: Orders, last: int) -> str:
    """Orders of the period against what they delivered."""
    if not found.placed:
        return say("arms.orders_none")
    key = "arms.orders_untold" if found.untold else "arms.orders"
    told = [say(key, n=found.placed, known=found.placed - found.untold, volume=figure(found.volume))]
    told.append(say("arms.orders_delivered", delivered=figure(found.delivered), last=last, waiting=found.waiting))
    if found.lag is not None:
        told.append(say("arms.orders_lag", lag=numeral(found.lag, "g")))
    return _joined(told)


def _joined(sentences: Iterable[str]) -> str:
    return " ".join(s for s in sentences if s)
