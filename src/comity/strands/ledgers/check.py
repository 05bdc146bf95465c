"""What is wrong across the rows of ledgers, beyond what one row can tell: every finding with file, row and reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from comity.errors import BadValue, UnknownIssue
from comity.model.symbol import normalise_symbol
from comity.states.groups import group
from comity.states.registry import registry
from comity.strands.intervals import before, span_of
from comity.strands.ledgers import tallies
from comity.strands.ledgers.kinds import (
    KINDS,
    Argument,
    Document,
    Office,
    Prediction,
    Sanction,
    Tier,
    Treaty,
    Visit,
)
from comity.strands.ledgers.load import Problem, documents, kind_of, ledger_files, read_placed
from comity.strands.ledgers.row import Row
from comity.strands.ledgers.when import ends
from comity.strands.offices import outside_office

Finding = tuple[Row, str]
SYMBOLS = ("A/", "S/", "E/")
_ONE_LINE = ("unification", "seat")  # kinds of succession in which the later id also stands for the earlier
_TABLES_BEGIN = date(1945, 10, 24)  # the registry of states has nothing to say of earlier days


@dataclass(frozen=True, slots=True)
class Placed:
    """A row and where it stands: kind, file, number from 1."""

    kind: str
    file: str
    number: int
    row: Row


@dataclass(frozen=True, slots=True)
class Ledgers:
    """All rows at hand by kind, the texts they cite, and the day on which they are checked."""

    rows: Mapping[str, Sequence[Row]]
    documents: Mapping[str, Document]
    today: date
    ids: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        named = {f"{kind}/{row.id}" for kind, rows in self.rows.items() for row in rows}
        object.__setattr__(self, "ids", frozenset(named | {row.id for rows in self.rows.values() for row in rows}))

    def names(self, evidence: str) -> bool:
        """Whether it is the id of a row, with or without its kind, or the symbol of a document."""
        return evidence in self.ids or (normalise_symbol(evidence) or "").startswith(SYMBOLS)


def check_ledgers(folders: Sequence[Path], today: date, *, only: Sequence[str] = ()) -> list[Problem]:
    """Everything wrong in the package's ledgers and in the folders', in the order of files and rows.

    only : kinds to tell of; the others are read, for rows name one another.
    """
    placed: list[Placed] = []
    problems: list[Problem] = []
    for kind in KINDS:
        merged: dict[str, Placed] = {}
        for file in ledger_files(kind, folders):
            rows, wrong = read_placed(kind_of(kind), file)
            problems += wrong
            merged |= {row.id: Placed(kind, file.name, i, row) for i, row in rows}
        placed += merged.values()
    try:
        cited = documents(folders)
    except BadValue as err:
        return [*problems, Problem("documents.yaml", 0, "", str(err))]
    problems += across(placed, cited, today)
    wanted = {f"{kind}.yaml" for kind in only} or {p.file for p in problems}
    return sorted((p for p in problems if p.file in wanted), key=lambda p: (p.file, p.row))


def across(placed: Sequence[Placed], cited: Mapping[str, Document], today: date) -> list[Problem]:
    """What is wrong across rows that are each of their kind."""
    rows: dict[str, list[Row]] = defaultdict(list)
    where = {id(p.row): p for p in placed}
    for p in placed:
        rows[p.kind].append(p.row)
    found = Ledgers(rows, cited, today)
    problems = []
    for check in CHECKS:
        for row, why in check(found):
            place = where[id(row)]
            problems.append(Problem(place.file, place.number, row.id, why))
    return problems


def _cited(ledgers: Ledgers) -> Iterator[Finding]:
    for row in _all(ledgers):
        for cite in row.sources:
            if cite.text and cite.text not in ledgers.documents:
                yield row, f"it cites a text that documents.yaml does not have: {cite.text!r}"


def _references(ledgers: Ledgers) -> Iterator[Finding]:
    for kind, name in (("treaties", "replaces"), ("arguments", "repeats")):
        known = {row.id: row for row in ledgers.rows.get(kind, ())}
        for row in known.values():
            target = getattr(row, name)
            if target and (target not in known or target == row.id):
                yield row, f"{name} names no other row of {kind}: {target!r}"
            elif target:
                yield from _sound_reference(row, known[target])
    for kind in ("arguments", "predictions"):
        for row in ledgers.rows.get(kind, ()):
            assert isinstance(row, Argument | Prediction)
            for evidence in row.evidence:
                if not ledgers.names(evidence):
                    yield row, f"its evidence is neither a row nor a symbol: {evidence!r}"


def _sound_reference(row: Row, target: Row) -> Iterator[Finding]:
    if isinstance(row, Treaty) and before(span_of(row.date), span_of(target.date)) == "yes":
        yield row, f"it replaces a later one, {target.id} of {target.date}"
    if isinstance(row, Argument) and isinstance(target, Argument):
        if row.side != target.side:
            yield row, f"it repeats {target.id}, which is on the other side"
        if target.repeats:
            yield row, f"it repeats {target.id}, itself a repetition: name {target.repeats!r}"


def _tiers(ledgers: Ledgers) -> Iterator[Finding]:
    ladders: dict[tuple[str, str], list[Tier]] = defaultdict(list)
    for row in ledgers.rows.get("tiers", ()):
        assert isinstance(row, Tier)
        if row.holder == row.partner:
            yield row, "holder and partner are one state"
        if row.status not in ("planned", "announced", "cancelled") and not row.special:
            ladders[row.holder, row.partner].append(row)
    for rungs in ladders.values():
        rungs.sort(key=lambda row: (ends(row.date), row.id))
        for i, row in enumerate(rungs):
            for later in rungs[i + 1 :]:
                if row.event and row.event == later.event:
                    continue  # two accounts of one tier
                if not row.until:
                    yield row, f"it has no end, though {later.id} followed on {later.date}"
                    break
                if before(span_of(later.date), span_of(row.until)) == "yes":
                    yield row, f"it ends ({row.until}) after {later.id} began ({later.date})"


def _visits(ledgers: Ledgers) -> Iterator[Finding]:
    offices = [row for row in ledgers.rows.get("offices", ()) if isinstance(row, Office)]
    visits = [row for row in ledgers.rows.get("visits", ()) if isinstance(row, Visit)]
    for row in visits:
        if row.visitor == row.host:
            yield row, "visitor and host are one state"
        held = outside_office(row, offices)
        if held is not None and not _told_otherwise(row, visits, offices):
            until = held.until or "today"
            yield row, f"{row.person} was {held.office} from {held.date} to {until}, not on {row.date}"


def _told_otherwise(row: Visit, visits: Sequence[Visit], offices: Sequence[Office]) -> bool:
    """Whether another account of the same event fits: an account that does not then stands as what a text says."""
    others = (v for v in visits if v.event and v.event == row.event and v.id != row.id)
    return any(outside_office(other, offices) is None for other in others)


def _existence(ledgers: Ledgers) -> Iterator[Finding]:
    states = registry()
    for row in _all(ledgers):
        first, last = ends(row.date)
        if last < _TABLES_BEGIN:
            continue
        for name in row.states:
            # an id stands for the states before it too: VNM is written for what was North Viet Nam
            line = [
                states.by_id[name],
                *(states.by_id[s.predecessor] for s in states.predecessors(name) if s.kind in _ONE_LINE),
            ]
            if not any(state.existed_on(day) for state in line for day in (first, last)):
                yield row, f"{name} did not exist on {row.date}"


def _parties(ledgers: Ledgers) -> Iterator[Finding]:
    roles = ("holder", "partner", "visitor", "host", "user", "giver", "taker", "source", "candidate", "seat")
    for row in _all(ledgers):
        named = [getattr(row, role) for role in roles if hasattr(row, role)]
        named += row.on if isinstance(row, Sanction) else []
        for state in dict.fromkeys(named):
            if state not in row.states:
                yield row, f"{state} is named in it but not among its states"
        for one in row.by if isinstance(row, Sanction) else ():
            if one not in registry().by_id and not _is_group(one):
                yield row, f"no such state or group: {one!r}"


def _dates(ledgers: Ledgers) -> Iterator[Finding]:
    today = ledgers.today
    for row in _all(ledgers):
        if row.status in ("held", "in force", "ended", "reported") and ends(row.date)[0] > today:
            yield row, f"it is {row.status}, but its date is to come: {row.date}"
        if row.status == "ended" and not row.until:
            yield row, "it has ended: until is missing"
        if row.status == "ended" and row.until and ends(row.until)[0] > today:
            yield row, f"it has ended, but its end is to come: {row.until}"
        if row.status == "in force" and row.until and ends(row.until)[1] < today:
            yield row, f"it is in force, but ended on {row.until}"
        if isinstance(row, Prediction) and ends(row.judged)[0] > today:
            yield row, f"it is judged on a day to come: {row.judged}"
        if isinstance(row, Treaty) and row.in_force and ends(row.in_force)[1] < ends(row.date)[0]:
            yield row, f"it enters into force ({row.in_force}) before its signature ({row.date})"


def _sums(ledgers: Ledgers) -> Iterator[Finding]:
    for row in _all(ledgers):
        for why in tallies.wrong(row):
            yield row, why


def _is_group(name: str) -> bool:
    try:
        group(name)
    except UnknownIssue:
        return False
    return True


def _all(ledgers: Ledgers) -> Iterator[Row]:
    for rows in ledgers.rows.values():
        yield from rows


CHECKS: tuple[Callable[[Ledgers], Iterator[Finding]], ...] = (
    _cited, _references, _tiers, _visits, _existence, _parties, _dates, _sums,
)  # fmt: skip
