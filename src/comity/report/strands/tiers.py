"""Partnership tiers laid out: on a day, or partner by partner."""

from __future__ import annotations

from comity.model.coded import coded
from comity.model.words import say
from comity.report import parts
from comity.report.document import Chapter, Column, Document, Item, Line, Listing, Table
from comity.report.strands.registry import assembled, lays_out
from comity.report.strands.rows import below, mark, name, rows_table, texts, when
from comity.strands.intervals import Length
from comity.study.answers.tiers import GroupTiers, TierHeld, TiersAnswer


@lays_out(TiersAnswer)
def tiers(answer: TiersAnswer) -> Document:
    """Who holds which, and which members of a group."""
    cited = texts(t.entry for t in (*answer.held, *answer.special))
    if answer.on is None:
        partners = len({t.partner for t in answer.held})
        lead = say("tiers.lead", n=len(answer.held), partners=partners)
        title = say("tiers.title", state=answer.name)
        return assembled(
            answer,
            title,
            lead,
            Chapter("tiers", say("tiers.list"), (_sequence(answer.held),)),
            *_special(answer),
            *cited,
        )
    title = say("tiers.title_on", state=answer.name, day=parts.day(answer.on))
    highest = len({t.partner for t in answer.held if t.rank == 1 and t.told == "yes"})
    doubtful = len({t.partner for t in answer.held if t.told != "yes"})
    lead = say("tiers.lead_on", n=len({t.partner for t in answer.held}), highest=highest)
    lead += f" {say('tiers.lead_doubt', k=doubtful)}" if doubtful else ""
    groups = Chapter("groups", say("tiers.groups"), (Listing(tuple(map(_group, answer.groups))),))
    return assembled(
        answer,
        title,
        lead,
        Chapter("tiers", say("tiers.list_on"), (_held(answer.held),)),
        *_special(answer),
        groups,
        *cited,
    )


def _special(answer: TiersAnswer) -> tuple[Chapter, ...]:
    """Relations outside the ladder, as a chapter; nothing where there is none."""
    if not answer.special:
        return ()
    made = rows_table(t.entry for t in answer.special)
    return (Chapter("special", say("tiers.special_list"), (made,)),)


def _held(held: tuple[TierHeld, ...]) -> Table:
    lines = [
        Line(
            (
                Item(t.name, (mark(t.entry.row),)),
                Item(coded(t.tier), below(t.entry, detail=False)),
                Item(str(t.rank)),
                Item(when(t.entry.row.date)),
                Item(_length(t.since) if t.told == "yes" and t.since else say("tiers.doubt")),
            )
        )
        for t in held
    ]
    return Table("", _columns("tiers.held_for"), tuple(lines))


def _sequence(held: tuple[TierHeld, ...]) -> Table:
    lines, last = [], ""
    for t in held:
        row = t.entry.row
        items = (
            Item("" if t.partner == last else t.name, (mark(row),)),
            Item(coded(t.tier), below(t.entry, detail=False)),
            Item(str(t.rank)),
            Item(when(row.date)),
            Item(when(row.until) if row.until else say("tiers.open")),
        )
        lines.append(Line(items, "first" if t.partner != last else ""))
        last = t.partner
    return Table("", _columns("tiers.until"), tuple(lines))


def _columns(last: str) -> tuple[Column, ...]:
    return (
        Column(say("tiers.partner"), numeric=False),
        Column(say("tiers.tier"), numeric=False),
        Column(say("tiers.rank")),
        Column(say("tiers.since"), numeric=False),
        Column(say(last), numeric=False),
    )


def _length(since: Length) -> str:
    """Whole years; months below one year."""
    unit, (least, most) = ("years", since.years) if since.years[1] >= 1 else ("months", since.months)
    if most < 1:
        return say("tiers.under_month")
    if least == most:
        return say(f"tiers.{unit}", n=most)
    return say(f"tiers.{unit}_range", least=max(0, least), most=most)


def _group(group: GroupTiers) -> str:
    told = [say("tiers.group", group=group.name, k=len(group.highest), n=len(group.members))]
    for key, ids in (
        ("highest", group.highest),
        ("other", group.other),
        ("special", group.special),
        ("unknown", group.unknown),
    ):
        if ids:
            told.append(say(f"tiers.{key}", names=", ".join(map(name, ids))))
    return "; ".join(told) + "."
