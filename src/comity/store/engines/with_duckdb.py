"""DuckDB: the engine of one machine, out of core: what does not fit into its memory goes to the disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import narwhals as nw

from comity.store.db import apart, within
from comity.store.engines.base import names
from comity.strands.events.tally import Frame

BUFFER = 4_000_000
"""Bytes of text that a thread holds; DuckDB's own 32 MB would be most of a small limit."""


class WithDuckDB:
    """A database of its own in memory, with a limit; ``spill`` is the folder for what exceeds it."""

    name = "duckdb"

    def __init__(self, *, memory: str, spill: Path) -> None:
        self._memory = memory
        self._database = apart(memory=memory, spill=spill)
        # Joins run as they are written: small tables are joined to the large one. The optimizer would first pair every
        # day with every two actors, which is more rows than there are events.
        self._database.execute("SET disabled_optimizers = 'join_order'")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._database.close()

    def lines(self, files: Sequence[Path], width: int) -> Frame:
        """As of any engine."""
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names(width))
        how = r"delim = '\t', header = false, quote = '', escape = '', new_line = '\n', auto_detect = false"
        return self._read(f"read_csv({_listed(files)}, {how}, buffer_size = {BUFFER}, columns = {{{columns}}})")

    def tables(self, files: Sequence[Path]) -> Frame:
        """As of any engine."""
        return self._read(f"read_parquet({_listed(files)})")

    def write(self, frame: Frame, file: Path) -> None:
        """As of any engine."""
        with within(self._memory):
            frame.to_native().write_parquet(str(file), compression="zstd")

    def _read(self, source: str) -> Frame:
        return nw.from_native(self._database.sql(f"FROM {source}"))


def _listed(files: Sequence[Path]) -> str:
    # read_csv and read_parquet would expand * ? and [ in a path.
    plain = ("".join(f"[{c}]" if c in "*?[" else c for c in str(file)).replace("'", "''") for file in files)
    return "[" + ", ".join(f"'{file}'" for file in plain) + "]"
