"""Known faults of a release, said beside the answers they touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from comity.model.fault import KnownFault
from comity.model.language import numeral
from comity.model.period import Period
from comity.states.registry import registry
from comity.study.answers.common import Note
from comity.study.corpus import Corpus
from comity.study.notes import note


def of_states(corpus: Corpus, states: Iterable[str], periods: Sequence[Period]) -> list[Note]:
    """A note for each known fault of these states' votes in sessions that touch the periods."""
    asked = set(states)
    return [
        note(
            f"fault_{fault.kind}",
            session=_sessions(fault),
            release=corpus.origin.derived_from or corpus.origin.release,
            state=registry().name(fault.state),
            other=registry().name(fault.other) if fault.other else "",
            against=fault.against,
            cells=numeral(fault.cells, ","),
            roll_calls=numeral(fault.roll_calls, ","),
        )
        for fault in corpus.faults
        if asked & {fault.state, fault.other}
        and any(_touches(fault.session, fault.last_session, period) for period in periods)
    ]


def _sessions(fault: KnownFault) -> str:
    return f"{fault.session}" if fault.session == fault.last_session else f"{fault.session}–{fault.last_session}"


def _touches(first: int, last: int, period: Period) -> bool:
    """Whether sessions, each from September of year 1945 + s to the next August, touch a period."""
    begin, end = period.years
    if period.clock == "session":
        return first <= period.end and period.start <= last
    return first + 1945 <= end and begin <= last + 1946
