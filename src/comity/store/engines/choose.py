"""Which engine, and how it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from comity.errors import UsageError
from comity.model.words import say
from comity.store.engines.base import Engine

ENGINES = ("duckdb", "polars", "spark")
MEMORY, MASTER = "2GB", "local[2]"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen.

    engine : one of ENGINES. memory : what it may take ("500MB", "4GB"; polars has no limit). master : of Spark.
    Raises UsageError for an engine that there is not.
    """

    engine: str = "duckdb"
    memory: str = MEMORY
    master: str = MASTER

    def __post_init__(self) -> None:
        if self.engine not in ENGINES:
            raise UsageError(say("events.no_engine"), got=self.engine, allowed=", ".join(ENGINES))


def opened(chosen: Chosen, work: Path) -> Engine:
    """The engine at work, with ``work`` for what does not fit into memory.

    Raises MissingExtra where it is not installed, UsageError for a size that is none and a master that does not answer.
    """
    if chosen.engine == "polars":
        from comity.store.engines.with_polars import WithPolars

        return WithPolars()
    if chosen.engine == "spark":
        from comity.store.engines.with_spark import WithSpark

        gigabytes = chosen.memory.lower().removesuffix("b")  # as Java writes it: 2g, 500m
        return WithSpark(master=chosen.master, memory=gigabytes, spill=work, log=work.parent / "spark.log")
    from comity.store.engines.with_duckdb import WithDuckDB

    return WithDuckDB(memory=chosen.memory, spill=work)
