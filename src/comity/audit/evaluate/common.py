"""What evaluators share: questions in words, evidence from roll calls and ledger rows, why nothing was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from comity.audit.context import Context
from comity.audit.finding import Evidence, Finding
from comity.audit.parts_of import ReadingPart
from comity.errors import BadPeriod, ComityError
from comity.model.choice import Choice
from comity.model.coded import coded
from comity.model.origin import Origin
from comity.model.reading import Reading
from comity.model.words import say, span
from comity.states.registry import registry
from comity.strands.ledgers.row import Row
from comity.strands.translated import translated
from comity.study import ask, ledgers
from comity.study.answers.common import Note
from comity.study.answers.vote import VoteAnswer
from comity.votes.selection import issue_label

T = TypeVar("T")
WORDS = {Choice.YES: "yes", Choice.ABSTAIN: "abstain", Choice.NO: "no"}


def word(choice: Choice) -> str:
    """A choice as claims write it: yes, abstain, no, absent."""
    return WORDS.get(choice, "absent")


def name(state: str) -> str:
    """A state's name."""
    return registry().by_id[state].name


def names(states: Iterable[str]) -> str:
    """Names in a row."""
    return ", ".join(map(name, states))


def reading_of(issue: str, clock: str, part: ReadingPart | None) -> Reading:
    """The reading that a test declares."""
    given = part.model_dump(exclude_none=True) if part else {}
    return ask.make_reading(Reading(issue=issue, clock=clock), **given)  # type: ignore[arg-type]


def asked(what: str, reading: Reading, period: str) -> str:
    """A question over roll calls, with every choice that differs from the usual."""
    told = say("question.votes", what=what, issue=issue_label(reading.issue), period=span(period))
    changed = {k: v for k, v in reading.departures.items() if k not in ("issue", "release")}
    told += "".join(f"; {coded(k.replace('_', ' '))}: {coded(str(v))}" for k, v in changed.items())
    return f"{told}; {reading.release}"


def of_release(origin: Origin, text: str) -> Evidence:
    """A count over a release."""
    return Evidence("count", f"{origin.release}: {text}", origin.link, origin.sha256)


def of_vote(found: VoteAnswer, text: str) -> Evidence:
    """A roll call."""
    return Evidence(
        "roll call", f"{found.symbol or found.roll_call}: {text}", found.link or "", found.header.origin.sha256
    )


def of_row(context: Context, kind: str, row: Row) -> Evidence:
    """A ledger row with who says so."""
    entry = ledgers.entry(kind, row, context.documents)
    link = next((cite.link for cite in row.sources if cite.link), "")
    dates = say("ledger.from_to", first=row.date, last=row.until) if row.until else row.date
    told = f"{kind}/{row.id}: {translated(row.title)}, {dates}"
    return Evidence("ledger row", f"{told} ({'; '.join(entry.cited)})", link, checked=row.checked)


def only_by(rows: Iterable[Row], document: str) -> bool:
    """Whether some row rests on nothing but the text that makes the claim."""
    return any(all(not cite.record and cite.text == document for cite in row.sources) for row in rows)


def on_rows(question: str, computed: str, context: Context, document: str, rows: Sequence[tuple[str, Row]]) -> Finding:
    """A finding on ledger rows, before it is told what they say."""
    kinds = dict.fromkeys(kind for kind, _ in rows)
    return Finding(
        question,
        computed,
        basis="ledger",
        checked=bool(rows) and all(row.checked for _, row in rows),
        alone=only_by((row for _, row in rows), document),
        evidence=tuple(of_row(context, kind, row) for kind, row in rows),
        sources=tuple(ledgers.ledger_source(kind, [r for k, r in rows if k == kind]) for kind in kinds),
    )


def texts(notes: Iterable[Note]) -> tuple[str, ...]:
    """Notes of an answer as sentences."""
    return tuple(n.text for n in notes)


def missing(question: str, why: str, needs: str = "") -> Finding:
    """Nothing could be found, and why."""
    return Finding(
        question, missing=say("verdict.not_testable", why=why), needs=say("verdict.needs", needs=needs) if needs else ""
    )


def unless(question: str, work: Callable[[], Finding]) -> Finding:
    """A finding; where the data cannot answer, that they cannot, in the words of the error."""
    try:
        return work()
    except ComityError as err:
        what = err.what.rstrip(".")
        what = what if err.got is None else say("question.got", what=what, got=err.got)
        needs = say("question.period_needs") if isinstance(err, BadPeriod) else err.next or err.allowed
        return missing(question, what, needs.rstrip(".?"))
