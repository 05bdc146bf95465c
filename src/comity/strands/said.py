"""What a text says of the time between two dates ("one month before", "within three months"), held against them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from comity.errors import UsageError
from comity.strands.intervals import Told, shifted
from comity.strands.ledgers.when import ends

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_RULES = {
    "over": ("over", "more than"),
    "least": ("at least",),
    "within": ("within", "at most"),
    "under": ("under", "less than"),
    "about": ("about", "some", "around", "nearly"),
    "exact": ("exactly", ""),
}
_WORD = {word: rule for rule, words in _RULES.items() for word in words}
_FORM = re.compile(
    rf"(?:(?P<rule>{'|'.join(w for w in _WORD if w)})\s+)?(?P<n>\d{{1,4}}|an?|{'|'.join(_NUMBERS)})\s+"
    r"(?P<unit>day|week|month|year)s?(?:\s+(?P<order>before|after|early|late|apart|long))?"
)
ALLOWED = (
    '"one month before", "within three months", "two years early", "over 23 years", "about 25 years", '
    "with before, after, early or late where the order matters"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A length as a text gives it.

    rule  : "exact" (so many whole units passed, no more), "about" (within half a unit), "within", "under", "over",
            "least".
    order : 1 where the first date comes first ("before", "early"), -1 where it comes second, 0 where either may.
    """

    n: int
    unit: str
    rule: str
    order: int

    @classmethod
    def parse(cls, text: str) -> Phrase:
        """Read "within three months"; UsageError where it cannot be read.

        >>> Phrase.parse("two years early")
        Phrase(n=2, unit='year', rule='exact', order=1)
        """
        found = _FORM.fullmatch(" ".join(text.lower().split()))
        if found is None or found["n"] in ("0", "00", "000", "0000"):
            raise UsageError("Cannot read the length of time", got=text, allowed=ALLOWED)
        spelled = found["n"]
        n = int(spelled) if spelled.isdecimal() else 1 if spelled in ("a", "an") else _NUMBERS.index(spelled) + 1
        order = {"before": 1, "early": 1, "after": -1, "late": -1}.get(found["order"] or "", 0)
        return cls(n, found["unit"], _WORD[found["rule"] or ""], order)

    def holds(self, a: str | date, b: str | date) -> Told:
        """Whether it is so of two dates, for every day they can mean.

        >>> Phrase.parse("one month before").holds("1978-11-03", "1978-12-25")
        'yes'
        >>> Phrase.parse("within three months").holds("2023-09", "2023-12")
        'cannot be told'
        """
        first, second = _ends(a), _ends(b)
        if self.order < 0:
            first, second = second, first
        forth = self._forward(first, second)
        if self.order or forth == "yes":
            return forth
        back = self._forward(second, first)
        if back == "yes" or (self._near(first, second) and self._near(second, first)):
            return "yes"
        return "cannot be told" if "cannot be told" in (forth, back) else "no"

    def _near(self, first: tuple[date, date], second: tuple[date, date]) -> bool:
        """Whether, at most this far apart, the rule is met whichever comes first."""
        return self.rule in ("within", "under") and second[1] <= shifted(first[0], *self._bounds()[1])

    def _forward(self, first: tuple[date, date], second: tuple[date, date]) -> Told:
        """Of the second date being so much later. The bounds grow with the second date and fall with the first."""
        low, high = self._bounds()
        least, most = (first[1], second[0]), (first[0], second[1])
        reaches = [b >= shifted(a, *low) for a, b in (least, most)]
        keeps = [high == _NONE or b <= shifted(a, *high) for a, b in (least, most)]
        if reaches[0] and keeps[1]:
            return "yes"
        empty = high != _NONE and shifted(first[0], *low) > shifted(first[0], *high)  # "under a day before"
        return "cannot be told" if reaches[1] and keeps[0] and not empty else "no"

    def _bounds(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """The least and the most, as months and days after the first date."""
        months, days = {"day": (0, 1), "week": (0, 7), "month": (1, 0), "year": (12, 0)}[self.unit]
        n, whole = self.n, (self.n * months, self.n * days)
        match self.rule:
            case "over":
                return (whole[0], whole[1] + 1), _NONE
            case "least":
                return whole, _NONE
            case "within":
                return (0, 1 if self.order else 0), whole
            case "under":
                return (0, 1 if self.order else 0), (whole[0], whole[1] - 1)
            case "about":
                month, day = {"day": (0, 0), "week": (0, 3), "month": (0, 15), "year": (6, 0)}[self.unit]
                return (whole[0] - month, whole[1] - day), (whole[0] + month, whole[1] + day)
            case _:
                return whole, ((n + 1) * months, (n + 1) * days - 1)


_NONE = (0, -1)  # no upper bound: shorter than any length


def _ends(given: str | date) -> tuple[date, date]:
    return (given, given) if isinstance(given, date) else ends(given)
