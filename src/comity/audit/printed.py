"""A figure as a text prints it, and the values that it admits: its rounding is its tolerance."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from comity.errors import BadValue

Unit = Literal["percent", "count", "points", "USD", "TIV", "rank", "year", "years", "months", "days"]
Rounding = Literal["nearest", "down"]
_FORM = re.compile(
    r"(?P<op><|>|≤|≥|up to |under |over )?\s*(?P<about>~|about |c\. |around )?\s*(?P<sign>[-−])?"
    r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\d\s][^\d]*)?$"
)
_OPS = {"under ": "<", "over ": ">", "up to ": "≤"}
_UNITS: dict[str, Unit] = {
    "%": "percent", "percent": "percent", "per cent": "percent", "": "count", "points": "points", "usd": "USD",
    "tiv": "TIV", "years": "years", "months": "months", "days": "days", "year": "years",
}  # fmt: skip
_TIMES = {"bn": 1e9, "billion": 1e9, "m": 1e6, "million": 1e6, "k": 1e3, "thousand": 1e3}
_ABOUT = 0.05
"""Half-width of a figure that says "about": this share of it, where its rounding is finer."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One figure as printed.

    value    : in units of ``unit`` (percent 0 to 100; USD and TIV with billions and millions resolved).
    step     : one unit of the last digit printed, in the same units.
    op       : "" for a plain figure, or <, >, ≤, ≥. about : whether the text says so.
    text     : as written.
    """

    value: float
    step: float
    unit: Unit = "count"
    op: str = ""
    about: bool = False
    text: str = ""

    @classmethod
    def parse(cls, text: str, unit: Unit | None = None) -> Printed:
        """Read "75%", "12.9 %", "about 80 %", "< 5 bn USD", "443". BadValue where it is no figure, or a share over 100.

        >>> Printed.parse("12.9 %").value, Printed.parse("153.4 bn USD").value, Printed.parse("~80%").about
        (12.9, 153400000000.0, True)
        """
        found = _FORM.fullmatch(text.strip())
        words = (found["unit"] or "").lower().replace("(", "").replace(")", "").split() if found else []
        times = math.prod(_TIMES[w] for w in words if w in _TIMES)
        name = " ".join(w for w in words if w not in _TIMES)
        if found is None or name not in _UNITS:
            raise BadValue("Not a printed figure", got=text, allowed="such as 75%, 12.9 %, about 80 %, 443, 6.7 bn USD")
        number = found["number"].replace(",", "")
        decimals = len(number.partition(".")[2])
        value = float(number) * times * (-1 if found["sign"] else 1)
        made = unit or _UNITS[name]
        if made == "percent" and not -100 <= value <= 100:
            raise BadValue("A share is from 0 to 100 %", got=text)
        op = found["op"] or ""
        return cls(value, 10.0**-decimals * times, made, _OPS.get(op, op), bool(found["about"]), text.strip())

    @property
    def half(self) -> float:
        """Half-width of what it admits, rounded to the nearest: half a step, or more where the text says about."""
        if self.unit == "count" and not self.about and self.step == 1:
            return 0.0
        return max(self.step / 2, _ABOUT * abs(self.value)) if self.about else self.step / 2

    def bounds(self, rounding: Rounding = "nearest") -> tuple[float, float]:
        """Lowest and highest value admitted, both included (a half can have been rounded either way)."""
        edge = 1e-9 * max(1.0, abs(self.value))
        match self.op:
            case "<" | "≤":
                return -math.inf, self.value + (0 if self.op == "<" else edge)
            case ">" | "≥":
                return self.value - (0 if self.op == ">" else edge), math.inf
        if rounding == "down" and not self.about:
            return self.value - edge, self.value + (self.step if self.half else 0) - edge
        return self.value - self.half - edge, self.value + self.half + edge

    def admits(self, value: float, rounding: Rounding = "nearest") -> bool:
        """Whether a value would be printed so.

        >>> Printed.parse("75 %").admits(75.49), Printed.parse("75 %").admits(75.6), Printed.parse("2").admits(2.0)
        (True, False, True)
        """
        low, high = self.bounds(rounding)
        if self.op in ("<", ">"):
            return low < value < high
        return low <= value <= high

    def counts(self, n: int, rounding: Rounding = "nearest") -> range:
        """The whole numbers out of ``n`` that a share admits; for a count, the counts it admits up to ``n``.

        >>> list(Printed.parse("12.9 %").counts(124))
        [16]
        """
        low, high = self.bounds(rounding)
        if self.unit == "percent":
            low, high = low * n / 100, high * n / 100
        first = max(0, math.floor(low) if math.isfinite(low) else 0)
        last = min(n, math.ceil(high) if math.isfinite(high) else n)
        scale = 100 / n if self.unit == "percent" and n else 1.0
        while first <= last and not self.admits(first * scale, rounding):
            first += 1
        while last >= first and not self.admits(last * scale, rounding):
            last -= 1
        return range(first, last + 1)
