"""The dyad-year table that scholars export: every pair, every year (or session), counts and shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from comity.errors import BadPeriod, EmptySelection
from comity.model.period import Period
from comity.model.reading import Dropped, Reading
from comity.study import ask
from comity.study.answers.common import Header
from comity.study.context import frame
from comity.study.corpus import Corpus
from comity.study.release import ReleaseCut
from comity.study.splits import needs_roll_calls
from comity.votes.matrix import VoteMatrix

if TYPE_CHECKING:
    import polars as pl

COLUMNS: dict[str, str] = {
    "roll_calls": "Recorded votes on which both held a seat",
    "same": "Both cast the same vote",
    "same_yes": "Both voted yes",
    "same_abstain": "Both abstained",
    "same_no": "Both voted no",
    "ambivalent": "Both cast a vote, exactly one abstained",
    "opposite": "One voted yes, the other no",
    "absent": "At least one was absent",
    "coded_nonmember": "Absences of a member that the source codes not-a-member (either state)",
    "cast": "Both cast a vote",
    "same_of_all": "Same vote, share of all recorded votes",
    "ambivalent_of_all": "Exactly one abstained, share of all recorded votes",
    "opposite_of_all": "Opposite votes, share of all recorded votes",
    "absent_of_all": "At least one absent, share of all recorded votes",
    "same_of_cast": "Same vote, share of the votes both cast",
    "ambivalent_of_cast": "Exactly one abstained, share of the votes both cast",
    "opposite_of_cast": "Opposite votes, share of the votes both cast",
}


@dataclass(frozen=True, eq=False)
class DyadYears:
    """The table and what is to be said with it.

    frame   : state_a, state_b, year (or session), and COLUMNS; a share is null where its denominator is 0.
    dropped : roll calls left out, by reason.
    """

    header: Header
    frame: pl.DataFrame
    dropped: tuple[Dropped, ...]


def dyad_year(
    *,
    directed: bool = False,
    period: str | Period | None = None,
    reading: Reading | None = None,
    corpus: Corpus | None = None,
) -> DyadYears:
    """Counts of every pair in every year.

    directed : both a-b and b-a (their counts are equal: agreement has no direction); else each pair once.
    Pairs that never shared a seat in a year have no row.
    """
    import polars as pl

    fr = frame(reading or Reading(), corpus)
    if fr.reading.clock == "day":
        raise BadPeriod("The table is by year or session", got="--clock day", allowed="year, session")
    span = ask.one_period(period, fr.reading.clock, fr.origin) or ask.whole(fr.origin, fr.reading.clock)
    corpus_ = needs_roll_calls(fr.corpus)
    cut = corpus_.cut(fr.reading, [Period(t, t, span.clock) for t in range(span.start, span.end + 1)])
    kept = list(_by_year(cut, corpus_.matrix))
    if not kept:
        raise EmptySelection(
            "No roll call is selected", got=f"{fr.reading.issue}, {span.label}", next="Widen the period or the issue"
        )
    frame_ = pl.concat(kept)
    if directed:
        swapped = frame_.rename({"state_a": "state_b", "state_b": "state_a"}).select(frame_.columns)
        frame_ = pl.concat([frame_, swapped])
    return DyadYears(fr.header, frame_.sort("state_a", "state_b", span.clock), cut.dropped)


def _by_year(cut: ReleaseCut, matrix: VoteMatrix) -> Iterator[pl.DataFrame]:
    made = cut.tables()
    for k, step in enumerate(cut.periods):
        if cut.roll_calls(k):
            yield _frame(made.table(k), made.coded[k], matrix, step)


def _frame(
    table: NDArray[np.int64], coded: NDArray[np.unsignedinteger], matrix: VoteMatrix, step: Period
) -> pl.DataFrame:
    import polars as pl

    i, j = np.triu_indices(len(matrix.states), 1)
    cells = table[i, j]
    n = cells.sum(axis=(1, 2))
    keep = n > 0
    cells, n, i, j = cells[keep], n[keep], i[keep], j[keep]
    same = np.einsum("pcc->pc", cells[:, :3, :3])
    cast = cells[:, :3, :3].sum(axis=(1, 2))
    opposite = cells[:, 0, 2] + cells[:, 2, 0]
    counts = {
        "roll_calls": n,
        "same": same.sum(axis=1),
        "same_yes": same[:, 0],
        "same_abstain": same[:, 1],
        "same_no": same[:, 2],
        "ambivalent": cast - same.sum(axis=1) - opposite,
        "opposite": opposite,
        "absent": n - cast,
        "coded_nonmember": coded[i, j],
        "cast": cast,
    }
    states = np.array(matrix.states)
    frame_ = pl.DataFrame(
        {
            "state_a": states[i],
            "state_b": states[j],
            step.clock: pl.Series(np.full(len(n), step.start, np.int16)),
            **{name: pl.Series(values.astype(np.int32)) for name, values in counts.items()},
        }
    )
    shares = [
        (pl.col(c) / pl.col("roll_calls")).alias(f"{c}_of_all") for c in ("same", "ambivalent", "opposite", "absent")
    ]
    shares += [
        pl.when(pl.col("cast") > 0).then(pl.col(c) / pl.col("cast")).alias(f"{c}_of_cast")
        for c in ("same", "ambivalent", "opposite")
    ]
    return frame_.with_columns(shares)
