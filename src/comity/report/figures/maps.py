"""What is drawn on a world map of a state's partners, of a roll call, and of a period's blocs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from comity.model.choice import CHOICES, Choice
from comity.model.words import named, ordinal, percent, say, span
from comity.report import bloc_words, parts
from comity.report.figures.strip import QUIET_DOT
from comity.report.figures.style import INK, PALETTE, WIDE, Size
from comity.report.figures.world import unseen
from comity.report.figures.world_map import RAMP, Kind, Plan, Told, world_map
from comity.study import ask
from comity.study.answers.blocs import Bloc, BlocsAnswer
from comity.study.answers.rank import Partner, RankAnswer
from comity.study.answers.vote import VoteAnswer

if TYPE_CHECKING:
    import polars as pl

STEPS = (0.3, 0.5, 0.7, 0.85)
"""Where the colours of a share change; the same for every state and year, so that maps can be compared."""
BLOC_COLOURS = (PALETTE["same"], PALETTE["ambivalent"], PALETTE["opposite"], QUIET_DOT)
LABELLED, NAMED = 3, 5
_COLOURS = dict(zip(CHOICES, (PALETTE[c] for c in ("same", "ambivalent", "opposite", "absent")), strict=True))
# As on the map of ideal points, so that a dot can be told without its colour.
_SHAPES = {Choice.YES: "circle", Choice.ABSTAIN: "diamond", Choice.NO: "triangle-up", Choice.ABSENT: "cross"}


def partner_map(answer: RankAnswer, *, size: Size = WIDE) -> Any:
    """A state's partners by the share of votes cast by both on which they voted alike (an Altair chart)."""
    kinds = tuple(Kind(label, colour) for label, colour in zip(_step_labels(), RAMP, strict=True))
    own, few = Kind(answer.name, INK), Kind(say("world.too_few"), PALETTE["absent"], dashed=True)
    told = {p.state: Told(kinds[step_of(p)], _of_partner(answer, p), p.name) for p in answer.partners}
    told |= {s: Told(few, say("world.cast_only", cast=cast), name) for s, name, cast in answer.too_few}
    told[answer.state] = Told(own, say("world.itself"), answer.name)
    day, used = day_of(answer), (*kinds, own, *((few,) if answer.too_few else ()))
    plan = Plan(
        header=answer.header,
        title=say("world.partners", state=named(answer.name), period=span(answer.period.label)),
        subtitles=(_subtitle(answer),),
        kinds=used,
        told=told,
        day=day,
        description=partner_text(answer),
        notes=(*_unshown(told, day), _few_rule(answer)),
    )
    return world_map(plan, size=size)


def step_of(partner: Partner) -> int:
    """Which of the five colours a partner has, from 0."""
    share = partner.counts.same / partner.counts.cast
    return sum(share >= step for step in STEPS)


def day_of(answer: RankAnswer | BlocsAnswer) -> date:
    """The day whose states the shapes are drawn for: the last of the period that the release covers."""
    return min(ask.last_day(answer.period), answer.header.origin.last)


def partner_text(answer: RankAnswer) -> str:
    """The map in words."""
    steps = Counter(map(step_of, answer.partners))
    counted = "; ".join(
        say("world.step_count", n=steps[k], step=label) for k, label in reversed(list(enumerate(_step_labels())))
    )
    first, last = answer.partners[:NAMED], answer.partners[: -NAMED - 1 : -1]
    key = "world.partners_alt" if len(answer.partners) > 2 * NAMED else "world.partners_alt_few"
    return say(
        key,
        state=named(answer.name),
        period=span(answer.period.label),
        issue=answer.header.issue_label,
        n=answer.roll_calls,
        among=len(answer.partners),
        steps=counted,
        first=", ".join(map(_short, first)),
        last=", ".join(map(_short, last)),
        few=len(answer.too_few),
        **answer.header.where,
    )


def vote_map(answer: VoteAnswer, *, size: Size = WIDE) -> Any:
    """Who voted how on a roll call (an Altair chart)."""
    assert answer.date is not None
    counted = Counter(_counted(b.choice) for b in answer.ballots)
    kinds = {
        c: Kind(
            say("world.choice", choice=parts.choice_word(c), n=counted[c]), _COLOURS[c], c == Choice.ABSENT, _SHAPES[c]
        )
        for c in CHOICES
    }
    told = {b.state: Told(kinds[_counted(b.choice)], parts.choice_word(b.choice), b.name) for b in answer.ballots}
    day = parts.day(answer.date, answer.date_precision)
    plan = Plan(
        header=answer.header,
        title=say("world.vote", symbol=answer.symbol or answer.roll_call),
        subtitles=(answer.title or "", say("world.vote_sub", day=day, n=len(answer.ballots), **answer.header.where)),
        kinds=tuple(kinds.values()),
        told=told,
        day=answer.date,
        description=vote_text(answer),
        notes=_unshown({b.state: told[b.state] for b in answer.ballots}, answer.date),
    )
    return world_map(plan, size=size)


def vote_text(answer: VoteAnswer) -> str:
    """The map of a roll call in words: every state that did not vote yes, or not no, whichever is fewer."""
    by: dict[Choice, list[str]] = {c: [] for c in CHOICES}
    for ballot in answer.ballots:
        by[_counted(ballot.choice)].append(ballot.name)
    told = "; ".join(
        say("world.voted_names", choice=parts.choice_word(c), n=len(by[c]), names=", ".join(by[c]))
        if len(by[c]) <= 60
        else say("world.voted", choice=parts.choice_word(c), n=len(by[c]))
        for c in CHOICES
        if by[c]
    )
    symbol, day = answer.symbol or answer.roll_call, parts.day(answer.date, answer.date_precision)
    return say("world.vote_alt", symbol=symbol, day=day, title=answer.title or "", told=told, **answer.header.where)


def bloc_map(answer: BlocsAnswer, *, size: Size = WIDE) -> Any:
    """A period's blocs (an Altair chart); the largest have a colour and all have their number on the map."""
    kinds = {b.number: Kind(_bloc_label(b, size), _bloc_colour(b.number)) for b in answer.blocs}
    outside = Kind(say("world.no_bloc"), PALETTE["absent"], dashed=True)
    told = {
        m.state: Told(kinds[b.number], say("world.in_bloc", number=b.number, size=b.size), m.name)
        for b in answer.blocs
        for m in b.members
    }
    told |= {state: Told(outside, outside.label, name) for state, name in _outside(answer)}
    day = day_of(answer)
    plan = Plan(
        header=answer.header,
        title=say("world.blocs", period=span(answer.period.label)),
        subtitles=(say("world.blocs_sub", n=answer.roll_calls, issue=answer.header.issue_label),),
        kinds=(*kinds.values(), *((outside,) if answer.alone or answer.unplaced else ())),
        told=told,
        day=day,
        description=bloc_text(answer),
        notes=(*_unshown(told, day), say("world.bloc_note")),
        labels=_bloc_labels(answer, day),
        long=True,
    )
    return world_map(plan, size=size)


def bloc_text(answer: BlocsAnswer) -> str:
    """The map of blocs in words: every bloc with all its members."""
    told = "; ".join(
        say("world.bloc_names", number=b.number, size=b.size, names=", ".join(m.name for m in b.members))
        for b in answer.blocs
    )
    return say(
        "world.blocs_alt",
        period=span(answer.period.label),
        issue=answer.header.issue_label,
        n=answer.roll_calls,
        k=len(answer.blocs),
        told=told,
    )


def partner_data(answer: RankAnswer) -> pl.DataFrame:
    """One row a state of the map: same, cast, share and rank; the last two null where too few votes are in common."""
    import polars as pl

    rows = [
        {"state": p.state, "name": p.name, "same": p.counts.same, "cast": p.counts.cast,
         "share": p.counts.same / p.counts.cast, "rank": p.rank, "step": _step_labels()[step_of(p)]}
        for p in answer.partners
    ]  # fmt: skip
    rows += [{"state": s, "name": n, "cast": cast} for s, n, cast in answer.too_few]
    return pl.DataFrame(rows, infer_schema_length=None).with_columns(_on_map(day_of(answer)))


def vote_data(answer: VoteAnswer) -> pl.DataFrame:
    """One row a state: name, vote, and whether a shape is drawn for it."""
    import polars as pl

    assert answer.date is not None
    rows = [{"state": b.state, "name": b.name, "vote": b.choice.word} for b in answer.ballots]
    return pl.DataFrame(rows).with_columns(_on_map(answer.date))


def bloc_data(answer: BlocsAnswer) -> pl.DataFrame:
    """One row a state: name and the number of its bloc, null outside any."""
    import polars as pl

    rows: list[dict[str, Any]] = [
        {"state": m.state, "name": m.name, "bloc": b.number} for b in answer.blocs for m in b.members
    ]
    rows += [{"state": state, "name": name, "bloc": None} for state, name in _outside(answer)]
    return pl.DataFrame(rows, infer_schema_length=None).with_columns(_on_map(day_of(answer)))


def _outside(answer: BlocsAnswer) -> list[tuple[str, str]]:
    return [*((m.state, m.name) for m in answer.alone), *((u.state, u.name) for u in answer.unplaced)]


def _on_map(day: date) -> Any:
    import polars as pl

    return (~pl.col("state").map_elements(lambda s: bool(unseen([s], day)), pl.Boolean)).alias("on_map")


def _counted(choice: Choice) -> Choice:
    """A member coded not-a-member did not vote."""
    return min(choice, Choice.ABSENT)


def _unshown(told: Mapping[str, Told], day: date) -> tuple[str, ...]:
    left = unseen(sorted(told), day)
    names = ", ".join(told[s].name for s in left)
    return (say("world.unshown", states=names),) if left else ()


def _step_labels() -> tuple[str, ...]:
    ends: Sequence[int] = [round(100 * s) for s in STEPS]
    inner = [say("world.between", low=a, high=b) for a, b in pairwise(ends)]
    return say("world.under", high=ends[0]), *inner, say("world.over", low=ends[-1])


def _subtitle(answer: RankAnswer) -> str:
    return say(
        "world.partners_sub",
        n=answer.roll_calls,
        issue=answer.header.issue_label,
        among=len(answer.partners),
        **answer.header.where,
    )


def _few_rule(answer: RankAnswer) -> str:
    return say("world.few_rule", minimum=parts.minimum(answer.min_common)) if answer.too_few else ""


def _of_partner(answer: RankAnswer, partner: Partner) -> str:
    counts = partner.counts
    share = percent(counts.same, counts.cast)
    return say(
        "world.partner" if counts.cast >= parts.SMALL else "world.partner_few",
        same=counts.same, cast=counts.cast, share=share, rank=ordinal(partner.rank), among=len(answer.partners),
    )  # fmt: skip


def _short(partner: Partner) -> str:
    return say("world.short", name=named(partner.name), same=partner.counts.same, cast=partner.counts.cast)


def _bloc_label(bloc: Bloc, size: Size) -> str:
    """Its number and name; where that is too long for a line, its most central member and how many others."""
    name = bloc_words.name(bloc)
    if size.narrow and bloc.size > LABELLED:
        name = say("blocs.name_more", names=bloc.members[0].name, k=bloc.size - 1)
    return say("world.bloc_label", number=bloc.number, name=name)


def _bloc_colour(number: int) -> str:
    return BLOC_COLOURS[min(number, len(BLOC_COLOURS)) - 1]


def _bloc_labels(answer: BlocsAnswer, day: date) -> dict[str, str]:
    """The number of each bloc on its members with the largest shapes."""
    from comity.report.figures.world import largest

    at = largest(day)
    labels: dict[str, str] = {}
    for bloc in answer.blocs:
        shown = sorted((m.state for m in bloc.members if m.state in at), key=lambda s: -at[s].area)
        labels |= dict.fromkeys(shown[:LABELLED], str(bloc.number))
    return labels
