"""Citations for the data, the release with its reading, and Comity itself."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from comity.errors import UsageError
from comity.model.clock import today
from comity.model.origin import Origin
from comity.model.reading import Reading
from comity.model.words import say
from comity.report import parts
from comity.sources.registry import Citation, sources
from comity.store.home import home
from comity.study.answers.common import Header
from comity.version import LICENCE, VERSION
from comity.votes.sets import load_set

WHATS = ("data", "tool", "all")
FORMATS = ("bibtex", "ris", "csl-json")

_YEAR = 2026  # of this version of Comity
_TYPES: dict[str, tuple[str, str, str]] = {
    # kind: BibTeX, RIS, CSL. Classic BibTeX styles know neither @dataset nor @software.
    "dataset": ("misc", "DATA", "dataset"),
    "article": ("article", "JOUR", "article-journal"),
    "chapter": ("incollection", "CHAP", "chapter"),
    "software": ("misc", "COMP", "software"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A work to cite as it was used: its key, what to say of the copy at hand, and when it was read."""

    work: Citation
    key: str
    note: str
    accessed: date


def cite(what: str, origin: Origin, format: str, header: Header | None = None) -> str:
    """Citations as text, a newline at its end.

    what   : "data" (the release's source and the works its publisher asks to cite), "tool" (Comity), "all".
    format : "bibtex", "ris" or "csl-json".
    header : of an answer, to note its reading and its date; else today and no reading.
    Raises UsageError for another ``what`` or ``format``.
    """
    if what not in WHATS:
        raise UsageError("Unknown thing to cite", got=what, allowed=", ".join(WHATS))
    if format not in FORMATS:
        raise UsageError("Unknown citation format", got=format, allowed=", ".join(FORMATS))
    return written(entries(what, origin, header), format)


def written(works: list[Entry], format: str) -> str:
    """Entries as text in one of FORMATS, a newline at its end."""
    return _WRITERS[format](works)


def of_tool(accessed: date) -> list[Entry]:
    """Comity itself."""
    return _keyed([_tool()], accessed)


def entries(what: str, origin: Origin, header: Header | None = None) -> list[Entry]:
    """The works of ``cite``, each with its key; ``what`` as there."""
    accessed = header.answered if header else today()
    works: list[tuple[Citation, str]] = []
    if what != "tool":
        works += _data(origin, header)
    if what != "data":
        works.append(_tool())
    return _keyed(works, accessed)


def _data(origin: Origin, header: Header | None) -> list[tuple[Citation, str]]:
    """The works of the release's source, the first with a note on the release; the user's own data as recorded."""
    known = next((s for s in sources().values() if s.link and s.link == origin.link), None)
    works = known.citations if known else ()
    said = [_release(origin)]
    if not works:
        works = (Citation(kind="dataset", authors=(), title=origin.source, url=origin.link),)
        said += [say("cite.recorded", citation=origin.citation)] if origin.citation else []
    said += [say("cite.licence", licence=origin.licence)] if origin.licence else []
    said += [say("cite.reading", reading=parts.reading_words(header)), set_line(header.reading)] if header else []
    return [(works[0], " ".join(filter(None, said))), *((work, "") for work in works[1:])]


def _release(origin: Origin) -> str:
    facts = {"hash": origin.sha256, "last": origin.last.isoformat()}
    if origin.aggregates:
        return say("cite.starter", derived=origin.derived_from, **facts)
    return say("cite.release", release=origin.release, **facts)


def set_line(reading: Reading) -> str:
    """Coder, size and hash of the named set that a reading counts; "" where it counts none.

    Raises UnknownIssue where the set is no longer there.
    """
    kind, _, name = reading.issue.partition(":")
    if kind != "set":
        return ""
    found = load_set(name, [home() / "sets"])
    key = "codebook.set" if found.coder else "codebook.set_uncoded"
    return say(key, name=Path(name).stem, n=len(found.members), coder=found.coder, hash=found.sha256)


def _tool() -> tuple[Citation, str]:
    work = Citation(kind="software", authors=("The Comity team",), title="Comity", year=_YEAR, version=VERSION)
    return work, say("cite.licence", licence=LICENCE)


def _keyed(works: Sequence[tuple[Citation, str]], accessed: date) -> list[Entry]:
    """Each work with a key of its own: family name and year, a letter where that is taken."""
    entries: list[Entry] = []
    taken: set[str] = set()
    for work, note in works:
        first = work.authors[0].removeprefix("The ").partition(",")[0] if work.authors else work.title
        plain = unicodedata.normalize("NFKD", first).encode("ascii", "ignore").decode()
        stem = f"{''.join(re.findall('[a-z0-9]+', plain.lower())) or 'data'}{work.year or ''}"
        key = next(k for k in (stem, *(f"{stem}{c}" for c in "bcdefghijklmnopqrstuvwxyz")) if k not in taken)
        taken.add(key)
        entries.append(Entry(work, key, note, accessed))
    return entries


_TEX = {c: f"\\{c}" for c in "{}&%$#_"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def _tex(text: str) -> str:
    return "".join(_TEX.get(c, c) for c in " ".join(text.split()))


def _bibtex(entries: list[Entry]) -> str:
    return "\n".join(_bibtex_entry(entry) for entry in entries)


def _bibtex_entry(entry: Entry) -> str:
    """One entry. Names without a comma are of bodies and braced whole, titles keep their capitals, and addresses
    are left as they are: styles print them verbatim."""
    work = entry.work
    kind = _TYPES[work.kind][0]
    names = [_tex(a) if "," in a else f"{{{_tex(a)}}}" for a in work.authors]
    container = {"article": "journal", "incollection": "booktitle"}.get(kind)
    fields = {
        "author": " and ".join(names),
        "title": f"{{{_tex(work.title)}}}",
        **({container: _tex(work.container)} if container else {}),
        "howpublished" if kind == "misc" else "publisher": _tex(work.publisher),
        "year": str(work.year or ""),
        "volume": _tex(work.volume),
        "number": _tex(work.issue),
        "pages": _tex(work.pages).replace("-", "--"),
        "version": _tex(work.version),
        "doi": work.doi,
        "url": work.url,
        "urldate": entry.accessed.isoformat() if read_online(entry) else "",
        "note": _tex(entry.note),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{kind}{{{entry.key},\n{''.join(lines)}}}\n"


def _ris(entries: list[Entry]) -> str:
    return "\n".join(_ris_entry(entry) for entry in entries)


def _ris_entry(entry: Entry) -> str:
    work = entry.work
    start, _, end = work.pages.partition("-")
    lines = [
        ("TY", _TYPES[work.kind][1]),
        *(("AU", author) for author in work.authors),
        ("TI", work.title),
        ("PY", str(work.year or "")),
        ("T2", work.container),
        ("VL", work.volume),
        ("IS", work.issue),
        ("SP", start),
        ("EP", end),
        ("PB", work.publisher),
        ("ET", work.version),
        ("DO", work.doi),
        ("UR", work.url),
        ("Y2", entry.accessed.strftime("%Y/%m/%d") if read_online(entry) else ""),
        ("N1", entry.note),
    ]
    return "".join(f"{tag}  - {' '.join(text.split())}\n" for tag, text in lines if text) + "ER  - \n"


def _csl(entries: list[Entry]) -> str:
    return json.dumps([_csl_item(entry) for entry in entries], ensure_ascii=False, indent=2) + "\n"


def _csl_item(entry: Entry) -> dict[str, Any]:
    work, day = entry.work, entry.accessed
    item: dict[str, Any] = {
        "id": entry.key,
        "type": _TYPES[work.kind][2],
        "title": work.title,
        "author": [_csl_name(author) for author in work.authors],
        "issued": {"date-parts": [[work.year]]} if work.year else None,
        "container-title": work.container,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.pages,
        "publisher": work.publisher,
        "version": work.version,
        "DOI": work.doi,
        "URL": work.url,
        "accessed": {"date-parts": [[day.year, day.month, day.day]]} if read_online(entry) else None,
        "note": entry.note,
    }
    return {name: value for name, value in item.items() if value}


def _csl_name(author: str) -> dict[str, str]:
    family, comma, given = author.partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma else {"literal": author}


def read_online(entry: Entry) -> bool:
    """Whether a date of access belongs in the entry: data and software behind an address change."""
    return bool(entry.work.url) and entry.work.kind in ("dataset", "software")


_WRITERS: dict[str, Callable[[list[Entry]], str]] = {"bibtex": _bibtex, "ris": _ris, "csl-json": _csl}
