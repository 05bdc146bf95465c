"""The references of a report: every source it rests on and the tool, each as one line of a bibliography."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comity.model.words import say
from comity.report import cite, parts
from comity.report.cite import Entry
from comity.report.document import Chapter, Listing, Paragraph, chapter
from comity.sources.registry import Citation, Source, sources
from comity.study.answers.common import Header
from comity.study.answers.strand import SourceLine, StrandHeader

LEDGERS = "ledgers"
"""The label of one line for all ledgers (``audit.sources``)."""


def references(header: Header, beside: Iterable[SourceLine]) -> Chapter:
    """The chapter: the release of ``header``, the sources of other strands once each, the ledgers, Comity."""
    lines = {line.label: line for line in sorted(beside, key=lambda line: bool(line.link))}
    lines.pop(header.origin.release, None)
    stored = [line for line in lines.values() if line.link or line.sha256 or source_of(line)]
    kinds = sorted({kind for line in lines.values() if line not in stored for kind in _kinds(line)})
    data = cite.entries("data", header.origin, header)
    entries = (*data, *_others(stored, header, {entry.work for entry in data}))
    own = (f"{say('reference.ledgers_title')}. {say('reference.ledgers', kinds=', '.join(kinds))}",) if kinds else ()
    tool = cite.entries("tool", header.origin, header)
    items = dict.fromkeys((*map(reference, entries), *own, *map(reference, tool)))
    return chapter("references", Paragraph(say("reference.lead"), quiet=True), Listing(tuple(items), numbered=True))


def works(header: Header | StrandHeader) -> list[Entry]:
    """What an answer rests on, then Comity: the works to cite."""
    if isinstance(header, Header):
        return cite.entries("all", header.origin, header)
    stored = [line for line in header.sources if line.link or line.sha256 or source_of(line)]
    return [*_others(stored, header, set()), *cite.of_tool(header.answered)]


def reference(entry: Entry) -> str:
    """Authors (year). Title. Where it stands. Address. What to say of the copy at hand."""
    work = entry.work
    names = "; ".join(work.authors)
    head = f"{names} ({work.year})" if names and work.year else names or (str(work.year) if work.year else "")
    place = ", ".join(filter(None, (work.container, _number(work), work.pages.replace("-", "–"), work.publisher)))
    address = f"https://doi.org/{work.doi}" if work.doi else work.url
    version = say("reference.version", version=work.version) if work.version else ""
    accessed = say("reference.accessed", day=parts.day(entry.accessed)) if cite.read_online(entry) else ""
    sentences = (_stopped(head), _stopped(work.title), _stopped(place), version, address, accessed, entry.note)
    return " ".join(filter(None, sentences))


def source_of(line: SourceLine) -> Source | None:
    """The known source of a stored table: by the beginning of its label, else by its address; None where neither is."""
    known = [s for s in sources().values() if s.citations]
    named = [s for s in known if line.label == s.id or line.label.startswith(f"{s.id}-")]
    if named:
        return max(named, key=lambda s: len(s.id))
    return next((s for s in known if s.link and s.link == line.link), None)


def _kinds(line: SourceLine) -> list[str]:
    """The ledgers of a line: its own, or those that a line for all of them lists."""
    return line.span.split(", ") if line.label == LEDGERS else [line.label]


def _others(lines: Iterable[SourceLine], header: Header | StrandHeader, told: set[Citation]) -> Iterator[Entry]:
    """An entry a work that is not told yet; what was read stands with the first work of its source."""
    by_source: dict[str, list[SourceLine]] = {}
    for line in lines:
        known = source_of(line)
        by_source.setdefault(known.id if known else line.label, []).append(line)
    works = {k: sources()[k].citations if k in sources() else (_unknown(r[0]),) for k, r in by_source.items()}
    told |= {of_source[0] for of_source in works.values()}
    for key, read in sorted(by_source.items()):
        note = " ".join(say("reference.stored", label=line.label, span=line.span) for line in read)
        for i, work in enumerate(works[key]):
            if not i or work not in told:
                told.add(work)
                yield Entry(work, key, "" if i else note, header.answered)


def _unknown(line: SourceLine) -> Citation:
    return Citation(kind="dataset", authors=(), title=line.source, url=line.link)


def _number(work: Citation) -> str:
    return f"{work.volume}({work.issue})" if work.issue else work.volume


def _stopped(text: str) -> str:
    return f"{text}." if text and not text.endswith((".", "?", "!")) else text
