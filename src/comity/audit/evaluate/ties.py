"""Membership of a group, partnership tiers, visits: what stood on a day, and how many there were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from comity.audit.context import Context
from comity.audit.evaluate.common import missing, name, on_rows, only_by
from comity.audit.finding import Evidence, Finding
from comity.audit.parts_of import read_period
from comity.audit.tests_of import Membership, TierOnDate, VisitCount
from comity.errors import EmptySelection
from comity.model.coded import coded
from comity.model.words import say, span
from comity.states.groups import group, groups_of
from comity.strands.intervals import Told
from comity.strands.ledgers.kinds import Tier
from comity.strands.ledgers.row import Row
from comity.strands.ledgers.when import ends
from comity.strands.tiers import Standing, standings
from comity.study.visits import visits


def membership(test: Membership, context: Context, document: str) -> Finding:
    """Whether a state was in a group on a day, or at any time of a month or year as far as that is known."""
    del document
    found = group(test.group)
    question = say("question.member", state=name(test.state), group=found.name, day=test.on)
    first, last = ends(test.on)
    if first > context.today:
        return missing(question, say("question.to_come"))
    was = {found.id in {g.id for g in groups_of(test.state, day)} for day in (first, min(last, context.today))}
    spells = [m for m in found.memberships if m.state == test.state]
    checked = bool(spells) and all(m.checked for m in spells)
    told: Told = "cannot be told" if len(was) > 1 else "yes" if was == {test.member} else "no"
    held = "; ".join(_spell(m.spell.start, m.spell.end) for m in spells) or say("question.never")
    computed = say("question.member_of", state=name(test.state), group=found.name, held=held)
    return Finding(
        question,
        computed,
        told=told,
        basis="ledger",
        checked=checked,
        evidence=(Evidence("table", f"{found.name}: {computed} ({found.source})", checked=checked),),
        notes=tuple(m.note for m in spells if m.note),
    )


def _spell(start: date, end: date | None) -> str:
    return f"{start.isoformat()} – {end.isoformat() if end else ''}".strip()


def tier_on_date(test: TierOnDate, context: Context, document: str) -> Finding:
    """The tier that a partner held on a day, on the ladder of the one who gave it."""
    question = say("question.tier", holder=name(test.holder), partner=name(test.partner), day=test.on)
    found = tiers_on(test.holder, test.on, context).get(test.partner, [])
    if not found:
        return missing(question, say("question.no_tier"), say("question.tier_row"))
    at = found[0]
    computed = say("question.tier_is", tier=coded(at.row.tier), rank=at.row.rank, date=at.row.date)
    told: Told = tier_is(at, test.tier, test.rank)
    rows: list[tuple[str, Row]] = [("tiers", s.row) for s in found]
    return replace(on_rows(question, computed, context, document, rows), told=told)


def tiers_on(holder: str, on: str, context: Context) -> dict[str, list[Standing]]:
    """Who held which tier of a ladder on a day (the last of a month or year), the surest first."""

    def work() -> dict[str, list[Standing]]:
        rows = [r for r in context.rows("tiers") if isinstance(r, Tier) and r.holder == holder and not r.special]
        by: dict[str, list[Standing]] = {}
        for s in standings(rows, min(ends(on)[1], context.today)):
            by.setdefault(s.row.partner, []).append(s)
        return {p: sorted(found, key=lambda s: s.told != "yes") for p, found in by.items()}

    return context.once(("tiers", holder, on), work)


def tier_is(at: Standing, tier: str, rank: int | None) -> Told:
    """Whether a standing is the tier said, by name or by place."""
    named = not tier or tier.casefold() in at.row.tier.casefold()
    ranked = rank is None or at.row.rank == rank
    return at.told if named and ranked else "no"


def visit_count(test: VisitCount, context: Context, document: str) -> Finding:
    """How many visits the ledger lists under a rule: a least number, since it is not complete."""
    period = read_period(test.period)
    question = say(
        "question.visits", a=name(test.pair[0]), b=name(test.pair[1]), rule=coded(test.rule), period=span(test.period),
        person=f" ({test.person})" if test.person else "",
    )  # fmt: skip
    try:
        made = visits(*test.pair, rule=test.rule, period=period, person=test.person or None)
    except EmptySelection:
        return missing(question, say("question.visits_none"))
    shown = [v for v in made.visits if test.host is None or v.host == test.host]
    sure = sum(test.rule in v.rules for v in shown)
    some = sure + sum(test.rule in v.doubtful for v in shown)
    if not some:
        return missing(question, say("question.visits_none"))
    computed = say("question.visits_listed", k=sure if sure == some else f"{sure}–{some}")
    rows = [("visits", e.row) for v in shown for e in v.accounts]
    carried = on_rows(question, computed, context, document, rows)
    return replace(
        carried,
        value=sure,
        low=sure,
        high=some,
        n=max(some, 1),
        checked=False,
        alone=bool(rows) and all(only_by([r], document) for _, r in rows),
        notes=(say("question.visits_partial"),),
    )
