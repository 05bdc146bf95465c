"""Every fault of a stored release that can be named, with ids, states and counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from comity.errors import UsageError
from comity.ingest.between import between
from comity.ingest.council import of_council
from comity.ingest.faults import within
from comity.ingest.findings import SEVERITIES, Checked, Finding, Json
from comity.ingest.frames import Frames, load
from comity.ingest.lend import own, with_symbols
from comity.ingest.silence import silence
from comity.model.body import COUNCIL
from comity.model.words import say
from comity.store.manifest import Manifest
from comity.store.releases import list_releases


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the checks found, gravest first.

    against : labels of the releases it was compared with; empty where the store holds no other.
    """

    release: str
    roll_calls: int
    votes: int
    against: tuple[str, ...]
    findings: tuple[Finding, ...]

    def of(self, kind: str) -> tuple[Finding, ...]:
        """The findings of one kind."""
        return tuple(finding for finding in self.findings if finding.kind == kind)

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "release": self.release,
            "roll_calls": self.roll_calls,
            "votes": self.votes,
            "against": list(self.against),
            "findings": [finding.to_dict() for finding in self.findings],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a finding: kind, severity, count, sentence."""
        columns = ("kind", "severity", "count", "sentence")
        return pl.DataFrame({name: [getattr(f, name) for f in self.findings] for name in columns})


def check_release(label: str | None = None, *, against: Sequence[str] | None = None) -> CheckReport:
    """Check a release of the store; None means the newest of the Assembly.

    against : labels of releases to compare it with; None means every other one of the store and of its body.
    Raises UnknownRelease, StoreDamaged.
    """
    manifest, frames = load(label)
    release = Checked(manifest, frames)
    same_body = [m.release for m in list_releases(manifest.body) if m.release != manifest.release]
    labels = same_body if against is None else list(against)
    others = [_with_sessions(_beside(manifest, each)) for each in labels]
    named = _with_sessions(frames, with_symbols(own(frames), others))
    own_seats = of_council(release) if manifest.body == COUNCIL else silence(release)
    findings = [*within(release), *own_seats, *between(release, named, others)]
    return CheckReport(
        release=manifest.release,
        roll_calls=manifest.roll_calls,
        votes=manifest.votes,
        against=tuple(labels),
        findings=tuple(sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))),
    )


def _beside(checked: Manifest, label: str) -> Frames:
    """Another release of the same body; UsageError for one of the other."""
    manifest, frames = load(label)
    if manifest.body != checked.body:
        raise UsageError(say("trouble.not_one_body"), got=f"{checked.release}, {label}")
    return frames


def _with_sessions(stored: Frames, sourced: Frames | None = None) -> Frames:
    """A release as its source has it, but with the sessions it was lent or that follow from its dates."""
    sourced = sourced or own(stored)
    table = sourced.roll_calls.with_columns(stored.roll_calls["session"], stored.roll_calls["session_label"])
    return Frames(stored.label, table, stored.votes)
