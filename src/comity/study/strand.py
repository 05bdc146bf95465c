"""The header of answers about other strands."""

from __future__ import annotations

from collections.abc import Iterable

from comity.model.clock import today
from comity.model.origin import Origin
from comity.store.datasets import Dataset
from comity.study.answers.strand import SourceLine, StrandHeader
from comity.version import VERSION


def strand_header(subject: str, sources: Iterable[SourceLine]) -> StrandHeader:
    """Sources once each, in their order."""
    return StrandHeader(subject, tuple(dict.fromkeys(sources)), today(), VERSION)


def source_line(dataset: Dataset) -> SourceLine:
    """A stored table as an answer prints it."""
    return SourceLine(
        label=dataset.label,
        source=dataset.source,
        span=f"{dataset.first}–{dataset.last}",
        as_of=dataset.as_of.isoformat() if dataset.as_of else "",
        sha256=dataset.sha256,
        licence=dataset.licence,
        link=dataset.link,
    )


def release_line(origin: Origin) -> SourceLine:
    """A release of roll calls as an answer about other strands prints it."""
    return SourceLine(
        label=origin.release,
        source=origin.source,
        span=f"{origin.first.year}–{origin.last.year}",
        sha256=origin.sha256,
        licence=origin.licence,
        link=origin.link,
    )
