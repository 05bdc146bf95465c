"""What days and spellings of actors in event files mean: a date that exists, a state that there was on that day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

import polars as pl

from comity.model.clock import today
from comity.states.registry import Spell, registry
from comity.states.resolve import meanings

FIRST, LAST = 19000101, 21000101
"""Bounds of a spell without one, as whole numbers."""
ACTORS = {"actor": pl.String, "state": pl.String, "start": pl.Int32, "end": pl.Int32}


def no_days(texts: Iterable[str | None]) -> list[str]:
    """Those of the texts, written yyyymmdd, that are no day or lie ahead."""
    known = valid_days(texts)
    return sorted({text for text in texts if text is not None} - known.keys())


def valid_days(texts: Iterable[str | None]) -> dict[str, int]:
    """Text → the day as a whole number, yyyymmdd, of those that exist and are not after today.

    >>> valid_days(["20200229", "20210229", "29990101", None])
    {'20200229': 20200229}
    """
    last = today()
    made = {}
    for text in texts:
        if text is None or len(text) != 8 or not text.isdecimal():
            continue
        try:
            day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            continue
        if day <= last:
            made[text] = int(text)
    return made


def actors(spellings: Iterable[str], scheme: str) -> pl.DataFrame:
    """What each spelling means and when: ACTORS, whole-number days from start up to, not with, end.

    A spelling of several actors ("USA;RUS") stands once for each. A spelling that means two states on one day means
    none of them on it.
    """
    rows = [
        (spelling, state, _number(spell.start, FIRST), _number(spell.end, LAST))
        for spelling in sorted(set(spellings))
        for part in dict.fromkeys(p.strip() for p in spelling.split(";"))
        for state, spell in _meant(part, scheme)
    ]
    return pl.DataFrame(rows, schema=ACTORS, orient="row")


def _meant(text: str, scheme: str) -> list[tuple[str, Spell]]:
    """States and the days on which the text means just them and they existed."""
    states = registry().by_id
    told = [
        (m.state, both)
        for m in meanings(text, scheme)
        for there in _one_after_another([*states[m.state].existence, *states[m.state].membership])
        if (both := _both(m.spell, there)) is not None
    ]
    edges = sorted({spell.start for _, spell in told} | {spell.end or date.max for _, spell in told})
    sole = []
    for start, end in pairwise(edges):
        meant = {state for state, spell in told if start in spell}
        if len(meant) == 1:
            sole.append((meant.pop(), Spell(start, end)))
    return sole


def _one_after_another(spells: Iterable[Spell]) -> list[Spell]:
    """Spells that overlap or meet, put together."""
    made: list[Spell] = []
    for spell in sorted(spells, key=lambda s: s.start):
        if made and made[-1].end is not None and spell.start > made[-1].end:
            made.append(spell)
        elif made:
            ends = (made[-1].end, spell.end)
            made[-1] = Spell(made[-1].start, None if None in ends else max(e for e in ends if e))
        else:
            made.append(spell)
    return made


def _both(x: Spell, y: Spell) -> Spell | None:
    start = max(x.start, y.start)
    end = min(x.end or date.max, y.end or date.max)
    return Spell(start, end) if start < end else None


def _number(day: date | None, open_: int) -> int:
    """A day as a whole number; an open side, or one beyond the bounds, is the bound."""
    if day is None or day in (date.min, date.max) or not FIRST < int(f"{day:%Y%m%d}") < LAST:
        return open_
    return int(f"{day:%Y%m%d}")
