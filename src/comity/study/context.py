"""The frame of an answer: header, corpus, names and periods settled once for every question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity.errors import EmptySelection
from comity.model.body import COUNCIL
from comity.model.clock import today
from comity.model.origin import Origin
from comity.model.period import Period
from comity.model.reading import Reading
from comity.states.registry import State
from comity.study import ask, notes
from comity.study.answers.common import Cell, Header, Note, PairRow
from comity.study.corpus import Corpus, Cut
from comity.study.council import accept, council_notes, require_council_seats, shared_record
from comity.study.coverage import partial
from comity.study.opening import open_corpus
from comity.study.release import ReleaseCorpus
from comity.version import VERSION
from comity.votes.selection import issue_label

Periods = str | Sequence[Period | str] | None
States = str | Iterable[str] | None


@dataclass(frozen=True, eq=False)
class Frame:
    """A corpus and a reading, ready to be cut."""

    corpus: Corpus
    reading: Reading

    @property
    def origin(self) -> Origin:
        """Where the answers come from."""
        return self.corpus.origin

    @property
    def header(self) -> Header:
        """What every view carries."""
        return Header(
            origin=self.origin,
            reading=self.reading,
            issue_label=issue_label(self.reading.issue),
            answered=today(),
            version=VERSION,
        )


def frame(reading: Reading, corpus: Corpus | None = None, *, council: bool = False) -> Frame:
    """Open the reading's release; the reading then names it.

    council : whether the question can be asked of the Security Council too; UnknownRelease otherwise.
    """
    issue_label(reading.issue)  # an unknown issue is told before any file is opened
    opened = corpus or open_corpus(reading.release, council=council)
    if opened.origin.body == COUNCIL:
        accept(reading, opened.origin.release, council)
    return Frame(opened, ask.make_reading(reading, release=opened.origin.release))


def pair_and_periods(a: str, b: str, periods: Periods, fr: Frame) -> tuple[State, State, tuple[Period, ...]]:
    """Two states and their periods; names are resolved on the last day asked for, else before or after it."""
    given = ask.periods_of(periods, fr.reading.clock, fr.origin, ()) if periods else None
    day = ask.last_day(given[-1]) if given else fr.origin.last
    first, second = ask.two_states(a, b, min(day, fr.origin.last), past=True)
    chosen = given or ask.split_in_two(common_record(fr, (first, second)))
    require_seats(fr, (first, second), chosen)
    for state in (first, second):
        if state.id not in fr.corpus.states:
            raise EmptySelection(
                f"{fr.origin.release} holds no vote of {state.name}",
                got=state.id,
                next="Another release may: comity data list, comity data pull unga",
            )
    return first, second, chosen


def common_record(fr: Frame, states: Sequence[State]) -> Period:
    """The longest span, inside the release, on which every one of these states held a seat at some time."""
    if isinstance(fr.corpus, ReleaseCorpus) and fr.origin.body == COUNCIL:
        return shared_record(fr.corpus, fr.reading.clock, states)
    return ask.common_record(fr.origin, fr.reading.clock, states)


def require_seats(fr: Frame, states: Sequence[State], periods: Sequence[Period]) -> None:
    """StateDidNotExist where a state held no seat in a period; of the Council, in none of them."""
    if isinstance(fr.corpus, ReleaseCorpus) and fr.origin.body == COUNCIL:
        require_council_seats(fr.corpus, states, periods)
    else:
        ask.require_seats(states, periods)


def general(fr: Frame, periods: Sequence[Period]) -> list[Note]:
    """What holds for every count of a release under a reading."""
    if fr.origin.body == COUNCIL:
        return council_notes(fr.corpus, periods)
    return notes.general(fr.origin, fr.reading, periods)


def pair_row(cut: Cut, origin: Origin, a: State, b: State) -> PairRow:
    """One pair over the periods of a cut."""
    cells = tuple(
        Cell(period, cut.counts(k, a.id, b.id), partial(period, origin)) for k, period in enumerate(cut.periods)
    )
    return PairRow(a.id, b.id, a.name, b.name, cells)
