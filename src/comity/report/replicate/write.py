"""Writing a replication folder, and making its files anew from its record."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from comity.errors import UsageError
from comity.model.clock import stopped, today
from comity.model.language import ENGLISH, speaking
from comity.model.reading import Reading
from comity.model.words import say
from comity.report.dossier.write import FORMATS, checked
from comity.report.figures.draw import FIGURES
from comity.report.files import checked_folder, write_all
from comity.report.replicate import lock
from comity.report.replicate.built import Built, build
from comity.report.replicate.numbers import as_table, numbers
from comity.report.replicate.readings import readings
from comity.report.replicate.readme import readme
from comity.report.replicate.record import NAME, Own, Question, Record
from comity.report.replicate.roll_calls import roll_call_list
from comity.report.replicate.scripts import python_script, shell_script
from comity.report.replicate.stores import Held, clean, hash_of, held
from comity.report.text_formats import as_json
from comity.store.manifest import Manifest
from comity.study.answers.common import Header
from comity.study.opening import open_corpus
from comity.version import VERSION

SUMS = "SHA256SUMS"
NUMBERS = "numbers.csv"


def write_folder(
    folder: Path,
    a: str,
    b: str,
    *,
    periods: str | None = None,
    vs: str | None = None,
    reading: Reading,
    formats: Sequence[str] = FORMATS,
) -> Record:
    """Write a replication folder for the dossier of two states, answered today; a new or empty folder.

    The dossier is made twice, in stores of their own: from everything at hand, and from what it names. Where both give
    the same bytes the folder asks only for what is named, otherwise for everything.
    Raises the errors of the questions, UsageError for a folder that holds something, StoreReadOnly or StoreFull.
    """
    _empty(folder)
    formats = checked(formats)
    named = replace(reading, release=open_corpus(reading.release).origin.release)
    chosen = {"issue": named.issue} | {name: str(value) for name, value in named.departures.items()}
    asked = Question(
        a=a, b=b, periods=periods, vs=vs, reading=chosen, answered=today(), formats=formats, figures=FIGURES
    )
    basis, built = _basis(asked, held(named))
    lead = built.answer.lead_pair
    settled = asked.model_copy(update={"a": lead.a, "b": lead.b, "figures": built.figures})
    with clean(basis):
        record = _record(settled, basis, lead.header)
        files = folder_files(record, built)
    own = {f"own/{name}": content for name, content in basis.own.items()}
    _write(folder, {**files, **own, NAME: record.text().encode()})
    return record


def folder_files(record: Record, built: Built) -> dict[str, bytes]:
    """Every file of a folder that follows from its record and the answer; within the store that gave the answer."""
    with stopped(record.question.answered), speaking(ENGLISH):
        answer = built.answer
        calls, found = roll_call_list(answer), numbers(answer)
        files = {
            **built.files,
            NUMBERS: as_table(found),
            "numbers.json": _json([n.to_dict() for n in found]),
            "readings.json": _json(readings(answer.to_dict())),
            "README.md": readme(record, answer, roll_calls=calls is not None),
            "requirements.txt": _requirements(record),
            "rebuild.py": python_script(record),
            "rebuild.sh": shell_script(record),
        }
    return files if calls is None else {**files, "roll-calls.csv": calls}


def _basis(asked: Question, everything: Held) -> tuple[Held, Built]:
    """What the answer needs, and the answer given from that alone."""
    with clean(everything):
        of_all = build(asked)
    named = everything.named_in(as_json(of_all.answer))
    if (named.manifests, named.tables) == (everything.manifests, everything.tables):
        return everything, of_all
    with clean(named):
        of_named = build(asked)
    return (named, of_named) if of_named.files == of_all.files else (everything, of_all)


def _record(question: Question, basis: Held, header: Header) -> Record:
    return Record(
        format=1,
        comity=VERSION,
        code=lock.code(),
        python=lock.python(),
        packages=lock.packages(),
        question=question,
        starter=lock.starter() if header.origin.aggregates else "",
        releases=tuple(_described(m) for m in basis.manifests),
        datasets=tuple(d.to_dict() for d in basis.tables),
        own=tuple(Own(name=n, bytes=len(c), sha256=hash_of(c)) for n, c in basis.own.items()),
    )


def _described(manifest: Manifest) -> dict[str, Any]:
    """Without what follows from the releases together, or from how they are stored."""
    return {**manifest.to_dict(), "tables": [], "faults": []}


def _requirements(record: Record) -> bytes:
    lines = [f"# Python {record.python}", f"comity=={record.comity}"]
    lines += [f"{name}=={version}" for name, version in record.packages.items()]
    return ("\n".join(lines) + "\n").encode()


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _empty(folder: Path) -> None:
    checked_folder(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            say("replicate.not_empty"), got=str(folder), next=say("replicate.not_empty_next", folder=folder)
        )


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """Every file, the list of hashes last: a folder without it is not whole."""
    sums = "".join(f"{hash_of(files[name])}  {name}\n" for name in sorted(files))
    for name, content in files.items():
        write_all((folder / name).parent, {Path(name).name: content})
    write_all(folder, {SUMS: sums.encode()})
