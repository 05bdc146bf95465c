"""Partnership tiers: who held which on a day, since when, and which of a group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from comity.errors import BadPeriod, EmptySelection
from comity.model.clock import today
from comity.model.words import say
from comity.states.groups import group as find_group
from comity.states.groups import members_of
from comity.states.names import in_order
from comity.states.registry import State
from comity.strands.ledgers.kinds import Tier
from comity.strands.ledgers.when import ends
from comity.strands.tiers import standings
from comity.study import ask, ledgers
from comity.study.answers.tiers import GroupTiers, TierHeld, TiersAnswer
from comity.study.notes import note
from comity.study.strand import strand_header


def tiers(holder: str, *, on: str | date | None = None, group: str | None = None) -> TiersAnswer:
    """The tiers of a state's ladder of partnerships.

    on    : a day; who held which tier on it, the highest first. Without it every tier ever, partner by partner.
    group : a group whose members are set apart, beside the five permanent members.
    UnknownState, UnknownIssue (group), BadPeriod (day); EmptySelection where the ledger has no tier of this state.
    """
    day = _day(on)
    state = ask.one_state(holder, day, past=True)
    wanted = list(dict.fromkeys([find_group(ask.P5).id, *([find_group(group).id] if group else [])]))
    rows = [row for row in ledgers.rows(Tier) if row.holder == state.id]
    if not rows:
        raise _no_ladder(state)
    every = _held_on(rows, day) if day else _sequence(rows)
    outside = {row.id for row in rows if row.special}
    held = tuple(t for t in every if t.entry.row.id not in outside)
    special = tuple(t for t in every if t.entry.row.id in outside)
    grouped = tuple(_of_group(each, state.id, held, special, day) for each in wanted) if day else ()
    subject = say("tiers.subject_on", state=state.name, day=say_day(day)) if day else state.name
    found = ledgers.ledger_notes(t.entry for t in every)
    own = [note("tiers_words")]
    own += [note("tiers_doubt")] if any(t.told != "yes" for t in every) and day else []
    newest = max(rows, key=lambda row: ends(row.date))
    own += [note("tiers_reach", date=newest.date)] if day and day > ends(newest.date)[1] else []
    return TiersAnswer(
        header=strand_header(subject, [ledgers.ledger_source("tiers", rows)]),
        notes=(*own, *found),
        holder=state.id,
        name=state.name,
        on=day,
        held=held,
        special=special,
        groups=grouped,
    )


def _no_ladder(state: State) -> EmptySelection:
    """The error for a state without a ladder, with the ladders it stands on."""
    holders = dict.fromkeys(row.holder for row in ledgers.rows(Tier) if row.partner == state.id)
    if not holders:
        return ledgers.nothing(["tiers"], state.name)
    asked = " or ".join(f"comity tiers {holder}" for holder in holders)
    return EmptySelection(
        say("tiers.no_ladder", state=state.name), got=state.id, next=say("tiers.stands_on", asked=asked)
    )


def say_day(day: date) -> str:
    """A day in words."""
    return say("date.day", day=day.day, month=say(f"month.{day.month}"), year=day.year)


def _day(given: str | date | None) -> date | None:
    try:
        day = date.fromisoformat(given) if isinstance(given, str) else given
    except ValueError:
        raise BadPeriod("No such day", got=given, allowed="a day such as 2024-06-20") from None
    if day and day > today():
        raise BadPeriod("That day is to come", got=day.isoformat(), allowed="a day up to today")
    return day


def _held_on(rows: Sequence[Tier], day: date) -> tuple[TierHeld, ...]:
    texts = ledgers.documents()
    return tuple(
        TierHeld(
            s.row.partner, ledgers.name(s.row.partner), s.row.tier, s.row.rank, s.told, s.since,
            ledgers.entry("tiers", s.row, texts),
        )
        for s in standings(rows, day)
    )  # fmt: skip


def _sequence(rows: Sequence[Tier]) -> tuple[TierHeld, ...]:
    """Every tier, partners in the order of their first, each partner's in order of date."""
    texts = ledgers.documents()
    first = {row.partner: row.date for row in reversed(rows)}
    ordered = sorted(rows, key=lambda row: (first[row.partner], row.partner, row.date, row.id))
    return tuple(
        TierHeld(
            row.partner, ledgers.name(row.partner), row.tier, row.rank, "yes", None, ledgers.entry("tiers", row, texts)
        )
        for row in ordered
    )


def _of_group(group: str, holder: str, held: Sequence[TierHeld], special: Sequence[TierHeld], day: date) -> GroupTiers:
    members = tuple(sorted(members_of(group, day) - {holder}, key=lambda s: in_order(ledgers.name(s))))
    sure = {t.partner for t in held if t.told == "yes" and t.rank == 1}
    some = {t.partner for t in held} - sure
    apart = {t.partner for t in special} - sure - some
    return GroupTiers(
        group,
        find_group(group).name,
        members,
        tuple(m for m in members if m in sure),
        tuple(m for m in members if m in some),
        tuple(m for m in members if m in apart),
        tuple(m for m in members if m not in sure | some | apart),
    )
