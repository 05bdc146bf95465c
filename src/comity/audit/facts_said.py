"""Facts that the words of a claim state: votes, dates of what happens once, visits, jubilees, trends, company.

Only by closed word lists and only where one reading is left; the claim's own states and period say who and when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.audit import facts as f
from comity.audit.claim import Claim
from comity.audit.lexicon import (
    MONTHS,
    NUMBERS,
    ORDINALS,
    acts_named,
    body_named,
    choices_named,
    number_of,
    trend_named,
)
from comity.audit.tests_of import SingleVote
from comity.states.registry import registry
from comity.states.resolve import meanings
from comity.strands.intervals import Days
from comity.strands.ledgers.kinds import Choice

_ALWAYS = re.compile(r"\b(?:always|whenever|when|(?:every|each) time)\b")
_ONCE = {
    "agreement": r"\b(?:agreement|treaty|pact|accord)\b",
    "lease": r"\bleas(?:e|ed)\b(?! term| payments)",
    "withdrawal": r"\bwithdr[ae]w\w*",
    "founding": r"\b(?:set up|was formed|founded|was established)\b",
    "invasion": r"\b(?:invaded|invasion of|intervened in)\b",
    "annexation": r"\bannex\w+",
    "dissolution": r"\b(?:dissolved|broke up|break-up|dissolution)\b",
    "joining": r"\b(?:joined|acceded|became a member)\b",
    "partnership": r"\b(?:became|become|upgraded|signed) (?:an? |to an? )?(?:comprehensive )?strategic partner\w*",
}
"""Classes of what happens once to a thing. Visits, elections and exercises come again, and are not here."""
_NUMBER = "|".join((*NUMBERS[1:], r"\d+"))
_FIRST_IN = re.compile(rf"\bfirst\b[^.]{{0,30}}?\bin\b (?:more than |over |> ?)?(?P<n>a decade|(?:{_NUMBER}) years)")
_SINCE = re.compile(
    r"\b(?:ties|relations)\b[^.]{0,30}\b(?:go back to|since|established in|date from)\b[^.]{0,12}(?:18|19|20)\d\d",
    re.IGNORECASE,
)
_JUBILEE = re.compile(rf"\b(?P<n>{'|'.join(ORDINALS)}|\d+(?:st|nd|rd|th)) anniversary\b")
_VISITED = re.compile(r"\b(?:visit(?:ed)?|attended|came|landed|went|travelled)\b")
_ONE_OF = re.compile(rf"\bone of (?:the )?(?P<n>{_NUMBER})\b")
_RARE = re.compile(r"\b(?:rare|isolated|lone|sole|exceptional)\b")
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
_LONGEST = 400
"""Days within which one dated thing must lie to have a date at all."""
_COMMON = {
    "Their", "His", "Its", "Both", "As", "For", "A", "An", "When", "While", "Until", "Before",
    "In", "The", "They", "On", "It", "That", "This", "He", "She", "After", "From", "Photo", "With", "By", "And", "Then",
    "Caption", "Since", "During", "At", "Treaty", "Agreement", "President", "Prime", "Minister", "Premier", "Deputy",
    "Foreign", "Ambassador", "Secretary", "General", "Soviet", "Russian", "Vietnamese", "Chinese", "American", "US",
    "USSR", "Moscow", "Hanoi", "Washington", "Beijing", "Kremlin", "Thursday", "UN", *MONTHS,
}  # fmt: skip


def said(claim: Claim, before: Claim | None = None) -> Iterator[f.Fact]:
    """One claim's facts by its words."""
    days = f.days_of(claim.period)
    if claim.type == "causal/opinion" or claim.type in ("vote-share", "treaty", "trade", "visit"):
        yield from _trend(claim, days)
    if claim.type == "single-vote" and days:
        yield from _vote(claim, days)
    if claim.type == "visit" and days:
        yield from _visit(claim, days)
    if days and claim.type not in ("single-vote", "vote-share", "visit"):
        yield from _once(claim, days, before)
    yield from _jubilee(claim, days)


def _trend(claim: Claim, days: Days | None) -> Iterator[f.Fact]:
    way = trend_named(claim.claim)
    if way and days and len(claim.states) == 2:
        yield f.Trend(frozenset(claim.states), days, 1 if way > 0 else -1)


def _vote(claim: Claim, days: Days) -> Iterator[f.Fact]:
    known = isinstance(claim.test, SingleVote)  # the test says on which roll call, and what
    choices, state = _choices(claim), claim.states[0] if claim.states else ""
    voter = state and (claim.claim.startswith("It ") or _subject(claim.claim) in ("", state))
    if choices and voter:
        others = frozenset(claim.states) - {state}
        always = days[1] != days[0] and bool(_ALWAYS.search(claim.claim))
        if not known and (always or days[0] == days[1]):
            yield f.Ballot(state, choices, days, "", others, always)
        company = _ONE_OF.search(claim.claim)
        if company or _RARE.search(claim.claim):
            n = number_of(company["n"]) if company else None
            yield f.Company(state, choices, days, n, n is None)
    if days[0] == days[1] and not known:
        yield f.Motion(days, "", body_named(claim.claim), acts_named(claim.claim), about=frozenset(claim.states))


def _choices(claim: Claim) -> frozenset[Choice]:
    """The choices that the value names, else the sentence."""
    given = claim.value.strip().lower()
    alone: dict[str, Choice] = {"yes": "yes", "no": "no", "abstain": "abstain", "abstained": "abstain"}
    if given in alone:
        return frozenset({alone[given]})
    return choices_named(claim.value) or choices_named(claim.claim)


def _subject(text: str) -> str:
    """The first state that stands before a verb of voting; "" where none is named there."""
    head = re.split(r"\b(?:voted?|abst\w+|was one of|casts?)\b", text, maxsplit=1)[0]
    named = [m.state for name in _NAME.findall(head) for m in meanings(name, "name") if m.spell.end is None]
    return named[0] if named else ""


def _visit(claim: Claim, days: Days) -> Iterator[f.Fact]:
    verb = _VISITED.search(claim.claim)
    people = _names(claim.claim[: verb.start()], claim.states) if verb else []
    if len(claim.states) != 2 or len(people) != 1 or (days[1] - days[0]).days > _LONGEST:
        return
    first = _FIRST_IN.search(claim.claim)
    years = None
    if first:
        years = 10.0 if first["n"] == "a decade" else float(number_of(first["n"].split()[0]) or 0)
    official = bool(re.search(r"\b(?:official|state)\b (?:visit|trip)", claim.claim))
    yield f.Visit(people[0], frozenset(claim.states), days, official, years)


def _once(claim: Claim, days: Days, before: Claim | None) -> Iterator[f.Fact]:
    if (days[1] - days[0]).days > _LONGEST:
        return
    things = frozenset(_names(claim.claim, claim.states)) or _carried(claim, before)
    for what, words in _ONCE.items():
        if things and re.search(words, claim.claim, re.IGNORECASE):
            yield f.Dated(f"{claim.type}: {what}", things, frozenset(claim.states), days)


def _carried(claim: Claim, before: Claim | None) -> frozenset[str]:
    """The names of the claim before, where it is of the same sentence's line and sort."""
    if before is None or (before.document, before.type) != (claim.document, claim.type):
        return frozenset()
    same_line = claim.location.split(",")[0] == before.location.split(",")[0] != ""
    return frozenset(_names(before.claim, before.states)) if same_line else frozenset()


def _jubilee(claim: Claim, days: Days | None) -> Iterator[f.Fact]:
    states = frozenset(claim.states)
    if days and (found := _JUBILEE.search(claim.claim)):
        word = found["n"]
        years = ORDINALS.get(word) or int(re.sub(r"\D", "", word))
        yield f.Jubilee(states, days, years)
    elif days and _SINCE.search(claim.claim) and (days[1] - days[0]).days <= _LONGEST:
        yield f.Jubilee(states, days)


def _names(text: str, of: tuple[str, ...]) -> list[str]:
    """Names in a text that are no state, month, office or word that begins a sentence."""
    states = {registry().by_id[s].english for s in of}
    found = []
    for run in _NAME.findall(text):
        kept = " ".join(w for w in run.split() if w.removesuffix("'s").removesuffix("’s") not in _COMMON)
        bare = kept.removesuffix("'s").removesuffix("’s")
        if bare and bare not in states and not meanings(bare, "name"):
            found.append(bare)
    return list(dict.fromkeys(found))
