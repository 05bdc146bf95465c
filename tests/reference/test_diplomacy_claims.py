"""Tiers, visits and lengths of time against what the texts at hand say of Viet Nam and Russia."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from comity.strands.said import Phrase
from comity.study.between import between
from comity.study.tiers import tiers
from comity.study.visits import visits


@pytest.fixture(scope="module")
def claims(shared_data: Path) -> dict[str, dict[str, str]]:
    file = shared_data.parent / "claims" / "vietnam-russia.yaml"
    if not file.is_file():
        pytest.skip(f"needs the claims {file}")
    return {c["id"]: c for c in yaml.safe_load(file.read_text("utf-8"))["claims"]}


@pytest.fixture(autouse=True)
def no_rows_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))


def test_seven_on_the_highest_tier_in_june_2024(claims: dict[str, dict[str, str]]) -> None:
    told = claims["efe-2024-14"]
    highest = {t.partner for t in tiers("VNM", on=f"{told['period']}-20").held if t.rank == 1 and t.told == "yes"}
    assert len(highest) == int(told["value"])
    assert set(claims["efe-2024-15"]["states"]) - {"VNM"} <= highest


def test_all_five_permanent_members_after_october_2025(claims: dict[str, dict[str, str]]) -> None:
    told = claims["zareba-bamboo-120"]
    assert told["value"] == "5 of 5"
    (five, *_) = tiers("VNM", on="2025-12-31").groups
    assert (len(five.highest), len(five.members)) == (5, 5)
    assert set(told["states"]) - {"VNM"} == set(five.highest)
    # A year before, France was among them and the United Kingdom was not.
    (before, *_) = tiers("VNM", on="2024-12-31").groups
    assert set(five.highest) - set(before.highest) == {"GBR"}


def test_india_the_only_partner_of_the_highest_tier_beside_china_and_russia_in_may_2022() -> None:
    assert {t.partner for t in tiers("VNM", on="2022-05-11").held if t.rank == 1} == {"CHN", "RUS", "IND"}


def test_five_visits_of_putin_only_with_the_summits(claims: dict[str, dict[str, str]]) -> None:
    counts = {c.rule: c.to_a for c in visits("VNM", "RUS", person="Putin").counts}
    said = int(claims["zareba-bamboo-69"]["value"])
    assert said == int(claims["efe-2024-04"]["value"])
    assert counts["multilateral"] == (said, said)
    assert counts["bilateral"][1] < said


def test_first_in_more_than_ten_years_only_without_the_summits(claims: dict[str, dict[str, str]]) -> None:
    day = claims["efe-2024-02"]["period"]
    (n,) = re.findall(r"> (\d+) years", claims["efe-2024-02"]["value"])
    last = {}
    for rule in ("bilateral", "multilateral"):
        found = [v.accounts[0].row for v in visits("VNM", "RUS", rule=rule, person="Putin").visits]
        last[rule] = max(row.date for row in found if row.date < day)
    phrase = Phrase.parse(f"over {n} years before")
    assert {rule: phrase.holds(when, day) for rule, when in last.items()} == {"bilateral": "yes", "multilateral": "no"}


def test_lengths_of_time_as_the_texts_give_them(claims: dict[str, dict[str, str]]) -> None:
    assert claims["grossman-2022-24"]["value"] == "1 month"
    # By the days two texts give it is seven weeks: one whole month, more than one.
    assert between("1978-11-03", "1978-12-25", said="one month before").told == "yes"
    assert between("1978-11-03", "1978-12-25", said="within one month").told == "no"
    assert claims["zareba-bamboo-49"]["value"] == "1 day later"
    assert (
        between(claims["zareba-bamboo-49"]["period"], claims["efe-2024-02"]["period"], said="one day after").told
        == "yes"
    )
    # "Within three months": by the months alone it cannot be told, by the days in the ledger it is 93 days.
    assert claims["efe-2024-21"]["value"] == "2 visits, 3 months"
    assert between("2023-09", "2023-12", said="within three months").told == "cannot be told"
    # A lease of 25 years from 1979, left in 2002.
    assert claims["zareba-bamboo-28"]["value"] == "2 years early"
    assert between("2002", "2004", said="about two years early").told == "cannot be told"
    assert between("2002", "2004", said="within three years").told == "yes"
