"""Run the benchmarks, write one JSON of the run, and say what changed since the last kept one: ``just bench``.

just bench                  every benchmark but those that take long
just bench NAME ...         only these, long ones too
just bench --keep [NAME]    the same, and keep what was measured (benchmarks/kept)

Exit code 1 where a script failed, 2 for a name that no benchmark has.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from suite import kept
from suite.clock import children_cpu
from suite.compare import RATIO, SECONDS, Change, compare, not_judged
from suite.kept import Ran, Run
from suite.machine import busy_seconds, machine, versions
from suite.result import Report
from suite.words import duration, number, pace

SCRIPTS = Path(__file__).resolve().parents[1]


def main(arguments: list[str] | None = None, folder: Path = SCRIPTS) -> int:
    """Run what the arguments name of the scripts in a folder, and compare with what is kept in it; the exit code."""
    parser = argparse.ArgumentParser(
        prog="just bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    there = {file.stem: file for file in sorted(folder.glob("*.py"))}
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(there))
    parser.add_argument("--keep", action="store_true", help="keep what was measured")
    parser.add_argument(
        "-o", "--output", type=Path, default=folder / "last.json", help="where the JSON of the run goes"
    )
    given = parser.parse_args(arguments)
    if unknown := [name for name in given.names if name not in there]:
        parser.error(f"no benchmark {', '.join(unknown)}. Use some of: {', '.join(there)}")
    long = {name: why for name, file in there.items() if (why := takes_long(file))}
    names = given.names or [name for name in there if name not in long]
    run = run_all([there[name] for name in names])
    kept.write(run, given.output)
    held, faults = kept.kept(folder / "kept")
    changes = compare(run, held, set(there))
    print("\n".join([*faults, "", *times(run, held), "", *told(run, changes, not_judged(run, held))]))
    for name in long:
        if name not in names:
            when = f"last kept on {held[name].date}" if name in held else "never kept"
            print(f"{name}: not run, it takes {long[name]}; {when}. Run it with: just bench {name}")
    if given.keep:
        print(f"kept: {', '.join(kept.keep(run, folder / 'kept')) or 'nothing'}; renew the page with: just performance")
    return int(any(ran.failed for ran in run.ran))


def takes_long(script: Path) -> str:
    """How long a script says that it takes, by a constant LONG; "" for those that run every time."""
    for line in ast.parse(script.read_text("utf-8")).body:
        if isinstance(line, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "LONG" for t in line.targets):
            return str(ast.literal_eval(line.value))
    return ""


def run_all(scripts: list[Path]) -> Run:
    """Each script in a process of its own, one after the other."""
    start, ran = time.perf_counter(), []
    began = datetime.now(UTC).date().isoformat()
    for k, script in enumerate(scripts, 1):
        print(f"[{k}/{len(scripts)}] {script.stem} ", end="", flush=True)
        ran.append(run_one(script))
        print(f"{ran[-1].seconds:.0f} s{': failed' if ran[-1].failed else ''}", flush=True)
    return Run(began, round(time.perf_counter() - start, 1), machine(), versions(), tuple(ran))


def run_one(script: Path) -> Ran:
    """What a script found or why it failed, how long it took, and how busy others kept the machine meanwhile."""
    start, cpu, busy = time.perf_counter(), children_cpu(), busy_seconds()
    # not this program's own path to itself: it would be searched by everything that the scripts start
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([sys.executable, str(script), "--json"], capture_output=True, text=True, env=bare)
    wall, own, now = time.perf_counter() - start, children_cpu() - cpu, busy_seconds()
    others = None if busy is None or now is None else round(max(0.0, now - busy - own) / wall, 2)
    report, failed = outcome(script.stem, done)
    return Ran(script.stem, round(wall, 1), others, report, failed)


def outcome(name: str, done: subprocess.CompletedProcess[str]) -> tuple[Report | None, str]:
    """The report, or the last thing a failed script said."""
    if done.returncode == 0 and done.stdout.strip():
        try:
            return kept.report_of(done.stdout.strip().splitlines()[-1], name), ""
        except kept.BadKept as fault:
            return None, str(fault)
    said = done.stderr.strip().splitlines() or ["nothing was printed"]
    return None, f"exit code {done.returncode}: {placeless(said[-1])}"


def placeless(text: str) -> str:
    """A message without the folders of this machine."""
    return re.sub(r"(?:[A-Za-z]:)?(?:[\\/][\w.@+~-]+)+[\\/]", "…/", text.replace(tempfile.gettempdir() + os.sep, ""))


def times(run: Run, held: Mapping[str, Run]) -> list[str]:
    """Every time that was taken, beside the kept one: shown, not judged."""
    out = []
    for ran in run.ran:
        old = held[ran.benchmark].ran[0].report if ran.benchmark in held else None
        before = {r.name: r for r in old.results} if old else {}
        for r in ran.report.results if ran.report else ():
            if r.own:
                was = before[r.name].own if r.name in before else None
                kept_one = f"; kept {duration(was)}" if was else ""
                beside = f"; {pace(r.ratio, r.beside)}" if r.ratio else ""
                out.append(f"{ran.benchmark}, {r.name}: {duration(r.own)}{kept_one}{beside}")
    return out


def told(run: Run, changes: list[Change], first: str) -> list[str]:
    """The run and its changes, for a terminal."""
    m = run.machine
    out = [
        f"{len(run.ran)} benchmarks in {run.seconds:.0f} s on {m.cores} cores, {number(m.memory_gb)} GB, {m.processor}",
        f"A ratio counts beyond {RATIO} times, seconds (same machine only) beyond {SECONDS} times, ranges apart.",
    ]
    loud = [f"{ran.benchmark} {number(ran.others)}" for ran in run.ran if ran.others and ran.others > m.cores / 10]
    if loud:
        out.append(f"Not a quiet machine: cores that others kept busy: {', '.join(loud)}")
    out += [first] if first else []
    kinds = list(dict.fromkeys(change.kind for change in changes))
    for kind in kinds:
        out += ["", f"{kind}:"]
        of_kind = [change for change in changes if change.kind == kind]
        out += [f"  {c.benchmark}, {c.what}{': ' * bool(c.told)}{c.told}" for c in of_kind]
    return [*out, *(["", "Nothing changed beyond noise."] if not kinds else []), ""]


if __name__ == "__main__":
    sys.exit(main())
