"""What is said, asked from Python: verdicts, contradictions, the readings behind a figure, how far choices move it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from comity.audit.answers import AuditAnswer
    from comity.audit.answers_contradictions import ContradictionsAnswer
    from comity.audit.multiverse import MultiverseAnswer
    from comity.audit.solve.answer import SolveAnswer
    from comity.audit.vintage import VintageAnswer


def audit_claims(source: str | Path = "vietnam-russia", *, claim: str | None = None) -> AuditAnswer:
    """Verdicts on the claims of a file, by name or path, or on one of them."""
    from comity.audit.audit import audit as study

    return study(source, claim=claim)


def contradictions(source: str | Path = "vietnam-russia") -> ContradictionsAnswer:
    """Claims of a file that cannot both hold, and those that a record speaks against."""
    from comity.audit.contradictions import contradictions as study

    return study(source)


def solve(
    printed: Iterable[tuple[str, str, str]],
    *,
    period: str,
    issue: str = "all",
    n: int | None = None,
    shift: int = 2,
    release: str | None = None,
) -> SolveAnswer:
    """The readings that give printed figures; one reading has to serve them all.

    printed : (state, state, "same=75%"), of one pair or several; n : the number of roll calls that the text prints.
    """
    from comity.audit.solve.solve import solve as study

    return study(printed, issue=issue, period=period, n=n, shift=shift, release=release)


def multiverse(
    a: str, b: str, figure: str, *, period: str, issue: str = "all", of: str | None = None, release: str | None = None
) -> MultiverseAnswer:
    """A share of votes under every equivalent reading. figure : "same=75%"; of : "all" or "cast" if the text says."""
    from comity.audit.multiverse import multiverse as study

    return study(a, b, figure, issue=issue, period=period, of=of, release=release)


def vintage(
    a: str, b: str, category: str = "same", *, releases: tuple[str, str], period: str, issue: str = "all"
) -> VintageAnswer:
    """The same figure on two releases, and every roll call that makes the difference."""
    from comity.audit.vintage import vintage as study

    return study(a, b, category, releases=releases, issue=issue, period=period)
