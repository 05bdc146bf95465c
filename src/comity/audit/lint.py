"""What is wrong with claims beyond their form: ids, references, states that were not there, figures without a unit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from comity.audit import tests_of as t
from comity.audit.claim import Claim, ClaimFile, Problem
from comity.audit.parts_of import DateRef, Part, read_period
from comity.audit.printed import Printed
from comity.audit.tests_over import Members, Quantified, RollCalls, Rows
from comity.errors import ComityError
from comity.model.period import Period
from comity.states.registry import registry
from comity.store.home import home
from comity.strands.ledgers.load import kind_of
from comity.strands.ledgers.row import Row
from comity.strands.ledgers.when import ends
from comity.study import ask, ledgers
from comity.votes.sets import load_set
from comity.votes.themes import themes

_SHARE = re.compile(r"[\d.,]+\s*%")


def of_file(made: ClaimFile) -> Iterator[Problem]:
    """Every problem of a file that is well formed."""
    yield from _ids(made)
    held = _Held()
    for claim in made.claims:
        yield from (Problem(claim.id, said) for said in _of_claim(claim, held))


def _of_claim(claim: Claim, held: _Held) -> Iterator[str]:
    """What is wrong with one claim."""
    try:
        printed_of(claim)
        yield from _figure(claim)
    except ComityError as err:
        yield str(err)
    yield from _references(claim.test, held)
    yield from _ended(claim)
    try:
        _seats(claim.test)
    except ComityError as err:
        yield str(err)


def printed_of(claim: Claim) -> Printed | None:
    """The figure that a claim prints: the test's, or its value where that is one. ComityError for a share over 100."""
    text = claim.test.printed or claim.value
    try:
        return Printed.parse(text)
    except ComityError:
        if claim.test.printed or _SHARE.fullmatch(text.strip()):
            raise
        return None


def _ids(made: ClaimFile) -> Iterator[Problem]:
    documents = Counter(d.id for d in made.documents)
    for id_ in (d for d, k in documents.items() if k > 1):
        yield Problem("documents", f"two documents are called {id_}")
    known: dict[str, Claim] = {}
    for claim in made.claims:
        if claim.id in known:
            yield Problem(claim.id, "another claim has this id")
        known.setdefault(claim.id, claim)
        if claim.document not in documents:
            yield Problem(claim.id, f"no such document: {claim.document}")
    for claim in made.claims:
        seen, at = {claim.id}, claim
        while at.repeats:
            if at.repeats not in known:
                if at is claim:
                    yield Problem(claim.id, f"no such claim to repeat: {at.repeats}")
                break
            at = known[at.repeats]
            if at.id in seen:
                yield Problem(claim.id, f"it repeats itself, by way of {at.id}")
                break
            seen.add(at.id)


_UNITS: tuple[tuple[type[Part], tuple[str, ...], str], ...] = (
    (t.VoteShare, ("percent",), "a share is printed with its unit: 75%"),
    (t.ArmsShare, ("percent",), "a share is printed with its unit: 80%"),
    (t.VoteCount, ("count",), "a number of votes is a whole number"),
    (t.RollCallCount, ("count",), "a number of votes is a whole number"),
    (t.VisitCount, ("count",), "a number of visits is a whole number"),
    (t.ArmsTotal, ("USD", "TIV"), "a volume is printed with its unit: TIV, or what the text writes (6.7 bn USD)"),
    (t.TradeTotal, ("USD",), "an amount is printed with its unit: 3.6 bn USD"),
)


def _figure(claim: Claim) -> Iterator[str]:
    """A figure where the kind of test needs one, in a unit of that kind."""
    test = claim.test
    wanted = next(((units, said) for kind, units, said in _UNITS if isinstance(test, kind)), None)
    needed = wanted is not None and not (isinstance(test, t.PairVotes) and test.than)
    if isinstance(test, t.LedgerFact) and test.figure:
        needed = True
    if not needed:
        return
    printed = printed_of(claim)
    if printed is None:
        got = claim.test.printed or claim.value
        yield f"no figure to hold it against (got {got!r}): give the test one, as printed"
    elif wanted is not None and printed.unit not in wanted[0]:
        yield f"{wanted[1]} (got {printed.text!r})"


def _references(test: t.Test, held: _Held) -> Iterator[str]:
    """Rows, fields, sets and themes that a test names; a scope that there is nothing to put in."""
    over_states = isinstance(test, Quantified) and isinstance(test.domain, Members)
    if test.scope and not (over_states or isinstance(test, t.Rank | t.Membership)):
        yield "scope is for ranks, memberships and statements over states: this test has no group to change"
    if isinstance(test, t.DateIs | t.LedgerFact):
        yield from _row(test.ledger, test.row, test.field, held)
        if isinstance(test, t.LedgerFact) and test.figure:
            yield from _row_figure(test, held)
    for ref in (getattr(test, name, None) for name in ("from_", "to", "first", "then")):
        if isinstance(ref, DateRef) and ref.ledger:
            yield from _row(ref.ledger, ref.row, ref.field, held)
    if isinstance(test, Quantified):
        yield from _quantified(test)
    if name := getattr(test, "set", ""):
        yield from _set(name)


def _quantified(test: Quantified) -> Iterator[str]:
    domain = test.domain
    if isinstance(domain, Rows):
        known = kind_of(domain.ledger).model_fields
        for field in (*domain.where, *test.predicate.row):
            if field not in known:
                yield f"rows of {domain.ledger} have no field {field}"
    if isinstance(domain, RollCalls):
        if domain.set:
            yield from _set(domain.set)
        if domain.theme and domain.theme not in {theme.id for theme in themes()}:
            yield f"no such theme: {domain.theme}"


def _set(name: str) -> Iterator[str]:
    try:
        load_set(name, [home() / "sets"])
    except ComityError as err:
        yield str(err)


class _Held(dict[str, dict[str, Row]]):
    """Rows by id of each ledger asked for, read once."""

    def __missing__(self, kind: str) -> dict[str, Row]:
        self[kind] = {row.id: row for row in ledgers.rows(kind_of(kind))}
        return self[kind]


def _row(ledger: str, row: str, field: str, held: _Held) -> Iterator[str]:
    if row not in held[ledger]:
        yield f"the ledger {ledger} has no row {row}"
    elif field and field not in kind_of(ledger).model_fields:
        yield f"rows of {ledger} have no field {field}"


def _row_figure(test: t.LedgerFact, held: _Held) -> Iterator[str]:
    row = held[test.ledger].get(test.row)
    if row is not None and test.figure not in {f.what for f in row.figures}:
        told = ", ".join(f.what for f in row.figures) or "none"
        yield f"the row {test.row} has no figure called {test.figure} (it has: {told})"


def _ended(claim: Claim) -> Iterator[str]:
    """States that had ceased to be before the time that a claim, or its test, speaks of."""
    test = claim.test
    named = [(s, claim.period) for s in claim.states]
    if isinstance(test, t.Arms):
        named += [(s, test.period) for s in (test.recipient, test.supplier) if s]
    elif isinstance(test, t.TradeTotal):
        named += [(s, str(test.year)) for s in (*(test.pair or ()), test.state) if s]
    elif isinstance(test, t.TierOnDate):
        named += [(s, test.on) for s in (test.holder, test.partner)]
    elif isinstance(test, t.Membership):
        named.append((test.state, test.on))
    elif isinstance(test, t.VisitCount):
        named += [(s, test.period) for s in test.pair]
    for state, when in dict.fromkeys(named):
        try:
            first = ask.days(read_period(when))[0] if ".." in when or len(when) == 9 else ends(when)[0]
        except (ComityError, ValueError):
            continue  # a period in words
        spells = registry().by_id[state].existence
        if spells and all(spell.end is not None and spell.end <= first for spell in spells):
            yield f"{registry().by_id[state].name} ({state}) was no state any more in {when}"


def _seats(test: t.Test) -> None:
    """StateDidNotExist where a state had no seat, or was none, at any time of the period asked about."""
    if isinstance(test, t.PairVotes | t.BreakDate):
        _seated(test.pair, test.span)
        if isinstance(test, t.PairVotes) and test.than:
            _seated(test.pair, read_period(test.than, test.clock))
    elif isinstance(test, t.Rank):
        _seated((test.state, test.partner), test.span)


def _seated(states: tuple[str, ...], period: Period) -> None:
    ask.require_seats([registry().by_id[s] for s in states], [period])
