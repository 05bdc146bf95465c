"""SIPRI's layouts: what is read, what is refused, and the real files."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from arms_files import deliveries, new_row, old_row, preamble, register, tiv_table
from comity.errors import BadFile, BadValue, DamagedFile
from comity.sources.dataset import RawDataset
from comity.sources.dataset_detect import recognise_dataset
from comity.sources.sipri import SipriRegister
from comity.sources.sipri_cells import delivery_years

ROWS = [
    old_row("Viet Nam", "Russia", "2011; 2013-2014", 30, comment='"$1 b deal, with engines"'),
    old_row("Viet Nam", "unknown supplier(s)", "", "", order=2019),
    old_row("Haiti rebels*", "NATO**", "1994", 0.4),
]


def read(tmp_path: Path, text: str | bytes, name: str = "arms.csv") -> RawDataset:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    adapter = recognise_dataset(path)
    assert adapter is not None
    return adapter.read(path)


def refused(tmp_path: Path, text: str | bytes) -> str:
    with pytest.raises(BadFile) as caught:
        read(tmp_path, text)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_register_is_read(tmp_path: Path) -> None:
    raw = read(tmp_path, register(ROWS))
    assert (raw.kind, raw.layout, raw.label) == ("arms-register", "sipri-register", "sipri-register-2024-03-18")
    assert (raw.first, raw.last, raw.as_of, raw.warnings) == (1994, 2014, date(2024, 3, 18), ())
    first, unknown, group = raw.frame.to_dicts()
    assert (first["years"], first["year"], first["tiv"], first["line"]) == ("2011;2013;2014", 2011, 30, 8)
    assert (first["order_estimate"], first["ordered_estimate"], first["delivered_estimate"]) == (True, False, True)
    assert first["comments"] == "$1 b deal, with engines"
    assert (unknown["years"], unknown["tiv"], unknown["tiv_ordered"], unknown["year"]) == ("", None, None, 2019)
    # What is no state keeps its name and is never offered to be resolved.
    assert (unknown["supplier_name"], unknown["supplier_state_name"]) == ("unknown supplier(s)", None)
    assert [group[f"{s}_state_name"] for s in ("supplier", "recipient")] == [None, None]


def test_the_newer_layout_is_read_and_keeps_to_its_one_recipient(tmp_path: Path) -> None:
    twice = new_row(7, "Poland", "Ukraine", 2022, 3)
    raw = read(
        tmp_path,
        deliveries(
            [twice, twice, new_row(7, "Poland", "Ukraine", 2023, 4)], recipients="Ukraine", first="2000", last="2024"
        ),
    )
    assert raw.label == "sipri-register-ukraine-2024-03-18"
    assert raw.frame["only_recipient"].unique().to_list() == ["Ukraine"]
    assert raw.frame["years"].to_list() == ["2022", "2023"]
    assert [w.partition(":")[0] for w in raw.warnings] == [
        "rows alike in every column, the deal's id included, with an earlier one, left out",
        "asked for up to 2024; the last delivery in it is of 2023",
    ]


def test_rows_written_twice_without_an_id_are_two_deals(tmp_path: Path) -> None:
    raw = read(tmp_path, register([*ROWS, ROWS[0]]))
    assert raw.frame.height == 4
    assert "counted as deals of their own" in raw.warnings[0] and "1 (lines 8, 11)" in raw.warnings[0]


def test_a_row_cut_by_a_line_break_is_put_together(tmp_path: Path) -> None:
    torn = old_row("Thailand", "Ukraine", "2010; 2012", 3, comment="late\nagain")
    raw = read(tmp_path, register([torn, *ROWS]))
    assert raw.frame.height == 4 and raw.frame["comments"][0] == "late again"
    assert "put together again: 1 (lines 8)" in raw.warnings[0]


def test_latin_1_is_read_and_two_encodings_are_refused(tmp_path: Path) -> None:
    old = register([old_row("Viet Nam", "Spain", "2013", 3, comment="Cañón")]).encode("latin-1")
    raw = read(tmp_path, old)
    assert raw.frame["comments"][0] == "Cañón" and "Windows-1252" in raw.warnings[0]
    both = old + old_row("Viet Nam", "Spain", "2014", 3, comment="Cañón").encode() + b"\n"
    assert "line 9 is in UTF-8 and line 8 is not" in refused(tmp_path, both)


def test_a_register_without_its_first_lines_says_so(tmp_path: Path) -> None:
    raw = read(tmp_path, register(ROWS).removeprefix(preamble()))
    assert raw.as_of is None and raw.label == "sipri-register-undated"
    assert raw.warnings[0].startswith("nothing above the table says")
    lone = read(tmp_path, register(ROWS[:2]).removeprefix(preamble()))
    assert lone.frame["only_recipient"].to_list() == ["Viet Nam"] * 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("2000,?,4", "Russia,?,4"), "line 8, column Year of order: cannot be read (got 'Russia')"),
        ((",?,2011", ",4,2011"), "column after Number delivered: cannot be read (got '4')"),
        ((",30,30\n", ",30,-30\n"), "column SIPRI TIV of delivered weapons: a negative value (got '-30')"),
        ((",30,30\n", ",30,US$ 30m\n"), "column SIPRI TIV of delivered weapons: money where an index is expected"),
        (("2011; 2013-2014", "2014-2011"), "column Year(s) of delivery: cannot be read (got '2014-2011')"),
        (("2011; 2013-2014", "20112"), "column Year(s) of delivery"),
        (("Viet Nam,Russia", "Viet Nam,2000"), "column Supplier: cannot be read (got '2000')"),
        (("delivered weapons", "delivered weapons (US$ m)"), "no column 'SIPRI TIV of delivered weapons'"),
        ((",1.5,30,30\n", ",30,30\n"), "line 8: 15 cells where the header has 16"),
        (("Kite", '"Kite'), "line 8: ',' expected after"),
    ],
)
def test_what_is_wrong_in_a_register_is_named(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    assert said in refused(tmp_path, register(ROWS).replace(*change, 1))


def test_a_register_in_money_is_refused(tmp_path: Path) -> None:
    text = (
        register(ROWS)
        .replace("SIPRI trend-indicator values (TIVs) are", "Values are in US$ m.,")
        .replace("TIV", "Value")
    )
    assert "no column" in refused(tmp_path, text)
    table = tiv_table({"Viet Nam": [5, 6]}, [2011, 2012], title="Value of arms {side} {who}, {first}-{last}")
    table = table.replace("SIPRI Trend Indicator Values (TIVs) expressed in millions", "in US$ m")
    assert "the figures are in money" in refused(tmp_path, table)


def test_a_table_that_calls_its_index_dollars_is_an_index(tmp_path: Path) -> None:
    table = tiv_table({"Viet Nam": [5, 6]}, [2011, 2012])
    raw = read(tmp_path, table.replace("expressed in millions", "expressed in US$ m. at constant (1990) prices"))
    assert "an index of volume" in raw.warnings[0]


def test_a_file_cut_off_is_told(tmp_path: Path) -> None:
    text = register(ROWS)
    assert "(the file is cut off here)" in refused(tmp_path, text[:-30])
    assert "no end" in read(tmp_path, text[:-1]).warnings[0]
    assert "0 rows named Total" in refused(tmp_path, "\n".join(tiv_table({"A": [5]}, [2011]).splitlines()[:-1]))
    assert "no row has a year of delivery" in refused(tmp_path, register([ROWS[1]]))


def test_a_table_is_read(tmp_path: Path) -> None:
    raw = read(tmp_path, tiv_table({"Viet Nam": [5, ""], "NATO**": ["", 0]}, [2011, 2012]))
    assert (raw.label, raw.first, raw.last) == ("sipri-tiv-exports-russia-2022-07-28", 2011, 2012)
    kept = raw.frame.select("recipient_name", "recipient_state_name", "year", "tiv", "total").rows()
    assert kept == [
        ("Viet Nam", "Viet Nam", 2011, 5, False), ("NATO**", None, 2012, 0, False),
        (None, None, 2011, 5, True), (None, None, 2012, 0, True),
    ]  # fmt: skip
    assert raw.frame["supplier_name"].unique().to_list() == ["Russia"]
    raw = read(tmp_path, tiv_table({"Russia": [5]}, [2011], who="Viet Nam", side="imports to"))
    assert (raw.label[:25], raw.frame["side"][0]) == ("sipri-tiv-imports-viet-na", "imports")
    assert raw.frame["recipient_name"][0] == "Viet Nam"


def test_sums_that_rounding_cannot_explain_are_told(tmp_path: Path) -> None:
    rows: dict[str, list[int | str]] = {"A": [5, 6], "B": [1, ""]}
    assert read(tmp_path, tiv_table(rows, [2011, 2012], totals=[7, 6])).warnings == ()  # 6 ± 1.5 allows 7
    told = read(tmp_path, tiv_table(rows, [2011, 2012], totals=[9, 6])).warnings
    assert [w.partition(": ")[2] for w in told] == ["1 (2011 6 against 9)"]


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        (("exports from Russia, 2011-2012", "exports from all, 2011-2012"), DamagedFile, "many exporters"),
        (("\nViet Nam,5", "\nViet Nam,US$5"), BadValue, "line 6, column 2011: money where an index is expected"),
        (("\nViet Nam,5", "\n,5"), BadValue, "line 6"),
        ((",2011,2012,Total", ",2012,2011,Total"), DamagedFile, "not in order"),
    ],
)
def test_what_is_wrong_in_a_table_is_named(
    tmp_path: Path, change: tuple[str, str], error: type[BadFile], said: str
) -> None:
    text = tiv_table({"Viet Nam": [5, 6], "India": [7, 8]}, [2011, 2012]).replace(*change, 1)
    assert said in refused(tmp_path, text)
    with pytest.raises(error):
        read(tmp_path, text)


def test_years_of_delivery() -> None:
    assert delivery_years("1984; 1986") == [1984, 1986]
    assert delivery_years("2011–2013, 2013") == [2011, 2012, 2013]
    for bad in ("2014-2011", "11", "2011-", "2011 2012", "3011"):
        with pytest.raises(ValueError, match=r".*"):
            delivery_years(bad)


def test_the_real_files(shared_data: Path) -> None:
    """Rows, volume and span by awk; the two rows torn by a line break and the nine written twice by hand."""
    folder = shared_data / "arms"
    raw = {p.name: (recognise_dataset(p) or pytest.fail(p.name)).read(p) for p in sorted(folder.glob("*.csv"))}
    old = raw["sipri_trade_register_2024-03-18.csv"]
    assert (old.frame.height, old.first, old.last, old.as_of) == (29_056, 1950, 2023, date(2024, 3, 18))
    assert old.frame["tiv"].sum() == pytest.approx(2_065_055.21)
    assert (old.frame["years"] == "").sum() == 1_105
    assert len(old.warnings) == 3 and "2 (lines 24,626, 27,049)" in old.warnings[1] and ": 9 (" in old.warnings[2]
    new = raw["sipri_trade_register_ukraine_new_layout.csv"]
    assert (new.frame.height, new.first, new.last) == (382, 2014, 2023)
    for name, cells in {"RUS": 816, "USR": 1_101}.items():
        table = raw[f"TIV-Export-{name}-1950-2021.csv"]
        assert (table.frame.height, table.first, table.last, table.warnings) == (cells, 1950, 2021, ())


@pytest.mark.parametrize(
    ("made", "day"),
    [
        ("18 Mar 2024 6:13:50 PM", date(2024, 3, 18)),
        ("28 July 2022", date(2022, 7, 28)),
        ("31 Feb 2024", None),
        ("18 Xyz 2024", None),
    ],
)
def test_the_day_it_was_made_whatever_the_language_of_the_machine(tmp_path: Path, made: str, day: date | None) -> None:
    assert read(tmp_path, register(ROWS, made=made)).as_of == day


def test_what_only_looks_like_an_export_is_not_one(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    for text in ("x," * 40_000, "symbol,date,title,iso3,vote\n", ""):
        path.write_text(text)
        assert recognise_dataset(path) is None
    # Longer than the csv module takes a cell to be: no header, and no traceback.
    path.write_text('"' + "x" * 200_000 + '"\n' + register(ROWS))
    assert SipriRegister().read(path).frame.height == 3


def test_a_compressed_export_is_read(tmp_path: Path) -> None:
    path = tmp_path / "arms.csv.gz"
    path.write_bytes(gzip.compress(register(ROWS).encode()))
    adapter = recognise_dataset(path)
    assert adapter and adapter.read(path).frame.height == 3
