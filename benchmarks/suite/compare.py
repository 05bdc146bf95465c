"""What changed between the kept runs and a new one.

Both sides of a ratio are run in one run, so ratios are compared between any two runs; a change counts where it is
greater than RATIO and the ranges of run against run lie apart; with fewer than ENOUGH runs no range is known, and it
has to be greater than SECONDS. Seconds without another side count on the same machine only, and only beyond SECONDS:
other work, heat and disks move them by half. How steeply cost grows with size is compared by its exponent. Nothing is
said of a benchmark whose data or numbers of runs differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from suite.kept import Ran, Run
from suite.result import SECONDS as OF_SECONDS
from suite.result import Report, Result
from suite.words import number, pace, time

RATIO, SECONDS, STEEPER, ENOUGH = 1.25, 1.75, 0.3, 3


class Kind(StrEnum):
    """What a change is; in the order in which they are told."""

    FAILED = "failed"
    SLOWED = "slowed"
    LOST = "target no longer met"
    FASTER = "got faster"
    WON = "target now met"
    NEW = "new"
    GONE = "gone"
    SKIPPED = "skipped"
    OTHER = "not compared"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to tell: of which benchmark, of what in it, in words."""

    kind: Kind
    benchmark: str
    what: str
    told: str = ""


def compare(run: Run, held: Mapping[str, Run], there: set[str]) -> list[Change]:
    """Changes from the kept runs to this one, the worst kind first.

    held  : the last kept run of each benchmark, with that benchmark alone.
    there : the benchmarks that exist as scripts; what is kept of others is gone.
    """
    found = [change for ran in run.ran for change in _benchmark(run, ran, held.get(ran.benchmark))]
    found += [Change(Kind.GONE, name, "the whole benchmark") for name in held if name not in there]
    return sorted(found, key=lambda change: list(Kind).index(change.kind))


def _benchmark(run: Run, ran: Ran, before: Run | None) -> Iterator[Change]:
    if ran.report is None:
        yield Change(Kind.FAILED, ran.benchmark, "the script", ran.failed)
        return
    for part in ran.report.skipped:
        yield Change(Kind.SKIPPED, ran.benchmark, part.what, part.why)
    if not ran.report.results:
        return
    old = before.ran[0].report if before else None
    if before is None or old is None:
        yield Change(Kind.NEW, ran.benchmark, "the whole benchmark")
        return
    if differing := _settings(old, ran.report):
        yield Change(Kind.OTHER, ran.benchmark, "the whole benchmark", differing)
        return
    was, now = ({r.name: r for r in report.results} for report in (old, ran.report))
    yield from (Change(Kind.NEW, ran.benchmark, name) for name in now if name not in was)
    if not ran.report.skipped:
        yield from (Change(Kind.GONE, ran.benchmark, name) for name in was if name not in now)
    same = run.machine == before.machine
    for name in was:
        if name in now:
            yield from _result(ran.benchmark, was[name], now[name], same)


def _settings(before: Report, after: Report) -> str:
    """What differs, in words; "" where nothing does. What is said of a part that was skipped is missing on one side."""
    old, new = before.setting, after.setting
    said = {*old} & {*new} if before.skipped or after.skipped else {*old, *new}
    names = [name for name in {**old, **new} if name in said and old.get(name) != new.get(name)]
    return ", ".join(f"{name}: {old.get(name, 'none')} then, {new.get(name, 'none')} now" for name in names)


def _result(benchmark: str, old: Result, new: Result, same: bool) -> Iterator[Change]:
    """The verdict on one result, on its growth and on its targets."""
    for kind, told in (_pace(old, new, same), _growth(old, new)):
        if kind:
            yield Change(kind, benchmark, new.name, told)
    for target in new.targets:
        value, judged = new.value(target), same or target.of != OF_SECONDS
        if target in old.targets and value is not None and judged and old.met(target) != new.met(target):
            kind = Kind.WON if new.met(target) else Kind.LOST
            yield Change(kind, benchmark, new.name, f"{target.of} {number(old.value(target) or 0)} → {number(value)}")


def _pace(old: Result, new: Result, same: bool) -> tuple[Kind | None, str]:
    own = f"{time(old.own.median)} → {time(new.own.median)}" if old.own and new.own else ""
    if old.ratio and new.ratio and old.ratios and new.ratios and old.beside == new.beside:
        kind = _verdict(old.ratio, new.ratio, RATIO if _several(old, new) else SECONDS, old.ratios, new.ratios)
        whose = "" if same else ", on another machine"
        told = f"{pace(old.ratio)} → {pace(new.ratio, new.beside)} ({own}{whose})"
        return kind, told
    if old.own and new.own and same:
        ranges = [(1 / s.high, 1 / s.low) for s in (old.own, new.own)]
        return _verdict(1 / old.own.median, 1 / new.own.median, SECONDS, *ranges), own
    return None, ""


def _several(*results: Result) -> bool:
    """Whether every side was run often enough to know its range."""
    return all(side.runs >= ENOUGH for r in results for side in (r.own, r.other) if side)


def _verdict(
    old: float, new: float, margin: float, before: tuple[float, float], after: tuple[float, float]
) -> Kind | None:
    """Greater is faster; None within the margin, or where the ranges meet."""
    if new * margin < old and after[1] < before[0]:
        return Kind.SLOWED
    if new > old * margin and after[0] > before[1]:
        return Kind.FASTER
    return None


def _growth(old: Result, new: Result) -> tuple[Kind | None, str]:
    if old.steepness is None or new.steepness is None or [p.size for p in old.growth] != [p.size for p in new.growth]:
        return None, ""
    told = f"cost grows with {new.by} to the power of {old.steepness:.1f} → {new.steepness:.1f}"
    if new.steepness > old.steepness + STEEPER:
        return Kind.SLOWED, told
    return (Kind.FASTER if new.steepness < old.steepness - STEEPER else None), told


def not_judged(run: Run, held: Mapping[str, Run]) -> str:
    """What the reader of the comparison has to know first; "" where nothing is in the way."""
    others = {
        name for name, old in held.items() if name in {r.benchmark for r in run.ran} and old.machine != run.machine
    }
    if not others:
        return ""
    return f"Kept on another machine, so compared by ratios alone: {', '.join(sorted(others))}."
