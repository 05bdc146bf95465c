"""README.md of a replication folder: what it holds, how to make it again, and what the licences say."""

from __future__ import annotations

from collections.abc import Iterator

from comity.model.words import say
from comity.report.replicate.record import Record
from comity.report.replicate.roll_calls import may_be_repeated
from comity.store.datasets import Dataset
from comity.store.manifest import FileEntry, Manifest
from comity.study.answers.dossier import DossierAnswer
from comity.version import LICENCE


def readme(record: Record, answer: DossierAnswer, *, roll_calls: bool) -> bytes:
    """As Markdown."""
    return ("\n".join(_lines(record, answer, roll_calls)) + "\n").encode()


def _told(key: str, **fields: object) -> str:
    return say(f"replicate_readme.{key}", **fields)


def _lines(record: Record, answer: DossierAnswer, roll_calls: bool) -> Iterator[str]:
    lead = answer.lead_pair
    row, origin = lead.lead, lead.header.origin
    day = record.question.answered.isoformat()
    yield f"# {_told('title', a=row.name_a, b=row.name_b)}"
    yield from ("", _told("lead", version=record.comity, day=day), "", lead.headline, "")
    yield from (f"## {_told('question')}", "")
    yield f"- {_told('states', a=row.name_a, b=row.name_b)}"
    yield f"- {_told('periods', periods=', '.join(cell.period.label for cell in row.cells))}"
    yield f"- {_told('issue', issue=lead.header.issue_label)}"
    yield f"- {_told('release', release=origin.release, last=origin.last.isoformat(), sha256=origin.sha256)}"
    yield from ("", f"## {_told('files')}", "")
    there = ("expected", "numbers", "readings", *(("roll_calls",) if roll_calls else ()), "record", "requirements")
    for name in (*there, "scripts", *(("own",) if record.own else ()), "sums"):
        yield f"- {_told(f'f_{name}')}"
    yield from ("", f"## {_told('again')}", "")
    yield f"1. {_told('again_install', python=record.python)}"
    yield f"2. {_told('again_starter', version=record.comity) if record.starter else _told('again_add')}"
    yield f"3. {_told('again_run')}"
    yield from ("", _told("again_by_hand"), "", f"## {_told('rests')}", "")
    if record.starter:
        yield f"- {say('replicate.starter', version=record.comity, sha256=record.starter)}"
    yield from (f"- {_source(m.release, m, m.files)}" for m in record.manifests)
    yield from (f"- {_source(d.label, d, (d.file,))}" for d in record.tables)
    yield f"- {_told('ledgers', version=record.comity, licence=LICENCE)}"
    yield from ("", f"## {_told('licences')}", "", _told("no_data"), "")
    yield _votes(origin.release, origin.licence, roll_calls)
    yield from ("", _told("expected"))


def _source(label: str, what: Manifest | Dataset, files: tuple[FileEntry, ...]) -> str:
    fields = {
        "label": label,
        "source": what.source,
        "file": ", ".join(_told("file", name=f.name, bytes=f"{f.bytes:,}") for f in files),
        "sha256": what.sha256,
        "licence": what.licence or _told("unknown"),
        "cite": what.citation,
    }
    if isinstance(what, Manifest) and what.doi:
        return _told("row_doi", version=what.version, doi=what.doi, **fields)
    return _told("row", **fields)


def _votes(release: str, licence: str, roll_calls: bool) -> str:
    if not roll_calls:
        return _told("votes_none")
    key = "votes_told" if may_be_repeated(licence) else "votes_kept"
    return _told(key, release=release, licence=licence or _told("unknown"))
