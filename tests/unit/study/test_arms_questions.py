"""Questions about arms, asked of a small store: which register, what bounds do to shares and ranks, tables, notes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arms_files import deliveries, new_row, old_row, register, tiv_table
from comity.errors import BadPeriod, EmptySelection, NoAnswer, NoDataset, SamePair, UnknownState, UsageError
from comity.ingest.datasets import add_dataset
from comity.model.period import Period
from comity.strands.arms import Amount
from comity.study.answers.arms import ArmsAnswer, ArmsPairAnswer, Part, Place
from comity.study.arms import arms
from comity.study.arms_rolling import arms_rolling

ROWS = [
    old_row("Viet Nam", "Russia", "2011; 2012", 60, order=2009, what="Kite"),
    old_row("Viet Nam", "Russia", "2012; 2014", 40, order=2010, what="Gull"),
    old_row("Viet Nam", "Israel", "2012", 20, order=2011),
    old_row("Viet Nam", "unknown supplier(s)", "2013", 5, order=2013),
    old_row("Viet Nam", "Russia", "", 0, order=2013, number="", what="Heron"),
    old_row("Viet Nam", "Soviet Union", "1988; 1989", 100, order=1986),
    old_row("India", "Russia", "2012", 300, order=2010),
    old_row("United Wa State (Myanmar)*", "China", "2012", 3),
]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))
    return tmp_path


def add(folder: Path, text: str, name: str = "arms.csv") -> None:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    assert add_dataset(path)


def one(*args: str, **options: object) -> ArmsAnswer:
    answer = arms(*args, **options)  # type: ignore[arg-type]
    assert isinstance(answer, ArmsAnswer)
    return answer


def pair(*args: str, **options: object) -> ArmsPairAnswer:
    answer = arms(*args, **options)  # type: ignore[arg-type]
    assert isinstance(answer, ArmsPairAnswer)
    return answer


def ids(answer: ArmsAnswer | ArmsPairAnswer) -> set[str]:
    return {note.id for note in answer.notes}


def test_suppliers_with_bounds(store: Path) -> None:
    """2012-2013: Russia 0 to 100 (60/2 + 40/2 = 50), Israel 20, one unknown 5."""
    add(store, register(ROWS))
    answer = one("VNM", period="2012-2013")
    russia, israel, unknown = answer.partners
    assert (russia.key, russia.amount) == ("RUS", Amount(0.0, 50.0, 100.0, "bounds"))
    assert russia.share == Part(0.0, pytest.approx(50 / 75), pytest.approx(100 / 125))
    assert israel.share == Part(pytest.approx(20 / 125), pytest.approx(20 / 75), pytest.approx(20 / 25))
    assert (russia.place, israel.place) == (Place(1, 1, 2, 2), Place(1, 2, 2, 2))
    assert (unknown.key, unknown.state, unknown.place) == ("unknown supplier(s)", False, None)
    assert answer.total == Amount(25.0, 75.0, 125.0, "bounds")
    assert answer.concentration and answer.concentration.partners == 3
    assert answer.concentration.hhi.even == pytest.approx((50**2 + 20**2 + 5**2) / 75**2)
    assert answer.concentration.effective.low == pytest.approx(1 / answer.concentration.hhi.high)
    assert {"arms_bounds", "arms_unknown"} <= ids(answer)


def test_a_period_that_holds_all_years_is_exact_and_the_end_is_told(store: Path) -> None:
    add(store, register(ROWS))
    answer = one("VNM", period="2010-2024")
    assert (answer.asked, answer.period) == (Period(2010, 2024), Period(2010, 2014))
    assert answer.partners[0].amount == Amount(100.0, 100.0, 100.0, "exact")
    assert answer.peak.may == (2011, 2012, 2014) and answer.peak.years == ()
    beyond = next(n for n in answer.notes if n.id == "arms_beyond")
    assert "2010–2024" in beyond.text and "18 March 2024" in beyond.text and "2010–2014" in beyond.text
    with pytest.raises(BadPeriod, match="1988-2014"):
        arms("VNM", period="2015-2020")


def test_a_pair_both_ways(store: Path) -> None:
    add(store, register(ROWS))
    answer = pair("VNM", supplier="RUS", period="2011-2014")
    assert answer.amount == Amount(100.0, 100.0, 100.0, "exact")
    assert answer.import_share == Part(*[pytest.approx(100 / 125)] * 3)
    assert answer.export_share == Part(*[pytest.approx(100 / 400)] * 3)
    assert (answer.import_place, answer.export_place) == (Place(1, 1, 1, 2), Place(2, 2, 2, 2))
    # Ordered 2011-2014: the one of which nothing has come, and whose volume the file writes as 0 beside no number.
    assert (answer.orders.placed, answer.orders.untold, answer.orders.waiting, answer.orders.lag) == (1, 1, 1, None)
    assert [p.designation for p in answer.platforms] == ["Kite", "Gull", "Heron"]
    assert answer.platforms[1].amount == Amount(40.0, 40.0, 40.0, "exact")


def test_orders_are_counted_by_order_year_and_deliveries_by_theirs(store: Path) -> None:
    add(store, register(ROWS))
    answer = pair("VNM", supplier="RUS", period="2009-2010", by="platform")
    assert answer.amount.high == 0 and answer.import_share is None
    assert (answer.orders.placed, answer.orders.volume, answer.orders.delivered) == (2, 100.0, 100.0)
    assert answer.orders.lag == 2.0  # 2009 to 2011, 2010 to 2012
    assert answer.platforms == ()


def test_the_soviet_union_joined_and_apart(store: Path) -> None:
    add(store, register(ROWS))
    joined = one("VNM", period="1985-2014")
    assert next((p.key, p.amount.even) for p in joined.partners) == ("RUS", 200.0)
    assert "100 million TIV of it are of the Soviet Union" in next(
        n.text for n in joined.notes if n.id == "arms_joined"
    )
    apart = one("VNM", period="1985-2014", joined=False)
    assert [(p.key, p.amount.even) for p in apart.partners][:2] == [("RUS", 100.0), ("Soviet Union", 100.0)]
    assert "arms_apart" in ids(apart)
    assert pair("VNM", supplier="Soviet Union", period="1985-1991", joined=False).amount.even == 100
    assert pair("VNM", supplier="USSR", period="1985-1991").amount.even == 100
    later = one("VNM", period="2001-2014")  # its sum of deliveries since 1976 has the Soviet Union's in it
    assert "arms_joined" not in ids(later) and "arms_joined_since" in ids(later)
    assert later.partners[0].stock.even == 200 and "arms_joined_since" not in ids(one("IND", period="2001-2014"))


def test_a_table_wins_where_it_covers_the_period_and_its_years(store: Path) -> None:
    add(store, register(ROWS))
    table = tiv_table({"Viet Nam": [31, 44, "", 20], "India": ["", 298, "", ""]}, [2011, 2012, 2013, 2014])
    add(store, table, "table.csv")
    answer = pair("VNM", supplier="RUS", period="2012-2013")
    assert answer.amount == Amount.of_table(44.0) and answer.by_register == Amount(0.0, 50.0, 100.0, "bounds")
    assert answer.import_share == Part(*[pytest.approx(44 / 69)] * 3)
    assert answer.export_share == Part(*[pytest.approx(44 / 342)] * 3)
    assert answer.peak.years == (2012,) and {"arms_table", "arms_editions"} <= ids(answer)
    supplier = one(supplier="RUS", period="2011-2014")
    assert supplier.total == Amount.of_table(393.0)
    assert [(p.key, p.amount.even) for p in supplier.partners] == [("IND", 298.0), ("VNM", 95.0)]
    # A period that the table has in part keeps the register's total, and the table's years.
    more = pair("VNM", supplier="RUS", period="2010-2014")
    assert more.amount == Amount(100.0, 100.0, 100.0, "exact") and more.by_register is None
    assert [y.amount.basis for y in more.years] == ["exact", "table", "table", "table", "table"]
    assert "arms_table_part" in ids(more)


def test_a_table_that_the_register_contradicts_is_told(store: Path) -> None:
    add(store, register(ROWS))
    add(store, tiv_table({"Viet Nam": [31, 44, 7, 20]}, [2011, 2012, 2013, 2014]), "table.csv")
    note = next(n for n in pair("VNM", supplier="RUS", period="2011-2014").notes if n.id == "arms_outside")
    assert note.text.endswith(": 2013.")


def test_an_import_table_speaks_for_all_suppliers(store: Path) -> None:
    add(store, register(ROWS))
    table = tiv_table({"Russia": [50, 60], "Israel": ["", 21]}, [2011, 2012], who="Viet Nam", side="imports to")
    add(store, table, "table.csv")
    answer = one("VNM", period="2011-2012")
    assert answer.total == Amount.of_table(131.0)
    assert [(p.key, p.amount.even) for p in answer.partners] == [("RUS", 110.0), ("ISR", 21.0)]


def test_the_register_of_one_recipient_answers_for_it_alone(store: Path) -> None:
    lone = deliveries(
        [new_row(7, "Poland", "Ukraine", 2022, 3), new_row(7, "Poland", "Ukraine", 2023, 4)],
        recipients="Ukraine", first="2000", last="2024", made="17 Feb 2025 7:10:21 PM",
    )  # fmt: skip
    add(store, lone, "ukraine.csv")
    with pytest.raises(NoAnswer, match="No register at hand holds all deliveries"):
        arms("VNM")
    with pytest.raises(NoAnswer):
        arms(supplier="Poland")
    answer = pair("Ukraine", supplier="POL", by="platform")
    assert answer.amount == Amount(7.0, 7.0, 7.0, "exact") and answer.export_share is None
    assert answer.peak.years == (2023,)
    # One deal of two years: numbers and volumes are added up.
    assert [(p.delivered, p.years, p.volume) for p in answer.platforms] == [(4, (2022, 2023), 7.0)]
    add(store, register([*ROWS, old_row("Ukraine", "Poland", "2022; 2023", 9)]))
    assert pair("UKR", supplier="POL", period="2022-2023").amount.even == 7
    assert pair("UKR", supplier="POL", period="2011-2023").amount.even == 9  # the register that holds more of it
    assert pair("UKR", supplier="POL", period="2022-2023", register="sipri-register-2024-03-18").amount.even == 9


def test_a_union_begins_with_its_own_name(store: Path) -> None:
    early = [old_row("Viet Nam", "Soviet Union", "1970", 30), old_row("South Vietnam", "United States", "1970", 90)]
    add(store, register([*ROWS, *early]))
    answer = one("VNM", period="1970-1990")
    assert answer.period == Period(1976, 1990) and answer.total.even == 100
    assert "VDR" in next(n.text for n in answer.notes if n.id == "arms_before")
    assert one("VDR", period="1970-1975").total.even == 30
    assert one("South Vietnam").total.even == 90


def test_who_is_no_state_is_asked_for_by_name(store: Path) -> None:
    add(store, register(ROWS))
    assert one("united wa state (myanmar)*").total.even == 3
    with pytest.raises(UnknownState):
        arms("Wa State")
    lone = register([old_row("Ukraine", "Poland", "2022", 9)], recipients="Ukraine", made="1 Apr 2025 7:10:21 PM")
    add(store, lone, "lone.csv")
    assert one("United Wa State (Myanmar)*").total.even == 3


def test_before_and_after_a_date(store: Path) -> None:
    """The ban on lethal arms ended in 2016 by the ledger: five years on either side, where all are held."""
    rows = [old_row("Viet Nam", "Russia", str(y), 10) for y in range(2005, 2024)]
    add(store, register(rows))
    marks = {m.row: m for m in one("VNM").marks if not m.begins and m.year == 2016}
    (mark,) = marks.values()
    assert (mark.before, mark.after) == (Amount(50.0, 50.0, 50.0, "exact"), Amount(50.0, 50.0, 50.0, "exact"))
    cut = one("VNM", register="sipri-register-2024-03-18").marks
    assert all(m.before is None for m in cut if m.year < 2010)
    assert {"arms_marks", "arms_marks_unchecked"} <= ids(one("VNM"))


def test_a_table_used_around_a_date_alone_is_a_source(store: Path) -> None:
    """The ban began in 1984 and was in force in 2005: the sum of 1979-1983 is of a table with no year of the period."""
    add(
        store,
        register([old_row("Viet Nam", "Soviet Union", "1979; 1984", 50), old_row("Viet Nam", "Russia", "2005", 9)]),
    )
    table = tiv_table({"Viet Nam": [7, "", "", "", 8, ""]}, list(range(1979, 1985)), who="Soviet Union")
    add(store, table, "soviet.csv")
    answer = one("VNM", period="2005")
    assert [m.before for m in answer.marks if m.year == 1984] == [Amount.of_table(15.0)]
    assert any("tiv" in source.label for source in answer.header.sources)
    (ledger,) = (source for source in answer.header.sources if source.label == "sanctions")
    assert ledger.span.startswith("1 row used") and len(answer.marks) == 2  # of all rows the one with these two dates


def test_shares_over_a_window(store: Path) -> None:
    add(store, register(ROWS))
    answer = arms_rolling("VNM", period="2011-2014", window=2)
    assert answer.order == ("RUS", "ISR", "unknown supplier(s)", "other")
    shares = {(r.year, r.supplier): r.share.even for r in answer.rows}
    assert shares[2012, "RUS"] == pytest.approx(80 / 100) and shares[2012, "ISR"] == pytest.approx(0.2)
    assert (2011, "ISR") not in shares and answer.to_polars().height == len(answer.rows)
    with pytest.raises(UsageError, match="at least one year"):
        arms_rolling("VNM", window=0)


def test_answers_are_data(store: Path) -> None:
    add(store, register(ROWS))
    for by, height in (("supplier", 3), ("year", 4), ("platform", 5)):
        answer = one("VNM", period="2011-2014", by=by)
        json.dumps(answer.to_dict())
        assert answer.to_polars().height == height
    told = pair("VNM", supplier="RUS", period="2011-2014").to_dict()
    assert told["unit"] == "TIV, millions" and told["share_of_imports"]["even"] == pytest.approx(0.8)
    empty = pair("India", supplier="Israel", period="2011-2014")
    assert empty.amount.high == 0 and empty.to_polars().height == 4


def test_mistakes(store: Path) -> None:
    with pytest.raises(NoDataset):
        arms("VNM")
    add(store, register(ROWS))
    for error, options in (
        (UsageError, {"by": "month", "recipient": "VNM"}),
        (UsageError, {}),
        (UsageError, {"recipient": "VNM", "stock_since": 1960}),
        (SamePair, {"recipient": "RUS", "supplier": "RUS"}),
        (EmptySelection, {"recipient": "FJI"}),
        (NoDataset, {"recipient": "VNM", "register": "none-such"}),
    ):
        with pytest.raises(error):
            arms(**options)  # type: ignore[arg-type]
