"""The exported dyad-year table: read back by other readers, codes by year, codebook, nothing half written."""

import json
import resource
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import factory
import polars as pl
import pyreadstat
import pytest

from comity.errors import StoreError, UsageError
from comity.report import stata
from comity.report.export import export_dyad_year
from comity.report.export_table import CODES, with_codes
from comity.states.registry import registry
from comity.study.answers.common import Header
from comity.study.dyad_year import COLUMNS, DyadYears

ROWS = (
    # state_a, state_b, year, both yes, both abstained, both no, one abstained, opposite, absent
    ("DEU", "FRA", 1989, 9, 1, 0, 4, 2, 1),
    ("DEU", "FRA", 1990, 10, 0, 2, 0, 1, 0),
    ("DEU", "TUV", 1990, 0, 0, 0, 0, 0, 3),
    ("SRB", "USA", 2000, 1, 0, 0, 0, 1, 0),
    ("USA", "YUG", 2000, 0, 0, 0, 0, 0, 5),
)


def table(rows: tuple[tuple[object, ...], ...] = ROWS, clock: str = "year") -> pl.DataFrame:
    """A frame of the shape that study.dyad_year makes, from made-up counts."""
    made = []
    for a, b, when, yes, abstain, no, ambivalent, opposite, absent in rows:
        same, cast = yes + abstain + no, yes + abstain + no + ambivalent + opposite  # type: ignore[operator]
        n = cast + absent  # type: ignore[operator]
        of_all = [k / n for k in (same, ambivalent, opposite, absent)]  # type: ignore[operator]
        of_cast = [k / cast if cast else None for k in (same, ambivalent, opposite)]  # type: ignore[operator]
        counts = (n, same, yes, abstain, no, ambivalent, opposite, absent, 0, cast)
        made.append((a, b, when, *counts, *of_all, *of_cast))
    kinds = [pl.Int32] * 10 + [pl.Float64] * 7
    schema = {"state_a": pl.String, "state_b": pl.String, clock: pl.Int16} | dict(zip(COLUMNS, kinds, strict=True))
    return pl.DataFrame(made, schema=schema, orient="row")


def header(clock: str = "year") -> Header:
    made = factory.header()
    return replace(made, reading=replace(made.reading, clock=clock))


def export(folder: Path, **given: object) -> list[Path]:
    chosen = {"codes": ["cow", "iso3"], "formats": ["csv", "dta", "parquet"]} | given
    return export_dyad_year(DyadYears(header(), table(), ()), folder / "votes", **chosen)  # type: ignore[arg-type]


def test_files(tmp_path: Path) -> None:
    names = ["votes.csv", "votes.dta", "votes.parquet", "votes-codebook.md"]
    assert export(tmp_path) == [tmp_path / name for name in names]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(names)
    written = export_dyad_year(
        DyadYears(header(), table(), ()), tmp_path / "new" / "hr.dta", codes=[" COW ", ""], formats=["dta"]
    )
    assert [p.relative_to(tmp_path / "new").name for p in written] == ["hr.dta", "hr-codebook.md"]


def test_every_format_holds_the_same_table(tmp_path: Path) -> None:
    csv, dta, parquet, _ = export(tmp_path)
    truth = with_codes(DyadYears(header(), table(), ()), ["cow", "iso3"]).frame
    assert pl.read_parquet(parquet).equals(truth, null_equal=True)
    text = pl.read_csv(csv, schema_overrides=truth.schema)
    assert text.equals(truth, null_equal=True)
    stata_frame, _ = pyreadstat.read_dta(dta, output_format="polars")
    # Stata has no null string; numbers come back wider
    assert stata_frame.cast(dict(truth.schema)).equals(truth, null_equal=True)


def test_stata_labels_and_notes(tmp_path: Path) -> None:
    _, dta, _, _ = export(tmp_path)
    _, meta = pyreadstat.read_dta(dta)
    labels = with_codes(DyadYears(header(), table(), ()), ["cow", "iso3"]).labels
    assert meta.column_names_to_labels == labels
    assert meta.file_label == "human rights, made-up-2024"
    said = "\n".join(meta.notes)
    for fact in (
        f"SHA-256: {factory.ORIGIN.sha256}",
        "Release: made-up-2024",
        "Last roll call: 2024-06-04",
        "issue = hr",
    ):
        assert fact in said
    assert meta.notes[0].startswith("Release"), "in their order"


def test_stata_takes_every_name_and_label() -> None:
    for clock in ("year", "session"):
        labels = with_codes(DyadYears(header(clock), table(clock=clock), ()), CODES).labels
        assert all(len(name) <= stata.NAME and name.isidentifier() for name in labels)
        assert all(len(label) <= stata.LABEL for label in labels.values())


def test_notes_leave_the_data_alone(tmp_path: Path) -> None:
    frame = pl.DataFrame({"name": ["Ü", "b"], "n": [1, None]})
    long = "é" * stata.NOTE
    path = tmp_path / "t.dta"
    path.write_bytes(stata.stata_bytes(frame, "x" * 100, {"name": "A name"}, ["first", long]))
    back, meta = pyreadstat.read_dta(path, output_format="polars")
    assert back.equals(frame.cast(back.schema), null_equal=True)
    assert meta.file_label == "x" * stata.LABEL
    assert meta.notes == ["first", "é" * (stata.NOTE // 2)], "cut between characters"
    pandas = pytest.importorskip("pandas")
    assert list(pandas.read_stata(path)["name"]) == ["Ü", "b"], "a second reader, which follows the map of sections"
    assert stata.with_notes(b"any", []) == b"any"


def test_parquet_metadata(tmp_path: Path) -> None:
    _, _, parquet, _ = export(tmp_path)
    said = pl.read_parquet_metadata(parquet)
    assert said["Release"] == "made-up-2024"
    assert said["SHA-256"] == factory.ORIGIN.sha256
    assert json.loads(said["labels"])["cow_a"] == "Correlates of War state number, first state"


def test_codes_are_those_of_the_year() -> None:
    frame = with_codes(DyadYears(header(), table(), ()), CODES).frame
    assert frame["cow_a"].to_list() == [260, 255, 255, 345, 2]
    assert frame["m49_b"].to_list()[:2] == [250, 250]
    assert frame["iso3_b"].to_list() == ["FRA", "FRA", "TUV", "USA", "YUG"]
    # Yugoslavia's seat ended in November 2000: it keeps the code it had that year
    assert frame["cow_b"].to_list()[-1] == 345
    # the small states' list of Gleditsch and Ward is not in the registry
    assert frame["gw_b"].to_list() == [220, 220, None, 2, 345]


def test_codes_by_session() -> None:
    rows = tuple((*row[:2], when, *row[3:]) for row, when in zip(ROWS[:2], (44, 45), strict=True))
    frame = with_codes(DyadYears(header("session"), table(rows, "session"), ()), ["cow"]).frame
    assert frame["cow_a"].to_list() == [260, 255], "sessions that opened in September 1989 and 1990"


def test_codebook(tmp_path: Path) -> None:
    book = export(tmp_path, codes=["cow", "gw"])[-1].read_text(encoding="utf-8")
    assert "5 rows: 6 states, 1989 to 2000. Files: votes.csv, votes.dta, votes.parquet." in book
    for column in with_codes(DyadYears(header(), table(), ()), ["cow", "gw"]).labels:
        assert f"| `{column}` |" in book
    assert "| `gw_b` | Gleditsch-Ward state number, second state | whole number | 2 to 345 | 1: the scheme" in book
    assert (
        "| `same_of_cast` | Same vote, share of the votes both cast | share, 0 to 1 | 0.5 to 0.923077 | 2: the two"
        in book
    )
    assert "| `roll_calls` | Recorded votes on which both held a seat | whole number | 2 to 17 | never |" in book
    assert "- SHA-256: " + factory.ORIGIN.sha256 in book
    assert "- Licence: CC0-1.0" in book
    assert "Gleditsch-Ward state number: no code for TUV." in book
    assert "@misc{" in book
    assert "comity cite --release made-up-2024 --issue hr --format ris" in book
    assert "state_a comes before state_b" in book
    # the seat's footnote of a state in the table, and a general note
    assert "Issue flags are set by keyword" in book
    assert "Yugoslavia, 1992" in book


def test_codebook_names_codes_that_two_states_share(tmp_path: Path) -> None:
    rows = (*ROWS, ("FRA", "SRB", 2000, 1, 0, 0, 0, 0, 0), ("FRA", "YUG", 2000, 1, 0, 0, 0, 0, 0))
    export_dyad_year(DyadYears(header(), table(rows), ()), tmp_path / "t", codes=["cow"], formats=["csv"])
    book = (tmp_path / "t-codebook.md").read_text(encoding="utf-8")
    assert "In 2 rows two different pairs of states have the same two Correlates of War state number codes" in book
    assert "(SRB and YUG are both 345 in 2000)" in book


def test_codebook_of_directed_pairs_and_no_codes(tmp_path: Path) -> None:
    swapped = table().rename({"state_a": "state_b", "state_b": "state_a"}).select(table().columns)
    both = pl.concat([table(), swapped])
    export_dyad_year(DyadYears(header(), both, ()), tmp_path / "t", codes=[], formats=["csv"])
    book = (tmp_path / "t-codebook.md").read_text(encoding="utf-8")
    assert "Each pair stands twice" in book
    assert "State codes" not in book
    assert pl.read_csv(tmp_path / "t.csv").columns == table().columns


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"codes": ["cow", "fips"]}, "Unknown code scheme (got 'fips'). Allowed: iso3, iso2, cow, gw, m49."),
        ({"formats": ["sav"]}, "Unknown format (got 'sav'). Allowed: csv, dta, parquet."),
        ({"formats": [""]}, "No format is given. Allowed: csv, dta, parquet."),
    ],
)
def test_unknown_choices_write_nothing(tmp_path: Path, given: dict[str, list[str]], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        export(tmp_path / "out", **given)
    assert str(caught.value) == message
    assert not (tmp_path / "out").exists()


def test_no_room_for_the_temporary_file(tmp_path: Path) -> None:
    """In a process of its own, whose files may not grow: one line, nothing left."""
    frame = tmp_path / "in.parquet"
    pl.concat([table()] * 200).write_parquet(frame)
    code = (
        "import sys; from pathlib import Path; import polars as pl; from comity.report.stata import stata_bytes\n"
        "from comity.errors import StoreError\n"
        "try: stata_bytes(pl.read_parquet(sys.argv[1]), '', {}, ['note'])\n"
        "except StoreError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(frame)],
        capture_output=True,
        text=True,
        check=True,
        env={"TMPDIR": str(tmp_path), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )
    assert done.stdout.startswith("A temporary file for the Stata table cannot be written")
    assert [p.name for p in tmp_path.iterdir()] == ["in.parquet"]


def test_unwritable_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file, not a folder")
    with pytest.raises(StoreError):
        export(tmp_path / "out")


# state: (years of membership that COW's list of the state system lacks, reason)
OUTSIDE_COW = {
    "BLR": (range(1946, 1991), "a founding member, in COW's list from the end of the Soviet Union"),
    "IND": (range(1946, 1947), "a founding member, in COW's list from independence in 1947"),
    "UKR": (range(1946, 1991), "a founding member, in COW's list from the end of the Soviet Union"),
}


def test_cow_numbers_against_cow(shared_data: Path) -> None:
    """Every member-year: its COW number is in COW's own list of the state system in that year, or told why not."""
    pyreadr = pytest.importorskip("pyreadr")
    path = shared_data / "context" / "cow_states.rda"
    if not path.is_file():
        pytest.skip(f"needs {path.name} in the shared data")
    (system,) = pyreadr.read_r(str(path), output_format="polars").values()
    inside = {
        (int(row["ccode"]), year)
        for row in system.iter_rows(named=True)
        for year in range(int(row["styear"]), int(row["endyear"]) + 1)
    }
    reg = registry()
    rows = [
        ("USA", state, year, 1, 0, 0, 0, 0, 0)
        for year in range(1946, 2017)
        for state in sorted(reg.members(date(year, 12, 31)) | reg.members(date(year, 1, 1)))
        if state != "USA"
    ]
    frame = with_codes(DyadYears(header(), table(tuple(rows)), ()), ["cow"]).frame
    outside = {
        (state, year)
        for state, code, year in frame.select("state_b", "cow_b", "year").iter_rows()
        if (code, year) not in inside
    }
    assert outside == {(state, year) for state, (years, _) in OUTSIDE_COW.items() for year in years}
