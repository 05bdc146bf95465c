"""One roll call on a terminal: tally, rule, the group asked about, every state by choice."""

from __future__ import annotations

from collections.abc import Iterable

from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from comity.model.choice import Choice
from comity.model.words import say
from comity.report import parts
from comity.report.terminal import QUIET, STRONG, grid, page
from comity.study.answers.vote import Ballot, Tally, VoteAnswer

ORDER = (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.ABSENT, Choice.CODED_NONMEMBER)
STYLES = {Choice.YES: "cyan", Choice.NO: "red", Choice.ABSTAIN: "yellow"}


def vote(answer: VoteAnswer) -> RenderableType:
    """Tally against the published tally, majority rule, group, and each state's vote."""
    about = [parts.day(answer.date, answer.date_precision), answer.body]
    if answer.session is not None:
        about.append(say("vote.session", session=answer.session))
    title = answer.title or say("splits.untitled")
    return page(
        answer.symbol or answer.roll_call,
        " · ".join(about),
        Text(title),
        Group(*(Text(line) for line in facts(answer))),
        *(_group(answer) if answer.group else ()),
        *_choices(answer.ballots),
        header=answer.header,
        notes=answer.notes,
        lines=footnotes(answer.ballots),
    )


def facts(answer: VoteAnswer) -> list[str]:
    """The tally, the published tally, the rule, the link and the lent fields, a sentence each."""
    lines = [say("vote.computed", tally=tally_words(answer.computed))]
    if answer.published is None:
        lines.append(say("vote.published_none"))
    else:
        key = "vote.published_same" if answer.agrees else "vote.published_differs"
        lines.append(say(key, lender=answer.published_from or "", tally=tally_words(answer.published)))
    lines.append(say(f"vote.majority_{answer.majority or 'none'}", basis=answer.majority_basis or ""))
    if not answer.checked:
        lines.append(say("vote.unchecked"))
    if answer.link:
        lines.append(say("vote.link", link=answer.link))
    lines += [say("vote.lent", field=field, lender=lender) for field, lender in answer.lenders.items()]
    return lines


def tally_words(tally: Tally) -> str:
    """A tally in words; the not-voting only where known."""
    if None in (tally.yes, tally.no, tally.abstain):
        return say("vote.tally_unknown")
    key = "vote.tally_short" if tally.nonvoting is None else "vote.tally"
    return say(key, yes=tally.yes, no=tally.no, abstain=tally.abstain, nonvoting=tally.nonvoting)


def group_sentence(answer: VoteAnswer) -> str:
    """The group's modal choice with how many of its members made it."""
    assert answer.group is not None
    group = answer.group
    modal = ", ".join(parts.choice_word(c) for c in group.modal)
    key = "vote.group" if len(group.modal) == 1 else "vote.group_tie"
    return say(key, name=group.name, modal=modal, k=group.share.k, n=group.share.n)


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
