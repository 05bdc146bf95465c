"""When two facts cannot both hold: one rule a pair of kinds of fact, each with its reason in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Literal

from comity.audit import facts as f
from comity.audit.lexicon import EXPEL, SUSPEND
from comity.audit.printed import Printed
from comity.model.language import numeral
from comity.model.words import say
from comity.states.groups import group
from comity.strands.intervals import Days
from comity.strands.ledgers.load import kind_of
from comity.strands.translated import translated
from comity.study import ledgers

Kind = Literal["value", "date", "body", "unit", "count-rule", "scope", "judgement"]
KINDS: tuple[Kind, ...] = ("value", "date", "body", "unit", "count-rule", "scope", "judgement")
Found = tuple[Kind, str]
_SAME_EVENT = timedelta(days=3 * 366)
"""Two dates further apart than this are of two events, not of one told twice."""
_MANY = 20
"""From so many in company a choice is not rare: a tenth of the members of the Assembly."""
_PARTS = {"opposite": "diverged", "ambivalent": "diverged"}


def clash(a: f.Fact, b: f.Fact) -> Found | None:
    """Why two facts cannot both hold, None where they can or where it cannot be told."""
    for first, second, rule in _RULES:
        if isinstance(a, first) and isinstance(b, second):
            found = rule(a, b)
            if found:
                return found
        if first is not second and isinstance(b, first) and isinstance(a, second):
            found = rule(b, a)
            if found:
                return found
    return None


def _figures(a: f.Figure, b: f.Figure) -> Found | None:
    if a.key != b.key:
        return _of_so_many(a, b) or _of_so_many(b, a)
    if a.part == b.part:
        return _two_values(a, b)
    if (a.printed.unit, b.printed.unit) != ("percent", "percent"):
        return None
    if a.rest or b.rest:
        return _not_the_rest(a.printed, b.printed)
    if _PARTS.get(a.part) == b.part or _PARTS.get(b.part) == a.part:
        part, whole = (a, b) if _PARTS.get(a.part) == b.part else (b, a)
        if part.printed.bounds()[0] > whole.printed.bounds()[1]:
            return "value", say("contradiction.part", part=part.printed.text, whole=whole.printed.text)
        return None
    if {a.part, b.part} == {"same", "diverged"} and a.printed.bounds()[0] + b.printed.bounds()[0] > 100:
        return "value", say("contradiction.over", a=a.printed.text, b=b.printed.text)
    return None


def _of_so_many(whole: f.Figure, part: f.Figure) -> Found | None:
    """A share that no whole number out of the roll calls gives, or more roll calls than there are, in one document."""
    if whole.part != "all" or part.key[:-3] != whole.key or part.document != whole.document or part.key[-1] != "all":
        return None
    n = whole.printed
    if n.unit != "count" or n.about or n.op or part.printed.counts(int(n.value)):
        return None
    return "count-rule", say("contradiction.of_so_many", part=part.printed.text, n=n.text)


def _two_values(a: f.Figure, b: f.Figure) -> Found | None:
    if a.printed.unit != b.printed.unit:
        money = {a.printed.unit, b.printed.unit} <= {"USD", "TIV"}
        return ("unit", say("contradiction.unit", a=a.printed.text, b=b.printed.text)) if money else None
    (low, high), (low_b, high_b) = a.printed.bounds(), b.printed.bounds()
    if low <= high_b and low_b <= high:
        return None
    kind: Kind = "count-rule" if a.rule != b.rule else "value"
    return kind, say(f"contradiction.{'rules' if a.rule != b.rule else 'value'}", a=a.printed.text, b=b.printed.text)


def _not_the_rest(a: Printed, b: Printed) -> Found | None:
    low, high = (x + y for x, y in zip(a.bounds(), b.bounds(), strict=True))
    if low <= 100 <= high:
        return None
    return "count-rule", say("contradiction.rest", a=a.text, b=b.text, total=f"{numeral(a.value + b.value, 'g')} %")


def _ballots(a: f.Ballot, b: f.Ballot) -> Found | None:
    if a.state != b.state or a.choices & b.choices:
        return None
    named = bool(a.symbol and b.symbol)
    if named and a.symbol == b.symbol:
        kind: Kind = "scope" if a.always or b.always else "value"
        return kind, say("contradiction.vote", a=_or(a), b=_or(b), of=a.symbol)
    if not (a.days and b.days) or a.always == b.always:
        return None
    every, one = (a, b) if a.always else (b, a)
    assert every.days and one.days
    if every.symbol or not (every.days[0] <= one.days[0] and one.days[1] <= every.days[1]):
        return None
    if not every.about & one.about:
        return None
    return "scope", say("contradiction.always", every=_or(every), one=_or(one), day=one.days[0].isoformat())


def _or(ballot: f.Ballot) -> str:
    order = ("yes", "abstain", "no", "absent")
    return f" {say('ledger.or')} ".join(say(f"contradiction.choice_{c}") for c in order if c in ballot.choices)


def _motions(a: f.Motion, b: f.Motion) -> Found | None:
    if not _one_vote(a, b):
        return None
    if a.body and b.body and a.body != b.body:
        return "body", say("contradiction.body", a=say(f"contradiction.{a.body}"), b=say(f"contradiction.{b.body}"))
    if (SUSPEND in a.acts and b.acts == {EXPEL}) or (SUSPEND in b.acts and a.acts == {EXPEL}):
        return "body", say("contradiction.act")
    counts = dict(b.tally)
    for choice, n in a.tally:
        if counts.get(choice, n) != n:
            return "value", say(
                "contradiction.tally", choice=say(f"contradiction.choice_{choice}"), a=n, b=counts[choice]
            )
    if None not in (a.adopted, b.adopted) and a.adopted != b.adopted:
        return "value", say("contradiction.adopted")
    return None


def _one_vote(a: f.Motion, b: f.Motion) -> bool:
    if a.symbol and b.symbol:
        return a.symbol == b.symbol
    return bool(a.days and a.days == b.days and a.days[0] == a.days[1] and a.about & b.about)


def _dated(a: f.Dated, b: f.Dated) -> Found | None:
    if a.what != b.what or not a.things & b.things or f.meet(a.days, b.days):
        return None
    if a.what != "row" and (not _same_pair(a.states, b.states) or _gap(a.days, b.days) > _SAME_EVENT):
        return None
    thing = sorted(a.things & b.things)[0]
    thing = _title(thing) if a.what == "row" else thing
    return "date", say("contradiction.date", thing=thing, a=told(a.days), b=told(b.days))


def _title(place: str) -> str:
    """What a ledger row is called; its place where no ledger at hand has it."""
    kind, id_, _ = place.split("/")
    return next((translated(row.title) for row in ledgers.rows(kind_of(kind)) if row.id == id_), place)


def _same_pair(a: frozenset[str], b: frozenset[str]) -> bool:
    return a == b or (len(a & b) > 1)


def _gap(a: Days, b: Days) -> timedelta:
    return max(a[0], b[0]) - min(a[1], b[1])


def _visits(a: f.Visit, b: f.Visit) -> Found | None:
    """Said to be the first in so many years, and another within them."""
    if a.person.split()[-1] != b.person.split()[-1] or a.states != b.states:
        return None
    for first, other in ((a, b), (b, a)):
        if first.first_in is None:
            continue
        since = first.days[0] - timedelta(days=first.first_in * 365.25)
        if since <= other.days[0] and other.days[1] < first.days[0]:
            kind: Kind = "count-rule" if first.official != other.official else "date"
            return kind, say(
                "contradiction.first_in", years=numeral(first.first_in, "g"), a=told(first.days), b=told(other.days)
            )
    return None


def _jubilees(a: f.Jubilee, b: f.Jubilee) -> Found | None:
    """A jubilee kept in no year in which it could fall."""
    since, kept = (a, b) if a.years is None else (b, a)
    if kept.years is None or since.years is not None or a.states != b.states:
        return None
    due = since.days[0].year + kept.years, since.days[1].year + kept.years
    if kept.days[0].year <= due[1] and due[0] <= kept.days[1].year:
        return None
    return "date", say("contradiction.jubilee", years=kept.years, since=told(since.days), kept=told(kept.days))


def _trends(a: f.Trend, b: f.Trend) -> Found | None:
    if a.states != b.states or a.way == b.way or not f.meet(a.days, b.days):
        return None
    shared = min(a.days[1], b.days[1]) - max(a.days[0], b.days[0])
    if shared.days < min(365, (a.days[1] - a.days[0]).days, (b.days[1] - b.days[0]).days):
        return None
    return "judgement", say("contradiction.trend", a=told(a.days), b=told(b.days))


def _company(a: f.Company, b: f.Company) -> Found | None:
    if a.state != b.state or not a.choices & b.choices or a.days != b.days:
        return None
    if a.rare == b.rare:
        differ = a.number is not None and b.number is not None and a.number != b.number
        return ("value", say("contradiction.value", a=a.number, b=b.number)) if differ else None
    number = b.number if a.rare else a.number
    return ("judgement", say("contradiction.rare", n=number)) if number is not None and number >= _MANY else None


def _standings(a: f.Standing, b: f.Standing) -> Found | None:
    if a.what != b.what or a.is_ == b.is_ or not (a.days == b.days and a.days[0] == a.days[1]):
        return None
    return "value", say("contradiction.standing", day=a.days[0].isoformat(), a=a.is_, b=b.is_)


def _only(a: f.Only, b: f.Ballot) -> Found | None:
    if a.symbol != b.symbol or not b.choices <= a.choices or b.state in a.who:
        return None
    inside = [g for g in a.groups if any(m.state == b.state and a.on in m.spell for m in group(g).memberships)]
    return ("scope", say("contradiction.only", state=b.state, group=group(inside[0]).name)) if inside else None


def told(days: Days) -> str:
    """A stretch of days as a person writes it."""
    first, last = days
    if first == last:
        return first.isoformat()
    if last.year == 9999:
        return say("contradiction.from", day=first.year)
    if (first.day, (last + timedelta(days=1)).day) == (1, 1):
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%Y-%m}"
        if (first.month, last.month) == (1, 12):
            return str(first.year) if first.year == last.year else f"{first.year}-{last.year}"
    return f"{first.isoformat()}..{last.isoformat()}"


_Rule = tuple[type[Any], type[Any], Callable[[Any, Any], Found | None]]
_RULES: tuple[_Rule, ...] = (
    (f.Figure, f.Figure, _figures),
    (f.Ballot, f.Ballot, _ballots),
    (f.Motion, f.Motion, _motions),
    (f.Dated, f.Dated, _dated),
    (f.Visit, f.Visit, _visits),
    (f.Jubilee, f.Jubilee, _jubilees),
    (f.Trend, f.Trend, _trends),
    (f.Company, f.Company, _company),
    (f.Standing, f.Standing, _standings),
    (f.Only, f.Ballot, _only),
)
