"""The atlas: any measures of every pair in every year or session."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from comity.errors import BadPeriod, EmptySelection, FieldMissing, UsageError
from comity.measures.catalogue import Measure, Over, pair_measures
from comity.measures.rollcall import divided
from comity.model.period import Period
from comity.model.reading import Dropped, Reading
from comity.model.words import say
from comity.study import ask
from comity.study.answers.common import Header, Json
from comity.study.context import frame
from comity.study.corpus import Corpus
from comity.study.release import ReleaseCut
from comity.study.splits import needs_roll_calls
from comity.study.unseen import sources_of, texts_without_a_vote
from comity.votes.contingency import Tables, tables

if TYPE_CHECKING:
    import polars as pl

KEYS = ("a", "b", "period", "issue")


@dataclass(frozen=True, eq=False)
class Atlas:
    """The table and what is to be said with it.

    frame    : a, b, period (year or session), issue, n (votes both cast), and one column a measure, null where it is
               undefined; or, long, one row a value: a, b, period, issue, n, measure, value. Each pair stands once,
               a before b in the alphabet; pairs that share no roll call in a period have no row.
    measures : ids, in the order of the columns.
    empty    : id → why a measure has no value anywhere.
    dropped  : roll calls left out, by reason.
    texts    : whose numbers of texts adopted without a vote were counted, by session; "" where none were.
    """

    header: Header
    frame: pl.DataFrame
    measures: tuple[str, ...]
    empty: dict[str, str]
    dropped: tuple[Dropped, ...]
    texts: str

    def to_dict(self) -> Json:
        """For JSON: every row of the table under "rows"."""
        return {
            **self.header.to_dict(),
            "measures": list(self.measures),
            "empty": self.empty,
            "texts_without_a_vote": self.texts,
            "dropped": [d.to_dict() for d in self.dropped],
            "rows": self.frame.to_dicts(),
        }

    def to_polars(self) -> pl.DataFrame:
        """The table."""
        return self.frame


def atlas(
    measures: str | Sequence[str] = ("same_share", "kappa_sq"),
    *,
    long: bool = False,
    period: str | Period | None = None,
    reading: Reading | None = None,
    corpus: Corpus | None = None,
) -> Atlas:
    """Measures of all pairs in every year, or session, by the reading's clock.

    measures : ids of measures of a pair; "all" for every one.
    long     : one row a value instead of one column a measure.
    """
    chosen = pair_measures(measures)
    fr = frame(reading or Reading(), corpus)
    if fr.reading.clock == "day":
        raise BadPeriod("The atlas is by year or session", got="--clock day", allowed="year, session")
    span = ask.one_period(period, fr.reading.clock, fr.origin) or ask.whole(fr.origin, fr.reading.clock)
    held = needs_roll_calls(fr.corpus)
    cut = held.cut(fr.reading, [Period(t, t, span.clock) for t in range(span.start, span.end + 1)])
    if not any(cut.roll_calls(k) for k in range(len(cut.periods))):
        raise EmptySelection(
            "No roll call is selected", got=f"{fr.reading.issue}, {span.label}", next="Widen the period or the issue"
        )
    layers, empty = _layers(cut, chosen)
    if len(empty) == len(chosen):
        one, why = next(iter(empty.items()))
        raise UsageError("None of these measures can be computed here", got=one, next=why)
    known = texts_without_a_vote(cut.corpus)
    made = _frame(cut, chosen, layers, empty, {session: float(row.texts) for session, row in known.items()})
    counted = any(m.consensus and m.id not in empty for m in chosen)
    texts = sources_of(range(span.start, span.end + 1), known) if counted else ""
    ids = tuple(m.id for m in chosen)
    return Atlas(fr.header, _long(made, chosen) if long else made, ids, empty, cut.dropped, texts)


def _layers(cut: ReleaseCut, measures: Sequence[Measure]) -> tuple[dict[Over, Tables], dict[str, str]]:
    """The tables of all pairs over each kind of roll calls that is asked for, and why measures have no value."""
    layers: dict[Over, Tables] = {"read": cut.tables()}
    empty: dict[str, str] = {}
    for m in measures:
        if m.clock is not None and m.clock != cut.reading.clock:
            empty[m.id] = say(f"measured.clock_{m.clock}")
        elif m.consensus and cut.reading.issue != "all":
            empty[m.id] = say("measured.consensus_issue")
        elif m.over == "divided" and m.over not in layers:
            layers[m.over] = divided_tables(cut)
        elif m.over == "final" and m.over not in layers:
            try:
                final = replace(cut.reading, paragraph="drop", amendment="drop")
                layers[m.over] = cut.corpus.cut(final, cut.periods).tables()
            except FieldMissing as error:
                empty[m.id] = say("measured.final", why=error.what)
    return layers, empty


def divided_tables(cut: ReleaseCut) -> Tables:
    """The tables over roll calls that are not unanimous."""
    periods = [cut.cells(k) for k in range(len(cut.periods))]
    ends = np.cumsum([len(cells) for cells in periods])
    slices = [np.flatnonzero(divided(cells)) + end - len(cells) for cells, end in zip(periods, ends, strict=True)]
    return tables(np.concatenate(periods), slices)


def _frame(
    cut: ReleaseCut,
    measures: Sequence[Measure],
    layers: dict[Over, Tables],
    empty: Collection[str],
    known: dict[int, float],
) -> pl.DataFrame:
    import polars as pl

    states = np.array(cut.corpus.matrix.states)
    order = np.argsort(states)
    above = np.triu_indices(len(states), 1)
    pairs = order[above[0]], order[above[1]]
    first, second = (side.astype(np.uint16) for side in above)  # places in the alphabet, until the end
    parts = []
    for k, step in enumerate(cut.periods):
        if not cut.roll_calls(k):
            continue
        given = layers["read"].table(k)[pairs]
        kept = np.flatnonzero(given.any(axis=(1, 2)))
        # Floats once here, instead of once in every measure.
        here: dict[Over, NDArray[np.float64]] = {"read": given[kept].astype(float)}
        here |= {kind: layer.table(k)[pairs][kept].astype(float) for kind, layer in layers.items() if kind != "read"}
        texts = known.get(step.start, float("nan"))
        values = {m.id: _values(m, here, texts) if m.id not in empty else np.full(len(kept), np.nan) for m in measures}
        parts.append(
            pl.DataFrame(
                {
                    "a": first[kept],
                    "b": second[kept],
                    "period": pl.Series(np.full(len(kept), step.start, np.int16)),
                    "n": pl.Series(here["read"][:, :3, :3].sum(axis=(1, 2)).astype(np.int32)),
                    **{id: pl.Series(column, dtype=pl.Float64, nan_to_null=True) for id, column in values.items()},
                }
            )
        )
    made = pl.concat(parts).sort("a", "b", "period")
    names = pl.Series(states[order])
    named = made.with_columns(
        a=names.gather(made["a"]), b=names.gather(made["b"]), issue=pl.lit(cut.reading.issue, pl.String)
    )
    return named.select(*KEYS, pl.exclude(KEYS))


def _values(measure: Measure, tables_of: dict[Over, NDArray[np.float64]], texts: float) -> NDArray[np.float64]:
    assert measure.function is not None  # only ideal points have none, and they are not of a pair
    given = tables_of[measure.over]
    return measure.function(given, texts) if measure.consensus else measure.function(given)


def _long(frame_: pl.DataFrame, measures: Sequence[Measure]) -> pl.DataFrame:
    ids = [m.id for m in measures]
    return frame_.unpivot(ids, index=[*KEYS, "n"], variable_name="measure", value_name="value")
