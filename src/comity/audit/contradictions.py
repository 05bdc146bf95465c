"""Which claims of a file cannot both hold, and which a record speaks against."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from comity.audit.against_records import Conflict, conflicts, judged
from comity.audit.answers import AuditAnswer
from comity.audit.answers_contradictions import Contradiction, ContradictionsAnswer
from comity.audit.audit import audit_file
from comity.audit.claim import Claim, ClaimFile, read_claims
from comity.audit.clashes import clashes
from comity.audit.facts import Fact, facts_of
from comity.model.language import numeral
from comity.model.words import say
from comity.study.answers.strand import SourceLine
from comity.study.notes import note
from comity.study.strand import strand_header


def contradictions(source: str | Path) -> ContradictionsAnswer:
    """Every pair of claims of a claim file that cannot both hold, with its kind and reason; and conflicts with records.

    source : a name ("vietnam-russia") or a path. The errors of ``read_claims``.
    """
    file = read_claims(source)
    return contradictions_in(file, audit_file(file, str(source), log=False))


def contradictions_in(file: ClaimFile, audited: AuditAnswer) -> ContradictionsAnswer:
    """The same of a file already read, with the verdicts on all its claims."""
    source = audited.source
    facts = facts_of_all(file.claims)
    pairs = tuple(Contradiction(file.claims[c.a], file.claims[c.b], c.kind, c.why) for c in clashes(facts))
    records = against(file.claims, facts, [c for v in audited.claims if (c := judged(file.by_id[v.id], v))])
    name = Path(source).name
    documents = ", ".join(d.id for d in file.documents) or name
    told_n = say("contradiction.span", n=len(file.claims))
    told = [note("contradiction_found")]
    for kind, key in (("judgement", "contradiction_judgement"), ("count-rule", "contradiction_rule")):
        told += [note(key)] if any(p.kind == kind for p in pairs) else []
    return ContradictionsAnswer(
        header=strand_header(
            say("contradiction.subject", n=numeral(len(file.claims), ","), documents=documents),
            [SourceLine(name, say("contradiction.source"), told_n), *audited.header.sources],
        ),
        notes=tuple(told),
        file=name,
        claims=len(file.claims),
        pairs=pairs,
        records=records,
    )


def facts_of_all(claims: Sequence[Claim]) -> list[tuple[Fact, ...]]:
    """The facts of each claim; a claim may carry on the subject of the one before it."""
    return [facts_of(claim, claims[i - 1] if i else None) for i, claim in enumerate(claims)]


def against(
    claims: Sequence[Claim], facts: Sequence[tuple[Fact, ...]], verdicts: Sequence[Conflict] = ()
) -> tuple[Conflict, ...]:
    """Conflicts with records, each once a claim and kind, in the order of the claims; a roll call before a verdict."""
    found: dict[tuple[str, str], Conflict] = {}
    for claim, held in zip(claims, facts, strict=True):
        for conflict in conflicts(claim, held):
            found.setdefault((claim.id, conflict.kind), conflict)
    for conflict in verdicts:
        found.setdefault((conflict.claim.id, conflict.kind), conflict)
    order = {claim.id: i for i, claim in enumerate(claims)}
    return tuple(sorted(found.values(), key=lambda c: order[c.claim.id]))
