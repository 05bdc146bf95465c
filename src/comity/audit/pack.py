"""An evidence pack: one folder with every verdict, what it rests on, links and hashes, to be kept beside a text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from comity.audit.answers import AuditAnswer
from comity.audit.signoff import claim_reviews
from comity.audit.verdict import Verdict
from comity.errors import StoreError, UsageError
from comity.model.language import numeral
from comity.model.words import say
from comity.strands.translated import translated


def write_pack(answer: AuditAnswer, folder: Path) -> tuple[Path, ...]:
    """Write verdicts.json, verdicts.md, claimreview.json and SHA256SUMS into a new or empty folder.

    UsageError where the folder holds something; StoreError where it cannot be written.
    """
    files = {
        "verdicts.json": json.dumps(answer.to_dict(), ensure_ascii=False, indent=2) + "\n",
        "verdicts.md": "\n".join(_markdown(answer)) + "\n",
        "claimreview.json": json.dumps(claim_reviews(answer), ensure_ascii=False, indent=2) + "\n",
    }
    sums = "".join(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in files.items())
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError("The folder for the pack is not empty", got=str(folder), next="Name a new folder")
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in {**files, "SHA256SUMS": sums}.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as err:
        raise StoreError("The pack cannot be written", got=str(folder), next=str(err)) from err
    return tuple(folder / name for name in (*files, "SHA256SUMS"))


def _markdown(answer: AuditAnswer) -> Iterator[str]:
    """The whole as Markdown."""
    yield f"# {say('audit.title', source=answer.source)}"
    yield ""
    yield say("pack.made", day=answer.header.answered.isoformat(), version=answer.header.version)
    yield ""
    for verdict, k in answer.counts.items():
        yield f"- {say(f'word.{verdict}')}: {k}"
    yield ""
    yield f"## {say('pack.sources')}"
    yield ""
    for line in answer.header.sources:
        told = ", ".join(p for p in (line.label, line.source, line.span, line.licence, line.link) if p)
        yield f"- {told}" + (f", sha256 `{line.sha256}`" if line.sha256 else "")
    for each in answer.claims:
        yield ""
        yield from _claim(each, answer.titles.get(each.document, each.document))
    yield ""
    yield from (f"- {n.text}" for n in answer.notes)


def _claim(verdict: Verdict, title: str) -> Iterator[str]:
    """One claim: what it says, the verdict, the arithmetic, what speaks for and against it."""
    yield f"## {verdict.id}: {say(f'word.{verdict.verdict}')}"
    yield ""
    yield f"{translated(verdict.claim)} ({title}, {verdict.location})"
    yield ""
    yield verdict.why
    yield ""
    for key in ("printed", "computed", "question"):
        if value := getattr(verdict, key):
            yield f"- {say(f'audit.{key}')}: {value}"
    if verdict.readings.tried > 1:
        found = verdict.readings
        yield f"- {say('pack.readings', n=numeral(found.tried, ','), k=found.all_count)}"
        yield from (f"    - {r}" for r in found.giving_all or found.giving_most)
    for one in verdict.exceptions:
        yield f"- {say('pack.exception')}: {one.what}: {one.why}{_link(one.link)}"
    for e in verdict.evidence:
        checked = "" if e.checked is None else f" ({say('audit.checked' if e.checked else 'audit.unchecked')})"
        sha = f", sha256 `{e.sha256}`" if e.sha256 else ""
        yield f"- {say('evidence.' + e.kind.replace(' ', '_'))}: {e.text}{checked}{sha}{_link(e.link)}"
    yield from (f"- {note}" for note in verdict.notes)
    yield f"- {say('pack.method', method=verdict.method, at=verdict.at)}"


def _link(address: str) -> str:
    return f" <{address}>" if address else ""
