"""The spread of ties asked of a small made-up store: what counts, what is a gap, what is never filled in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from comity.errors import BadPeriod, SamePair, UnknownState, UsageError
from comity.model.reading import Reading
from comity.report.terminal import text
from comity.report.text_formats import as_csv, as_html, as_json, as_markdown
from comity.store.datasets import Dataset, write_dataset
from comity.store.manifest import FileEntry
from comity.study.balance.spread import balance
from small_store import fill

TRADE = {"USA": (60.0, 40.0), "CHN": (100.0, 100.0), "RUS": (50.0, 50.0), "IND": (100.0, 0.0)}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    fill()
    return tmp_path


def keep(kind: str, frame: pl.DataFrame) -> None:
    years = frame["year"]
    held = Dataset(
        label=f"made-{kind}", kind=kind, source="A test", layout="made", sha256="0" * 64,
        file=FileEntry("made.csv", 1, "0" * 64), first=int(years.min()), last=int(years.max()),  # type: ignore[arg-type]
        rows=frame.height, added=datetime(2026, 1, 1, tzinfo=UTC), adapter_version=1, comity_version="0",
    )  # fmt: skip
    write_dataset(held, frame)


def trade(years: range = range(2005, 2015), **amounts: tuple[float, float]) -> pl.DataFrame:
    """Viet Nam's imports and exports with each partner, in millions."""
    rows = [
        {
            "year": year, "reporter_name": "VNM", "partner_name": p, "world": False, "flow": flow,
            "amount": None if amount is None else amount * 1e6, "currency": "USD", "unit": "million USD",
            "valuation": "as recorded", "row_source": None, "reporter": "VNM", "partner": p,
        }
        for year in years
        for p, both in {**TRADE, **amounts}.items()
        for flow, amount in zip(("import", "export"), both, strict=True)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema_overrides={"row_source": pl.String, "year": pl.Int16}, infer_schema_length=None)


def strand(answer: object, name: str) -> object:
    return next(s for s in answer.strands if s.strand == name)  # type: ignore[attr-defined]


def test_without_tables_two_strands_are_gaps_and_the_votes_stand(store: Path) -> None:
    answer = balance("VNM", period="2005-2014")
    arms, votes = strand(answer, "arms"), strand(answer, "votes")
    assert "comity data add" in arms.gap and not arms.counted
    assert votes.counted and all(0 <= t.value <= 1 for t in votes.ties)
    assert sum(t.share for t in votes.ties) == pytest.approx(1)
    assert [m.power for m in answer.means] == ["USA", "CHN", "RUS"]


def test_trade_by_hand(store: Path) -> None:
    keep("trade", trade())
    found = strand(balance("VNM", period="2005-2014"), "trade")
    assert [t.value for t in found.ties] == [1000, 2000, 1000]
    assert [t.share for t in found.ties] == [0.25, 0.5, 0.25]
    assert found.level == pytest.approx(0.8)  # 400 of 500 a year
    assert found.equidistance == pytest.approx(0.75)  # 1 - (1/12 + 1/6 + 1/12) / (4/3)
    assert found.leans == {"USA-CHN": pytest.approx(-1 / 3), "USA-RUS": 0, "CHN-RUS": pytest.approx(1 / 3)}
    assert found.partners == pytest.approx(25 / (1 + 4 + 1 + 1))


def test_a_power_without_any_trade_is_shown_and_not_counted(store: Path) -> None:
    keep("trade", trade(RUS=(0.0, 0.0)))
    answer = balance("VNM", period="2005-2014")
    found = strand(answer, "trade")
    assert "0 throughout with RUS" in found.gap and not found.counted
    assert [t.value for t in found.ties] == [1000, 2000, 0]
    assert "trade" not in answer.means[0].without


def test_few_years_do_not_count(store: Path) -> None:
    keep("trade", trade(range(2011, 2015)))
    found = strand(balance("VNM", period="2005-2014"), "trade")
    assert "4 of 10 years" in found.gap and "4 of 10 years" in found.covered and not found.counted


def test_a_missing_year_of_one_power_is_missing_for_all(store: Path) -> None:
    whole = trade()
    lost = whole.filter(~((pl.col("year") == 2010) & (pl.col("partner") == "RUS")))
    keep("trade", lost)
    found = strand(balance("VNM", period="2005-2014"), "trade")
    assert [t.value for t in found.ties] == [900, 1800, 900]
    assert "9 of 10 years" in found.covered


def test_a_power_outside_the_table_is_a_gap(store: Path) -> None:
    keep("trade", trade())
    found = strand(balance("VNM", powers="USA,BRA", period="2005-2014"), "trade")
    assert not found.counted and found.gap and all(t.share is None for t in found.ties)


def test_splitting_roll_calls_add_up(store: Path) -> None:
    for split in balance("VNM", period="2000-2014").splits:
        assert split.with_first + split.with_second + split.abstained + split.absent == split.roll_calls
        assert split.rank is None or 1 <= split.rank <= split.among


def test_every_format_and_the_path(store: Path) -> None:
    keep("trade", trade())
    answer = balance("VNM", period="1996-2014", basis="baseline")
    assert {s.years for s in answer.path} == {"1996–2000", "2001–2005", "2006–2010", "2011–2014"}
    assert "weight play" in text(answer) and "weight play" in as_markdown(answer) and "<table" in as_html(answer)
    assert as_csv(answer).count("\n") == 1 + 5 * 3
    assert '"basis": "baseline"' in as_json(answer)
    assert all(m.rho is None or -1 <= m.rho <= 1 for m in answer.moved)


def test_weights_are_those_given(store: Path) -> None:
    keep("trade", trade())
    alike, heavy = (balance("VNM", period="2005-2014", weights=w) for w in (None, "trade=3"))
    votes, goods = (strand(alike, s).ties[1].share for s in ("votes", "trade"))
    assert [m.mean for m in alike.means][1] == pytest.approx(sum(_shares(alike, "CHN")) / len(_shares(alike, "CHN")))
    parts = _shares(heavy, "CHN")
    assert heavy.weights["trade"] == 3 and goods in parts and votes in parts
    assert heavy.means[1].mean == pytest.approx((sum(parts) + 2 * goods) / (len(parts) + 2))
    assert "trade 3" in text(heavy) and "weighing alike" in text(alike)


def _shares(answer: object, power: str) -> list[float]:
    return [t.share for s in answer.strands if s.counted for t in s.ties if t.power == power]  # type: ignore[attr-defined]


def test_every_state_is_told_where_the_powers_parted(store: Path) -> None:
    split = balance("VNM", period="2000-2014").splits[0]
    every = {s: k / n for s, k, n in split.every}
    assert len(every) == split.among and not {split.first, split.second} & every.keys()
    assert list(every.values()) == sorted(every.values(), reverse=True)
    assert every["VNM"] == pytest.approx(split.abstained / split.cast)


def test_starter_data_answer_what_they_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    answer = balance("VNM", period="2005-2014", reading=Reading(release="starter"))
    assert strand(answer, "votes").counted and answer.splits == ()


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"powers": "USA"}, UsageError),
        ({"powers": "USA,VNM"}, UsageError),
        ({"powers": "USA,Atlantis"}, UnknownState),
        ({"basis": "weighted"}, UsageError),
        ({"weights": "votes=-1"}, UsageError),
        ({"weights": "votes=two"}, UsageError),
        ({"weights": "love=2"}, UsageError),
        ({"weights": "votes"}, UsageError),
        ({"period": "2014-2005"}, BadPeriod),
        ({"period": "1890-1900"}, BadPeriod),
        ({"reading": Reading(clock="session")}, BadPeriod),
    ],
)
def test_what_cannot_be_asked(store: Path, asked: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        balance("VNM", **asked)  # type: ignore[arg-type]


def test_names_are_settled_before_anything_is_read(store: Path) -> None:
    with pytest.raises((UnknownState, SamePair)):
        balance("Nowhere at all")


def test_a_hole_in_the_table_of_trade_is_said(store: Path) -> None:
    # Twenty states trade with one another; Germany, large in 2004, has values with two of them in 2005–2014.
    others = [f"X{k:02d}" for k in range(20)]
    world = [(y, a, b, 10.0) for y in range(2004, 2015) for a in others for b in others if a != b]
    german = [(y, a, "DEU", 500.0) for y in range(2004, 2015) for a in (others if y == 2004 else others[:2])]
    german += [(y, "DEU", a, 500.0) for y, a, *_ in german]
    extra = pl.DataFrame(
        [
            {
                "year": y, "reporter_name": a, "partner_name": b, "world": False, "flow": "import", "amount": v * 1e6,
                "currency": "USD", "unit": "million USD", "valuation": "as recorded", "row_source": None,
                "reporter": a, "partner": b,
            }
            for y, a, b, v in [*world, *german]
        ],
        schema_overrides={"row_source": pl.String, "year": pl.Int16},
    )  # fmt: skip
    mine = trade().filter(pl.col("flow") == "import")
    keep("trade", pl.concat([mine, extra]))
    told = [n.text for n in balance("VNM", period="2005-2014").notes if n.id == "trade.holes"]
    assert len(told) == 1 and "Germany in 2005–2014, with values for at most 2 partners" in told[0]
