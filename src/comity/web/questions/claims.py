"""Questions on what texts say: verdicts, readings that give printed figures, curves, contradictions, two releases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, field_validator

from comity.audit.answers import AuditAnswer
from comity.audit.claim import Claim, ClaimFile
from comity.audit.solve.items import CATEGORIES
from comity.audit.verdict import VerdictId
from comity.errors import UsageError
from comity.model.origin import Origin
from comity.strands.translated import translated
from comity.web.asked import Asked, OfRelease, OnePeriod, State, no_path
from comity.web.question import Figure, Question
from comity.web.questions import claims_figures as draw

SHIPPED = "vietnam-russia"
FULL = "release"
MOST_FIGURES, MOST_SHIFT, MOST_ROLL_CALLS = 8, 5, 100_000
ROWS = 50
_OF_PAIR = re.compile(r"(?:(?P<a>[A-Za-z]{3})-(?P<b>[A-Za-z]{3})\s+)?(?P<figure>[A-Za-z].*)", re.DOTALL)
Kind = Literal[
    "vote-share", "vote-count", "roll-call-count", "single-vote", "rank", "break-date", "arms-share", "arms-rank",
    "arms-peak", "arms-total", "trade-total", "tier-on-date", "visit-count", "date", "interval", "membership",
    "ordering", "ledger-fact", "quantified", "opinion", "not-testable",
]  # fmt: skip
"""Kinds of tests; those of ``audit.tests_of``."""
Issue = Annotated[
    str, Field(min_length=1, max_length=200, description="all, hr, me, several joined by +, title:WORDS, set:NAME.")
]


class OfFile(Asked):
    """A question on a claim file, by its name alone: a server reads no path."""

    file: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80, description="The claim file's name.")
    ] = SHIPPED

    @property
    def within(self) -> str:
        """The query of a link that stays within the claim file, "" for the one that comes with Comity."""
        return "" if self.file == SHIPPED else f"?file={self.file}"


class Claims(OfFile):
    """Verdicts on the claims of a file."""

    text: Annotated[str | None, Field(max_length=120, description="Words that the claim holds.")] = None
    document: Annotated[str | None, Field(max_length=80, description="The id of a text of the file.")] = None
    verdict: Annotated[VerdictId | None, Field(description="Claims with this verdict.")] = None
    kind: Annotated[Kind | None, Field(description="Claims held against this kind of test.")] = None
    limit: Annotated[int, Field(ge=1, le=1000, description="Claims on a page.")] = ROWS
    offset: Annotated[int, Field(ge=0, le=1_000_000, description="Claims left out before them.")] = 0


class OneClaim(OfFile):
    """One claim."""

    in_path: ClassVar[tuple[str, ...]] = ("id",)
    id: Annotated[str, Field(min_length=1, max_length=80, description="The claim's id: fulcrum-2022-20.")]


class OfIssue(Asked):
    """A question on a pair's votes on an issue."""

    issue: Issue = "all"

    @field_validator("issue")
    @classmethod
    def _named(cls, issue: str) -> str:
        """A set by its name alone."""
        return no_path(issue)


class Solve(OfIssue, OfRelease):
    """Which readings give what a text prints."""

    a: Annotated[str, Field(max_length=80, description="A state's name or code.")] = ""
    b: Annotated[str, Field(max_length=80, description="The other state.")] = ""
    period: Annotated[str | None, Field(max_length=40, description="Years as the text has them: 2000-2020.")] = None
    n: Annotated[int | None, Field(ge=1, le=MOST_ROLL_CALLS, description="The number of roll calls printed.")] = None
    of: Annotated[
        Literal["all", "cast", "votes_only", "half"] | None, Field(description="What the shares are of, if said.")
    ] = None
    print: Annotated[
        str | None,
        Field(max_length=400, description="Figures as printed, joined by ;: same=75%; opposite=2; VNM-USA same=4%."),
    ] = None
    shift: Annotated[int, Field(ge=0, le=MOST_SHIFT, description="By how many years the ends may move.")] = 2


class OfCurve(OfIssue):
    """A pair's share of votes over calendar years."""

    in_path: ClassVar[tuple[str, ...]] = ("a", "b")
    a: State
    b: State
    period: OnePeriod = None


class Curve(OfCurve, OfRelease):
    """A share under every equivalent reading."""

    print: Annotated[
        str, Field(min_length=1, max_length=60, description="The figure as printed, same=75%, or same alone.")
    ] = "same"


class Vintage(OfCurve):
    """The same count on two releases."""

    print: Annotated[Literal[CATEGORIES], Field(description="The category counted.")] = "same"  # type: ignore[valid-type]
    releases: Annotated[
        str | None, Field(max_length=170, description="Two labels joined by a comma; by default the two newest.")
    ] = None


def selected(file: ClaimFile, q: Claims) -> Iterator[Claim]:
    """The claims that words, text and kind choose; UsageError for a text that the file has not."""
    documents = [d.id for d in file.documents]
    if q.document is not None and q.document not in documents:
        raise UsageError("The file has no such document", got=q.document, allowed=", ".join(documents))
    words = (q.text or "").casefold().split()
    for claim in file.claims:
        held = f"{claim.id} {claim.claim} {translated(claim.claim)} {claim.value}".casefold()
        if q.document in (None, claim.document) and q.kind in (None, claim.test.kind) and all(w in held for w in words):
            yield claim


def chosen(q: Claims, file: ClaimFile, answer: AuditAnswer) -> AuditAnswer:
    """The verdicts on the claims asked for."""
    ids = {c.id for c in selected(file, q)}
    kept = tuple(v for v in answer.claims if v.id in ids and q.verdict in (None, v.verdict))
    return replace(answer, claims=kept)


def printed(q: Solve) -> list[tuple[str, str, str]]:
    """The figures of a question with their states; UsageError for none, or more than are sought together."""
    parts = [part.strip() for part in (q.print or "").split(";") if part.strip()]
    if not 1 <= len(parts) <= MOST_FIGURES:
        raise UsageError(
            "Name what the text prints",
            got=f"{len(parts)} figures",
            allowed=f"1 to {MOST_FIGURES}, joined by ;",
            next="Such as print=same=75%; opposite=2; VNM-USA same=4%",
        )
    return [_figure(part, q) for part in parts]


def _figure(part: str, q: Solve) -> tuple[str, str, str]:
    """A figure with its pair: that before it, in three letters each, else the question's own."""
    made = _OF_PAIR.fullmatch(part)
    if made is None or not made["a"]:
        return q.a, q.b, part
    return made["a"].upper(), made["b"].upper(), made["figure"]


def _claims(q: Claims) -> AuditAnswer:
    from comity.web.verdicts import file_of, verdicts_on

    file = file_of(q.file)
    list(selected(file, q))  # a text that is not there is told before anything is worked out
    return chosen(q, file, verdicts_on(q.file))


def _claim(q: OneClaim) -> Any:
    from comity.audit.one import one_claim
    from comity.web.verdicts import file_of

    return one_claim(file_of(q.file), q.file, known(q))


def _across(q: OneClaim) -> Any:
    from comity.audit.one import across_releases
    from comity.web.verdicts import file_of

    return across_releases(file_of(q.file), q.file, known(q))


def known(q: OneClaim) -> str:
    """The claim's id; UnknownIssue where the file has none such."""
    from comity.errors import UnknownIssue
    from comity.web.verdicts import file_of

    if q.id not in file_of(q.file).by_id:
        raise UnknownIssue("The file has no such claim", got=q.id, next="All claims stand under /claims")
    return q.id


def _solve(q: Solve) -> Any:
    from comity.audit.solve.solve import solve

    if not (q.a and q.b):
        raise UsageError("Of which two states does the text speak?", next="Name them: a=VNM&b=RUS")
    if q.period is None:
        raise UsageError("Which years does the text speak of?", next="Such as period=2000-2020")
    return solve(printed(q), issue=q.issue, period=q.period, n=q.n, of=q.of, shift=q.shift, release=q.release)


def _curve(q: Curve) -> Any:
    from comity.audit.multiverse import multiverse
    from comity.study.opening import open_corpus

    period = q.period or _whole_years(open_corpus(q.release).origin)
    return multiverse(q.a, q.b, q.print, issue=q.issue, period=period, release=q.release)


def _vintage(q: Vintage) -> Any:
    from comity.audit.vintage import vintage
    from comity.errors import RollCallsMissing
    from comity.store.releases import list_releases
    from comity.study.opening import open_release

    labels = [part.strip() for part in (q.releases or "").split(",") if part.strip()]
    labels = labels or [m.release for m in list_releases() if m.layout != "plain-long"][:2]
    if q.releases is None and len(labels) < 2:
        raise RollCallsMissing(
            "Two releases are compared",
            got=f"{len(labels)} at hand",
            next="comity data pull unga, comity data add FILE",
        )
    if len(labels) != 2:
        raise UsageError("Two releases are compared", got=q.releases, allowed="releases=FIRST,SECOND")
    period = q.period or _whole_years(*(open_release(label).origin for label in labels))
    return vintage(q.a, q.b, q.print, releases=(labels[0], labels[1]), issue=q.issue, period=period)


def _whole_years(*origins: Origin) -> str:
    """The calendar years that all these releases cover whole."""
    from comity.study.ask import whole

    spans = [whole(origin, "year") for origin in origins]
    return f"{max(s.start for s in spans)}-{min(s.end for s in spans)}"


def _contradictions(q: OfFile) -> Any:
    from comity.audit.contradictions import contradictions_in
    from comity.web.verdicts import file_of, verdicts_on

    return contradictions_in(file_of(q.file), verdicts_on(q.file))


def _audit_words(q: Claims) -> Sequence[str]:
    return ("audit", q.file, *(("--document", q.document) if q.document else ()))


def _claim_words(q: OneClaim) -> Sequence[str]:
    return ("audit", q.file, "--claim", q.id)


def _solve_words(q: Solve) -> Sequence[str]:
    """As the command line takes figures: those of another pair after --pair."""
    words = ["solve", q.a or "STATE", q.b or "STATE", "--issue", q.issue, "--period", q.period or "YEARS"]
    for name in ("n", "of", "release"):
        words += [f"--{name}", str(getattr(q, name))] if getattr(q, name) is not None else []
    words += ["--shift", str(q.shift)]
    now = (q.a, q.b)
    for a, b, figure in printed(q):
        words += ["--pair", a, b] if (a, b) != now else []
        words += ["--print", figure]
        now = (a, b)
    return words


def _contradictions_words(q: OfFile) -> Sequence[str]:
    return ("contradictions", q.file)


PAIR = {"a": "VNM", "b": "RUS", "issue": "hr", "period": "2000-2020"}
SIX = "same=75%; opposite=2; opposite=0.5%; VNM-USA same=4%; VNM-USA diverged=93%"

QUESTIONS = (
    # Not costly: whoever asks waits for the one thread that works verdicts out, and works nothing out himself.
    Question("claims", "/claims", Claims, _claims, "audit", {"document": "fulcrum-2022"}, paged="claims",
             words=_audit_words),
    Question("claim", "/claims/{id}", OneClaim, _claim, "audit", {"id": "fulcrum-2022-20"}, costly=True,
             words=_claim_words),
    Question("claim_releases", "/claims/{id}/releases", OneClaim, _across, "audit", {"id": "fulcrum-2022-20"},
             costly=True, words=_claim_words),
    Question("solve", "/solve", Solve, _solve, "solve", PAIR | {"n": "443", "print": SIX}, paged="giving_all",
             costly=True, words=_solve_words),
    Question("multiverse", "/multiverse/{a}/{b}", Curve, _curve, "multiverse", PAIR | {"print": "same=75%"},
             figures=(Figure("curve", draw.curve, draw.curve_data),), costly=True),
    Question("vintage", "/vintage/{a}/{b}", Vintage, _vintage, "vintage", PAIR, FULL, paged="moved", costly=True),
    Question("contradictions", "/contradictions", OfFile, _contradictions, "contradictions", {}, paged="pairs",
             words=_contradictions_words, costly=True),
)  # fmt: skip
"""In the order of the reference."""
