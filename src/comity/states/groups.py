"""Groups of states, and who was in them on a day. A group is a set of members on a day, nothing more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from comity.errors import UnknownIssue
from comity.model.choice import Choice
from comity.model.counts import Share
from comity.model.words import say
from comity.states.names import localised
from comity.states.registry import BEFORE, Spell, read_table, registry
from comity.states.resolve import fold

FILES = ("organizations", "un_groups", "m49")
KINDS = ("organization", "informal", "un_group", "region")


@dataclass(frozen=True, slots=True)
class Membership:
    """Days on which a state was in a group.

    precision : "day", "month" or "year", the coarser of the two ends: a month or a year of joining counts from its
                first day, one of leaving to its last.
    checked   : False where the day of joining or leaving still needs a second source.
    """

    group: str
    state: str
    spell: Spell
    precision: str
    checked: bool
    note: str


@dataclass(frozen=True, slots=True)
class Group:
    """A named group of states.

    english : its name in English.
    kind    : "organization", "informal", "un_group" (of the United Nations) or "region" (UN M49).
    source  : what the memberships were written down from.
    note    : what to know before using it as a bloc; "" where nothing.
    checked : whether the days of all its memberships are checked.
    """

    id: str
    english: str
    kind: str
    source: str
    english_note: str
    aliases: tuple[str, ...]
    memberships: tuple[Membership, ...]

    @property
    def name(self) -> str:
        """Its name in the language now spoken."""
        return localised(self.english)

    @property
    def note(self) -> str:
        """What to know before using it as a bloc, in the language now spoken."""
        return localised(self.english_note)

    @property
    def checked(self) -> bool:
        """Whether every one of its memberships is checked."""
        return all(m.checked for m in self.memberships)


@dataclass(frozen=True, slots=True)
class Position:
    """What a group did on a roll call.

    choice : the one choice most of its cast votes share; None where two or more share the lead or nobody voted.
    tied   : the choices that share the lead, at least two; empty otherwise.
    share  : k members made that choice, of n entitled to vote (absent members included).
    counts : members by choice: yes, abstained, no, absent.
    """

    choice: Choice | None
    tied: tuple[Choice, ...]
    share: Share
    counts: tuple[int, int, int, int]


def groups() -> tuple[Group, ...]:
    """All groups, organizations first, regions last."""
    return tuple(_groups().values())


def group(id_or_name: str) -> Group:
    """The group with that id, name or alias, folded as the names of states are; raises UnknownIssue.

    >>> group("Southeast Asia").id, group("asean").name
    ('southeast_asia', 'ASEAN')
    """
    known = _groups()
    found = known.get(id_or_name) or known.get(_spellings().get(fold(id_or_name), ""))
    if found is None:
        allowed = say("trouble.and_regions", ids=", ".join(g.id for g in groups() if g.kind != "region"))
        raise UnknownIssue(say("trouble.unknown_group"), got=id_or_name, allowed=allowed, next=_close(id_or_name))
    return found


def members_of(id: str, day: date) -> frozenset[str]:
    """Ids of the states in a group on a day, of those that existed then; raises UnknownIssue.

    A member of a group need not have been a member of the United Nations: ask the registry for that.
    """
    states = registry().by_id
    return frozenset(m.state for m in group(id).memberships if day in m.spell and states[m.state].existed_on(day))


def groups_of(state_id: str, day: date) -> tuple[Group, ...]:
    """The groups a state was in on a day; raises UnknownState."""
    if not registry().state(state_id).existed_on(day):
        return ()
    return tuple(g for g in groups() if any(m.state == state_id and day in m.spell for m in g.memberships))


def position(choices: Mapping[str, Choice]) -> Position:
    """The position of a group from its members' choices: the modal cast vote, with its share of those entitled.

    A cell that is not a member's is left out; a member coded not-a-member counts as absent.
    """
    entitled = [min(choice, Choice.ABSENT) for choice in choices.values() if choice != Choice.NOT_MEMBER]
    yes, abstain, no, absent = counts = (
        entitled.count(Choice.YES),
        entitled.count(Choice.ABSTAIN),
        entitled.count(Choice.NO),
        entitled.count(Choice.ABSENT),
    )
    most = max(yes, abstain, no)
    lead = tuple(c for c in (Choice.YES, Choice.ABSTAIN, Choice.NO) if most and counts[c] == most)
    one = lead[0] if len(lead) == 1 else None
    return Position(one, lead if len(lead) > 1 else (), Share(most, yes + abstain + no + absent), counts)


@cache
def _groups() -> dict[str, Group]:
    rows = list(_memberships())
    return {
        g["id"]: Group(
            g["id"],
            g["name"],
            g["kind"],
            g["source"],
            g["note"],
            tuple(a for a in g["aliases"].split(";") if a),
            tuple(m for m in rows if m.group == g["id"]),
        )
        for g in read_table("groups/groups.csv")
    }


@cache
def _spellings() -> dict[str, str]:
    return {fold(text): g.id for g in _groups().values() for text in (g.id.replace("_", " "), g.english, *g.aliases)}


def _close(text: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(fold(text), _spellings(), n=3)
    return say("trouble.close", names=", ".join(dict.fromkeys(_spellings()[k] for k in close))) if close else ""


def _memberships() -> Iterator[Membership]:
    for name in FILES:
        for row in read_table(f"groups/{name}.csv"):
            start, end = _first_day(row["start"]), _day_after(row["end"])
            precision = {4: "year", 7: "month"}.get(
                min(len(row[k]) for k in ("start", "end") if row[k] or k == "start")
            )
            yield Membership(
                row["group"], row["state"], Spell(start, end), precision or "day", row["checked"] == "yes", row["note"]
            )


def _first_day(text: str) -> date:
    """The first day of a day, month or year; ``BEFORE`` where empty."""
    return date.fromisoformat((text + "-01-01")[:10]) if text else BEFORE


def _day_after(text: str) -> date | None:
    """The first day no longer in: the day itself, or the day after a month or year has run out; None where empty."""
    if not text:
        return None
    if len(text) == 4:
        return date(int(text) + 1, 1, 1)
    first = _first_day(text)
    return first if len(text) == 10 else (first.replace(day=28) + timedelta(days=4)).replace(day=1)
