"""From what a person writes (names, codes, "1992-1999,2000-2020") to states, periods and a reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from comity.errors import AmbiguousState, BadPeriod, SamePair, StateDidNotExist, UnknownIssue, UnknownState
from comity.model.clock import today
from comity.model.origin import Origin
from comity.model.period import Clock, Period
from comity.model.reading import Reading
from comity.model.words import say
from comity.states.groups import group, members_of
from comity.states.registry import Spell, State, registry
from comity.states.resolve import CODE_SCHEMES, resolve

P5 = "P5"


def one_state(text: str, day: date | None = None, *, past: bool = False) -> State:
    """One state by name or code on a day; with ``past``, else one that existed only before or after it.

    "cow:365" names its scheme. A group's name is an error that names its members.
    """
    scheme, colon, code = text.partition(":")
    if colon and scheme.strip().lower() in CODE_SCHEMES:
        return resolve(code.strip(), scheme.strip().lower(), day)
    try:
        return resolve(text, day=day)
    except UnknownState:
        _refuse_group(text, day or today())
        raise
    except StateDidNotExist:
        if past:
            return resolve(text)
        raise


def known(*texts: str | None) -> None:
    """Refuse what no state of any time is called, before a release is opened; what a name means is settled later."""
    for text in texts:
        if text and text.strip():
            with suppress(AmbiguousState):
                one_state(text.strip())


def known_among(texts: str | Iterable[str] | None) -> None:
    """Likewise of a group by name, or of states."""
    if isinstance(texts, str) and "," not in texts:
        group(texts)
    elif texts is not None:
        known(*(texts.split(",") if isinstance(texts, str) else texts))


def _refuse_group(text: str, day: date) -> None:
    try:
        found = group(text)
    except UnknownIssue:
        return
    members = ", ".join(sorted(members_of(found.id, day)))
    raise UnknownState(
        say("trouble.group_not_state", name=found.name), got=text, next=say("trouble.name_one", members=members)
    )


def two_states(a: str, b: str, day: date | None = None, *, past: bool = False) -> tuple[State, State]:
    """Two different states."""
    first, second = one_state(a, day, past=past), one_state(b, day, past=past)
    if first.id == second.id:
        raise SamePair(say("trouble.same_pair"), got=f"{a}, {b}", next=say("trouble.both_are", name=first.name))
    return first, second


def several_states(
    texts: str | Iterable[str] | None, day: date | None = None, *, past: bool = False
) -> tuple[State, ...]:
    """States from "USA,CHN" or a list, repeats removed; ``past`` as in ``one_state``."""
    if texts is None:
        return ()
    parts = texts.split(",") if isinstance(texts, str) else list(texts)
    found = {s.id: s for s in (one_state(part.strip(), day, past=past) for part in parts if part.strip())}
    return tuple(found.values())


def chosen_states(texts: str | Iterable[str], day: date) -> tuple[str, frozenset[str]]:
    """A group by name, or states by name or code: a label for them and their ids on the day."""
    if isinstance(texts, str) and "," not in texts:
        found = group(texts)
        return f"{found.name} ({day.isoformat()})", members_of(found.id, day)
    states = several_states(texts, day)
    return ", ".join(s.name for s in states), frozenset(s.id for s in states)


def p5_except(*ids: str, day: date) -> tuple[State, ...]:
    """The permanent members that are not in the pair."""
    order = ("USA", "CHN", "RUS", "GBR", "FRA")
    permanent = members_of(group(P5).id, day)
    return tuple(registry().state(s) for s in order if s in permanent and s not in ids)


def whole(origin: Origin, clock: Clock = "year") -> Period:
    """The whole span of a release on a clock."""
    if clock == "day":
        return Period(origin.first.toordinal(), origin.last.toordinal(), clock)
    if clock == "session":
        return Period(session_of(origin.first), session_of(origin.last), clock)
    return Period(origin.first.year, origin.last.year, clock)


def session_of(day: date) -> int:
    """The regular session of a day: September to August, the first from January 1946."""
    return max(1, day.year - 1945 - (day.month < 9))


def periods_of(
    text: str | Sequence[Period | str] | None, clock: Clock, origin: Origin, states: Sequence[State]
) -> tuple[Period, ...]:
    """The periods asked for, or the common record split at its middle; each must lie inside the data."""
    if not text:
        return split_in_two(common_record(origin, clock, states))
    if isinstance(text, str):
        found = Period.parse_many(text, clock)
    else:
        found = tuple(p if isinstance(p, Period) else Period.parse(p, clock) for p in text)
    if not found:
        raise BadPeriod("No period given", got=text)
    for period in found:
        inside(period, origin)
    return found


def one_period(text: str | Period | None, clock: Clock, origin: Origin) -> Period | None:
    """A single period inside the data; None where none was asked for."""
    if text is None:
        return None
    found = periods_of([text], clock, origin, ())
    return found[0]


def inside(period: Period, origin: Origin) -> Period:
    """The period itself; BadPeriod where it reaches beyond the release."""
    span = whole(origin, period.clock)
    if period.start < span.start or period.end > span.end:
        raise BadPeriod(
            say("trouble.outside", release=origin.release),
            got=period.label,
            allowed=say("trouble.within", span=span.label, last=origin.last.isoformat()),
        )
    return period


def common_record(origin: Origin, clock: Clock, states: Sequence[State]) -> Period:
    """The longest span, inside the release, on which every one of these states held a seat at some time."""
    first = max([origin.first, *(state.membership[0].start for state in states if state.membership)])
    ends = (state.membership[-1].end for state in states if state.membership)
    last = min([origin.last, *(end - timedelta(days=1) for end in ends if end)])
    if last < first:
        names = " and ".join(state.name for state in states)
        raise StateDidNotExist(f"{names} never held seats at the same time in {origin.release}")
    return whole(replace(origin, first=first, last=last), clock)


def split_in_two(span: Period) -> tuple[Period, ...]:
    """A span cut at its middle; one period where it is a single year."""
    if span.start == span.end:
        return (span,)
    middle = (span.start + span.end) // 2
    return Period(span.start, middle, span.clock), Period(middle + 1, span.end, span.clock)


def hull(periods: Sequence[Period]) -> Period:
    """The span from the first moment of these periods to the last."""
    return Period(min(p.start for p in periods), max(p.end for p in periods), periods[0].clock)


def days(period: Period) -> tuple[date, date]:
    """The first and last day of a period; a session runs from September to August."""
    if period.clock == "day":
        return date.fromordinal(period.start), date.fromordinal(period.end)
    if period.clock == "session":
        return date(period.start + 1945, 9, 1), date(period.end + 1946, 8, 31)
    return date(period.start, 1, 1), date(period.end, 12, 31)


def last_day(period: Period) -> date:
    """The last day of a period, for resolving names on it."""
    return days(period)[1]


def touches(spell: Spell, period: Period) -> bool:
    """Whether a spell has a day in the period."""
    first, last = days(period)
    return spell.overlaps(first, last + timedelta(days=1))


def require_seats(states: Sequence[State], periods: Sequence[Period]) -> None:
    """StateDidNotExist where a state held no seat at any time of a period."""
    for state in states:
        for period in periods:
            if not state.membership:
                raise StateDidNotExist(say("trouble.never_member", name=state.name, id=state.id))
            if not any(touches(spell, period) for spell in state.membership):
                spells = ", ".join(
                    say(
                        "grammar.span",
                        first=s.start.isoformat(),
                        last=s.end.isoformat() if s.end else say("grammar.until_today"),
                    )
                    for s in state.membership
                )
                raise StateDidNotExist(
                    say("trouble.no_seat", name=state.name, id=state.id, period=period.label),
                    allowed=say("trouble.counted_from", spells=spells),
                    next=_successor_hint(state, period),
                )


def _successor_hint(state: State, period: Period) -> str:
    others = [p.predecessor for p in registry().predecessors(state.id)]
    others += [s.successor for s in registry().successors(state.id)]
    seated = [
        registry().state(other)
        for other in others
        if any(touches(spell, period) for spell in registry().state(other).membership)
    ]
    either = f" {say('issue_name.or')} ".join(f"{s.id} ({s.name})" for s in seated)
    return say("trouble.try", states=either) if seated else ""


def make_reading(reading: Reading | None, **changes: object) -> Reading:
    """A reading with the given fields changed; None leaves a field as it is."""
    return replace(reading or Reading(), **{k: v for k, v in changes.items() if v is not None})  # type: ignore[arg-type]
