"""Trade on a table small enough to work out by hand, and the arithmetic of debt."""

from __future__ import annotations

import polars as pl
import pytest

from comity.strands import trade
from comity.strands.finance import Range, write_off, write_offs
from comity.strands.ledgers.kinds import Aid
from comity.strands.trade import Ratio, flows, intensity, mirror, over, partners, thin, totals

SCHEMA = {
    "year": pl.Int16,
    "reporter": pl.String,
    "partner": pl.String,
    "partner_name": pl.String,
    "world": pl.Boolean,
    "flow": pl.String,
    "amount": pl.Float64,
    "valuation": pl.String,
}


def table(*rows: tuple[str, str | None, str, float | None], year: int = 2000) -> pl.DataFrame:
    """reporter, partner (None: the world), flow, amount."""
    made = [(year, a, b, b, b is None, flow, amount, "as recorded") for a, b, flow, amount in rows]
    return pl.DataFrame(made, schema=SCHEMA, orient="row")


# Imports only: A from B 10, A from C 30, B from A 20, B from C not known, C from A 40, C from B 5.
IMPORTS = table(
    ("A", "B", "import", 10),
    ("A", "C", "import", 30),
    ("B", "A", "import", 20),
    ("B", "C", "import", None),
    ("C", "A", "import", 40),
    ("C", "B", "import", 5),
)


def row_of(frame: pl.DataFrame, other: str) -> dict[str, float]:
    return frame.filter(pl.col("other") == other).row(0, named=True)


def test_exports_are_the_partners_imports_where_there_is_no_other_record() -> None:
    made = flows(IMPORTS)
    assert made.mirrored
    found = totals(made, 1).select("state", "flow", "total", "known", "lacking").rows()
    assert found == [
        ("A", "export", 60.0, 2, 0),
        ("A", "import", 40.0, 2, 0),
        ("B", "export", 15.0, 2, 0),
        ("B", "import", 20.0, 1, 1),
        ("C", "export", 30.0, 1, 1),
        ("C", "import", 45.0, 2, 0),
    ]


def test_shares_and_ranks_by_hand() -> None:
    of_a = partners(flows(IMPORTS), "A", 2000, 2000, 1)
    assert row_of(of_a, "C") | {"other_name": ""} == {
        "year": 2000,
        "other": "C",
        "other_name": "",
        "import": 30.0,
        "export": 40.0,
        "both": 70.0,
        "total_import": 40.0,
        "total_export": 60.0,
        "total": 100.0,
        "rank": 1,
        "ranked": 2,
    }
    assert row_of(of_a, "B")["rank"] == 2
    # B from C is not known, so their trade is not known: no sum, no rank, and never 0
    unknown = row_of(partners(flows(IMPORTS), "B", 2000, 2000, 1), "C")
    assert (unknown["import"], unknown["export"], unknown["both"], unknown["rank"]) == (None, 5.0, None, None)


def test_equal_partners_share_the_lower_rank() -> None:
    rows = [("A", other, flow, 1.0) for other in ("B", "C") for flow in ("import", "export")]
    found = partners(flows(table(*rows, ("A", "D", "import", 0.5), ("A", "D", "export", 0.5))), "A", 2000, 2000, 1)
    assert dict(found.select("other", "rank").rows()) == {"B": 1, "C": 1, "D": 3}


def test_few_partners_are_no_total_and_no_ranking() -> None:
    found = partners(flows(IMPORTS), "A", 2000, 2000)
    assert found["rank"].null_count() == found["total"].null_count() == 2
    assert over(found)["share"].null_count() == 2


def test_a_published_total_is_taken_whatever_the_partners() -> None:
    rows = (
        ("A", "B", "import", 10.0),
        ("A", "B", "export", 5.0),
        ("A", None, "import", 40.0),
        ("A", None, "export", 60.0),
    )
    found = row_of(partners(flows(table(*rows)), "A", 2000, 2000), "B")
    assert (found["both"], found["total"], found["rank"]) == (15.0, 100.0, None)


def test_sums_over_years_take_only_years_with_both_flows() -> None:
    later = table(
        ("A", "B", "import", 7), ("A", "C", "import", 3), ("B", "A", "import", None), ("C", "A", "import", 5), year=2001
    )
    found = over(partners(flows(pl.concat([IMPORTS, later])), "A", 2000, 2001, 1), 1)
    b, c = row_of(found, "B"), row_of(found, "C")
    assert (b["years"], b["both"], b["total"], b["share"]) == (1, 30.0, 100.0, 0.3)
    assert (b["import"], b["export"]) == (17.0, 20.0)
    # 70 of 100 in 2000 and 8 of (7 + 3) + 5 in 2001
    assert (c["years"], c["both"], c["total"], c["share"]) == (2, 78.0, 115.0, 78 / 115)


def test_two_names_of_one_state_are_added_up() -> None:
    twice = pl.concat(
        [table(("A", "B", "import", 1.0)), table(("A", "B", "import", 2.0)).with_columns(partner_name=pl.lit("B"))]
    )
    assert flows(twice).rows.filter(flow="import")["amount"].to_list() == [3.0]


def test_intensity_by_hand() -> None:
    made = flows(IMPORTS)
    sums = totals(made, 1)
    # exports of A to C: 40 of 60; imports of C: 45 of those of B and C, 20 + 45
    assert intensity(made, sums, "A", "C", 2000, trade.EXPORT) == Ratio((40 / 60) / (45 / 65))
    # imports of A from C: 30 of 40; exports of C: 30 of those of B and C, 15 + 30
    assert intensity(made, sums, "A", "C", 2000, trade.IMPORT) == Ratio((30 / 40) / (30 / 45))
    assert intensity(made, sums, "B", "C", 2000, trade.IMPORT) == Ratio(None, "not_known")
    assert intensity(made, totals(made), "A", "C", 2000, trade.EXPORT).reason == "total_not_known"


def test_intensity_needs_a_table_of_the_world() -> None:
    rows = [("A", other, flow, 10.0) for other in ("B", "C") for flow in ("import", "export")]
    made = flows(table(*rows, ("B", "A", "import", 9.0), ("B", "A", "export", 9.0)))
    assert intensity(made, totals(made, 1), "A", "B", 2000, trade.EXPORT) == Ratio(None, "world_not_covered")


def test_mirror_gap_by_hand() -> None:
    made = flows(table(("A", "B", "import", 11.0), ("B", "A", "export", 10.0), ("A", "B", "export", 3.0)))
    found = mirror(made, "A", "B", 2000)
    assert (found.importer, found.exporter, found.gap, found.ratio) == (11.0, 10.0, 1.0, Ratio(1.1))
    assert mirror(made, "B", "A", 2000).ratio == Ratio(None, "not_known")
    assert mirror(flows(IMPORTS), "A", "B", 2000).ratio == Ratio(None, "one_record")


def test_a_large_trader_with_few_partners_is_a_hole() -> None:
    names = "ABCDEFGHI"
    full = [(a, b, "import", 10.0) for a in names for b in names if a != b]
    bare = [row for row in full if row[0] != "A"] + [("A", "B", "import", 10.0)]
    both = pl.concat(
        [table(*full, year=1999), table(*bare, year=2000), table(*bare, year=2001), table(*full, year=2002)]
    )
    assert thin(both, 2000, 2005).rows() == [("A", 2000, 2001, 1, 8.0)]
    assert thin(both, 2002, 2002).is_empty()
    small = both.with_columns(amount=pl.when(pl.col("reporter") == "A").then(0.01).otherwise("amount"))
    assert thin(small, 2000, 2001).is_empty()


DEBT = {
    "states": ("VNM", "RUS"),
    "giver": "RUS",
    "taker": "VNM",
    "title": "Made up",
    "date": "2000",
    "sources": [{"record": "Made up"}],
}


def aid(id: str, type: str, figures: list[dict[str, object]], **more: object) -> Aid:
    return Aid.model_validate({**DEBT, "id": id, "type": type, "figures": figures, **more})


OWED = {"what": "debt", "unit": "USD", "kind": "stock", "value": 11e9}
SHARE = {"what": "written off", "unit": "share", "kind": "share", "value": 0.85}


def test_eighty_five_percent_of_eleven_billion_leaves_1_65() -> None:
    found = write_off(Range(11e9, 11e9), Range(0.85, 0.85), currency="USD", years=23)
    assert found.forgiven.low == pytest.approx(9.35e9)
    assert found.left.low == found.left.high == pytest.approx(1.65e9)
    assert found.yearly is not None
    assert found.yearly.low == pytest.approx(1.65e9 / 23)


@pytest.mark.parametrize(("share", "years"), [(1.2, None), (-0.1, None), (0.5, 0)])
def test_an_impossible_write_off_is_refused(share: float, years: float | None) -> None:
    with pytest.raises(ValueError, match="share"):
        write_off(Range(1, 1), Range(share, share), currency="USD", years=years)


def test_a_write_off_is_worked_out_from_the_last_debts_before_it() -> None:
    rows = (
        aid("long-ago", "debt", [OWED], date="1995"),
        aid("owed", "debt", [OWED]),
        aid("owed-range", "debt", [{**OWED, "value": None, "low": 10e9, "high": 12e9}]),
        aid("rest", "debt", [{**SHARE, "value": 0.15}], until="2023", date="2000-09"),
        aid("gone", "write-off", [SHARE, {**OWED, "what": "left", "value": 1.65e9}], date="2000-09"),
        aid("later", "debt", [OWED], date="2010"),
        aid("other", "debt", [OWED], taker="LAO", states=("LAO", "RUS")),
        aid("paid", "debt", [{**OWED, "kind": "flow"}]),
    )
    one, two = write_offs(rows)
    assert (one.debt_row, one.share_row, one.years) == ("owed", "gone", 23)
    assert one.left.low == pytest.approx(1.65e9)
    assert (two.left.low, two.left.high) == (pytest.approx(1.5e9), pytest.approx(1.8e9))


def test_a_debt_of_the_same_event_goes_before_the_last_one() -> None:
    rows = (
        aid("owed", "debt", [OWED], date="1995", event="e"),
        aid("nearer", "debt", [{**OWED, "value": 5e9}]),
        aid("gone", "write-off", [SHARE], event="e"),
    )
    assert [found.debt_row for found in write_offs(rows)] == ["owed"]


def test_a_write_off_without_a_debt_is_not_worked_out() -> None:
    assert write_offs((aid("gone", "write-off", [SHARE]), aid("later", "debt", [OWED], date="2010"))) == ()
