"""The layouts of answers about the store and the method."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields

from comity.measures.catalogue import MEASURES
from comity.model.body import ASSEMBLY, COUNCIL
from comity.model.language import numeral
from comity.model.reading import Reading
from comity.model.tables import LENDABLE
from comity.model.words import catalogue, say
from comity.report import parts
from comity.report.document import Block, Chapter, Column, Definitions, Document, Item, Line, Listing, Paragraph, Table
from comity.report.dossier.chapters import method as categories
from comity.report.strands.registry import assembled, lays_out
from comity.states.registry import registry
from comity.store.manifest import Manifest
from comity.study.standing import MIN_COMMON
from comity.web.about import CheckAnswer, DataAnswer, DiffAnswer, MethodAnswer

_SEVERITIES = ("error", "warning", "note")
_STATES_SHOWN = 30


@lays_out(DataAnswer)
def data(answer: DataAnswer) -> Document:
    """Releases, tables, ledgers, and how to add what is missing."""
    held: list[Block] = [_releases(answer.releases, ASSEMBLY) if answer.releases else Paragraph(say("data.empty"))]
    if answer.council:
        held += [_releases(answer.council, COUNCIL), Paragraph(say("web_data.council"), quiet=True)]
    tables: Block = _tables(answer) if answer.tables else Paragraph(say("web_data.no_tables"))
    events = (
        [Chapter("events", say("web_data.events"), (Paragraph(answer.events.in_words()),))] if answer.events else []
    )
    how = tuple(
        (say(f"web_data.get_{k}"), say(f"web_data.get_{k}_text"), None) for k in ("pull", "add", "tables", "own")
    )
    return assembled(
        answer,
        say("web_data.title"),
        say("web_data.lead"),
        Chapter("releases", say("web_data.releases"), tuple(held)),
        Chapter("tables", say("web_data.tables"), (tables,)),
        *events,
        Chapter(
            "ledgers", say("web_data.ledgers"), (_ledgers(answer), Paragraph(say("web_data.ledgers_note"), quiet=True))
        ),
        Chapter("get", say("web_data.get"), (Definitions(how),)),
    )


def _releases(held: Sequence[Manifest], body: str) -> Table:
    heads = ("release", "span", "roll_calls", "states", "has", "licence", "hash")
    numeric = ("roll_calls", "states")
    lines = []
    for m in held:
        holds = [field for field in LENDABLE if field in m.has] + ([] if m.absences else [say("data.no_absences")])
        cells = (
            Item(m.release, (m.source,)),
            Item(f"{parts.day(m.first)} – {parts.day(m.last)}"),
            Item(numeral(m.roll_calls, ",")),
            Item(str(m.states)),
            Item(", ".join(holds)),
            Item(m.licence or parts.NO_VALUE),
            Item(m.sha256[: parts.HASH_LENGTH]),
        )
        lines.append(Line(cells))
    columns = tuple(Column(say(f"data.{head}"), numeric=head in numeric) for head in heads)
    return Table(say("data.releases" if body == ASSEMBLY else "data.releases_council"), columns, tuple(lines))


def _tables(answer: DataAnswer) -> Table:
    heads = ("label", "kind", "span", "rows", "made", "hash")
    lines = [
        Line(
            (
                Item(t.label, (t.source,)),
                Item(t.kind),
                Item(f"{t.first}–{t.last}"),
                Item(numeral(t.rows, ",")),
                Item(parts.day(t.as_of)),
                Item(t.sha256[: parts.HASH_LENGTH]),
            )
        )
        for t in answer.tables
    ]
    columns = tuple(Column(say(f"datasets.{head}"), numeric=head == "rows") for head in heads)
    return Table(say("datasets.title"), columns, tuple(lines))


def _ledgers(answer: DataAnswer) -> Table:
    lines = tuple(
        Line(
            (
                Item(c.kind, (c.what,)),
                Item(str(c.rows)),
                Item(str(c.checked)),
                Item(str(c.own)),
                Item(f"{c.first} – {c.last}" if c.first else parts.NO_VALUE),
            )
        )
        for c in answer.ledgers.ledgers
    )
    heads = ("kind", "rows", "checked", "own", "from_to")
    columns = tuple(Column(say(f"web_data.ledger_{h}"), numeric=h in ("rows", "checked", "own")) for h in heads)
    return Table(say("web_data.ledgers_caption"), columns, lines)


@lays_out(CheckAnswer)
def check(answer: CheckAnswer) -> Document:
    """Every finding as a sentence, errors first."""
    report = answer.report
    counted = {"roll_calls": numeral(report.roll_calls, ","), "votes": numeral(report.votes, ",")}
    others = ", ".join(report.against)
    lead = say("data.compared", others=others) if others else say("data.not_compared")
    chapters = [
        Chapter(severity, say(f"data.{severity}"), (Listing(tuple(f.sentence for f in found)),))
        for severity in _SEVERITIES
        if (found := [f for f in report.findings if f.severity == severity])
    ]
    clean = Chapter("clean", say("web_data.result"), (Paragraph(say("data.clean")),))
    return assembled(answer, say("data.check", release=report.release, **counted), lead, *(chapters or [clean]))


@lays_out(DiffAnswer)
def diff(answer: DiffAnswer) -> Document:
    """The comparison in sentences, then the states that differ most."""
    report = answer.report
    a, b = report.a.release, report.b.release
    first, *rest = report.sentences()
    lines = tuple(
        Line((Item(registry().name(s.state), (s.state,)), *(Item(numeral(getattr(s, k), ",")) for k in _COUNTS)))
        for s in report.states[:_STATES_SHOWN]
    )
    heads = (say("data.shared"), say("data.differing"), say("data.only_a", a=a), say("data.only_b", b=b))
    columns = (Column(say("data.state"), numeric=False), *map(Column, heads))
    states = (Chapter("states", say("data.most"), (Table(say("data.most"), columns, lines),)),) if lines else ()
    said = Chapter("differences", say("web_data.result"), (Listing(tuple(rest)),))
    return assembled(answer, say("data.diff", a=a, b=b), first, said, *states)


_COUNTS = ("shared", "differing", "only_a", "only_b")


@lays_out(MethodAnswer)
def method(answer: MethodAnswer) -> Document:
    """What is counted, every choice of a reading, every measure, the terms."""
    return assembled(
        answer,
        say("web_method.title"),
        say("web_method.lead"),
        Chapter("counting", say("web_method.counting"), categories(MIN_COMMON).blocks),
        Chapter(
            "reading",
            say("web_method.reading"),
            (Paragraph(say("web_method.reading_text")), Definitions(tuple(_choices()))),
        ),
        Chapter("measures", say("web_method.measures"), (_measures(),)),
        Chapter("glossary", say("web_method.glossary"), (Definitions(tuple(_terms())),)),
    )


def _choices() -> Iterable[tuple[str, str, None]]:
    for field in fields(Reading):
        yield say(f"web_field.{field.name}"), say(f"web_method.choice_{field.name}"), None


def _measures() -> Table:
    heads = ("id", "range", "formula", "source")
    lines = []
    for m in MEASURES.values():
        ends = (
            parts.NO_VALUE if m.low is None else numeral(m.low, "g"),
            parts.NO_VALUE if m.high is None else numeral(m.high, "g"),
        )
        lines.append(Line((Item(m.id), Item(" … ".join(ends)), Item(m.formula), Item(m.source))))
    columns = tuple(Column(say(f"web_method.measure_{h}"), numeric=False) for h in heads)
    return Table(say("web_method.measures_caption", n=len(lines)), columns, tuple(lines))


def _terms() -> Iterable[tuple[str, str, None]]:
    """Terms of the catalogue, in the alphabet of the language spoken."""
    keys = [key.removeprefix("web_term.") for key in catalogue() if key.startswith("web_term.")]
    for key in sorted(keys, key=lambda k: say(f"web_term.{k}").casefold()):
        yield say(f"web_term.{key}"), say(f"web_meaning.{key}"), None
