"""Surveys about a state, from the stored tables: as published, never joined, never filled in."""

from __future__ import annotations

from comity.errors import EmptySelection
from comity.model.words import say
from comity.store.datasets import get_dataset, list_datasets, read_dataset
from comity.study.answers.common import Note
from comity.study.answers.survey import SurveyAnswer, SurveyRow
from comity.study.ask import one_state
from comity.study.strand import source_line, strand_header

KIND = "survey"
_FIELDS = ("wave", "population", "question", "answer", "share", "n", "margin", "source")


def survey(state: str, *, source: str | None = None) -> SurveyAnswer:
    """Every stored share about a state, by wave, with its n and, where published, its margin.

    source : a table's label; by default all tables. Raises NoDataset where there is no table of surveys and
    EmptySelection where none asks about the state.
    """
    import polars as pl

    about = one_state(state, past=True)
    tables = (get_dataset(KIND, source),) if source or not list_datasets(KIND) else list_datasets(KIND)
    rows: list[SurveyRow] = []
    used = []
    for dataset in tables:
        mine = read_dataset(dataset).filter(pl.col("about") == about.id).select(_FIELDS)
        if mine.height:
            used.append(dataset)
            rows += [SurveyRow(**row, table=dataset.label) for row in mine.iter_rows(named=True)]
    if not rows:
        held = ", ".join(d.label for d in tables)
        raise EmptySelection(f"No survey at hand asks about {about.name}", got=held, next=say("survey.add"))
    rows.sort(key=lambda row: (row.wave, row.population, row.question, -row.share))
    notes = [Note(f"survey.{key}", say(f"survey.{key}")) for key in ("as_published", "waves")]
    if any(row.margin is None for row in rows):
        notes.append(Note("survey.no_margin", say("survey.no_margin")))
    subject = say("survey.subject", name=about.name, k=len({row.wave for row in rows}), shares=len(rows))
    header = strand_header(subject, map(source_line, used))
    return SurveyAnswer(header, tuple(notes), about=about.id, name=about.name, rows=tuple(rows))
