"""Sentences about blocs and cohesion, for every face."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from comity.model.language import numeral, typeset
from comity.model.words import say, span
from comity.report import parts
from comity.study.answers.blocs import Bloc, BlocsAnswer, Earlier, Member, Move
from comity.study.answers.cohesion import CohesionAnswer, Placed

_NAMED = 3
_FIRM = 0.9  # a member with its bloc in fewer of the starts is named as less firm


def number(value: float | None) -> str:
    """An index with two decimals; a dash where it is undefined.

    >>> number(0.4608), number(-0.004), number(-0.25), number(None)
    ('0.46', '0.00', '−0.25', '–')
    """
    if value is None:
        return parts.NO_VALUE
    return typeset(value, ".2f")


def lead(answer: BlocsAnswer) -> str:
    """How many blocs, of how many states, from how many votes."""
    k = len(answer.blocs)
    key = "none" if k == 0 else "one" if k == 1 else "more"
    return say(f"blocs.lead_{key}", placed=answer.placed, n=answer.roll_calls, k=k)


def search(answer: BlocsAnswer) -> str:
    """How the blocs were found."""
    key = "one" if answer.partitions == 1 else "more"
    return say(
        "blocs.search",
        modularity=number(answer.modularity),
        method=answer.method.capitalize(),
        resolution=numeral(answer.resolution, "g"),
        runs=answer.runs,
        seed=answer.seed,
        partitions=say(f"blocs.partitions_{key}", k=answer.partitions),
    )


def name(bloc: Bloc) -> str:
    """A bloc named by its members: the most central, and how many others."""
    first = [m.name for m in bloc.members[:_NAMED]]
    if bloc.size == _NAMED + 1:
        return say("blocs.name_all", names=_and([m.name for m in bloc.members]))
    if bloc.size > _NAMED:
        return say("blocs.name_more", names=", ".join(first), k=bloc.size - _NAMED)
    return say("blocs.name_all", names=_and(first))


def about(bloc: Bloc, runs: int) -> tuple[str, ...]:
    """Size and agreement, all members, and those that are there less firmly."""
    unsure = [m for m in bloc.members if m.together is not None and m.together < _FIRM]
    told = [
        say("blocs.facts", size=bloc.size, agreement=number(bloc.agreement)),
        say("blocs.members", names=", ".join(m.name for m in bloc.members)),
    ]
    if unsure:
        told.append(say("blocs.unsure", states=_shares(unsure, runs)))
    return tuple(told)


def outside(answer: BlocsAnswer) -> tuple[str, ...]:
    """States that no bloc holds, by reason."""
    told = [("alone", [m.name for m in answer.alone])]
    told += [(why, [u.name for u in answer.unplaced if u.why == why]) for why in ("few_votes", "one_choice")]
    return tuple(say(f"blocs.{key}", states=", ".join(names)) for key, names in told if names)


def moved(earlier: Earlier) -> tuple[str, ...]:
    """How many moved, and who from where to where."""
    k = sum(len(m.members) for m in earlier.moves)
    first = say(
        "blocs.moved_some" if k else "blocs.moved_none",
        period=span(earlier.period.label),
        n=earlier.roll_calls,
        k=k,
        compared=len(earlier.compared),
        alike=number(earlier.alike),
    )
    return (first, *(_move(m) for m in earlier.moves))


def cohesion_lead(answer: CohesionAnswer) -> str:
    """Both indices of the whole period beside those of the drawn sets, and the absences."""
    whole = answer.whole
    key = "cohesion.absent" if whole.absent.n >= parts.SMALL else "cohesion.absent_few"
    absent = say(key, share=parts.share(whole.absent), k=whole.absent.k, n=whole.absent.n)
    return say(
        "cohesion.lead",
        name=answer.name,
        period=span(answer.period.label),
        n=whole.roll_calls,
        rice=_placed(whole.rice),
        agreement=_placed(whole.agreement),
        absent=absent,
    )


def drawn(placed: Placed) -> str:
    """The middle 95 % of the drawn sets."""
    if placed.low is None:
        return parts.NO_VALUE
    return say("cohesion.range", low=number(placed.low), high=number(placed.high))


def members(fewest: int, most: int) -> str:
    """How many members had a seat.

    >>> members(10, 10), members(7, 9)
    ('10', '7–9')
    """
    return str(most) if fewest == most else f"{fewest}–{most}"


def _placed(placed: Placed) -> str:
    if placed.value is None:
        return say("cohesion.unplaced")
    ends = {"low": number(placed.low), "high": number(placed.high), "median": number(placed.median)}
    return say("cohesion.placed", value=number(placed.value), n=placed.roll_calls, **ends)


def _move(move: Move) -> str:
    return say(
        "blocs.move",
        before=_and(move.before),
        before_size=move.before_size,
        bloc=move.bloc,
        states=", ".join(m.name for m in move.members),
    )


def _shares(found: Iterable[Member], runs: int) -> str:
    return ", ".join(say("blocs.unsure_one", name=m.name, k=round(runs * (m.together or 0)), runs=runs) for m in found)


def _and(names: Sequence[str]) -> str:
    return say("blocs.and", names=", ".join(names[:-1]), last=names[-1]) if len(names) > 1 else names[0]
