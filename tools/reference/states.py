"""States, the seats that need a footnote, groups, and the ledger of landmark roll calls."""

from __future__ import annotations

from datetime import date

from comity.states.groups import Group, Membership, groups
from comity.states.registry import BEFORE, Registry, SeatSpell, Spell, State, registry
from comity.states.resolve import codes
from comity.votes.landmarks import Landmark, landmarks
from reference.markdown import code, section, table, yes

STATES = """# States

Every state Comity counts votes under, with the days on which it was a member of the United Nations under that id. The
day of an end is the first day it was no longer one. [Who is who over time](../explanation/states.md) says how ids were
chosen. Codes are today's, or the last ones; a code that changed hands is told apart by the day.
"""
SEATS = """---
hide: [toc]
---

# Seats with a footnote

Spells in which a seat was held in an unusual way. Every answer that counts a vote from such a spell prints its
footnote. "not yet" means that the exact days, or the document named, still need a second source.
"""
GROUPS = """# Groups

A group is a set of members on a day, nothing more. Use its id or its name, as in `comity vote A/RES/68/262 --group
ASEAN`. "not yet" means that at least one day of joining or leaving still needs a second source.
"""
LEDGER = """---
hide: [toc]
---

# Landmark roll calls

A hand-written ledger inside the package, so that these votes can be shown without any release: `comity vote SYMBOL`. A
row that is checked was compared, state by state, with the releases named; one that is not says so wherever it is shown.
A majority is of the members present and voting: yes and no votes.
"""
KINDS = {
    "organization": "Organisations",
    "informal": "Informal groups",
    "un_group": "Groups of the United Nations",
    "region": "Regions (UN M49)",
}


def states_page() -> str:
    """All states."""
    known = registry()
    rows = (_state(state) for state in known.states())
    head = ["Id", "Name", "Member of the United Nations", "ISO3", "COW", "GW", "M49", "To know"]
    return STATES + section("Ids, membership and codes", "states") + table(head, rows) + _successions(known)


def seats_page() -> str:
    """All unusual spells."""
    known = registry()
    seats = sorted((s for spells in known.seats.values() for s in spells), key=lambda s: (s.state, s.start))
    head = ["State", "From", "Until", "Footnote", "Source", "Checked"]
    return SEATS + "\n" + table(head, (_seat(known, seat) for seat in seats))


def groups_page() -> str:
    """All groups; the members in full, except for regions."""
    text = GROUPS
    for kind, title in KINDS.items():
        text += section(title, kind)
        text += "".join(_group(g) for g in groups() if g.kind == kind)
    return text


def landmarks_page() -> str:
    """The ledger."""
    head = ["Symbol", "Date", "Title", "Tally", "States listed", "Majority", "Checked against"]
    rows = (_landmark(row) for row in sorted(landmarks(), key=lambda row: row.date))
    return LEDGER + "\n" + table(head, rows)


def _state(state: State) -> list[str]:
    spells = "; ".join(map(_span, state.membership)) or "never"
    day = (state.membership or state.existence)[-1].end
    on = None if day is None else date.fromordinal(day.toordinal() - 1)
    listed = [", ".join(codes(state.id, scheme, on)) for scheme in ("iso3", "cow", "gw", "m49")]
    names = [name.text for name in state.names if name.text != state.name]
    named = f"{state.name} (once {', '.join(dict.fromkeys(names))})" if names else state.name
    return [code(state.id), named, spells, *listed, state.note]


def _span(spell: Spell) -> str:
    return f"{spell.start} to {spell.end}" if spell.end else f"since {spell.start}"


def _successions(known: Registry) -> str:
    rows = (
        [code(s.predecessor), code(s.successor), s.day.isoformat(), s.kind, s.note]
        for s in sorted(known.successions, key=lambda s: (s.day, s.predecessor, s.successor))
    )
    head = ["Before", "After", "Day", "Kind", "Note"]
    return section("Which state followed which", "successions") + table(head, rows)


def _seat(known: Registry, seat: SeatSpell) -> list[str]:
    end = seat.end.isoformat() if seat.end else "today"
    return [known.name(seat.state), seat.start.isoformat(), end, seat.footnote, seat.source, yes(seat.checked)]


def _group(group: Group) -> str:
    aliases = f" Also read as: {', '.join(group.aliases)}." if group.aliases else ""
    intro = f"`{group.id}`. Source: {group.source}. Days checked: {yes(group.checked)}.{aliases} {group.note}".strip()
    listed = ", ".join(_member(m) for m in sorted(group.memberships, key=lambda m: (m.spell.start, m.state)))
    return section(group.name, group.id, 3) + f'{intro}\n\n??? note "Members and days"\n\n    {listed}\n\n'


def _member(membership: Membership) -> str:
    name = registry().name(membership.state)
    spell = membership.spell
    words = "" if spell.start == BEFORE and spell.end is None else f" ({_days(membership)})"
    return name + words


def _days(membership: Membership) -> str:
    spell = membership.spell
    start = "" if spell.start == BEFORE else _known(spell.start, membership.precision)
    if spell.end is None:
        return start
    last = date.fromordinal(spell.end.toordinal() - 1)
    return f"{start} to {_known(last, membership.precision)}".strip()


def _known(day: date, precision: str) -> str:
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


def _landmark(row: Landmark) -> list[object]:
    tally = row.tally
    counts = f"{tally.in_favour} yes, {tally.against} no, {tally.abstaining} abstained, {tally.absent} absent"
    listed = "all" if row.has_lists else "tally only"
    majority = row.majority.label.split(" of ")[0] if row.majority else "not recorded"
    against = ", ".join(row.checked_against) or "not yet"
    return [row.symbol, row.date.isoformat(), row.title, counts, listed, majority, against]
