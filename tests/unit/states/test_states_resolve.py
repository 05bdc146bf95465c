"""A spelling, a scheme and a day give one state or a clear error."""

from datetime import date

import pytest

from comity.errors import AmbiguousState, StateDidNotExist, UnknownState, UsageError
from comity.states.registry import registry
from comity.states.resolve import SCHEMES, codes, fold, meanings, resolve

CASES = [
    # without a day: the state called so today, or the only one it ever meant
    ("Viet Nam", "any", None, "VNM"),
    ("vietnam", "any", None, "VNM"),
    ("vnm", "any", None, "VNM"),
    ("Germany", "any", None, "DEU"),
    ("China", "any", None, "CHN"),
    ("Yugoslavia", "any", None, "YUG"),
    ("USSR", "any", None, "RUS"),
    ("U.S.", "any", None, "USA"),
    ("UK", "any", None, "GBR"),
    ("Türkiye", "any", None, "TUR"),
    ("TURKIYE", "any", None, "TUR"),
    ("Burma", "any", None, "MMR"),
    ("Cote d’Ivoire", "any", None, "CIV"),
    ("CÔTE D'IVOIRE", "any", None, "CIV"),
    ("St. Vincent & the Grenadines", "any", None, "VCT"),
    ("The Gambia", "any", None, "GMB"),
    ("Sao Tome and Principe", "any", None, "STP"),
    ("Korea, Dem. People's Rep.", "any", None, "PRK"),
    # on a day
    ("Germany", "any", "1995-01-01", "DEU"),
    ("West Germany", "any", "1985-06-01", "DEU"),
    ("East Germany", "any", "1985-06-01", "DDR"),
    ("Yugoslavia", "any", "1995-01-01", "YUG"),
    ("Yugoslavia", "any", "2002-01-01", "SRB"),
    ("Burma", "any", "2020-01-01", "MMR"),
    ("Egypt", "any", "1960-01-01", "EGY"),
    ("South Vietnam", "any", "1960-01-01", "RVN"),
    ("Zanzibar", "any", "1964-01-01", "EAZ"),
    ("Switzerland", "any", "1960-01-01", "CHE"),  # a state, not yet a member
    ("France", "any", "1900-01-01", "FRA"),
    # codes, by day where their meaning changed
    ("2", "cow", None, "USA"),
    ("002", "cow", None, "USA"),
    ("255", "cow", "2000-01-01", "DEU"),
    ("260", "cow", "1980-01-01", "DEU"),
    ("265", "cow", "1980-01-01", "DDR"),
    ("345", "cow", "1980-01-01", "YUG"),
    ("345", "cow", "2010-01-01", "SRB"),
    ("340", "gw", "2010-01-01", "SRB"),
    ("678", "cow", "1980-01-01", "YEM"),
    ("679", "cow", "2000-01-01", "YEM"),
    ("680", "cow", "1980-01-01", "YMD"),
    ("678", "gw", "2000-01-01", "YEM"),
    ("710", "cow", "1947-01-01", "TWN"),
    ("710", "cow", "1960-01-01", "CHN"),
    ("713", "cow", "1960-01-01", "TWN"),
    ("816", "cow", "1970-01-01", "VDR"),
    ("816", "cow", "1980-01-01", "VNM"),
    ("817", "cow", "1970-01-01", "RVN"),
    ("315", "cow", "1990-01-01", "CSK"),
    ("316", "cow", "2000-01-01", "CZE"),
    ("710", "m49", None, "ZAF"),
    ("810", "m49", "1980-01-01", "RUS"),
    ("643", "m49", "2000-01-01", "RUS"),
    ("CS", "iso2", "1990-01-01", "CSK"),
    ("CS", "iso2", "2004-01-01", "SRB"),
    ("SUN", "iso3", "1980-01-01", "RUS"),
    # sources: their own sense of a spelling, on placeholder days too
    ("SRB", "voeten_wide", "1980-01-01", "YUG"),
    ("SRB", "voeten_wide", "2010-01-01", "SRB"),
    ("RUS", "voeten_wide", "1946-01-01", "RUS"),
    ("GNB", "voeten_wide", "1974-09-02", "GNB"),
    ("345", "voeten_cow", "1980-01-01", "YUG"),
    ("255", "voeten_cow", "1990-09-01", "DEU"),
    ("713", "voeten_cow", "1946-01-01", "TWN"),
    ("Yugoslavia", "unvotes", "2015-01-01", "SRB"),
    ("Congo - Kinshasa", "unvotes", "2015-01-01", "COD"),
    ("Federal Republic of Germany", "unvotes", "1990-12-06", "DEU"),
    ("CHINA", "undl", "1960-01-01", "TWN"),
    ("CHINA", "undl", "1980-01-01", "CHN"),
    ("VIETNAM", "undl", "2000-01-01", "VNM"),
    ("RUSSIAN FEDERATION", "undl", "2000-01-01", "RUS"),
    ("IRAN (ISLAMIC REPUBLIC OF)", "undl", "2000-01-01", "IRN"),
    ("TÜRKIYE", "undl", "2023-01-01", "TUR"),
    ("USSR", "undl", "1960-01-01", "RUS"),
    ("Viet Nam", "sipri", "1966-01-01", "VDR"),
    ("Viet Nam", "sipri", "1996-01-01", "VNM"),
    ("Soviet Union", "sipri", "1980-01-01", "RUS"),
    ("North Yemen", "sipri", "1980-01-01", "YEM"),
]


@pytest.mark.parametrize(("text", "scheme", "day", "state"), CASES)
def test_resolves(text: str, scheme: str, day: str | None, state: str) -> None:
    assert resolve(text, scheme, date.fromisoformat(day) if day else None).id == state


@pytest.mark.parametrize(
    ("text", "scheme", "day", "meant"),
    [
        ("Germany", "any", "1985-06-01", ("DDR", "DEU")),
        ("China", "any", "1960-01-01", ("CHN", "TWN")),
        ("Viet Nam", "any", "1965-01-01", ("RVN", "VDR")),
        ("Yemen", "any", "1980-01-01", ("YEM", "YMD")),
        ("Korea", "any", None, ("KOR", "PRK")),
        ("CS", "iso2", None, ("CSK", "SRB")),
    ],
)
def test_ambiguous(text: str, scheme: str, day: str | None, meant: tuple[str, ...]) -> None:
    with pytest.raises(AmbiguousState) as caught:
        resolve(text, scheme, date.fromisoformat(day) if day else None)
    assert [part.split(" ")[0] for part in caught.value.allowed.split(", ")] == list(meant)
    assert "Write one of these codes" in caught.value.next


@pytest.mark.parametrize(
    ("text", "day", "instead"),
    [
        ("USSR", "2000-01-01", "RUS"),
        ("Czechoslovakia", "1995-01-01", "CZE (Czechia), SVK"),
        ("VNM", "1965-01-01", "RVN (Republic of Viet Nam), VDR"),
        ("South Sudan", "2000-01-01", "SDN"),
        ("Syria", "1960-01-01", "EGY"),
        ("Zanzibar", "1970-01-01", "TZA"),
        ("West Germany", "1995-01-01", "DEU"),
        ("DDR", "1991-01-01", "DEU"),
    ],
)
def test_did_not_exist(text: str, day: str, instead: str) -> None:
    with pytest.raises(StateDidNotExist) as caught:
        resolve(text, day=date.fromisoformat(day))
    assert instead in caught.value.next
    assert caught.value.allowed
    assert "\n" not in str(caught.value)


def test_error_without_a_related_state_says_when_it_existed() -> None:
    with pytest.raises(StateDidNotExist) as caught:
        resolve("DEU", day=date(1948, 1, 1))
    assert caught.value.allowed == "DEU from 23 May 1949"
    assert caught.value.next == ""


def test_close_spellings_are_suggested_never_taken() -> None:
    with pytest.raises(UnknownState) as caught:
        resolve("Rusia")
    assert "RUS (Russia)" in caught.value.next
    with pytest.raises(UnknownState) as caught:
        resolve("Atlantis")
    assert caught.value.next == "Write a name or an ISO code, as in VNM"


@pytest.mark.parametrize("text", ["", "  ", "-", "710"])
def test_unknown(text: str) -> None:
    with pytest.raises(UnknownState):
        resolve(text)


def test_a_bare_number_asks_for_its_scheme() -> None:
    with pytest.raises(UnknownState, match="cow:710, gw:710 or m49:710"):
        resolve("710")


def test_unknown_scheme() -> None:
    with pytest.raises(UsageError, match="voeten_wide"):
        resolve("USA", "iso4")
    with pytest.raises(UsageError):
        codes("USA", "name")


@pytest.mark.parametrize("state", [s.id for s in registry().states()])
def test_every_state_is_found_by_its_id_name_and_codes(state: str) -> None:
    last = registry().state(state).existence[-1].end
    day = date(2024, 6, 30) if last is None else date.fromordinal(last.toordinal() - 1)
    assert resolve(state).id == state
    assert resolve(state.lower(), day=day).id == state
    assert resolve(registry().name(state)).id == state
    for scheme in ("iso3", "iso2", "cow", "gw", "m49"):
        found = codes(state, scheme, day)
        assert len(found) <= 1
        assert all(resolve(code, scheme, day).id == state for code in found)


@pytest.mark.parametrize("state", [s.id for s in registry().states() if s.membership])
def test_every_member_has_the_codes_that_scholars_join_on(state: str) -> None:
    for spell in registry().state(state).membership:
        for day in (
            spell.start,
            date(2024, 1, 1) if spell.end is None else date.fromordinal(spell.end.toordinal() - 1),
        ):
            assert codes(state, "cow", day)
            assert codes(state, "id") == (state,)


def test_codes_by_day() -> None:
    assert codes("DEU", "cow") == ("255", "260")
    assert codes("DEU", "cow", date(1980, 1, 1)) == ("260",)
    assert codes("YEM", "cow", date(1980, 1, 1)) == ("678",)
    assert codes("SRB", "gw", date(2003, 1, 1)) == ("345",)
    assert codes("AFG", "m49") == ("004",)
    assert codes("RUS", "iso3") == ("RUS",)  # "SUN" is read, never written
    assert codes("XKX", "m49") == ()


def test_any_is_the_union_of_its_parts() -> None:
    """No spelling may mean one state as a code and another as a name without "any" saying so."""
    for state in registry().states():
        for scheme in ("iso3", "iso2"):
            for code in codes(state.id, scheme):
                assert state.id in {m.state for m in meanings(code)}


def test_schemes_are_listed_once() -> None:
    assert len(SCHEMES) == len(set(SCHEMES))


def test_fold() -> None:
    assert fold("  The Côte d'Ivoire ") == "cote divoire"
    assert fold("St. Kitts & Nevis") == fold("Saint Kitts and Nevis")
    assert fold("U.S.S.R.") == fold("USSR")
    assert fold("000") == "0"
