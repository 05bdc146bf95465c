"""What a claim says, as typed facts that can be compared: from its test, and from closed word lists where they suffice.

A fact that the words leave open (three states in a sentence about one relation, good and bad in one breath) is not
made: a contradiction is worth more than a list of suspicions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from comity.audit.claim import Claim
from comity.audit.parts_of import Body
from comity.audit.printed import Printed
from comity.strands.intervals import Days
from comity.strands.ledgers.kinds import Choice
from comity.strands.ledgers.when import ends

Key = tuple[str, ...]
_OPEN = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)-")
_YEARS = re.compile(r"(\d{4}) ?[-–] ?(\d{4}|\d\d)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure. key : what it is of; part : which part of that whole ("same"); rest : said to be what is left.

    rule : how it was counted, where the test says so; document : of the claim.
    """

    key: Key
    part: str
    printed: Printed
    rest: bool = False
    rule: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a state is said to have voted, on a roll call (symbol) or on a day.

    always : on every text of ``days``; about : other states the sentence names.
    """

    state: str
    choices: frozenset[Choice]
    days: Days | None
    symbol: str = ""
    about: frozenset[str] = frozenset()
    always: bool = False


@dataclass(frozen=True, slots=True)
class Motion:
    """A vote as a thing: whose it is said to be, what it is said to do (suspend, expel), its tally."""

    days: Days | None
    symbol: str
    body: Body | None
    acts: frozenset[str]
    tally: tuple[tuple[str, int], ...] = ()
    adopted: bool | None = None
    about: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that happened once. what : its class; things : names it is about, or the ledger's row."""

    what: str
    things: frozenset[str]
    states: frozenset[str]
    days: Days


@dataclass(frozen=True, slots=True)
class Visit:
    """One journey of one person. first_in : said to be the first in so many years; official : said to be so."""

    person: str
    states: frozenset[str]
    days: Days
    official: bool = False
    first_in: float | None = None


@dataclass(frozen=True, slots=True)
class Jubilee:
    """Ties said to exist since a year, or (years) a jubilee of them kept on a day."""

    states: frozenset[str]
    days: Days
    years: int | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """A relation called good or growing (1), bad or waning (-1)."""

    states: frozenset[str]
    days: Days
    way: Literal[1, -1]


@dataclass(frozen=True, slots=True)
class Company:
    """How many did the same: a number, or "rare"."""

    state: str
    choices: frozenset[Choice]
    days: Days
    number: int | None
    rare: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that is so or not on a day: a membership, a tier. what : of what; is_ : as said."""

    what: Key
    is_: str
    days: Days


@dataclass(frozen=True, slots=True)
class Only:
    """That of a group only some made a choice on a roll call."""

    symbol: str
    choices: frozenset[Choice]
    groups: tuple[str, ...]
    on: date
    who: frozenset[str]


Fact = Figure | Ballot | Motion | Dated | Visit | Jubilee | Trend | Company | Standing | Only


def days_of(period: str) -> Days | None:
    """The first and last day of a period as a text gives it; None where it cannot be told.

    >>> [str(d) for d in days_of("c. 2000-2020")], [str(d) for d in days_of("1985-91")]
    (['2000-01-01', '2020-12-31'], ['1985-01-01', '1991-12-31'])
    """
    text = re.sub(r"\bc\. ?", "", period).strip()
    try:
        if ".." in text:
            first, _, last = text.partition("..")
            last = last.strip()
            return ends(first.strip())[0], ends(f"{first[:5]}{last}" if len(last) == 2 else last)[1]
        if found := _OPEN.fullmatch(text):
            return ends(found[1])[0], date.max
        years = _YEARS.fullmatch(text)
        if years and (len(years[2]) == 4 or int(years[2]) > 12):
            last = years[2] if len(years[2]) == 4 else years[1][:2] + years[2]
            return (ends(years[1])[0], ends(last)[1]) if years[1] <= last else None
        return ends(text)
    except ValueError:
        return None


def meet(a: Days, b: Days) -> bool:
    """Whether two stretches share a day.

    >>> meet(ends("2014"), ends("2013-11"))
    False
    """
    return a[0] <= b[1] and b[0] <= a[1]


def facts_of(claim: Claim, before: Claim | None = None) -> tuple[Fact, ...]:
    """Everything comparable that a claim says. before : the claim before it, whose subject it may carry on."""
    from comity.audit.facts_said import said
    from comity.audit.facts_tested import tested

    return tuple(dict.fromkeys([*tested(claim), *said(claim, before)]))
