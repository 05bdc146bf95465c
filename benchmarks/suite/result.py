"""The shape of what a benchmark found; every script of benchmarks/ gives it, one line of JSON with ``--json``.

A script looks like this; ``suite.script.script`` adds ``--json``, prints, and runs single points apart::

    \"\"\"One sentence that the page shows.        <- the first paragraph of the docstring

    python benchmarks/events.py [--json] ...   <- how it is called, then what the reader has to know
    \"\"\"
    LONG = "half an hour"                       # only where it is to run when named alone

    def measure(given: argparse.Namespace) -> Iterator[Said]:
        yield Setting({"rows": 50_000_000})     # what was measured; other settings are never compared
        own, join = spread(lambda: ours(), 9), spread(lambda: theirs(), 3)
        yield Result(
            "tables",                           # stays the same from run to run: runs are compared by it
            "tables of all pairs",              # what is timed, in words
            own=own,                            # Spread: median, least and most of k runs, seconds
            other=join, beside="DuckDB self-join",      # the same work by other means, in the same run; or a floor
            targets=(Target("seconds", most=0.03),),
            figures={"peak MB": 812.0},         # anything else, the unit in the name
            growth=(Point(65, 0.01, 90.0), Point(6551, 0.02, 110.0)), by="roll calls",
        )
        yield Skipped("pandas", "not installed")
        raise Skip("needs the shared data")     # nothing can be measured at all

    if __name__ == "__main__":
        script(__doc__, measure)

``own`` and ``other`` are optional: a rate of coverage or a correlation is a figure alone. ``ratio`` is other over own,
"so many times as fast as the other", below 1 where the other is a floor. Ratios and the steepness of growth are
compared between runs; seconds only on the same machine.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

Number = int | float
SECONDS, RATIO = "seconds", "ratio"


@dataclass(frozen=True, slots=True)
class Spread:
    """Seconds of some runs of the same work."""

    median: float
    low: float
    high: float
    runs: int


@dataclass(frozen=True, slots=True)
class Target:
    """What a value is to reach; ``of`` is "seconds" (of ``own``), "ratio", or the name of a figure."""

    of: str
    most: float | None = None
    least: float | None = None

    def met(self, value: float) -> bool:
        """Whether a value keeps to both ends; NaN does not."""
        above = self.least is None or value >= self.least
        return above and (self.most is None or value <= self.most) and not math.isnan(value)


@dataclass(frozen=True, slots=True)
class Point:
    """One size of a growth curve: seconds of the work, and the most memory of its process (None: not measured)."""

    size: float
    seconds: float
    peak_mb: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """One thing measured; the module's docstring says what each field holds."""

    name: str
    what: str
    own: Spread | None = None
    other: Spread | None = None
    beside: str = ""
    targets: tuple[Target, ...] = ()
    figures: Mapping[str, float | bool | str] = field(default_factory=dict)
    growth: tuple[Point, ...] = ()
    by: str = ""

    @property
    def ratio(self) -> float | None:
        """Other over own, of the medians; None without both."""
        return self.other.median / self.own.median if self.own and self.other else None

    @property
    def ratios(self) -> tuple[float, float] | None:
        """The least and the most that the ratio can be, run against run; None without both sides."""
        if self.own is None or self.other is None:
            return None
        return self.other.low / self.own.high, self.other.high / self.own.low

    @property
    def steepness(self) -> float | None:
        """Exponent of the growth from the second largest size to the largest: 1 is in proportion, 2 the square."""
        if len(self.growth) < 2:
            return None
        a, b = sorted(self.growth, key=lambda p: p.size)[-2:]
        if min(a.seconds, b.seconds) <= 0 or a.size == b.size:
            return None
        return math.log(b.seconds / a.seconds) / math.log(b.size / a.size)

    def value(self, target: Target) -> float | None:
        """What a target is about; None where this result has no such number."""
        if target.of == SECONDS:
            return self.own.median if self.own else None
        found = self.ratio if target.of == RATIO else self.figures.get(target.of)
        return float(found) if isinstance(found, int | float) else None

    def met(self, target: Target) -> bool:
        """Whether a target is reached; without its number it is not."""
        value = self.value(target)
        return value is not None and target.met(value)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A part that was not measured, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What was measured: the data and how many runs. Results of other settings are not compared."""

    values: Mapping[str, Number | str]


Said = Result | Skipped | Setting


class Skip(Exception):
    """Nothing can be measured here; the text says why."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that one script said."""

    benchmark: str
    about: str
    setting: Mapping[str, Number | str] = field(default_factory=dict)
    results: tuple[Result, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def plain(value: Any) -> Any:
    """Dataclasses as dictionaries without what is empty, numbers with four digits: small files that git can compare."""
    if is_dataclass(value):
        held = {f.name: plain(getattr(value, f.name)) for f in fields(value)}
        return {name: part for name, part in held.items() if part not in (None, "", [], {})}
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, bool | int | str) or value is None:
        return value
    return short(float(value))


def short(value: float) -> float | None:
    """Four digits, or all before the point; None for NaN and infinity, which JSON does not know."""
    if not math.isfinite(value):
        return None
    return float(f"{value:.4g}") if abs(value) < 1000 else round(value)
