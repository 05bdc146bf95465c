"""Breaks, who moved and decompositions as sentences and neutral tables."""

from __future__ import annotations

import textwrap

from comity.model.language import numeral, typeset
from comity.model.words import named, points, say, span
from comity.report import parts
from comity.report.break_tables import breaks_sentences, breaks_table
from comity.report.document import Column, Document, Item, Line, Listing, Table, chapter
from comity.study.answers.breaks import BreaksAnswer
from comity.study.answers.moved import DecomposeAnswer, FamilyMove, MovedAnswer, Part

Changed = BreaksAnswer | MovedAnswer | DecomposeAnswer
SHOWN = 20
_TITLE = 90


def title(answer: Changed) -> str:
    """The heading."""
    names = {"a": answer.pair.name_a, "b": answer.pair.name_b}
    if isinstance(answer, BreaksAnswer):
        return say("change.title_breaks", **names)
    earlier, later = (span(p.label) for p in answer.periods)
    key = "change.title_moved" if isinstance(answer, MovedAnswer) else "change.title_decompose"
    return say(key, **names, earlier=earlier, later=later)


def sentences(answer: Changed) -> list[str]:
    """What the answer says, the sentence to quote first."""
    match answer:
        case BreaksAnswer():
            return breaks_sentences(answer)
        case MovedAnswer():
            return _moved_sentences(answer)
        case DecomposeAnswer():
            return [_decompose_sentence(answer)]


def table(answer: Changed) -> Table:
    """The answer's table."""
    match answer:
        case BreaksAnswer():
            return breaks_table(answer)
        case MovedAnswer():
            return moved_table(answer)
        case DecomposeAnswer():
            return _decompose_table(answer)


def change_document(answer: Changed) -> Document:
    """The answer as a document."""
    lead, *others = sentences(answer)
    blind = [
        Listing(tuple(n.text for n in answer.notes), numbered=True),
        Listing((parts.dropped_line(answer.dropped),)),
    ]
    body = chapter("change", Listing(tuple(others)) if others else None, table(answer))
    subtitle, source = parts.subject(answer.header), parts.source_line(answer.header)
    return Document(title(answer), subtitle, lead, (body, chapter("blind", *blind)), source)


def _moved_sentences(answer: MovedAnswer) -> list[str]:
    pair, (earlier, later) = answer.pair, (span(p.label) for p in answer.periods)
    coverage = say(
        "change.coverage",
        k_before=answer.common[0],
        n_before=answer.all[0],
        earlier=earlier,
        k_after=answer.common[1],
        n_after=answer.all[1],
        later=later,
    )
    if not answer.families:
        return [say("change.no_common"), coverage]
    apart = [sum(f.weight * abs(f.a[t] - f.b[t]) for f in answer.families) for t in (0, 1)]
    return [
        say(
            "change.distance",
            k=len(answer.families),
            before=numeral(apart[0], ".2f"),
            after=numeral(apart[1], ".2f"),
            earlier=earlier,
            later=later,
        ),
        say(
            "change.split",
            a=named(pair.name_a),
            b=named(pair.name_b),
            whole=_number(sum(answer.parts.values())),
            by_a=_number(answer.parts["a"]),
            by_b=_number(answer.parts["b"]),
            by_both=_number(answer.parts["both"]),
        ),
        say(
            "change.who",
            a=named(pair.name_a),
            b=named(pair.name_b),
            k_a=answer.who["a"],
            k_b=answer.who["b"],
            k_both=answer.who["both"],
            k_neither=answer.who["neither"],
        ),
        _shift(answer),
        coverage,
    ]


def _shift(answer: MovedAnswer) -> str:
    sides = {"a": answer.shift["a"], "b": answer.shift["b"], "w": answer.shift["world"]}
    ends = {f"{k}_{when}": _place(v[t]) for k, v in sides.items() for t, when in enumerate(("before", "after"))}
    return say("change.shift", a=answer.pair.name_a, b=answer.pair.name_b, **ends)


def _number(value: float) -> str:
    """A signed number of two decimals."""
    return typeset(value, "+.2f")


def _place(value: float) -> str:
    """A position of two decimals, signed only below 0."""
    return _number(value).lstrip("+")


def moved_table(answer: MovedAnswer, *, codes: bool = False) -> Table:
    """A line a text; ``codes`` says the states' codes over the narrowest columns."""
    pair = answer.pair
    alone = (pair.a, pair.b) if codes else (pair.name_a, pair.name_b)
    columns = (
        Column(say("change.number"), numeric=False),
        Column(say("change.text"), numeric=False),
        Column(say("column.both_cast")),
        *(Column(head) for head in (pair.name_a, pair.name_b, say("change.median_state"))),
        Column(say("change.distance_change")),
        *(Column(say("change.alone", name=name)) for name in alone),
        Column(say("change.together")),
    )
    shown = answer.families[:SHOWN]
    all_of = len(answer.families)
    note = [say("change.shown", k=len(shown), n=all_of)] if all_of > len(shown) else []
    note += [say("change.open_text", number=shown[0].family)] if shown else []
    return Table(say("change.caption_moved"), columns, tuple(map(_moved_line, shown)), heads=2, note=" ".join(note))


def _moved_line(move: FamilyMove) -> Line:
    places = (say("change.from_to", before=_place(p[0]), after=_place(p[1])) for p in (move.a, move.b, move.world))
    changes = (_number(v) for v in (move.change, move.by_a, move.by_b, move.by_both))
    cells = (str(move.family), _short(move.label), f"{move.n[0]} | {move.n[1]}", *places, *changes)
    return Line(tuple(Item(text) for text in cells))


def _short(label: str) -> str:
    """A title cut at a word, for a table that is wide already."""
    return textwrap.shorten(label, _TITLE, placeholder=" …")


def _decompose_sentence(answer: DecomposeAnswer) -> str:
    first, second = answer.shares
    earlier, later = (span(p.label) for p in answer.periods)
    smaller = min(first.n, second.n)
    return say(
        "change.lead_decompose",
        a=answer.pair.name_a,
        b=answer.pair.name_b,
        k_before=first.k,
        n_before=first.n,
        earlier=earlier,
        before=parts.share(first),
        k_after=second.k,
        n_after=second.n,
        later=later,
        after=parts.share(second),
        change=_in_points(answer, points(first.value, second.value, smaller), smaller),
    )


def _in_points(answer: DecomposeAnswer, change: str, smaller: int) -> str:
    """The change in points with its interval; that there are too few votes for one where it is blank."""
    if not change:
        return say("change.lead_few")
    interval = _ends(answer.interval, smaller)
    return say("change.lead_change", points=change, interval=interval, families=answer.families)


def _ends(interval: tuple[float, float], smaller: int) -> str:
    low, high = (parts.signed(100 * end, smaller) for end in interval)
    return say("change.interval_ends", low=low, high=high)


def _decompose_table(answer: DecomposeAnswer) -> Table:
    earlier, later = (span(p.label) for p in answer.periods)
    heads = (say("change.part"), say("change.texts"), say("change.votes_pair", earlier=earlier, later=later))
    keys = ("points", "orders", "interval")
    columns = tuple(Column(h, numeric=i > 0) for i, h in enumerate((*heads, *(say(f"change.{k}") for k in keys))))
    smaller = min(s.n for s in answer.shares)
    first, second = answer.shares
    total = (
        Item(say("change.whole")),
        Item(str(answer.families)),
        Item(f"{first.n} | {second.n}"),
        Item(parts.signed(100 * answer.change, smaller)),
        Item(""),
        Item(_ends(answer.interval, smaller)),
    )
    lines = (*(_part_line(p, smaller) for p in answer.parts), Line(total, "median"))
    return Table(say("change.caption_decompose"), columns, lines)


def _part_line(part: Part, smaller: int) -> Line:
    low, high = sorted(part.orders)
    return Line(
        (
            Item(say(f"change.{part.name}")),
            Item(str(part.families)),
            Item(f"{part.n[0]} | {part.n[1]}"),
            Item(parts.signed(100 * part.value, smaller)),
            Item(_ends((low, high), smaller)),
            Item(_ends(part.interval, smaller)),
        )
    )
