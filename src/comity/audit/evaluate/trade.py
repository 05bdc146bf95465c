"""Trade in goods in a year."""

from __future__ import annotations

from comity.audit.context import Context
from comity.audit.evaluate.common import missing, name, texts
from comity.audit.finding import Evidence, Finding
from comity.audit.tests_of import TradeTotal
from comity.model.language import numeral
from comity.model.words import say
from comity.study.trade import trade, trade_partners


def trade_total(test: TradeTotal, context: Context, document: str) -> Finding:
    """An amount of a pair, or of a state with all partners, by the table that reaches furthest."""
    del document
    states: tuple[str, ...] = test.pair or ((test.state,) if test.state else ())
    question = say(
        "question.trade", states=", ".join(map(name, states)), flow=say(f"question.flow_{test.flow}"), year=test.year
    )
    year = str(test.year)
    amounts: tuple[float | None, float | None]
    if test.pair:
        made = context.once(("trade", test.pair, year), lambda: trade(states[0], states[1], period=year))
        amounts = (made.years[0].imports, made.years[0].exports) if made.years else (None, None)
        covered, currency, header, notes = made.period, made.currency, made.header, made.notes
    else:
        whole = context.once(("trade", test.state, year), lambda: trade_partners(str(test.state), period=year))
        amounts = (whole.total_imports, whole.total_exports)
        covered, currency, header, notes = whole.period, whole.currency, whole.header, whole.notes
    wanted = {"imports": amounts[:1], "exports": amounts[1:], "both": amounts}[test.flow]
    known = [a for a in wanted if a is not None]
    if len(known) < len(wanted) or covered.start > test.year or covered.end < test.year:
        return missing(question, say("question.trade_gap", year=test.year), say("question.trade_needs"))
    value = sum(known)
    computed = say("question.amount", value=_shown(value), currency=currency)
    held = tuple(s for s in header.sources if s.sha256)
    return Finding(
        question,
        computed,
        value=value,
        unit="USD",
        basis="record",
        evidence=tuple(Evidence("table", f"{s.label}: {computed}", s.link, s.sha256) for s in held[:1]),
        sources=held,
        notes=texts(notes),
    )


def _shown(value: float) -> str:
    """In billions or millions.

    >>> _shown(3.58e9), _shown(42.1e6)
    ('3.58 bn', '42.1 m')
    """
    return f"{numeral(value / 1e9, ',.3g')} bn" if value >= 1e9 else f"{numeral(value / 1e6, ',.3g')} m"
