"""Sentences about votes, read as single votes, shares, counts, and statements about all or only some.

A test is written only where every word of the sentence is accounted for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from comity.audit.lexicon import NUMBERS, choices_named
from comity.audit.proposal import Read
from comity.audit.sentence import SYMBOL, Seen
from comity.votes.landmarks import landmarks

_NUMBER = "|".join((*NUMBERS[1:], r"\d[\d,]*"))
_VOTE = re.compile(r"\b(?:vot(?:e|es|ed|ing)|abst(?:ain|ention)\w*|roll[- ]calls?|ballots?)\b", re.IGNORECASE)
_ALIKE = re.compile(
    r"\b(?:vot(?:ed|ing) (?:alike|together|the same way|identically)|cast the same votes?|agreed|same vote"
    r"|opposite votes?|votes? cast alike|shared votes)\b"
)
_TEXTS = r"(?:recorded votes?|roll[- ]calls?|resolutions?|texts?|votes?|motions?)"
_COUNTED = re.compile(rf"\b(?P<n>{_NUMBER}) (?:\w+ ){{0,2}}?{_TEXTS}\b", re.IGNORECASE)
_TALLY = re.compile(
    r"\b(?P<yes>\d{1,3}) (?:votes? )?(?:to|in favou?r(?:,| and)?) (?P<no>\d{1,3})(?: against)?,?(?: and| with)? "
    r"(?P<abstain>\d{1,3}) abst(?:entions|aining|ained)\b"
)
_STATE = r"(?:[Tt]he )?S"
_STATES = rf"(?:[Bb]oth )?{_STATE}(?:(?:, {_STATE})*,? and {_STATE})?(?: both)?"
_TEXT = r"(?:the )?(?:General Assembly )?(?:[Rr]esolution |text )?Y"
_BALLOT = re.compile(
    rf"(?:On D,? )?{_STATES} (?:abstained on|voted for|voted against|voted in favou?r of) {_TEXT}(?: on D)?"
    r"(?: in the General Assembly)?(?: on D)?[.!]?"
)
_ADOPTED = re.compile(
    rf"(?:On D,? )?[Tt]he (?:UN )?General Assembly (?:had )?adopted {_TEXT}(?: on D)?,? by T(?: on D)?[.!]?"
    rf"|(?:On D,? )?{_TEXT} was adopted(?: on D)?,? by T(?: on D)?[.!]?"
)
_SHARE = re.compile(
    rf"(?:P,? )?{_STATE} and {_STATE} (?:voted alike|voted the same way) on F of O in the (?:UN )?General Assembly"
    r"(?: on human rights)?(?: P)?[.!]?"
)
_OF = re.compile(r"\b(?:all recorded votes|the recorded votes on which both cast a vote)\b")
YEARS = re.compile(
    r"\b(?:[Ii]n |[Ff]rom |[Bb]etween )?(?:\d{4} ?[-–] ?\d{2,4}|(?<=rom )\d{4} to \d{4}|(?<=een )\d{4} and \d{4})"
)
_CAST = re.compile(r"\b(?:abstained|voted (?:for|in favou?r|against))\b")
_PLAIN = re.compile(
    r"\b(?:General Assembly|[Rr]esolution|text|voted alike|voted the same way|voted|abstained|favou?r|against|for"
    r"|adopted|human rights|both|votes?|of|by)\b"
)
_ON_TEXT = re.compile(r"\b(?:resolution|text|motion|draft|vote)\b")
_BACKED = re.compile(
    r"\b(?:backed|endorsed|rejected|approved|supported|stayed away from|did not take part in|was absent from)\b"
)
_VOTED = re.compile(r"\bvoted (?:yes|no|for|against|in favou?r)\b")
_VOTED_TO = re.compile(r"\bvoted \d{1,3} to \d{1,3}\b")
_STATES_COUNTED = re.compile(
    rf"\b(?:{_NUMBER}) (?:other )?(?:countries|states|members?|delegations|nations)\b", re.IGNORECASE
)
_PART_OF = re.compile(
    rf"\b(?:[Hh]alf|[Mm]ost|[Aa] (?:third|quarter|majority)|[Tt]wo[- ]thirds|(?:{_NUMBER})) of (?:the |its )?",
    re.IGNORECASE,
)
_QUANTIFIED = re.compile(
    r"\b(?:[Oo]nly(?! (?:about |some )?\d+(?:\.\d+)? ?(?:%|per ?cent))|[Aa]lone|[Ss]ole|[Nn]one of|[Nn]ever|[Aa]lways"
    r"|[Ee]very|[Ee]ach of|[Aa]ll (?:of|the|\w+ (?:permanent )?(?:members|states))|[Uu]nanimous\w*"
    r"|(?:was|is|were) the (?:very )?first)\b"
)


def share(seen: Seen) -> Read | None:
    """A percentage of votes on which states chose alike or not."""
    if not seen.percents or not (_ALIKE.search(seen.text) or _VOTE.search(seen.text)):
        return None
    value, at = seen.percents[0][0].text, seen.percents[0][1]
    of, years = _OF.search(seen.text), [m.span() for m in YEARS.finditer(seen.text)]
    needs: list[tuple[str, dict[str, str]]] = [("pair", {})] if len(seen.ids) != 2 else []
    needs += [("period", {})] if seen.years is None else []
    needs += [("denominator", {})] if of is None else []
    needs += [] if "General Assembly" in seen.text else [("body", {})]
    alike = re.search(r"\b(?:voted alike|voted the same way)\b", seen.text)
    needs += [] if alike and len(seen.percents) == 1 else [("category", {})]
    if needs or of is None or seen.years is None:
        return Read("vote-share", None, tuple(needs), value, period_of(seen))
    if not _SHARE.fullmatch(seen.skeleton(P=years, F=[at], O=[of.span()])):
        return Read("vote-share", None, (more(seen, [*years, at, of.span()]),), value, period_of(seen))
    test: dict[str, Any] = {
        "kind": "vote-share",
        "pair": list(seen.ids),
        "issue": "hr" if "on human rights" in seen.text else "all",
        "period": f"{seen.years[0]}-{seen.years[1]}",
        "category": "same",
        "of": "all" if of[0].startswith("all") else "cast",
    }
    return Read("vote-share", test, (), value, test["period"])


def count(seen: Seen) -> Read | None:
    """A number of recorded votes: of a pair or a state, or of all that were taken."""
    found = _COUNTED.search(seen.text)
    if not found or seen.symbols or _TALLY.search(seen.text):
        return None
    taken = re.search(r"\b(?:took|held|recorded|adopted|voted on)\b", seen.text)
    if not seen.states and not (taken and re.search(r"\b(?:Assembly|Council)\b", seen.text)):
        return None
    sort = "vote-count" if seen.states else "roll-call-count"
    return Read(
        sort,
        None,
        (("issue", {}), ("period", {})) if seen.years is None else (("issue", {}),),
        found["n"],
        period_of(seen),
    )


def quantified(seen: Seen) -> Read | None:
    """Only, alone, all, never, always, the first: a statement over a domain that a human has to name."""
    part = _PART_OF.search(seen.text)
    of_states = part is not None and _VOTE.search(seen.text) and (seen.groups or seen.states)
    if not (seen.states or seen.groups) or not (_QUANTIFIED.search(seen.text) or of_states) or seen.symbols:
        return None
    return Read("quantified", None, (("domain", {}),), "", period_of(seen))


def single(seen: Seen) -> Read | None:
    """How states voted on one text, or its tally."""
    if not (_VOTE.search(seen.text) or _BACKED.search(seen.text) or (seen.symbols and "adopted" in seen.text)):
        return None
    if len(seen.symbols) > 1:
        return Read("single-vote", None, (("several", {}),))
    tally = _TALLY.search(seen.text)
    choices = choices_named(seen.text)
    if not seen.symbols:
        return _no_symbol(seen, bool(choices or tally))
    if tally:
        return _of_tally(seen, tally)
    if not choices:
        return None
    if not seen.states:
        return Read("single-vote", None, (("who", {}),), "", period_of(seen))
    return _of_states(seen, sorted(choices))


def _no_symbol(seen: Seen, voted: bool) -> Read | None:
    """A vote on a day, or on a text that is not named: which roll call is for a human to say."""
    on_text = _ON_TEXT.search(seen.text)
    counted = _STATES_COUNTED.search(seen.text) or _VOTED_TO.search(seen.text)
    said = voted and "abstained from" not in seen.text
    backed = bool(on_text and _BACKED.search(seen.text))
    if not (counted and (said or backed or on_text)) and not ((said or backed) and (seen.states or seen.groups)):
        return None
    if said and not counted and not on_text and not seen.days and not _VOTED.search(seen.text):
        return None
    days = [d[0] for d, _ in seen.days if d[0] == d[1]]
    able = ", ".join(row.symbol for row in landmarks() if row.date in days)
    return Read(
        "single-vote", None, (("symbol_able", {"symbols": able}) if able else ("symbol", {}),), "", period_of(seen)
    )


def _of_tally(seen: Seen, tally: re.Match[str]) -> Read:
    symbol = SYMBOL.search(seen.text)
    assert symbol is not None
    dates = [at for _, at in seen.days]
    plain = _ADOPTED.fullmatch(seen.skeleton(Y=[symbol.span()], T=[tally.span()], D=dates))
    needs = () if plain else (more(seen, [symbol.span(), tally.span(), *dates]),)
    test: dict[str, Any] = {
        "kind": "single-vote",
        "symbol": seen.symbols[0],
        "tally": {choice: int(tally[choice]) for choice in ("yes", "no", "abstain")},
    }
    return Read("single-vote", _with_day(seen, test), (*needs, *_day_needed(seen)), tally[0], period_of(seen))


def _of_states(seen: Seen, choices: list[str]) -> Read:
    symbol = SYMBOL.search(seen.text)
    assert symbol is not None
    dates = [at for _, at in seen.days]
    needs: list[tuple[str, Mapping[str, str]]] = []
    if len(choices) > 1 or len(_CAST.findall(seen.text)) > 1:
        needs.append(("several", {}))
    elif not _BALLOT.fullmatch(seen.skeleton(Y=[symbol.span()], D=dates)):
        needs.append(more(seen, [symbol.span(), *dates]))
    test: dict[str, Any] = {
        "kind": "single-vote",
        "symbol": seen.symbols[0],
        "votes": dict.fromkeys(seen.ids, choices[0]),
    }
    return Read("single-vote", _with_day(seen, test), (*needs, *_day_needed(seen)), "", period_of(seen))


def more(seen: Seen, spans: Iterable[tuple[int, int]]) -> tuple[str, Mapping[str, str]]:
    """What a sentence says beside what was read; where that is no word, that its form is not a plain one."""
    left = seen.left_over([*spans, *(m.span() for m in _PLAIN.finditer(seen.text))])
    return ("more", {"words": " ".join(left[:8])}) if left else ("form", {})


def _day_needed(seen: Seen) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """A date of a vote that is not one day is not held against the record by the test."""
    return (("day", {}),) if len(seen.days) > 1 or any(d[0] != d[1] for d, _ in seen.days) else ()


def _with_day(seen: Seen, test: dict[str, Any]) -> dict[str, Any]:
    if len(seen.days) == 1 and seen.days[0][0][0] == seen.days[0][0][1]:
        test["on"] = seen.days[0][0][0].isoformat()
    return test


def period_of(seen: Seen) -> str:
    """The one date or stretch that a sentence names, as in a claim file; "" where none or several."""
    if seen.years:
        return f"{seen.years[0]}-{seen.years[1]}"
    if len(seen.days) != 1:
        return ""
    (first, last), _ = seen.days[0]
    if first == last:
        return first.isoformat()
    return str(first.year) if first.month != last.month else f"{first:%Y-%m}"
