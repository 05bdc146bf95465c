"""One vote: who voted how, the tally, the body, the day, whether it was adopted."""

from __future__ import annotations

from dataclasses import replace

from comity.audit.context import Context
from comity.audit.evaluate.common import missing, name, of_vote, on_rows, word
from comity.audit.finding import Exceptional, Finding
from comity.audit.tests_of import SingleVote
from comity.errors import UnknownIssue
from comity.model.coded import coded
from comity.model.words import say
from comity.strands.ledgers.kinds import CouncilVote
from comity.strands.ledgers.when import ends
from comity.study.answers.vote import Tally, VoteAnswer
from comity.votes.landmarks import landmark

BODIES = {"GA": "General Assembly", "SC": "Security Council", "HRC": "Human Rights Council"}


def single_vote(test: SingleVote, context: Context, document: str) -> Finding:
    """Everything that is said of one vote against its record."""
    question = say("question.single", symbol=test.symbol)
    council = [r for r in context.rows("council_votes") if isinstance(r, CouncilVote) and r.symbol == test.symbol]
    if council:
        return _council(test, council[0], context, document, question)
    try:
        found = context.vote(test.symbol)
    except UnknownIssue as err:
        return missing(question, err.what, f"{err.next}".rstrip("."))
    choices = {b.state: word(b.choice) for b in found.ballots}
    wrong = [*_votes(test, choices, bool(found.ballots)), *_tally(test, found), *_day(test, found)]
    body = found.body if found.body in BODIES else "GA"
    if test.body and test.body != body:
        wrong.append(Exceptional(_body(test.body), say("question.body", body=_body(body)), found.link or ""))
    if test.adopted is not None and (carried := _carried(found)) is not None and carried != test.adopted:
        wrong.append(Exceptional(found.symbol or test.symbol, say(f"question.adopted_{'yes' if carried else 'no'}")))
    if test.votes and not found.ballots:
        return missing(question, say("question.no_lists", symbol=test.symbol), say("question.record"))
    return Finding(
        question,
        _told(test, found, choices, body),
        told="no" if wrong else "yes",
        basis="record" if found.checked else "ledger",
        checked=found.checked,
        exceptions=tuple(wrong),
        evidence=(of_vote(found, _told(test, found, choices, body)),),
        notes=tuple(n.text for n in found.notes),
        sources=tuple(context.line(context.corpus(r)) for r in context.labels if r == found.header.origin.release),
    )


def _body(id: str) -> str:
    """A body's name."""
    return coded(BODIES[id])


def _told(test: SingleVote, found: VoteAnswer, choices: dict[str, str], body: str) -> str:
    """The record in words, as far as the claim speaks of it."""
    tally = found.computed or found.published
    parts = [_body(body), found.date.isoformat() if found.date and found.date_precision == "day" else ""]
    parts += [say("question.tally", yes=tally.yes, no=tally.no, abstain=tally.abstain)] if tally else []
    parts += [f"{name(s)}: {coded(choices.get(s, say('question.no_seat')))}" for s in test.votes]
    return ", ".join(p for p in parts if p)


def _votes(test: SingleVote, choices: dict[str, str], known: bool) -> list[Exceptional]:
    if not known:
        return []
    seen = {s: choices.get(s, say("question.no_seat")) for s in test.votes}
    return [
        Exceptional(name(s), say("question.voted", choice=coded(seen[s])))
        for s, said in test.votes.items()
        if seen[s] not in said
    ]


def _tally(test: SingleVote, found: VoteAnswer) -> list[Exceptional]:
    """Counts said that neither the published nor the computed tally has."""
    tallies = [t for t in (found.published, found.computed) if t is not None]
    wrong = []
    for choice, said in test.tally.items():
        seen = [getattr(t, choice) for t in tallies]
        if tallies and said not in seen:
            wrong.append(Exceptional(coded(choice), say("question.counted", k=seen[0])))
    return wrong


def _day(test: SingleVote, found: VoteAnswer) -> list[Exceptional]:
    """A day said, against the record's; a placeholder says only the year."""
    if test.on is None or found.date is None:
        return []
    first, last = ends(test.on)
    exact = found.date_precision == "day"
    right = first <= found.date <= last if exact else first.year <= found.date.year <= last.year
    return [] if right else [Exceptional(test.on, say("question.dated", day=found.date.isoformat()))]


def _carried(found: VoteAnswer) -> bool | None:
    """Whether the text was adopted, by the majority that applied; None where that is not known."""
    known = landmark(found.symbol) if found.symbol else None
    if known is not None and known.carried is not None:
        return known.carried
    tally: Tally | None = found.published or found.computed
    if tally is None or tally.yes is None or tally.no is None:
        return None
    resolution = bool(found.symbol and "/RES/" in found.symbol)
    return (
        True
        if resolution and tally.yes > tally.no
        else tally.yes > tally.no
        if found.majority != "two_thirds"
        else None
    )


def _council(test: SingleVote, row: CouncilVote, context: Context, document: str, question: str) -> Finding:
    """A vote of the Human Rights Council, from its ledger."""
    wrong = _votes(test, {s: str(c) for s, c in row.choices.items()}, bool(row.choices))
    wrong = [w for w in wrong if w.why != say("question.voted", choice=say("question.no_seat"))]
    untold = [s for s in test.votes if s not in row.choices]
    if row.tally is not None:
        told = dict(zip(("yes", "no", "abstain"), row.tally, strict=True))
        wrong += [
            Exceptional(coded(c), say("question.counted", k=told[c])) for c, k in test.tally.items() if told[c] != k
        ]
    if test.body and test.body != "HRC":
        wrong.append(Exceptional(_body(test.body), say("question.body", body=_body("HRC"))))
    votes = [f"{name(s)}: {coded(row.choices.get(s, '?'))}" for s in test.votes]
    computed = ", ".join([_body("HRC"), row.date, *votes])
    carried = on_rows(question, computed, context, document, [("council_votes", row)])
    if untold and not wrong:
        return replace(carried, told="cannot be told")
    return replace(carried, told="no" if wrong else "yes", exceptions=tuple(wrong))
