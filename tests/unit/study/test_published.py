"""A published table beside ours: our own values come back equal, planted differences are found, bad files refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import polars as pl
import pytest

from comity.errors import (
    BadPeriod,
    BadValue,
    ComityError,
    DamagedFile,
    EmptySelection,
    UnknownLayout,
    UnknownState,
    UsageError,
)
from comity.model.reading import Reading
from comity.report.published_tables import summary
from comity.sources.dyadic import Named, read
from comity.states.resolve import codes
from comity.study.answers.published import PublishedAnswer, Way
from comity.study.atlas import atlas
from comity.study.published import compare
from comity.study.published_rows import matched
from comity.study.release import ReleaseCorpus
from vote_tables import corpus, frames

STATES = ("USA", "RUS", "VNM", "CUB", "FRA", "TLS")  # in no order; Timor-Leste joined in 2002
COW = ["ccode1", "ccode2"]


def votes() -> str:
    random = Random(5)
    lines = ["| date | session | paragraph | amendment | " + " | ".join(STATES) + " |"]
    for year in (2000, 2001, 2003):
        for k in range(1, 25):
            day = f"{year}-11-{k:02}" if k < 17 else f"{year + 1}-02-{k:02}"
            paragraph = "yes" if k % 3 == 0 else "no"
            cells = ["Y"] * 5 + ["A"] if k == 7 else random.choices("YANX9", (6, 3, 3, 2, 1), k=len(STATES))
            cells = ["Y"] * len(STATES) if k % 8 == 0 else cells
            lines.append("|".join(["", day, str(year - 1945), paragraph, "no", *cells, ""]))
    return "\n".join(lines)


@pytest.fixture(scope="module")
def release() -> ReleaseCorpus:
    return corpus(*frames(votes()))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))


def table(release: ReleaseCorpus, measures: str, **choices: str) -> pl.DataFrame:
    return atlas(measures, reading=Reading(**choices), corpus=release).frame  # type: ignore[arg-type]


def cow(frame: pl.DataFrame, **renamed: str) -> pl.DataFrame:
    """With Correlates of War codes for ids and columns under the names of a published file."""
    number = {s: codes(s, "cow", date(2003, 12, 31))[0] for s in STATES}
    coded = frame.with_columns(ccode1=pl.col("a").replace(number), ccode2=pl.col("b").replace(number))
    return coded.rename(renamed).select(*COW, *renamed.values())


@pytest.fixture
def ask(release: ReleaseCorpus, tmp_path: Path) -> Callable[..., PublishedAnswer]:
    def run(content: pl.DataFrame | str, named: Named | None = None, **given: object) -> PublishedAnswer:
        path = tmp_path / "file.csv"
        path.write_text(content if isinstance(content, str) else content.write_csv(), encoding="utf-8")
        return compare(read(path, named), corpus=release, **given)  # type: ignore[arg-type]

    return run


Ask = Callable[..., PublishedAnswer]


def test_our_own_agreement_scores_come_back_equal(release: ReleaseCorpus, ask: Ask) -> None:
    ours = table(release, "voeten", clock="session").drop_nulls("voeten")
    both = pl.concat([ours, ours.rename({"a": "b", "b": "a"}).select(ours.columns)])
    made = cow(both, period="session.x", voeten="agree").with_columns(IdealPointDistance=pl.lit(0.5))
    answer = ask(made)
    (column,) = answer.columns
    assert (answer.layout, column.own.way.measure, column.own.way.clock) == ("agreement_scores", "voeten", "session")
    assert (column.own.compared, column.own.equal) == (ours.height, ours.height)
    assert column.own.rmse == pytest.approx(0, abs=1e-12)
    assert answer.rows == 2 * ours.height and answer.left_out == {"repeated": ours.height}
    assert (column.tried, column.found, column.largest) == ((), None, ())
    assert answer.passed_over == {"IdealPointDistance": "ideal_points"}
    assert answer.to_polars().height == ours.height
    assert answer.to_polars()["equal"].all()


def test_a_year_stands_for_the_session_that_opened_in_it(release: ReleaseCorpus, ask: Ask) -> None:
    ours = table(release, "voeten", clock="session").drop_nulls("voeten").with_columns(pl.col("period") + 1945)
    (column,) = ask(cow(ours, period="year", voeten="agree")).columns
    assert column.own.equal == column.own.compared == ours.height


def test_our_own_fpsim_comes_back_equal_and_zeros_for_undefined_are_told(release: ReleaseCorpus, ask: Ask) -> None:
    measures = {"s_sq": "srsvvs", "s": "srsvva", "kappa_sq": "kappavv", "pi_sq": "pivv"}
    ours = table(release, ",".join(measures)).drop_nulls("s").with_columns(pl.col("kappa_sq", "pi_sq").fill_null(0.0))
    rounded = ours.with_columns(pl.col(*measures).round(3))
    answer = ask(cow(rounded, period="year", **measures).with_columns(kappava=pl.lit(0.1), taub=pl.lit(0.2)))
    assert answer.layout == "fpsim"
    assert [c.own.way.measure for c in answer.columns] == list(measures)
    assert all(c.own.equal == c.own.compared > 0 and c.decimals <= 3 for c in answer.columns)
    assert set(answer.passed_over.values()) == {"alliances"}
    undefined = table(release, "kappa_sq,s").filter(pl.col("kappa_sq").is_null() & pl.col("s").is_not_null()).height
    assert answer.columns[2].zero == undefined == answer.columns[2].not_compared.get("undefined", 0)


def test_a_state_department_table_stands_beside_the_united_states(release: ReleaseCorpus, ask: Ask) -> None:
    ours = table(release, "state_2017,votes_only").filter(pl.col("period") == 2003)
    ours = ours.filter((pl.col("a") == "USA") | (pl.col("b") == "USA"))
    iso = pl.when(pl.col("a") == "USA").then(pl.col("b")).otherwise(pl.col("a")).alias("ISO")
    partial = ours.select(iso, COUNTRY=pl.lit("-"), PARTIAL=pl.lit(1), SAME=pl.lit(3), OPPOSE=pl.lit(2),
                          COINCIDENCE=pl.col("state_2017").round(2))  # fmt: skip
    answer = ask(partial, Named(when=2003))
    (column,) = answer.columns
    assert (answer.layout, answer.scheme, column.own.way) == (
        "state_department", "iso3", Way("state_2017", "read", "final", "year"),
    )  # fmt: skip
    assert column.own.equal == column.own.compared == ours["state_2017"].is_not_null().sum() > 3
    assert column.roll_calls and column.roll_calls[0] == 6
    older = ours.select(iso, ABSTAIN=pl.lit(1), COINCIDENCE=(100 * pl.col("votes_only")).round(0).cast(pl.Int64))
    percent = older.with_columns(pl.format("{}%", "COINCIDENCE").alias("COINCIDENCE"))
    (column,) = ask(percent, Named(when=2003)).columns
    assert (column.own.way.measure, column.percent, column.decimals) == ("votes_only", True, 2)
    assert column.own.equal == column.own.compared == ours["votes_only"].is_not_null().sum() > 3


OWN = Named(a="a", b="b", period="period", measures={"value": "ia"})
PLANTED = {
    "minus one to one": (2 * pl.col("ia") - 1, {}, "measure", "s"),
    "a distance": (1 - pl.col("ia"), {}, "scale", "reversed"),
    "abstention as different": (pl.col("same_share"), {}, "measure", "same_share"),
    "absences in the denominator": (pl.col("same_share_of_all"), {}, "measure", "same_share_of_all"),
    "abstentions left out": (pl.col("votes_only"), {}, "measure", "votes_only"),
    "paragraph votes dropped": (pl.col("ia"), {"paragraph": "drop"}, "votes", "no_paragraph"),
    "coded members dropped": (
        pl.col("state_2022"), {"coded_nonmember": "drop"}, "measure votes", "state_2022 coded_dropped",
    ),
}  # fmt: skip


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_difference_is_found(planted: str, release: ReleaseCorpus, ask: Ask) -> None:
    value, choices, fields, expected = PLANTED[planted]
    ours = table(release, "ia,same_share,same_share_of_all,votes_only,state_2022", **choices).with_columns(value=value)
    (column,) = ask(ours.select("a", "b", "period", "value").drop_nulls(), OWN).columns
    assert column.own.share < 0.6
    assert column.found is not None and column.found.share == 1.0
    apart = column.found.way.apart(column.own.way)
    assert apart == tuple(fields.split())
    assert " ".join(getattr(column.found.way, f) for f in apart) == expected
    assert column.largest and not column.still


def test_values_beyond_the_range_are_hundredths_and_the_lead_says_so(release: ReleaseCorpus, ask: Ask) -> None:
    ours = table(release, "ia").drop_nulls("ia")
    tenths = ours.select("a", "b", "period", value=(100 * pl.col("ia")).round(1))
    answer = ask(tenths, OWN)
    (column,) = answer.columns
    assert column.hundredths and column.own.share == 1.0 and column.own.way.scale == "as_is"
    assert "its values divided by 100 as they leave the range of 0 to 1: equal in" in summary(column)[0]
    assert "(1 decimal)" in summary(column)[0]
    assert answer.to_polars()["published"].max() <= 1
    # One value beyond the range is a slip of the file, and shares of 1 % and less are no percentages that show.
    slip = ours.select("a", "b", "period", value=pl.when(pl.int_range(pl.len()) == 0).then(66.7).otherwise("ia"))
    small = ours.select("a", "b", "period", value=pl.col("ia"))
    assert not any(ask(f, OWN).columns[0].hundredths for f in (slip, small))


def test_few_rows_have_no_correlation(release: ReleaseCorpus, ask: Ask) -> None:
    ours = table(release, "ia").drop_nulls("ia").select("a", "b", "period", value="ia")
    (few,), (enough,) = (ask(ours.head(n), OWN).columns for n in (9, 10))
    assert few.correlation is None and enough.correlation == pytest.approx(1)
    assert "No correlation (fewer than 10 rows)" in summary(few)[0]


def test_unanimous_votes_and_sessions_are_told_apart(release: ReleaseCorpus, ask: Ask) -> None:
    sessions = table(release, "voeten", clock="session").drop_nulls("voeten")
    years = sessions.with_columns(pl.col("period") + 1945).rename({"voeten": "value"})
    (column,) = ask(years.select("a", "b", "period", "value"), OWN).columns
    assert column.own.way.clock == "year"
    assert column.found is not None and column.found.share == 1.0
    assert column.found.way == Way("ia", "divided", "as_read", "session")


def test_what_no_way_explains_is_not_explained(release: ReleaseCorpus, ask: Ask) -> None:
    random = np.random.default_rng(3)
    ours = table(release, "ia").drop_nulls("ia")
    noise = ours.select("a", "b", "period", value=pl.Series(random.uniform(size=ours.height)))
    (column,) = ask(noise, OWN).columns
    assert column.found is None
    assert len(column.largest) == 10
    gaps = [abs(g.gap) for g in column.largest]
    assert gaps == sorted(gaps, reverse=True)
    whole = (noise["value"] - ours["ia"]).abs()
    assert gaps[0] == pytest.approx(whole.max())
    assert column.bias == pytest.approx((noise["value"] - ours["ia"]).mean())
    assert column.own.rmse == pytest.approx(float(np.sqrt((whole**2).mean())))
    assert column.correlation == pytest.approx(float(np.corrcoef(noise["value"], ours["ia"])[0, 1]))


def test_rounding_is_what_the_column_prints(release: ReleaseCorpus, ask: Ask) -> None:
    ours = table(release, "ia").drop_nulls("ia").select("a", "b", "period", value=pl.col("ia").round(2))
    (column,) = ask(ours, OWN).columns
    assert (column.decimals, column.own.share) == (2, 1.0)
    shifted = ours.with_columns(pl.when(pl.int_range(pl.len()) == 0).then(pl.col("value") + 0.02).otherwise("value"))
    (column,) = ask(shifted, OWN).columns
    assert column.own.equal == ours.height - 1
    assert [g.gap for g in column.largest] == [pytest.approx(0.02, abs=0.005 + 1e-9)]


def test_every_row_is_compared_or_has_its_reason(ask: Ask) -> None:
    text = """a,b,year,x
USA,RUS,2003,0.5
RUS,USA,2003,0.5
USA,USA,2003,1
TLS,USA,2001,0.5
BRA,USA,2003,0.5
USA,VNM,2010,0.5
USA,VNM,1990,0.5
USA,VNM,2003,
USA,VNM,2002,0.5
"""
    answer = ask(text, Named(a="a", b="b", period="year", measures={"x": "ia"}))
    assert answer.left_out == {"self": 1, "no_seat": 1, "repeated": 1}
    (column,) = answer.columns
    assert column.own.compared + sum(column.not_compared.values()) + sum(answer.left_out.values()) == answer.rows
    assert column.not_compared["no_vote"] == 1
    assert column.not_compared["after_last"] == 1
    assert column.not_compared["before_first"] == 1
    assert column.not_compared["no_value"] == 1
    rows = {(r["a"], r["b"], r["period"]): r["reason"] for r in answer.to_polars().rows(named=True)}
    assert rows["RUS", "USA", 2003] == ""
    assert rows["BRA", "USA", 2003] == "no_vote"


def test_unknown_states_are_an_error_that_names_them_or_are_skipped_and_listed(ask: Ask) -> None:
    text = "ccode1,ccode2,year,agree\n2,365,2003,0.5\n2,999,2003,0.5\n998,999,2003,0.5\n"
    with pytest.raises(UnknownState) as error:
        ask(text)
    for part in ("998, 999", "2 names and codes", "rows: 2", "voeten_cow", "--skip-unknown"):
        assert part in str(error.value)
    answer = ask(text, skip_unknown=True)
    assert (answer.unknown, answer.left_out) == (("998", "999"), {"unknown_state": 2})
    with pytest.raises(UnknownState):
        ask(text.replace("365", "997"))


def test_names_are_read_as_of_their_period(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text(
        "a,b,year,x\nViet Nam,Soviet Union,1985,1\nBurma,West Germany,1985,1\nGermany,Congo,2010,1\n"
        "Czechoslovakia,Slovakia,2010,1\n",
        encoding="utf-8",
    )
    rows = matched(
        read(path, Named(a="a", b="b", period="year", measures={"x": "ia"}, scheme="name")), skip_unknown=False
    )
    assert rows.frame.select("a", "b", "period").rows() == [
        ("RUS", "VNM", 1985),
        ("DEU", "MMR", 1985),
        ("COG", "DEU", 2010),
    ]
    assert rows.left_out == {"no_seat": 1}


def test_china_before_1949_is_found_under_either_code(tmp_path: Path) -> None:
    path = tmp_path / "china.csv"
    path.write_text("ccode1,ccode2,year,agree\n2,710,1947,0.5\n20,713,1947,0.5\n2,710,1980,0.5\n", encoding="utf-8")
    rows = matched(read(path), skip_unknown=False)
    assert rows.frame.select("a", "b", "period").rows() == [
        ("TWN", "USA", 1947),
        ("CAN", "TWN", 1947),
        ("CHN", "USA", 1980),
    ]


HEAD = "a,b,period,value\n"
BAD: dict[str, tuple[str, Named | None, type[ComityError], str]] = {
    "no known column": ("x,y\n1,2\n", None, UnknownLayout, "--measure COLUMN=MEASURE"),
    "no rows": (HEAD, OWN, DamagedFile, "no rows"),
    "not a number": (HEAD + "USA,RUS,2003,high\n", OWN, BadValue, "line 2, column value"),
    "decimal comma": ('a;b;period;value\nUSA;RUS;2003;0,5\n', OWN, BadValue, "with a point"),
    "infinite": (HEAD + "USA,RUS,2003,inf\n", OWN, BadValue, "not a number"),
    "some percent signs": (HEAD + "USA,RUS,2003,50%\nUSA,VNM,2003,0.5\n", OWN, BadValue, "percent sign"),
    "no state": (HEAD + "USA,,2003,0.5\n", OWN, BadValue, "a state in every row"),
    "no year": (HEAD + "USA,RUS,,0.5\n", OWN, BadValue, "a calendar year"),
    "a year that is none": (HEAD + "USA,RUS,1800,0.5\n", OWN, BadPeriod, "1800"),
    "years and sessions": (HEAD + "USA,RUS,2003,0.5\nUSA,RUS,55,0.5\n", OWN, BadValue, "years and sessions"),
    "two values": (HEAD + "USA,RUS,2003,0.5\nRUS,USA,2003,0.6\n", OWN, BadValue, "line 2 and line 3"),
    "no such column": (HEAD + "USA,RUS,2003,0.5\n", replace(OWN, a="z"), UsageError, "no such column"),
    "no such measure": (HEAD + "USA,RUS,2003,0.5\n", replace(OWN, measures={"value": "iaa"}), UsageError, "measure"),
    "no such scheme": (HEAD + "USA,RUS,2003,0.5\n", replace(OWN, scheme="fips"), UsageError, "Allowed: any"),
    "numbers in any scheme": (HEAD + "2,365,2003,0.5\n", OWN, UnknownState, "--scheme"),
    "state table without a year": ("country,coincidence\nRUS,0.5\n", None, UsageError, "--when 2019"),
    "two rules": ("iso,year,coincidence\nRUS,2015,0.5\nRUS,2019,0.5\n", None, UsageError, "different rules"),
    "nothing to compare": (HEAD + "USA,RUS,2020,0.5\n", OWN, EmptySelection, "after the release’s last roll call: 1"),
    "a web page": ("<html></html>", None, UnknownLayout, "Save it as CSV"),
    "ragged": (HEAD + "USA,RUS,2003\n", OWN, DamagedFile, "3 cells"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_in_one_line(name: str, ask: Ask) -> None:
    text, named, kind, part = BAD[name]
    with pytest.raises(kind) as error:
        ask(text, named)
    assert part in str(error.value)
    assert "\n" not in str(error.value)
