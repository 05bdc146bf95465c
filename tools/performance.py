"""Write docs/reference/performance.md and its figures from the kept runs of the benchmarks: ``just performance``.

The page and the pictures are in git; tests/docs holds them against the kept runs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from comity.report.figures.save import svg
from growth_figure import growth_figure, growth_text
from reference.markdown import section, table
from suite.kept import Machine, Ran, Run, kept
from suite.result import RATIO, SECONDS, Report, Result, Target
from suite.words import duration, exact, goal, number, pace, time

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "performance.md"
PICTURES = ROOT / "docs" / "assets" / "performance"
QUIET = 0.1  # of the cores: others that keep more busy are told
FEW = 6  # figures in a result's own row; more have a table
MANY = 12  # rows of such a table; more fold away
INTRO = """# Performance

What the scripts of `benchmarks/` measured when they were last kept; `just bench` runs them and compares, `just bench
--keep` keeps, `just performance` writes this page. A time is a median, with the least and the most of so many runs in
brackets: two times whose brackets meet do not differ. *Beside* is the same work by other means, run in the same run,
with the same result compared before any time is told; or a floor, which no answer can go below. The ratio of both
travels to another machine, the seconds do not.
"""


def page(held: Mapping[str, Run]) -> str:
    """The whole page."""
    parts = [INTRO, _runs(held), _targets(held), *(_benchmark(report) for _, _, report in _reports(held))]
    return "\n".join(part.strip("\n") + "\n" for part in parts)


def pictures(held: Mapping[str, Run]) -> dict[str, str]:
    """The SVG of each growth figure, by file name."""
    drawn = {}
    for run, ran, report in _reports(held):
        for by, curves in _grown(report):
            source = f"{machine(run.machine)}, {run.date}. benchmarks/{ran.benchmark}.py"
            drawn[picture_name(ran.benchmark, by)] = svg(growth_figure(title(ran.benchmark), curves, source)) + "\n"
    return drawn


def picture_name(benchmark: str, by: str) -> str:
    """The file of a growth figure."""
    return f"{benchmark}-{by}.svg".replace(" ", "-")


def machine(m: Machine) -> str:
    """A machine by what it is, never by its name."""
    return f"{m.cores} cores, {number(m.memory_gb)} GB, {m.processor}, {m.system}"


def title(benchmark: str) -> str:
    """A script's name as a heading."""
    return benchmark.replace("_", " ").capitalize()


def _reports(held: Mapping[str, Run]) -> Iterator[tuple[Run, Ran, Report]]:
    for run in held.values():
        for ran in run.ran:
            if ran.report:
                yield run, ran, ran.report


def _runs(held: Mapping[str, Run]) -> str:
    """On which machine, by which versions, when; and where it was not quiet."""
    if not held:
        return "No run is kept.\n"
    text = ""
    runs = list(held.values())
    for name, of_machine in groupby(
        sorted(runs, key=lambda run: machine(run.machine)), lambda run: machine(run.machine)
    ):
        found = list(of_machine)
        text += f"\n**{name}.** {_versions(found)}.\n\n"
        rows = [
            (
                f"[{title(ran.benchmark)}](#{ran.benchmark})",
                run.date,
                time(ran.seconds),
                _others(ran),
                run.versions.get("commit", ""),
            )
            for run in found
            for ran in run.ran
        ]
        text += table(["benchmark", "kept on", "took", "cores that others kept busy", "commit"], rows)
    loud = [title(ran.benchmark) for run in runs for ran in run.ran if (ran.others or 0) > QUIET * run.machine.cores]
    if loud:
        text += '\n!!! note "Not a quiet machine"\n'
        text += f"    Others used it while these ran, so their seconds are too long: {', '.join(loud)}.\n"
    return text


def _versions(runs: list[Run]) -> str:
    """Each version, or the several that the runs had."""
    seen: dict[str, dict[str, None]] = {}
    for run in runs:
        for name, version in run.versions.items():
            seen.setdefault(name, {})[version] = None
    return ", ".join(f"{name} {' and '.join(versions)}" for name, versions in seen.items() if name != "commit")


def _others(ran: Ran) -> str:
    return "not known" if ran.others is None else number(ran.others)


def _targets(held: Mapping[str, Run]) -> str:
    rows = [
        (
            f"[{title(report.benchmark)}](#{report.benchmark}): {r.name}",
            figure(r, t),
            goal(t),
            "yes" if r.met(t) else "**no**",
        )
        for _, _, report in _reports(held)
        for r in report.results
        for t in r.targets
    ]
    if not rows:
        return ""
    return section("Targets", "targets") + table(["what", "figure", "target", "met"], rows)


def figure(result: Result, target: Target) -> str:
    """The value that a target is about, with its doubt where it is a time."""
    if target.of == SECONDS and result.own:
        return duration(result.own)
    value = result.value(target)
    if value is None:
        return "not measured"
    return f"{number(value)} times" if target.of == RATIO else f"{target.of} {exact(value)}"


def _benchmark(report: Report) -> str:
    name = report.benchmark
    text = section(title(name), name) + f"{report.about}\n\n"
    setting = ", ".join(f"{name}: {number(v)}" for name, v in report.setting.items())
    text += f"`benchmarks/{name}.py`{': ' * bool(setting)}{setting}.\n\n"
    timed = [r for r in report.results if r.own]
    if timed:
        text += table(["what", "time", "beside", "ratio", "also"], [_row(r) for r in timed])
    apart = [r for r in report.results if r.figures and not (r.own and len(r.figures) <= FEW)]
    for _, alike in groupby(apart, lambda r: tuple(r.figures)):
        text += _figures(list(alike))
    for by, curves in _grown(report):
        text += _growth(name, by, curves)
    if report.skipped:
        text += "\n".join(f"Not measured: {s.what}: {s.why}." for s in report.skipped) + "\n"
    return text


def _row(result: Result) -> tuple[str, ...]:
    own, other, ratio = result.own, result.other, result.ratio
    assert own is not None
    few = result.figures if len(result.figures) <= FEW else {}
    return (
        f"**{result.name}**: {result.what}",
        duration(own),
        f"{result.beside}: {duration(other)}" if other else "",
        pace(ratio) if ratio is not None else "",
        "; ".join(f"{name} {number(value)}" for name, value in few.items()),
    )


def _figures(results: list[Result]) -> str:
    """A table of results with the same figures, whichever way round is narrower; it folds away where it is long."""
    names = list(results[0].figures)
    head, rows = ["what", *names], [[r.name, *(number(r.figures[name]) for name in names)] for r in results]
    if len(names) > len(results):
        head, *rows = map(list, zip(head, *rows, strict=True))
        head[0] = "figure"
    made = table(head, rows)
    what = "; ".join(dict.fromkeys(r.what for r in results))
    if len(rows) <= MANY:
        return f"{what[:1].upper()}{what[1:]}:\n\n{made}"
    inside = "".join(f"    {line}\n" if line else "\n" for line in made.rstrip("\n").split("\n"))
    return f'??? note "{what}"\n\n{inside}\n'


def _grown(report: Report) -> Iterator[tuple[str, list[Result]]]:
    """The curves of a report that are against the same size."""
    curves = [r for r in report.results if r.growth]
    for by in dict.fromkeys(r.by for r in curves):
        yield by, [r for r in curves if r.by == by]


def _growth(benchmark: str, by: str, curves: list[Result]) -> str:
    """The figure, and the exponents as a table."""
    alt = growth_text(curves).replace('"', "'").replace("[", "(").replace("]", ")")
    picture = f"../assets/performance/{picture_name(benchmark, by)}"
    rows = [
        (
            f"**{c.name}**: {c.what}",
            f"{number(p.size)} {by}",
            time(p.seconds),
            "" if p.peak_mb is None else f"{number(p.peak_mb)} MB",
        )
        for c in curves
        for p in c.growth[-1:]
    ]
    steep = ["" if c.steepness is None else f"{c.steepness:.1f}" for c in curves]
    head = ["what", "at the largest size", "time", "most memory", "power of its growth at the end"]
    return f"\n![{alt}]({picture}){{ .output }}\n\n" + table(
        head, [(*row, s) for row, s in zip(rows, steep, strict=True)]
    )


def main() -> None:
    """Write the page and the pictures; say what is wrong with kept files that cannot be read."""
    held, faults = kept()
    for fault in faults:
        print(fault, file=sys.stderr)
    PAGE.write_text(page(held), "utf-8")
    drawn = pictures(held)
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.svg"):
        if old.name not in drawn:
            old.unlink()
    for name, text in drawn.items():
        (PICTURES / name).write_text(text, "utf-8")
    print(f"{PAGE.relative_to(ROOT)}, {len(drawn)} figures")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
