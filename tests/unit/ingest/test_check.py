"""Each kind of fault, planted in a made-up release, is found and named."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import polars as pl
import pytest
from made_up import FIRST_SESSION, STATES, release, votes

from comity.errors import UnknownRelease, UsageError
from comity.ingest.check import check_release
from comity.ingest.diff import diff_releases
from comity.ingest.findings import LISTED, SEVERITIES
from comity.ingest.frames import NO_VOTE, Frames
from comity.model.choice import Choice
from comity.model.words import say
from comity.store.manifest import FileEntry, Manifest
from comity.store.releases import write_release

IDS = [str(i) for i in range(60)]
BRA, CHL, DNK = (STATES.index(state) for state in ("BRA", "CHL", "DNK"))


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))


def store(frames: Frames, *, has=(), **fields) -> None:
    days = frames.roll_calls["date"].drop_nulls()
    sha256 = frames.label.encode().hex().ljust(64, "0")[:64]
    manifest = Manifest(
        release=frames.label,
        source="Made up for a test",
        layout="plain",
        scheme="iso3",
        sha256=sha256,
        files=(FileEntry("made-up.csv", 1, sha256),),
        added=datetime(2026, 1, 2, tzinfo=UTC),
        adapter_version=1,
        method_version=1,
        comity_version="0.1.0",
        roll_calls=frames.roll_calls.height,
        votes=frames.votes.height,
        states=frames.votes["state"].n_unique(),
        first=days.min(),
        last=days.max(),
        has=frozenset(has),
        absences=True,
    )
    write_release(replace(manifest, **fields), frames.roll_calls, frames.votes)


def kinds(report) -> dict[str, int]:
    return {finding.kind: finding.count for finding in report.findings}


def test_a_sound_release_has_no_error_or_warning_but_the_states_it_leaves_out():
    store(release("sound", votes(60), roll_call=IDS))
    report = check_release("sound")
    assert {f.kind for f in report.findings if f.severity != "note"} == {"state_absent"}
    assert report.against == ()


def test_an_id_used_twice_and_a_repeated_roll_call():
    cells = votes(60)
    cells[5] = cells[4]
    first = release("twice", cells)
    days = first.roll_calls["date"].to_list()
    days[5] = days[4]
    symbols = [f"A/RES/60/{i}" for i in range(60)]
    symbols[5] = symbols[4]
    source = list(IDS)
    source[30] = source[2]
    store(release("twice", cells, source_id=source, symbol=symbols, date=days), has={"symbol"})
    report = check_release("twice")
    (repeated,), (duplicate,) = report.of("repeated_id"), report.of("duplicate")
    assert repeated.items[0]["roll_calls"] == ["twice2", "twice30"]
    assert repeated.severity == "error"
    assert duplicate.items == ({"roll_call": "twice5", "same_as": "twice4", "date": str(days[4])},)


def test_without_symbols_equal_votes_of_a_day_are_only_noted():
    cells = votes(60)
    cells[5] = cells[4]
    days = release("x", cells).roll_calls["date"].to_list()
    days[5] = days[4]
    store(release("plain", cells, date=days))
    assert kinds(check_release("plain"))["identical"] == 1
    assert not check_release("plain").of("duplicate")


def test_placeholder_and_missing_dates():
    days = release("x", votes(60)).roll_calls["date"].to_list()
    days[7] = None
    store(release("dates", votes(60), date=days, date_precision=["month"] * 20 + ["day"] * 40))
    found = kinds(check_release("dates"))
    assert (found["placeholder_date"], found["undated"]) == (19, 1)


def test_members_coded_not_a_member_and_votes_of_states_that_were_none():
    frames = release("members", votes(60))
    extra = pl.DataFrame(
        {"row": [3, 4, 5], "state": ["USA", "USA", "SSD"], "choice": [Choice.CODED_NONMEMBER] * 2 + [Choice.YES]},
        schema=frames.votes.schema,
    )
    store(Frames("members", frames.roll_calls, pl.concat([frames.votes, extra])))
    report = check_release("members")
    (coded,), (cast,) = report.of("coded_nonmember"), report.of("cast_nonmember")
    assert (coded.count, coded.items[0]["state"], coded.items[0]["roll_calls"]) == (2, "USA", ["members3", "members4"])
    assert (cast.count, cast.items[0]["state"]) == (1, "SSD")
    assert "USA 2" in coded.sentence


def test_votes_that_do_not_add_up_to_the_published_tally():
    cells = votes(60)
    tally = {name: (cells == code).sum(1).tolist() for name, code in (("yes", 0), ("abstain", 1), ("no", 2))}
    tally["yes"][9] += 1
    total = [len(STATES)] * 60
    total[11] += 2
    store(release("tally", cells, **tally, total=total), has={"tally"})
    report = check_release("tally")
    assert report.of("tally_mismatch")[0].items[0]["roll_call"] == "tally9"
    assert report.of("total_mismatch")[0].items[0] == {
        "roll_call": "tally11",
        "symbol": None,
        "published": len(STATES) + 2,
        "listed": len(STATES),
    }


def test_a_lent_tally_is_told_apart():
    cells = votes(60)
    tally = {name: (cells == code).sum(1).tolist() for name, code in (("yes", 0), ("abstain", 1), ("no", 2))}
    tally["no"][9] += 1
    frames = release("lent", cells, **tally)
    store(Frames("lent", frames.roll_calls.with_columns(tally_from=pl.lit("library")), frames.votes))
    report = check_release("lent")
    assert kinds(report)["tally_mismatch_lent"] == 1
    assert not report.of("tally_mismatch")
    assert "library" in report.of("tally_mismatch_lent")[0].sentence


def test_a_symbol_used_twice_where_paragraph_votes_are_left_out():
    symbols = [f"A/RES/60/{i}" for i in range(60)]
    symbols[8] = symbols[2]
    store(release("library", votes(60), symbol=symbols), has={"symbol", "tally"})
    (finding,) = check_release("library").of("symbol_twice")
    assert finding.items == ({"symbol": "A/RES/60/2", "roll_calls": ["library2", "library8"]},)


def test_a_state_silent_for_years_and_one_whose_seat_explains_it():
    cells = votes(60)
    cells[20:, BRA] = NO_VOTE
    store(release("silent", cells))
    (silent,) = check_release("silent").of("state_silent")
    assert silent.items == ({"state": "BRA", "first": 2006, "last": 2007, "roll_calls": 40},)
    barred = release("barred", votes(60), date=[date(1980 + i // 20, 10, 1 + i % 20) for i in range(60)])
    seat = pl.DataFrame({"row": list(range(60)), "state": ["ZAF"] * 60, "choice": [3] * 60}, schema=barred.votes.schema)
    store(Frames("barred", barred.roll_calls, pl.concat([barred.votes, seat])))
    (explained,) = check_release("barred", against=[]).of("state_silent_explained")
    assert (explained.severity, explained.items[0]["state"]) == ("note", "ZAF")


def test_sessions_without_a_roll_call():
    sessions = [FIRST_SESSION] * 20 + [FIRST_SESSION + 2] * 40
    store(release("gap", votes(60), session=sessions))
    (gap,) = check_release("gap").of("no_roll_calls")
    assert [item["session"] for item in gap.items] == [FIRST_SESSION + 1]


def test_what_only_another_release_shows():
    true = votes(60)
    cells = true.copy()
    cells[20:40, [BRA, CHL]] = cells[20:40, [CHL, BRA]]
    cells[40:, DNK] = NO_VOTE
    labels = ["60"] * 20 + ["ES-9"] * 3 + ["61"] * 17 + ["62"] * 20
    symbols = [f"A/RES/60/{i}" for i in range(60)]
    store(release("true", true, roll_call=IDS, session_label=labels, symbol=symbols), has={"symbol", "session"})
    kept = [i for i in range(60) if i not in (20, 21, 22, 30)]
    days = release("x", true).roll_calls["date"].to_list()
    changed = [symbols[i] for i in kept]
    changed[0] = "A/RES/60/99"
    store(
        release(
            "faulty",
            cells[kept],
            roll_call=[IDS[i] for i in kept],
            date=[days[i] for i in kept],
            session=[FIRST_SESSION + i // 20 for i in kept],
            symbol=changed,
        ),
        has={"symbol"},
    )
    report = check_release("faulty")
    assert report.against == ("true",)
    assert report.of("exchanged")[0].items[0]["other"] == "CHL"
    assert report.of("missing")[0].items[0]["state"] == "DNK"
    assert [item["roll_call"] for item in report.of("missing_session")[0].items] == ["20", "21", "22"]
    assert [item["roll_call"] for item in report.of("missing_roll_calls")[0].items] == ["30"]
    assert report.of("symbol_differs")[0].items == ({"roll_call": "0", "symbol": "A/RES/60/99", "there": "A/RES/60/0"},)
    assert check_release("true").of("missing_there")[0].severity == "note"
    assert not check_release("faulty", against=[]).of("exchanged")


def test_a_displaced_state_is_found_by_check_and_diff():
    true = votes(60)
    cells = true.copy()
    cells[:, BRA] = np.roll(cells[:, BRA], 2)
    store(release("true", true, roll_call=IDS))
    store(release("moved", cells, roll_call=IDS))
    assert {item["rows"] for f in check_release("moved").of("displaced") for item in f.items} == {2}
    report = diff_releases("moved", "true")
    assert {fault.kind for fault in report.faults} == {"displaced"}
    (line,) = [line for line in report.sentences() if "displaced" in line]
    assert line.startswith("Session 60–62: moved has the votes of BRA displaced by 2 rows against true;")


def test_the_report_as_data():
    store(release("twin", votes(60), source_id=["1"] * 60), warnings=("something odd.",))
    report = check_release("twin")
    data = report.to_dict()
    assert data["release"] == "twin"
    grades = [finding["severity"] for finding in data["findings"]]
    assert grades == sorted(grades, key=SEVERITIES.index)
    assert report.to_polars().height == len(report.findings)
    assert all(len(f["items"]) <= LISTED and len(f["examples"]) <= 5 for f in data["findings"])
    assert [f.sentence for f in report.of("warning")] == ["Met while reading the file: something odd."]


def test_what_the_adapter_met_keeps_its_kind_and_is_not_told_twice():
    told = (
        say("source.mixed_numbers", count=4694),
        say("source.two_spellings", usual=260, other=4856, example="R/1 for A/RES/1"),
        say("source.repeated_ids", count=1, shown="7"),
    )
    store(release("odd", votes(60)), warnings=told)
    report = check_release("odd")
    assert "4,694" in report.of("mixed_numbers")[0].sentence
    assert report.of("two_spellings")
    assert not report.of("repeated_ids")


def test_diff_counts_cells_states_and_roll_calls():
    true = votes(60)
    cells = true.copy()
    cells[3, BRA] = (cells[3, BRA] + 1) % 3
    cells[50, CHL] = NO_VOTE
    store(release("a", cells, roll_call=IDS))
    store(release("b", true[:55], roll_call=IDS[:55]))
    report = diff_releases("a", "b")
    both = (cells[:55] != NO_VOTE) & (true[:55] != NO_VOTE)
    assert report.aligned == {"id": 55, "symbol": 0, "pattern": 0}
    assert report.shared == both.sum()
    assert report.differing == (both & (cells[:55] != true[:55])).sum()
    assert report.a.unmatched == tuple(IDS[55:])
    assert report.a.by_year == ((2007, 5),)
    assert report.b.unmatched == ()
    differing = {(row["roll_call_a"], row["state"]): row for row in report.to_polars().to_dicts()}
    assert differing["3", "BRA"]["choice_b"] != differing["3", "BRA"]["choice_a"]
    assert report.to_dict()["cells"]["differing"] == report.differing


def test_diff_wants_two_releases_that_are_there():
    store(release("a", votes(5)))
    with pytest.raises(UsageError):
        diff_releases("a", "a")
    with pytest.raises(UnknownRelease):
        diff_releases("a", "nothing")
