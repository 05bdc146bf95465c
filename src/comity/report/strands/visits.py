"""Visits laid out: counts by rule, then the list each count rests on."""

from __future__ import annotations

from comity.model.coded import coded
from comity.model.words import say
from comity.report.document import Chapter, Column, Document, Item, Line, Table
from comity.report.strands.registry import assembled, lays_out
from comity.report.strands.rows import below, dates, name, rows_table, status, texts, when
from comity.strands.ledgers.kinds import Visit
from comity.strands.translated import translated
from comity.study.answers.visits import Range, VisitsAnswer, VisitShown


@lays_out(VisitsAnswer)
def visits(answer: VisitsAnswer) -> Document:
    """Counts, those who went most, the list, what is not counted."""
    title = say("visits.title", a=answer.name_a, b=answer.name_b)
    there = sum(v.visitor == answer.a for v in answer.visits)
    back = len(answer.visits) - there
    lead = say("visits.lead", n=len(answer.visits), there=there, back=back, a=answer.name_a, b=answer.name_b)
    if len(answer.rules) == 1:
        lead = _lead_of_rule(answer)
    lead += f" {say('visits.lead_person', person=translated(answer.person))}" if answer.person else ""
    chapters = [Chapter("counts", say("visits.counts"), (_counts(answer),))]
    if answer.persons:
        chapters.append(Chapter("persons", say("visits.persons"), (_persons(answer),)))
    if answer.visits:
        one = len(answer.rules) == 1
        heading = say("visits.list_rule", rule=_rule(answer.rules[0])) if one else say("visits.list")
        chapters.append(Chapter("visits", heading, (_list(answer),)))
    if answer.not_held:
        chapters.append(Chapter("not-held", say("visits.not_held"), (rows_table(answer.not_held),)))
    cited = texts((*(e for v in answer.visits for e in v.accounts), *answer.not_held))
    return assembled(answer, title, lead, *chapters, *cited)


def _lead_of_rule(answer: VisitsAnswer) -> str:
    (count,) = answer.counts
    return say(
        "visits.lead_rule",
        rule=_rule(count.rule),
        n=_range(count.both),
        there=_range(count.to_b),
        back=_range(count.to_a),
        a=answer.name_a,
        b=answer.name_b,
    )


def _counts(answer: VisitsAnswer) -> Table:
    names = {"a": answer.name_a, "b": answer.name_b}
    columns = (
        Column(say("visits.rule"), numeric=False),
        Column(say("visits.there", **names)),
        Column(say("visits.back", **names)),
        Column(say("visits.both")),
    )
    lines = [Line((Item(_rule(c.rule)), *(Item(_range(x)) for x in (c.to_b, c.to_a, c.both)))) for c in answer.counts]
    return Table("", columns, tuple(lines))


def _persons(answer: VisitsAnswer) -> Table:
    heads = (Column(_rule(rule, "visit_rule_short")) for rule in answer.rules)
    columns = (Column(say("visits.person"), numeric=False), *heads)
    lines = [
        Line((Item(translated(p.person), (name(p.visitor),)), *(Item(_range(n)) for _, n in p.counts)))
        for p in answer.persons
    ]
    return Table("", columns, tuple(lines))


def _list(answer: VisitsAnswer) -> Table:
    columns = (
        Column(say("ledger.when"), numeric=False),
        Column(say("ledger.told"), numeric=False),
        Column(say("visits.rules"), numeric=False),
    )
    return Table("", columns, tuple(map(_line, answer.visits)))


def _line(visit: VisitShown) -> Line:
    first, *others = visit.accounts
    rows = [e.row for e in others]
    more = tuple(
        say("visits.account", date=when(row.date), type=coded(row.type), cited="; ".join(e.cited))
        for e, row in zip(others, rows, strict=True)
        if isinstance(row, Visit)
    )
    marks = status(first.row).below
    doubt = (say("visits.doubtful", rules=_short(visit.doubtful)),) if visit.doubtful else ()
    return Line(
        (
            Item(dates(first.row), (first.row.id,)),
            Item(translated(first.row.title), (*below(first), *more)),
            Item(_short(tuple(r for r in visit.rules if r != "all")) or say("tiers.none"), (*doubt, *marks)),
        )
    )


def _short(rules: tuple[str, ...]) -> str:
    return ", ".join(_rule(rule, "visit_rule_short") for rule in rules)


def _rule(rule: str, section: str = "visit_rule") -> str:
    return say(f"{section}.{rule.replace('-', '_')}")


def _range(given: Range) -> str:
    least, most = given
    return str(least) if least == most else say("visits.range", least=least, most=most)
