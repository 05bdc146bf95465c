"""The sentences about one roll call, shared by every face."""

from __future__ import annotations

from comity.model.body import CODES, COUNCIL
from comity.model.words import said, say
from comity.report import parts
from comity.study.answers.common import Note
from comity.study.answers.vote import Tally, VoteAnswer


def facts(answer: VoteAnswer) -> list[str]:
    """The tally, the published tally and the majority rule, a sentence each."""
    lines = [say("vote.computed", tally=tally_words(answer.computed))] if answer.computed else []
    if answer.published is None:
        lines.append(say("vote.published_none"))
    else:
        found = {None: "only", True: "same", False: "differs"}[answer.agrees]
        lender, tally = answer.published_from or "", tally_words(answer.published)
        lines.append(say(f"vote.published_{found}", lender=lender, tally=tally))
    rule = "council" if answer.body == CODES[COUNCIL] else answer.majority or "unknown"
    lines.append(say(f"notes.majority_{rule}"))
    if answer.majority_basis:
        lines.append(say("vote.majority_basis", basis=answer.majority_basis.rstrip(".")))
    if not answer.checked:
        lines.append(say("vote.unchecked"))
    return lines


def notes_beside(answer: VoteAnswer) -> tuple[Note, ...]:
    """The notes that the facts do not already say."""
    return tuple(n for n in answer.notes if not n.id.startswith(("majority_", "tally_")))


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


def body_name(body: str) -> str:
    """The body that voted, by its name; as the source writes it where we have none."""
    return said(f"body.{body}", body)


def occasion(answer: VoteAnswer) -> str:
    """Day, body and session of a roll call."""
    about = [parts.day(answer.date, answer.date_precision), body_name(answer.body)]
    label = answer.session_label or (None if answer.session is None else str(answer.session))
    if label is not None:
        about.append(say("vote.session" if label.isdecimal() else "vote.special_session", session=label))
    return " · ".join(about)
