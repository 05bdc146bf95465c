"""The base rate: chance-corrected ranks beside raw ones, and rankings among some partners only."""

from fractions import Fraction
from statistics import median

import pytest

import comity
from comity.errors import UnknownIssue
from comity.model.counts import Counts
from comity.states.groups import members_of

WHEN = {"issue": "hr", "release": "starter"}


def kappa(counts: Counts) -> Fraction | None:
    """Cohen's kappa with squared weights, in exact fractions."""
    joint = [row[:3] for row in counts.table[:3]]
    n = sum(map(sum, joint))
    if not n:
        return None
    rows = [Fraction(sum(row), n) for row in joint]
    columns = [Fraction(sum(row[j] for row in joint), n) for j in range(3)]
    gap = [[Fraction((i - j) ** 2, 4) for j in range(3)] for i in range(3)]
    seen = sum(gap[i][j] * Fraction(joint[i][j], n) for i in range(3) for j in range(3))
    due = sum(gap[i][j] * rows[i] * columns[j] for i in range(3) for j in range(3))
    return 1 - seen / due if due else None


@pytest.mark.parametrize(("state", "partner"), [("VNM", "RUS"), ("RUS", "VNM")])
def test_the_corrected_rank_is_that_of_exact_kappas(state: str, partner: str) -> None:
    answer = comity.pair("VNM", "RUS", periods="2000-2020", **WHEN)
    (found,) = [s for s in answer.standings if s.state == state]
    ranking = comity.rank(state, period="2000-2020", **WHEN)
    values = {p.state: v for p in ranking.partners if (v := kappa(p.counts)) is not None}
    assert found.corrected_among == len(values)
    assert found.corrected_rank == 1 + sum(v > values[partner] for v in values.values())
    assert found.corrected == pytest.approx(float(values[partner]), abs=1e-12)
    assert found.corrected_median == pytest.approx(float(median(values.values())), abs=1e-12)


def test_the_headline_gives_both_corrected_ranks() -> None:
    answer = comity.pair("VNM", "RUS", periods="2000-2020", **WHEN)
    first, second = answer.standings
    assert f"the ranks are {first.corrected_rank}" in answer.headline
    assert f"of {second.corrected_among}." in answer.headline


def test_among_a_group_only_its_members_are_ranked() -> None:
    whole = comity.rank("RUS", period="2000-2020", **WHEN)
    some = comity.rank("RUS", period="2000-2020", among="ASEAN", **WHEN)
    from datetime import date

    members = members_of("asean", date(2020, 12, 31))
    assert [p.state for p in some.partners] == [p.state for p in whole.partners if p.state in members]
    assert some.among.startswith("ASEAN")
    assert any(n.id == "rank_among" and f"all {len(whole.partners)} partners" in n.text for n in some.notes)


def test_among_a_list_and_among_nobody_known() -> None:
    some = comity.rank("RUS", period="2000-2020", among="USA,CHN", **WHEN)
    assert [p.state for p in some.partners] == ["CHN", "USA"]
    with pytest.raises(UnknownIssue, match="Unknown group"):
        comity.rank("RUS", period="2000-2020", among="ASEA", **WHEN)
