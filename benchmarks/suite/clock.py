"""Seconds and memory, measured the same way in every script."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from suite.result import Spread

_COUNTED_IN = 1 if sys.platform == "darwin" else 1024  # what ru_maxrss counts in, in bytes


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def spread(work: Callable[[], object], runs: int, *, warm: bool = True) -> Spread:
    """Wall time of some runs, after one that is not measured unless ``warm`` is false."""
    if warm:
        work()
    return spread_of([seconds(work) for _ in range(runs)])


def spread_of(times: Sequence[float]) -> Spread:
    """Median, least and most of times already taken."""
    return Spread(statistics.median(times), min(times), max(times), len(times))


def peak_mb(whose: int = resource.RUSAGE_SELF) -> float:
    """The most memory of this process, or of its greatest child (RUSAGE_CHILDREN).

    On Linux ru_maxrss of a process counts its parent's at the start, so its own status is read there.
    """
    peak = resource.getrusage(whose).ru_maxrss * _COUNTED_IN
    status = Path("/proc/self/status")
    if whose == resource.RUSAGE_SELF and status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        peak = int(line.split()[1]) * 1024
    return round(peak / 1e6, 1)


def resident_mb() -> float:
    """Memory that this process holds now; 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmRSS")), 0.0)


def children_cpu() -> float:
    """Processor seconds of all children that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def apart(*arguments: str) -> dict[str, Any]:
    """What this script says with these arguments, as JSON, in a process of its own: so its peak memory is its own.

    Where that process fails, this one ends with what it said last.
    """
    done = subprocess.run([sys.executable, sys.argv[0], *arguments], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{done.stderr.rstrip()} ({' '.join(arguments)})")
    return dict(json.loads(done.stdout.splitlines()[-1]))
