"""One claim with all that belongs beside its verdict: the base rate, the signature, the answers of other releases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from comity.audit.answers import AuditAnswer
from comity.audit.audit import Court, audit_file
from comity.audit.claim import Claim, ClaimFile
from comity.audit.context import Context
from comity.audit.evaluate.common import reading_of
from comity.audit.signoff import fingerprint, signoffs
from comity.audit.sources import sources_of
from comity.audit.tests_of import PairVotes
from comity.audit.verdict import Verdict
from comity.errors import NoAnswer
from comity.model.language import ENGLISH, language, speaking
from comity.model.words import say
from comity.study.answers.common import Json
from comity.study.answers.pair import Standing
from comity.study.answers.strand import StrandAnswer
from comity.study.ledgers import short_name
from comity.study.notes import note
from comity.study.pair import pair
from comity.study.strand import strand_header

if TYPE_CHECKING:
    import polars as pl

ASKED_OF_RELEASES = ("roll call", "count")
"""Kinds of evidence that another release may give otherwise."""


@dataclass(frozen=True, slots=True)
class ClaimAnswer(AuditAnswer):
    """A verdict on one claim, ``claims[0]``, with what belongs beside it.

    said      : the claim as the file has it; text : the text that says it, by author and year.
    standings : the base rate: where each state of a claim about a pair's votes stands among the other's partners.
    last      : last roll call of each release that the verdict rests on.
    reviewer, signed : who stands by this very verdict, and since when (ISO); "" for a draft.
    """

    said: Claim
    text: str
    standings: tuple[Standing, ...]
    last: dict[str, date]
    reviewer: str
    signed: str

    @property
    def verdict(self) -> Verdict:
        """The verdict."""
        return self.claims[0]

    def to_dict(self) -> Json:
        """For JSON: as an audit of one claim, with what stands beside it."""
        return {
            **AuditAnswer.to_dict(self),
            "said": {"text": self.text, "type": self.said.type, "states": list(self.said.states),
                     "period": self.said.period, "value": self.said.value, "paraphrase": True},
            "base_rate": [s.to_dict() for s in self.standings],
            "last_roll_calls": {label: day.isoformat() for label, day in self.last.items()},
            "signed": {"reviewer": self.reviewer, "at": self.signed} if self.reviewer else None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class OnRelease:
    """The verdict that a claim has where one release is asked alone. last : its last roll call."""

    release: str
    last: date
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class AcrossAnswer(StrandAnswer):
    """A claim held against each release of recorded votes by itself, the newest first."""

    claim: Claim
    releases: tuple[OnRelease, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "claim": self.claim.id,
            "releases": [
                {"release": r.release, "last": r.last.isoformat(), "verdict": r.verdict.verdict,
                 "printed": r.verdict.printed, "computed": r.verdict.computed, "question": r.verdict.question,
                 "why": r.verdict.why}
                for r in self.releases
            ],
            **self.header.to_dict(),
            "notes": [n.to_dict() for n in self.notes],
        }  # fmt: skip

    def to_polars(self) -> pl.DataFrame:
        """One row a release."""
        import polars as pl

        columns = ("release", "last", "verdict", "printed", "computed", "question", "why")
        return pl.DataFrame(self.to_dict()["releases"], schema=dict.fromkeys(columns, pl.String))


def one_claim(made: ClaimFile, source: str, id_: str) -> ClaimAnswer:
    """The verdict on one claim of a file already read; UsageError where the file has none of that id."""
    context = Context()
    told = audit_file(made, source, claim=id_, log=False, context=context)
    claim, verdict = made.by_id[id_], told.claims[0]
    held = _signoff(made, source, verdict)
    texts = {d.id: d for d in made.documents}
    labels = [s.label for s in verdict.releases if s.label in context.labels]
    return ClaimAnswer(
        header=told.header,
        notes=told.notes,
        source=source,
        titles=told.titles,
        claims=told.claims,
        said=claim,
        text=short_name(texts.get(claim.document), claim.document),
        standings=_standings(claim),
        last={label: context.corpus(label).origin.last for label in dict.fromkeys(labels)},
        reviewer=str(held.get("reviewer", "")),
        signed=str(held.get("at", ""))[:10],
    )


def _signoff(made: ClaimFile, source: str, verdict: Verdict) -> Mapping[str, Any]:
    """The sign-off of a verdict, empty for none; what is signed is the verdict in English, whatever is now spoken."""
    held = signoffs()
    if not any(line.get("claim") == verdict.id for line in held.values()):
        return {}
    if language() != ENGLISH:
        with speaking(ENGLISH):
            verdict = audit_file(made, source, claim=verdict.id, log=False).claims[0]
    return held.get(fingerprint(verdict), {})


def _standings(claim: Claim) -> tuple[Standing, ...]:
    """Of a claim about the votes of a pair; none where the record has too few."""
    test = claim.test
    if not isinstance(test, PairVotes):
        return ()
    try:
        reading = reading_of(test.chosen, test.span.clock, test.reading)
        return pair(*test.pair, periods=test.period, reading=reading).standings
    except NoAnswer:
        return ()


def across_releases(made: ClaimFile, source: str, id_: str) -> AcrossAnswer:
    """A claim's verdict on every release at hand; UsageError where the file has none of that id.

    NoAnswer where it is not about recorded votes.
    """
    first = audit_file(made, source, claim=id_, log=False).claims[0]
    claim = made.by_id[id_]
    if not asks_releases(first):
        raise NoAnswer(say("across.not_votes"), got=id_)
    found = []
    for label in Context().labels:
        alone = Context(label)
        found.append(OnRelease(label, alone.corpus(label).origin.last, Court(made, alone).verdict(claim)))
    return AcrossAnswer(
        header=strand_header(say("across.subject", id=id_, n=len(found)), sources_of(r.verdict for r in found)),
        notes=(note("across_alone"),),
        claim=claim,
        releases=tuple(found),
    )


def asks_releases(verdict: Verdict) -> bool:
    """Whether a verdict rests on recorded votes, which other releases may hold otherwise."""
    return any(e.kind in ASKED_OF_RELEASES for e in verdict.evidence)
