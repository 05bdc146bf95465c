"""Country situations in words and letters, for the terminal, Markdown and HTML alike."""

from __future__ import annotations

from comity.model.choice import Choice
from comity.model.words import say, span, spans
from comity.report import parts, record
from comity.states.registry import registry
from comity.study.answers.situations import ShieldAnswer, SituationsAnswer, SituationVote, Veto

_LETTERS = {
    Choice.YES: "yes",
    Choice.ABSTAIN: "abstain",
    Choice.NO: "no",
    Choice.ABSENT: "absent",
    Choice.CODED_NONMEMBER: "absent",
}


def title(answer: SituationsAnswer | ShieldAnswer) -> str:
    """The heading."""
    period = span(answer.period.label)
    if isinstance(answer, ShieldAnswer):
        return say("situations.title_shield", a=answer.name_a, b=answer.name_b, on=answer.name_on, period=period)
    return say("situations.title", a=answer.name_a, b=answer.name_b, period=period)


def subject(answer: SituationsAnswer | ShieldAnswer) -> str:
    """Issue, clock and the kinds of text."""
    header = answer.header
    kinds = answer.kinds if isinstance(answer, SituationsAnswer) else tuple(kind for kind, _ in answer.by_kind)
    words = ", ".join(kind_word(kind) for kind in kinds)
    clock = say(f"clock.{header.reading.clock}")
    return say("situations.subject", issue=header.issue_label, clock=clock, kinds=words).rstrip(" ·")


def lead(answer: SituationsAnswer | ShieldAnswer) -> str:
    """The sentence to quote, with its N."""
    counts = answer.total
    if isinstance(answer, ShieldAnswer):
        return _lead_shield(answer)
    said = say(
        "situations.lead",
        a=answer.name_a,
        b=answer.name_b,
        n=counts.roll_calls,
        same=counts.same,
        yes=counts.same_yes,
        abstain=counts.same_abstain,
        no=counts.same_no,
        ambivalent=counts.ambivalent,
        opposite=counts.opposite,
        absent=counts.absent,
    )
    return _after_silence(answer, said)


def _lead_shield(answer: ShieldAnswer) -> str:
    k = len(answer.vetoes)
    key = "lead_shield_veto" if k > 1 else "lead_shield_veto_one" if k else "lead_shield_no_veto"
    return f"{_on_record(answer)} {say(f'situations.{key}', k=k, on=answer.name_on, a=answer.name_a)}"


def _on_record(answer: ShieldAnswer) -> str:
    """The Assembly's votes; where there is none, whether that can be known."""
    counts = answer.total
    if answer.silent.all:
        return say("situations.silent_all", n=answer.silent.of, a=answer.name_a, on=answer.name_on)
    if not answer.votes:
        return _after_silence(answer, say("situations.shield_none", on=answer.name_on))
    yes, abstain, no, absent = (sum(row) for row in counts.table)
    said = say(
        "situations.lead_shield",
        a=answer.name_a,
        b=answer.name_b,
        on=answer.name_on,
        n=counts.roll_calls,
        same=counts.same,
        yes=yes,
        abstain=abstain,
        no=no,
        absent=absent,
    )
    return _after_silence(answer, said)


def _after_silence(answer: SituationsAnswer | ShieldAnswer, said: str) -> str:
    """A lead, behind a sentence that years of the period are mostly without titles, where they are."""
    silent = answer.silent
    if not silent.slots:
        return said
    first = say("situations.silent", n=silent.of, k=silent.k, slots=spans(silent.slots))
    return f"{first} {said}"


def kind_word(kind: str) -> str:
    """A kind of text in words."""
    return say(f"situations.kind_{kind}")


def key(answer: SituationsAnswer) -> str:
    """What the letters of the grid mean."""
    return say("situations.key", a=answer.name_a, b=answer.name_b)


def letters(vote: SituationVote) -> str:
    """Both votes as two letters, with the marks that the text carries."""
    both = "".join(say(f"situations.letter_{_LETTERS[c]}") for c in (vote.choice_a, vote.choice_b))
    marks = [say(f"situations.mark_{vote.voted_on}")] if vote.voted_on != "whole" else []
    return both + "".join(marks + ([] if vote.checked else [say("situations.mark_unchecked")]))


def vote_word(choice: Choice) -> str:
    """A vote in a word; the coding of an absence is told in the remarks."""
    return parts.choice_word(min(choice, Choice.ABSENT))


def outcome(vote: SituationVote) -> str:
    """The class of the two votes in words."""
    return say(f"category.{vote.outcome}")


def remarks(vote: SituationVote) -> tuple[str, ...]:
    """What stands beneath a text: its target, what was voted on, whether the target is checked."""
    about = ", ".join(registry().name(target, vote.date) for target in vote.targets)
    found = [say("situations.on_targets", names=f"{about} ({vote.place})" if vote.place else about)]
    found += [say(f"situations.voted_{vote.voted_on}")] if vote.voted_on != "whole" else []
    found += [vote.remark] if vote.remark and not vote.place else []
    coded = Choice.CODED_NONMEMBER in (vote.choice_a, vote.choice_b)
    found += [parts.choice_word(Choice.CODED_NONMEMBER)] if coded else []
    found += [] if vote.checked else [say("situations.unchecked")]
    return tuple(found)


def shortened(text: str | None, width: int) -> str:
    """A title cut to a width; some are whole speeches.

    >>> shortened("Situation of human rights", 12), shortened(None, 12)
    ('Situation o…', 'title not a…')
    """
    whole = record.title(text)
    return whole if len(whole) <= width else f"{whole[: width - 1]}…"


def veto_cells(veto: Veto) -> tuple[str, str, str, str]:
    """A vetoed draft as a row: date, draft, subject with its mark, members."""
    mark = "" if veto.checked else f" ({say('situations.unchecked')})"
    members = ", ".join(registry().name(state, veto.date) for state in veto.vetoed_by)
    return parts.day(veto.date), veto.draft or parts.NO_VALUE, veto.about + mark, members


def exceptions_heading(answer: SituationsAnswer) -> str:
    """How many texts are exceptions, of how many."""
    k, n = len(answer.exceptions), answer.total.roll_calls
    return say("situations.exceptions", k=k, n=n) if k else say("situations.exceptions_none", n=n)
