"""Which roll calls were on one text, for the fit: recognised, from a file of pairs, or none."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from comity.errors import BadFile, BadValue, FieldMissing
from comity.study.answers.common import Note
from comity.study.ideal.settings import AUTO, NONE
from comity.study.notes import note
from comity.study.recurring import families_of
from comity.study.release import ReleaseCorpus

Ints = NDArray[np.int64]
_COLUMNS = ("rcid1", "rcid2")


@dataclass(frozen=True, eq=False)
class Linked:
    """ids : shape (R,), one a text; roll calls with the same id are one item. notes : what is to be said of them."""

    ids: Ints
    notes: tuple[Note, ...] = ()


def linked(corpus: ReleaseCorpus, matches: str, part: NDArray[np.bool_]) -> Linked:
    """The texts of a release's roll calls.

    part : shape (R,), roll calls on paragraphs and amendments, which share a symbol with a text but are not it.
    """
    rows = np.arange(len(corpus.matrix.cells))
    if matches == NONE:
        return Linked(rows, (note("ideal_unlinked"),))
    if matches != AUTO:
        return _from_file(corpus, Path(matches))
    try:
        found = families_of(corpus).links
    except FieldMissing:
        return Linked(rows, (note("ideal_no_titles"),))
    return Linked(_joined(rows, [(a, b) for a, b, _ in found if not (part[a] or part[b])]))


def _from_file(corpus: ReleaseCorpus, file: Path) -> Linked:
    """Pairs of roll-call ids, followed over ids, so that a text whose first roll call is not in the release holds."""
    pairs = _pairs(file)
    ids: list[str | None] = corpus.roll_calls["roll_call"].to_list()
    place = {str(name): i for i, name in enumerate(ids)}
    names = dict(place)
    for pair in pairs:
        for name in pair:
            names.setdefault(name, len(names))
    unknown = sorted({n for pair in pairs for n in pair if n not in place}, key=lambda n: (len(n), n))
    if len(unknown) == len({n for pair in pairs for n in pair}):
        raise BadFile(
            f"No roll call of {file.name} is in {corpus.origin.release}",
            got=", ".join(unknown[:5]),
            next="Name the release whose ids the file uses with --release",
        )
    found = _joined(np.arange(len(names)), [(names[a], names[b]) for a, b in pairs])[: len(ids)]
    told = ", ".join(unknown[:10]) + (" …" if len(unknown) > 10 else "")
    return Linked(found, (note("ideal_unknown_ids", file=file.name, k=len(unknown), ids=told),) if unknown else ())


def _pairs(file: Path) -> list[tuple[str, str]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as err:
        raise BadFile(
            "The file of matches cannot be read", got=str(file), next=err.strerror or "Check its name"
        ) from None
    except UnicodeDecodeError:
        raise BadValue("The file of matches is a CSV file in UTF-8", got=file.name) from None
    table = csv.DictReader(text.splitlines())
    if not {*_COLUMNS} <= {*(table.fieldnames or ())}:
        raise BadValue(
            "A file of matches holds pairs of roll-call ids",
            got=f"{file.name}: {', '.join(table.fieldnames or ()) or 'nothing'}",
            allowed=f"columns {', '.join(_COLUMNS)}",
        )
    found = [(str(row["rcid1"]).strip(), str(row["rcid2"]).strip()) for row in table]
    if not found:
        raise BadValue("The file of matches holds no pair", got=file.name)
    return found


def _joined(nodes: Ints, pairs: list[tuple[int, int]]) -> Ints:
    """The smallest node of each node's connected set."""
    label = nodes.copy()
    if not pairs:
        return label
    left, right = np.array(pairs, dtype=np.int64).T
    while True:
        low = np.minimum(label[left], label[right])
        new = label.copy()
        np.minimum.at(new, left, low)
        np.minimum.at(new, right, low)
        new = new[new]
        if np.array_equal(new, label):
            return label
        label = new
