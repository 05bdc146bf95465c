"""Runs on disk: one JSON of a run, and the last kept run of each benchmark, a small file each in git.

A benchmark that takes long is kept by itself and stays while others are run again; so each has a file, with the
machine, the versions and the date of its own run.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from suite.result import Report, plain

KEPT = Path(__file__).resolve().parents[1] / "kept"


@dataclass(frozen=True, slots=True)
class Machine:
    """What ran it; two runs with equal machines can be compared by their seconds."""

    cores: int
    memory_gb: float
    processor: str
    system: str


@dataclass(frozen=True, slots=True)
class Ran:
    """One benchmark of a run: what it found, or why it failed.

    others : cores that other processes of the machine kept busy meanwhile, on average; None where it is not known.
    """

    benchmark: str
    seconds: float
    others: float | None = None
    report: Report | None = None
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Benchmarks run one after the other."""

    date: str
    seconds: float
    machine: Machine
    versions: Mapping[str, str]
    ran: tuple[Ran, ...] = field(default_factory=tuple)


class BadKept(Exception):
    """A kept file does not hold a run; the text says what is wrong with it."""


def write(run: Run, file: Path) -> None:
    """One JSON of a run, lines that git can compare."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(plain(run), indent=1, ensure_ascii=False) + "\n", "utf-8")


def read(file: Path) -> Run:
    """A run from its JSON; BadKept where the file is no such thing."""
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(Run).validate_json(file.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise BadKept(f"{file.name} holds no run: {place and place + ': '}{first['msg']}") from None


def report_of(line: str, benchmark: str) -> Report:
    """What a script printed; BadKept where it is not the common shape."""
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(Report).validate_json(line)
    except ValidationError as error:
        raise BadKept(f"{benchmark} printed no report: {error.errors()[0]['msg']}") from None


def kept(folder: Path = KEPT) -> tuple[dict[str, Run], list[str]]:
    """The last kept run of each benchmark by name, each with that benchmark alone; and what is wrong with the rest."""
    held, faults = {}, []
    for file in sorted(folder.glob("*.json")):
        try:
            run = read(file)
        except BadKept as fault:
            faults.append(str(fault))
            continue
        if [ran.benchmark for ran in run.ran] == [file.stem]:
            held[file.stem] = run
        else:
            faults.append(f"{file.name} holds other benchmarks than its name says")
    return held, faults


def keep(run: Run, folder: Path) -> list[str]:
    """Keep what was measured, benchmark by benchmark, and tell their names; what failed or measured nothing is left."""
    measured: Iterable[Ran] = [ran for ran in run.ran if ran.report and ran.report.results]
    for ran in measured:
        write(replace(run, seconds=ran.seconds, ran=(ran,)), folder / f"{ran.benchmark}.json")
    return [ran.benchmark for ran in measured]
