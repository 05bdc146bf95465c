"""The command line that every benchmark has: ``--json``, a store of its own, and points in processes of their own."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from suite.result import Number, Report, Result, Said, Setting, Skip, Skipped, plain
from suite.words import duration, goal, number, pace

Measure = Callable[[argparse.Namespace], Iterable[Said]]
Options = Callable[[argparse.ArgumentParser], None]


def script(
    about: str | None,
    measure: Measure,
    options: Options | None = None,
    points: Mapping[str, Callable[[str], dict[str, Any]]] | None = None,
) -> None:
    """Run a benchmark as its arguments ask and print what it found.

    about  : the script's docstring.
    points : what ``apart("--point", "name=value")`` calls: a function of the value, by name.
    """
    summary = " ".join((about or "").split("\n\n")[0].split())
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--point", help=argparse.SUPPRESS)
    if options:
        options(parser)
    given = parser.parse_args()
    if given.point:
        name, _, value = given.point.partition("=")
        print(json.dumps((points or {})[name](value)))
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COMITY_HOME"] = folder  # nothing of the user's own is measured, and nothing is written to it
        found = report(Path(sys.argv[0]).stem, summary, measure, given)
    print(json.dumps(plain(found)) if given.json else "\n".join(lines(found)))


def report(name: str, summary: str, measure: Measure, given: argparse.Namespace) -> Report:
    """Everything the benchmark says, in order."""
    setting: dict[str, Number | str] = {}
    results: list[Result] = []
    skipped: list[Skipped] = []
    try:
        for said in measure(given):
            match said:
                case Result():
                    results.append(said)
                case Skipped():
                    skipped.append(said)
                case Setting():
                    setting |= said.values
    except Skip as why:
        skipped.append(Skipped("all" if not results else "what follows", str(why)))
    return Report(name, summary, setting, tuple(results), tuple(skipped))


def lines(found: Report) -> list[str]:
    """The report for a terminal."""
    told = [found.about, *(f"  {name}: {number(v)}" for name, v in found.setting.items())]
    for result in found.results:
        told += ["", f"{result.name}: {result.what}", *(f"  {line}" for line in details(result))]
    return told + [f"\nskipped: {s.what}: {s.why}" for s in found.skipped]


def details(result: Result) -> list[str]:
    """Times, ratio, targets, figures and growth, a line each."""
    told = []
    if result.own:
        told.append(duration(result.own))
    if result.other and result.ratio:
        told += [f"{duration(result.other)}  {result.beside}", pace(result.ratio, result.beside)]
    told += [f"{name} {number(value)}" for name, value in result.figures.items()]
    for target in result.targets:
        told.append(f"target: {target.of} {goal(target)}: {'met' if result.met(target) else 'NOT MET'}")
    unit = result.by
    for p in result.growth:
        memory = "" if p.peak_mb is None else f"  {number(p.peak_mb)} MB"
        told.append(f"{number(p.size):>12} {unit}  {number(p.seconds)} s{memory}")
    return told
