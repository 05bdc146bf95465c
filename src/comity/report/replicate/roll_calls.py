"""The roll calls behind a dossier: which they are, which reading counts them, and how the two states voted."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

import numpy as np

from comity.model.choice import Choice
from comity.study import ask
from comity.study.answers.common import day_text
from comity.study.answers.dossier import DossierAnswer
from comity.study.opening import open_corpus
from comity.study.release import ReleaseCorpus

_OPEN = re.compile(r"\bCC0\b|public domain|\bCC[ -]BY(?![ -]?(NC|ND))", re.IGNORECASE)
_CLOSED = re.compile(r"non-?commercial|no redistribution|internal use|\bNC\b|all rights reserved", re.IGNORECASE)
_LETTER = {Choice.YES: "Y", Choice.ABSTAIN: "A", Choice.NO: "N", Choice.ABSENT: "X", Choice.CODED_NONMEMBER: "X"}


def may_be_repeated(licence: str) -> bool:
    """Whether a licence, as recorded with a source, lets votes be repeated: public domain or attribution only.

    >>> may_be_repeated("CC0 (as the R package unvotes reports)"), may_be_repeated("CC BY 4.0")
    (True, True)
    >>> may_be_repeated("non-commercial use, with attribution"), may_be_repeated("CC-BY-NC"), may_be_repeated("")
    (False, False, False)
    """
    return bool(_OPEN.search(licence)) and not _CLOSED.search(licence)


def roll_call_list(answer: DossierAnswer) -> bytes | None:
    """A CSV line a roll call of the dossier's periods; None where only aggregates are at hand.

    counted_in : issues for which the reading counts it; left_out: why a reading leaves it out. A state's letter is
    Y, A, N or X (absent), "" where it held no seat; there are no such columns where the licence does not let votes be
    repeated. A symbol may be another release's: symbol_from names it.
    """
    lead = answer.lead_pair
    corpus = open_corpus(lead.header.origin.release)
    if not isinstance(corpus, ReleaseCorpus):
        return None
    periods = tuple(cell.period for cell in lead.lead.cells)
    issues = dict.fromkeys([lead.header.reading.issue, *(p.header.reading.issue for p in answer.by_issue)])
    chosen = {issue: corpus.select(ask.make_reading(lead.header.reading, issue=issue)) for issue in issues}
    any_of = next(iter(chosen.values()))
    states = (lead.a, lead.b) if may_be_repeated(lead.header.origin.licence) else ()
    head = ("roll_call", "symbol", "symbol_from", "date", "session", "period", "counted_in", "left_out", *states)
    columns = corpus.roll_calls.select("roll_call", "symbol", "symbol_from", "date", "date_precision", "session")
    rows = columns.rows(named=True)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    for period in periods:
        for i in np.flatnonzero(any_of.within(period)).tolist():
            row = rows[i]
            writer.writerow(
                [
                    row["roll_call"],
                    row["symbol"] or "",
                    row["symbol_from"] or "",
                    day_text(row["date"], row["date_precision"]) or "",
                    row["session"] if row["session"] is not None else "",
                    period.label,
                    " ".join(issue for issue, s in chosen.items() if s.chosen[i]),
                    " ".join(dict.fromkeys(r for s in chosen.values() for r, mask in s.reasons.items() if mask[i])),
                    *_letters(corpus, states, i),
                ]
            )
    return out.getvalue().encode()


def _letters(corpus: ReleaseCorpus, states: Sequence[str], row: int) -> list[str]:
    column = corpus.matrix.column
    return [_LETTER.get(Choice(int(corpus.matrix.cells[row, column[s]])), "") if s in column else "" for s in states]
