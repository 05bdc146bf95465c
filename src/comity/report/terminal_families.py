"""Recurring texts on a terminal: the list of families, and the roll calls of one."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from comity.model.choice import Choice
from comity.model.words import say, spans
from comity.report import family_tables as told
from comity.report import parts
from comity.report.situation_words import shortened
from comity.report.terminal_page import QUIET, STRONG, grid, page
from comity.study.answers.families import FamiliesAnswer, FamilyAnswer, FamilyVote

SHOWN = 50


def families(answer: FamiliesAnswer, limit: int = SHOWN) -> RenderableType:
    """How much of the record recurs, then a row a family: the first ``limit`` of them, 0 for all."""
    heads = (say(f"families.{key}") for key in ("id", "text", "sessions", "count", "votes"))
    table = grid(*heads, left=(1, 2))
    rows = answer.rows[: limit or None]
    for row in rows:
        table.add_row(
            str(row.id),
            shortened(row.label or None, told.TITLE),
            spans(row.sessions),
            str(len(row.sessions)),
            str(row.chosen),
        )
    return page(
        told.families_title(answer),
        parts.subject(answer.header),
        Text(told.families_lead(answer)),
        table,
        header=answer.header,
        notes=answer.notes,
        lines=(say("splits.shown_of", k=len(rows), n=len(answer.rows)) if len(rows) < len(answer.rows) else None,),
    )


def family(answer: FamilyAnswer) -> RenderableType:
    """The text, then a row a roll call: session, symbol, title, tally, the votes of the states asked for."""
    heads = (
        say("families.session"),
        say("column.record"),
        *(say(f"families.{key}") for key in ("yes", "no", "abstain", "absent")),
        *(state for state, _ in answer.states),
    )
    table = grid(*heads, left=(1,))
    for vote in answer.votes:
        counts = (vote.tally.yes, vote.tally.no, vote.tally.abstain, vote.tally.nonvoting)
        table.add_row(str(vote.session), _record(vote), *map(str, counts), *map(_choice, vote.choices))
    lead, *others = told.family_sentences(answer)
    return page(
        told.family_title(answer),
        parts.subject(answer.header),
        Text(lead),
        *([Group(*map(Text, others))] if others else []),
        table,
        Text(say("families.key"), style=QUIET),
        header=answer.header,
        notes=answer.notes,
    )


def _record(vote: FamilyVote) -> RenderableType:
    name = Text(vote.symbol or vote.roll_call, style=STRONG)
    if vote.link:
        name.stylize(f"link {vote.link}")
    below = [Text(" · ".join((parts.day(vote.date, vote.date_precision), *told.remarks(vote))), style=QUIET)]
    if vote.link:
        below.append(Text(vote.link, style=QUIET))
    return Group(name, Text(shortened(vote.title, told.TITLE)), *below)


def _choice(choice: Choice) -> str:
    """A vote in a short word: a table of many states has no room for more."""
    return say(f"families.short_{_SHORT[choice]}")


_SHORT = {
    Choice.YES: "yes",
    Choice.ABSTAIN: "abstain",
    Choice.NO: "no",
    Choice.ABSENT: "absent",
    Choice.CODED_NONMEMBER: "absent",
    Choice.NOT_MEMBER: "not_member",
}
