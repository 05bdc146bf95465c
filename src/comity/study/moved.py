"""Which of two states moved on the texts that both periods hold, and what a change of the share is made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.errors import BadPeriod, EmptySelection
from comity.measures._families import RELIABLE_FROM
from comity.measures.decomposition import decompose as kitagawa
from comity.measures.decomposition import family_counts
from comity.measures.moved import median_position, who_moved
from comity.model.counts import Share
from comity.model.period import Period
from comity.model.reading import Reading
from comity.study.answers.common import Note
from comity.study.answers.moved import DecomposeAnswer, FamilyMove, MovedAnswer, Part
from comity.study.answers.pair_header import PairHeader
from comity.study.breaks import both_cast
from comity.study.context import Frame, Periods, frame, pair_and_periods, pair_row
from comity.study.corpus import Corpus
from comity.study.lent import lent_notes, of_reading
from comity.study.notes import general, note, of_pair, of_set, seats, unique
from comity.study.recurring import families_of, texts_of
from comity.study.splits import needs_roll_calls
from comity.votes.families import Families

DRAWS, SEED = 2000, 1


@dataclass(frozen=True, eq=False)
class _Joint:
    """The roll calls of two periods on which both cast a vote: choices, period, family, and what is said of them.

    texts : the family where the vote was on the text itself, not on a motion.
    """

    pair: PairHeader
    periods: tuple[Period, Period]
    rows: NDArray[np.intp]
    votes: NDArray[np.uint8]
    later: NDArray[np.bool_]
    world: NDArray[np.float64]
    families: Families
    texts: NDArray[np.int32]

    @property
    def family(self) -> NDArray[np.int32]:
        """The family of each roll call."""
        return self.families.ids[self.rows]


def moved(
    a: str, b: str, *, periods: Periods = None, reading: Reading | None = None, corpus: Corpus | None = None
) -> MovedAnswer:
    """For each text voted on in both periods: the positions of A, of B and of the median state, and who moved."""
    joint = _joint(a, b, periods, frame(reading or Reading(), corpus))
    found = who_moved(joint.votes[:, 0], joint.votes[:, 1], joint.world, joint.later, joint.texts)
    moves = [
        FamilyMove(
            family=int(family),
            label=joint.families.members[family].label,
            n=(int(found.n[i, 0]), int(found.n[i, 1])),
            a=(float(found.a[i, 0]), float(found.a[i, 1])),
            b=(float(found.b[i, 0]), float(found.b[i, 1])),
            world=(float(found.world[i, 0]), float(found.world[i, 1])),
            weight=float(found.weight[i]),
            by_a=float(found.by_a[i]),
            by_b=float(found.by_b[i]),
            by_both=float(found.by_both[i]),
        )
        for i, family in enumerate(found.family)
    ]
    some = bool(moves)
    sides = {"a": found.a, "b": found.b, "world": found.world}
    parts = {"a": found.by_a, "b": found.by_b, "both": found.by_both}
    return MovedAnswer(
        pair=_with(joint.pair, [note("positions"), *_few(len(moves))]),
        periods=joint.periods,
        families=tuple(sorted(moves, key=lambda m: (-abs(m.change) * m.weight, -m.weight, m.family))),
        shift={k: (found.mean(v[:, 0]), found.mean(v[:, 1])) for k, v in sides.items()} if some else {},
        parts={k: found.mean(v) for k, v in parts.items()} if some else {},
        common=found.common,
        all=found.all,
    )


def decompose(
    a: str,
    b: str,
    *,
    periods: Periods = None,
    seed: int = SEED,
    reading: Reading | None = None,
    corpus: Corpus | None = None,
) -> DecomposeAnswer:
    """Part the change of the share alike between two periods: the same texts, their weights, texts that came or went.

    seed : of the resampled families.
    """
    joint = _joint(a, b, periods, frame(reading or Reading(), corpus))
    alike = joint.votes[:, 0] == joint.votes[:, 1]
    counts = family_counts(alike, joint.later, joint.family)
    found = kitagawa(counts, draws=DRAWS, rng=np.random.default_rng(seed))
    assert found.intervals is not None
    shares = [Share(int(alike[at].sum()), int(at.sum())) for at in (~joint.later, joint.later)]
    return DecomposeAnswer(
        pair=_with(joint.pair, [note("parts"), *_few(found.families["within"])]),
        periods=joint.periods,
        shares=(shares[0], shares[1]),
        parts=tuple(
            Part(p, v, found.orders[p], found.intervals[p], found.families[p], found.roll_calls[p])
            for p, v in found.parts.items()
        ),
        interval=found.intervals["change"],
        families=len(counts.n),
        draws=DRAWS,
        seed=seed,
    )


def _joint(a: str, b: str, periods: Periods, fr: Frame) -> _Joint:
    corpus = needs_roll_calls(fr.corpus)
    first, second, chosen = pair_and_periods(a, b, periods, fr)
    if len(chosen) != 2 or chosen[0].overlaps(chosen[1]):
        raise BadPeriod(
            "Two periods that do not overlap are compared",
            got=",".join(p.label for p in chosen),
            allowed="for example 1992-1999,2000-2020",
        )
    families = families_of(corpus)
    cut = corpus.cut(fr.reading, chosen)
    held = [both_cast(cut, k, first.id, second.id) for k in (0, 1)]
    for period, (rows, _) in zip(chosen, held, strict=True):
        if not len(rows):
            raise EmptySelection(
                f"{first.name} and {second.name} cast no vote together in {period.label}",
                got=f"{fr.reading.issue}, {period.label}",
                next="Widen the period or the issue",
            )
    rows = np.concatenate([r for r, _ in held])
    row = pair_row(cut, fr.origin, first, second)
    notes = [
        *of_set(cut),
        *general(fr.origin, fr.reading, chosen),
        *of_pair(cut, row),
        *seats((first.id, second.id), chosen),
        *of_reading(cut),
        *lent_notes(corpus.marks, ("title", "subjects"), rows),
    ]
    return _Joint(
        pair=PairHeader(fr.header, first.id, second.id, first.name, second.name, cut.dropped, unique(notes)),
        periods=(chosen[0], chosen[1]),
        rows=rows,
        votes=np.concatenate([v for _, v in held]),
        later=np.repeat([False, True], [len(r) for r, _ in held]),
        world=median_position(corpus.matrix.cells[rows]),
        families=families,
        texts=texts_of(corpus)[rows],
    )


def _few(families: int) -> list[Note]:
    return [note("few_families", k=families, least=RELIABLE_FROM)] if families < RELIABLE_FROM else []


def _with(pair: PairHeader, notes: list[Note]) -> PairHeader:
    """The same header with notes put first."""
    return PairHeader(
        pair.header, pair.a, pair.b, pair.name_a, pair.name_b, pair.dropped, unique([*notes, *pair.notes])
    )
