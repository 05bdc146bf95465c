"""A printed figure admits what would be rounded to it, and no more: held against exact fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from comity.audit.printed import Printed
from comity.errors import BadValue

SHARES = st.builds(lambda whole, d: f"{whole / 10**d:.{d}f}", st.integers(0, 10_000), st.integers(0, 2)).filter(
    lambda text: float(text) <= 100
)


def exact(text: str, n: int) -> list[int]:
    """The counts out of n that lie within half a unit of the last digit, by fractions."""
    half = Fraction(1, 2 * 10 ** len(text.partition(".")[2]))
    return [k for k in range(n + 1) if abs(Fraction(100 * k, n) - Fraction(text)) <= half]


def test_12_9_percent_of_124_is_16_and_nothing_else() -> None:
    assert list(Printed.parse("12.9 %").counts(124)) == [16]
    assert exact("12.9", 124) == [16]


@given(SHARES, st.integers(1, 2000))
@example("75", 443)
@example("0.5", 443)
@example("12.5", 8)
def test_a_share_admits_exactly_the_counts_that_round_to_it(text: str, n: int) -> None:
    assert list(Printed.parse(f"{text}%").counts(n)) == exact(text, n)


@given(st.integers(1, 5000), st.data(), st.integers(0, 3))
def test_a_count_is_among_those_that_its_own_share_admits(n: int, data: st.DataObject, digits: int) -> None:
    k = data.draw(st.integers(0, n))
    assert k in Printed.parse(f"{100 * k / n:.{digits}f} %").counts(n)


@given(st.integers(0, 10**6))
def test_a_plain_count_admits_itself_alone(k: int) -> None:
    printed = Printed.parse(str(k))
    assert printed.admits(k) and not printed.admits(k + 1) and not printed.admits(k - 1)


@given(st.integers(1, 99), st.floats(0, 100))
def test_bounds_are_open_or_closed_as_written(value: int, seen: float) -> None:
    assert Printed.parse(f"< {value} %").admits(seen) == (seen < value)
    assert Printed.parse(f"> {value} %").admits(seen) == (seen > value)


def test_about_admits_more_and_money_its_last_digit() -> None:
    assert Printed.parse("about 80 %").admits(82.5) and not Printed.parse("80 %").admits(82.5)
    assert Printed.parse("6.7 bn USD").admits(6.74e9) and not Printed.parse("6.7 bn USD").admits(6.76e9)


@pytest.mark.parametrize("text", ["120%", "-101 %", "a third", "", "%", "75 apples", "7.5.1 %"])
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        Printed.parse(text)
