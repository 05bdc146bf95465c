"""Counts of visits that others published, by year: beside a ledger's own counts, never added to them."""

from __future__ import annotations

from comity.errors import BadPeriod, EmptySelection
from comity.model.period import Period
from comity.model.words import again, say, span
from comity.store.datasets import get_dataset, list_datasets, read_dataset
from comity.study.answers.common import Note
from comity.study.answers.visit_counts import CountSeries, VisitCountsAnswer
from comity.study.ask import one_state
from comity.study.strand import source_line, strand_header

KIND = "visit-counts"
_YEARS = 20


def visit_counts(state: str, *, period: str | None = None, source: str | None = None) -> VisitCountsAnswer:
    """Published counts of visits to, by or with a state, a column a table and kind of visit.

    period : years, by default the last 20 that a table covers. source : a table's label, by default all. Raises
    NoDataset where there is no such table, EmptySelection where none has the state, BadPeriod.
    """
    import polars as pl

    of = one_state(state, past=True)
    tables = (get_dataset(KIND, source),) if source or not list_datasets(KIND) else list_datasets(KIND)
    found = {d: read_dataset(d).filter(pl.col("state") == of.id) for d in tables}
    used = [d for d, mine in found.items() if mine.height]
    if not used:
        held = ", ".join(d.label for d in tables)
        raise EmptySelection(f"No table of visit counts at hand has {of.name}", got=held, next=say("visit_counts.add"))
    whole = Period(min(d.first for d in used), max(d.last for d in used))
    years = Period.parse(period, "year") if period else Period(max(whole.start, whole.end - _YEARS + 1), whole.end)
    if not years.overlaps(whole):
        raise BadPeriod("No table of visit counts has such a year", got=period, allowed=f"years of {whole.label}")
    series = []
    for dataset in used:
        mine = found[dataset].filter(pl.col("year").is_between(years.start, years.end)).sort("year")
        for (role, what, other), rows in mine.group_by("role", "what", "other", maintain_order=True):
            counts = tuple(rows.select("year", "count").iter_rows())
            series.append(CountSeries(dataset.label, f"{role} {what}", None if other is None else str(other), counts))
    keys = ["beside", "rules", *(["leaders"] if any(s.key.endswith("leaders") for s in series) else [])]
    notes = [Note(f"visit_counts.{key}", say(f"visit_counts.{key}")) for key in keys]
    if any(s.key.startswith("either") for s in series):
        notes.append(Note("visit_counts.directions", say("visit_counts.directions")))
    notes += [Note("visit_counts.source", again(w)) for d in used for w in d.warnings[:1] if d.layout == "china-visits"]
    subject = say("visit_counts.subject", name=of.name, period=span(years.label))
    header = strand_header(subject, map(source_line, used))
    return VisitCountsAnswer(header, tuple(notes), state=of.id, name=of.name, period=years, series=tuple(series))
