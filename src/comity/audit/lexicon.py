"""The closed word lists by which a sentence is read: numbers, dates, bodies, acts, choices, trends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.audit.parts_of import Body
from comity.strands.intervals import Days
from comity.strands.ledgers.kinds import Choice
from comity.strands.ledgers.when import ends

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70,
}  # fmt: skip

_MONTH = "|".join(MONTHS)
_YEAR = r"(?:1[89]|20)\d\d"
_DATED = re.compile(
    rf"\b(?P<day>\d{{1,2}}) (?P<month>{_MONTH}) (?P<year>{_YEAR})\b"
    rf"|\b(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}}),? (?P<year2>{_YEAR})\b"
    rf"|\b(?P<month3>{_MONTH}) (?:of )?(?P<year3>{_YEAR})\b"
    rf"|\b(?P<iso>{_YEAR}-\d\d-\d\d)\b"
    rf"|(?<![\d,.–-])(?P<year4>{_YEAR})(?![\d,]\d|\d|[–-]\d| ?%)\b"
)
_RANGE = re.compile(
    rf"\b(?P<a>{_YEAR}) ?[-–] ?(?P<b>\d\d(?:\d\d)?)\b|\bfrom (?P<c>{_YEAR}) (?:to|until) (?P<d>{_YEAR})\b"
    rf"|\bbetween (?P<e>{_YEAR}) and (?P<f>{_YEAR})\b",
    re.IGNORECASE,
)

_BODIES: dict[Body, str] = {
    "GA": r"General Assembly|UNGA",
    "HRC": r"Human Rights Council|UNHRC",
    "SC": r"Security Council|UNSC",
}
_IN_BODY = (
    r"\b(?:vot\w+|resolution\w*|text\w*|motion|session|ballot)\b[^.;]{{0,40}}?"
    r"\b(?:in|at|by|of|before)\b[^.;]{{0,20}}?\b(?:{body})\b"
)
_BODY_FIRST = r"\b(?:{body})(?:'s|’s)? (?:\w+ )?(?:vote|resolution|text|ballot)\b"
_WHERE = {
    body: re.compile(f"{_IN_BODY.format(body=words)}|{_BODY_FIRST.format(body=words)}")
    for body, words in _BODIES.items()
}
_NOT_WHERE = re.compile(
    r"\b(?:from|membership of|seat (?:on|in)|membership in|rights of membership in) (?:the |of the )?(?:UN |U\.N\. )?"
    r"(?:Human Rights Council|Security Council)"
)
SUSPEND, EXPEL = "suspend", "expel"
_ACTS = {SUSPEND: r"\bsuspen\w+", EXPEL: r"\b(?:expel\w*|expuls\w+|oust\w*|throw\w* out|kick\w* out)\b"}
CHOICES: dict[Choice, re.Pattern[str]] = {
    "abstain": re.compile(r"\babst(?:ain|ention)\w*", re.IGNORECASE),
    "no": re.compile(r"\b(?:voted|voting|votes?) (?:against|no)\b|\bopposed\b(?! to)|\bcast a no\b", re.IGNORECASE),
    "yes": re.compile(r"\b(?:voted|voting|votes?) (?:for|in favou?r|yes)\b|\bin favou?r of\b", re.IGNORECASE),
}
_UP = r"\b(?:good|strong|warm|grew|grow[ns]?|growing|deepen\w*|strengthen\w*|improv\w+|closer)\b"
_DOWN = r"\b(?:drift\w* apart|deteriorat\w+|estrange\w*|worsen\w*|declin\w+|cool(?:ed|ing)|weaken\w*|soured|bad|poor)\b"
RELATION = re.compile(r"\b(?:relations?|relationship|ties?|alignment|partnership|the two)\b", re.IGNORECASE)
REST = re.compile(r"\bthe (?:remaining|rest|other)\b", re.IGNORECASE)


def days_named(text: str) -> Iterator[tuple[Days, tuple[int, int]]]:
    """Every date a text writes, as the days it can mean, with its characters.

    >>> [str(days[0]) for days, _ in days_named("signed on 3 November 1978, renewed in May 1991")]
    ['1978-11-03', '1991-05-01']
    """
    for found in _DATED.finditer(text):
        g = found.groupdict()
        year = g["year"] or g["year2"] or g["year3"] or g["year4"]
        month = g["month"] or g["month2"] or g["month3"]
        day = g["day"] or g["day2"]
        when = g["iso"] or "-".join(
            [year, *([f"{MONTHS.index(month) + 1:02d}"] if month else []), *([f"{int(day):02d}"] if day else [])]
        )
        try:
            yield ends(when), found.span()
        except ValueError:
            continue  # 31 February: no date


def range_named(text: str) -> tuple[int, int] | None:
    """The one stretch of years that a text writes, None where it writes none or several.

    >>> range_named("In 2000-2020 they voted alike"), range_named("from 1992 to 1999"), range_named("in 1981-89")
    ((2000, 2020), (1992, 1999), (1981, 1989))
    """
    made = []
    for found in _RANGE.finditer(text):
        first, last = (found[x] or found[y] or found[z] for x, y, z in (("a", "c", "e"), ("b", "d", "f")))
        full = first[:2] + last if len(last) == 2 else last
        if int(first) <= int(full):
            made.append((int(first), int(full)))
    return made[0] if len(set(made)) == 1 else None


def body_named(text: str) -> Body | None:
    """The body in which a text says a vote was taken; a council that a state leaves is not where the vote is.

    >>> body_named("a vote in the Human Rights Council"), body_named("voted to remove it from the Security Council")
    ('HRC', None)
    """
    bare = _NOT_WHERE.sub(" ", text)
    found = [body for body, pattern in _WHERE.items() if pattern.search(bare)]
    return found[0] if len(found) == 1 else None


def acts_named(text: str) -> frozenset[str]:
    """Whether a text speaks of suspending, of expelling, or both."""
    return frozenset(act for act, words in _ACTS.items() if re.search(words, text, re.IGNORECASE))


def choices_named(text: str) -> frozenset[Choice]:
    """The choices that a text says were made."""
    return frozenset(choice for choice, pattern in CHOICES.items() if pattern.search(text))


def trend_named(text: str) -> int:
    """1 where a text calls a relation good or growing, -1 where bad or waning, 0 where neither, both or denied."""
    if not RELATION.search(text) or re.search(r"\b(?:not|never|no longer|hardly|may|might|could|would)\b", text):
        return 0
    up, down = (bool(re.search(words, text, re.IGNORECASE)) for words in (_UP, _DOWN))
    return up - down


def number_of(word: str) -> int | None:
    """A small number in words or digits.

    >>> number_of("four"), number_of("fifth"), number_of("35"), number_of("many")
    (4, 5, 35, None)
    """
    low = word.lower()
    if low in NUMBERS:
        return NUMBERS.index(low)
    return ORDINALS.get(low, int(low) if low.isdecimal() else None)
