"""Polars, streaming: fast where the counts, not the lines, fit into memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import narwhals as nw

from comity.store.engines.base import names
from comity.strands.events.tally import Frame


class WithPolars:
    """Needs nothing to be opened or closed. It has no limit of memory."""

    name = "polars"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        pass

    def lines(self, files: Sequence[Path], width: int) -> Frame:
        """As of any engine."""
        import polars as pl

        read = pl.scan_csv(
            list(files), separator="\t", has_header=False, quote_char=None, new_columns=names(width),
            infer_schema=False, glob=False,
        )  # fmt: skip
        return nw.from_native(read)

    def tables(self, files: Sequence[Path]) -> Frame:
        """As of any engine."""
        import polars as pl

        return nw.from_native(pl.scan_parquet(list(files), glob=False))

    def write(self, frame: Frame, file: Path) -> None:
        """As of any engine."""
        frame.to_native().sink_parquet(file, compression="zstd")
