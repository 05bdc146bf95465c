"""Sign-off by a named reviewer: without it a verdict is a draft, and no ClaimReview is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from comity.audit.answers import AuditAnswer
from comity.audit.log import add_lines
from comity.audit.verdict import Verdict
from comity.errors import StoreReadOnly, UsageError
from comity.model.words import say
from comity.store.home import home

_NO_REVIEW = ("opinion", "not_testable")
"""Verdicts that say nothing of a claim's truth: nothing to publish a review of."""


def signoff_file() -> Path:
    """Where sign-offs are kept; lines are only added."""
    return home() / "audit" / "signoffs.jsonl"


def sign(answer: AuditAnswer, reviewer: str) -> dict[str, Any]:
    """Record that a named person has read the verdict on one claim and stands by it.

    UsageError without a name, for more than one claim, or for a verdict that reviews nothing.
    """
    if len(reviewer.split()) < 2:
        raise UsageError("A reviewer signs with a full name", got=reviewer, allowed='such as "Jane Doe"')
    if len(answer.claims) != 1:
        raise UsageError("One claim is signed at a time", got=f"{len(answer.claims)} claims")
    verdict = answer.claims[0]
    if verdict.verdict in _NO_REVIEW:
        raise UsageError("There is no review to sign", got=say(f"word.{verdict.verdict}"))
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "reviewer": " ".join(reviewer.split()),
        "source": answer.source,
        "claim": verdict.id,
        "verdict": verdict.verdict,
        "fingerprint": fingerprint(verdict),
    }
    if failed := add_lines(signoff_file(), [line]):
        raise StoreReadOnly("The sign-off cannot be recorded", got=failed)
    return line


def fingerprint(verdict: Verdict) -> str:
    """What was signed: claim, question, verdict and sources; where any changes, the sign-off no longer holds."""
    told = [verdict.id, verdict.document, verdict.claim, verdict.question, verdict.verdict, verdict.printed]
    told += [verdict.computed, verdict.method, *(s.sha256 for s in verdict.releases)]
    return hashlib.sha256("\x1f".join(told).encode()).hexdigest()


def claim_reviews(answer: AuditAnswer) -> dict[str, Any]:
    """ClaimReview JSON-LD of signed verdicts, and the ids of those that are drafts."""
    signed = signoffs()
    made = [_review(v, signed[fingerprint(v)], answer) for v in answer.claims if fingerprint(v) in signed]
    drafts = [v.id for v in answer.claims if fingerprint(v) not in signed and v.verdict not in _NO_REVIEW]
    return {"@context": "https://schema.org", "@graph": made, "drafts": {"note": say("pack.drafts"), "claims": drafts}}


def signoffs() -> dict[str, Mapping[str, Any]]:
    """Sign-offs by fingerprint, the last one in force; a damaged line is passed over."""
    found: dict[str, Mapping[str, Any]] = {}
    try:
        lines = signoff_file().read_text(encoding="utf-8").splitlines()
    except OSError:
        return found
    for line in lines:
        try:
            given = json.loads(line)
            found[given["fingerprint"]] = given
        except (ValueError, KeyError, TypeError):
            continue
    return found


def _review(verdict: Verdict, signed: Mapping[str, Any], answer: AuditAnswer) -> dict[str, Any]:
    return {
        "@type": "ClaimReview",
        "datePublished": str(signed["at"])[:10],
        "author": {"@type": "Person", "name": signed["reviewer"]},
        "claimReviewed": verdict.claim,
        "itemReviewed": {
            "@type": "Claim",
            "appearance": {"@type": "CreativeWork", "name": answer.titles.get(verdict.document, verdict.document)},
        },
        "reviewRating": {"@type": "Rating", "alternateName": say(f"word.{verdict.verdict}")},
        "reviewBody": verdict.why,
    }
