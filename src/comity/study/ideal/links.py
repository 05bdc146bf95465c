"""Which roll calls were on one text, for the fit: recognised, from a file of pairs, or none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from comity.errors import BadFile, FieldMissing
from comity.study.answers.common import Note
from comity.study.ideal.settings import AUTO, NONE
from comity.study.ideal.tables import Cells, table_of
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
    names, lines = table_of(file, "A file of matches", _COLUMNS)
    found = []
    for number, line in lines:
        cells = Cells(file.name, number, {k: line[v] for k, v in names.items()})
        one, other = (cells.text(k) for k in _COLUMNS)
        for column, text in zip(_COLUMNS, (one, other), strict=True):
            if text in ("", "NA"):  # taken as an id, every pair that lacks one would be on one text
                raise cells.wrong(column, "a roll-call id")
        found.append((one, other))
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
