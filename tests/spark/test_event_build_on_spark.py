"""Spark: the same tables as DuckDB, on this machine and on a cluster of one master and two workers on loopback."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest

from comity.ingest.events.build import build
from comity.store.engines.choose import Chosen
from event_lines import gdelt, write

make_events = pytest.importorskip("make_events")
pyspark = pytest.importorskip("pyspark", reason="needs the extra spark")
if not (which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("needs Java (Debian's openjdk-17-jre-headless)", allow_module_level=True)
HOME = Path(pyspark.__file__).parent


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("events")
    make_events.write(20_000, folder, files=2, packed=True)
    (folder / "truth.parquet").unlink()
    strange = gdelt(tone="-2.16049382716049", goldstein="0.05")
    write(
        folder / "bad.csv", strange, gdelt("20150230"), gdelt(quad="7"), gdelt(tone="x"), "cut\toff", gdelt(tone="1E-7")
    )
    return folder


@pytest.fixture(scope="module")
def expected(events: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, int]]:
    made = build([events], tmp_path_factory.mktemp("duckdb"), Chosen("duckdb"), tell=lambda text: None)
    return made.journal.hash, made.faults


def on_spark(events: Path, out: Path, master: str) -> tuple[str, dict[str, int]]:
    """In a process of its own: one process speaks to one Java, which keeps its master."""
    script = (
        "import sys; from pathlib import Path; from comity.ingest.events.build import build\n"
        "from comity.store.engines.choose import Chosen\n"
        "made = build([Path(sys.argv[1])], Path(sys.argv[2]), Chosen('spark', '700MB', sys.argv[3]), batch=4_000_000)\n"
        "print('hash', made.journal.hash, made.faults)"
    )
    command = [sys.executable, "-c", script, str(events), str(out), master]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stderr[-3000:]
    told = re.search(r"^hash (\w+) (\{.*\})$", done.stdout, re.MULTILINE)
    assert told is not None
    assert "WARN" not in done.stderr  # what Java has to say goes to a file
    return told[1], eval(told[2])


def test_on_this_machine(events: Path, expected: tuple[str, dict[str, int]], tmp_path: Path) -> None:
    assert on_spark(events, tmp_path / "out", "local[2]") == expected


def free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """The address of a master with two workers: three processes of Java that listen on loopback alone."""
    port, log = free(), (tmp_path / "cluster.log").open("wb")
    where = os.environ | {
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(tmp_path),
        "SPARK_DAEMON_MEMORY": "300m",
    }

    def begin(*arguments: str) -> subprocess.Popen[bytes]:
        command = [str(HOME / "bin" / "spark-class"), *arguments]
        return subprocess.Popen(command, env=where, stdout=log, stderr=log)

    named = ["--host", "127.0.0.1", "--webui-port", "0"]
    running = [begin("org.apache.spark.deploy.master.Master", "--port", str(port), *named)]
    try:
        for k in range(2):
            work = ["--cores", "1", "--memory", "900m", "--work-dir", str(tmp_path / f"worker{k}")]
            running.append(begin("org.apache.spark.deploy.worker.Worker", *named, *work, f"spark://127.0.0.1:{port}"))
        text = tmp_path / "cluster.log"
        for _ in range(240):
            if text.read_text(errors="replace").count("Successfully registered with master") == 2:
                break
            assert all(process.poll() is None for process in running), text.read_text()[-2000:]
            time.sleep(0.5)
        else:
            raise AssertionError(text.read_text()[-2000:])
        yield f"spark://127.0.0.1:{port}"
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            process.wait(30)
        log.close()


def test_on_a_cluster(cluster: str, events: Path, expected: tuple[str, dict[str, int]], tmp_path: Path) -> None:
    assert on_spark(events, tmp_path / "out", cluster) == expected
    assert {p.name for worker in tmp_path.glob("worker*") for p in worker.glob("app-*/*") if p.is_dir()} >= {"0", "1"}
