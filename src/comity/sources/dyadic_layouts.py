"""The layouts of published tables of dyads that are known by their header, and what their columns mean.

Only columns whose meaning was read in the source's own words stand here: Häge's do-file for FPSIM, the Voting Practices
reports for the State Department's tables, the codebook of Voeten's dyadic files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from comity.model.period import Clock

SESSION_OPENS = 1945  # session s opens in the year s + 1945


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout. Column names are folded (see ``folded``); of several candidates the first that is there counts.

    a, b        : the columns of the two states; ``partner`` is the state of every row where there is no second one.
    schemes     : column of a state → scheme of its codes.
    period      : the column of the year or session.
    measures    : column → id of ours; "" where the years decide (the State Department changed its rule).
    counts      : columns whose sum is the number of roll calls behind a row.
    passed_over : column → why it is not compared.
    clock       : what its periods are, where a measure does not ask for a clock of its own.
    """

    id: str
    a: tuple[str, ...]
    b: tuple[str, ...]
    schemes: Mapping[str, str]
    period: tuple[str, ...]
    measures: Mapping[str, str]
    clock: Clock
    partner: str | None = None
    counts: tuple[tuple[str, ...], ...] = ()
    passed_over: Mapping[str, str] = field(default_factory=dict)

    def fits(self, names: Iterable[str]) -> bool:
        """Whether a table with these columns is of this layout."""
        there = set(names)
        second = bool(there.intersection(self.b)) if self.b else not there.intersection(_SECOND)
        dated = self.partner is not None or bool(there.intersection(self.period))
        return second and dated and bool(there.intersection(self.a)) and bool(there.intersection(self.measures))


_SECOND = ("ccode2", "b", "country 2", "country2", "state b", "iso3c 2")
_ALLIANCES = (
    *("taub", "srsvas", "srswvas", "srsvaa", "srswvaa", "kappava", "piva"),
    *("srsba", "srswba", "kappaba", "piba"),
)
_IDEAL = ("idealpointdistance", "idealpointfp.x", "idealpointfp.y", "idealpointall.x", "idealpointall.y")

LAYOUTS = (
    Layout(
        id="fpsim",
        a=("ccode1",),
        b=("ccode2",),
        schemes={"ccode1": "cow"},
        period=("year",),
        measures={"srsvvs": "s_sq", "srsvva": "s", "kappavv": "kappa_sq", "pivv": "pi_sq"},
        clock="year",
        passed_over=dict.fromkeys(_ALLIANCES, "alliances"),
    ),
    Layout(
        id="agreement_scores",
        a=("ccode1",),
        b=("ccode2",),
        schemes={"ccode1": "voeten_cow"},
        period=("session.x", "session", "year"),
        measures={"agree": "voeten"},
        clock="session",
        passed_over=dict.fromkeys(_IDEAL, "ideal_points"),
    ),
    Layout(
        id="state_department",
        a=("iso", "iso3", "iso3c", "country", "member state", "state"),
        b=(),
        schemes={"iso": "iso3", "iso3": "iso3", "iso3c": "iso3"},
        period=("year",),
        measures={
            "coincidence": "",
            "voting coincidence": "",
            "votes only": "votes_only",
            "including consensus": "state_incl_consensus",
        },
        clock="year",
        partner="USA",
        counts=(
            ("same", "identical", "identical votes", "same votes"),
            ("oppose", "opposite", "opposite votes"),
            ("partial",),
        ),
    ),
)


def folded(name: str) -> str:
    """A column's name without case, percent signs, brackets and underscores; dots stay, for they part x from y.

    >>> folded("VOTING_COINCIDENCE (%)"), folded("session.x")
    ('voting coincidence', 'session.x')
    """
    return re.sub(r"[^a-z0-9.]+", " ", name.lower()).strip()


def coincidence_rule(years: Iterable[int], names: Iterable[str]) -> str | None:
    """The measure of a State Department table: by its columns, then its years; None where they mix two rules.

    To 2016 abstentions stand apart and do not count; from 2017 they count half ("partial"); in 2022 and 2023 the
    arithmetic counts absences half too.
    """
    there, span = set(names), sorted(set(years))
    if "abstain" in there or "abstentions" in there:
        return "votes_only"
    rules = {_rule(year, partial="partial" in there) for year in span}
    return rules.pop() if len(rules) == 1 else None


def _rule(year: int, *, partial: bool) -> str:
    if year >= 2022:
        return "state_2022"
    return "state_2017" if partial or year >= 2017 else "votes_only"
