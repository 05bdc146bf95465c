"""Claims that a record speaks against: by what they say of a landmark roll call, and by the verdicts on their tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from comity.audit import facts as f
from comity.audit.claim import Claim
from comity.audit.contradict_rules import Kind
from comity.audit.lexicon import EXPEL, SUSPEND, acts_named
from comity.audit.lint import printed_of
from comity.audit.tests_of import Arms, SingleVote
from comity.audit.verdict import Verdict
from comity.model.words import say
from comity.states.registry import registry
from comity.strands.ledgers.kinds import CouncilVote
from comity.strands.translated import translated
from comity.study import ledgers
from comity.votes.landmarks import Landmark, landmark, landmarks

_BY_TEST: Mapping[str, Kind] = {
    "date": "date", "interval": "date", "ordering": "date", "break-date": "date", "quantified": "scope",
    "visit-count": "count-rule",
}  # fmt: skip
_TALLY = {"yes": "in_favour", "no": "against", "abstain": "abstaining"}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A claim that a record speaks against. record : which, in words; link : its address, "" where there is none.

    primary : a roll call, a table or a count; False for ledger rows that were not checked, which are another account.
    """

    claim: Claim
    kind: Kind
    why: str
    record: str
    link: str = ""
    primary: bool = True


def conflicts(claim: Claim, facts: Sequence[f.Fact]) -> Iterator[Conflict]:
    """Every conflict of one claim with a landmark roll call."""
    for fact in facts:
        row = _row(fact)
        if row is None:
            continue
        match fact:
            case f.Motion():
                yield from (_conflict(claim, kind, why, row) for kind, why in _motion(fact, row))
            case f.Ballot():
                yield from (_conflict(claim, "value", why, row) for why in _ballot(fact, row))
            case f.Company():
                yield from (_conflict(claim, "value", why, row) for why in _company(fact, row))


def judged(claim: Claim, verdict: Verdict) -> Conflict | None:
    """The conflict that a verdict tells; None where it tells none."""
    if verdict.verdict not in ("contradicted", "conflicting"):
        return None
    record, link = _told(verdict)
    primary = verdict.verdict == "contradicted"
    return Conflict(claim, _kind(claim, verdict), verdict.why, record, link, primary)


def _told(verdict: Verdict) -> tuple[str, str]:
    """The first exception, else the first evidence, else the sources: in words, and its address."""
    if verdict.exceptions:
        first = verdict.exceptions[0]
        return f"{first.what}: {first.why}", first.link
    if not verdict.evidence:
        return ", ".join(s.label for s in verdict.releases), ""
    held = verdict.evidence[0]
    text = held.text.partition(": ")[2] if held.kind == "ledger row" else held.text
    return text, held.link


def _kind(claim: Claim, verdict: Verdict) -> Kind:
    """On what a claim and a record differ, by the kind of the test."""
    test = claim.test
    if isinstance(test, SingleVote) and test.body:
        return "body"
    printed = printed_of(claim)
    if isinstance(test, Arms) and printed is not None and printed.unit == "USD":
        return "unit"
    return _BY_TEST.get(verdict.kind, "value")


def _row(fact: f.Fact) -> Landmark | None:
    """The landmark a fact is about: by its symbol, or the one on its day where no council voted that day."""
    if not isinstance(fact, f.Motion | f.Ballot | f.Company) or (isinstance(fact, f.Ballot) and fact.always):
        return None
    if not isinstance(fact, f.Company) and fact.symbol:
        return landmark(fact.symbol)
    days = fact.days
    if days is None or days[0] != days[1]:
        return None
    if any(row.date == days[0].isoformat() for row in ledgers.rows(CouncilVote)):
        return None
    there = [row for row in landmarks() if row.date == days[0]]
    return there[0] if len(there) == 1 else None


def _company(fact: f.Company, row: Landmark) -> Iterator[str]:
    counts = {getattr(row.tally, _TALLY[c]) for c in fact.choices if c in _TALLY}
    if fact.number is not None and counts and fact.number not in counts:
        said = {"choice": _words(fact.choices), "n": min(counts), "said": fact.number}
        yield say("contradiction.record_tally", symbol=row.symbol, **said)


def _motion(fact: f.Motion, row: Landmark) -> Iterator[tuple[Kind, str]]:
    if fact.body and fact.body != "GA":
        yield "body", say("contradiction.record_body", symbol=row.symbol, body=say("contradiction.GA"))
    if fact.acts == {EXPEL} and acts_named(row.title) == {SUSPEND}:
        yield "body", say("contradiction.record_act", symbol=row.symbol)
    for choice, said in fact.tally:
        n = getattr(row.tally, _TALLY[choice])
        if n != said:
            told = {"choice": say(f"contradiction.choice_{choice}"), "n": n, "said": said}
            yield "value", say("contradiction.record_tally", symbol=row.symbol, **told)


def _ballot(fact: f.Ballot, row: Landmark) -> Iterator[str]:
    made = (row.choices(registry().members(row.date)) or {}).get(fact.state)
    if made is None or made.name.lower() in fact.choices:
        return
    choice = say(f"contradiction.choice_{made.name.lower()}")
    state = registry().by_id[fact.state].name
    yield say("contradiction.record_vote", state=state, symbol=row.symbol, choice=choice, said=_words(fact.choices))


def _words(choices: frozenset[str]) -> str:
    kept = [c for c in ("yes", "abstain", "no", "absent") if c in choices]
    return f" {say('ledger.or')} ".join(say(f"contradiction.choice_{c}") for c in kept)


def _conflict(claim: Claim, kind: Kind, why: str, row: Landmark) -> Conflict:
    told = say(
        "contradiction.record_roll_call", symbol=row.symbol, date=row.date.isoformat(), title=translated(row.title)
    )
    return Conflict(claim, kind, why, told, row.link or "")
