"""A period's label reads back as the period."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadPeriod
from comity.model.period import Period

_BOUNDS = {
    "year": (1000, 9999),
    "session": (1, 9999),
    "day": (date(1000, 1, 1).toordinal(), date(9999, 12, 31).toordinal()),
}


@st.composite
def periods(draw: st.DrawFn) -> Period:
    clock = draw(st.sampled_from(["year", "session", "day"]))
    low, high = _BOUNDS[clock]
    start = draw(st.integers(low, high))
    return Period(start, draw(st.integers(start, high)), clock)


@given(periods())
def test_a_label_reads_back(period: Period) -> None:
    assert Period.parse(period.label, period.clock) == period


@given(st.lists(periods(), min_size=1, max_size=4))
def test_a_list_of_labels_reads_back(many: list[Period]) -> None:
    clock = many[0].clock
    same = tuple(p for p in many if p.clock == clock)
    assert Period.parse_many(", ".join(p.label for p in same), clock) == same


@given(st.integers(1000, 9999), st.integers(1000, 9999), st.sampled_from(["-", "–", "..", "/", ":", " to ", " - "]))
def test_every_way_to_write_a_range(first: int, last: int, sign: str) -> None:
    text = f"{first}{sign}{last}"
    if first <= last:
        assert Period.parse(text) == Period(first, last)
    else:
        with pytest.raises(BadPeriod, match=f"reversed.*{last}-{first}"):
            Period.parse(text)


@given(periods(), periods())
def test_overlap_has_no_direction(one: Period, other: Period) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(one)


@given(st.text(max_size=14), st.sampled_from(["year", "session", "day"]))
def test_any_other_text_is_a_bad_period(text: str, clock: str) -> None:
    try:
        period = Period.parse(text, clock)  # type: ignore[arg-type]
    except BadPeriod:
        return
    assert period.start <= period.end
