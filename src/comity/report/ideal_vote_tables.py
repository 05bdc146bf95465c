"""One roll call on the scale of ideal points, in sentences and a neutral table."""

from __future__ import annotations

from comity.model.language import numeral, typeset
from comity.model.words import say
from comity.report import parts
from comity.report.document import Column, Item, Line, Table
from comity.report.outlier_tables import chance
from comity.report.tables import TONES
from comity.study.answers.ideal_vote import IdealVoteAnswer, Placed

_UNUSUAL = 5


def vote_title(answer: IdealVoteAnswer) -> str:
    """The heading."""
    return say("ideal.title_vote", symbol=answer.symbol or answer.roll_call)


def vote_sentences(answer: IdealVoteAnswer) -> list[str]:
    """Where yes gives way to no, how the states asked for stand, who was least expected."""
    title = f"{(answer.title or say('splits.untitled')).rstrip('.')}."
    if answer.cuts is None:
        lead = say("ideal.lead_flat", title=title, session=answer.session)
    else:
        rising = answer.beta > 0
        first, second = (point(c) for c in answer.cuts)
        sides = [say(f"ideal.{side}") for side in (("below", "above") if rising else ("above", "below"))]
        lead = say(
            "ideal.lead_vote",
            title=title,
            session=answer.session,
            below=sides[0],
            first=first,
            above_=sides[1],
            second=second,
        )
    told = [lead, *(_focus(answer, s, v) for s, v in answer.focus)]
    rare = sorted(answer.placed, key=lambda p: (p.p, p.state))[:_UNUSUAL]
    told.append(say("ideal.unusual", told=", ".join(_rare(p) for p in rare)))
    return [*told, say("ideal.text_of", k=answer.text)] if answer.text > 1 else told


def vote_table(answer: IdealVoteAnswer) -> Table:
    """One line a state, from the lower end of the scale."""
    heads = ("state", "theta", "vote", "expected", "given")
    columns = tuple(Column(say(f"ideal.{h}"), numeric=h in ("theta", "expected")) for h in heads)
    lines = tuple(
        Line(
            (
                Item(p.name),
                Item(point(p.theta)),
                Item(parts.choice_word(p.choice), tone=TONES.get(p.choice, "")),
                Item(" / ".join(numeral(100 * x, ".0f") for x in (p.yes, p.abstain, p.no))),
                Item(chance(p.p)),
            )
        )
        for p in answer.placed
    )
    return Table(say("ideal.caption_vote"), columns, lines)


def point(value: float) -> str:
    """A place on the scale: two decimals, a true minus, no signed zero.

    >>> point(-0.714), point(0.001), point(-0.001), point(1.5)
    ('−0.71', '0.00', '0.00', '1.50')
    """
    return typeset(value, ".2f")


def _focus(answer: IdealVoteAnswer, state: str, near: tuple[int, int, int]) -> str:
    p = next(p for p in answer.placed if p.state == state)
    yes, abstained, no = near
    return say(
        "ideal.focus",
        name=p.name,
        theta=point(p.theta),
        choice=parts.choice_word(p.choice),
        given=chance(p.p),
        k=sum(near),
        yes=yes,
        abstained=abstained,
        no=no,
    )


def _rare(p: Placed) -> str:
    return say("ideal.unusual_one", name=p.name, choice=parts.choice_word(p.choice), given=chance(p.p))
