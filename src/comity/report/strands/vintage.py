"""The same figure on two releases, laid out."""

from __future__ import annotations

from comity.audit.vintage import Moved, VintageAnswer
from comity.model.coded import coded
from comity.model.words import named, say
from comity.report.document import Column, Document, Item, Line, Table, chapter
from comity.report.parts import NO_VALUE
from comity.report.strands.registry import assembled, lays_out

_SHOWN = 40


@lays_out(VintageAnswer)
def vintage(answer: VintageAnswer) -> Document:
    """Both counts, then the roll calls that make the difference."""
    a, b = (named(answer.names[s]) for s in (answer.a, answer.b))
    category = coded(answer.category.replace("_", " "))
    kinds = [m.kind for m in answer.moved]
    lead = say(
        "vintage.lead",
        first=answer.releases[0],
        second=answer.releases[1],
        k1=answer.k[0],
        n1=answer.n[0],
        k2=answer.k[1],
        n2=answer.n[1],
        moved=len(kinds),
        **{kind: str(kinds.count(kind)) for kind in ("only_first", "only_second", "changed")},
    )
    title = say("vintage.title", a=a, b=b, category=category)
    heads = ("symbol", "year", "what", "first", "second", "adds")
    shown = answer.moved[:_SHOWN]
    caption = say("vintage.caption", shown=len(shown), k=len(kinds), category=category)
    columns = tuple(Column(say(f"vintage.column_{h}"), h in ("year", "adds")) for h in heads)
    body = (chapter("vintage_moved", Table(caption, columns, tuple(map(_line, shown)))),) if shown else ()
    return assembled(answer, title[:1].upper() + title[1:], lead, *body)


def _line(moved: Moved) -> Line:
    choices = (" / ".join(map(coded, c)) if c else NO_VALUE for c in (moved.first, moved.second))
    return Line(
        (
            Item(moved.symbol, href=moved.link or None),
            Item(str(moved.year)),
            Item(
                say(f"vintage.kind_{moved.kind}"),
                (say(f"vintage.{'held' if moved.held else 'lacks'}"),) * (moved.kind != "changed"),
            ),
            *map(Item, choices),
            Item(f"{moved.adds:+d}".replace("-", "−") if moved.adds else "0"),
        )
    )
