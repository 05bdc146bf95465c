"""Who was in a group on a day, and what the group did."""

from datetime import date

import pytest

from comity.errors import UnknownIssue
from comity.model.choice import Choice
from comity.model.counts import Share
from comity.states.groups import group, groups, groups_of, members_of, position
from comity.states.registry import registry

Y, A, N, X = Choice.YES, Choice.ABSTAIN, Choice.NO, Choice.ABSENT


@pytest.mark.parametrize(
    ("name", "day", "size"),
    [
        ("asean", "1967-08-08", 5),
        ("asean", "1996-01-01", 7),
        ("asean", "2025-10-25", 10),
        ("asean", "2025-10-26", 11),
        ("p5", "1960-01-01", 5),
        ("p5", "2020-01-01", 5),
        ("eu", "1960-01-01", 6),
        ("eu", "1986-01-01", 12),
        ("eu", "2020-01-31", 28),
        ("eu", "2020-02-01", 27),
        ("nato", "1950-01-01", 12),
        ("nato", "2023-04-03", 30),
        ("nato", "2023-04-04", 31),
        ("nato", "2024-03-07", 32),
        ("brics", "2009-06-16", 4),
        ("brics", "2023-12-31", 5),
        ("brics", "2024-01-01", 9),
        ("brics", "2025-02-01", 10),
        ("csto", "1995-01-01", 9),
        ("csto", "2020-01-01", 6),
        ("eaeu", "2020-01-01", 5),
        ("sco", "2024-07-04", 10),
        ("gcc", "1985-01-01", 6),
        ("caricom", "2010-01-01", 14),
        ("oecd", "1961-10-01", 17),
        ("oecd", "2024-01-01", 38),
        ("arab_league", "2000-01-01", 22),
        ("oic", "2020-01-01", 57),
        ("au", "1970-01-01", 41),
        ("au", "2020-01-01", 55),
        ("nam", "1961-09-01", 24),  # the 25 of Belgrade without Algeria, not yet a state
        ("nam", "2024-06-01", 121),
        ("g77", "2024-06-01", 133),  # the list of 134 without China
        ("grulac", "2020-01-01", 33),
        ("eeg", "2020-01-01", 23),
    ],
)
def test_size(name: str, day: str, size: int) -> None:
    assert len(members_of(name, date.fromisoformat(day))) == size


def test_the_77() -> None:
    """The signatories of 15 June 1964: those listed from that day, wherever they are now."""
    assert sum(m.spell.start == date(1964, 6, 15) for m in group("g77").memberships) == 77


def test_southeast_asia_is_not_asean() -> None:
    region = members_of("Southeast Asia", date(2024, 1, 1))
    assert region - members_of("asean", date(2024, 1, 1)) == {"TLS"}
    assert members_of("southeast_asia", date(1980, 1, 1)) > members_of("asean", date(1980, 1, 1))


@pytest.mark.parametrize("day", [date(1964, 12, 31), date(1985, 1, 1), date(2024, 1, 1)])
def test_each_member_votes_in_at_most_one_group_of_the_united_nations(day: date) -> None:
    sets = [members_of(name, day) for name in ("ag", "apg", "eeg", "grulac", "weog")]
    assert sum(map(len, sets)) == len(frozenset().union(*sets))
    without = registry().members(day) - frozenset().union(*sets)
    assert without <= {"ISR", "ZAF"}
    assert (day.year < 1994) == bool(without)


@pytest.mark.parametrize("year", [1950, 1975, 2000, 2024])
def test_regions_divide_the_members(year: int) -> None:
    day = date(year, 6, 30)
    regions = [members_of(name, day) for name in ("africa", "americas", "asia", "europe", "oceania")]
    assert sum(map(len, regions)) == len(frozenset().union(*regions))
    assert registry().members(day) - frozenset().union(*regions) <= {"TWN"}


def test_subregions_make_up_their_region() -> None:
    day = date(2024, 1, 1)
    parts = ("central_asia", "eastern_asia", "southeast_asia", "southern_asia", "western_asia")
    assert frozenset().union(*(members_of(p, day) for p in parts)) == members_of("asia", day)


def test_the_seat_of_china_among_the_five() -> None:
    assert "TWN" in members_of("p5", date(1971, 10, 24))
    assert "CHN" in members_of("p5", date(1971, 10, 25))


def test_groups_of_a_state() -> None:
    found = {g.id for g in groups_of("VNM", date(2024, 1, 1))}
    assert found == {"asean", "g77", "nam", "apg", "asia", "southeast_asia"}
    assert groups_of("VNM", date(1970, 1, 1)) == ()


@pytest.mark.parametrize("text", ["ASEAN", "asean", "Association of Southeast Asian Nations"])
def test_group_by_name(text: str) -> None:
    assert group(text).id == "asean"


def test_unknown_group() -> None:
    with pytest.raises(UnknownIssue) as caught:
        group("azean")
    assert "asean" in caught.value.next
    assert caught.value.exit_code == 15


def test_a_year_counts_whole() -> None:
    """A year of leaving runs to its last day; the membership says that it is known by year."""
    (left,) = [m for m in group("nam").memberships if m.state == "YUG"]
    assert left.precision == "year"
    assert date(1992, 12, 31) in left.spell
    assert date(1993, 1, 1) not in left.spell


def test_a_group_is_checked_only_with_all_its_days() -> None:
    assert group("nato").checked
    assert not group("g77").checked
    assert all(m.checked for g in groups() if g.checked for m in g.memberships)


def test_position() -> None:
    found = position({"a": Y, "b": Y, "c": A, "d": X, "e": Choice.CODED_NONMEMBER, "f": Choice.NOT_MEMBER})
    assert found.choice == Y
    assert found.tied == ()
    assert found.share == Share(2, 5)
    assert found.counts == (2, 1, 0, 2)


def test_position_tied() -> None:
    found = position({"a": Y, "b": N, "c": X})
    assert found.choice is None
    assert found.tied == (Y, N)
    assert found.share == Share(1, 3)


def test_position_of_absent_members_is_none() -> None:
    found = position({"a": X, "b": X, "c": X})
    assert (found.choice, found.tied, found.share) == (None, (), Share(0, 3))
    assert position({}).share.value is None
