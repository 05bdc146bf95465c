"""Answers about Comity itself and its store, for pages and API: what is held, what was checked, how it is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from comity.errors import ComityError
from comity.measures.catalogue import MEASURES
from comity.model.body import COUNCIL
from comity.model.words import say
from comity.store.datasets import Dataset, list_datasets
from comity.store.events import Journal, in_store
from comity.store.manifest import Manifest
from comity.store.releases import list_releases
from comity.study.answers.ledger import LedgerListAnswer
from comity.study.answers.strand import StrandAnswer
from comity.study.strand import strand_header
from comity.version import METHOD

if TYPE_CHECKING:
    import polars as pl

    from comity.ingest.check import CheckReport
    from comity.ingest.diff import DiffReport

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DataAnswer(StrandAnswer):
    """What the store holds; ``council`` are the releases of the Security Council, ``events`` the journal or None."""

    releases: tuple[Manifest, ...]
    council: tuple[Manifest, ...]
    tables: tuple[Dataset, ...]
    events: Journal | None
    ledgers: LedgerListAnswer

    def to_dict(self) -> Json:
        """As ``comity data list``, with the ledgers; without the folders of this machine."""
        spans = [
            m.to_dict() | {"span": [m.first.isoformat(), m.last.isoformat()]} for m in (*self.releases, *self.council)
        ]
        events = {"events": self.events.to_dict()} if self.events else {}
        told = {name: value for name, value in self.ledgers.to_dict().items() if name == "ledgers"}
        return {
            **self.header.to_dict(),
            "releases": spans,
            "tables": [t.to_dict() for t in self.tables],
            **events,
            **told,
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a release."""
        import polars as pl

        fields = ("release", "body", "first", "last", "roll_calls", "votes", "states", "licence", "sha256")
        schema = dict.fromkeys(fields, pl.String)
        return pl.DataFrame(
            [{f: str(getattr(m, f)) for f in fields} for m in (*self.releases, *self.council)], schema=schema
        )


@dataclass(frozen=True, slots=True)
class CheckAnswer(StrandAnswer):
    """The faults found in a release."""

    report: CheckReport

    def to_dict(self) -> Json:
        """As ``comity data check``."""
        return {**self.header.to_dict(), **self.report.to_dict()}

    def to_polars(self) -> pl.DataFrame:
        """One row a finding."""
        return self.report.to_polars()


@dataclass(frozen=True, slots=True)
class DiffAnswer(StrandAnswer):
    """Two releases, roll call by roll call."""

    report: DiffReport

    def to_dict(self) -> Json:
        """As ``comity data diff``."""
        return {**self.header.to_dict(), **self.report.to_dict()}

    def to_polars(self) -> pl.DataFrame:
        """One row a differing cell."""
        return self.report.to_polars()


@dataclass(frozen=True, slots=True)
class MethodAnswer(StrandAnswer):
    """How things are counted: the method's number, every measure, every kind of error."""

    measures: tuple[Json, ...]
    errors: tuple[tuple[str, str], ...]

    def to_dict(self) -> Json:
        """For JSON."""
        errors = [{"error": name, "meaning": meaning} for name, meaning in self.errors]
        return {**self.header.to_dict(), "method": METHOD, "measures": list(self.measures), "errors": errors}

    def to_polars(self) -> pl.DataFrame:
        """One row a measure."""
        import polars as pl

        return pl.DataFrame(list(self.measures), infer_schema_length=None)


def data() -> DataAnswer:
    """What the store holds: releases, newest first, tables of other strands, ledgers."""
    from comity.study.ledger_rows import ledger_list

    header = strand_header(say("web_data.subject"), ())
    return DataAnswer(header, (), list_releases(), list_releases(COUNCIL), list_datasets(), in_store(), ledger_list())


def check(release: str | None) -> CheckAnswer:
    """The faults of a release beside all others; UnknownRelease."""
    from comity.ingest.check import check_release

    report = check_release(release)
    return CheckAnswer(strand_header(say("web_data.check_subject", release=report.release), ()), (), report)


def diff(first: str, second: str) -> DiffAnswer:
    """Two releases beside each other; UnknownRelease, UsageError for one twice."""
    from comity.ingest.diff import diff_releases

    report = diff_releases(first, second)
    subject = say("web_data.diff_subject", a=report.a.release, b=report.b.release)
    return DiffAnswer(strand_header(subject, ()), (), report)


def method() -> MethodAnswer:
    """How it is counted."""
    rows = tuple(
        {
            "id": m.id,
            "of": m.of,
            "low": m.low,
            "high": m.high,
            "formula": m.formula,
            "source": m.source,
        }
        for m in MEASURES.values()
    )
    return MethodAnswer(strand_header(say("web_method.subject", method=METHOD), ()), (), rows, tuple(_errors()))


def _errors(root: type[ComityError] = ComityError) -> Sequence[tuple[str, str]]:
    """Every class of error below one, with its meaning."""
    return [
        (root.__name__, say(f"error_meaning.{root.__name__}")),
        *(pair for child in root.__subclasses__() for pair in _errors(child)),
    ]
