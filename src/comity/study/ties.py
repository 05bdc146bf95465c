"""Dated ties of a pair: what the stored tables of alliances and agreements tell, and the groups both are in."""

from __future__ import annotations

from datetime import date

from comity.errors import BadPeriod
from comity.model.words import say
from comity.states.registry import State
from comity.store.datasets import Dataset, list_datasets, read_dataset
from comity.strands.ties import Agreement, agreements, alliance_spells, memberships
from comity.study.answers.common import Note
from comity.study.answers.strand import SourceLine
from comity.study.answers.ties import AgreementTable, AllianceTable, TiesAnswer
from comity.study.ask import two_states
from comity.study.forerunners import forerunner_notes
from comity.study.strand import source_line, strand_header

KIND = "alliances"
AGREEMENTS = "desta"
"""The layout of tables of trade agreements; other layouts of the kind have a row a pair and year."""


def ties(a: str, b: str, *, on: str | date | None = None) -> TiesAnswer:
    """Alliances, trade agreements and memberships in common of two states.

    on : a day, as 2024-06-20; by default all there are. Of a table that ends before it, what held in its last year is
    given and said to be so; one that begins later is left out. Without a table in the store memberships stand alone.
    Raises BadPeriod for a day that is none, and the errors of two states.
    """
    day = _day(on)
    first, second = two_states(a, b, day, past=day is None)
    held = list_datasets(KIND)
    covering = [d for d in held if day is None or d.first <= day.year]
    alliances = tuple(_alliances(d, first.id, second.id, day) for d in covering if d.layout != AGREEMENTS)
    agreed = tuple(_agreements(d, first.id, second.id, day) for d in covering if d.layout == AGREEMENTS)
    common = memberships(first.id, second.id, day)
    told = say("ties.on", day=_words(day)) if day else say("ties.always")
    subject = say("ties.subject", a=first.name, b=second.name, when=told)
    lines = [*map(source_line, covering), SourceLine("groups", say("ties.groups_source"), say("ties.groups_span"))]
    return TiesAnswer(
        strand_header(subject, lines),
        _notes(held, covering, (first, second), day),
        *(first.id, second.id, first.name, second.name),
        on=day,
        alliances=alliances,
        agreements=agreed,
        memberships=common,
    )


def _day(on: str | date | None) -> date | None:
    if on is None or isinstance(on, date):
        return on
    try:
        return date.fromisoformat(on.strip())
    except ValueError:
        raise BadPeriod("No such day", got=on, allowed="a day such as 2024-06-20") from None


def _words(day: date) -> str:
    return f"{day.day} {say(f'month.{day.month}')} {day.year}"


def _alliances(dataset: Dataset, a: str, b: str, day: date | None) -> AllianceTable:
    spells = alliance_spells(read_dataset(dataset), a, b, dataset.last)
    then = _covered(dataset, day)
    kept = tuple(s for s in spells if then is None or s.holds_on(then))
    return AllianceTable(dataset.label, dataset.first, dataset.last, kept, ended=then != day)


def _agreements(dataset: Dataset, a: str, b: str, day: date | None) -> AgreementTable:
    found = agreements(read_dataset(dataset), a, b)
    then = _covered(dataset, day)
    kept = tuple(x for x in found if then is None or _may_hold(x, then))
    return AgreementTable(dataset.label, dataset.first, dataset.last, kept, ended=then != day)


def _covered(dataset: Dataset, day: date | None) -> date | None:
    """The day, or the end of the table's last year where that is earlier."""
    return day and min(day, date(dataset.last, 12, 31))


def _may_hold(found: Agreement, day: date) -> bool:
    """In force in that year, or signed by then with an entry into force that the table does not tell."""
    held = found.holds_on(day)
    return held if held is not None else found.signed is not None and found.signed <= day.year


def _notes(
    held: tuple[Dataset, ...], covering: list[Dataset], states: tuple[State, State], day: date | None
) -> tuple[Note, ...]:
    told = []
    if not held:
        told.append(Note("ties.no_table", say("ties.no_table")))
    for dataset in held:
        if day and not dataset.first <= day.year <= dataset.last:
            span, key = f"{dataset.first}–{dataset.last}", "before" if day.year < dataset.first else "after"
            text = say(f"ties.not_covered_{key}", label=dataset.label, span=span, year=day.year, last=dataset.last)
            told.append(Note("ties.not_covered", text))
    if any(d.layout != AGREEMENTS for d in covering):
        told.append(Note("ties.alliance_years", say("ties.alliance_years")))
    if any(d.layout == AGREEMENTS for d in covering):
        told.append(Note("ties.agreement_years", say("ties.agreement_years")))
    told.append(Note("ties.memberships", say("ties.memberships")))
    told += [Note("ties.state", f"{s.name}: {s.note}") for s in states if s.note]
    told += forerunner_notes(states)
    told.append(Note("ties.ledgers", say("ties.ledgers")))
    return tuple(told)
