"""Runs of benchmarks made by hand."""

from __future__ import annotations

from dataclasses import replace

from suite.kept import Machine, Ran, Run
from suite.result import Point, Report, Result, Skipped, Spread, Target

HERE = Machine(2, 25.0, "A processor", "An operating system")
THERE = replace(HERE, cores=64)
GOAL = Target("seconds", most=0.03)


def sides(own: float, other: float | None = None, runs: int = 5) -> Result:
    """A result whose runs lie within five per cent of the median."""
    beside = "a self-join" if other else ""
    return Result("tables", "tables of all pairs", _spread(own, runs), other and _spread(other, runs), beside, (GOAL,))


def curve(*seconds: float, name: str = "growth") -> Result:
    """Points at 1, 10, 100 and so on."""
    points = tuple(Point(10.0**k, s, 100.0 + k) for k, s in enumerate(seconds))
    return Result(name, "work by size", growth=points, by="rows")


def ran(*results: Result, benchmark: str = "counting", skipped: tuple[Skipped, ...] = (), **setting: int | str) -> Ran:
    return Ran(benchmark, 12.0, 0.01, Report(benchmark, "How long counting takes.", setting, results, skipped))


def run(*parts: Ran, machine: Machine = HERE, date: str = "2026-11-01") -> Run:
    return Run(date, 99.0, machine, {"python": "3.11.7", "comity": "0.1.0", "commit": "abcdef0"}, parts)


def _spread(median: float, runs: int) -> Spread:
    return Spread(median, 0.95 * median, 1.05 * median, runs)
