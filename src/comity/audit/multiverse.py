"""How much do defensible choices move a figure? Every equivalent reading, its value, and which choice moves it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from comity.audit.printed import Printed
from comity.audit.solve.items import ALL, CAST, OF, parse_item, values
from comity.audit.solve.solve import corpora_of, used
from comity.audit.solve.space import Base, space
from comity.errors import BadValue, EmptySelection
from comity.measures.shapley import shapley_shares
from comity.model.period import Period
from comity.model.words import say, span
from comity.states.registry import registry
from comity.study import ask
from comity.study.answers.common import Json
from comity.study.answers.strand import StrandAnswer
from comity.study.corpus import Corpus
from comity.study.notes import note
from comity.study.strand import release_line, strand_header
from comity.votes.selection import issue_label

if TYPE_CHECKING:
    import polars as pl

Tag = Literal["equivalent", "uncertain", "not_equivalent"]
TAGS: dict[str, Tag] = {
    "release": "equivalent", "paragraph": "equivalent", "amendment": "equivalent", "duplicates": "equivalent",
    "tally_mismatch": "equivalent", "coded_nonmember": "equivalent", "of": "equivalent", "clock": "uncertain",
    "start": "not_equivalent", "end": "not_equivalent", "abstentions": "not_equivalent",
}  # fmt: skip
"""What a choice does to the question: the same question otherwise answered; perhaps another; another one.

A calendar year and the session that begins in it hold other votes, but texts seldom say which they mean. Other years,
or abstentions left out or halved, are other questions.
"""
AXES = tuple(name for name, tag in TAGS.items() if tag == "equivalent")


@dataclass(frozen=True, slots=True)
class Version:
    """One reading with its value in per cent (or as a count). choices : of AXES, in that order."""

    value: float
    roll_calls: int
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beyond:
    """What choices that are not equivalent would do: the least and largest value when one of them alone is made."""

    choice: str
    tag: Tag
    readings: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class MultiverseAnswer(StrandAnswer):
    """A figure under every equivalent reading.

    printed  : the figure of the text, None where none was given. versions : by value, then by choices.
    shares   : of the variance of the values, by choice that varies here (Shapley); empty where nothing varies.
    medians  : (choice, option) → median value and number of readings.
    declared : value as the text declares it, None where no release at hand has it.
    """

    a: str
    b: str
    names: dict[str, str]
    category: str
    printed: Printed | None
    issue: str
    period: str
    versions: tuple[Version, ...]
    declared: float | None
    shares: dict[str, float]
    medians: dict[tuple[str, str], tuple[float, int]]
    beyond: tuple[Beyond, ...]

    @property
    def within(self) -> int:
        """How many equivalent readings are within the printed rounding."""
        return sum(self.printed.admits(v.value) for v in self.versions) if self.printed else 0

    def to_dict(self) -> Json:
        """For JSON; numbers of readings are counts, not chances."""
        printed = self.printed
        return {
            **self.header.to_dict(),
            "a": self.a,
            "b": self.b,
            "category": self.category,
            "issue": self.issue,
            "period": self.period,
            "printed": printed.text if printed else None,
            "declared": self.declared,
            "readings": len(self.versions),
            "within_rounding": self.within if printed else None,
            "low": self.versions[0].value,
            "median": median(v.value for v in self.versions),
            "high": self.versions[-1].value,
            "variance_shares": self.shares,
            "medians": [
                {"choice": c, "option": o, "median": m, "readings": n} for (c, o), (m, n) in self.medians.items()
            ],
            "curve": [
                {"value": v.value, "roll_calls": v.roll_calls, **dict(zip(AXES, v.choices, strict=True))}
                for v in self.versions
            ],
            "beyond": [
                {"choice": x.choice, "tag": x.tag, "readings": x.readings, "low": x.low, "high": x.high}
                for x in self.beyond
            ],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row an equivalent reading, by value."""
        import polars as pl

        rows = [
            {"value": v.value, "roll_calls": v.roll_calls, **dict(zip(AXES, v.choices, strict=True))}
            for v in self.versions
        ]
        return pl.DataFrame(rows)


def multiverse(
    a: str,
    b: str,
    figure: str,
    *,
    issue: str = "all",
    period: str,
    of: str | None = None,
    shift: int = 1,
    release: str | None = None,
    corpora: Sequence[Corpus] | None = None,
) -> MultiverseAnswer:
    """A share of a pair under every equivalent reading, beside those that would be another question.

    figure : "same=75%", or a category alone. of : all or cast, where the text says which; else both are equivalent.
    shift  : by how much the ends move among the choices that are not equivalent. corpora : releases already open.
    """
    first, second = ask.two_states(a, b, past=True)
    item = parse_item(figure if "=" in figure else f"{figure}=0%", first.id, second.id)
    if item.printed.unit != "percent":
        raise BadValue("A curve is drawn for a share", got=figure, allowed="such as same=75%")
    if of not in (None, ALL, CAST):
        raise BadValue("Shares are of one of two", got=of, allowed=f"{ALL}, {CAST}")
    declared = Period.parse(period, "year")
    corpora = corpora_of(release) if corpora is None else corpora
    made = space(corpora, [(first.id, second.id)], [issue], declared, shift)
    if not made.bases:
        raise EmptySelection("No release at hand covers the period with these votes", got=f"{issue}, {declared.label}")
    table = values(made.counts[:, 0].astype(float), item.category, share=True)
    allowed = (of,) if of else (ALL, CAST)
    rows = [
        (base, name, float(table[k, OF.index(name)]), int(made.chosen[k]))
        for k, base in enumerate(made.bases)
        for name in OF
        if not np.isnan(table[k, OF.index(name)])
    ]
    versions = sorted(
        (Version(v, n, _choices(base, name)) for base, name, v, n in rows if not _others(base, name, allowed)),
        key=lambda x: (x.value, x.choices),
    )
    if not versions:
        raise EmptySelection("No equivalent reading has votes", got=f"{issue}, {declared.label}")
    newest = str(made.bases[0].reading.release)
    return MultiverseAnswer(
        header=strand_header(
            say("multiverse.subject", issue=issue_label(issue), period=span(declared.label)),
            map(release_line, (c.origin for c in used(corpora, made))),
        ),
        notes=(note("multiverse_counts"), note("multiverse_tags")),
        a=first.id,
        b=second.id,
        names={s: registry().name(s) for s in (first.id, second.id)},
        category=item.category,
        printed=item.printed if "=" in figure else None,
        issue=issue,
        period=declared.label,
        versions=tuple(versions),
        declared=_declared(rows, newest, allowed[0]),
        shares=_shares(versions),
        medians=_medians(versions),
        beyond=tuple(_beyond(rows, allowed)),
    )


def _choices(base: Base, of: str) -> tuple[str, ...]:
    told = {**base.reading.to_dict(), "of": of}
    return tuple(str(told[name]) for name in AXES)


def _others(base: Base, of: str, allowed: Iterable[str]) -> tuple[str, ...]:
    """The choices of a reading that make it another question."""
    found = ["clock"] * (base.reading.clock != "year") + ["start"] * bool(base.start) + ["end"] * bool(base.end)
    return tuple(found + ["abstentions"] * (of not in (ALL, CAST)) + ["of"] * (of in (ALL, CAST) and of not in allowed))


def _declared(rows: Sequence[tuple[Base, str, float, int]], release: str, of: str) -> float | None:
    """The value under the default reading of the newest release."""
    for base, name, value, _ in rows:
        plain = base.reading.departures.keys() <= {"release", "issue"} and not (base.start or base.end)
        if plain and base.reading.release == release and name == of:
            return value
    return None


def _shares(versions: Sequence[Version]) -> dict[str, float]:
    """Shapley shares of the choices that vary here."""
    columns = list(zip(*(v.choices for v in versions), strict=True))
    varying = [k for k, column in enumerate(columns) if len(set(column)) > 1]
    if not varying:
        return {}
    codes = np.column_stack([np.unique(columns[k], return_inverse=True)[1] for k in varying])
    shares = shapley_shares([v.value for v in versions], codes)
    return {} if np.isnan(shares).any() else {AXES[k]: float(s) for k, s in zip(varying, shares, strict=True)}


def _medians(versions: Sequence[Version]) -> dict[tuple[str, str], tuple[float, int]]:
    found: dict[tuple[str, str], list[float]] = {}
    for version in versions:
        for name, option in zip(AXES, version.choices, strict=True):
            found.setdefault((name, option), []).append(version.value)
    several = {name for name, _ in found if sum(n == name for n, _ in found) > 1}
    return {key: (median(held), len(held)) for key, held in sorted(found.items()) if key[0] in several}


def _beyond(rows: Sequence[tuple[Base, str, float, int]], allowed: Sequence[str]) -> Iterable[Beyond]:
    """The reach of each choice that makes another question, made alone."""
    reach: dict[str, list[float]] = {}
    for base, name, value, _ in rows:
        others = _others(base, name, allowed)
        if len(others) == 1:
            reach.setdefault(others[0], []).append(value)
    for choice, held in reach.items():
        tag: Any = TAGS[choice] if choice != "of" else "not_equivalent"
        yield Beyond(choice, tag, len(held), min(held), max(held))
