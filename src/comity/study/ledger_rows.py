"""Rows of ledgers in groups: one ledger as it stands, access, positions, perceptions; and the list of ledgers."""

from __future__ import annotations

from collections.abc import Sequence

from comity.errors import UnknownIssue, UnknownState, UsageError
from comity.model.period import Period
from comity.model.words import say
from comity.states.registry import State
from comity.states.resolve import fold
from comity.strands.ledgers.kinds import KINDS, Access, Narrative, Perception, Position
from comity.study import ask, ledgers
from comity.study.answers.common import Note
from comity.study.answers.ledger import Entry, Group, LedgerCount, LedgerListAnswer, LedgerRowsAnswer
from comity.study.notes import note
from comity.study.strand import strand_header

_DONE = ("held", "in force", "ended")
_ORDER = ("in force", "held", "ended", "reported", "announced", "planned", "cancelled")


def ledger_list() -> LedgerListAnswer:
    """Every kind of ledger: what it holds, how many rows, how many checked, from when to when."""
    found = []
    for kind, cls in KINDS.items():
        rows = ledgers.rows(cls)
        last = max((row.until or row.date for row in rows), default="")
        own = ledgers.own_rows(kind)
        checked = sum(row.checked for row in rows)
        first = rows[0].date if rows else ""
        found.append(LedgerCount(kind, say(f"ledger_kind.{kind}"), len(rows), checked, own, first, last))
    return LedgerListAnswer(
        header=strand_header(say("ledger.list_subject"), ()),
        notes=(note("ledger_partial"), note("ledger_checked")),
        ledgers=tuple(found),
        folder=str(ledgers.user_folder()),
    )


def ledger_show(
    kind: str,
    *,
    states: str | Sequence[str] | None = None,
    period: str | Period | None = None,
    id: str | None = None,
    either: bool = False,
) -> LedgerRowsAnswer:
    """The rows of one ledger, by date, each with its sources.

    states : rows that concern all of these, or with ``either`` any.
    UsageError for an unknown ledger or id; EmptySelection where no row is left.
    """
    (name,) = ledgers.kinds_named(kind)
    chosen = ask.several_states(states, past=True)
    span = ledgers.read_period(period)
    found = ledgers.entries([name], [s.id for s in chosen], span, either=either)
    if id is not None:
        found = _by_id(name, id)
    told = ", ".join(s.name for s in chosen) + (f" {span.label}" if span else "")
    if not found:
        raise ledgers.nothing([name], told.strip() or name)
    groups = (Group(name, say(f"ledger_kind.{name}"), found),)
    return _answer("show", say("ledger.subject", kind=name, told=told).strip(" ,:"), groups)


def access(state: str, *, period: str | Period | None = None) -> LedgerRowsAnswer:
    """Bases, port calls, exercises and training in or by a state: what was, then what was reported or planned.

    UnknownState, BadPeriod; EmptySelection where the ledger has none.
    """
    found_state, span = ask.one_state(state, past=True), ledgers.read_period(period)
    found = [
        e
        for e in ledgers.entries(["access"], (), span)
        if isinstance(e.row, Access) and found_state.id in (e.row.host, e.row.user)
    ]
    if not found:
        raise ledgers.nothing(["access"], found_state.name)
    groups = []
    for status in _ORDER:
        mine = tuple(e for e in found if e.row.status == status)
        if mine:
            groups.append(Group(status, say(f"access_status.{status.replace(' ', '_')}"), mine))
    unsure = sum(e.row.status not in _DONE for e in found)
    own = [note("access_planned", k=unsure)] if unsure else []
    return _answer("access", found_state.name, groups, *own)


def positions(about: str) -> LedgerRowsAnswer:
    """What states said or did on a named issue, or what one state said on every issue.

    about : an issue's name, else a state, else words of an issue's name ("China" is the state, "China Sea" an issue).
            UnknownIssue where it is none of these; EmptySelection where the ledger has nothing of the state.
    """
    every = [(e, e.row) for e in ledgers.entries(["positions"]) if isinstance(e.row, Position)]
    wanted = fold(about)
    exact = [e for e, row in every if fold(row.issue) == wanted]
    words = [e for e, row in every if wanted and f" {wanted} " in f" {fold(row.issue)} "]
    state = None if exact else _state(about)
    if state is None and not (exact or words):
        issues = ", ".join(dict.fromkeys(row.issue for _, row in every))
        raise UnknownIssue("No such issue in the ledger of positions, and no such state", got=about, allowed=issues)
    found = [e for e, row in every if row.holder == state.id] if state else exact or words
    if not found:
        raise ledgers.nothing(["positions"], state.name if state else about)
    return _answer("positions", state.name if state else about, _grouped(found, "issue"))


def perceptions(about: str) -> LedgerRowsAnswer:
    """What groups are said to think of a state (never a figure), and the narratives about it, counted by theme.

    UnknownState; EmptySelection where the ledgers hold neither.
    """
    state = ask.one_state(about, past=True)
    coded = [e for e in ledgers.entries(["perceptions"], [state.id]) if isinstance(e.row, Perception)]
    told = [e for e in ledgers.entries(["narratives"], [state.id]) if isinstance(e.row, Narrative)]
    if not coded and not told:
        raise ledgers.nothing(["perceptions", "narratives"], state.name)
    groups = [*_grouped(coded, "about"), *_grouped(told, "theme")]
    own = [note("perceptions_no_figure")] if coded else []
    own += [note("narratives_counted")] if told else []
    return _answer("perceptions", state.name, groups, *own)


def _answer(question: str, subject: str, groups: Sequence[Group], *own: Note) -> LedgerRowsAnswer:
    found = [e for g in groups for e in g.entries]
    kinds = dict.fromkeys(e.kind for e in found)
    sources = [
        ledgers.ledger_source(k, sorted((e.row for e in found if e.kind == k), key=lambda r: r.date)) for k in kinds
    ]
    return LedgerRowsAnswer(
        header=strand_header(subject, sources),
        notes=(*own, *ledgers.ledger_notes(found)),
        question=question,
        groups=tuple(groups),
    )


def _grouped(found: Sequence[Entry], name: str) -> list[Group]:
    """Rows by a field of theirs, as many first as have most rows; a state's id is printed as its name."""
    by: dict[str, list[Entry]] = {}
    for e in found:
        by.setdefault(str(getattr(e.row, name)), []).append(e)
    ordered = sorted(by.items(), key=lambda kv: (-len(kv[1]), kv[0].casefold()))
    return [Group(f"{rows[0].kind}:{key}", ledgers.name_or(key), tuple(rows)) for key, rows in ordered]


def _by_id(kind: str, id: str) -> tuple[Entry, ...]:
    found = tuple(e for e in ledgers.entries([kind]) if e.row.id == id)
    if not found:
        from difflib import get_close_matches

        ids = [row.id for row in ledgers.rows(KINDS[kind])]
        close = get_close_matches(id, ids, n=3, cutoff=0.4)
        raise UsageError(f"The ledger of {kind} has no row of that id", got=id, allowed=", ".join(close))
    return found


def _state(text: str) -> State | None:
    try:
        return ask.one_state(text, past=True)
    except UnknownState:
        return None
