"""What must be said next to a result, where it applies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from comity.model.body import ASSEMBLY
from comity.model.choice import Choice
from comity.model.origin import Origin
from comity.model.period import Period
from comity.model.reading import Reading
from comity.model.tables import ISSUES
from comity.model.words import during, named, say, span
from comity.states.registry import registry
from comity.study.answers.common import Cell, Note, PairRow
from comity.study.ask import touches
from comity.study.corpus import Corpus, Cut
from comity.study.coverage import partial
from comity.study.unseen import texts_without_a_vote
from comity.votes.consensus import texts_of

_SMALL = 20
_LIBRARY = "undl"
_PLACEHOLDERS_UNTIL = 2003
_BEFORE_THE_FIRST = 1945  # session n begins in the year 1945 + n


def note(key: str, **fields: object) -> Note:
    """A note from the catalogue's [notes]."""
    return Note(key, say(f"notes.{key}", **fields))


def default_cut(periods: Sequence[Period]) -> Note:
    """Nobody asked for these periods: say where they come from."""
    return note("default_cut", periods=", ".join(span(p.label) for p in periods))


def general(origin: Origin, reading: Reading, periods: Sequence[Period]) -> list[Note]:
    """What holds for every count of a release under a reading."""
    found = [note("unseen"), note("absence"), note("abstention")]
    if any(flag in ISSUES for flag in reading.issue.split("+")):
        found.append(note("flags"))
    if reading.paragraph == "keep":
        found.append(note("paragraph"))
    if not origin.absences:
        found.append(note("no_absences"))
    if origin.layout == _LIBRARY:
        found.append(note("library_gaps"))
    if reading.coded_nonmember == "drop":
        found.append(note("coded_dropped"))
    if reading.clock == "year":
        found.append(note("clock"))
    if reading.clock == "day" and any(p.years[0] < _PLACEHOLDERS_UNTIL for p in periods):
        found.append(note("placeholder"))
    found += [
        note("partial", period=span(p.label), first=origin.first.isoformat(), last=origin.last.isoformat())
        for p in periods
        if partial(p, origin)
    ]
    if origin.aggregates:
        found.insert(0, note("starter", release=origin.derived_from))
    return found


def texts_unseen(corpus: Corpus, reading: Reading, periods: Sequence[Period]) -> list[Note]:
    """How many texts the sessions of each period adopted without a vote, where every one of them is known.

    Only over all issues: what is known is of whole sessions. By year they are the sessions that began in those years.
    """
    if reading.clock == "day" or reading.issue != "all" or corpus.origin.body != ASSEMBLY:
        return []
    key, first = ("texts_unseen", 0) if reading.clock == "session" else ("texts_unseen_years", _BEFORE_THE_FIRST)
    ledger = texts_without_a_vote(corpus)
    found = []
    for period in periods:
        sessions = range(period.start - first, period.end + 1 - first)
        if (texts := texts_of(sessions, ledger)) is not None:
            counted = {ledger[s].counts for s in sessions}
            sources = "; ".join(dict.fromkeys(ledger[s].source for s in sessions))
            kind = " / ".join(sorted(counted))
            when = during(period) if first == 0 else span(period.label)
            found.append(note(key, when=when, n=texts, kind=kind, source=sources))
    return found


def of_set(cut: Cut) -> list[Note]:
    """For a named set: how many of its texts the release holds, who chose them, and which version of the list."""
    held = cut.set_held
    if held is None:
        return []
    return [
        note(
            "set",
            held=held.held,
            n=len(held.chosen.members),
            coder=held.chosen.coder or "–",
            sha=held.chosen.sha256[:12],
        )
    ]


def of_contrasts(cut: Cut, lead: PairRow, contrasts: Iterable[PairRow]) -> list[Note]:
    """What holds for the contrast pairs, without what was said of the lead pair already.

    A cell coded not-a-member is usually that of one of the two states, and then comes back in each of its pairs.
    """
    told = [cell.counts.coded_nonmember for cell in lead.cells]
    found: list[Note] = []
    for row in contrasts:
        again = [cell.counts.coded_nonmember <= k for cell, k in zip(row.cells, told, strict=True)]
        found += [n for n in of_pair(cut, row) if n.id != "coded_nonmember" or not all(again)]
    return found


def of_pair(cut: Cut, row: PairRow) -> list[Note]:
    """What holds for this pair: flags, codings, seats, small numbers."""
    found: list[Note] = []
    for k, cell in enumerate(row.cells):
        found += _overlap(cut, k, cell)
        if cell.counts.coded_nonmember and cell.counts.roll_calls:
            found.append(
                note(
                    "coded_nonmember",
                    k=cell.counts.coded_nonmember,
                    absent=cell.counts.absent,
                    a=named(row.name_a),
                    b=named(row.name_b),
                    period=span(cell.period.label),
                )
            )
        found += [
            note("joined", name=name, k=seated, n=cut.roll_calls(k), period=span(cell.period.label))
            for state, name in ((row.a, row.name_a), (row.b, row.name_b))
            if (seated := cut.seated(k, state)) < cut.roll_calls(k)
        ]
    if any(0 < cell.counts.cast < _SMALL for cell in row.cells):
        found.append(note("small"))
    return found


def seats(states: Iterable[str], periods: Sequence[Period]) -> list[Note]:
    """Footnotes of unusual spells of these states' seats that touch the periods."""
    found = []
    for state in states:
        for seat in registry().seat_spells(state):
            if any(touches(seat.spell, p) for p in periods):
                words = say(
                    "grammar.span",
                    first=seat.start.isoformat(),
                    last=seat.end.isoformat() if seat.end else say("grammar.until_today"),
                )
                found.append(note("seat", name=registry().name(state), span=words, footnote=seat.footnote))
    return found


def footnote(state: str, day: date, choice: Choice | None = None) -> str | None:
    """The footnote of a state's seat on a day, None where the seat was held as usual."""
    spells = [s for s in registry().seat_spells(state) if day in s.spell]
    return spells[0].footnote if spells and choice is not Choice.NOT_MEMBER else None


def unique(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Notes in order, each sentence once."""
    return tuple(dict.fromkeys(notes))


def _overlap(cut: Cut, k: int, cell: Cell) -> list[Note]:
    flagged = {flag: n for flag, n in cut.also_flagged(k).items() if n}
    if not flagged:
        return []
    others = ", ".join(f"{n} {say(f'issue_name.{flag}')}" for flag, n in sorted(flagged.items(), key=lambda x: -x[1]))
    return [note("flags_overlap", n=cut.roll_calls(k), period=span(cell.period.label), others=others)]
