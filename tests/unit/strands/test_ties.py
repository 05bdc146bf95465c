"""Spells, agreements and memberships worked out by hand."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from comity.states.registry import Spell
from comity.strands.ties import agreements, alliance_spells, memberships, overlap, year_spells


def test_a_gap_and_a_change_of_promises_end_a_spell() -> None:
    rows = [(1978, "consultation"), (1979, "consultation"), (1980, "consultation, defence"), (1982, "consultation")]
    found = [(s.first, s.last, s.promises, s.last_covered) for s in year_spells(rows, 1982)]
    assert found == [
        (1978, 1979, "consultation", False),
        (1980, 1980, "consultation, defence", False),
        (1982, 1982, "consultation", True),
    ]


def test_both_directions_are_one_spell_and_promises_of_either_are_named() -> None:
    table = pl.DataFrame(
        {
            "year": [1980, 1980, 1981, 1981, 1981],
            "state": ["RUS", "VNM", "VNM", "RUS", "RUS"],
            "partner": ["VNM", "RUS", "RUS", "VNM", "USA"],
            "promises": ["defence", "neutrality", "defence", "neutrality", "offence"],
        }
    )
    assert [(s.first, s.last) for s in alliance_spells(table, "VNM", "RUS", 2018)] == [(1980, 1981)]
    assert alliance_spells(table, "VNM", "CHN", 2018) == ()


def test_a_spell_holds_in_its_years() -> None:
    (spell,) = year_spells([(1978, "x"), (1979, "x")], 2018)
    assert [spell.holds_on(date(y, 6, 1)) for y in (1977, 1978, 1979, 1980)] == [False, True, True, False]


def desta(*rows: tuple[str, str, str, int | None, int | None, dict[str, bool]]) -> pl.DataFrame:
    """treaty, base, entry type, year, force, party → whether the row is about it."""
    made = [
        {"treaty": t, "base": b, "name": f"Pact {b}", "entry_type": kind, "year": y, "force": f}
        | {"state_name": s, "state": s, "joined": j}
        for t, b, kind, y, f, parties in rows
        for s, j in parties.items()
    ]
    return pl.DataFrame(made, schema_overrides={"year": pl.Int16, "force": pl.Int16})


BASE = ("1", "1", "base_treaty", 1990, 1991, {"A": False, "B": False})


def test_an_agreement_counts_from_the_later_entry() -> None:
    later = ("1+1", "1", "accession", 1999, 2000, {"A": False, "B": False, "C": True})
    (found,) = agreements(desta(BASE, later), "A", "C")
    assert (found.treaty, found.signed, found.force, found.left, found.parties) == ("1+1", 1999, 2000, None, 3)
    assert [found.holds_on(date(y, 1, 1)) for y in (1999, 2000)] == [False, True]


def test_a_withdrawal_ends_it_and_talks_are_none() -> None:
    gone = ("1_1", "1", "withdrawal", 2005, None, {"A": False, "B": True})
    talks = ("2", "2", "negotiation", None, None, {"A": False, "B": False})
    (found,) = agreements(desta(BASE, gone, talks), "A", "B")
    assert found.left == 2005
    assert [found.holds_on(date(y, 1, 1)) for y in (2004, 2005)] == [True, False]


def test_a_state_that_left_before_the_other_came_shares_none() -> None:
    gone = ("1_1", "1", "withdrawal", 1995, None, {"A": False, "B": True})
    later = ("1+1", "1", "accession", 1999, 2000, {"A": False, "C": True})
    assert agreements(desta(BASE, gone, later), "B", "C") == ()


def test_an_accession_without_its_mark_still_lets_the_state_in() -> None:
    # as for the states that joined the Community: the accession lists them, and nobody is marked
    later = ("1+1", "1", "accession", 1995, None, {"A": False, "C": False})
    (found,) = agreements(desta(BASE, later), "A", "C")
    assert (found.treaty, found.signed, found.parties) == ("1+1", 1995, 3)
    # A is not taken to have come in a second time
    assert [x.signed for x in agreements(desta(BASE, later), "A", "B")] == [1990]


def test_an_amendment_that_others_join_is_the_same_agreement() -> None:
    anew = ("2", "1", "protocol or amendment", 2006, 2007, {"A": False, "C": False})
    joins = ("2+1", "2", "accession", 2010, 2011, {"A": False, "D": True})
    found = agreements(desta(BASE, anew, joins), "B", "D")
    assert [(x.treaty, x.signed) for x in found] == [("2+1", 2010)]


def test_a_state_that_comes_back_shares_it_twice() -> None:
    gone = ("1_1", "1", "withdrawal", 2004, None, {"A": False, "B": True})
    back = ("1+1", "1", "accession", 2008, 2015, {"A": False, "B": True})
    assert [(x.signed, x.left) for x in agreements(desta(BASE, gone, back), "A", "B")] == [(1990, 2004), (2008, None)]


def test_an_entry_into_force_that_is_not_told_is_not_made_up() -> None:
    (found,) = agreements(desta((*BASE[:4], None, BASE[5])), "A", "B")
    assert found.holds_on(date(2000, 1, 1)) is None


def test_memberships_in_common_are_the_days_of_both() -> None:
    found = {m.group: m.spell for m in memberships("VNM", "KHM")}
    assert found["asean"] == Spell(date(1999, 4, 30), None)  # Viet Nam from 1995, Cambodia from 1999
    assert "asean" not in {m.group for m in memberships("VNM", "KHM", date(1999, 4, 29))}
    assert "southeast_asia" not in found


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ((1990, 2000), (1995, 2005), (1995, 2000)),
        ((1990, None), (1995, None), (1995, None)),
        ((1990, 1995), (1995, None), None),
    ],
)
def test_overlap(
    one: tuple[int, int | None], other: tuple[int, int | None], both: tuple[int, int | None] | None
) -> None:
    def spell(years: tuple[int, int | None]) -> Spell:
        return Spell(date(years[0], 1, 1), date(years[1], 1, 1) if years[1] else None)

    assert overlap((spell(one), spell(other))) == (spell(both) if both else None)
