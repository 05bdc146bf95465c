"""What every question is asked of: a release in the store, or the starter data in the package."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol

from comity.model.counts import Counts
from comity.model.fault import KnownFault
from comity.model.origin import Origin
from comity.model.period import Period
from comity.model.reading import Dropped, Reading
from comity.study.partners import Against, Partners
from comity.votes.sets import NamedSet

STARTER = "starter"


class SetHeld(NamedTuple):
    """A named set and how many of its members are in a corpus."""

    chosen: NamedSet
    held: int


class Cut(Protocol):
    """A reading applied to a corpus, cut into periods (indexed by their position)."""

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods asked for."""
        ...

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """What the reading left out in these periods together."""
        ...

    @property
    def set_held(self) -> SetHeld | None:
        """For a reading of a named set: the set, and how many of its members the corpus holds."""
        ...

    def roll_calls(self, k: int) -> int:
        """Roll calls that count in period k."""
        ...

    def counts(self, k: int, a: str, b: str) -> Counts:
        """The joint choices of two states in period k, a's first."""
        ...

    def against(self, state: str) -> Against | None:
        """The state's joint choices with every state, in every period; None where no vote of it is held.

        RollCallsMissing where the corpus holds no such aggregate.
        """
        ...

    def partners(self, k: int, state: str) -> Partners:
        """Those with every other state that shared a seat with it in period k; errors as for ``against``."""
        ...

    def seated(self, k: int, state: str) -> int:
        """Roll calls of period k on which the state held a seat."""
        ...

    def also_flagged(self, k: int) -> dict[str, int]:
        """For a single issue flag: how many of period k's roll calls also carry each other flag; else empty."""
        ...


class Corpus(Protocol):
    """Something that answers counts."""

    @property
    def origin(self) -> Origin:
        """Where the answers come from."""
        ...

    @property
    def faults(self) -> Sequence[KnownFault]:
        """States whose votes another release gives otherwise for whole sessions, as far as compared."""
        ...

    @property
    def without_a_vote(self) -> Sequence[tuple[int, int]]:
        """(session, texts adopted without a vote) of the sessions for which the source itself marks such texts."""
        ...

    @property
    def states(self) -> Collection[str]:
        """State ids with any vote."""
        ...

    def cut(self, reading: Reading, periods: Sequence[Period]) -> Cut:
        """Apply a reading, cut into periods."""
        ...
