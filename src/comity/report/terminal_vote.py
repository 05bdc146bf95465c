"""One roll call on a terminal: tally, rule, the group asked about, every state by choice."""

from __future__ import annotations

from collections.abc import Iterable

from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from comity.model.choice import Choice
from comity.model.words import say
from comity.report import parts, record
from comity.report.terminal_page import QUIET, STRONG, grid, page
from comity.report.vote_words import facts, group_sentence, notes_beside, occasion
from comity.study.answers.vote import Ballot, VoteAnswer

ORDER = (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.ABSENT, Choice.CODED_NONMEMBER)
STYLES = {Choice.YES: "cyan", Choice.NO: "red", Choice.ABSTAIN: "yellow"}


def vote(answer: VoteAnswer) -> RenderableType:
    """Tally against the published tally, majority rule, group, and each state's vote."""
    title = record.title(answer.title)
    link = [Text(say("vote.link", link=answer.link))] if answer.link else []
    return page(
        record.name(answer.symbol, answer.roll_call),
        occasion(answer),
        Text(title),
        Group(*map(Text, facts(answer)), *link),
        *(_group(answer) if answer.group else ()),
        *_choices(answer.ballots),
        header=answer.header,
        notes=notes_beside(answer),
        lines=footnotes(answer.ballots),
    )


def footnotes(ballots: tuple[Ballot, ...]) -> list[str]:
    """The footnotes of seats, each said once."""
    return [f"{mark} {note}" for note, mark in _marks(ballots).items()]


def _marks(ballots: Iterable[Ballot]) -> dict[str, str]:
    distinct = dict.fromkeys(b.footnote for b in ballots if b.footnote)
    return {note: f"[{i}]" for i, note in enumerate(distinct, 1)}


def _group(answer: VoteAnswer) -> Iterable[RenderableType]:
    yield Text(group_sentence(answer), style=STRONG)
    table = grid(say("column.state"), say("column.vote"), "", left=(0, 1, 2))
    for ballot in answer.ballots:
        if ballot.in_group:
            word = Text(parts.choice_word(ballot.choice), style=STYLES.get(ballot.choice, QUIET))
            table.add_row(ballot.name, word, f"◆ {say('vote.apart')}" if ballot.apart else "")
    yield table


def _choices(ballots: tuple[Ballot, ...]) -> Iterable[RenderableType]:
    marks = _marks(ballots)
    for choice in ORDER:
        of_choice = [b for b in ballots if b.choice == choice]
        if not of_choice:
            continue
        head = say("vote.choice", choice=parts.choice_word(choice), count=len(of_choice))
        names = [
            Text(
                ("◆ " if b.apart else "") + b.name + (f" {marks[b.footnote]}" if b.footnote else ""),
                style=STRONG if b.in_group else "",
            )
            for b in of_choice
        ]
        style = f"{STRONG} {STYLES.get(choice, '')}".strip()
        yield Group(Text(head, style=style), Padding(Columns(names, padding=(0, 2), column_first=True), (0, 0, 0, 2)))
