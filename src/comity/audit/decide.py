"""From what was found, and what is printed, to a verdict and its reason: the rules, one after the other."""

from __future__ import annotations

from typing import Any

from comity.audit.finding import Finding
from comity.audit.printed import Printed
from comity.audit.verdict import NOT_SOLVED, Readings, VerdictId
from comity.model.language import numeral
from comity.model.words import say

Judged = tuple[VerdictId, str]
NEAR_POINTS, NEAR_SHARE = 2.0, 0.02
"""How far outside its rounding a figure is still close: points of a share, or a share of N for a count."""
FAR_POINTS, FAR_SHARE = 10.0, 0.10
"""From how far on a count contradicts a figure, where no reading gives it."""
LUCK = 0.2
"""From which null rate on a reading that fits says little, and the reason tells so."""


def decide(found: Finding, printed: Printed | None, readings: Readings = NOT_SOLVED) -> Judged:
    """The verdict on what a test found.

    printed  : the figure in the text, None where it is no figure. readings : those tried, with what they give.
    "Not computable" is never "wrong": a finding without a value or an answer is not testable.
    """
    if found.missing:
        return "not_testable", f"{found.missing} {found.needs}".strip()
    if found.wrong_unit:
        return "contradicted", found.wrong_unit
    judged = _over_domain(found) if found.of is not None else _fact(found)
    if found.value is not None and printed is not None:
        judged = _figure(found, printed, readings)
    if found.doubt and judged[0] not in ("not_testable", "conflicting"):
        return "depends", f"{found.doubt} {judged[1]}"
    return judged


def _figure(found: Finding, printed: Printed, readings: Readings) -> Judged:
    assert found.value is not None
    said: dict[str, Any] = {"printed": printed.text, "computed": found.computed}
    ends = {found.value if end is None else end for end in (found.low, found.high)}
    if all(printed.admits(v) for v in ends):
        if found.basis == "ledger":
            return _on_rows("figure", found, **said)
        return "reproduced", say("verdict.reproduced", **said)
    if min(ends) < max(ends) and _some(printed, min(ends), max(ends)):
        return "depends", say("verdict.depends_bounds", **said)
    if found.basis == "ledger":
        return ("contradicted" if found.checked else "conflicting"), say("verdict.figure_conflicting", **said)
    if readings.giving_all:
        luck = " " + say("verdict.luck", percent=f"{numeral(100 * (readings.null_rate or 0), '.0f')} %")
        given = say("verdict.otherwise", reading=readings.giving_all[0], k=readings.all_count, **said)
        return "reproduced_otherwise", given + (luck if (readings.null_rate or 0) >= LUCK else "")
    if printed.op:
        return "contradicted", say("verdict.bound", **said)
    away = _away(printed, found.value)
    tried = f" {say('verdict.tried', n=numeral(readings.tried, ','))}" if readings.tried else ""
    scale = 100.0 if found.unit == "percent" else float(found.n or abs(printed.value) or 1)
    if away <= (NEAR_POINTS if found.unit == "percent" else NEAR_SHARE * scale):
        return "close", say("verdict.close", **said) + tried
    if away > (FAR_POINTS if found.unit == "percent" else FAR_SHARE * scale):
        return "contradicted", say("verdict.contradicted", **said) + tried
    return "not_reproduced", say("verdict.not_reproduced", **said) + tried


def _some(printed: Printed, low: float, high: float) -> bool:
    """Whether any value between two is admitted."""
    first, last = printed.bounds()
    return first <= high and low <= last


def _away(printed: Printed, value: float) -> float:
    """How far outside what the printed figure admits."""
    low, high = printed.bounds()
    return max(low - value, value - high, 0.0)


def _over_domain(found: Finding) -> Judged:
    """A statement over a domain: how many exceptions it has."""
    assert found.of is not None and found.held is not None
    said: dict[str, Any] = {"computed": found.computed, "k": len(found.exceptions), "n": found.of}
    if not found.exceptions:
        if found.basis == "ledger":
            return _on_rows("holds", found, **said)
        return "reproduced", say("verdict.holds", **said)
    if found.basis == "ledger" and not found.checked:
        return "conflicting", say("verdict.holds_conflicting", **said)
    if len(found.exceptions) <= NEAR_SHARE * found.of:
        return "close", say("verdict.holds_but", **said)
    return "contradicted", say("verdict.holds_not", **said)


def _fact(found: Finding) -> Judged:
    """Something that is so, is not, or cannot be told."""
    said: dict[str, Any] = {"computed": found.computed}
    of = "_of" if found.exceptions else ""
    if of:
        said["told"] = "; ".join(f"{e.what}, {e.why}" for e in found.exceptions)
    if found.told == "cannot be told":
        return "not_testable", say("verdict.cannot", **said)
    if found.told == "yes":
        return _on_rows("fact", found, **said) if found.basis == "ledger" else ("reproduced", say("verdict.so", **said))
    if found.basis == "ledger" and not found.checked:
        return "conflicting", say(f"verdict.conflicting{of}", **said)
    return "contradicted", say(f"verdict.not_so{of}", **said)


def _on_rows(what: str, found: Finding, **said: Any) -> Judged:
    """What ledger rows bear out is supported, unless they rest on nothing but the text that makes the claim."""
    if found.alone:
        return "not_testable", say("verdict.alone", **said)
    return "supported", say(f"verdict.{what}_supported" if what != "fact" else "verdict.supported", **said)
