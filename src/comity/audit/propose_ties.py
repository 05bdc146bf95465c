"""Sentences about arms, trade, money, ranks, tiers, visits, memberships, dates and other figures.

Most of them leave something to a human: whose figures, which rule, which row. Those are listed with it, never run.
"""

from __future__ import annotations

import re
from typing import Any

from comity.audit.lexicon import NUMBERS, ORDINALS
from comity.audit.proposal import Read
from comity.audit.propose_votes import YEARS, more, period_of
from comity.audit.sentence import PERCENT, Seen
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
_SIPRI = re.compile(r"\bSIPRI(?:(?:'s|’s)? (?:trend[- ]indicator values?|TIV))?(?![\w'’])")
_SUPPLIED = re.compile(
    r"(?:(?:By|In) Q, )?(?:P,? )?(?:[Tt]he )?S supplied F of (?:the )?S['’]s? arms imports(?: P)?(?: by Q| in Q)?[.!]?"
)
_TRADE = re.compile(r"\b(?:trade|exports?|exported|imports?|imported|tariffs?|market)\b", re.IGNORECASE)
_INVESTED = re.compile(r"\b(?:invest\w+|FDI)\b")
_OWED = re.compile(r"\b(?:debt|loans?|aid|owed|forg[ai]ve\w*)\b")
_RANK = re.compile(
    rf"\b(?:rank(?:s|ed)? (?:{_ORDINAL}|\d+)|(?:{_ORDINAL})[- ](?:largest|biggest|highest|most)"
    r"|(?:largest|biggest|top|leading|main|closest) (?:\w+ )?"
    r"(?:partner|supplier|recipient|buyer|market|importer|exporter|donor|investor|client|customer|lender|borrower|creditor)s?)\b"
)
_TIER = re.compile(
    r"\b(?:comprehensive )?(?:strategic|comprehensive) partner(?:s|ships?)?\b|\btop tier\b", re.IGNORECASE
)
_VISIT = re.compile(r"\b(?:visit(?:s|ed)?|came|come|arrived|followed|travelled|traveled|flew|received|hosted|met)\b")
_PERSON = re.compile(r"\b[A-ZÀ-Þ][\w’'-]+ [A-ZÀ-Þ][\w’'-]+")
_AGAIN = re.compile(rf"\b(?:{_ORDINAL}|once|twice|(?:{_NUMBER}) (?:times|visits))\b")
_MEMBER = re.compile(
    r"\b(?:was|is|were|are|became|become|been)(?: not| never)? "
    r"(?:an? |full |founding |permanent |non-permanent )*members? of\b"
    r"|\b(?:joined|acceded to|entered)\b"
)
_IN_GROUP = re.compile(r"(?:On D,? )?(?:[Tt]he )?S was a member of (?:the )?G(?: on D)?[.!]?")
_WAS_MEMBER = re.compile(r"\bwas a member of\b")
_EVENT = re.compile(
    r"\b(?:signed|established|founded|invaded|annexed|entered into force|recogni[sz]ed|normali[sz]ed|lifted|imposed"
    r"|acceded|withdrew|dissolved|joined|upgraded|announced|declared|ratified|elected|opened|broke off|became|ended"
    r"|launched|seized|gained|leased|bought|delivered)\b"
)
_SIGNED = re.compile(
    rf"\b(?:signed|exchanged|concluded) (?:{_NUMBER}) (?:\w+ )?"
    r"(?:agreements|documents|memoranda|deals|contracts)\b"
)
_IN_BODY = re.compile(r"\bmembers? of (?:the )?(?:UN |United Nations )?[A-Z]\w+(?: [A-Z]\w+)+")
_ONE_NAME = re.compile(r"^[A-ZÀ-Þ][\w’'-]+ (?:has |had )?(?:visited|came|arrived|travelled|flew|met)\b")


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
    value, at = seen.percents[0][0].text, seen.percents[0][1]
    source = [m.span() for m in _SIPRI.finditer(seen.text)]
    years = [m.span() for m in YEARS.finditer(seen.text)]
    if not source or seen.years is None or len(seen.percents) > 1 or len(seen.states) != 2 or len(seen.ids) != 2:
        return Read("arms-share", None, (("measure", {}), ("period", {})), value, period_of(seen))
    if not _SUPPLIED.fullmatch(seen.skeleton(Q=source, P=years, F=[at])):
        return Read("arms-share", None, (more(seen, [*source, *years, at]),), value, period_of(seen))
    supplier, recipient = seen.ids
    test: dict[str, Any] = {
        "kind": "arms-share",
        "supplier": supplier,
        "recipient": recipient,
        "period": f"{seen.years[0]}-{seen.years[1]}",
        "of": "imports",
    }
    return Read("arms-share", test, (), value, test["period"])


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
    who = seen.states or _PERSON.search(seen.text) or _ONE_NAME.search(seen.text)
    if not who or not _VISIT.search(seen.text) or not (seen.days or _AGAIN.search(seen.text)):
        return None
    return Read("visit", None, (("visit", {}),), "", period_of(seen))


def membership(seen: Seen) -> Read | None:
    """A state in a group: on a day, run; since when, listed."""
    if not seen.states or not _MEMBER.search(seen.text) or not (seen.groups or _IN_BODY.search(seen.text)):
        return None
    if not seen.groups:
        return Read("membership", None, (("group", {}),), "", period_of(seen))
    plain = _WAS_MEMBER.search(seen.text)
    day = seen.days[0] if len(seen.days) == 1 and seen.days[0][0][0] == seen.days[0][0][1] else None
    needs: tuple[tuple[str, dict[str, str]], ...] = (
        (("joined", {}),) if not plain else (("day", {}),) if day is None else ()
    )
    if needs or len(seen.ids) != 1 or len(seen.groups) != 1 or not plain or day is None:
        return Read("membership", None, needs or (("who", {}),), "", period_of(seen))
    name = group(seen.groups[0])
    at = [m.span() for n in (name.name, *name.aliases) for m in re.finditer(rf"\b{re.escape(n)}\b", seen.text)]
    sure = _IN_GROUP.fullmatch(seen.skeleton(G=at, D=[day[1]]))
    test = {"kind": "membership", "state": seen.ids[0], "group": name.id, "on": day[0][0].isoformat(), "member": True}
    return Read("membership", test, () if sure else (more(seen, [plain.span(), day[1], *at]),), "", period_of(seen))


def event(seen: Seen) -> Read | None:
    """Something that happened, with a date."""
    dated = seen.states and seen.days and _EVENT.search(seen.text)
    if not dated and not _SIGNED.search(seen.text):
        return None
    return Read("date", None, (("row", {}),), "", period_of(seen))


def figure(seen: Seen) -> Read | None:
    """Any other share or sum that is said of a state, or of something named before."""
    over = PERCENT.search(seen.text)
    if over and not seen.percents and seen.states:
        return Read("figure", None, (("over", {"figure": over[0].strip()}),), "", period_of(seen))
    printed = [*seen.percents, *seen.money]
    if not printed or not (seen.states or seen.days or re.search(r"\b(?:19|20)\d0s\b", seen.text)):
        return None
    return Read("figure", None, (("figure", {}),), printed[0][0].text, period_of(seen))


def rest(seen: Seen) -> Read | None:
    """A state named outright with a date or a number, in a form that no other reader knows."""
    if not any(n.sure for n in seen.states) or not re.search(rf"\d|\b(?:{'|'.join(NUMBERS[2:])})\b", seen.text):
        return None
    sort = "date" if seen.days or seen.years else "figure"
    return Read(sort, None, (("row" if sort == "date" else "figure", {}),), "", period_of(seen))
