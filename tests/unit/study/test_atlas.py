"""The atlas holds, for every pair and year, what the pair itself is told."""

from __future__ import annotations

from pathlib import Path
from random import Random

import polars as pl
import pytest

from comity.errors import BadPeriod, EmptySelection, RollCallsMissing, UsageError
from comity.measures.catalogue import PAIR_IDS
from comity.model.period import Period
from comity.model.reading import Reading
from comity.report.atlas_files import write
from comity.study.atlas import Atlas, atlas
from comity.study.pair import pair
from comity.study.release import ReleaseCorpus
from vote_tables import corpus, frames

STATES = ("USA", "RUS", "VNM", "CUB", "TLS")  # in no order; Timor-Leste joined in 2002


def votes() -> str:
    random = Random(11)
    lines = ["| date | session | paragraph | amendment | hr | " + " | ".join(STATES) + " |"]
    for year in (2000, 2001, 2003):
        for day in range(1, 9):
            marks = [random.choice(("yes", "no")) if day > 3 else "no" for _ in range(3)]
            cells = random.choices("YANX9", (6, 2, 3, 1, 1), k=len(STATES))
            lines.append("|".join(["", f"{year}-11-{day:02}", str(year - 1945), *marks, *cells, ""]))
    return "\n".join(lines)


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReleaseCorpus:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    (tmp_path / "ledgers").mkdir()
    (tmp_path / "ledgers" / "consensus.csv").write_text("session,texts,counts,source,link\n55,200,all,A report,\n")
    return corpus(*frames(votes()))


@pytest.mark.parametrize(
    ("clock", "choices"),
    [("year", {}), ("session", {}), ("session", {"issue": "hr"}), ("year", {"coded_nonmember": "drop"})],
)
def test_every_row_is_what_the_pair_is_told(release: ReleaseCorpus, clock: str, choices: dict[str, str]) -> None:
    reading = Reading(clock=clock, **choices)  # type: ignore[arg-type]
    made = atlas("all", reading=reading, corpus=release)
    assert made.frame.columns == ["a", "b", "period", "issue", "n", *PAIR_IDS]
    rows = made.frame.rows(named=True)
    assert {(r["a"], r["b"]) for r in rows} >= {("CUB", "RUS"), ("RUS", "VNM"), ("TLS", "USA")}
    assert all(r["a"] < r["b"] for r in rows)
    assert [(r["a"], r["b"], r["period"]) for r in rows] == sorted((r["a"], r["b"], r["period"]) for r in rows)
    for r in rows:
        periods = [Period(r["period"], r["period"], reading.clock)]
        (cell,) = pair(r["a"], r["b"], periods=periods, measures="all", reading=reading, corpus=release).lead.cells
        assert r["n"] == cell.counts.cast
        for told in cell.measures:
            assert r[told.id] == pytest.approx(told.value, abs=1e-12), (r, told)


def test_measures_without_a_value_say_why(release: ReleaseCorpus) -> None:
    by_year, by_session = (atlas("all", reading=Reading(clock=c), corpus=release) for c in ("year", "session"))
    assert set(by_year.empty) == {"voeten", "state_incl_consensus"}
    assert set(by_session.empty) == {"state_2017"}
    assert by_year.frame["voeten"].null_count() == by_year.frame.height
    sessions = by_session.frame.drop_nulls("state_incl_consensus")["period"].unique().to_list()
    assert sessions == [55]


def test_pairs_that_share_no_seat_have_no_row(release: ReleaseCorpus) -> None:
    made = atlas(corpus=release).frame
    assert made.filter((pl.col("b") == "TLS") | (pl.col("a") == "TLS"))["period"].unique().to_list() == [2003]
    assert made.height == 2 * 6 + 10


def test_long(release: ReleaseCorpus) -> None:
    wide = atlas("s,ia", corpus=release).frame
    long = atlas("s,ia", long=True, corpus=release).frame
    assert long.columns == ["a", "b", "period", "issue", "n", "measure", "value"]
    back = long.pivot("measure", index=["a", "b", "period", "issue", "n"], values="value")
    assert back.sort("a", "b", "period").equals(wide)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
@pytest.mark.parametrize("long", [False, True])
def test_files(release: ReleaseCorpus, tmp_path: Path, ending: str, long: bool) -> None:
    made = atlas("same_share,kappa_sq,voeten", long=long, corpus=release)
    table, book = write(made, tmp_path / "out" / f"world.{ending}")
    read = pl.read_csv(table) if ending == "csv" else pl.read_parquet(table)
    assert read["n"].to_list() == made.frame["n"].to_list()
    value = "value" if long else "same_share"
    assert read[value].cast(pl.Float64).to_list() == pytest.approx(made.frame[value].to_list(), nan_ok=True)
    words = book.read_text(encoding="utf-8")
    assert book.name == "world-codebook.md"
    assert all(f"- `{name}`: " in words for name in (*made.measures, *made.frame.columns))
    assert "No value here. It is defined by session" in words and "made-up" in words


def _asks(release: ReleaseCorpus, **given: object) -> Atlas:
    return atlas(corpus=release, **given)  # type: ignore[arg-type]


def test_what_is_refused(release: ReleaseCorpus, tmp_path: Path) -> None:
    with pytest.raises(BadPeriod, match="by year or session"):
        _asks(release, reading=Reading(clock="day"))
    with pytest.raises(EmptySelection):
        _asks(release, period="2002")
    with pytest.raises(UsageError, match="--clock session"):
        _asks(release, measures="voeten")
    with pytest.raises(UsageError, match="of a group"):
        _asks(release, measures="rice")
    with pytest.raises(RollCallsMissing):
        atlas(reading=Reading(release="starter"))
    with pytest.raises(UsageError, match=r"csv or \.parquet"):
        write(atlas(corpus=release), tmp_path / "atlas.xlsx")
    assert not (tmp_path / "atlas.xlsx").exists()
