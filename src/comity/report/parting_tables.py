"""The texts on which two states part, as sentences and tables of letters, a letter a roll call."""

from __future__ import annotations

from collections.abc import Sequence

from comity.model.choice import Choice
from comity.model.period import Period
from comity.model.words import during, named, say, span, spans
from comity.report import parts
from comity.report.document import Block, Column, Fold, Item, Line, Paragraph, Table
from comity.report.situation_words import shortened
from comity.study.answers.parting import PartingAnswer, TextPeriod, TextRecord, Way

_SHOWN, _MOVED = 10, 5
_TITLE = 110
STRIP = "strip"
_WAYS: tuple[Way, Way, Way] = ("closer", "apart", "same")


def parting_blocks(answer: PartingAnswer) -> list[Block]:
    """The chapter: how often they differ and on what, then what came closer and what moved apart."""
    blocks: list[Block] = [Paragraph(lead(answer))]
    if answer.parted:
        shown = answer.parted[:_SHOWN]
        order = say("parting.order", shown=len(shown))
        blocks += [Paragraph(order, quiet=True), strips(answer, shown, say("parting.caption"))]
    if len(answer.periods) > 1:
        blocks.append(Paragraph(_change(answer)))
        folds = (_moved(answer, "closer"), _moved(answer, "apart"))
        blocks += [fold for fold in folds if fold is not None]
    return blocks


def lead(answer: PartingAnswer) -> str:
    """The sentence to quote."""
    fields = {"a": named(answer.pair.name_a), "b": named(answer.pair.name_b), "during": during(answer.periods[-1])}
    if not answer.cast:
        return say("parting.lead_empty", **fields)
    if not answer.different:
        return say("parting.lead_alike", n=answer.cast, **fields)
    return say(
        "parting.lead",
        n=answer.cast,
        different=answer.different,
        on_texts=answer.different - answer.alone,
        k=len(answer.parted),
        alone=answer.alone,
        **fields,
    )


def _change(answer: PartingAnswer) -> str:
    earlier, later = (span(answer.periods[k].label) for k in (0, -1))
    closer, apart, same = (len(answer.moved(way)) for way in _WAYS)
    k = closer + apart + same
    if not k:
        return say("parting.change_none", earlier=earlier, later=later)
    return say("parting.change", k=k, earlier=earlier, later=later, closer=closer, apart=apart, same=same)


def _moved(answer: PartingAnswer, way: Way) -> Fold | None:
    texts = answer.moved(way)
    if not texts:
        return None
    shown = texts[:_MOVED]
    table = strips(answer, shown, say("parting.caption_change"))
    return Fold(say(f"parting.{way}", shown=len(shown), n=len(texts)), (table,))


def strips(answer: PartingAnswer, texts: Sequence[TextRecord], caption: str) -> Table:
    """Three lines a text: what each state did, roll call by roll call, and on how many they voted alike."""
    columns = (say("parting.text"), say("parting.state"), *(span(period.label) for period in answer.periods))
    listed = {text.family for text in texts}
    lines = [line for text in texts for line in _lines(answer, text, listed)]
    heads = tuple(Column(head, numeric=False) for head in columns)
    return Table(caption, heads, tuple(lines), heads=2, note=say("parting.key"), grouped=True)


def _lines(answer: PartingAnswer, text: TextRecord, listed: set[int]) -> tuple[Line, Line, Line]:
    label = _name(text, answer.periods[0])
    name = Item(say("parting.maybe", name=label) if listed & {*text.maybe} else label)
    rows = []
    for state, side in ((answer.pair.name_a, "a"), (answer.pair.name_b, "b")):
        rows.append((Item(state), *(Item(_letters(getattr(p, side)), tone=STRIP) for p in text.periods)))
    alike = (Item(say("parting.alike")), *(Item(_alike(p)) for p in text.periods))
    return Line((name, *rows[0]), "first"), Line((Item(""), *rows[1])), Line((Item(""), *alike), "change")


def _name(text: TextRecord, period: Period) -> str:
    label = shortened(text.label or None, _TITLE)
    if period.clock == "day":
        return label
    return say("parting.named", label=label, slots=spans(sorted({s for p in text.periods for s in p.slots})))


def _letters(choices: Sequence[Choice]) -> str:
    return "".join(say(f"parting.letter_{choice.name.lower()}") for choice in choices) or say("parting.none")


def _alike(period: TextPeriod) -> str:
    return say("fact.count", k=period.same, n=period.cast) if period.cast else parts.NO_VALUE
