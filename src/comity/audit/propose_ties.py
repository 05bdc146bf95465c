"""Sentences about arms, trade, money, ranks, tiers, visits, memberships, dates and other figures.

Most of them leave something to a human: whose figures, which rule, which row. Those are listed with it, never run.
"""

from __future__ import annotations

import re
from typing import Any

from comity.audit.lexicon import NUMBERS, ORDINALS
from comity.audit.proposal import Read
from comity.audit.propose_votes import period_of
from comity.audit.sentence import Seen
from comity.states.groups import group

_NUMBER = "|".join((*NUMBERS[1:], r"\d[\d,]*"))
_ORDINAL = "|".join((*ORDINALS, r"\d+(?:st|nd|rd|th)"))
_ASKED = re.compile(r"\b(?:respondents?|survey\w*|polls?|polled|of (?:people|adults))\b", re.IGNORECASE)
_ARMS = re.compile(
    r"\b(?:arms|weapons?|armaments?|military (?:equipment|hardware|imports)|submarines?|frigates?|corvettes?|warships?"
    r"|fighters?|fighter jets|aircraft|tanks?|helicopters?|missiles?|SIPRI|TIV)\b"
)
_DELIVERED = re.compile(r"\b(?:[Dd]eliveries|[Ii]mports|[Pp]urchases|[Ss]ales)\b")
_PEAKED = re.compile(r"\bpeak(?:ed)?\b|\bhighest in\b|\blargest (?:deliveries|purchases)\b")
_SIPRI_SHARE = re.compile(
    r"\b(?:[Bb]y |[Ii]n )?SIPRI(?:'s|’s)?(?: trend[- ]indicator values?| TIV)?|\bsupplied\b|\barms imports\b"
)
_TRADE = re.compile(r"\b(?:trade|exports?|exported|imports?|imported|tariffs?|market)\b", re.IGNORECASE)
_INVESTED = re.compile(r"\b(?:invest\w+|FDI)\b")
_OWED = re.compile(r"\b(?:debt|loans?|aid|owed|forg[ai]ve\w*)\b")
_RANK = re.compile(
    rf"\b(?:rank(?:s|ed)? (?:{_ORDINAL}|\d+)|(?:(?:{_ORDINAL})[- ])?(?:largest|biggest|top|leading|main|closest) "
    r"(?:\w+ )?(?:partner|supplier|recipient|buyer|market|importer|exporter|donor|investor|client|customer)s?)\b"
)
_TIER = re.compile(
    r"\b(?:comprehensive )?(?:strategic|comprehensive) partner(?:s|ships?)?\b|\btop tier\b", re.IGNORECASE
)
_VISIT = re.compile(r"\b(?:visit(?:s|ed)?|came|come|arrived|followed|travelled|traveled|flew|received|hosted|met)\b")
_PERSON = re.compile(r"\b[A-ZÀ-Þ][\w’'-]+ [A-ZÀ-Þ][\w’'-]+")
_AGAIN = re.compile(rf"\b(?:{_ORDINAL}|once|twice|(?:{_NUMBER}) (?:times|visits))\b")
_MEMBER = re.compile(
    r"\b(?:was|is|were|are|became|become|been)(?: not| never)? (?:a |full )*members? of\b"
    r"|\b(?:joined|acceded to|entered)\b"
)
_WAS_MEMBER = re.compile(r"\bwas a member of\b")
_EVENT = re.compile(
    r"\b(?:signed|established|founded|invaded|annexed|entered into force|recogni[sz]ed|normali[sz]ed|lifted|imposed"
    r"|acceded|withdrew|dissolved|joined|upgraded|announced|declared|ratified|elected|opened|broke off)\b"
)


def survey(seen: Seen) -> Read | None:
    """A share of people asked."""
    if not seen.percents or not _ASKED.search(seen.text):
        return None
    return Read("survey", None, (("survey", {}),), seen.percents[0][0].text, period_of(seen))


def arms(seen: Seen) -> Read | None:
    """Deliveries of arms: shares, places, volumes, peaks, numbers of pieces."""
    text = seen.text
    worded = bool(_ARMS.search(text))
    if _PEAKED.search(text) and (worded or _DELIVERED.search(text)) and (seen.days or seen.years):
        return Read("arms-peak", None, (("arms", {}),), "", period_of(seen))
    if not worded or not seen.states:
        return None
    if seen.percents:
        return _arms_share(seen)
    if _RANK.search(text):
        return Read("arms-rank", None, (("measure", {}),), "", period_of(seen))
    if seen.money:
        return Read("arms-total", None, (("unit", {}),), seen.money[0][0].text, period_of(seen))
    number = re.search(rf"\b(?P<n>{_NUMBER}) (?:[\w-]+ ){{0,3}}?(?:{_ARMS.pattern})", text)
    return Read("arms-count", None, (("pieces", {}),), number["n"], period_of(seen)) if number else None


def _arms_share(seen: Seen) -> Read:
    """Run only where SIPRI is named, one supplier, one recipient, one share, one stretch, and not a word more."""
    found = list(_SIPRI_SHARE.finditer(seen.text))
    made = re.search(r"\bsupplied\b", seen.text)
    years = re.search(r"\b\d{4} ?[-–] ?\d{2,4}\b", seen.text)
    plain = "SIPRI" in seen.text and made and years and seen.years and len(seen.percents) == 1 and len(seen.ids) == 2
    if not (plain and made and years and seen.years):
        return Read("arms-share", None, (("measure", {}), ("period", {})), seen.percents[0][0].text, period_of(seen))
    words = [m.span() for m in found]
    left = seen.left_over([*words, years.span(), seen.percents[0][1]])
    before = [n for n in seen.states if n.at[1] < made.start()]
    if left or len(before) != 1 or "arms imports" not in seen.text:
        return Read("arms-share", None, (("more", {"words": " ".join(left[:8])}),), seen.percents[0][0].text)
    test: dict[str, Any] = {
        "kind": "arms-share",
        "supplier": before[0].state,
        "recipient": next(s for s in seen.ids if s != before[0].state),
        "period": f"{seen.years[0]}-{seen.years[1]}",
        "of": "imports",
    }
    return Read("arms-share", test, (), seen.percents[0][0].text, test["period"])


def trade(seen: Seen) -> Read | None:
    """Trade, investment, aid and debt in money."""
    if not seen.states or not (seen.money or (seen.percents and _TRADE.search(seen.text))):
        return None
    if not seen.money:
        return Read("figure", None, (("figure", {}),), seen.percents[0][0].text, period_of(seen))
    value = seen.money[0][0].text
    if _INVESTED.search(seen.text):
        return Read("investment", None, (("money", {}),), value, period_of(seen))
    if _OWED.search(seen.text):
        return Read("aid-debt", None, (("money", {}),), value, period_of(seen))
    if _TRADE.search(seen.text):
        return Read("trade-total", None, (("goods", {}),), value, period_of(seen))
    return Read("figure", None, (("figure", {}),), value, period_of(seen))


def rank(seen: Seen) -> Read | None:
    """A place among partners, suppliers, markets."""
    if not seen.states or not _RANK.search(seen.text):
        return None
    return Read("rank", None, (("measure", {}),), "", period_of(seen))


def tier(seen: Seen) -> Read | None:
    """A partnership with a name."""
    if not seen.states or not _TIER.search(seen.text) or not (seen.days or _AGAIN.search(seen.text)):
        return None
    return Read("tier-on-date", None, (("holder", {}),), "", period_of(seen))


def visit(seen: Seen) -> Read | None:
    """Who came where and when, or for which time."""
    who = _PERSON.search(seen.text) or seen.states
    if not who or not _VISIT.search(seen.text) or not (seen.days or _AGAIN.search(seen.text)):
        return None
    if not seen.states and not _PERSON.search(seen.text):
        return None
    return Read("visit", None, (("visit", {}),), "", period_of(seen))


def membership(seen: Seen) -> Read | None:
    """A state in a group: on a day, run; since when, listed."""
    if not seen.states or not seen.groups or not _MEMBER.search(seen.text):
        return None
    plain = _WAS_MEMBER.search(seen.text)
    day = seen.days[0] if len(seen.days) == 1 and seen.days[0][0][0] == seen.days[0][0][1] else None
    needs = (("joined", {}),) if not plain else (("day", {}),) if day is None else ()
    if needs or len(seen.ids) != 1 or len(seen.groups) != 1 or not plain or day is None:
        return Read("membership", None, needs or (("who", {}),), "", period_of(seen))
    name = group(seen.groups[0])
    at = [m.span() for n in (name.name, *name.aliases) for m in re.finditer(re.escape(n), seen.text)]
    left = seen.left_over([plain.span(), day[1], *at])
    needs = (("more", {"words": " ".join(left[:8])}),) if left else ()
    test = {"kind": "membership", "state": seen.ids[0], "group": name.id, "on": day[0][0].isoformat(), "member": True}
    return Read("membership", test, needs, "", period_of(seen))


def event(seen: Seen) -> Read | None:
    """Something that happened, with a date."""
    if not seen.states or not seen.days or not _EVENT.search(seen.text):
        return None
    return Read("date", None, (("row", {}),), "", period_of(seen))


def figure(seen: Seen) -> Read | None:
    """Any other share or sum that is said of a state, or of something named before."""
    printed = [*seen.percents, *seen.money]
    if not printed or not (seen.states or seen.days or re.search(r"\b(?:19|20)\d0s\b", seen.text)):
        return None
    return Read("figure", None, (("figure", {}),), printed[0][0].text, period_of(seen))
