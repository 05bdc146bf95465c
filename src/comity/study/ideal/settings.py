"""What an ideal-point fit is asked: which roll calls, which texts are one, by which method."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from comity.errors import BadPeriod, UsageError
from comity.measures.ideal.chains import CHAINS, ITERATIONS
from comity.model.tables import ISSUES

AUTO, NONE = "auto", "none"
ALL, RECURRING = "all", "families"
FIT, GIBBS, AS_RUN = "fit", "gibbs", "gibbs-as-run"
METHODS = (FIT, GIBBS, AS_RUN)
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Settings:
    """A fit's choices.

    issue   : all, an issue flag, or families (only texts voted on in two sessions or more).
    first, last : sessions, both included; last 0 is the last of the release.
    matches : auto (the recurring texts recognised), none, or a CSV file of pairs of roll-call ids with one text.
    method  : fit (deterministic), gibbs (sampled), or gibbs-as-run: sampled as the authors did, their steps not
              scaled and a sixth of the iterations burn-in.
    smooth  : the random walk looks both ways instead of backwards only; sampled only.
    chains, iterations : of the sampler; of gibbs a third of the iterations is burn-in; about 80 draws a chain are kept.
    """

    issue: str = ALL
    first: int = 1
    last: int = 0
    matches: str = AUTO
    method: str = FIT
    smooth: bool = False
    chains: int = CHAINS
    iterations: int = ITERATIONS

    def __post_init__(self) -> None:
        allowed = (ALL, *ISSUES, RECURRING)
        if self.issue not in allowed:
            raise UsageError("Ideal points are fitted on one issue", got=self.issue, allowed=", ".join(allowed))
        if self.method not in METHODS:
            raise UsageError("Unknown method", got=self.method, allowed=", ".join(METHODS))
        if self.smooth and not self.sampled:
            raise UsageError("Both neighbours are used by sampling only", got="--smooth", next="Add --method gibbs")
        if self.chains < 1 or self.iterations < 30:
            raise UsageError(
                "Too short to sample",
                got=f"{self.chains} chains of {self.iterations}",
                allowed="1 chain of 30, or more",
            )
        if not self.sampled and (self.chains, self.iterations) != (CHAINS, ITERATIONS):
            raise UsageError("Chains are drawn by sampling only", got="--method fit", next="Add --method gibbs")
        if self.first < 1 or (self.last and self.last < self.first):
            raise BadPeriod(
                "Sessions are given as FIRST-LAST, from 1 on",
                got=f"{self.first}-{self.last}",
                allowed="such as 1-74, 47-78 or 70",
            )

    @property
    def key(self) -> str:
        """Short and file-safe: the kind under which the fit is kept."""
        matches = self.matches if self.matches in (AUTO, NONE) else "file"
        smooth = "-smooth" if self.smooth else ""
        length = f"-{self.chains}x{self.iterations}" if self.sampled else ""
        return f"ideal-{self.issue}-{self.first}-{self.last}-{matches}-{self.method}{smooth}{length}"

    @property
    def sampled(self) -> bool:
        """Whether points are drawn and not fitted."""
        return self.method != FIT

    @property
    def burn(self) -> int:
        """Sweeps a chain that are not counted."""
        return self.iterations // (6 if self.method == AS_RUN else 3)

    @property
    def thin(self) -> int:
        """Every so many sweeps after the burn-in a draw is kept; 50 for chains of 6,000."""
        return max(1, (self.iterations - self.burn) // 80)

    def to_dict(self) -> dict[str, object]:
        """For JSON; a matches file by its name only."""
        named = self.matches if self.matches in (AUTO, NONE) else Path(self.matches).name
        return {
            "issue": self.issue,
            "sessions": [self.first, self.last],
            "matches": named,
            "method": self.method,
            "smooth": self.smooth,
            **({"chains": self.chains, "iterations": self.iterations} if self.sampled else {}),
        }


def settings(
    issue: str = ALL,
    sessions: str | None = None,
    matches: str = AUTO,
    method: str = FIT,
    *,
    smooth: bool = False,
    chains: int = 4,
    iterations: int = 6000,
) -> Settings:
    """From what a person writes; sessions as "1-74" or "70", all by default."""
    made = Settings(issue, matches=matches, method=method, smooth=smooth, chains=chains, iterations=iterations)
    if sessions is None:
        return made
    parts = [part.strip() for part in sessions.replace("–", "-").split("-")]
    if len(parts) > 2 or not all(part.isdecimal() and len(part) <= _DIGITS for part in parts):
        raise BadPeriod("Sessions are given as FIRST-LAST", got=sessions, allowed="such as 1-74, 47-78 or 70")
    first, last = int(parts[0]), int(parts[-1])
    if last < first:
        raise BadPeriod("The sessions are reversed", got=sessions, next=f"Write {last}-{first}")
    return replace(made, first=first, last=last)
