"""Opposite and surprising votes as sentences and neutral tables, for the terminal, Markdown and HTML alike."""

from __future__ import annotations

from comity.model.counts import Counts
from comity.model.language import numeral
from comity.model.words import named, say, span
from comity.report import parts
from comity.report.document import Column, Document, Item, Line, Listing, Table, chapter
from comity.report.record import name
from comity.report.record import title as record_title
from comity.report.tables import TONES
from comity.study.answers.outliers import Outlier, OutliersAnswer, Side, Votes

SHOWN = 20
_LEAST = 0.001
_ENOUGH, _NEAR = 20, (0.8, 1.25)  # so many votes, and so far from what was expected, that the chances are off


def title(answer: OutliersAnswer) -> str:
    """The heading."""
    return say("outliers.title", a=answer.name_a, b=answer.name_b, period=span(answer.period.label))


def sentences(answer: OutliersAnswer) -> list[str]:
    """What the answer says, the sentence to quote first."""
    counts = answer.counts
    told = [
        say("outliers.opposite", opposite=counts.opposite, n=counts.roll_calls, expected=_expected(answer.opposites)),
        *(_surprising(answer, i) for i in (0, 1)),
        say(
            "outliers.held",
            k=numeral(answer.held[0], ","),
            expected=_expected(answer.held[1]),
            n=numeral(answer.held[2], ","),
        ),
    ]
    k, expected, _ = answer.held
    if min(k, expected) >= _ENOUGH and not _NEAR[0] <= k / expected <= _NEAR[1]:
        key = "small" if k > expected else "large"
        told.append(say(f"outliers.held_{key}", ratio=numeral(k / expected, ".1f")))
    if answer.intended is not None:
        told += [_counted("recorded", counts), _counted("as_intended", answer.intended)]
    return told if answer.rows else [*told, say("outliers.nothing")]


def side_sentences(name: str, side: Side) -> list[str]:
    """One state's vote, what it stands beside, and what it differs from."""
    choice = parts.choice_word(side.choice)
    if side.p is None:
        told = [say("outliers.vote_absent", name=name, choice=choice)]
    else:
        told = [
            say("outliers.vote", name=name, choice=choice, p=chance(side.p)),
            say("outliers.own", votes=_votes(side.own)) if sum(side.own) else say("outliers.own_none"),
            say("outliers.near", k=sum(side.near), votes=_votes(side.near)),
            *((say("outliers.on_line", p=chance(side.on_line)),) if side.on_line is not None else ()),
        ]
    return [*told, *_label(side)]


def chance(p: float) -> str:
    """A chance in print: no more digits than it carries.

    >>> chance(0.0053), chance(0.00004), chance(0.8651), chance(0.999)
    ('1 in 190', 'less than 1 in 1,000', '87 in 100', 'more than 99 in 100')
    """
    if p < _LEAST:
        return say("outliers.below", n=numeral(1 / _LEAST, ",.0f"))
    if p < 0.1:
        return say("outliers.one_in", n=numeral(float(f"{1 / p:.2g}"), ".0f"))
    return say("outliers.above") if p > 0.99 else say("outliers.in_hundred", k=numeral(100 * p, ".0f"))


def shown_note(answer: OutliersAnswer) -> str:
    """That the list is cut, where it is."""
    n = len(answer.rows)
    return say("outliers.shown", k=SHOWN, n=n) if n > SHOWN else ""


def outliers_document(answer: OutliersAnswer) -> Document:
    """The answer as a document."""
    lead, *others = sentences(answer)
    blind = [
        Listing(tuple(n.text for n in answer.notes), numbered=True),
        Listing((parts.dropped_line(answer.dropped),)),
    ]
    table = outliers_table(answer) if answer.rows else None
    body = chapter("outliers", Listing(tuple(others)), table)
    subtitle, source = parts.subject(answer.header), parts.source_line(answer.header)
    return Document(title(answer), subtitle, lead, (body, chapter("blind", *blind)), source)


def outliers_table(answer: OutliersAnswer) -> Table:
    """Two lines a roll call, one a state."""
    heads = (say("column.record"), say("column.state"), *(say(f"outliers.column_{k}") for k in _COLUMNS))
    lines = [line for row in answer.rows[:SHOWN] for line in _lines(answer, row)]
    note = " ".join(filter(None, (say("outliers.note"), shown_note(answer))))
    caption = say("outliers.caption", at=chance(answer.at))
    return Table(caption, tuple(Column(h, numeric=False) for h in heads), tuple(lines), note=note)


_COLUMNS = ("vote", "own", "near", "label")


def _lines(answer: OutliersAnswer, row: Outlier) -> list[Line]:
    split = row.split
    when = parts.day(split.date, split.date_precision)
    record = Item(name(split.symbol, split.roll_call), (record_title(split.title), when), href=split.link)
    first, second = (
        (
            Item(state),
            Item(parts.choice_word(side.choice), _given(side), tone=TONES.get(side.choice, "")),
            Item(_slashed(side.own)),
            Item(_slashed(side.near)),
            Item(" ".join(_label(side))),
        )
        for state, side in ((answer.name_a, row.a), (answer.name_b, row.b))
    )
    return [Line((record, *first), "first"), Line((Item(""), *second))]


def _given(side: Side) -> tuple[str, ...]:
    line = (say("outliers.on_line_short", p=chance(side.on_line)),) if side.on_line is not None else ()
    return (chance(side.p), *line) if side.p is not None else ()


def _slashed(votes: Votes) -> str:
    return " / ".join(map(str, votes)) if sum(votes) else parts.NO_VALUE


def _votes(votes: Votes) -> str:
    return say("outliers.votes", yes=votes[0], abstained=votes[1], no=votes[2])


def _label(side: Side) -> list[str]:
    if side.label == "recorded_error" and side.intended is not None:
        meeting = f" {side.meeting}" if side.meeting else ""
        intended = parts.choice_word(side.intended)
        return [say("outliers.recorded_error", meeting=meeting, intended=intended, read_in=side.read_in)]
    return [say(f"outliers.{side.label}")] if side.label else []


def _surprising(answer: OutliersAnswer, i: int) -> str:
    name = (answer.name_a, answer.name_b)[i]
    k, expected, n = answer.surprises[i]
    if not n:
        return say("outliers.none_cast", name=named(name))
    return say("outliers.surprising", name=named(name), k=k, n=n, at=chance(answer.at), expected=_expected(expected))


def _counted(key: str, counts: Counts) -> str:
    numbers = {k: getattr(counts, k) for k in ("same", "ambivalent", "opposite", "absent")}
    return say(f"outliers.{key}", **numbers)


def _expected(number: float) -> str:
    return numeral(number, ",.0f") if number >= 100 else numeral(number, ".1f")
