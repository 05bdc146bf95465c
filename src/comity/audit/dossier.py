"""What texts say of a dossier's pair, held against the records: the chapter that only the audit can write."""

from __future__ import annotations

from dataclasses import replace

from comity.audit.answers import AuditAnswer
from comity.audit.audit import Court
from comity.audit.claim import ClaimFile, read_claims, shipped
from comity.audit.context import Context
from comity.audit.lint import printed_of
from comity.audit.multiverse import multiverse
from comity.audit.sources import sources_of
from comity.audit.tests_of import NotTestable, Opinion, VoteShare
from comity.errors import NoAnswer
from comity.model.words import say
from comity.study.answers.dossier import DossierAnswer, DossierStrand
from comity.study.notes import note
from comity.study.strand import strand_header

_ENOUGH = 3  # equivalent readings; fewer draw no curve


def with_audit(answer: DossierAnswer) -> DossierAnswer:
    """The dossier with verdicts on the claims about both states that can be tested, and the curve of a share.

    Unchanged where no claim file that comes with Comity speaks of the pair.
    """
    pair = {answer.lead_pair.lead.a, answer.lead_pair.lead.b}
    found = [s for name in shipped() for s in _of_file(read_claims(name), name, pair)]
    return replace(answer, strands=(*answer.strands, *found))


def _of_file(made: ClaimFile, name: str, pair: set[str]) -> list[DossierStrand]:
    chosen = [c for c in made.claims if pair <= set(c.states) and not isinstance(c.test, Opinion | NotTestable)]
    if not chosen:
        return []
    context = Context()
    court = Court(made, context)
    verdicts = tuple(court.verdict(c) for c in chosen)
    header = strand_header(say("audit.subject", source=name, n=len(chosen)), sources_of(verdicts))
    titles = {d.id: d.title for d in made.documents}
    told = AuditAnswer(header, (note("audit_words"), note("audit_ledger")), name, titles, verdicts)
    return [DossierStrand("audit", told, ""), *_curve(made, pair, context)]


def _curve(made: ClaimFile, pair: set[str], context: Context) -> list[DossierStrand]:
    """The specification curve of the file's last printed share of votes alike of the pair."""
    for claim in reversed(made.claims):
        test, printed = claim.test, printed_of(claim) if isinstance(claim.test, VoteShare) else None
        if not isinstance(test, VoteShare) or set(test.pair) != pair or test.category != "same" or printed is None:
            continue
        try:
            drawn = multiverse(
                *test.pair, f"same={printed.text}", issue=test.chosen, period=test.period, corpora=context.corpora
            )
        except NoAnswer:
            continue
        if len(drawn.versions) >= _ENOUGH:
            return [DossierStrand("curve", drawn, "")]
    return []
