"""The spread of ties laid out: ties, shares, what weights do, where the powers parted, what moves with what."""

from __future__ import annotations

from collections.abc import Iterator

from comity.model.coded import coded
from comity.model.language import numeral
from comity.model.words import named, ordinal, percent, say
from comity.report.document import Block, Chapter, Column, Document, Item, Line, Listing, Paragraph, Table, chapter
from comity.report.parts import NO_VALUE
from comity.report.strands.registry import assembled, lays_out
from comity.study.answers.balance import BalanceAnswer, Split, StrandTies

_DRAWS = 2000


@lays_out(BalanceAnswer)
def balance(answer: BalanceAnswer) -> Document:
    """Every strand with its gaps first; the mean over strands after it, never before."""
    counted = [s for s in answer.strands if s.counted]
    votes = next(s for s in answer.strands if s.strand == "votes")
    agreement = ", ".join(
        say("balance.lead_one", power=named(answer.names[t.power]), value=_plain(t.value)) for t in votes.ties
    )
    lead = say(
        "balance.lead",
        state=answer.names[answer.state],
        k=len(counted),
        n=len(answer.strands),
        powers=", ".join(named(answer.names[p]) for p in answer.powers),
        agreement=agreement,
    )
    return assembled(
        answer,
        say("balance.title", state=answer.names[answer.state]),
        lead,
        chapter("balance_ties", ties_table(answer), gaps(answer)),
        *_spread(answer),
        *_splits(answer),
        *_moved(answer),
    )


def ties_table(answer: BalanceAnswer) -> Table:
    """A line a strand: years, and for each power the tie with its baseline beneath."""
    heads = (Column(say("balance.column_strand"), False), Column(say("balance.column_years"), False))
    columns = (*heads, *(Column(answer.names[p]) for p in answer.powers), Column(say("balance.column_level")))
    lines = tuple(
        Line(
            (
                Item(_name(s), (s.unit,)),
                Item(s.covered or NO_VALUE),
                *(Item(_plain(t.value), _against(t.baseline)) for t in s.ties),
                Item(_two(s.level)),
            )
        )
        for s in answer.strands
    )
    return Table(say("balance.caption_ties"), columns, lines, heads=1)


def gaps(answer: BalanceAnswer) -> Block | None:
    """Why strands are missing or do not count."""
    told = [say("balance.gap_one", strand=_name(s), why=s.gap) for s in answer.strands if s.gap]
    return Listing(tuple(told)) if told else None


def _spread(answer: BalanceAnswer) -> Iterator[Chapter]:
    counted = [s for s in answer.strands if s.counted]
    if counted:
        yield chapter("balance_shares", _shares_table(answer, counted))
    if len(counted) > 1:
        yield chapter("balance_means", _means_table(answer, counted))


def _shares_table(answer: BalanceAnswer, counted: list[StrandTies]) -> Table:
    columns = (
        Column(say("balance.column_strand"), False),
        *(Column(answer.names[p]) for p in answer.powers),
        Column(say("balance.column_even")),
        *(Column(say("balance.column_lean", a=a, b=b)) for a, b in _pairs(counted[0])),
        Column(say("balance.column_partners")),
    )
    lines = tuple(
        Line(
            (
                Item(_name(s)),
                *(Item(_two(t.share)) for t in s.ties),
                Item(_two(s.equidistance)),
                *(Item(_signed(v)) for v in s.leans.values()),
                Item(_one(s.partners)),
            )
        )
        for s in counted
    )
    basis = say(f"balance.basis_{answer.basis}")
    return Table(say("balance.caption_shares", basis=basis), columns, lines)


def _means_table(answer: BalanceAnswer, counted: list[StrandTies]) -> Table:
    columns = (
        Column(say("balance.column_power"), False),
        Column(say("balance.column_mean")),
        Column(say("balance.column_play")),
        *(Column(say("balance.column_without", strand=_name(s).lower())) for s in counted),
        Column(say("balance.column_across")),
    )
    lines = tuple(
        Line(
            (
                Item(answer.names[m.power]),
                Item(_two(m.mean)),
                Item(f"{_two(m.low)} – {_two(m.high)}"),
                *(Item(_two(m.without.get(s.strand))) for s in counted),
                Item(_two(m.across)),
            )
        )
        for m in answer.means
    )
    alike = len(set(answer.weights.values())) == 1
    told = ", ".join(f"{coded(s)} {numeral(w, 'g')}" for s, w in answer.weights.items())
    weighing = say("balance.alike") if alike else say("balance.weighing", weights=told)
    caption = say(
        "balance.caption_means", k=len(counted), n=len(answer.strands), draws=numeral(_DRAWS, ","), weighing=weighing
    )
    return Table(caption, columns, lines)


def _splits(answer: BalanceAnswer) -> Iterator[Chapter]:
    if not answer.splits:
        return
    heads = ("n", "first", "second", "abstained", "absent", "rank", "median")
    columns = (Column(say("balance.column_powers"), False), *(Column(say(f"balance.column_{h}")) for h in heads))
    lines = tuple(Line(_split(answer, s)) for s in answer.splits)
    yield chapter("balance_splits", Table(say("balance.caption_splits"), columns, lines))


def _split(answer: BalanceAnswer, split: Split) -> tuple[Item, ...]:
    rank = say("balance.rank", rank=ordinal(split.rank), among=split.among) if split.rank else NO_VALUE
    median = percent(round(1000 * split.median), 1000) if split.median is not None else NO_VALUE
    return (
        Item(f"{answer.names[split.first]}, {answer.names[split.second]}"),
        Item(numeral(split.roll_calls, ",")),
        *(
            Item(numeral(k, ","), (percent(k, split.cast),) if split.cast >= 20 else ())
            for k in (split.with_first, split.with_second, split.abstained)
        ),
        Item(str(split.absent)),
        Item(rank),
        Item(median),
    )


def _moved(answer: BalanceAnswer) -> Iterator[Chapter]:
    known = [m for m in answer.moved if m.rho is not None]
    if not known:
        return
    pairs = list(dict.fromkeys((m.first, m.second) for m in known))
    lags = sorted({m.lag for m in known})
    by = {(m.first, m.second, m.lag): m for m in known}
    columns = (
        Column(say("balance.column_powers_two"), False),
        *(Column(say(f"balance.lag_{'m' if lag < 0 else ''}{abs(lag)}")) for lag in lags),
        Column(say("balance.column_changes")),
    )
    lines = tuple(
        Line(
            (
                Item(f"{answer.names[a]}, {answer.names[b]}"),
                *(Item(_signed(by[a, b, lag].rho if (a, b, lag) in by else None)) for lag in lags),
                Item(str(by[a, b, 0].years) if (a, b, 0) in by else NO_VALUE),
            )
        )
        for a, b in pairs
    )
    yield chapter(
        "balance_moved",
        Table(say("balance.caption_moved"), columns, lines),
        Paragraph(say("balance.moved_words"), quiet=True),
    )


def _pairs(strand: StrandTies) -> list[tuple[str, str]]:
    return [(key[:3], key[4:]) for key in strand.leans]


def _name(strand: StrandTies) -> str:
    return say(f"balance.strand_{strand.strand}")


def _plain(value: float | None) -> str:
    """A tie in its own unit: whole where large, two decimals where it is an index."""
    if value is None:
        return NO_VALUE
    return numeral(value, ",.0f") if value >= 10 or value == int(value) else numeral(value, ".2f")


def _against(value: float | None) -> tuple[str, ...]:
    """What stands beneath a tie; nothing where there is no baseline."""
    return () if value is None else (f"× {numeral(value, '.2f')}",)


def _two(value: float | None) -> str:
    return NO_VALUE if value is None else numeral(value, ".2f")


def _one(value: float | None) -> str:
    return NO_VALUE if value is None else numeral(value, ".1f")


def _signed(value: float | None) -> str:
    return NO_VALUE if value is None else numeral(value, "+.2f").replace("-", "−")
