"""From the codes of a source to states, each on its day."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadValue
from comity.ingest.identify import identify
from comity.model.choice import Choice
from comity.model.tables import ROLL_CALLS
from comity.states.resolve import resolve

YES, NO = Choice.YES, Choice.NO


def calls(*days, precision="day", sessions=None):
    values = {
        "roll_call": [str(i) for i in range(len(days))],
        "date": list(days),
        "date_precision": [precision] * len(days),
        "session": sessions or [None] * len(days),
    }
    schema = {name: getattr(pl, kind) for name, kind in ROLL_CALLS.items()}
    return pl.DataFrame({name: values.get(name, [None] * len(days)) for name in ROLL_CALLS}, schema=schema)


def cells(*rows):
    return pl.DataFrame(rows, schema={"row": pl.UInt32, "code": pl.String, "choice": pl.UInt8}, orient="row")


def named(table, scheme, *rows):
    found = identify(table, cells(*rows), scheme, "votes.csv").with_columns(pl.col("state").cast(pl.String))
    return found.sort("row", "state").rows()


def test_one_column_is_two_states_before_and_after_a_day():
    table = calls(date(1990, 12, 1), date(2005, 12, 1))
    assert named(table, "voeten_wide", (0, "SRB", YES), (1, "SRB", NO)) == [(0, "YUG", YES), (1, "SRB", NO)]


def test_two_codes_of_one_state_give_one_cell_and_the_cast_vote_stays():
    table = calls(date(1991, 12, 1))
    rows = ((0, "255", YES), (0, "260", Choice.CODED_NONMEMBER), (0, "2", NO))
    assert named(table, "voeten_cow", *rows) == [(0, "DEU", YES), (0, "USA", NO)]


def test_two_different_votes_in_one_cell_are_refused():
    with pytest.raises(BadValue, match="two different votes of DEU"):
        named(calls(date(1991, 12, 1)), "voeten_cow", (0, "255", YES), (0, "260", NO))


def test_an_unknown_code_is_refused_with_file_code_and_roll_call():
    where = r"votes\.csv: no state has the code QQQ \(got 'QQQ at 0'\)"
    with pytest.raises(BadValue, match=where):
        named(calls(date(1991, 12, 1)), "iso3", (0, "QQQ", YES), (0, "USA", YES))


def test_not_a_member_is_stored_only_of_members():
    table = calls(date(1970, 12, 1), date(1980, 12, 1))
    coded = Choice.CODED_NONMEMBER
    rows = ((0, "VNM", coded), (1, "VNM", coded), (0, "USA", YES), (1, "USA", YES))
    assert named(table, "iso3", *rows) == [(0, "USA", YES), (1, "USA", YES), (1, "VNM", coded)]


def test_in_the_month_of_admission_only_a_day_that_is_known_tells_a_member():
    # Viet Nam was admitted on 20 September 1977.
    rows = ((0, "VNM", Choice.ABSENT), (1, "VNM", Choice.CODED_NONMEMBER), (0, "USA", YES), (1, "USA", YES))
    month = calls(date(1977, 9, 1), date(1977, 9, 1), precision="month")
    assert named(month, "iso3", *rows) == [(0, "USA", YES), (0, "VNM", Choice.ABSENT), (1, "USA", YES)]
    day = calls(date(1977, 9, 1), date(1977, 9, 1))
    assert named(day, "iso3", *rows) == [(0, "USA", YES), (1, "USA", YES)]


def test_a_cast_vote_is_kept_whether_or_not_the_state_was_a_member():
    assert named(calls(date(1970, 12, 1)), "iso3", (0, "VNM", YES)) == [(0, "VNM", YES)]


def test_an_undated_roll_call_is_placed_by_its_session():
    table = calls(None, sessions=[59])
    assert named(table, "voeten_wide", (0, "SRB", YES), (0, "TLS", Choice.CODED_NONMEMBER)) == [
        (0, "SRB", YES),
        (0, "TLS", Choice.CODED_NONMEMBER),
    ]


@given(
    st.lists(
        st.tuples(
            st.dates(date(1946, 1, 1), date(2024, 12, 31)),
            st.sampled_from(("SRB", "USA", "CHN", "TWN", "RUS", "DEU", "YEM", "VNM")),
            st.sampled_from((YES, NO, Choice.ABSENT, Choice.CODED_NONMEMBER)),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_it_gives_what_resolving_cell_by_cell_gives(rows):
    """The slow twin: one call of resolve a cell, membership asked day by day."""
    slow = []
    for row, (day, code, choice) in enumerate(rows):
        state = resolve(code, "voeten_wide", day)
        if choice.cast or state.member_on(day):
            slow.append((row, state.id, choice))
    given_rows = [(row, code, choice) for row, (_, code, choice) in enumerate(rows)]
    assert named(calls(*(day for day, _, _ in rows)), "voeten_wide", *given_rows) == slow
