"""The real releases added, checked and compared: what is found in them."""

import polars as pl
import pytest

from comity.ingest.add import add_files, remove
from comity.ingest.align import align
from comity.ingest.check import check_release
from comity.ingest.compare import state_faults
from comity.ingest.diff import diff_releases
from comity.ingest.frames import Frames, load
from comity.ingest.lend import own
from comity.model.choice import Choice
from comity.model.tables import ISSUES
from comity.store.releases import list_releases, read_roll_calls, read_votes

WIDE, TRIO, LONG, LIBRARY = "voeten-2024-wide", "unvotes-0.3.0", "voeten-2016", "undl-1992-2022"
FILES = {
    WIDE: ["votes_wide_1946_2024.csv"],
    TRIO: ["un_votes.rda", "un_roll_calls.rda", "un_roll_call_issues.rda"],
    LIBRARY: ["undl_layout_1992_2022.csv.gz"],
    LONG: ["UNVotesPublished.RData"],
}
# Yugoslavia and Serbia share a column or name; unvotes writes neither them nor the Federal Republic of Germany
# (to the end of 1990) under an ISO code. Joined by ISO code alone, without these, the two share 850,993 cells.
BY_ISO_CODE = 850_993
FEDERAL_REPUBLIC = 2_151
YUGOSLAVIA = 5_365


@pytest.fixture(scope="module")
def store(shared_data, tmp_path_factory):
    """A store with the four releases."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(tmp_path_factory.mktemp("home")))
        for label, names in FILES.items():
            added = add_files([shared_data / "unga" / name for name in names])
            assert (added.manifest.release, added.new) == (label, True)
        yield


@pytest.fixture(autouse=True)
def _store(store):
    """Every test here reads the real releases."""


def kept(label: str) -> Frames:
    return own(load(label)[1])


def counts(finding_kind: str, label: str, key: str = "state") -> dict[str, int]:
    (finding,) = check_release(label).of(finding_kind)
    return {item[key]: item["cells"] for item in finding.items}


def test_sizes():
    held = {m.release: m for m in list_releases()}
    assert {label: m.roll_calls for label, m in held.items()} == {WIDE: 6551, TRIO: 6203, LONG: 5429, LIBRARY: 2253}
    assert held[TRIO].votes == 870_109


def test_adding_again_changes_nothing(shared_data):
    again = add_files([shared_data / "unga" / name for name in reversed(FILES[TRIO])])
    assert (again.new, again.manifest.release, again.relent) == (False, TRIO, ())


def test_wide_against_the_trio_every_shared_cell_is_equal():
    report = diff_releases(WIDE, TRIO)
    assert report.aligned == {"id": 6203, "symbol": 0, "pattern": 0}
    assert report.shared == BY_ISO_CODE + FEDERAL_REPUBLIC + YUGOSLAVIA
    assert report.differing == 0
    assert report.a.cells == 0
    assert report.b.states == ("CSK", "DDR", "EAZ", "YMD")
    assert {(f.kind, f.state) for f in report.faults} == {("missing", "YEM"), ("missing", "SRB")}


def test_wide_against_the_library_layout():
    report = diff_releases(WIDE, LIBRARY)
    assert sum(report.aligned.values()) > 2200
    assert report.shared > 379_000
    assert 0 < report.differing < 250
    told = {(f.kind, f.state, f.other, f.session, f.last_session) for f in report.faults}
    assert told == {
        ("exchanged", "MCO", "MNG", 48, 48),
        ("missing", "BRB", None, 49, 49),
        ("missing", "FSM", None, 49, 49),
        ("missing", "MMR", None, 49, 49),
        ("missing", "SMR", None, 49, 49),
        ("exchanged", "COD", "COG", 52, 53),
        ("exchanged", "GRC", "GRD", 65, 65),
        ("missing", "ZWE", None, 71, 71),
    }
    assert {fault.release for fault in report.faults} == {WIDE}


def test_a_match_by_votes_alone_is_never_contradicted_by_the_symbols():
    """The ground of the thresholds in ingest.align."""
    wide, trio, library = kept(WIDE), kept(TRIO), kept(LIBRARY)
    by_id = align(wide, trio)
    known = dict(zip(by_id.left.tolist(), by_id.right.tolist(), strict=True))
    theirs, symbols = trio.texts("symbol"), library.texts("symbol")
    by_votes = align(wide, library)
    assert by_votes.by_method() == {"id": 0, "symbol": 0, "pattern": len(by_votes)}
    said = [
        (theirs[known[i]], symbols[j])
        for i, j in zip(by_votes.left.tolist(), by_votes.right.tolist(), strict=True)
        if i in known and theirs[known[i]]
    ]
    assert len(said) > 1900
    assert [pair for pair in said if pair[0] != pair[1]] == []


def test_the_wide_file_borrows_what_it_lacks_and_keeps_its_own():
    calls = read_roll_calls(WIDE)
    assert calls["issues_from"].null_count() == calls.height
    assert set(calls["session_from"].unique()) == {LIBRARY, TRIO, "inferred"}
    assert calls["symbol"].is_not_null().sum() > 6200
    assert calls["title"].is_not_null().sum() > 6200
    crimea = calls.filter(pl.col("symbol") == "A/RES/68/262")
    assert crimea.select("date", "symbol_from", "yes", "no", "abstain", "link").rows() == [
        (crimea["date"][0], LIBRARY, 100, 11, 58, "https://undocs.org/A/RES/68/262")
    ]


def test_lending_leaves_votes_and_own_fields_alone():
    sourced = kept(WIDE).roll_calls
    assert sourced["symbol"].null_count() == sourced.height
    assert sourced.select(pl.sum_horizontal(pl.col(ISSUES).sum())).item() == 1110 + 922 + 1162 + 1063 + 1027 + 835


def test_the_faults_of_the_wide_file_are_found():
    report = check_release(WIDE)
    ids = {item["id"] for item in report.of("repeated_id")[0].items}
    assert ids == {"411", "427", "449", "495"}
    assert counts("coded_nonmember", WIDE) == {"YEM": 3655, "YUG": 565, "VNM": 128, "TUR": 19}
    assert counts("cast_nonmember", WIDE) == {"FJI": 2}
    assert {item["state"] for item in report.of("state_absent")[0].items} == {"CSK", "DDR", "YMD"}
    (session,) = report.of("missing_session")
    assert {item["session"] for item in session.items} == {"ES-11"}
    assert {item["symbol"] for item in session.items} == {f"A/RES/ES-11/{n}" for n in (1, 2, 3)}
    assert report.of("placeholder_date")[0].count == 4608
    assert "4,694" in report.of("mixed_numbers")[0].sentence
    assert check_release(TRIO).of("two_spellings")
    silent = {(item["state"], item["first"], item["last"]) for item in report.of("state_silent")[0].items}
    assert ("YEM", 1947, 1990) in silent
    assert {item["state"] for f in report.of("state_silent_explained") for item in f.items} == {"YUG", "ZAF"}
    assert 300 < report.of("tally_mismatch_lent")[0].count < 400


def test_the_faults_of_the_library_layout_are_found():
    report = check_release(LIBRARY)
    assert 70 <= report.of("tally_mismatch")[0].count <= 80
    assert {item["symbol"] for item in report.of("symbol_twice")[0].items} == {
        f"A/RES/{number}" for number in ("61/69", "61/72", "62/25", "65/66", "66/40")
    }


def test_a_column_moved_by_one_row_is_found():
    """A fault planted in a real session: the United States' votes of session 60 one row late."""
    wide = kept(WIDE)
    rows = wide.roll_calls.with_row_index("row").filter(
        pl.col("date").is_between(pl.date(2005, 9, 1), pl.date(2006, 8, 31))
    )
    first, last = int(rows["row"].min()), int(rows["row"].max())
    votes = read_votes(WIDE).with_columns(pl.col("state").cast(pl.String))
    inside = (pl.col("state") == "USA") & pl.col("row").is_between(first, last - 1)
    late = votes.filter(inside).with_columns(pl.col("row") + 1)
    moved = pl.concat([votes.filter(~((pl.col("state") == "USA") & pl.col("row").is_between(first, last))), late])
    sessions = load(WIDE)[1].roll_calls["session"]
    table = wide.roll_calls.with_columns(sessions)
    left, right = Frames("moved", table, moved), Frames("true", table, wide.votes)
    faults = [f for f in state_faults(left, right, align(left, right)) if f.state == "USA"]
    assert [(f.kind, f.rows, f.session) for f in faults] == [("displaced", 1, 60)]


def test_removing_the_lenders_takes_everything_back():
    votes = read_votes(WIDE)
    assert WIDE in remove(LIBRARY)
    assert LIBRARY not in set(read_roll_calls(WIDE)["symbol_from"])
    remove(TRIO)
    remove(LONG)
    calls = read_roll_calls(WIDE)
    assert calls["symbol"].null_count() == calls["tally_from"].null_count() == calls.height
    assert set(calls["session_from"]) == {"inferred"}
    assert read_votes(WIDE).equals(votes)
    assert (votes["choice"] <= Choice.CODED_NONMEMBER).all()
