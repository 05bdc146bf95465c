"""The machine and the versions behind a run: nothing that names the machine or a place on it."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import subprocess
from pathlib import Path

from suite.kept import Machine
from suite.shared import CHECKOUT

LIBRARIES = ("polars", "duckdb", "numpy", "pandas", "numba", "pyspark")


def machine() -> Machine:
    """Cores that this process may use, gigabytes of memory, model of the processor, operating system."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Machine(cores, _memory_gb(), _processor(), _system())


def versions() -> dict[str, str]:
    """Of Python, Comity, the libraries that are installed, and the commit, marked where files differ from it."""
    from comity.version import VERSION

    found = {"python": platform.python_version(), "comity": VERSION}
    for name in LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found | {"commit": _commit()}


def busy_seconds() -> float | None:
    """Processor seconds that all processes of this machine used since it started; None where it does not say."""
    status = Path("/proc/stat")
    if not status.is_file():
        return None
    user, nice, system, _, _, irq, softirq, *_ = map(int, status.read_text().splitlines()[0].split()[1:])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def _memory_gb() -> float:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1)
    except (ValueError, OSError, AttributeError):
        return 0.0


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.is_file() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return f"{platform.system()} {platform.release()}".strip()


def _commit() -> str:
    head, changed = _git("rev-parse", "--short", "HEAD"), _git("status", "--porcelain", "--", "src", "benchmarks/*.py")
    return f"{head} with changes" if head and changed else head or "unknown"


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=CHECKOUT, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""
