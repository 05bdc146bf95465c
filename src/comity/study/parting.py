"""On which recurring texts two states part, and on which they came closer or moved apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from comity.model.choice import Choice
from comity.model.reading import Reading
from comity.study.answers.common import Note
from comity.study.answers.pair_header import PairHeader
from comity.study.answers.parting import PartingAnswer, TextPeriod, TextRecord
from comity.study.context import Frame, Periods, frame, pair_and_periods, pair_row
from comity.study.corpus import Corpus
from comity.study.lent import lent_notes, of_reading
from comity.study.notes import general, note, of_pair, of_set, seats, unique
from comity.study.recurring import families_of, texts_of, twins_of
from comity.study.release import ReleaseCut
from comity.study.splits import needs_roll_calls
from comity.votes.families import ALONE


def parting(
    a: str, b: str, *, periods: Periods = None, reading: Reading | None = None, corpus: Corpus | None = None
) -> PartingAnswer:
    """Both states' votes on every recurring text of the reading, period by period.

    RollCallsMissing on the starter data; FieldMissing on a release without titles.
    """
    return _answer(a, b, periods, frame(reading or Reading(), corpus))


def _answer(a: str, b: str, periods: Periods, fr: Frame) -> PartingAnswer:
    corpus = needs_roll_calls(fr.corpus)
    first, second, chosen = pair_and_periods(a, b, periods, fr)
    found, ids_of = families_of(corpus), texts_of(corpus)
    cut = corpus.cut(fr.reading, chosen)
    columns = [corpus.matrix.column[first.id], corpus.matrix.column[second.id]]
    held = [_of_period(cut, k, columns, ids_of) for k in range(len(chosen))]
    ids = sorted({id_ for texts in held for id_, text in texts.items() if text.cast and id_ != ALONE})
    nothing = TextPeriod((), (), ())
    twins = twins_of(corpus)
    texts = [
        TextRecord(id_, found.members[id_].label, tuple(t.get(id_, nothing) for t in held), twins.get(id_, ()))
        for id_ in ids
    ]
    last = held[-1].values()
    alone = held[-1].get(ALONE, nothing)
    return PartingAnswer(
        pair=PairHeader(
            fr.header,
            first.id,
            second.id,
            first.name,
            second.name,
            cut.dropped,
            unique(
                [
                    *of_set(cut),
                    *general(fr.origin, fr.reading, chosen),
                    *of_pair(cut, pair_row(cut, fr.origin, first, second)),
                    *seats((first.id, second.id), chosen),
                    *of_reading(cut),
                    *_how(cut),
                ]
            ),
        ),
        periods=chosen,
        texts=tuple(sorted(texts, key=_apart_last)),
        cast=sum(text.cast for text in last),
        different=sum(text.cast - text.same for text in last),
        alone=alone.cast - alone.same,
    )


def _apart_last(text: TextRecord) -> tuple[int, int, int, int]:
    last = text.periods[-1]
    return -sum(last.steps), last.same - last.cast, -last.cast, text.family


def _of_period(cut: ReleaseCut, k: int, columns: list[int], ids: NDArray[np.int32]) -> dict[int, TextPeriod]:
    """Family → its roll calls in period k, in the order they were held; ALONE for those of no family."""
    matrix, rows = cut.corpus.matrix, cut.rows[k]
    order = np.argsort(matrix.day[rows], kind="stable")
    rows, cells = rows[order], cut.cells(k)[order][:, columns]
    slots = matrix.clock(cut.reading.clock)[rows]
    found = {}
    for id_ in np.unique(ids[rows]).tolist():
        at = np.flatnonzero(ids[rows] == id_)
        a, b = (tuple(Choice(c) for c in cells[at, side].tolist()) for side in (0, 1))
        found[id_] = TextPeriod(tuple(slots[at].tolist()), a, b)
    return found


def _how(cut: ReleaseCut) -> list[Note]:
    rows = np.concatenate(cut.rows)
    return [
        note("families_how"),
        note("families_not_whole"),
        *lent_notes(cut.corpus.marks, ("title", "subjects"), rows),
    ]
