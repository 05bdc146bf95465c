"""Spark: many machines, or this one as if it were many. The only module that speaks to it; extra ``spark``."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

import narwhals as nw

from comity.errors import MissingExtra, UsageError
from comity.model.words import say
from comity.store.engines.base import names
from comity.strands.events.tally import Frame

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JAVA = "17"
"""The oldest Java that this Spark runs on."""


class WithSpark:
    """A session at a master: "local[2]", or "spark://host:7077", whose workers must see the folders it is given.

    log : where Java writes what it has to say, which would stand in the terminal otherwise.
    Raises MissingExtra without PySpark or Java, UsageError where the master does not answer.
    """

    name = "spark"

    def __init__(self, *, master: str, memory: str, spill: Path, log: Path) -> None:
        _needs()
        from pyspark.sql import SparkSession

        told = {
            "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR",
            "spark.local.dir": str(spill), "spark.driver.memory": memory, "spark.executor.memory": memory,
            "spark.sql.shuffle.partitions": "8", "spark.sql.session.timeZone": "UTC",
            "spark.network.timeout": "120s", "spark.sql.ansi.enabled": "true",
        }  # fmt: skip
        builder = SparkSession.builder.appName("comity events").master(master)
        if "//" not in master:
            told |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        for key, value in told.items():
            builder = builder.config(key, value)
        with _java_speaks_to(log):
            try:
                self._session: SparkSession = builder.getOrCreate()
            except Exception as err:  # what Java throws comes as errors of many kinds
                first = str(err).strip().partition("\n")[0]
                raise UsageError(say("events.no_master"), got=master, next=f"{first} ({log})") from err

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._session.stop()

    def lines(self, files: Sequence[Path], width: int) -> Frame:
        """As of any engine."""
        schema = ", ".join(f"{name} STRING" for name in names(width))
        paths = [file.as_uri() for file in files]
        read = self._session.read.csv(paths, schema=schema, sep="\t", quote="", escape="", lineSep="\n")
        return nw.from_native(read)

    def tables(self, files: Sequence[Path]) -> Frame:
        """As of any engine."""
        return nw.from_native(self._session.read.parquet(*(file.as_uri() for file in files)))

    def write(self, frame: Frame, file: Path) -> None:
        """As of any engine."""
        frame.to_native().write.parquet(file.as_uri(), mode="overwrite", compression="zstd")


def _needs() -> None:
    try:
        import pyspark  # noqa: F401
    except ImportError as err:
        raise MissingExtra(
            say("events.no_spark"), got="pyspark", next="Run: uv sync --extra spark (or: pip install 'comity[spark]')"
        ) from err
    home = os.environ.get("JAVA_HOME")
    java = Path(home, "bin", "java") if home else Path(shutil.which("java") or "java")
    try:
        subprocess.run([str(java), "-version"], capture_output=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError) as err:
        raise MissingExtra(say("events.no_java", version=JAVA), got=str(java), next=say("events.get_java")) from err


@contextmanager
def _java_speaks_to(log: Path) -> Iterator[None]:
    """While Java starts, it inherits this file as its standard error; it keeps it as long as it lives."""
    kept = os.dup(2)
    try:
        with log.open("ab") as into:
            os.dup2(into.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
