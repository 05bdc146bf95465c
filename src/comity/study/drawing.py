"""What an interval draws anew: the texts of a corpus, by family, and by session where asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.errors import FieldMissing, RollCallsMissing, UsageError
from comity.measures._families import Crossing, crossed_tables, own_families, tables_by_family
from comity.measures.resample import replicates
from comity.model.reading import Reading
from comity.study.answers.uncertainty import Resampled
from comity.study.context import frame
from comity.study.corpus import Corpus
from comity.study.recurring import families_of
from comity.study.release import ReleaseCorpus, ReleaseCut

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SEED, DRAWS, LEVEL = 1945, 2000, 0.95
FAMILY, CROSSED = "family", "family-session"
CLUSTERS = (FAMILY, CROSSED)


@dataclass(frozen=True, eq=False)
class Drawing:
    """How the texts of a corpus are drawn.

    family : of each roll call of the corpus, −1 for a text that met no second vote.
    known  : False where families cannot be recognised: every vote then stands for itself.
    """

    corpus: ReleaseCorpus
    family: Ints
    known: bool
    clusters: str
    seed: int
    draws: int

    def rng(self) -> np.random.Generator:
        """A new generator: what starts with the same one rests on the same draws."""
        return np.random.default_rng(self.seed)

    def record(self, cut: ReleaseCut) -> Record:
        """The roll calls of a cut, ready to be drawn."""
        rows = np.concatenate(cut.rows)
        period = np.repeat(np.arange(len(cut.rows)), [len(r) for r in cut.rows])
        cells = np.concatenate([cut.cells(k) for k in range(len(cut.rows))])
        session = self.corpus.matrix.session[rows].astype(np.int64) + 1  # those not known are one session, the 0th
        return Record(self, cells, own_families(self.family)[rows], session, period, len(cut.rows))

    def told(self, tables: Tables) -> Resampled:
        """What was drawn, as an answer says it."""
        families, sessions = len(tables.by_family), tables.sessions
        if not self.known:
            kind = f"as if votes were independent, {families} votes, seed {self.seed}"
        elif sessions is None:
            kind = f"family bootstrap, {families} families, seed {self.seed}"
        else:
            kind = f"family × session bootstrap, {families} families, {sessions} sessions, seed {self.seed}"
        return Resampled(kind, LEVEL, self.draws, self.seed, families, sessions, self.known)


@dataclass(frozen=True, eq=False)
class Record:
    """Roll calls period after period; cells of shape (R, states), the others (R,)."""

    drawing: Drawing
    cells: NDArray[np.uint8]
    family: Ints
    session: Ints
    period: Ints
    periods: int

    def of(self, k: int) -> Record:
        """Period k alone."""
        here = self.period == k
        first = np.zeros(int(here.sum()), np.int64)
        return Record(self.drawing, self.cells[here], self.family[here], self.session[here], first, 1)

    def tables(self, first: NDArray[np.intp], others: NDArray[np.intp]) -> Tables:
        """Tables of pairs of columns."""
        given = self.cells[:, first], self.cells[:, others], self.family
        by_family = tables_by_family(*given, self.period, self.periods)
        if self.drawing.clusters == FAMILY:
            return Tables(self.drawing, by_family, by_family, None)
        crossed, crossing = crossed_tables(*given, self.session, self.period, self.periods)
        return Tables(self.drawing, by_family, crossed, crossing)


@dataclass(frozen=True, eq=False)
class Tables:
    """Joint choices of pairs.

    by_family : shape (families, periods, pairs, 4, 4); drawn : likewise, its first axis what is drawn.
    """

    drawing: Drawing
    by_family: Ints
    drawn: Ints
    crossing: Crossing | None

    @property
    def whole(self) -> Floats:
        """The record as it is, shape (periods, pairs, 4, 4)."""
        return np.asarray(self.by_family.sum(axis=0, dtype=float))

    @property
    def families(self) -> Ints:
        """How many hold a vote, shape (periods, pairs)."""
        return np.asarray((self.by_family.sum(axis=(-2, -1)) > 0).sum(axis=0))

    @property
    def sessions(self) -> int | None:
        """How many are drawn; None where families alone are."""
        return None if self.crossing is None else len(np.unique(self.crossing.session))

    def made(self, statistic: Callable[[Floats], Floats], rng: np.random.Generator) -> Floats:
        """The statistic on every draw."""
        return replicates(self.drawn, statistic, rng, draws=self.drawing.draws, crossing=self.crossing)


def drawing(reading: Reading, corpus: Corpus | None, *, clusters: str = FAMILY, seed: int = SEED) -> Drawing:
    """How the texts of a reading's release are drawn.

    corpus : what the answer was asked of; opened again where not given.
    RollCallsMissing for the starter data; UsageError for other clusters; FieldMissing where sessions are to be crossed
    with families that cannot be recognised. Families alone fall back to votes that stand for themselves.
    """
    if clusters not in CLUSTERS:
        raise UsageError("Unknown clusters", got=clusters, allowed=", ".join(CLUSTERS))
    if seed < 0:
        raise UsageError("A seed is a whole number from 0", got=seed, allowed="0 and above")
    held = frame(reading, corpus).corpus
    if not isinstance(held, ReleaseCorpus):
        raise RollCallsMissing(
            "Intervals need single roll calls and the texts they were on; the starter data hold counts",
            got=held.origin.release,
            next="Get a release: comity data pull unga, or comity data add FILE",
        )
    try:
        ids, known = families_of(held).ids.astype(np.int64), True
    except FieldMissing:
        if clusters == CROSSED:
            raise
        ids, known = np.full(len(held.matrix.cells), -1), False
    return Drawing(held, ids, known, clusters, seed, DRAWS)
