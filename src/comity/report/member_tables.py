"""The members of a group: since when, and how often each voted as most of the others, as a neutral table."""

from __future__ import annotations

from datetime import date

from comity.model.counts import Share
from comity.model.words import say, span
from comity.report import parts
from comity.report.document import Column, Item, Line, Table
from comity.study.answers.cohesion import CohesionAnswer, MemberRecord, Since


def members_table(answer: CohesionAnswer) -> Table:
    """One line a member: whole period, its earlier and later half, the change between them, and beside the power."""
    halves = _halves(answer)
    heads = [Column(say(f"cohesion_members.{k}"), numeric=False) for k in ("member", "since")]
    heads += [Column(span(answer.period.label)), *(Column(label) for label, _ in halves)]
    heads += [Column(say("cohesion_members.change"))] if len(halves) == 2 else []
    heads += [Column(say("cohesion_members.power", power=answer.power[1]))] if answer.power else []
    lines = tuple(
        _line(answer, r, [_sum(r.stretches[part]) for _, part in halves])
        for r in sorted(answer.records, key=lambda r: r.name)
    )
    caption = say("cohesion_members.caption", name=answer.name)
    return Table(caption, tuple(heads), lines, note=say("cohesion_members.note"))


def _line(answer: CohesionAnswer, record: MemberRecord, halves: list[Share]) -> Line:
    since = "; ".join(map(since_words, record.since))
    items = [Item(record.name), Item(since), _item(record.whole), *map(_item, halves)]
    if len(halves) == 2:
        earlier, later = (h.value for h in halves)
        change = None if earlier is None or later is None else 100 * (later - earlier)
        items.append(Item(parts.signed(change, min(h.n for h in halves))))
    if answer.power:
        items.append(_item(record.beside_whole) if record.beside_whole else Item(parts.NO_VALUE))
    return Line(tuple(items))


def since_words(since: Since) -> str:
    """A membership in words, by the days, months or years that its source has."""
    if not since.start and not since.end:
        told = say("cohesion_members.always")
    elif not since.end:
        told = say("cohesion_members.from", start=_day(since.start))
    else:
        told = say("cohesion_members.until", start=_day(since.start), end=_day(since.end))
    return told if since.checked else say("cohesion_members.unchecked", told=told)


def _day(text: str) -> str:
    """An ISO date, month or year in words."""
    if len(text) < 7:
        return text or parts.NO_VALUE
    return parts.day(date.fromisoformat(f"{text}-01" if len(text) == 7 else text), "month" if len(text) == 7 else "day")


def _item(share: Share) -> Item:
    """A share with its N beneath; below 20 the count alone."""
    few = share.n < parts.SMALL
    return Item(parts.share(share), () if few else (say("cohesion_members.of", n=share.n),))


def _halves(answer: CohesionAnswer) -> tuple[tuple[str, slice], ...]:
    """The earlier and the later half of the stretches; none of fewer than four."""
    held = answer.stretches
    if len(held) < 4:
        return ()
    middle = len(held) // 2
    return tuple(
        (span(f"{held[part][0].period.start}-{held[part][-1].period.end}"), part)
        for part in (slice(0, middle), slice(middle, None))
    )


def _sum(shares: tuple[Share, ...]) -> Share:
    return Share(sum(s.k for s in shares), sum(s.n for s in shares))
