"""The argument map and the predictions of a pair: reasons beside their evidence, forecasts beside what came."""

from __future__ import annotations

from collections.abc import Sequence

from comity.model.clock import today
from comity.strands.ledgers.kinds import Argument, Prediction
from comity.strands.ledgers.when import ends
from comity.study import ask, ledgers
from comity.study.answers.ledger import Entry
from comity.study.answers.words import ArgumentsAnswer, Evidence, Foreseen, PredictionsAnswer, Reason
from comity.study.notes import note
from comity.study.records import Records
from comity.study.strand import strand_header

_STRENGTH = ("strong", "some", "weak")


def arguments(states: str | Sequence[str]) -> ArgumentsAnswer:
    """Reasons for a relation to go on and for it to be reconsidered, the strongest first, repeated words once.

    states : whom the relation is between. UnknownState; EmptySelection where the ledger has no argument about them.
    """
    chosen = ask.several_states(states, past=True)
    ids, names = tuple(s.id for s in chosen), tuple(s.name for s in chosen)
    found = ledgers.entries(["arguments"], ids)
    if not found:
        raise ledgers.nothing(["arguments"], ", ".join(names))
    records = Records()
    told = {side: _told_once([e for e in found if _argument(e).side == side], ids, records) for side in _SIDES}
    again = sum(len(r.repeated) for reasons in told.values() for r in reasons)
    lost = _lost([x for reasons in told.values() for r in reasons for x in r.evidence])
    own = [note("arguments_weight"), note("arguments_strength")]
    own += [note("arguments_repeated", k=again, n=len(found))] if again else []
    own += [note("evidence_lost", named=", ".join(lost))] if lost else []
    return ArgumentsAnswer(
        header=strand_header(
            ledgers.joined(names), [ledgers.ledger_source("arguments", _rows(found)), *records.sources]
        ),
        notes=(*own, *ledgers.ledger_notes(found)),
        states=ids,
        names=names,
        continuity=told["continuity"],
        reconsideration=told["reconsideration"],
    )


_SIDES = ("continuity", "reconsideration")


def predictions(states: str | Sequence[str]) -> PredictionsAnswer:
    """What texts foresaw of these states, by date, each with its outcome so far and what that rests on.

    UnknownState; EmptySelection where the ledger has no prediction about them.
    """
    chosen = ask.several_states(states, past=True)
    ids, names = tuple(s.id for s in chosen), tuple(s.name for s in chosen)
    found = ledgers.entries(["predictions"], ids)
    if not found:
        raise ledgers.nothing(["predictions"], ", ".join(names))
    records = Records()
    foreseen = tuple(_foreseen(e, ids, records) for e in found)
    lost = _lost([x for f in foreseen for x in f.evidence])
    own = [note("predictions_status")]
    own += [note("predictions_overdue", k=n)] if (n := sum(f.overdue for f in foreseen)) else []
    own += [note("evidence_lost", named=", ".join(lost))] if lost else []
    return PredictionsAnswer(
        header=strand_header(
            ledgers.joined(names), [ledgers.ledger_source("predictions", _rows(found)), *records.sources]
        ),
        notes=(*own, *ledgers.ledger_notes(found)),
        states=ids,
        names=names,
        foreseen=foreseen,
    )


def _told_once(found: Sequence[Entry], states: Sequence[str], records: Records) -> tuple[Reason, ...]:
    """One reason an argument; a repetition of a row that is not among these stands for itself."""
    here = {e.row.id for e in found}
    heads = [e for e in found if _argument(e).repeats not in here]
    made = []
    for head in heads:
        repeated = tuple(e for e in found if _argument(e).repeats == head.row.id)
        named = dict.fromkeys(x for e in (head, *repeated) for x in _argument(e).evidence)
        made.append(Reason(head, repeated, tuple(records.evidence(x, states) for x in named)))
    return tuple(sorted(made, key=lambda r: _STRENGTH.index(_argument(r.entry).strength)))


def _foreseen(entry: Entry, states: Sequence[str], records: Records) -> Foreseen:
    row = entry.row
    assert isinstance(row, Prediction)
    overdue = row.outcome == "open" and bool(row.horizon) and ends(row.horizon)[1] < today()
    return Foreseen(entry, overdue, tuple(records.evidence(x, states) for x in row.evidence))


def _argument(entry: Entry) -> Argument:
    assert isinstance(entry.row, Argument)
    return entry.row


def _lost(evidence: Sequence[Evidence]) -> list[str]:
    """What is named and found nowhere at hand."""
    return list(dict.fromkeys(e.named for e in evidence if e.entry is None and not (e.record and e.record.origin)))


def _rows(found: Sequence[Entry]) -> list[Argument | Prediction]:
    return [e.row for e in found if isinstance(e.row, Argument | Prediction)]
