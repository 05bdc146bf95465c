"""Deliveries of major conventional arms: shares, places, peaks, volumes."""

from __future__ import annotations

from dataclasses import replace

from comity.audit.context import Context
from comity.audit.evaluate.common import missing, name, texts
from comity.audit.finding import Evidence, Finding
from comity.audit.parts_of import read_period
from comity.audit.printed import Printed
from comity.audit.tests_of import Arms, ArmsPeak, ArmsRank, ArmsShare, ArmsTotal
from comity.model.language import numeral
from comity.model.words import ordinal, say, span
from comity.strands.arms import Amount
from comity.study.answers.arms import ArmsAnswer, ArmsPairAnswer, Part, Year
from comity.study.arms import arms as study

Made = ArmsAnswer | ArmsPairAnswer


def arms(test: Arms, context: Context, document: str) -> Finding:
    """A statement about deliveries, from the register or a table; years past their end are not filled in."""
    del document
    question = _question(test)
    made = context.once(
        ("arms", test.recipient, test.supplier, test.period),
        lambda: study(test.recipient, supplier=test.supplier, period=read_period(test.period)),
    )
    found = _found(test, made, question)
    if made.asked != made.period and not found.missing:
        why = say("question.arms_ends", period=span(made.period.label), computed=found.computed)
        return missing(question, why, say("question.arms_needs", period=span(test.period)))
    return found


def _found(test: Arms, made: Made, question: str) -> Finding:
    if isinstance(test, ArmsShare | ArmsRank):
        assert isinstance(made, ArmsPairAnswer)
        part, place = (
            (made.import_share, made.import_place) if test.of == "imports" else (made.export_share, made.export_place)
        )
        if isinstance(test, ArmsShare):
            return _share(part, made, question)
        if place is None:
            return missing(question, say("question.arms_unranked"))
        sure = place.best == place.worst
        computed = say("question.place_arms", place=ordinal(place.even), n=place.among)
        doubt = "" if sure or not place.best <= test.is_ <= place.worst else say("question.arms_bounds")
        return replace(_on(made, question, computed), told="yes" if place.even == test.is_ else "no", doubt=doubt)
    if isinstance(test, ArmsPeak):
        return _peak(test, made, question)
    amount = made.amount if isinstance(made, ArmsPairAnswer) else made.total
    computed = _volume(amount)
    return replace(
        _on(made, question, computed),
        value=amount.even * 1e6,
        low=amount.low * 1e6,
        high=amount.high * 1e6,
        unit="TIV",
    )


def in_money(found: Finding, printed: Printed | None) -> Finding:
    """A volume printed as money is of another kind, whatever its number: TIV is an index, not a price."""
    if found.unit != "TIV" or printed is None or printed.unit != "USD" or found.value is None:
        return found
    # As text, "6.7 bn" of an index in millions is 6,700 million TIV.
    low, high = printed.bounds()
    same = low <= found.value <= high
    told = say(f"question.money_{'same' if same else 'other'}", printed=printed.text, computed=found.computed)
    return Finding(
        found.question,
        found.computed,
        unit="TIV",
        wrong_unit=told,
        evidence=found.evidence,
        sources=found.sources,
        notes=found.notes,
    )


def _share(part: Part | None, made: ArmsPairAnswer, question: str) -> Finding:
    if part is None:
        return missing(question, say("question.arms_no_total"))
    computed = f"{numeral(100 * part.even, '.1f')} %"
    if round(part.low, 3) != round(part.high, 3):
        computed += f" ({numeral(100 * part.low, '.1f')}–{numeral(100 * part.high, '.1f')} %)"
    told = f"{computed}, {_volume(made.amount)}"
    low, even, high = (100 * v for v in (part.low, part.even, part.high))
    return replace(_on(made, question, told), computed=computed, value=even, low=low, high=high, unit="percent")


def _peak(test: ArmsPeak, made: Made, question: str) -> Finding:
    """The year of the largest volume, or the place-th largest; of a stretch, whether it holds the largest year."""
    ordered: list[Year] = sorted(made.years, key=lambda y: (-y.amount.even, y.year))
    if len(ordered) < test.place or not ordered[test.place - 1].amount.even:
        return missing(question, say("question.arms_none"))
    first, last = read_period(test.years).years
    at = ordered[test.place - 1]
    tied = {y.year for y in ordered if y.amount.even == at.amount.even}
    computed = say("question.peak", year=at.year, volume=_volume(at.amount), place=ordinal(test.place))
    holds = any(first <= year <= last for year in tied)
    open_ = test.place == 1 and not made.peak.years and any(first <= y <= last for y in made.peak.may)
    doubt = say("question.arms_bounds") if open_ else ""
    return replace(_on(made, question, computed), told="yes" if holds else "no", doubt=doubt)


def _volume(amount: Amount) -> str:
    """In millions of TIV, with bounds where there are any."""
    told = say("question.tiv", n=numeral(amount.even, ",.0f"))
    return told if amount.settled else f"{told} ({numeral(amount.low, ',.0f')}–{numeral(amount.high, ',.0f')})"


def _question(test: Arms) -> str:
    kind = {ArmsShare: "share", ArmsRank: "rank", ArmsPeak: "peak", ArmsTotal: "total"}[type(test)]
    supplier = name(test.supplier) if test.supplier else say("question.all_suppliers")
    key = f"question.arms_{kind}" + (f"_{test.of}" if kind in ("share", "rank") else "")
    return say(key, recipient=name(test.recipient), supplier=supplier, period=span(test.period))


def _on(made: Made, question: str, computed: str) -> Finding:
    """A finding on arms, before it is told what is so."""
    held = tuple(s for s in made.header.sources if s.sha256)
    evidence = tuple(Evidence("table", f"{s.label}: {computed}", s.link, s.sha256) for s in held[:1])
    return Finding(question, computed, basis="record", evidence=evidence, sources=held, notes=texts(made.notes))
