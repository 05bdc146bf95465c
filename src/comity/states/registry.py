"""Who could vote, day by day: the states, their seats and their names since 1945.

The tables are in ``comity/data/states``. An id stands for the state whose votes are counted; a seat that
continued under another name or government keeps its id (docs/decisions/0002-states-over-time.md).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from comity.errors import UnknownState
from comity.model.words import day_words, say
from comity.states.names import localised
from comity.states.names import read_table as read_table

BEFORE = date.min
"""Start of a spell that began before the Charter: the tables begin on 24 October 1945."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of days, [start, end): ``end`` is the first day after it, None while it lasts."""

    start: date
    end: date | None

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, start: date | None, end: date | None) -> bool:
        """Whether it shares a day with [start, end); None leaves that side open."""
        return (end is None or self.start < end) and (start is None or self.end is None or start < self.end)

    @property
    def words(self) -> str:
        """As a person reads it: "from 9 July 2011", "until 1 January 1993", "always"."""
        parts = [] if self.start == BEFORE else [say("grammar.since_day", day=day_words(self.start))]
        parts += [] if self.end is None else [say("grammar.until_day", day=day_words(self.end))]
        return " ".join(parts) or say("grammar.always")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a state, in English, and the days on which it was in use."""

    english: str
    spell: Spell

    @property
    def text(self) -> str:
        """The name in the language now spoken."""
        return localised(self.english)


@dataclass(frozen=True, slots=True)
class State:
    """A state whose votes are counted under one id.

    id         : an ISO3-like code, e.g. "VNM".
    english    : short English name, as in use today (or last in use).
    membership : days on which it was a member of the United Nations and voted under this id.
    existence  : days on which it was a state, or a member; ``BEFORE`` where that began before the Charter.
    names      : earlier and present names, where they changed.
    note       : what to know before comparing it over time; "" where nothing. Kept in English as ``english_note``.
    """

    id: str
    english: str
    membership: tuple[Spell, ...]
    existence: tuple[Spell, ...]
    names: tuple[Name, ...] = ()
    english_note: str = ""

    @property
    def name(self) -> str:
        """Its short name in the language now spoken."""
        return localised(self.english)

    @property
    def note(self) -> str:
        """What to know before comparing it over time, in the language now spoken."""
        return localised(self.english_note)

    def name_on(self, day: date) -> str:
        """The name in use on a day, e.g. "Soviet Union" for RUS on 1985-06-01."""
        return next((n.text for n in self.names if day in n.spell), self.name)

    def member_on(self, day: date) -> bool:
        """Whether it was a member of the United Nations under this id."""
        return any(day in spell for spell in self.membership)

    def existed_on(self, day: date) -> bool:
        """Whether it was a state, or a member, on that day."""
        return any(day in spell for spell in self.existence) or self.member_on(day)


@dataclass(frozen=True, slots=True)
class SeatSpell:
    """Days on which a seat was held in an unusual way; each cell within carries the footnote.

    kind    : "other_government" (a government that did not hold the country), "barred", "withdrawn", "vacant",
              "envoy_of_previous_government", "predecessor" (the seat's earlier holder), "union".
    checked : False where the exact days, or the document named, still need a second source.
    """

    state: str
    start: date
    end: date | None
    kind: str
    english_footnote: str
    source: str
    checked: bool

    @property
    def footnote(self) -> str:
        """What is said of it, in the language now spoken."""
        return localised(self.english_footnote)

    @property
    def spell(self) -> Spell:
        """Its days."""
        return Spell(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Succession:
    """One state, or seat, following another.

    kind : "dissolution", "separation", "unification", or "seat" (the seat passed to another government).
    """

    predecessor: str
    successor: str
    day: date
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Registry:
    """All states, by id; see ``registry()``."""

    by_id: dict[str, State]
    seats: dict[str, tuple[SeatSpell, ...]]
    successions: tuple[Succession, ...]

    def state(self, id: str) -> State:
        """The state with that id; raises UnknownState."""
        try:
            return self.by_id[id]
        except KeyError:
            raise UnknownState(
                "No state has that id", got=id, next="Names and other codes are read by comity.states.resolve"
            ) from None

    def states(self) -> tuple[State, ...]:
        """All states, members or not, ordered by id."""
        return tuple(self.by_id.values())

    def members(self, day: date) -> frozenset[str]:
        """Ids of the members of the United Nations on that day."""
        return frozenset(state.id for state in self.by_id.values() if state.member_on(day))

    def is_member(self, id: str, day: date) -> bool:
        """Whether the state was a member on that day; raises UnknownState."""
        return self.state(id).member_on(day)

    def name(self, id: str, day: date | None = None) -> str:
        """Its name today, or the one in use on a day; raises UnknownState."""
        state = self.state(id)
        return state.name if day is None else state.name_on(day)

    def seat_spells(self, id: str, start: date | None = None, end: date | None = None) -> tuple[SeatSpell, ...]:
        """Unusual spells of its seat that share a day with [start, end), oldest first; raises UnknownState."""
        self.state(id)
        return tuple(seat for seat in self.seats.get(id, ()) if seat.spell.overlaps(start, end))

    def predecessors(self, id: str) -> tuple[Succession, ...]:
        """What it followed, oldest first."""
        self.state(id)
        return tuple(s for s in self.successions if s.successor == id)

    def successors(self, id: str) -> tuple[Succession, ...]:
        """What followed it, oldest first."""
        self.state(id)
        return tuple(s for s in self.successions if s.predecessor == id)


@cache
def registry() -> Registry:
    """The shipped registry, read once."""
    spells: dict[tuple[str, str], list[Spell]] = defaultdict(list)
    for row in read_table("states/spells.csv"):
        spells[row["state"], row["kind"]].append(spell_of(row))
    names: dict[str, list[Name]] = defaultdict(list)
    for row in read_table("states/names.csv"):
        if row["use"] != "read":
            names[row["state"]].append(Name(row["name"], spell_of(row)))
    by_id = {
        row["id"]: State(
            row["id"],
            row["name"],
            tuple(spells[row["id"], "membership"]),
            tuple(spells[row["id"], "existence"]),
            tuple(names[row["id"]]),
            row["note"],
        )
        for row in read_table("states/states.csv")
    }
    return Registry(by_id, _seats(), _successions())


def _seats() -> dict[str, tuple[SeatSpell, ...]]:
    seats: dict[str, list[SeatSpell]] = defaultdict(list)
    for row in read_table("states/seats.csv"):
        days = spell_of(row)
        seats[row["state"]].append(
            SeatSpell(
                row["state"], days.start, days.end, row["kind"], row["footnote"], row["source"], row["checked"] == "yes"
            )
        )
    return {state: tuple(sorted(held, key=lambda seat: seat.start)) for state, held in seats.items()}


def _successions() -> tuple[Succession, ...]:
    rows = (
        Succession(row["predecessor"], row["successor"], date.fromisoformat(row["day"]), row["kind"], row["note"])
        for row in read_table("states/successions.csv")
    )
    return tuple(sorted(rows, key=lambda s: (s.day, s.predecessor, s.successor)))


def spell_of(row: dict[str, str]) -> Spell:
    """The ``start`` and ``end`` of a row; an empty start is ``BEFORE``, an empty end lasts."""
    return Spell(
        date.fromisoformat(row["start"]) if row["start"] else BEFORE,
        date.fromisoformat(row["end"]) if row["end"] else None,
    )
