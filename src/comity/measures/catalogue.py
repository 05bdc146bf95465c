"""Every measure by its id: what it is of, over which roll calls, in which range, and the function that gives it.

The words about a measure (formula, source, when to use it, when not) are in the message catalogue, under its id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from numpy.typing import ArrayLike

from comity.errors import UsageError
from comity.measures import agreement, chance, groups, rollcall
from comity.measures._cells import Floats
from comity.model.period import Clock
from comity.model.words import say

Of = Literal["pair", "group", "positions"]
Over = Literal["read", "final", "divided"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    of          : a pair's contingency table, a group's votes, or ideal points.
    low, high   : bounds; None where there is none.
    function    : tables (..., 4, 4) → (...), or a group's votes (..., 3) → (...); None for ideal points. The one that
                  counts texts adopted without a vote takes their number as a second argument.
    over        : the roll calls it is defined on: as the reading says ("read"), without paragraph and amendment
                  votes ("final"), or those that are not unanimous ("divided").
    clock       : the clock that its definition asks for; None for any.
    corrected   : for chance: prevalence and bias are shown beside it, and a negative value is below chance.
    consensus   : needs the number of texts adopted without a vote.
    """

    id: str
    of: Of
    low: float | None
    high: float | None
    function: Callable[..., Floats] | None
    over: Over = "read"
    clock: Clock | None = None
    corrected: bool = False
    consensus: bool = False

    @property
    def formula(self) -> str:
        """As the field writes it."""
        return say(f"measure_formula.{self.id}")

    @property
    def source(self) -> str:
        """Who defined it."""
        return say(f"measure_source.{self.id}")

    @property
    def when(self) -> str:
        """When to use it."""
        return say(f"measure_when.{self.id}")

    @property
    def when_not(self) -> str:
        """When not to."""
        return say(f"measure_when_not.{self.id}")

    @property
    def needs(self) -> str:
        """What must be at hand."""
        kind = self.of if self.of != "pair" else "consensus" if self.consensus else self.over
        parts = [say(f"measure_needs.{kind}"), say(f"measure_needs.clock_{self.clock}") if self.clock else ""]
        return " ".join(filter(None, parts))

    @property
    def range(self) -> str:
        """Its bounds in print."""
        low, high = (f"{bound:g}".replace("-", "−") if bound is not None else "" for bound in (self.low, self.high))
        key = "below_0" if self.low is None else "upwards" if self.high is None else "range"
        return say(f"measure_needs.{key}", low=low, high=high)

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "id": self.id,
            "of": self.of,
            "formula": self.formula,
            "source": self.source,
            "low": self.low,
            "high": self.high,
            "over": self.over,
            "clock": self.clock,
            "chance_corrected": self.corrected,
            "needs": self.needs,
            "when": self.when,
            "when_not": self.when_not,
        }


def _share(function: Callable[[ArrayLike], Floats], id: str = "") -> Measure:
    return Measure(id or function.__name__, "pair", 0, 1, function)


def _corrected(function: Callable[[ArrayLike], Floats]) -> Measure:
    return Measure(function.__name__, "pair", None, 1, function, corrected=True)


MEASURES: dict[str, Measure] = {
    m.id: m
    for m in (
        _share(agreement.same_share),
        _share(agreement.ambivalent_share),
        _share(agreement.opposite_share),
        _share(agreement.same_share_of_all),
        _share(agreement.ambivalent_share_of_all),
        _share(agreement.opposite_share_of_all),
        _share(agreement.absent_share),
        _share(agreement.votes_only),
        Measure("state_incl_consensus", "pair", 0, 1, agreement.state_incl_consensus, clock="session", consensus=True),
        _share(agreement.ia),
        Measure("state_2017", "pair", 0, 1, agreement.ia, over="final", clock="year"),
        _share(agreement.state_2022),
        Measure("voeten", "pair", 0, 1, rollcall.voeten, over="divided", clock="session"),
        Measure("s", "pair", -1, 1, agreement.s),
        Measure("s_sq", "pair", -1, 1, agreement.s_sq),
        _corrected(chance.kappa_lin),
        _corrected(chance.kappa_sq),
        _corrected(chance.pi_lin),
        _corrected(chance.pi_sq),
        _corrected(chance.alpha_nominal),
        _corrected(chance.alpha_interval),
        _corrected(chance.alpha_ordinal),
        _corrected(chance.brennan_prediger),
        Measure("ideal_distance", "positions", 0, None, None),
        Measure("rice", "group", 0, 1, groups.rice),
        Measure("agreement_index", "group", 0, 1, groups.agreement_index),
    )
}
"""All measures, in the order in which they are listed."""

PAIR_IDS = tuple(m.id for m in MEASURES.values() if m.of == "pair")


def measure(id: str) -> Measure:
    """The measure of an id; UsageError with the nearest ids otherwise."""
    key = id.strip().lower().replace("-", "_")
    if key in MEASURES:
        return MEASURES[key]
    near = get_close_matches(_ALIASES.get(key, key), MEASURES, n=1, cutoff=0.5)
    raise UsageError(
        say("measures.unknown"),
        got=id,
        allowed=", ".join(MEASURES),
        next=say("measures.did_you_mean", id=near[0]) if near else say("measures.see_list"),
    )


def pair_measures(ids: str | Iterable[str]) -> tuple[Measure, ...]:
    """Measures of a pair by id, each once, in the order given; "all" is every one.

    UsageError for an unknown id, an empty list, or a measure that is not of a pair.
    """
    given = ids.split(",") if isinstance(ids, str) else list(ids)
    names = [name for part in given if (name := part.strip())]
    chosen = tuple(dict.fromkeys(measure(id) for id in (PAIR_IDS if names == ["all"] else names)))
    if not chosen:
        raise UsageError(say("measures.none"), allowed=", ".join(("all", *PAIR_IDS)))
    for one in chosen:
        if one.of != "pair":
            raise UsageError(say(f"measures.not_of_a_pair_{one.of}"), got=one.id, allowed=", ".join(("all", *PAIR_IDS)))
    return chosen


_ALIASES = {
    "lijphart": "ia",
    "kappa": "kappa_sq",
    "cohen": "kappa_sq",
    "pi": "pi_sq",
    "scott": "pi_sq",
    "alpha": "alpha_nominal",
    "krippendorff": "alpha_nominal",
    "fpsim": "kappa_sq",
    "agree": "voeten",
    "tau": "s",
}
"""What people type for them; a suggestion only, for several measures go by such a name."""
