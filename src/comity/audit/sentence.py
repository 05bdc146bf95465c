"""What stands in a sentence: states, dates, figures, symbols, and what makes it doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from comity.audit.lexicon import days_named, range_named
from comity.audit.named_states import Named, groups_in, states_in
from comity.audit.printed import Printed
from comity.errors import ComityError
from comity.model.symbol import normalise_symbol, session_of
from comity.strands.intervals import Days
from comity.votes.landmarks import landmark

SYMBOL = re.compile(
    r"(?:\bA/RES/|(?<=\b[Rr]esolution )|(?<=\bGeneral Assembly [Rr]esolution ))"
    r"(?P<symbol>ES-\d{1,2}/\d{1,3}|\d{1,2}/\d{1,3}[A-Z]?|\d{1,4} ?\([IVXL]{1,8}\))(?![\w/])"
)
_ABOUT = r"(?P<about>about |around |some |nearly |almost |over |under |more than |less than |up to |~)?"
PERCENT = re.compile(_ABOUT + r"(?<![\d.,])(?P<number>\d{1,3}(?:\.\d+)?) ?(?:%|per ?cent\b)", re.IGNORECASE)
MONEY = re.compile(
    _ABOUT + r"(?:(?:USD|US\$|\$) ?(?P<a>\d[\d,]*(?:\.\d+)?)(?: ?(?P<at>billion|million|bn|m)\b)?"
    r"|(?P<b>\d[\d,]*(?:\.\d+)?) (?P<bt>billion|million) (?:US )?dollars)",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:not|never|neither|nor|no longer|without|denied|refused|failed)\b|n['’]t\b", re.IGNORECASE)
_HEDGE = re.compile(
    r"\b(?:may(?! \d)|might|could|would|should|can|will|perhaps|probably|possibly|likely|reportedly|allegedly"
    r"|seem\w*|appear\w*"
    r"|expected|planned|plans|almost|nearly|roughly|rarely|often|mostly|usually|supposedly|said to)\b"
)
_SAID = re.compile(
    r"\b(?:[Aa]ccording to|said|says|told|argue[sd]?|claim(?:s|ed)|wrote|writes|believe[sd]?|quoted"
    r"|noted|insist\w*)\b|[“”\"]"
)
_UNDER = {"over": "over ", "more than": "over ", "under": "under ", "less than": "under ", "up to": "up to "}
_SMALL_WORDS = "the a an in on of and to from between by at with was were had has have"
_SMALL = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence taken apart.

    states : in order; days : dates named; years : the one stretch of years named; symbols : of Assembly texts.
    percents, money : figures with their characters. doubts : keys of what a human has to settle first.
    """

    text: str
    states: tuple[Named, ...]
    groups: tuple[str, ...]
    days: tuple[tuple[Days, tuple[int, int]], ...]
    years: tuple[int, int] | None
    symbols: tuple[str, ...]
    percents: tuple[tuple[Printed, tuple[int, int]], ...]
    money: tuple[tuple[Printed, tuple[int, int]], ...]
    doubts: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the states that are not open, once each."""
        return tuple(dict.fromkeys(n.state for n in self.states if n.state))

    @property
    def sure(self) -> bool:
        """Whether every state is named outright."""
        return all(n.sure for n in self.states)

    def skeleton(self, **spans: Iterable[tuple[int, int]]) -> str:
        """The sentence with states as S and other things by the letter given, on which a plain form is recognised.

        >>> see("Cuba and Iran abstained on A/RES/68/262.").skeleton(Y=[(27, 39)])
        'S and S abstained on Y.'
        """
        marked = [(at, "S") for n in self.states for at in [n.at]]
        marked += [(at, letter) for letter, found in spans.items() for at in found]
        made, end = [], 0
        for (start, stop), letter in sorted(marked):
            if start >= end:
                made += [self.text[end:start], letter]
                end = stop
        return "".join([*made, self.text[end:]])

    def left_over(self, spans: Iterable[tuple[int, int]]) -> list[str]:
        """Words outside the given characters and the states', that are no small words."""
        rest = list(self.text)
        for start, end in [*spans, *(n.at for n in self.states)]:
            rest[start:end] = " " * (end - start)
        words = re.findall(r"[^\W_][\w%’'/-]*", "".join(rest).replace("'s ", "   ").replace("’s ", "   "))
        return [w for w in words if w.lower() not in _SMALL]


def see(text: str) -> Seen:
    """Take a sentence apart."""
    days = tuple(days_named(text))
    symbols = tuple(dict.fromkeys(normalise_symbol(m["symbol"]) or m[0] for m in SYMBOL.finditer(text)))
    years = range_named(text)
    named = _states(text, days, years, symbols)
    doubts = [key for key, found in (("negated", _NEGATION), ("hedged", _HEDGE), ("said", _SAID)) if found.search(text)]
    return Seen(
        text, named, groups_in(text), days, years, symbols, tuple(_percents(text)), tuple(_money(text)), tuple(doubts)
    )


def _states(
    text: str, days: tuple[tuple[Days, tuple[int, int]], ...], years: tuple[int, int] | None, symbols: tuple[str, ...]
) -> tuple[Named, ...]:
    """States under their names of the time: of the vote, of the day, of both ends of the years; else of today."""
    on: list[date | None] = [day for s in symbols if (day := _day_of(s))]
    on += list(days[0][0]) if len(days) == 1 else []
    on += [date(years[0], 7, 1), date(years[1], 7, 1)] if years else []
    readings = [states_in(text, day) for day in on or [None]]
    first = readings[0]
    if all([n.state for n in r] == [n.state for n in first] for r in readings):
        return first
    return tuple(Named("", n.written, n.at, False, n.meant) for n in first)


def _day_of(symbol: str) -> date | None:
    """The day of a landmark, else a day of the regular session; None for special sessions that are no landmarks."""
    if row := landmark(symbol):
        return row.date
    session = None if "ES-" in symbol else session_of(symbol)
    return date(1945 + session, 11, 15) if session else None


def _percents(text: str) -> Iterable[tuple[Printed, tuple[int, int]]]:
    for m in PERCENT.finditer(text):
        yield from _printed(m, m["about"], f"{m['number']} %")


def _money(text: str) -> Iterable[tuple[Printed, tuple[int, int]]]:
    for m in MONEY.finditer(text):
        times = m["at"] or m["bt"] or ""
        yield from _printed(m, m["about"], f"{m['a'] or m['b']} {times} USD".replace("  ", " "))


def _printed(m: re.Match[str], about: str | None, plain: str) -> Iterable[tuple[Printed, tuple[int, int]]]:
    word = (about or "").strip().lower()
    lead = _UNDER.get(word, "about " if word else "")
    try:
        yield Printed.parse(lead + plain), m.span()
    except ComityError:
        return
