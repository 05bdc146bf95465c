"""Tables of trade, alliances, agreements and surveys: what is read of them, and what is refused."""

from __future__ import annotations

import bz2
import json
import re
from pathlib import Path

import polars as pl
import pytest

import trade_files as made
from comity.errors import BadFile, BadValue, ComityError, DamagedFile
from comity.sources.alliances import Atop, CowAlliances
from comity.sources.dataset import RawDataset
from comity.sources.dataset_detect import recognise_dataset
from comity.sources.desta import Desta
from comity.sources.registry import sources
from comity.sources.survey import Survey
from comity.sources.trade_comtrade import Comtrade
from comity.sources.trade_cow import CowTrade
from comity.sources.trade_plain import PlainTrade, money_unit
from comity.sources.visit_counts import ChinaVisits


def write(folder: Path, text: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str, name: str = "table.csv") -> RawDataset:
    path = write(folder, text, name)
    adapter = recognise_dataset(path)
    assert adapter is not None
    return adapter.read(path)


def refused(folder: Path, text: str, name: str = "table.csv") -> ComityError:
    with pytest.raises(ComityError) as caught:
        read(folder, text, name)
    assert "\n" not in str(caught.value)
    return caught.value


LAYOUTS = {
    CowTrade.layout: made.cow_csv(),
    Comtrade.layout: made.comtrade_json(),
    PlainTrade.layout: made.PLAIN_TRADE,
    Atop.layout: made.ATOP_CSV,
    CowAlliances.layout: "ccode1,ccode2,year,cow_defense,cow_neutral,cow_nonagg,cow_entente\n2,20,1949,1,0,1,1\n",
    Desta.layout: made.DESTA_CSV,
    Survey.layout: made.SURVEY_CSV,
    ChinaVisits.layout: made.CHINA_CSV,
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_is_told_by_its_content_and_names_a_registered_source(layout: str, tmp_path: Path) -> None:
    found = read(tmp_path, LAYOUTS[layout])
    assert found.layout == layout
    assert found.source in sources()
    assert set(found.names) <= set(found.frame.columns)
    assert found.first <= found.last


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_file_cut_off_within_a_row_is_refused(layout: str, tmp_path: Path) -> None:
    text = LAYOUTS[layout].rstrip()
    cut = text[: text.rindex(",") if "," in text else text.rindex(";")]
    assert isinstance(refused(tmp_path, cut), DamagedFile)


@pytest.mark.parametrize("layout", ["cow-trade", "plain-trade", "atop", "desta", "china-visits"])
def test_a_column_that_is_not_there_is_named(layout: str, tmp_path: Path) -> None:
    head, rest = LAYOUTS[layout].split("\n", 1)
    other = "\n".join((re.sub(r"\byear\b", "when", head), rest))
    assert "no column year" in str(refused(tmp_path, other))


def test_a_compressed_table_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cow.csv.bz2"
    path.write_bytes(bz2.compress(made.cow_csv().encode())[:-40])
    with pytest.raises(DamagedFile, match="cut off"):
        recognise_dataset(path)


class TestCow:
    def test_a_row_becomes_both_states_imports(self, tmp_path: Path) -> None:
        text = f"{made.COW_HEAD}\n{made.cow_row(2, 20, 1920, 612, 735.5)}\n"
        rows = read(tmp_path, text).frame.select("reporter_name", "partner_name", "flow", "amount", "currency", "unit")
        assert rows.rows() == [
            ("2", "20", "import", 612e6, "USD", "million USD"),
            ("20", "2", "import", 735.5e6, "USD", "million USD"),
        ]

    def test_minus_nine_is_missing_and_zero_is_zero(self, tmp_path: Path) -> None:
        text = f"{made.COW_HEAD}\n{made.cow_row(2, 20, 1920, -9, 0)}\n"
        assert read(tmp_path, text).frame["amount"].to_list() == [None, 0.0]

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("2,20,1920,A,B,-1,5,1,1", "column flow1"),
            ("2,20,1920,A,B,x,5,1,1", "column flow1"),
            ("2,20,612,1920,735,1,5,1,1", "column year"),  # shifted by one
            ("United States,20,1920,A,B,1,5,1,1", "column ccode1"),
            ("2,2,1920,A,B,1,5,1,1", "trades with itself"),
            ("2,20,,A,B,1,5,1,1", "column year: empty"),
            ("2,20,1920,A,B,1,5,1", "8 cells where the header has 9"),
        ],
    )
    def test_a_bad_row_is_named(self, row: str, said: str, tmp_path: Path) -> None:
        error = refused(tmp_path, f"{made.COW_HEAD}\n{made.cow_row(2, 200, 1920, 1, 1)}\n{row}\n")
        assert said in str(error)
        assert "line 3" in str(error)

    def test_two_values_of_one_flow_are_refused_and_a_repeat_is_left_out(self, tmp_path: Path) -> None:
        one, other = made.cow_row(2, 20, 1920, 612, 735), made.cow_row(2, 20, 1920, 613, 735)
        error = refused(tmp_path, f"{made.COW_HEAD}\n{one}\n{other}\n")
        assert isinstance(error, BadValue)
        assert "line 3" in str(error)
        assert "line 2" in str(error)
        again = read(tmp_path, f"{made.COW_HEAD}\n{one}\n{one}\n")
        assert again.frame.height == 2
        assert "repeat another" in again.warnings[-1]

    def test_the_real_copy(self, shared_data: Path) -> None:
        found = read_file(shared_data / "trade" / "cow_trade_ndy.rda")
        assert (found.first, found.last, found.frame.height) == (1870, 2014, 2 * 673_654)
        pair = found.frame.filter(pl.col("year") == 2014, pl.col("reporter_name") == "816")
        assert pair.filter(pl.col("partner_name") == "365")["amount"].to_list() == [820e6]
        assert pair["amount"].sum() == 145_673e6  # by awk over the table written as CSV
        assert "rounded" in found.warnings[0]


def read_file(path: Path) -> RawDataset:
    adapter = recognise_dataset(path)
    assert adapter is not None
    return adapter.read(path)


class TestComtrade:
    def test_json_and_csv_give_the_same_rows(self, tmp_path: Path) -> None:
        one = read(tmp_path, made.comtrade_json(), "a.json").frame
        assert one.equals(read(tmp_path, made.comtrade_csv(), "a.csv").frame)
        # the site's own files end their rows with one comma more than the header
        assert one.equals(read(tmp_path, made.comtrade_csv(tail=","), "b.csv").frame)

    def test_missing_stays_missing_and_valuation_is_told(self, tmp_path: Path) -> None:
        rows = read(tmp_path, made.comtrade_json()).frame
        told = {
            (r["reporter_name"], r["flow"]): (r["amount"], r["valuation"]) for r in rows.head(4).iter_rows(named=True)
        }
        assert told == {
            ("VNM", "import"): (2e6, "cif"),
            ("VNM", "export"): (3e6, "fob"),
            ("RUS", "export"): (1.6e6, "fob"),
            ("RUS", "import"): (None, "as recorded"),
        }

    def test_world_is_a_total_and_areas_keep_their_names(self, tmp_path: Path) -> None:
        rows = read(tmp_path, made.comtrade_json()).frame
        assert rows.filter("world")["amount"].to_list() == [50e6, 60e6]
        assert rows.filter("world")["partner_name"].null_count() == 2
        assert "Areas, nes" in rows["partner_name"].to_list()
        assert "USA" in rows["reporter_name"].to_list()  # 842 is Comtrade's own number

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"cmdCode": "27"}, "by commodity"),
            ({"freqCode": "M"}, "parts of a year"),
            ({"motCode": 1000}, "means of transport"),
            ({"flowCode": "RX"}, "re-exports"),
        ],
    )
    def test_other_rows_are_set_apart_and_counted(self, change: dict[str, object], said: str, tmp_path: Path) -> None:
        other = made.comtrade_record("VNM", "DEU", "X", 5.0) | change
        found = read(tmp_path, made.comtrade_json([*made.COMTRADE, other]))
        assert found.frame.height == len(made.COMTRADE)
        assert [w for w in found.warnings if said in w]
        assert said in str(refused(tmp_path, made.comtrade_json([other])))

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"primaryValue": -1.0}, "record 1, primaryvalue"),
            ({"primaryValue": "many"}, "record 1, primaryvalue"),
            ({"refYear": 20}, "refYear"),
            ({"partnerCode": None, "partnerISO": None, "partnerDesc": None}, "without a reporter or partner"),
            ({"partnerCode": 704, "partnerISO": "VNM"}, "trades with itself"),
        ],
    )
    def test_a_bad_record_is_named(self, change: dict[str, object], said: str, tmp_path: Path) -> None:
        assert said in str(refused(tmp_path, made.comtrade_json([made.COMTRADE[0] | change])))

    def test_two_values_of_one_flow_are_refused(self, tmp_path: Path) -> None:
        twice = [made.COMTRADE[0], made.COMTRADE[0] | {"primaryValue": 5.0}]
        assert "a second, different value" in str(refused(tmp_path, made.comtrade_json(twice)))

    @pytest.mark.parametrize("field", ["refYear", "flowCode", "partnerCode", "primaryValue"])
    def test_a_record_without_a_field_is_named(self, field: str, tmp_path: Path) -> None:
        bare = {k: v for k, v in made.COMTRADE[1].items() if k != field}
        error = refused(tmp_path, made.comtrade_json([made.COMTRADE[0], bare]))
        assert f"record 2: no field {field.lower()}" in str(error)

    def test_malformed_json_is_one_line(self, tmp_path: Path) -> None:
        assert "no whole JSON document" in str(refused(tmp_path, made.comtrade_json()[:-30]))
        bare = json.dumps({"reporterCode": 1, "primaryValue": 2})
        assert "no list of records" in str(refused(tmp_path, bare))
        deep = '{"reporterCode": 1, "primaryValue": ' + "[" * 100_000
        assert isinstance(refused(tmp_path, deep), DamagedFile)

    def test_the_real_answer(self, shared_data: Path) -> None:
        found = read_file(shared_data / "trade" / "comtradr_fixture_HS-60a6ad.json")
        assert found.frame.select("partner_name", "flow", "amount", "valuation").rows() == [
            ("ARG", "import", 6_804_128_143.0, "cif"),
            ("DEU", "import", 74_251_272_075.0, "cif"),
            ("ARG", "export", 6_115_764_185.0, "fob"),
            ("DEU", "export", 68_047_133_397.0, "fob"),
        ]


class TestPlain:
    def test_units_are_scaled_and_missing_stays_missing(self, tmp_path: Path) -> None:
        rows = read(tmp_path, made.PLAIN_TRADE).frame
        assert rows["amount"].to_list() == [2e6, 3e6, None, 100e6]
        assert rows["world"].to_list() == [False, False, False, True]
        assert set(rows["row_source"]) == {"Made-up yearbook"}

    @pytest.mark.parametrize("unit", ["TIV", "index", "%", "$", "", "million", "tonnes", "USD EUR"])
    def test_what_is_no_money_is_refused(self, unit: str, tmp_path: Path) -> None:
        text = f"reporter,partner,year,flow,value,unit\nVNM,RUS,2020,import,1,USD\nVNM,RUS,2020,export,1,{unit}\n"
        error = refused(tmp_path, text)
        assert isinstance(error, BadValue)
        assert "line 3, column unit" in str(error)

    def test_currency_may_stand_in_its_own_column(self) -> None:
        assert money_unit("thousand", "eur") == (1e3, "EUR")
        with pytest.raises(ValueError, match="USD"):
            money_unit("million USD", "EUR")

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("VNM,RUS,2020,export,-1,USD", "column value"),
            ("VNM,RUS,2020,export,1,EUR", "two currencies"),
            ("VNM,RUS,2020,sideways,1,USD", "column flow"),
            ("VNM,RUS,20x0,export,1,USD", "column year"),
            ("VNM,RUS,2020,import,2,USD", "a second, different value"),
            ("VNM,VNM,2020,import,2,USD", "trades with itself"),
            ('VNM,RUS,2020,export,"1,000",USD', "column value"),
        ],
    )
    def test_a_bad_row_is_named(self, row: str, said: str, tmp_path: Path) -> None:
        text = f"reporter,partner,year,flow,value,unit\nVNM,RUS,2020,import,1,USD\n{row}\n"
        error = refused(tmp_path, text)
        assert said in str(error)
        assert "line 3" in str(error)

    def test_a_table_without_units_is_refused(self, tmp_path: Path) -> None:
        error = refused(tmp_path, "reporter,partner,year,flow,value\nVNM,RUS,2020,import,1\n")
        assert isinstance(error, BadFile)
        assert "no column unit" in str(error)


class TestAlliances:
    def test_promises_are_words(self, tmp_path: Path) -> None:
        rows = read(tmp_path, made.ATOP_CSV).frame
        assert rows.row(7) == (1980, "2", "200", "defence, non-aggression, consultation")

    @pytest.mark.parametrize(
        ("row", "said"), [("2,2,1980,1,0,0,0,0", "allied with itself"), ("2,20,1980,7,0,0,0,0", "column atop_defense")]
    )
    def test_a_bad_row_is_named(self, row: str, said: str, tmp_path: Path) -> None:
        assert said in str(refused(tmp_path, f"{made.ATOP_CSV}{row}\n"))

    def test_the_real_copies(self, shared_data: Path) -> None:
        atop = read_file(shared_data / "treaties" / "atop_alliance.rda")
        assert (atop.layout, atop.first, atop.last, atop.frame.height) == ("atop", 1815, 2018, 273_296)
        cow = read_file(shared_data / "treaties" / "cow_alliance.rda")
        assert (cow.layout, cow.first, cow.last, cow.frame.height) == ("cow-alliances", 1816, 2012, 120_784)


class TestDesta:
    def test_one_row_a_party(self, tmp_path: Path) -> None:
        rows = read(tmp_path, made.DESTA_CSV).frame
        joined = rows.filter(pl.col("treaty") == "2+1").select("state_name", "joined").rows()
        assert joined == [("643", False), ("356", False), ("704", True)]

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("base_treaty;1990", "pact;1990", "column entry_type"),
            ("1990;1991", "90;1991", "column year"),
            ("704;643;NA;0", "VNM;643;NA;0", "column c1"),
        ],
    )
    def test_a_bad_cell_is_named(self, old: str, new: str, said: str, tmp_path: Path) -> None:
        assert said in str(refused(tmp_path, made.DESTA_CSV.replace(old, new, 1)))

    def test_a_bad_cell_of_a_file_in_another_encoding_is_placed(self, tmp_path: Path) -> None:
        text = made.DESTA_CSV.replace("First Union", "Première Union").replace("704;643;NA;0", "VNM;643;NA;0", 1)
        path = tmp_path / "desta.csv"
        path.write_bytes(text.encode("cp1252"))
        with pytest.raises(BadValue, match="line 2, column c1"):
            read_file(path)

    def test_the_real_list(self, shared_data: Path) -> None:
        found = read_file(shared_data / "treaties" / "DESTA.csv")
        rows = found.frame.filter(pl.col("name") == "Eurasian Economic Union (EAEU) Vietnam")
        assert set(rows["state_name"]) == {"112", "398", "51", "643", "704"}
        assert rows.select("year", "force").unique().rows() == [(2015, 2016)]
        assert found.frame["treaty"].n_unique() == 1_217


class TestSurvey:
    def test_shares_are_percent_and_margins_may_be_missing(self, tmp_path: Path) -> None:
        rows = read(tmp_path, made.SURVEY_CSV).frame
        assert rows["share"].to_list() == [58.7, 62.4, 60.0, 40.0]
        assert rows["margin"].to_list() == [None, 2.8, None, 2.8]

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("Q,yes,2023,adults,,50,1,RUS,House", "a share without its n"),
            ("Q,yes,2023,adults,0,50,1,RUS,House", "column n"),
            ("Q,yes,2023,adults,100,,1,RUS,House", "a row without a share"),
            ("Q,yes,2023,adults,100,101,1,RUS,House", "column share"),
            ("Q,yes,2023,adults,100,-1,1,RUS,House", "column share"),
            ("Q,yes,2023,adults,100,50,120,RUS,House", "column margin"),
            ("Q,yes,spring,adults,100,50,1,RUS,House", "column wave"),
            ("Q,yes,2023,,100,50,1,RUS,House", "column population"),
            ("Q,yes,2023,adults,100,50,1,RUS,", "column source"),
            ("Q,yes,2023,adults,100,50,1,,House", "column about"),
        ],
    )
    def test_a_bad_row_is_named(self, row: str, said: str, tmp_path: Path) -> None:
        error = refused(tmp_path, f"{made.SURVEY_CSV}{row}\n")
        assert said in str(error)
        assert "line 6" in str(error)

    def test_fractions_are_not_taken_for_percentages(self, tmp_path: Path) -> None:
        head = made.SURVEY_CSV.splitlines()[0]
        rows = "Q,yes,2022,adults,100,0.62,1,RUS,H\nQ,yes,2023,adults,100,0.58,1,RUS,H\n"
        assert "every value is at most 1" in str(refused(tmp_path, f"{head}\n{rows}"))

    def test_a_table_without_n_is_refused(self, tmp_path: Path) -> None:
        assert "no column n" in str(refused(tmp_path, "question,wave,share\nQ,2022,50\n"))

    def test_two_shares_for_one_answer_are_refused(self, tmp_path: Path) -> None:
        again = "Made-up question,favourable,2022,adults,1200,41,2.8,CHN,Made-up house 2022\n"
        assert "a second, different value" in str(refused(tmp_path, made.SURVEY_CSV + again))


class TestVisitCounts:
    def test_what_is_not_known_stays_so(self, tmp_path: Path) -> None:
        found = read(tmp_path, made.CHINA_CSV)
        told = {(r["state_name"], r["year"], r["what"]): r["count"] for r in found.frame.iter_rows(named=True)}
        assert told["Vietnam", 2004, "elite"] == 6
        assert told["Vietnam", 2005, "military"] is None
        assert found.last == 2004  # the last year with a count
        assert "not known" in found.warnings[0]

    @pytest.mark.parametrize("cell", ["-1", "1.5", "some"])
    def test_a_bad_count_is_named(self, cell: str, tmp_path: Path) -> None:
        error = refused(tmp_path, made.CHINA_CSV.replace(",5,1,6", f",{cell},1,6"))
        assert "line 2, column government_visits" in str(error)

    def test_leaders_travel_as_host_and_as_guest(self, tmp_path: Path) -> None:
        frame = pl.DataFrame({"TripYear": [2023, 2024], "CountryVisited": ["Vietnam", "Atlantis"], "count": [12, 3]})
        frame.write_parquet(tmp_path / "received.parquet")
        frame.rename({"CountryVisited": "LeaderCountryOrIGO"}).write_parquet(tmp_path / "sent.parquet")
        roles = [
            read_file(tmp_path / f"{name}.parquet").frame["role"].unique().to_list() for name in ("received", "sent")
        ]
        assert roles == [["host"], ["guest"]]

    def test_a_negative_count_and_a_cut_file_are_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "colt.parquet"
        pl.DataFrame({"TripYear": [2023], "CountryVisited": ["Vietnam"], "count": [-1]}).write_parquet(path)
        with pytest.raises(BadValue, match="row 1"):
            read_file(path)
        path.write_bytes(path.read_bytes()[:-20])
        assert recognise_dataset(path) is None

    def test_the_real_tables(self, shared_data: Path) -> None:
        received = read_file(shared_data / "visits" / "colt_top_received.parquet")
        assert (received.first, received.last, received.frame.height) == (1990, 2024, 5_869)
        china = read_file(shared_data / "visits" / "ChinesePublicDiplomacy.csv")
        assert (china.first, china.last, china.frame.height) == (2000, 2017, 3 * 741)
