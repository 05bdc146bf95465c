"""Each layout on a small file whose every cell is known."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from vote_files import LIBRARY_2024, LIBRARY_2026, LONG, PLAIN, WIDE, cells, library, read, trio, write

from comity.model.tables import LENDABLE, ROLL_CALLS
from comity.sources.detect import ADAPTERS, recognise
from council_files import council_csv, three_years

YES, ABSTAIN, NO, ABSENT, NONMEMBER = range(5)


def test_wide_matrix(tmp_path: Path) -> None:
    release = read(write(tmp_path, "anything.txt", WIDE))
    calls = release.roll_calls
    assert (release.layout, release.label, release.scheme) == ("voeten-wide", "voeten-2024-wide", "voeten_wide")
    assert calls["roll_call"].to_list() == ["3", "411", "411#2"]
    assert calls["source_id"].to_list() == ["3", "411", "411"]
    assert calls["hr"].to_list() == [False, True, True]
    assert calls["date_precision"].to_list() == ["month", "month", "day"]
    assert calls["session"].to_list() == [None] * 3
    assert release.has == {"issues"}
    assert release.warnings == (
        "ids used for more than one roll call: 1 (411); the later ones are numbered #2 and on",
        "votes written with a decimal point (1.0) among whole numbers: 2",
    )
    assert cells(release) == {
        ("3", "USA"): YES,
        ("3", "RUS"): NO,
        ("3", "VNM"): NONMEMBER,
        ("411", "USA"): NO,
        ("411", "RUS"): YES,
        ("411", "VNM"): YES,
        ("411#2", "USA"): ABSTAIN,
        ("411#2", "RUS"): ABSENT,
    }


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_voeten_long(tmp_path: Path, separator: str) -> None:
    release = read(write(tmp_path, "UNVotes.tab", LONG.replace(",", separator)))
    calls = release.roll_calls
    assert (release.layout, release.label, release.scheme) == ("voeten-long", "voeten-2014", "voeten_cow")
    assert calls["symbol"].to_list() == ["R/1/66", "A/RES/68/262"]
    assert calls["link"].to_list() == [None, "https://undocs.org/A/RES/68/262"]
    assert calls["date"].to_list() == [date(1946, 1, 1), date(2013, 12, 18)]
    assert calls["session"].to_list() == [1, 68]
    assert calls.select("amendment", "paragraph", "important", "hr", "ec").rows() == [
        (True, False, False, False, False),
        (None, None, True, True, None),
    ]
    assert calls.select("yes", "no", "abstain").rows() == [(2, 1, 0), (1, 1, 0)]
    assert calls["title"].to_list() == ["TO ADOPT A RULE", "To adopt"]
    assert release.has == set(LENDABLE)
    assert release.absences
    assert cells(release)["3", "816"] == NONMEMBER
    assert cells(release)["5000", "816"] == ABSENT


def test_voeten_long_numbers_an_id_used_twice(tmp_path: Path) -> None:
    again = LONG.splitlines()[4].replace("5000,2,", "3,2,")
    release = read(write(tmp_path, "UNVotes.csv", LONG + again + "\n"))
    assert release.roll_calls["roll_call"].to_list() == ["3", "5000", "3#2"]
    assert cells(release)["3#2", "2"] == NO


def test_voeten_long_with_row_names_and_days_in_iso_form(tmp_path: Path) -> None:
    """As write.csv of R leaves it: a first column without a name."""
    header, *rows = LONG.replace("12/18/2013", "2013-12-18").splitlines()
    text = "\n".join([f'"",{header}', *(f'"{n}",{row}' for n, row in enumerate(rows, 1))])
    release = read(write(tmp_path, "UNVotes.csv", text))
    assert release.roll_calls["date"].to_list() == [date(1946, 1, 1), date(2013, 12, 18)]
    assert release.votes.height == 6


@pytest.mark.parametrize("name", ["UNVotes.csv", "UNVotes.csv.gz"])
def test_voeten_long_in_windows_encoding(tmp_path: Path, name: str) -> None:
    text = LONG.replace("To adopt", "On C\u00f4te d\u2019Ivoire")
    release = read(write(tmp_path, name, text.encode("cp1252")))
    assert release.roll_calls["title"].to_list() == ["TO ADOPT A RULE", "On C\u00f4te d\u2019Ivoire"]
    assert release.warnings == ("text that is not UTF-8, read as Windows-1252",)
    assert read(write(tmp_path, "again.csv", text)).warnings == ()


def test_voeten_long_two_states_under_one_number(tmp_path: Path) -> None:
    """Yugoslavia and Serbia share 345 in the record; the one that was no member is coded 9."""
    rows = [line for line in LONG.splitlines() if line.startswith("5000,365")]
    before = rows[0].replace("5000,365,1,1,RUS", "5000,345,NA,9,YUG")
    after = rows[0].replace("5000,365,1,1,RUS", "5000,345,1,2,SRB")
    for order in ([before, after], [after, before]):
        release = read(write(tmp_path, "UNVotes.csv", LONG + "\n".join(order) + "\n"))
        assert cells(release)["5000", "345"] == ABSTAIN
        assert release.warnings == ("rows left out because they name a state a second time on a roll call: 1",)


def test_voeten_long_takes_a_few_unreadable_marks_as_not_marked(tmp_path: Path) -> None:
    header, first, *_ = LONG.splitlines()
    rows = [first.replace("3,2,1,1,USA", f"{n},2,1,1,USA") for n in range(3, 203)]
    rows[7] = rows[7].replace("TO ADOPT A RULE,0,0", "TO ADOPT A RULE,o,0")
    release = read(write(tmp_path, "UNVotes.csv", "\n".join([header, *rows]) + "\n"))
    assert release.roll_calls["me"].null_count() == 1
    assert release.warnings == ("column me: 'o' cannot be read as a mark and counts as not marked",)


def test_unvotes_trio_in_any_order(tmp_path: Path) -> None:
    release = read(*reversed(trio(tmp_path)))
    calls = release.roll_calls
    assert (release.layout, release.label, release.scheme) == ("unvotes", "unvotes-2004", "unvotes")
    assert not release.absences
    assert calls["symbol"].to_list() == ["A/RES/47/121", None]
    assert calls["hr"].to_list() == [False, True]
    assert calls["me"].to_list() == [False, False]
    assert calls["paragraph"].to_list() == [False, True]
    assert calls["title"].to_list() == ["To adopt", "To reject"]
    assert calls["date_precision"].to_list() == ["month", "day"]
    assert cells(release) == {("3", "United States"): YES, ("3", "Namibia"): ABSTAIN, ("5", "United States"): NO}


@pytest.mark.parametrize(
    "header",
    [LIBRARY_2026, LIBRARY_2026.replace("vote_note,", ""), LIBRARY_2024],
    ids=["2026", "2025", "2024"],
)
@pytest.mark.parametrize("name", ["votes.csv", "votes.csv.gz"])
def test_library_headers(tmp_path: Path, header: str, name: str) -> None:
    release = read(write(tmp_path, name, library(header)))
    [call] = release.roll_calls.to_dicts()
    assert (release.layout, release.label, release.scheme) == ("undl", "undl-2023", "undl")
    assert call["symbol"] == "A/RES/ES-10/21"
    assert call["link"] == "https://digitallibrary.un.org/record/4025240"
    assert call["title"] == "Protection of civilians, and more"
    assert (call["yes"], call["no"], call["abstain"], call["nonvoting"], call["total"]) == (120, 14, 45, 14, 193)
    assert call["date_precision"] == "day"
    assert cells(release) == {
        ("4025240", "AFG"): YES,
        ("4025240", "BENIN"): ABSENT,
        ("4025240", "USA"): ABSENT,
        ("4025240", "VNM"): ABSTAIN,
    }
    if header != LIBRARY_2024:  # the only header without a session
        assert (call["session"], call["session_label"]) == (78, "ES-10")


def test_library_layout_of_a_scrape_has_placeholder_days(tmp_path: Path) -> None:
    text = library(undl_link="", date="2001-12-04", session="56", resolution="A/RES/56/24A")
    [call] = read(write(tmp_path, "votes.csv", text)).roll_calls.to_dicts()
    assert call["date_precision"] == "month"
    assert call["link"] == "https://undocs.org/A/RES/56/24"


def test_library_texts_adopted_without_a_vote_are_left_out(tmp_path: Path) -> None:
    without = library(LIBRARY_2024, modality="Adopted without vote", undl_id="9", resolution="A/RES/78/1")
    recorded = library(LIBRARY_2024, modality="Recorded vote")
    release = read(write(tmp_path, "votes.csv", without + recorded.partition("\n")[2]))
    assert release.roll_calls["symbol"].to_list() == ["A/RES/ES-10/21"]
    assert release.votes.height == 4
    assert release.warnings == ("rows left out because they tell of texts adopted without a vote: 4",)
    assert release.without_a_vote == ((78, 1),)


def test_library_texts_adopted_without_a_vote_are_counted_by_session(tmp_path: Path) -> None:
    """By the symbol's session, whatever the day; one row or one a member; each text once; lettered texts apart."""
    adopted = {
        ("1", "A/RES/78/1", "2023-09-29"),
        ("2", "A/RES/78/325", "2024-09-10"),  # the seventy-eighth session ran to September
        ("3", "A/RES/48/75A", "1993-12-16"),
        ("4", "A/RES/48/75B", "1993-12-16"),
        ("5", "A/RES/217A(III)", "1948-12-10"),
        ("6", "A/RES/ES-11/9", "2024-02-01"),  # a special session's: the regular session of its day
    }
    text = library(LIBRARY_2024, modality="With vote")
    for number, symbol, day in sorted(adopted):
        rows = library(LIBRARY_2024, modality="Without a vote", undl_id=number, resolution=symbol, date=day)
        text += rows.partition("\n")[2] if number != "2" else rows.splitlines()[1] + "\n"
    release = read(write(tmp_path, "votes.csv", text))
    assert release.without_a_vote == ((3, 1), (48, 2), (78, 3))
    assert release.roll_calls.height == 1
    assert release.warnings[-1] == "rows left out because they tell of texts adopted without a vote: 21"


def test_a_text_without_symbol_or_day_is_of_no_session(tmp_path: Path) -> None:
    without = library(LIBRARY_2024, modality="Without a vote", undl_id="9", resolution="", date="")
    recorded = library(LIBRARY_2024, modality="With vote")
    assert read(write(tmp_path, "votes.csv", recorded + without.partition("\n")[2])).without_a_vote == ()


@pytest.mark.parametrize("modality", ["", "Recorded vote"])
def test_a_file_that_marks_no_text_as_adopted_without_a_vote_says_nothing_of_them(
    tmp_path: Path, modality: str
) -> None:
    assert read(write(tmp_path, "votes.csv", library(LIBRARY_2024, modality=modality))).without_a_vote == ()


def test_plain_table(tmp_path: Path) -> None:
    release = read(write(tmp_path, "mine.csv", PLAIN))
    assert (release.layout, release.label, release.scheme) == ("plain-long", "plain-2022", "iso3")
    assert list(cells(release).values()) == [YES, NO, ABSTAIN, ABSENT]
    assert release.has == {"symbol", "title", "link"}


def test_plain_table_under_other_names(tmp_path: Path) -> None:
    header = "\ufeffResolution;Vote_date;Description;State;Choice\n"
    text = header + "ES-11/1;2022-03-02;Ukraine;usa;1\n68/262;2014-03-27;;VNM;8\n"
    release = read(write(tmp_path, "mine.csv", text))
    assert release.roll_calls["symbol"].to_list() == ["A/RES/ES-11/1", "A/RES/68/262"]
    assert release.roll_calls["title"].to_list() == ["Ukraine", None]
    assert [code for _, code in cells(release)] == ["USA", "VNM"]
    assert release.label == "plain-2014-2022"


def test_symbols_written_two_ways_are_told(tmp_path: Path) -> None:
    text = PLAIN + PLAIN.partition("\n")[2].replace("A/RES/ES-11/1", "R/68/262")
    assert read(write(tmp_path, "mine.csv", text)).warnings == (
        "symbols written two ways: 1 in their normal form, 1 otherwise (R/68/262 for A/RES/68/262)",
    )


def test_windows_line_ends_and_blank_lines_at_the_end(tmp_path: Path) -> None:
    release = read(write(tmp_path, "mine.csv", PLAIN.replace("\n", "\r\n") + "\r\n\r\n"))
    assert release.votes.height == 4


def test_a_row_said_twice_counts_once(tmp_path: Path) -> None:
    release = read(write(tmp_path, "mine.csv", PLAIN + PLAIN.splitlines()[1] + "\n"))
    assert release.votes.height == 4
    assert release.warnings == ("rows left out because they name a state a second time on a roll call: 1",)


def test_every_layout_gives_the_same_table_types(tmp_path: Path) -> None:
    files = [
        [write(tmp_path, "wide.csv", WIDE)],
        [write(tmp_path, "long.csv", LONG)],
        [write(tmp_path, "library.csv", library())],
        [write(tmp_path, "council.csv", council_csv(three_years()))],
        [write(tmp_path, "plain.csv", PLAIN)],
        trio(tmp_path),
    ]
    layouts = set()
    for paths in files:
        release = read(*paths)
        layouts.add(release.layout)
        assert {name: str(dtype) for name, dtype in release.roll_calls.schema.items()} == ROLL_CALLS
        assert release.votes.schema == {"row": pl.UInt32, "code": pl.String, "choice": pl.UInt8}
        assert release.votes["row"].max() < release.roll_calls.height
        assert release.roll_calls["roll_call"].is_unique().all()
        assert release.has <= set(LENDABLE)
    assert layouts == {adapter.layout for adapter in ADAPTERS}


def test_a_pipe_is_copied_before_it_is_read(tmp_path: Path) -> None:
    import os
    import threading

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(PLAIN,))
    writer.start()
    adapter, files = recognise([pipe])
    writer.join()
    assert files["votes"] != pipe
    assert adapter.read(files).votes.height == 4


@pytest.mark.parametrize("tail", [" : resolution / adopted by the General Assembly", " : resolultion / ado", ""])
def test_library_titles_lose_the_cataloguers_statement(tmp_path: Path, tail: str) -> None:
    release = read(write(tmp_path, "votes.csv", library(title=f"Situation of human rights : a subtitle{tail}")))
    assert release.roll_calls["title"][0] == "Situation of human rights : a subtitle"
