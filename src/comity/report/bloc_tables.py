"""Blocs and cohesion as neutral tables and documents, for Markdown and HTML."""

from __future__ import annotations

from comity.model.language import numeral
from comity.model.words import say, span
from comity.report import bloc_words as words
from comity.report import parts
from comity.report.document import Chapter, Column, Document, Item, Line, Listing, Paragraph, Table, chapter
from comity.report.member_tables import members_table
from comity.study.answers.blocs import Bloc, BlocsAnswer
from comity.study.answers.cohesion import CohesionAnswer, Placed, Stretch

# After the period; each index stands beside the number of roll calls that define it.
COHESION = (
    *("members", "absent", "unanimous"),
    *("n", "rice", "drawn", "above"),
    *("n", "agreement", "drawn", "above"),
)


def blocs_document(answer: BlocsAnswer) -> Document:
    """The page of a period's blocs."""
    outside = words.outside(answer)
    chapters = [
        chapter(
            "blocs",
            blocs_table(answer),
            Listing(outside) if outside else None,
            Paragraph(words.search(answer), quiet=True),
        ),
        chapter("blocs_sweep", sweep_table(answer)),
    ]
    if answer.earlier:
        chapters.append(chapter("blocs_moved", Listing(words.moved(answer.earlier))))
    title = say("blocs.title", period=span(answer.period.label))
    return _document(answer, title, words.lead(answer), *chapters)


def cohesion_document(answer: CohesionAnswer) -> Document:
    """The page of a group's cohesion."""
    title = say("cohesion.title", name=answer.name, period=span(answer.period.label))
    members = (chapter("cohesion_members", members_table(answer)),) if answer.records else ()
    return _document(answer, title, words.cohesion_lead(answer), chapter("cohesion", cohesion_table(answer)), *members)


def _document(answer: BlocsAnswer | CohesionAnswer, title: str, lead: str, *chapters: Chapter) -> Document:
    notes = Listing(tuple(n.text for n in answer.notes), numbered=True)
    last = chapter("blind", notes, Paragraph(parts.dropped_line(answer.dropped)))
    return Document(title, parts.subject(answer.header), lead, (*chapters, last), parts.source_line(answer.header))


def blocs_table(answer: BlocsAnswer) -> Table:
    """One line a bloc, all its members named."""
    keys = ("bloc", "members", "states", "agreement")
    columns = tuple(Column(say(f"bloc_column.{k}"), numeric=k not in keys[:2]) for k in keys)
    return Table(say("blocs.caption"), columns, tuple(_bloc_line(b, answer.runs) for b in answer.blocs), heads=2)


def _bloc_line(bloc: Bloc, runs: int) -> Line:
    _, *beneath = words.about(bloc, runs)
    name = Item(words.name(bloc), tuple(beneath))
    return Line((Item(str(bloc.number)), name, Item(str(bloc.size)), Item(words.number(bloc.agreement))))


def sweep_table(answer: BlocsAnswer) -> Table:
    """One line a resolution."""
    keys = ("resolution", "blocs", "sizes", "alone", "modularity", "alike")
    columns = tuple(Column(say(f"bloc_column.{k}"), numeric=k != "sizes") for k in keys)
    lines = tuple(
        Line(
            tuple(
                Item(text)
                for text in (
                    numeral(step.resolution, "g"),
                    str(len(step.sizes)),
                    ", ".join(map(str, step.sizes)),
                    str(step.alone),
                    words.number(step.modularity),
                    words.number(step.alike),
                )
            )
        )
        for step in answer.sweep
    )
    return Table(say("blocs.sweep_caption"), columns, lines, note=say("blocs.sweep_note"))


def cohesion_table(answer: CohesionAnswer) -> Table:
    """The whole period, then one line a year or session."""
    unit = "session" if answer.header.reading.clock == "session" else "year"
    columns = (
        Column(say(f"column.{unit}"), numeric=False),
        *(Column(_flat(say(f"cohesion_column.{k}"))) for k in COHESION),
    )
    lines = tuple(Line(tuple(map(Item, stretch_cells(s)))) for s in (answer.whole, *answer.stretches))
    starred = say("line.partial_note", label=_last(answer), last=parts.day(answer.header.origin.last))
    note = say("cohesion.legend", draws=answer.draws) + (f" {starred}" if answer.whole.partial else "")
    caption = say("cohesion.caption", name=answer.name, issue=answer.header.issue_label)
    return Table(caption, columns, lines, note=note)


def _flat(head: str) -> str:
    """A heading of two lines on one."""
    return head.replace("-|", "").replace("|", " ")


def stretch_cells(stretch: Stretch) -> tuple[str, ...]:
    """What stands in a line of the cohesion table."""
    label = span(stretch.period.label)
    return (
        say("line.partial", label=label) if stretch.partial else label,
        words.members(stretch.fewest, stretch.most),
        say("cohesion.absences", k=stretch.absent.k, n=stretch.absent.n),
        str(stretch.unanimous),
        *_placed_cells(stretch.rice),
        *_placed_cells(stretch.agreement),
    )


def _placed_cells(placed: Placed) -> tuple[str, str, str, str]:
    above = parts.NO_VALUE if placed.above is None else parts.rounded(placed.above)
    return str(placed.roll_calls), words.number(placed.value), words.drawn(placed), above


def _last(answer: CohesionAnswer) -> str:
    partial = [s for s in (answer.whole, *answer.stretches) if s.partial]
    return span(partial[-1].period.label) if partial else ""
