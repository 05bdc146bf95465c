"""Figures of one text about one period solved together: the readings that give them all, or most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan

from comity.audit.claim import Claim
from comity.audit.context import Context
from comity.audit.evaluate.common import reading_of
from comity.audit.lint import printed_of
from comity.audit.parts_of import ReadingPart
from comity.audit.solve.find import Tried, find
from comity.audit.solve.items import ALL, Item, pairs_of
from comity.audit.solve.solve import MOST_ITEMS
from comity.audit.solve.space import Base, space
from comity.audit.tests_of import PairVotes, RollCallCount
from comity.audit.verdict import NOT_SOLVED, Readings
from comity.model.period import Period
from comity.model.reading import Reading
from comity.model.words import say, span

SHIFT, SEED, SHOWN = 2, 1945, 5
Key = tuple[str, str, str, ReadingPart | None]


@dataclass(frozen=True, slots=True)
class Together:
    """Claims of one text whose figures one reading has to serve. items : figures of pairs; n : of roll calls."""

    issue: str
    period: Period
    reading: ReadingPart | None
    items: tuple[Item, ...]
    n: int | None


def key_of(claim: Claim) -> Key | None:
    """What claims share that are solved together: text, issue, period, declared reading; None for other claims."""
    test = claim.test
    if not isinstance(test, PairVotes | RollCallCount) or test.span.clock != "year":
        return None
    if (isinstance(test, PairVotes) and test.than) or printed_of(claim) is None:
        return None
    return claim.document, test.chosen, test.period, test.reading


def together(claims: Iterable[Claim]) -> Mapping[Key, Together]:
    """The groups of a file, whatever the order of its claims."""
    found: dict[Key, list[Claim]] = {}
    for claim in sorted(claims, key=lambda c: c.id):
        if (key := key_of(claim)) is not None:
            found.setdefault(key, []).append(claim)
    return {key: _group(key, mine) for key, mine in found.items()}


def _group(key: Key, claims: Sequence[Claim]) -> Together:
    items: list[Item] = []
    numbers: list[int] = []
    for claim in claims:
        printed = printed_of(claim)
        assert printed is not None
        if isinstance(claim.test, PairVotes):
            items.append(Item(*claim.test.pair, claim.test.category, printed))
        elif isinstance(claim.test, RollCallCount) and not printed.op and not printed.about:
            numbers.append(int(printed.value))
    n = numbers[0] if len(set(numbers)) == 1 else None
    test = claims[0].test
    assert isinstance(test, PairVotes | RollCallCount)
    return Together(key[1], test.span, key[3], tuple(dict.fromkeys(items))[:MOST_ITEMS], n)


def solved(group: Together, context: Context) -> Readings:
    """Every defensible reading held against the figures of a group; NOT_SOLVED where there is no figure of a pair."""
    if not group.items:
        return NOT_SOLVED
    fixed = reading_of(group.issue, "year", group.reading)
    corpora = [context.corpus(fixed.release)] if fixed.release else list(context.corpora)
    made = space(corpora, pairs_of(group.items), [group.issue], group.period, SHIFT, fixed)
    if not made.bases:
        return NOT_SOLVED
    release = fixed.release or made.bases[0].reading.release
    declared = Base(Reading(release=release, issue=group.issue), group.period, 0, 0)
    found = find(made, group.items, group.n, declared, SEED, show=SHOWN)
    return Readings(
        tried=found.tried,
        giving_all=tuple(map(words, found.giving_all)),
        giving_most=tuple(map(words, found.giving_most)),
        all_count=found.all_count,
        null_rate=None if isnan(found.null_rate) else found.null_rate,
        figures=len(group.items) + (group.n is not None),
    )


def words(reading: Tried) -> str:
    """A reading in words: release, period, roll calls, and where it departs from what the text declares."""
    base = reading.base
    key = "session" if base.reading.clock == "session" else "year"
    told = say(f"readings.{key}", release=base.reading.release, period=span(base.period.label), n=reading.roll_calls)
    left = [d for d in reading.departures if d not in ("release", "start", "end", "clock")]
    told += "".join(f", {say(f'solve.departs_{d}')}" for d in left)
    return told if reading.of != ALL else f"{told}, {say('solve.of_all')}"
