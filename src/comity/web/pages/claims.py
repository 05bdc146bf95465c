"""What texts say, with the verdicts; and one claim with everything that its verdict rests on."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from fastapi import Request
from starlette.responses import Response

from comity.audit.claim import Claim, claim_names
from comity.audit.one import ClaimAnswer, asks_releases
from comity.audit.signoff import fingerprint, signoffs
from comity.audit.tests_of import VoteShare
from comity.audit.verdict import VERDICTS, Verdict
from comity.model.language import ENGLISH, numeral, speaking
from comity.model.words import say
from comity.report.parts import day, standing_line
from comity.report.strands.audit_one import signature
from comity.report.strands.registry import sources_line
from comity.study.ledgers import short_name
from comity.web.asked import Asked
from comity.web.page import Page, Section, page_of, render
from comity.web.question import Answer, Question
from comity.web.questions.claims import Claims, Curve, OfFile, OneClaim, selected
from comity.web.registry import registry
from comity.web.verdicts import Work, file_of, work_on

AT_FIRST = 0.8
"""Seconds that a page waits for verdicts; after them it is sent with those that are there."""
_SYMBOL = re.compile(r"[AS]/[\w./()-]*\w")


@dataclass(frozen=True, slots=True)
class Listed:
    """A claim with its verdict, None while that is worked out. text : who says it, by author and year."""

    claim: Claim
    text: str
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page of all claims shows.

    done : verdicts there; counts : (verdict, how many) of the whole file; rows : of this page, of ``total`` chosen.
    """

    done: int
    pending: bool
    counts: tuple[tuple[str, int], ...]
    rows: tuple[Listed, ...]
    total: int
    of_file: int
    earlier: int | None
    later: int | None
    signed: int
    reviews: int
    unchecked: int


def claims_page(request: Request, question: Question, asked: Asked) -> Response:
    """All claims of a file, at once; verdicts that are not there yet come while the page is read."""
    assert isinstance(asked, Claims)
    work = work_on(asked.file)
    work.done.wait(AT_FIRST)
    if work.failed:
        raise work.failed
    shown = _shown(work, asked)
    answer = work.answer()
    page = Page(
        title=say("web_claims.title"),
        kicker=say("web_claims.kicker", n=shown.of_file, texts=len(work.file.documents)),
        lead=say("web_claims.lead"),
        description=say("web_card.claims"),
        sections=(Section("verdicts", say("web_claims.verdicts"), question, asked),),
        source=sources_line(answer.header) if work.whole else "",
        question=question,
        asked=asked,
        answer=answer,
        here="claims",
    )
    texts = {d.id: f"{short_name(d, d.id)}: {d.title}" for d in work.file.documents}
    kinds = sorted({c.test.kind for c in work.file.claims}, key=lambda k: say(f"web_kind.{k}"))
    response = render(
        request, "claims.html.j2", page, shown=shown, texts=texts, kinds=kinds, files=claim_names(),
        notes=answer.notes, verdict_names=VERDICTS, local=request.app.state.settings.local,
    )  # fmt: skip
    if shown.pending:
        response.headers["cache-control"] = "no-store"
    return response


def _shown(work: Work, asked: Claims) -> Shown:
    pending = not work.done.is_set()  # looked at before the verdicts: those are then no fewer
    found = {v.id: v for v in list(work.verdicts)}
    texts = {d.id: short_name(d, d.id) for d in work.file.documents}
    rows = [Listed(c, texts.get(c.document, c.document), found.get(c.id)) for c in selected(work.file, asked)]
    if asked.verdict is not None:
        rows = [r for r in rows if r.verdict is not None and r.verdict.verdict == asked.verdict]
    counts = Counter(v.verdict for v in found.values())
    end = asked.offset + asked.limit
    reviewed = [v for v in found.values() if v.verdict not in ("opinion", "not_testable")]
    return Shown(
        done=len(found),
        pending=pending,
        counts=tuple((v, counts[v]) for v in VERDICTS if counts[v]),
        rows=tuple(rows[asked.offset : end]),
        total=len(rows),
        of_file=len(work.file.claims),
        earlier=max(0, asked.offset - asked.limit) if asked.offset else None,
        later=end if end < len(rows) else None,
        signed=_signed(work.name),
        reviews=len(reviewed),
        unchecked=sum(any(e.checked is False for e in v.evidence) for v in found.values()),
    )


def _signed(name: str) -> int:
    """How many verdicts of a file reviewers have signed: in English, whatever is now spoken."""
    held = signoffs()
    if not held:
        return 0
    with speaking(ENGLISH):
        return sum(fingerprint(v) in held for v in list(work_on(name).verdicts))


def claim_page(request: Request, question: Question, asked: Asked, found: Answer) -> Response:
    """One claim: what was said, the verdict and why, and all that it rests on."""
    assert isinstance(asked, OneClaim) and isinstance(found, ClaimAnswer)
    verdict = found.verdict
    page = replace(
        page_of(question, asked, found),
        title=say("web_claim.title", text=found.text, location=found.said.location or found.said.id),
        description=say("web_claim.card", text=found.text),
        here="claims",
    )
    before, after = _beside(asked, found)
    readings = say(
        "audit.readings",
        n=numeral(verdict.readings.tried, ","),
        k=verdict.readings.all_count,
        figures=verdict.readings.figures,
        luck="" if verdict.readings.null_rate is None else f"{numeral(100 * verdict.readings.null_rate, '.1f')} %",
    )
    return render(
        request, "claim.html.j2", page,
        found=found, verdict=verdict, signature=signature(found), before=before, after=after, readings=readings,
        later=_later(asked, found), symbol=symbol,
        standings=tuple(map(standing_line, found.standings)),
        last={label: day(when) for label, when in found.last.items()},
    )  # fmt: skip


def across_page(request: Request, question: Question, asked: Asked, found: Answer) -> Response:
    """A claim's verdict release by release."""
    page = replace(page_of(question, asked, found), here="claims")
    return render(request, "across.html.j2", page, claim=found.claim.claim)


def contradictions_page(request: Request, question: Question, asked: Asked, found: Answer) -> Response:
    """Claims that cannot both hold, each leading to its own page."""
    assert isinstance(asked, OfFile)
    texts = {d.id: short_name(d, d.id) for d in file_of(asked.file).documents}
    page = replace(page_of(question, asked, found), here="claims")
    return render(request, "contradictions.html.j2", page, found=found, texts=texts)


def _beside(asked: OneClaim, found: ClaimAnswer) -> tuple[Claim | None, Claim | None]:
    """The claims before and after it in the file."""
    claims = file_of(asked.file).claims
    at = [c.id for c in claims].index(found.said.id)
    return (claims[at - 1] if at else None), (claims[at + 1] if at + 1 < len(claims) else None)


def _later(asked: OneClaim, found: ClaimAnswer) -> tuple[Section, ...]:
    """What is fetched when the reader comes to it: the curve of a share, the answers of other releases."""
    test, printed = found.said.test, found.verdict.printed
    sections = []
    if isinstance(test, VoteShare) and not test.than:
        figure = f"{test.category}={printed}" if "%" in printed else test.category
        curve = Curve(lang=asked.lang, a=test.pair[0], b=test.pair[1], issue=test.chosen, period=test.period,
                      print=figure)  # fmt: skip
        sections.append(
            Section("curve", say("web_claim.curve"), registry()["multiverse"], curve,
                    intro=say("web_claim.curve_intro"), later=True)
        )  # fmt: skip
    if asks_releases(found.verdict):
        sections.append(
            Section("releases", say("web_claim.releases"), registry()["claim_releases"], asked,
                    intro=say("web_claim.releases_intro"), later=True)
        )  # fmt: skip
    return tuple(sections)


def symbol(text: str) -> str:
    """The symbol with which a line about a roll call begins, "" for another.

    >>> symbol("A/RES/47/139, 1992: Russia: yes"), symbol("visits/putin-hanoi-2001-02: Putin in Hanoi")
    ('A/RES/47/139', '')
    """
    found = _SYMBOL.match(text)
    return found[0] if found else ""
