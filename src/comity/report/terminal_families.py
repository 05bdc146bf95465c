"""Recurring texts on a terminal: the list of families, and the roll calls of one."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from comity.model.words import say
from comity.report import parts
from comity.report.situation_words import shortened
from comity.report.terminal_page import QUIET, STRONG, grid, page
from comity.study.answers.families import FamiliesAnswer, FamilyAnswer, FamilyVote
from comity.votes.themes import theme

_TITLE = 150


def families(answer: FamiliesAnswer) -> RenderableType:
    """How much of the record recurs, then a row a family."""
    release = answer.header.origin.release
    heads = (say(f"families.{key}") for key in ("id", "text", "sessions", "count", "votes"))
    table = grid(*heads, left=(1, 2))
    for row in answer.rows:
        table.add_row(
            str(row.id),
            shortened(row.label or None, _TITLE),
            spans(row.sessions),
            str(len(row.sessions)),
            str(row.chosen),
        )
    n, k = len(answer.rows), sum(row.chosen for row in answer.rows)
    if answer.theme:
        title = say("families.title_theme", release=release, theme=theme(answer.theme).name)
        lead = say("families.lead_theme", n=n, k=k)
    else:
        title = say("families.title", release=release)
        lead = say("families.lead", n=n, k=answer.in_families, all=k + answer.alone, alone=answer.alone)
    return page(title, parts.subject(answer.header), Text(lead), table, header=answer.header, notes=answer.notes)


def family(answer: FamilyAnswer) -> RenderableType:
    """The text, then a row a roll call: session, symbol, title, tally, how sure its link is."""
    row = answer.family
    lead = say(
        "families.lead_one",
        label=row.label or say("splits.untitled"),
        n=row.roll_calls,
        k=len(row.sessions),
        sessions=spans(row.sessions),
    )
    named = ", ".join(theme(id_).name for id_ in row.themes)
    heads = (
        say("families.session"),
        say("column.record"),
        *(say(f"families.{key}") for key in ("yes", "no", "abstain", "absent")),
    )
    table = grid(*heads, left=(1,))
    for vote in answer.votes:
        counts = (vote.tally.yes, vote.tally.no, vote.tally.abstain, vote.tally.nonvoting)
        table.add_row(str(vote.session), _record(vote), *map(str, counts))
    return page(
        say("families.title_one", id=row.id, release=answer.header.origin.release),
        parts.subject(answer.header),
        Text(lead),
        *([Text(say("families.lead_themes", themes=named))] if named else []),
        table,
        Text(say("families.key"), style=QUIET),
        header=answer.header,
        notes=answer.notes,
    )


def _record(vote: FamilyVote) -> RenderableType:
    name = Text(vote.symbol or vote.roll_call, style=STRONG)
    if vote.link:
        name.stylize(f"link {vote.link}")
    score = [] if vote.score is None else [say("families.sure", score=f"{vote.score:+.1f}".replace("-", "−"))]
    remarks = [parts.day(vote.date, vote.date_precision), *([say("families.part")] if vote.part else []), *score]
    below = [Text(" · ".join(remarks), style=QUIET)]
    if vote.link:
        below.append(Text(vote.link, style=QUIET))
    return Group(name, Text(shortened(vote.title, _TITLE)), *below)


def spans(sessions: Sequence[int]) -> str:
    """Sessions with runs drawn together.

    >>> spans((44, 45, 46, 49))
    '44–46, 49'
    """
    runs: list[list[int]] = []
    for session in sessions:
        if runs and session == runs[-1][-1] + 1:
            runs[-1].append(session)
        else:
            runs.append([session])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
