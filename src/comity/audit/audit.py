"""What a text says, held against the records: a verdict a claim, whatever the order of the claims."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from comity.audit.answers import AuditAnswer
from comity.audit.claim import Claim, ClaimFile, read_claims
from comity.audit.context import Context, Once
from comity.audit.decide import Judged, decide
from comity.audit.evaluate.run import evaluate, scoped
from comity.audit.finding import Finding
from comity.audit.joint import Key, Together, key_of, solved, together
from comity.audit.lint import printed_of
from comity.audit.log import append
from comity.audit.sources import sources_of
from comity.audit.tests_of import NotTestable, Opinion
from comity.audit.verdict import METHOD, NOT_SOLVED, Readings, Verdict, VerdictId
from comity.errors import UsageError
from comity.model.clock import now
from comity.model.words import say
from comity.states.groups import group
from comity.strands.translated import translated
from comity.study.answers.common import Note
from comity.study.notes import note
from comity.study.strand import strand_header

GROUPS = 300
"""Of how many groups of figures the readings are sought in one file: those of a hostile one would take hours."""


def audit(
    source: str | Path, *, claim: str | None = None, document: str | None = None, log: bool = True
) -> AuditAnswer:
    """Verdicts on the claims of a file.

    source : a name ("vietnam-russia") or a path. claim, document : only one claim, or those of one document; figures
    are solved with the whole file's all the same. log : whether the verdicts are added to the store's log.
    BadValue where the file is not as it should be; UsageError for an unknown file, claim or document.
    """
    made = read_claims(source)
    return audit_file(made, str(source), claim=claim, document=document, log=log)


def audit_file(
    made: ClaimFile,
    source: str,
    *,
    claim: str | None = None,
    document: str | None = None,
    log: bool = True,
    context: Context | None = None,
) -> AuditAnswer:
    """The same of a file already read; context : sources already open."""
    chosen = _chosen(made, claim, document)
    court = Court(made, context or Context())
    verdicts = tuple(court.verdict(c) for c in chosen)
    notes = [note("audit_words"), note("audit_ledger")]
    if log:
        notes += _logged(verdicts)
    subject = say("audit.subject", source=source, n=len(chosen))
    return AuditAnswer(
        header=strand_header(subject, sources_of(verdicts)),
        notes=tuple(notes),
        source=source,
        titles={d.id: d.title for d in made.documents},
        claims=verdicts,
    )


def _chosen(made: ClaimFile, claim: str | None, document: str | None) -> tuple[Claim, ...]:
    """The claims asked for."""
    if claim is not None and claim not in made.by_id:
        raise UsageError("The file has no such claim", got=claim, next="comity claims lint FILE says what is in it")
    if document is not None and document not in {d.id for d in made.documents}:
        allowed = ", ".join(d.id for d in made.documents)
        raise UsageError("The file has no such document", got=document, allowed=allowed)
    return tuple(c for c in made.claims if claim in (None, c.id) and document in (None, c.document))


def _logged(verdicts: tuple[Verdict, ...]) -> list[Note]:
    """Add the verdicts to the log; a store that cannot be written is told, and the answer stands."""
    failed = append(verdicts)
    return [note("audit_not_logged", why=failed)] if failed else []


class Court:
    """Claims of one file with the sources they are held against."""

    def __init__(self, made: ClaimFile, context: Context) -> None:
        self._context = context
        self._done = Once()
        self._groups: Mapping[Key, Together] = together(made.claims)
        self._members: dict[Key, list[Claim]] = {}
        for each in made.claims:
            if (key := key_of(each)) is not None:
                self._members.setdefault(key, []).append(each)
        self._sought = frozenset(sorted(self._members, key=repr)[:GROUPS])

    def verdict(self, claim: Claim) -> Verdict:
        """The verdict on one claim."""
        test = claim.test
        if isinstance(test, Opinion):
            return self._made(claim, Finding(""), "opinion", say("verdict.opinion", why=_open(translated(test.why))))
        if isinstance(test, NotTestable):
            why = say("verdict.not_testable", why=_open(translated(test.why)))
            needs = say("verdict.needs", needs=_open(translated(test.needs)))
            return self._made(claim, Finding(""), "not_testable", f"{why} {needs}")
        found = {g: self._finding(claim, g) for g, _ in scoped(test)}
        readings = self._readings(claim, found)
        judged = {g: decide(f, printed_of(claim), readings) for g, f in found.items()}
        first = next(iter(found.values()))
        if len({verdict for verdict, _ in judged.values()}) > 1:
            return self._made(claim, _merged(found), "depends", _differ(judged), readings)
        verdict, why = next(iter(judged.values()))
        if len(found) > 1:
            why = f"{why} {say('verdict.scope_one', groups=', '.join(group(g).name for g in found))}"
        return self._made(claim, _merged(found) if len(found) > 1 else first, verdict, why, readings)

    def _finding(self, claim: Claim, scope: str) -> Finding:
        """What its test finds for one group that its words can mean."""

        def work() -> Finding:
            test = dict(scoped(claim.test))[scope]
            return evaluate(test, self._context, claim.document, printed_of(claim))

        return self._done.once(("finding", claim.id, scope), work)

    def _readings(self, claim: Claim, found: Mapping[str, Finding]) -> Readings:
        """What the reading finder gives for its figures; nothing is sought where all are given as declared."""
        key = key_of(claim)
        if key is None or any(f.missing for f in found.values()):
            return NOT_SOLVED
        mine = self._members[key]
        if all(self._given(c) for c in mine):
            return Readings(1, (say("readings.declared"),), (), 1, None, len(mine))
        if key not in self._sought:
            return NOT_SOLVED
        return self._done.once(("solved", key), lambda: solved(self._groups[key], self._context))

    def _given(self, claim: Claim) -> bool:
        """Whether a figure is given by the reading that the text declares."""
        printed, found = printed_of(claim), self._finding(claim, "")
        return printed is not None and found.value is not None and printed.admits(found.value)

    def _made(
        self, claim: Claim, found: Finding, verdict: VerdictId, why: str, readings: Readings = NOT_SOLVED
    ) -> Verdict:
        printed = printed_of(claim)
        notes = [*found.notes, *([translated(claim.test.note)] if claim.test.note else [])]
        notes += [say("audit.repeats", id=claim.repeats)] if claim.repeats else []
        key = key_of(claim)
        notes += [say("audit.not_sought", n=GROUPS)] if key is not None and key not in self._sought else []
        rows = (e.text.partition(":")[0] for e in found.evidence if e.kind == "ledger row")
        return Verdict(
            id=claim.id,
            document=claim.document,
            location=claim.location,
            claim=claim.claim,
            kind=claim.test.kind,
            verdict=verdict,
            why=why,
            printed=printed.text if printed else translated(claim.value),
            computed=found.computed,
            question=found.question,
            readings=readings,
            exceptions=found.exceptions,
            evidence=found.evidence,
            notes=tuple(dict.fromkeys(notes)),
            releases=found.sources,
            rows=tuple(dict.fromkeys(rows)),
            method=METHOD,
            at=now().isoformat(timespec="seconds"),
        )


def _merged(found: Mapping[str, Finding]) -> Finding:
    """What was found for every group, side by side."""
    parts = list(found.items())

    def joined(kind: str) -> tuple[object, ...]:
        return tuple(dict.fromkeys(x for _, f in parts for x in getattr(f, kind)))

    return Finding(
        question=" | ".join(f.question for _, f in parts),
        computed="; ".join(f"{group(g).name}: {f.computed or f.missing}" for g, f in parts),
        exceptions=joined("exceptions"),  # type: ignore[arg-type]
        evidence=joined("evidence"),  # type: ignore[arg-type]
        sources=joined("sources"),  # type: ignore[arg-type]
        notes=joined("notes"),  # type: ignore[arg-type]
    )


def _differ(judged: Mapping[str, Judged]) -> str:
    """Which group gives which verdict."""
    told = " ".join(f"{group(g).name}: {say(f'word.{verdict}')}. {why}" for g, (verdict, why) in judged.items())
    return say("verdict.scope", told=told)


def _open(text: str) -> str:
    """A reason without its full stop, to stand in a sentence."""
    return text.strip().rstrip(".")
