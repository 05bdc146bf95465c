"""Published volumes from the real register and tables; the expected figures were worked out with awk over the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.ingest.datasets import add_dataset
from comity.strands.arms import Amount
from comity.study.answers.arms import ArmsAnswer, ArmsPairAnswer
from comity.study.arms import arms


@pytest.fixture(scope="module")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(tmp_path_factory.mktemp("arms")))
        for path in sorted((shared_data / "arms").glob("*.csv")):
            assert add_dataset(path)
        yield


def test_suppliers_of_viet_nam(real: None) -> None:
    answer = arms("VNM", period="2001-2024")
    assert isinstance(answer, ArmsAnswer) and answer.period.label == "2001-2023"
    held = {p.key: p for p in answer.partners}
    assert answer.total == Amount(8282.59, 8307.09, 8310.59, "bounds")
    assert held["RUS"].amount == Amount(6681.3, 6705.8, 6709.3, "bounds")
    expected = {"RUS": 80.7, "ISR": 6.6, "BLR": 3.6, "UKR": 2.2, "CZE": 1.1}
    assert {k: round(100 * held[k].share.even, 1) for k in expected if held[k].share} == expected
    assert [p.key for p in answer.partners[:5]] == ["RUS", "ISR", "BLR", "UKR", "KOR"]
    assert len(held) == 18 and held["unknown supplier(s)"].place is None


def test_viet_nam_among_russias_customers(real: None) -> None:
    answer = arms("VNM", supplier="RUS", period="2001-2024")
    assert isinstance(answer, ArmsPairAnswer) and answer.export_share and answer.export_place
    share = answer.export_share
    assert [round(100 * s, 1) for s in (share.low, share.even, share.high)] == [5.0, 5.4, 5.8]
    assert (answer.export_place.best, answer.export_place.worst, answer.export_place.among) == (4, 4, 94)
    table = arms("VNM", supplier="RUS", period="2001-2021")
    assert isinstance(table, ArmsPairAnswer) and table.export_share
    assert table.amount == Amount.of_table(6543.0) and round(100 * table.export_share.even, 1) == 5.3


def test_the_year_of_the_submarines(real: None) -> None:
    """Table 1,056; the register's rows leave 0 to 3,395.6, and an even split would give 832."""
    answer = arms("VNM", supplier="RUS", period="2014")
    assert isinstance(answer, ArmsPairAnswer)
    assert answer.amount == Amount.of_table(1056.0)
    assert answer.by_register == Amount(0.0, 832.05, 3395.6, "bounds")
    whole = arms("VNM", supplier="RUS", period="1992-2021")
    assert isinstance(whole, ArmsPairAnswer) and whole.peak.years == (2014,)
    assert {y.year: y.amount.even for y in whole.years if y.amount.even > 900} == {2011: 974.0, 2014: 1056.0}
    kilo = next(p for p in whole.platforms if p.designation == "Project-636E")
    assert (kilo.delivered, kilo.order_year, kilo.years, kilo.volume) == (6, 2009, (2013, 2014, 2015, 2016, 2017), 1560)


def test_ukraine_is_answered_from_the_newer_layout(real: None) -> None:
    answer = arms("UKR", period="2014-2023")
    assert isinstance(answer, ArmsAnswer)
    assert answer.header.sources[0].label == "sipri-register-ukraine-2025-02-17"
    assert all(p.amount.settled for p in answer.partners) and answer.peak.years == (2023,)
    assert answer.total == Amount(6998.29, 6998.29, 6998.29, "exact")
