"""Every section of the specifications beside this file: a vote table, a reading, and the answer counted by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import pytest

import comity.errors
from comity.model.counts import Counts, Share
from comity.model.period import Period
from comity.model.reading import Reading
from comity.study.answers.rank import RankAnswer
from comity.study.rank import rank
from comity.study.release import ReleaseCorpus, ReleaseCut
from comity.study.standing import MIN_COMMON, standing
from vote_tables import Row, corpus, frames, table

PAGES = sorted(Path(__file__).parent.glob("*.md"))
_COUNTS = {
    "all": "roll_calls",
    "same": "same",
    "YY": "same_yes",
    "AA": "same_abstain",
    "NN": "same_no",
    "ambivalent": "ambivalent",
    "opposite": "opposite",
    "absent": "absent",
    "coded": "coded_nonmember",
}


@dataclass(frozen=True)
class Case:
    """A section: its votes, the reading it names, and the tables of what is expected."""

    title: str
    votes: str
    reading: Reading
    min_common: float
    expected: tuple[list[Row], ...]
    heads: tuple[str, ...]

    @property
    def corpus(self) -> ReleaseCorpus:
        return corpus(*frames(self.votes))

    def cut(self, periods: list[Period]) -> ReleaseCut:
        return self.corpus.cut(self.reading, periods)

    def period(self, text: str) -> Period:
        return Period.parse(text, self.reading.clock)


def cases() -> list[Case]:
    return [_case(part) for page in PAGES for part in page.read_text(encoding="utf-8").split("\n## ")[1:]]


def _case(section: str) -> Case:
    title, body = section.split("\n", 1)
    votes, *expected = re.findall(r"(?:^\|.*\n?)+", body, re.MULTILINE)
    named = re.search(r"^Reading: `(.*)`$", body, re.MULTILINE)
    fields = dict(part.strip().split("=") for part in named[1].split(",")) if named else {}
    least = re.search(r"^Minimum in common: `(.*)`$", body, re.MULTILINE)
    assert expected, f"{title}: nothing expected"
    return Case(
        title,
        votes,
        Reading(**fields),
        float(least[1]) if least else MIN_COMMON,
        tuple(table(text) for text in expected),
        tuple(text.split("|")[1].strip() for text in expected),
    )


def check_pairs(case: Case, rows: list[Row]) -> None:
    periods = [case.period(text) for text in dict.fromkeys(row["period"] for row in rows)]
    cut = case.cut(periods)
    for row in rows:
        a, b = row["pair"].split("-")
        counts = cut.counts(periods.index(case.period(row["period"])), a, b)
        expected = {name: cell for name, cell in row.items() if name not in ("pair", "period")}
        assert {name: _counted(counts, name) for name in expected} == expected, row


def _counted(counts: Counts, name: str) -> str:
    if " of " in name:
        category, denominator = name.split(" of ")
        share: Share = getattr(counts, f"share_of_{denominator}")(category)
        return f"{share.k}/{share.n}"
    return str(getattr(counts, _COUNTS[name]))


def check_dropped(case: Case, rows: list[Row]) -> None:
    """In the periods of the section's table of pairs."""
    texts = {row["period"] for part in case.expected for row in part if "period" in row}
    found = case.cut([case.period(text) for text in texts]).dropped
    assert [{"dropped": d.reason, "count": str(d.count), "roll calls": ", ".join(d.ids)} for d in found] == rows


def check_flags(case: Case, rows: list[Row]) -> None:
    text = next(row["period"] for part in case.expected for row in part if "period" in row)
    found = {flag: n for flag, n in case.cut([case.period(text)]).also_flagged(0).items() if n}
    assert found == {row["flagged too"]: int(row["count"]) for row in rows}


def check_error(case: Case, rows: list[Row]) -> None:
    (row,) = rows
    with pytest.raises(getattr(comity.errors, row["error"]), match=row["says"]):
        case.cut([Period(1995, 1995)])


def _answer(case: Case, state: str, period: str) -> RankAnswer:
    return rank(state, period=period, min_common=case.min_common, reading=case.reading, corpus=case.corpus)


def check_ranks(case: Case, rows: list[Row]) -> None:
    for state, period in dict.fromkeys((row["partners of"], row["period"]) for row in rows):
        expected = [row for row in rows if row["partners of"] == state]
        answer = _answer(case, state, period)
        places = [(p.state, _counted(p.counts, "same of cast"), str(p.rank)) for p in answer.partners]
        assert places == [(row["partner"], row["same of cast"], row["rank"]) for row in expected]
        below = [_fraction(row["percentile"]) for row in expected]
        assert [p.percentile for p in answer.partners] == [1.0 if f is None else float(f) for f in below]
        for row, partner in zip(expected, answer.partners, strict=True):
            _check_standing(case, row, partner.percentile, answer.median)


def _check_standing(case: Case, row: Row, percentile: float, median: float | None) -> None:
    """The same place, as the headline of the pair tells it."""
    state, period = row["partners of"], case.period(row["period"])
    found = standing(case.cut([period]), 0, state, row["partner"], case.min_common)
    assert found is not None
    assert (str(found.rank), found.percentile, found.median) == (row["rank"], percentile, median)
    assert str(found.tied) == row["level with"]
    assert found.among == len([r for r in case.expected[0] if r["partners of"] == state])


def _fraction(text: str) -> Fraction | None:
    k, n = map(int, text.split("/"))
    return Fraction(k, n) if n else None


def check_medians(case: Case, rows: list[Row]) -> None:
    for row in rows:
        assert _answer(case, row["median of the partners of"], row["period"]).median == _fraction(row["median"])


def check_too_few(case: Case, rows: list[Row]) -> None:
    (state,) = {row["too few in common with"] for row in rows}
    (period,) = {row["period"] for row in rows}
    found = [(p, str(cast)) for p, _, cast in _answer(case, state, period).too_few]
    assert found == [(row["partner"], row["cast"]) for row in rows]
    for partner, _ in found:
        assert standing(case.cut([case.period(period)]), 0, state, partner, case.min_common) is None


CHECKS: dict[str, Callable[[Case, list[Row]], None]] = {
    "pair": check_pairs,
    "dropped": check_dropped,
    "flagged too": check_flags,
    "error": check_error,
    "partners of": check_ranks,
    "median of the partners of": check_medians,
    "too few in common with": check_too_few,
}


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.title)
def test_the_answer_counted_by_hand(case: Case) -> None:
    for head, rows in zip(case.heads, case.expected, strict=True):
        CHECKS[head](case, rows)


def test_a_wrong_expectation_fails() -> None:
    first = cases()[0]
    wrong = replace(first, expected=([{**first.expected[0][0], "same": "4"}],))
    with pytest.raises(AssertionError):
        check_pairs(wrong, wrong.expected[0])
