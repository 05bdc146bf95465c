"""The parts of a roll call's answer: tally, ballots, a group's stand, the majority that applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from comity.model.choice import Choice
from comity.states.groups import group as find_group
from comity.states.groups import groups as all_groups
from comity.states.groups import members_of, position
from comity.states.names import in_order
from comity.states.registry import registry
from comity.study.answers.common import Note
from comity.study.answers.vote import Ballot, GroupCount, GroupStand, Tally
from comity.study.notes import footnote, note

_LEAST = 2  # members for a group to be one


def tally_of(choices: Mapping[str, Choice]) -> Tally:
    """Counts of a roll call from its votes."""
    values = list(choices.values())
    return Tally(
        yes=values.count(Choice.YES),
        no=values.count(Choice.NO),
        abstain=values.count(Choice.ABSTAIN),
        nonvoting=sum(not c.cast for c in values),
    )


def agreement(computed: Tally, published: Tally | None) -> bool | None:
    """Whether yes, no and abstentions agree; None without a published tally."""
    if published is None:
        return None
    return (computed.yes, computed.no, computed.abstain) == (published.yes, published.no, published.abstain)


def ballots(choices: Mapping[str, Choice], day: date | None, stand: GroupStand | None) -> tuple[Ballot, ...]:
    """Each state's vote, by name as used on the day, with its seat's footnote."""
    inside = set(stand.members) if stand else set()
    apart = set(stand.apart) if stand else set()
    rows = (
        Ballot(s, registry().name(s, day), c, footnote(s, day, c) if day else None, s in inside, s in apart)
        for s, c in choices.items()
    )
    return tuple(sorted(rows, key=lambda b: in_order(b.name)))


def group_stand(name: str, choices: Mapping[str, Choice], day: date | None) -> GroupStand | None:
    """A group's modal choice among its members on the day; None where the day is unknown.

    Apart are the members that cast another vote: an absence is no stand.
    """
    if day is None:
        return None
    found = find_group(name)
    members = {s: choices[s] for s in sorted(members_of(found.id, day)) if s in choices}
    where = position(members)
    modal = where.tied or ((where.choice,) if where.choice is not None else ())
    apart = tuple(s for s, c in members.items() if c.cast and c not in modal) if modal else ()
    return GroupStand(found.id, found.name, tuple(members), modal, where.share, apart)


def group_counts(votes: Sequence[Ballot], day: date | None) -> tuple[GroupCount, ...]:
    """Every group but regions with at least two of the members that had a seat, United Nations groups first."""
    if day is None:
        return ()
    found = []
    for held in sorted((g for g in all_groups() if g.kind != "region"), key=lambda g: g.kind != "un_group"):
        inside = members_of(held.id, day)
        members = {b.state: b for b in votes if b.state in inside}
        if len(members) < _LEAST:
            continue
        where = position({s: b.choice for s, b in members.items()})
        modal = where.tied or ((where.choice,) if where.choice is not None else ())
        apart = tuple(b for b in members.values() if modal and b.choice.cast and b.choice not in modal)
        found.append(GroupCount(held.id, held.name, held.kind, where.counts, modal, apart))
    return tuple(found)


def majority_note(rule: str | None) -> Note:
    """Which majority applied."""
    return note({"simple": "majority_simple", "two_thirds": "majority_two_thirds"}.get(rule or "", "majority_unknown"))
