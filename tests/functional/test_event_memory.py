"""Ten times more data than the memory given: DuckDB's limit, and the whole process held by the kernel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

make_events = pytest.importorskip("make_events")
GROUPS = Path("/sys/fs/cgroup/memory")
SCRIPT = """
import json, os, sys
from pathlib import Path
group = sys.argv[3]
if group:
    Path(group, "cgroup.procs").write_text(str(os.getpid()))
from comity.ingest.events.build import build
from comity.store.engines.choose import Chosen
made = build([Path(sys.argv[1])], Path(sys.argv[2]), Chosen("duckdb", "128MB"), batch=20_000_000, tell=str)
status = Path("/proc/self/status").read_text()
peak = next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM"))
print(json.dumps({"hash": made.journal.hash, "peak": peak}))
"""


def test_memory_is_bounded(tmp_path: Path) -> None:
    make_events.write(600_000, tmp_path / "once")
    once = (tmp_path / "once" / "00000.export.CSV").read_bytes()
    (tmp_path / "in").mkdir()
    for k, name in enumerate(("a.csv", "b.csv"), 1):
        with (tmp_path / "in" / name).open("wb") as out:
            for _ in range(2 + k):
                out.write(once)
    assert sum(file.stat().st_size for file in (tmp_path / "in").iterdir()) > 1_280_000_000
    group = GROUPS / f"comity-test-{os.getpid()}"
    held = os.access(GROUPS, os.W_OK) and (GROUPS / "memory.limit_in_bytes").exists()
    if held:
        group.mkdir()
        (group / "memory.limit_in_bytes").write_text(str(520_000_000))
    try:
        command = [
            sys.executable,
            "-c",
            SCRIPT,
            str(tmp_path / "in"),
            str(tmp_path / "out"),
            str(group) if held else "",
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=500)
    finally:
        if held:
            group.rmdir()
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout)["peak"] < 520
