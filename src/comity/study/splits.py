"""Every opposite vote of a pair, with its record link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from comity.errors import RollCallsMissing
from comity.model.body import ASSEMBLY
from comity.model.choice import Choice
from comity.model.period import Period
from comity.model.reading import Reading
from comity.model.symbol import link_of
from comity.model.words import say
from comity.states.registry import State
from comity.study import ask, faults
from comity.study.answers.splits import Split, SplitsAnswer
from comity.study.context import Frame, Periods, frame, general, pair_and_periods, pair_row
from comity.study.corpus import Corpus
from comity.study.lent import lent_notes, of_reading, unnamed
from comity.study.notes import footnote, note, of_pair, of_set, seats, unique
from comity.study.release import ReleaseCorpus, ReleaseCut

_TOLD = ("roll_call", "date", "date_precision", "session", "symbol", "symbol_from", "title", "title_from", "link")


def splits(
    a: str, b: str, *, period: Periods = None, reading: Reading | None = None, corpus: Corpus | None = None
) -> SplitsAnswer:
    """One yes, one no: the votes on which two states opposed each other, oldest first.

    RollCallsMissing on the starter data.
    """
    fr = frame(reading or Reading(), corpus, council=True)
    needs_roll_calls(fr.corpus)
    given = (period,) if isinstance(period, str | Period) else period
    first, second, chosen = pair_and_periods(a, b, given, fr)
    return answer(fr, first, second, ask.hull(chosen))


def answer(fr: Frame, a: State, b: State, period: Period) -> SplitsAnswer:
    """The answer for states and period already settled."""
    corpus = needs_roll_calls(fr.corpus)
    cut = corpus.cut(fr.reading, [period])
    row = pair_row(cut, fr.origin, a, b)
    found = _splits(corpus, cut, a.id, b.id)
    notes = [
        *faults.of_states(fr.corpus, (a.id, b.id), [period]),
        *of_set(cut),
        *of_reading(cut),
        *general(fr, [period]),
        *of_pair(cut, row),
        *seats((a.id, b.id), [period]),
        *lent_notes(corpus.marks, ("symbol", "title")),
        *unnamed([{"symbol": s.symbol, "title": s.title} for s in found]),
        *([note("not_corrected")] if fr.origin.body == ASSEMBLY else []),
    ]
    return SplitsAnswer(
        header=fr.header,
        a=a.id,
        b=b.id,
        name_a=a.name,
        name_b=b.name,
        period=period,
        counts=row.cells[0].counts,
        splits=found,
        dropped=cut.dropped,
        notes=unique(notes),
    )


def needs_roll_calls(corpus: Corpus) -> ReleaseCorpus:
    """The corpus, where it holds single roll calls; RollCallsMissing otherwise."""
    if isinstance(corpus, ReleaseCorpus):
        return corpus
    raise RollCallsMissing(say("trouble.single"), next=say("notes.get_release"))


def _splits(corpus: ReleaseCorpus, cut: ReleaseCut, a: str, b: str) -> tuple[Split, ...]:
    import polars.selectors as cs

    column = corpus.matrix.column
    if a not in column or b not in column:
        return ()
    rows = cut.rows[0]
    mine, theirs = corpus.matrix.cells[rows, column[a]], corpus.matrix.cells[rows, column[b]]
    yes_no = (mine == Choice.YES) & (theirs == Choice.NO)
    no_yes = (mine == Choice.NO) & (theirs == Choice.YES)
    hits = rows[np.flatnonzero(yes_no | no_yes)]
    ordered = hits[np.argsort(corpus.matrix.day[hits], kind="stable")]
    cells = corpus.matrix.cells[ordered]
    first, second = cells[:, column[a]].tolist(), cells[:, column[b]].tolist()
    records = corpus.roll_calls.select(cs.by_name(*_TOLD, require_all=False))[ordered].iter_rows(named=True)
    return tuple(
        split_of(record, a, b, Choice(x), Choice(y)) for record, x, y in zip(records, first, second, strict=True)
    )


def split_of(r: Mapping[str, Any], a: str, b: str, choice_a: Choice, choice_b: Choice) -> Split:
    """A roll call's record with the votes of two states."""
    day = r["date"]
    marks = (footnote(s, day) for s in (a, b)) if day else ()
    return Split(
        roll_call=r["roll_call"],
        date=day,
        date_precision=r["date_precision"] or "session",
        session=r["session"],
        symbol=r["symbol"],
        symbol_from=r.get("symbol_from"),
        title=r["title"],
        title_from=r.get("title_from"),
        choice_a=choice_a,
        choice_b=choice_b,
        link=r["link"] or link_of(r["symbol"]),
        footnotes=tuple(m for m in marks if m),
    )
