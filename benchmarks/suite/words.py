"""Numbers as the terminal and the page write them."""

from __future__ import annotations

from suite.result import SECONDS, Spread, Target

_UNITS = ((1.0, 1.0, "s"), (1e-3, 1e3, "ms"), (0.0, 1e6, "µs"))


def number(value: float | bool | str) -> str:
    """Three digits, all of those before the point, thousands apart; yes and no; words as they are."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}"


def exact(value: float) -> str:
    """As many digits as a target may turn on."""
    return number(value) if abs(value) >= 10 or value == int(value) else f"{value:.4g}"


def goal(target: Target) -> str:
    """The ends of a target: "at least 0.93 and at most 1.05"."""
    ends = (("at least", target.least), ("at most", target.most))
    unit = time if target.of == SECONDS else exact
    return " and ".join(f"{word} {unit(end)}" for word, end in ends if end is not None)


def pace(ratio: float, beside: str = "") -> str:
    """A ratio in words: "9 times as fast as X", or "takes 3 times as long as X" where X is a floor."""
    whom = f" as {beside}" if beside else ""
    return f"{number(ratio)} times as fast{whom}" if ratio >= 1 else f"takes {number(1 / ratio)} times as long{whom}"


def duration(times: Spread) -> str:
    """The median with its unit, and where there were several runs the least and the most: "17 ms (15–21, 9 runs)"."""
    if times.runs == 1:
        return f"{time(times.median)} (1 run)"
    _, scale, _ = _unit(times.median)
    ends = "–".join(number(end * scale) for end in (times.low, times.high))
    return f"{time(times.median)} ({ends}, {times.runs} runs)"


def time(seconds: float) -> str:
    """Seconds, milliseconds or microseconds."""
    _, scale, unit = _unit(seconds)
    return f"{number(seconds * scale)} {unit}"


def _unit(seconds: float) -> tuple[float, float, str]:
    return next(unit for unit in _UNITS if seconds >= unit[0])
