"""The value of a measure for one pair in one period, with what must be read beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Choices = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Measured:
    """One value.

    value      : None where it is undefined or cannot be had; ``reason`` then says why, in a sentence.
    n          : votes both cast among the roll calls that the measure reads (fewer than the period's where the
                 measure leaves some out).
    choices    : for a chance-corrected measure, how often each state voted yes, abstained and voted no over those n
                 votes; else None.
    prevalence : for such a measure, the pooled share of the choice made most often, in [1/3, 1]; None where n is 0.
    years      : where the value is a mean of yearly (or session) values, over how many; None where votes are pooled.
    years_left_out : years with a recorded vote in which it is undefined, not in that mean.
    bias       : for such a measure, half the sum of absolute differences of the two states' shares, in [0, 1].
    """

    id: str
    value: float | None
    n: int
    reason: str | None = None
    choices: tuple[Choices, Choices] | None = None
    prevalence: float | None = None
    bias: float | None = None
    years: int | None = None
    years_left_out: int | None = None

    @property
    def below_chance(self) -> bool:
        """Chance-corrected and negative: the two differ more than their own habits would give."""
        return self.choices is not None and self.value is not None and self.value < 0

    def to_dict(self) -> dict[str, Any]:
        """For JSON: what stands beside a chance-corrected value only there."""
        told: dict[str, Any] = {"value": self.value, "n": self.n, "reason": self.reason}
        if self.choices is not None:
            told |= {
                "choices": [list(side) for side in self.choices],
                "prevalence": self.prevalence,
                "bias": self.bias,
                "below_chance": self.below_chance,
            }
        if self.years is not None:
            told |= {"average": "years", "years": self.years, "years_left_out": self.years_left_out}
        return told
