"""A text audited: its checkable sentences run where nothing is left to choose, and listed with what to decide."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from comity.audit.answers import AuditAnswer
from comity.audit.audit import audit_file
from comity.audit.claim import ClaimFile
from comity.audit.proposal import Proposal
from comity.audit.propose import of_sentences
from comity.audit.text import Text, read_file, read_text
from comity.errors import UsageError
from comity.model.clock import today
from comity.model.language import numeral
from comity.model.words import say
from comity.strands.ledgers.kinds import Document
from comity.study.answers.common import Json, Note
from comity.study.notes import note

if TYPE_CHECKING:
    import polars as pl

RUN_MOST = 1000
"""So many sentences of one text are run; the others are listed, so that a text of any size takes bounded time."""


@dataclass(frozen=True, slots=True)
class TextAudit(AuditAnswer):
    """Verdicts on the sentences that were run (``claims``), and every proposal by its id, in the order of the text.

    sentences : read in all; foreign, long : pieces left out because they are not in English, or no sentence.
    """

    proposals: tuple[tuple[str, Proposal], ...]
    sentences: int
    foreign: int
    long: int

    @property
    def listed(self) -> tuple[tuple[str, Proposal], ...]:
        """Proposals that wait for a decision."""
        return tuple((id_, p) for id_, p in self.proposals if not p.run)

    def to_dict(self) -> Json:
        """For JSON: verdicts first, then every proposal with its place."""
        return {
            **AuditAnswer.to_dict(self),
            "sentences": self.sentences,
            "not_english": self.foreign,
            "too_long": self.long,
            "proposals": [{"id": id_} | p.to_dict() for id_, p in self.proposals],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a proposal; verdict is empty where it was not run."""
        import polars as pl

        verdicts = {v.id: v for v in self.claims}
        rows = [
            {
                "id": id_,
                "line": p.line,
                "start": p.start,
                "end": p.end,
                "sort": p.sort,
                "states": " ".join(p.states),
                "run": p.run,
                "verdict": verdicts[id_].verdict if id_ in verdicts else "",
                "why": verdicts[id_].why if id_ in verdicts else "",
                "decide": " ".join(p.decide),
                "sentence": p.sentence,
            }
            for id_, p in self.proposals
        ]
        numbers = dict.fromkeys(("line", "start", "end"), pl.Int64)
        words = dict.fromkeys(("verdict", "why", "decide", "sentence"), pl.String)
        schema = {"id": pl.String} | numbers | {"sort": pl.String, "states": pl.String, "run": pl.Boolean} | words
        return pl.DataFrame(rows, schema=schema)


def audit_text(source: str | Path, *, claim: str | None = None, log: bool = True) -> TextAudit:
    """Read a text file (.txt, .md, .html) and hold against the records what needs no human choice.

    claim : only this proposal, by its id. The errors of ``read_file`` and ``read_text``; UsageError for an id that the
    text has not, or that waits for a decision.
    """
    path = Path(source)
    return audit_written(read_file(path), path.name, claim=claim, log=log)


def audit_written(written: str, title: str, *, claim: str | None = None, log: bool = True) -> TextAudit:
    """The same of a text at hand; title : of its file, for its suffix."""
    text = read_text(written, title)
    name = _slug(Path(title).stem)
    found = [(f"{name}-{i}", p) for i, p in enumerate(of_sentences(text.sentences), 1)]
    proposals = _bounded(found)
    if claim is not None:
        _check(claim, dict(proposals))
    made = ClaimFile(
        documents=(Document(id=name, title=title, date=today().isoformat(), kind=say("propose.source")),),
        claims=tuple(p.claim(id_, name) for id_, p in proposals if p.run),
    )
    answer = audit_file(made, title, claim=claim, log=log)
    return TextAudit(
        header=replace(answer.header, subject=say("propose.subject", name=title, n=numeral(len(text.sentences), ","))),
        notes=(*answer.notes, *_notes(text)),
        source=answer.source,
        titles=answer.titles,
        claims=answer.claims,
        proposals=proposals,
        sentences=len(text.sentences),
        foreign=text.foreign,
        long=text.long,
    )


def _bounded(found: list[tuple[str, Proposal]]) -> tuple[tuple[str, Proposal], ...]:
    """The first so many are run, the rest are listed."""
    kept, ran = [], 0
    for id_, each in found:
        ran += each.run
        over = each.run and ran > RUN_MOST
        kept.append((id_, replace(each, decide=(say("propose.too_many", n=numeral(RUN_MOST, ",")),)) if over else each))
    return tuple(kept)


def _check(claim: str, proposals: dict[str, Proposal]) -> None:
    if claim not in proposals:
        ids = list(proposals)
        raise UsageError(
            "The text has no such proposal", got=claim, allowed=f"{ids[0]} to {ids[-1]}" if ids else "none"
        )
    if not proposals[claim].run:
        raise UsageError("This sentence waits for a decision", got=claim, next=" ".join(proposals[claim].decide))


def _slug(stem: str) -> str:
    """A file's name as an id.

    >>> _slug("My Text (2)"), _slug("文")
    ('my-text-2', 'text')
    """
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:60] or "text"


def _notes(text: Text) -> tuple[Note, ...]:
    found = [note("propose_reads")]
    found += [note("propose_foreign", k=text.foreign)] if text.foreign else []
    found += [note("propose_long", k=text.long)] if text.long else []
    return tuple(found)
