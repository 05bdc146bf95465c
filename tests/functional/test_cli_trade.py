"""Trade, money, ties and surveys on the command line: right numbers, every format, one line for a mistake."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import trade_files as made
from comity.ingest.datasets import add_dataset
from small_store import comity

FORMATS = ("text", "json", "csv", "md", "html")
ASKED = (
    ["trade", "VNM", "RUS"],
    ["trade", "VNM", "RUS", "--source", "comtrade-2020"],
    ["trade", "VNM"],
    ["ties", "VNM", "RUS"],
    ["ties", "VNM", "RUS", "--on", "1979-06-01"],
    ["ties", "VNM", "RUS", "--on", "2024-06-20"],
    ["money", "VNM", "RUS"],
    ["survey", "RUS"],
    ["visit-counts", "VNM"],
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("strands")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(folder))
        given = tmp_path_factory.mktemp("given")
        made.add_strands(given)
        made.add_strands(given, {"comtrade.json": made.comtrade_json()})
    return folder


@pytest.fixture
def home(store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(store))
    return store


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_every_answer_in_every_format(
    asked: list[str], format: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = comity([*asked, "--format", format], capsys)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.strip()
    if format == "json":
        assert "NaN" not in ran.out
        assert json.loads(ran.out)["sources"]
    if format == "csv":
        assert list(csv.DictReader(io.StringIO(ran.out)))


def answer(asked: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    ran = comity([*asked, "-f", "json"], capsys)
    assert ran.err == ""
    return dict(json.loads(ran.out))


def test_trade_says_where_the_data_end_and_whose_records_they_are(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = " ".join(comity(["trade", "VNM", "RUS", "--period", "2010-2018"], capsys).out.split())
    assert "cow-trade-2014 covers 1995 to 2014" in out
    assert "one record a flow" in out
    assert "Viet Nam and Russia, 2010–2014" in out


def test_a_mirror_gap_by_hand(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(["trade", "VNM", "RUS", "--source", "comtrade-2020"], capsys)
    first, second = told["mirrors"]  # type: ignore[misc]
    assert (first["importer"], first["by_importer"], first["by_exporter"]) == ("VNM", 2e6, 1.6e6)
    assert (first["gap"], first["ratio"]) == (4e5, 1.25)
    # Russia's own import is not known, and is not taken for 0 or for Viet Nam's record
    assert (second["by_importer"], second["by_exporter"], second["gap"]) == (None, 3e6, None)
    (year,) = told["years"]  # type: ignore[misc]
    assert year["share_of_a"] == (2 + 3) / (50 + 60)  # of the totals the source publishes
    assert (year["share_of_b"], year["share_of_b_missing"]) == (None, "not_known")
    assert year["rank_for_a"] is None


def test_a_table_that_names_neither_total_nor_partners_gives_no_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))
    made.add_strands(tmp_path, {"few.csv": made.PLAIN_TRADE.replace("VNM,World", "VNM,China")})
    told = answer(["trade", "VNM", "RUS"], capsys)
    assert {y["share_of_a"] for y in told["years"]} == {None}  # type: ignore[attr-defined]
    out = comity(["trade", "VNM", "RUS"], capsys).out
    assert "100.0 %" not in out
    assert "neither a total of all partners" in " ".join(out.split())


def test_the_table_that_has_the_pair_answers(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def used(*asked: str) -> list[str]:
        return [s["label"] for s in answer(["trade", *asked], capsys)["sources"]]  # type: ignore[index]

    assert used("VNM", "RUS") == ["comtrade-2020"]
    assert used("VNM", "RUS", "--period", "2010-2012") == ["cow-trade-2014"]
    assert used("VNM", "CHN") == ["cow-trade-2014"]  # comtrade-2020 knows nothing of the pair


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (["trade", "VNM", "VNM"], 13, "two different states"),
        (["trade", "VNM", "Atlantis"], 10, "Unknown state"),
        (["trade", "VNM", "RUS", "--period", "1950-1960", "--source", "cow-trade-2014"], 14, "1995-2014"),
        (["trade", "VNM", "RUS", "--source", "nothing"], 24, "cow-trade-2014"),
        (["trade", "VNM", "MNG"], 21, "No table of trade has Viet Nam with Mongolia"),
        (["ties", "VNM", "RUS", "--on", "2024-02-31"], 14, "No such day"),
        (["ties", "VNM", "VNM"], 13, "two different states"),
        (["visit-counts", "VNM", "--period", "1990"], 14, "2004"),
        (["visit-counts", "FRA"], 21, "has France"),
        (["survey", "FRA"], 21, "No survey at hand asks about France"),
        (["money", "BRA", "VNM"], 21, "Brazil"),
    ],
)
def test_a_mistake_is_one_line(
    asked: list[str], code: int, said: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = comity(asked, capsys)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("asked", [["trade", "VNM", "RUS"], ["trade", "VNM"], ["survey", "RUS"]], ids=" ".join)
def test_an_empty_store_says_how_to_fill_it(
    asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    ran = comity(asked, capsys)
    assert ran.code == 24
    assert "comity data add FILE" in ran.err


def test_ties_without_a_table_are_memberships_and_no_zero(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    out = " ".join(comity(["ties", "IND", "RUS"], capsys).out.split())
    assert "No table of alliances tells of it" in out
    assert "Spells of an alliance: 0" not in out
    assert "BRICS" in out


def test_ties_by_hand(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(["ties", "VNM", "RUS"], capsys)
    (atop,) = told["alliances"]  # type: ignore[misc]
    assert [(s["first"], s["last"], s["promises"]) for s in atop["spells"]] == [
        (1978, 1979, "consultation"),
        (1980, 1980, "non-aggression, consultation"),
        (1982, 1982, "consultation"),
    ]
    (desta,) = told["trade_agreements"]  # type: ignore[misc]
    assert [(x["name"], x["signed"], x["force"], x["left"]) for x in desta["agreements"]] == [
        ("First Union", 1990, 1991, 2005),
        ("Second Union Viet Nam accession", 1999, 2000, None),
    ]


def test_a_share_of_few_is_not_printed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = comity(["survey", "RUS"], capsys).out
    assert "60 %" not in out
    assert "62.4 %" in out
    assert "59 %" in out  # of 150 people: no decimals


@pytest.fixture(scope="module")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(folder))
        for name in ("trade/cow_trade_ndy.rda", "treaties/atop_alliance.rda", "treaties/cow_alliance.rda"):
            assert add_dataset(shared_data / name) is not None
        assert add_dataset(shared_data / "treaties" / "DESTA.csv") is not None
    return folder


class TestRealFiles:
    """Viet Nam and Russia on the files themselves; expected values by awk over the same table written as CSV."""

    def test_trade_in_2014(
        self, real: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("COMITY_HOME", str(real))
        (year,) = answer(["trade", "VNM", "RUS", "--period", "2014"], capsys)["years"]  # type: ignore[misc]
        assert (year["imports"], year["exports"], year["both"]) == (820e6, 2296e6, 3116e6)
        assert (year["rank_for_a"], year["ranked_for_a"], year["rank_for_b"], year["ranked_for_b"]) == (
            21,
            183,
            38,
            183,
        )
        assert year["share_of_a"] == pytest.approx(3116 / (145_673 + 161_604), rel=1e-12)
        assert year["share_of_b"] == pytest.approx(3116 / (284_388 + 483_948), rel=1e-12)
        world = 18_255_025
        assert year["intensity_imports"] == pytest.approx((820 / 145_673) / (483_948 / (world - 161_604)), rel=1e-12)
        assert year["intensity_exports"] == pytest.approx((2296 / 161_604) / (284_388 / (world - 145_673)), rel=1e-12)

    def test_a_hole_in_the_table_is_said(
        self, real: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        # the copy has rows of the Federal Republic (COW 260) with two states alone in 1986; seen by awk as well
        monkeypatch.setenv("COMITY_HOME", str(real))
        out = " ".join(comity(["trade", "FRA", "ITA", "--period", "1986-1994"], capsys).out.split())
        assert "Germany in 1986–1989, with values for at most 2 partners" in out
        assert "hardly knows" not in comity(["trade", "VNM", "RUS", "--period", "2000-2014"], capsys).out

    def test_partners_in_2014(
        self, real: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("COMITY_HOME", str(real))
        told = answer(["trade", "VNM", "--period", "2014"], capsys)
        assert (told["total_imports"], told["total_exports"]) == (145_673e6, 161_604e6)
        first = [(p["partner"], p["both"]) for p in told["partners"][:3]]  # type: ignore[index]
        assert first == [("CHN", 70_358e6), ("USA", 36_868e6), ("KOR", 29_726e6)]

    def test_ties(self, real: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setenv("COMITY_HOME", str(real))
        told = answer(["ties", "VNM", "RUS"], capsys)
        spells = {t["table"]: [(s["first"], s["last"]) for s in t["spells"]] for t in told["alliances"]}  # type: ignore[attr-defined]
        assert spells == {"atop-2018": [(1978, 2003), (2004, 2018)], "cow-alliances-2012": [(1978, 1991)]}
        (desta,) = told["trade_agreements"]  # type: ignore[misc]
        assert [(x["signed"], x["force"]) for x in desta["agreements"]] == [(2015, 2016)]

    def test_a_state_that_came_back(
        self, real: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        # rows 672+2, 672_1 and 672+5 of the list: Seychelles came in 1997, left in 2004, came back in 2008
        monkeypatch.setenv("COMITY_HOME", str(real))
        (desta,) = answer(["ties", "SYC", "ZAF"], capsys)["trade_agreements"]  # type: ignore[misc]
        sadc = [x for x in desta["agreements"] if x["treaty"].startswith("672")]
        assert [(x["signed"], x["force"], x["left"]) for x in sadc] == [(1997, None, 2004), (2008, 2015, None)]


def test_a_write_off_of_the_shipped_ledger(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(["money", "VNM", "RUS"], capsys)["write_offs"]
    (one,) = found  # type: ignore[misc]
    assert one["left"]["low"] == pytest.approx(1.65e9)
    assert one["years"] == 23
    out = " ".join(comity(["money", "VNM", "RUS"], capsys).out.split())
    assert (
        "85 % of about 11 billion USD is about 9.35 billion USD written off, which leaves about 1.65 billion USD" in out
    )
