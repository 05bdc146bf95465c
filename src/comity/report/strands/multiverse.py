"""A figure under every equivalent reading, laid out."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from comity.audit.multiverse import MultiverseAnswer
from comity.model.coded import coded
from comity.model.language import numeral
from comity.model.words import named, said, say
from comity.report.document import Chapter, Column, Document, Item, Line, Paragraph, Table, chapter
from comity.report.parts import NO_VALUE
from comity.report.strands.registry import assembled, lays_out


@lays_out(MultiverseAnswer)
def multiverse(answer: MultiverseAnswer) -> Document:
    """The spread, how many readings give the figure, what moves it, what lies beyond."""
    a, b = (named(answer.names[s]) for s in (answer.a, answer.b))
    title = say("multiverse.title", a=a, b=b, category=coded(answer.category.replace("_", " ")))
    return assembled(answer, title[:1].upper() + title[1:], " ".join(_lead(answer)), _moving(answer), *_beyond(answer))


def _lead(answer: MultiverseAnswer) -> Iterator[str]:
    values, n = [v.value for v in answer.versions], numeral(len(answer.versions), ",")
    of = sorted(v.roll_calls for v in answer.versions)
    yield say(
        "multiverse.lead",
        n=n,
        low=per_cent(values[0]),
        high=per_cent(values[-1]),
        median=per_cent(median(values)),
        least=of[0],
        most=of[-1],
    )
    if answer.printed:
        yield say("multiverse.printed", k=numeral(answer.within, ","), n=n, printed=answer.printed.text)
    if answer.declared is not None:
        yield say("multiverse.declared", value=per_cent(answer.declared))


def _moving(answer: MultiverseAnswer) -> Chapter:
    if not answer.shares:
        return chapter("multiverse_shares", Paragraph(say("multiverse.nothing")))
    order = sorted(answer.shares, key=lambda name: -answer.shares[name])
    shares = Table(
        say("multiverse.caption_shares"),
        (Column(say("multiverse.column_choice"), False), Column(say("multiverse.column_share"))),
        tuple(Line((Item(choice(name)), Item(numeral(answer.shares[name], ".2f")))) for name in order),
    )
    heads = ("choice", "option", "median", "readings")
    medians = Table(
        say("multiverse.caption_medians"),
        tuple(Column(say(f"multiverse.column_{h}"), h not in ("choice", "option")) for h in heads),
        tuple(
            Line((Item(choice(name)), Item(option(held)), Item(per_cent(value)), Item(numeral(n, ","))))
            for name in order
            for (each, held), (value, n) in answer.medians.items()
            if each == name
        ),
        heads=2,
    )
    return chapter("multiverse_shares", shares, medians)


def _beyond(answer: MultiverseAnswer) -> Iterator[Chapter]:
    if not answer.beyond:
        return
    heads = ("choice", "tag", "range", "readings")
    lines = tuple(
        Line(
            (
                Item(choice(x.choice)),
                Item(say(f"multiverse.tag_{x.tag}")),
                Item(f"{per_cent(x.low)} – {per_cent(x.high)}"),
                Item(numeral(x.readings, ",")),
            )
        )
        for x in answer.beyond
    )
    columns = tuple(Column(say(f"multiverse.column_{h}"), h not in ("choice", "tag")) for h in heads)
    yield chapter("multiverse_beyond", Table(say("multiverse.caption_beyond"), columns, lines, heads=2))


def choice(name: str) -> str:
    """A choice in words."""
    return say(f"multiverse.choice_{name}")


def option(held: str) -> str:
    """An option in words; a release by its label."""
    return said(f"multiverse.option_{held}", held)


def per_cent(value: float | None) -> str:
    """A share in per cent, with two decimals: readings differ by little."""
    return NO_VALUE if value is None else f"{numeral(value, '.2f')} %"
