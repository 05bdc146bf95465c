"""Every pair of claims that cannot both hold, without comparing each with each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from comity.audit import facts as f
from comity.audit.contradict_rules import Kind, clash


@dataclass(frozen=True, slots=True)
class Clash:
    """Two claims, by their places in the file, that cannot both hold."""

    a: int
    b: int
    kind: Kind
    why: str


def clashes(facts: list[tuple[f.Fact, ...]]) -> Iterator[Clash]:
    """Every pair of claims that cannot both hold, once each kind, in the order of the file.

    Facts are first sorted by what two of them must share, so that 10,000 claims are not compared each with each.
    """
    seen: dict[tuple[int, int, Kind], Clash] = {}
    for bucket in _buckets(facts).values():
        for n, (i, one) in enumerate(bucket):
            for j, two in bucket[:n]:
                if i == j:
                    continue
                found = clash(two, one) if j < i else clash(one, two)
                low, high = min(i, j), max(i, j)
                if found and (low, high, found[0]) not in seen:
                    seen[low, high, found[0]] = Clash(low, high, *found)
    yield from (seen[key] for key in sorted(seen, key=lambda k: (k[0], k[1], k[2])))


def _buckets(facts: list[tuple[f.Fact, ...]]) -> dict[tuple[object, ...], list[tuple[int, f.Fact]]]:
    made: dict[tuple[object, ...], list[tuple[int, f.Fact]]] = {}
    for i, held in enumerate(facts):
        for fact in held:
            for key in _shared(fact):
                made.setdefault(key, []).append((i, fact))
    return made


def _shared(fact: f.Fact) -> Iterator[tuple[object, ...]]:
    """What another fact must share for a clash with this one."""
    match fact:
        case f.Figure():
            yield ("figure", fact.key[:4] if fact.key[0] == "votes" else fact.key)
        case f.Ballot():
            yield ("ballot", fact.state)
            if fact.symbol:
                yield ("only", fact.symbol)
        case f.Only():
            yield ("only", fact.symbol)
        case f.Motion():
            yield from ((("motion", fact.symbol),) if fact.symbol else ())
            yield ("motion day", fact.days)
        case f.Dated():
            yield from (("dated", fact.what, thing) for thing in fact.things)
        case f.Visit():
            yield ("visit", fact.states, fact.person.split()[-1])
        case f.Company():
            yield ("company", fact.state, fact.days)
        case f.Standing():
            yield ("standing", fact.what, fact.days)
        case f.Jubilee() | f.Trend():
            yield (type(fact).__name__, fact.states)
