"""Facts that a claim's test states outright."""

from __future__ import annotations

from collections.abc import Iterator

from comity.audit import facts as f
from comity.audit import tests_of as t
from comity.audit.claim import Claim
from comity.audit.lexicon import REST, acts_named
from comity.audit.parts_of import Selected, TestPart
from comity.audit.printed import Printed, Unit
from comity.audit.tests_over import Members, Quantified, Symbols
from comity.errors import ComityError
from comity.model.symbol import normalise_symbol
from comity.strands.intervals import Days
from comity.strands.ledgers.when import ends
from comity.votes.landmarks import landmark


def tested(claim: Claim) -> Iterator[f.Fact]:
    """One claim's facts by its test."""
    test = claim.test
    match test:
        case t.SingleVote():
            yield from _single(claim, test)
        case t.DateIs():
            row = frozenset({f"{test.ledger}/{test.row}/{test.field}"})
            yield f.Dated("row", row, frozenset(claim.states), ends(test.is_))
        case t.Membership():
            yield f.Standing(("member", test.state, test.group), str(test.member), ends(test.on))
        case t.TierOnDate():
            by = "tier" if test.tier else "place"
            yield f.Standing((by, test.holder, test.partner), test.tier or str(test.rank), ends(test.on))
        case Quantified():
            yield from _quantified(claim, test)
        case _:
            yield from _figure(claim, test)


def _single(claim: Claim, test: t.SingleVote) -> Iterator[f.Fact]:
    symbol = normalise_symbol(test.symbol) or test.symbol
    days = ends(test.on) if test.on else _day_of(symbol)
    about = frozenset(claim.states)
    for state, choices in test.votes.items():
        yield f.Ballot(state, frozenset(choices), days, symbol, about - {state})
    tally = tuple(sorted((choice, n) for choice, n in test.tally.items()))
    yield f.Motion(days, symbol, test.body, acts_named(claim.claim), tally, test.adopted, about)


def _day_of(symbol: str) -> Days | None:
    known = landmark(symbol)
    return (known.date, known.date) if known else None


def _quantified(claim: Claim, test: Quantified) -> Iterator[f.Fact]:
    domain, votes = test.domain, test.predicate.votes
    if isinstance(domain, Members) and test.form == "only" and test.predicate.voted:
        voted = test.predicate.voted
        groups = test.scope or (domain.states,)
        symbol = normalise_symbol(voted.symbol) or voted.symbol
        yield f.Only(symbol, frozenset(voted.choice), groups, ends(domain.on)[1], frozenset(test.who))
    if isinstance(domain, Symbols) and test.form == "all-of":
        for symbol in domain.symbols:
            plain = normalise_symbol(symbol) or symbol
            for state, choices in votes.items():
                others = frozenset(claim.states) - {state}
                yield f.Ballot(state, frozenset(choices), _day_of(plain), plain, others, always=True)


def _figure(claim: Claim, test: TestPart) -> Iterator[f.Fact]:
    """The figure printed, keyed by what it is of."""
    shape = _shape(test)
    if shape is None:
        return
    key, part, unit, rule = shape
    try:
        printed = Printed.parse(
            test.printed or claim.value, unit if not _has_unit(test.printed or claim.value) else None
        )
    except ComityError:
        return
    yield f.Figure(key, part, printed, bool(REST.search(claim.claim)), rule, claim.document)


def _has_unit(text: str) -> bool:
    return any(c.isalpha() or c == "%" for c in text)


def _shape(test: TestPart) -> tuple[f.Key, str, Unit | None, str] | None:
    """What a figure is of, which part of it, its unit where the text gives none, and the rule of counting."""
    match test:
        case t.VoteShare() | t.VoteCount():
            of = test.of if isinstance(test, t.VoteShare) else "all"
            if test.than:
                return None
            return (*_votes(test), *sorted(test.pair), of), test.category, None, ""
        case t.RollCallCount():
            return _votes(test), "all", None, ""
        case t.Rank():
            ranked = ("rank", test.state, test.partner, test.chosen, test.span.label, test.by, test.among or "")
            return ranked, "rank", "rank", ""
        case t.ArmsShare() | t.ArmsRank() | t.ArmsTotal():
            sent = ("arms", test.recipient, test.supplier or "", test.period, test.of)
            return sent, test.kind, "rank" if isinstance(test, t.ArmsRank) else None, ""
        case t.TradeTotal():
            return ("trade", *sorted(test.pair or (test.state or "",)), str(test.year), test.flow), "total", None, ""
        case t.VisitCount():
            met = ("visits", *sorted(test.pair), test.person, test.host or "", test.period)
            return met, "count", "count", test.rule
    return None


def _votes(test: Selected) -> f.Key:
    """The selection of roll calls; the key of a number of them, and the beginning of that of a share or count."""
    return ("votes", test.chosen, test.span.label, test.clock)
