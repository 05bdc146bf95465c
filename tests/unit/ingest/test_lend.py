"""What one release lends another."""

from datetime import date

import polars as pl
from made_up import release, votes

from comity.ingest.frames import Frames
from comity.ingest.lend import by_date, lend, own
from comity.model.tables import ISSUES, LENDABLE

IDS = [str(i) for i in range(40)]
CELLS = votes(40)


def lent(borrower, *lenders):
    return lend(borrower, lenders, by_date(borrower.roll_calls))


def column(table, name):
    return table[name].to_list()


def test_a_missing_field_is_borrowed_and_keeps_its_lender():
    plain = release("plain", CELLS, roll_call=IDS)
    rich = release("rich", CELLS[:30], roll_call=IDS[:30], title=[f"Text {i}" for i in range(30)])
    table = lent(plain, rich)
    assert column(table, "title") == [f"Text {i}" for i in range(30)] + [None] * 10
    assert column(table, "title_from") == ["rich"] * 30 + [None] * 10


def test_subjects_are_lent_beside_titles():
    """Sessions 71-73 print the title among the subjects: without them the texts cannot be told apart."""
    plain = release("plain", CELLS, roll_call=IDS, title=["A/73/251 74b - Human rights questions"] * 40)
    table = lent(plain, release("rich", CELLS, roll_call=IDS, subjects=[f"Text {i}" for i in range(40)]))
    assert column(table, "subjects") == [f"Text {i}" for i in range(40)]
    assert column(table, "subjects_from") == ["rich"] * 40


def test_an_own_value_is_never_replaced():
    plain = release("plain", CELLS, roll_call=IDS, title=["own"] + [None] * 39)
    table = lent(plain, release("rich", CELLS, roll_call=IDS, title=["theirs"] * 40))
    assert column(table, "title")[:2] == ["own", "theirs"]
    assert column(table, "title_from")[:2] == [None, "rich"]


def test_the_first_lender_that_has_a_value_lends_it():
    plain = release("plain", CELLS, roll_call=IDS)
    first = release("first", CELLS, roll_call=IDS, symbol=[None] + ["A/RES/60/1"] * 39)
    second = release("second", CELLS, roll_call=IDS, symbol=["A/RES/60/2"] * 40)
    table = lent(plain, first, second)
    assert column(table, "symbol")[:2] == ["A/RES/60/2", "A/RES/60/1"]
    assert column(table, "symbol_from")[:2] == ["second", "first"]


def test_issue_flags_are_lent_whole_or_not_at_all():
    own_flags = {"hr": [True] + [None] * 39}
    theirs = {flag: [True] * 40 for flag in ISSUES}
    table = lent(release("plain", CELLS, roll_call=IDS, **own_flags), release("rich", CELLS, roll_call=IDS, **theirs))
    assert [column(table, flag)[0] for flag in ISSUES] == [None, None, None, True, None, None]
    assert [column(table, flag)[1] for flag in ISSUES] == [True] * 6
    assert column(table, "issues_from")[:2] == [None, "rich"]


def test_nothing_is_lent_to_a_roll_call_that_matches_none():
    other = votes(40, seed=5)
    table = lent(release("plain", CELLS), release("rich", other, title=["Text"] * 40))
    assert table["title"].null_count() == 40


def test_a_link_is_built_from_the_symbol_own_or_lent():
    plain = release("plain", CELLS, roll_call=IDS, symbol=["A/RES/60/7"] + [None] * 39, link=[None] * 40)
    table = lent(plain, release("rich", CELLS, roll_call=IDS, symbol=["A/RES/60/9"] * 40))
    assert column(table, "link")[:2] == ["https://undocs.org/A/RES/60/7", "https://undocs.org/A/RES/60/9"]
    assert column(table, "link_from")[:2] == [None, "rich"]


def test_a_session_nobody_knows_follows_from_the_date():
    plain = release("plain", CELLS, roll_call=IDS, session=[None] * 40)
    rich = release("rich", CELLS[:1], roll_call=IDS[:1], session=[99], session_label=["ES-99"])
    table = lent(plain, rich)
    assert column(table, "session")[:2] == [99, 60]
    assert column(table, "session_label")[:2] == ["ES-99", None]
    assert column(table, "session_from")[:2] == ["rich", "inferred"]


def test_the_first_regular_session_covers_1946():
    january = release("early", CELLS[:1], session=[None], date=[date(1946, 1, 10)])
    assert column(lent(january), "session") == [1]


def test_symbols_of_the_same_numbering_tell_twins_apart():
    twins = CELLS[:2].copy()
    twins[1] = twins[0]
    plain = release("plain", twins, roll_call=["1", "2"])
    numbered = release("numbered", twins, roll_call=["1", "2"], symbol=["A/RES/60/1", "A/RES/60/2"])
    library = release("library", twins, symbol=["A/RES/60/1", "A/RES/60/2"], yes=[1, 2])
    assert column(lent(plain, library), "yes") == [None, None]
    assert column(lent(plain, library, numbered), "yes") == [1, 2]


def test_own_takes_out_exactly_what_was_lent():
    plain = release("plain", CELLS, roll_call=IDS, session=[None] * 40, title=["own"] + [None] * 39)
    rich = release(
        "rich", CELLS, roll_call=IDS, title=["t"] * 40, symbol=["A/RES/60/1"] * 40, yes=[7] * 40, hr=[True] * 40
    )
    table = lent(plain, rich)
    assert all(f"{field}_from" in table.columns for field in LENDABLE)
    again = own(Frames("plain", table, plain.votes)).roll_calls
    assert again.equals(plain.roll_calls)
    assert isinstance(again, pl.DataFrame)
