"""The rows of a comparison as one file."""

from __future__ import annotations

import io
from pathlib import Path

from comity.errors import UsageError
from comity.model.words import say
from comity.report.atlas_files import FORMATS
from comity.report.export_table import facts
from comity.report.files import write_atomic
from comity.report.text_formats import as_csv
from comity.study.answers.published import PublishedAnswer


def checked(path: Path) -> Path:
    """The path; UsageError where its ending names no format."""
    if path.suffix.lower() not in FORMATS:
        raise UsageError(say("published_title.ending"), got=str(path), allowed=", ".join(f"FILE{f}" for f in FORMATS))
    return path


def write(answer: PublishedAnswer, path: Path) -> Path:
    """Write one row a dyad, period and column, by the file's ending; StoreError where it cannot be written."""
    if checked(path).suffix.lower() == ".csv":
        return write_atomic(path, as_csv(answer).encode())
    buffer = io.BytesIO()
    answer.to_polars().write_parquet(buffer, compression="snappy", metadata=facts(answer.header))
    return write_atomic(path, buffer.getvalue())
