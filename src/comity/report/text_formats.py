"""An answer as CSV, JSON, Markdown or one HTML page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from comity.report import html as html_pages
from comity.report import markdown as markdown_text

if TYPE_CHECKING:
    import polars as pl

    from comity.report.answers import Answer
    from comity.study.answers.common import Header
    from comity.study.answers.dossier import DossierAnswer
    from comity.study.answers.strand import StrandHeader


def as_csv(answer: Answer | DossierAnswer) -> str:
    """The answer's tidy frame; release or sources, hash, last roll call, issue and date in every row."""
    return carried_csv(answer.to_polars(), answer.header)


def carried_csv(frame: pl.DataFrame, header: Header | StrandHeader) -> str:
    """A frame without its nested columns, as CSV, with what every row carries of an answer's header."""
    import polars as pl

    flat = frame.select(pl.exclude([c for c, t in frame.schema.items() if t.is_nested()]))
    return flat.with_columns(**{k: pl.lit(v) for k, v in header.carried.items() if k not in flat.columns}).write_csv()


def as_json(answer: Answer | DossierAnswer) -> str:
    """The answer's dictionary in its declared order; null where a share is undefined."""
    return json.dumps(answer.to_dict(), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def as_markdown(answer: Answer) -> str:
    """Heading, sentence, tables with N, notes, source line."""
    from comity.report.answers import document

    return markdown_text.render(document(answer))


def as_html(answer: Answer) -> str:
    """One self-contained page, with the figure that belongs to the answer."""
    from comity.report.answers import document

    return html_pages.render(document(answer, pictures=True), "answer")
