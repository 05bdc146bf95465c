"""The votes of a state beside powers: agreement by year, and what it did where two powers opposed each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray

from comity.errors import RollCallsMissing
from comity.measures.agreement import ia
from comity.model.choice import Choice
from comity.model.counts import Counts
from comity.model.period import Period
from comity.model.reading import Reading
from comity.model.words import say, span
from comity.study.answers.balance import Split
from comity.study.balance.found import Found
from comity.study.corpus import Corpus, Cut
from comity.study.release import ReleaseCorpus
from comity.study.strand import release_line

LEAST = 20
"""Votes cast by both states; fewer give no tie."""
_HALF = 0.5


@dataclass(frozen=True, eq=False)
class Votes:
    """The recorded votes of a corpus as a reading sees them."""

    corpus: Corpus
    reading: Reading

    def found(self, state: str, powers: Sequence[str], period: Period) -> Found:
        """Agreement with each power (Lijphart's index), and against the power's median agreement with any state."""
        cut = self.corpus.cut(self.reading, [period])
        mine = {p: agreement(cut.counts(0, state, p)) for p in powers}
        usual = {p: _usual(cut, p) for p in powers}
        n = cut.roll_calls(0)
        return Found(
            strand="votes",
            unit=say("balance.unit_votes"),
            values=mine,
            baseline={p: _over(mine[p], usual[p]) for p in powers},
            covered=span(period.label) if n else "",
            sources=(release_line(self.corpus.origin),),
            gap="" if n else say("balance.no_votes", period=span(period.label)),
        )

    def yearly(self, state: str, power: str, period: Period) -> NDArray[np.float64]:
        """Agreement by year; NaN where too few votes were cast by both."""
        years = [Period(t, t, period.clock) for t in range(period.start, period.end + 1)]
        cut = self.corpus.cut(self.reading, years)
        values = (agreement(cut.counts(k, state, power)) for k in range(len(years)))
        return np.array([np.nan if v is None else v for v in values])

    def split(self, state: str, first: str, second: str, period: Period) -> Split | None:
        """What the state, and every other, did where two powers opposed each other; None without single roll calls."""
        if not isinstance(self.corpus, ReleaseCorpus):
            return None
        column = self.corpus.matrix.column
        cells = self.corpus.cut(self.reading, [period]).cells(0)
        if not {state, first, second} <= column.keys():
            return None
        a, b = cells[:, column[first]], cells[:, column[second]]
        opposed = ((a == Choice.YES) & (b == Choice.NO)) | ((a == Choice.NO) & (b == Choice.YES))
        seen = cells[opposed]
        with_a = (seen == a[opposed, None]).sum(axis=0)
        with_b = (seen == b[opposed, None]).sum(axis=0)
        abstained = (seen == Choice.ABSTAIN).sum(axis=0)
        seated = (seen != Choice.NOT_MEMBER).sum(axis=0)
        cast = with_a + with_b + abstained
        every = [
            (s, int(abstained[i]), int(cast[i]))
            for s, i in column.items()
            if s not in (first, second) and cast[i] >= max(1, _HALF * len(seen))
        ]
        every.sort(key=lambda row: (-row[1] / row[2], row[0]))
        shares = {s: k / n for s, k, n in every}
        mine = column[state]
        return Split(
            first=first,
            second=second,
            roll_calls=int(seated[mine]),
            with_first=int(with_a[mine]),
            with_second=int(with_b[mine]),
            abstained=int(abstained[mine]),
            absent=int(seated[mine] - cast[mine]),
            rank=1 + sum(v > shares[state] for v in shares.values()) if state in shares else None,
            among=len(shares),
            every=tuple(every),
            median=median(shares.values()) if shares else None,
        )


def agreement(counts: Counts) -> float | None:
    """Lijphart's index of agreement; None where too few votes were cast by both."""
    return float(ia(np.array(counts.table))) if counts.cast >= LEAST else None


def _usual(cut: Cut, power: str) -> float | None:
    """The median agreement of a power with the states it cast votes beside; None where the corpus cannot tell."""
    try:
        partners = cut.partners(0, power)
    except RollCallsMissing:
        return None
    found = ia(partners.tables[partners.cast >= LEAST]).tolist()
    return median(found) if found else None


def _over(value: float | None, usual: float | None) -> float | None:
    return None if value is None or not usual else value / usual
