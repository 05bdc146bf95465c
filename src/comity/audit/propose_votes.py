"""Sentences about votes, read as single votes, shares, counts, and statements about all or only some.

A test is written only where every word of the sentence is accounted for.
"""

from __future__ import annotations

import re
from typing import Any

from comity.audit.lexicon import CHOICES, NUMBERS, body_named, choices_named
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
_ADOPTED = re.compile(r"\b(?:General Assembly|Assembly)\b|\b(?:was )?adopted\b|\bresolution\b|\bby\b|\bvotes?\b")
_ON = r"(?: (?:on|for|against|of|in favou?r of))?(?: (?:the )?(?:General Assembly )?(?:[Rr]esolution|text))?"
_CAST = re.compile(rf"\b(?:abstained|voted (?:for|in favou?r|against))(?:{_ON})")
_QUANTIFIED = re.compile(
    r"\b(?:[Oo]nly(?! (?:about |some )?\d+(?:\.\d+)? ?(?:%|per ?cent))|[Aa]lone|[Ss]ole|[Nn]one of|[Nn]ever|[Aa]lways"
    r"|[Ee]very|[Ee]ach of|[Aa]ll (?:of|the|\w+ (?:permanent )?(?:members|states))|[Uu]nanimous\w*"
    r"|(?:was|is|were) the (?:very )?first)\b"
)
_SHARE_WORDS = re.compile(
    r"\b(?:voted alike|voted the same way)\b"
    r"|\bof (?P<of>all recorded votes|the recorded votes on which both cast a vote)\b"
    r"|\b(?:in the )?General Assembly\b|\bon (?P<issue>human rights)\b|\bin the years\b|\bbetween \d{4} and \d{4}\b"
    r"|\bfrom \d{4} to \d{4}\b|\b\d{4} ?[-–] ?\d{4}\b",
    re.IGNORECASE,
)
_TRAIL = ".!\"”’'"


def share(seen: Seen) -> Read | None:
    """A percentage of votes on which states chose alike or not."""
    if not seen.percents or not (_ALIKE.search(seen.text) or _VOTE.search(seen.text)):
        return None
    value = seen.percents[0][0].text
    needs = [("pair", {})] if len(seen.ids) != 2 else []
    needs += [("period", {})] if seen.years is None else []
    found = list(_SHARE_WORDS.finditer(seen.text))
    of = next((m["of"] for m in found if m["of"]), None)
    if of is None:
        needs.append(("denominator", {}))
    if not re.search(r"\bGeneral Assembly\b", seen.text):
        needs.append(("body", {}))
    alike = re.search(r"\b(?:voted alike|voted the same way)\b", seen.text)
    if not alike or len(seen.percents) > 1:
        needs.append(("category", {}))
    left = seen.left_over([*(m.span() for m in found), seen.percents[0][1]])
    if not needs and left:
        needs.append(("more", {"words": " ".join(left[:8])}))
    test: dict[str, Any] | None = None
    if not needs and seen.years:
        test = {
            "kind": "vote-share",
            "pair": list(seen.ids),
            "issue": "hr" if any(m["issue"] for m in found) else "all",
            "period": f"{seen.years[0]}-{seen.years[1]}",
            "category": "same",
            "of": "all" if of and of.startswith("all") else "cast",
        }
    return Read("vote-share", test, tuple(needs), value, period_of(seen))


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
    if not (seen.states or seen.groups) or not _QUANTIFIED.search(seen.text):
        return None
    return Read("quantified", None, (("domain", {}),), "", period_of(seen))


def single(seen: Seen) -> Read | None:
    """How states voted on one text, or its tally."""
    if not (_VOTE.search(seen.text) or (seen.symbols and "adopted" in seen.text)):
        return None
    if len(seen.symbols) > 1:
        return Read("single-vote", None, (("several", {}),))
    tally = _TALLY.search(seen.text)
    choices = choices_named(seen.text)
    if not seen.symbols:
        return _no_symbol(seen, bool(choices or tally))
    if tally:
        return _of_tally(seen, tally)
    if not choices or not seen.states:
        return None
    return _of_states(seen, sorted(choices))


def _no_symbol(seen: Seen, voted: bool) -> Read | None:
    """A vote on a day, or on a text that is not named: which roll call is for a human to say."""
    on_text = re.search(r"\b(?:resolution|text|motion|draft|vote)\b", seen.text)
    if not voted or not (seen.states or seen.groups) or not (on_text or seen.days):
        return None
    days = [d[0] for d, _ in seen.days if d[0] == d[1]]
    able = ", ".join(row.symbol for row in landmarks() if row.date in days)
    return Read(
        "single-vote", None, (("symbol_able", {"symbols": able}) if able else ("symbol", {}),), "", period_of(seen)
    )


def _of_tally(seen: Seen, tally: re.Match[str]) -> Read:
    symbol = SYMBOL.search(seen.text)
    assert symbol is not None
    spans = [
        symbol.span(),
        tally.span(),
        *(at for _, at in seen.days),
        *(m.span() for m in _ADOPTED.finditer(seen.text)),
    ]
    left = seen.left_over(spans)
    needs = (("more", {"words": " ".join(left[:8])}),) if left or seen.states else ()
    test: dict[str, Any] = {
        "kind": "single-vote",
        "symbol": seen.symbols[0],
        "tally": {choice: int(tally[choice]) for choice in ("yes", "no", "abstain")},
    }
    return Read("single-vote", _with_day(seen, test), needs, tally[0], period_of(seen))


def _of_states(seen: Seen, choices: list[str]) -> Read:
    symbol = SYMBOL.search(seen.text)
    cast = _CAST.search(seen.text)
    assert symbol is not None
    body = body_named(seen.text)
    spans = [symbol.span(), *([cast.span()] if cast else []), *(at for _, at in seen.days)]
    left = [w for w in seen.left_over(spans) if w.lower() not in ("both", "also")]
    after = cast is not None and any(n.at[0] > cast.start() for n in seen.states)
    needs: list[tuple[str, dict[str, str]]] = []
    if len(choices) > 1 or len(CHOICES[choices[0]].findall(seen.text)) > 1:  # type: ignore[index]
        needs.append(("several", {}))
    elif left or after or not cast or body not in (None, "GA"):
        needs.append(("more", {"words": " ".join(left[:8])}) if left else ("who", {}))
    votes = dict.fromkeys(seen.ids, choices[0])
    test: dict[str, Any] = {"kind": "single-vote", "symbol": seen.symbols[0], "votes": votes}
    return Read("single-vote", _with_day(seen, test), tuple(needs), "", period_of(seen))


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
