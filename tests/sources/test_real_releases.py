"""The releases at hand, against their known counts."""

import time
from pathlib import Path

import polars as pl
import pytest
from vote_files import read

from comity.sources.base import RawRelease, regular_session

YES, ABSTAIN, NO, ABSENT, NONMEMBER = range(5)


@pytest.fixture(scope="module")
def unga(shared_data: Path) -> Path:
    folder = shared_data / "unga"
    if not folder.is_dir():
        pytest.skip(f"needs {folder}")
    return folder


@pytest.fixture(scope="module")
def wide(unga: Path) -> RawRelease:
    return read(unga / "votes_wide_1946_2024.csv")


@pytest.fixture(scope="module")
def trio(unga: Path) -> RawRelease:
    return read(*(unga / f"un_{part}.rda" for part in ("votes", "roll_calls", "roll_call_issues")))


def by_choice(release: RawRelease) -> dict[int, int]:
    return dict(release.votes["choice"].value_counts().rows())


def test_wide_matrix(wide: RawRelease) -> None:
    assert wide.label == "voeten-2024-wide"
    assert wide.roll_calls.height == 6551
    assert wide.votes["code"].n_unique() == 194
    assert wide.votes.height == 6551 * 194
    assert by_choice(wide) == {YES: 733_470, ABSTAIN: 116_820, NO: 69_281, ABSENT: 96_103, NONMEMBER: 255_220}
    assert "votes written with a decimal point (1.0) among whole numbers: 4,694" in wide.warnings
    repeated = wide.roll_calls.filter(pl.col("roll_call").str.contains("#"))["roll_call"].to_list()
    assert repeated == ["427#2", "449#2", "411#2", "495#2"]


def test_wide_matrix_is_read_fast(unga: Path) -> None:
    start = time.perf_counter()
    read(unga / "votes_wide_1946_2024.csv")
    assert time.perf_counter() - start < 1.5  # the target; measured at 0.2 s on two cores


def test_r_data_file(unga: Path) -> None:
    start = time.perf_counter()
    release = read(unga / "UNVotesPublished.RData")
    assert time.perf_counter() - start < 15  # the target; measured at 5 s on two cores
    assert release.label == "voeten-2016"
    assert release.votes.height == 1_066_613
    assert release.roll_calls.height == 5429
    assert release.has == {"symbol", "session", "issues", "link"}
    assert release.roll_calls.filter(pl.col("date").is_null())["roll_call"].to_list() == ["4592"]
    assert release.warnings == ("roll calls without a date: 1 (4592)",)
    assert by_choice(release) == {YES: 588_800, ABSTAIN: 95_099, NO: 54_865, ABSENT: 73_328, NONMEMBER: 254_521}


def test_trio(trio: RawRelease) -> None:
    assert trio.label == "unvotes-0.3.0"
    assert (trio.roll_calls.height, trio.votes.height) == (6203, 870_109)
    assert not trio.absences
    assert by_choice(trio) == {YES: 693_664, ABSTAIN: 110_897, NO: 65_548}
    assert trio.warnings[0].startswith("symbols written two ways: 260 in their normal form, 4,856 otherwise")
    assert trio.roll_calls["paragraph"].null_count() == 2995


def test_library_layout(unga: Path) -> None:
    release = read(unga / "undl_layout_1992_2022.csv.gz")
    assert release.label == "undl-1992-2022"
    assert (release.roll_calls.height, release.votes.height) == (2253, 428_399)
    es11 = release.roll_calls.filter(pl.col("session_label") == "ES-11")
    assert es11["symbol"].sort().to_list() == [f"A/RES/ES-11/{n}" for n in (1, 2, 3)]
    assert es11["session"].to_list() == [76] * 3
    assert es11.filter(pl.col("symbol") == "A/RES/ES-11/1").select("yes", "no", "abstain").row(0) == (141, 5, 35)
    assert release.roll_calls.filter(pl.col("date_precision") == "month")["date"].max().year == 2002
    assert release.roll_calls["symbol"].n_unique() == 2248


def test_plain_file(unga: Path) -> None:
    release = read(unga / "es11_votes.csv")
    assert (release.roll_calls.height, release.votes.height) == (3, 579)
    assert by_choice(release) == {YES: 374, NO: 34, ABSTAIN: 131, ABSENT: 40}


def test_one_id_is_one_roll_call_in_the_whole_lineage(wide: RawRelease, trio: RawRelease) -> None:
    both = trio.roll_calls.join(wide.roll_calls, on="roll_call", suffix="_wide")
    assert both.height == 6203
    assert (both["date"] == both["date_wide"]).all()


def test_months_agree_with_the_library_where_days_do_not(unga: Path, trio: RawRelease) -> None:
    library = read(unga / "undl_layout_1992_2022.csv.gz").roll_calls
    both = trio.roll_calls.join(library, on="symbol", suffix="_library")
    assert both.height > 2000
    same_month = both["date"].dt.truncate("1mo") == both["date_library"].dt.truncate("1mo")
    assert same_month.all()
    assert not (both["date"] == both["date_library"]).all()


def test_session_follows_from_the_date_but_for_a_few(trio: RawRelease) -> None:
    dated = trio.roll_calls.select(pl.col("session"), regular_session(pl.col("date")).alias("inferred"))
    assert dated.filter(pl.col("session") != pl.col("inferred")).height == 48


@pytest.mark.parametrize("name", ["arms", "ideal", "visits", "context"])
def test_other_data_are_refused_in_one_line(shared_data: Path, name: str) -> None:
    from comity.errors import BadFile

    files = (
        [path for path in (shared_data / name).rglob("*") if path.is_file()] if (shared_data / name).is_dir() else []
    )
    if not files:
        pytest.skip(f"needs {shared_data / name}")
    for path in files:
        with pytest.raises(BadFile) as caught:
            read(path)
        assert "\n" not in str(caught.value)
