"""The ledger of themes."""

from __future__ import annotations

import pytest

from comity.errors import UsageError
from comity.votes.themes import read_themes, theme, themes, themes_of

TITLES = {
    "right_to_development": "The right to development",
    "unilateral_coercive_measures": "Human rights and unilateral coercive measures",
    "democratic_and_equitable_order": "Promotion of a democratic and equitable international order",
    "treaty_body_geography": (
        "Promotion of equitable geographical distribution in the membership of the human rights treaty bodies"
    ),
    "counter_terrorism": "Human rights and terrorism",
    "electoral_processes": "Strengthening the role of the UN in enhancing periodic and genuine elections",
    "cultural_particularities": "Human rights and cultural diversity",
    "death_penalty": "MORATORIUM ON THE USE OF THE DEATH PENALTY",
    "glorification_of_nazism": "Combating glorification of Nazism, neo-Nazism and other practices",
    "country_situations": "Situation of human rights in the Islamic Republic of Iran",
}


def test_every_theme_has_a_title_of_its_own_and_no_other() -> None:
    assert [row.id for row in themes()] == list(TITLES)
    assert {id_: themes_of([title]) for id_, title in TITLES.items()} == {id_: (id_,) for id_ in TITLES}


@pytest.mark.parametrize(
    "title", ["Nuclear disarmament", "Copyright to developments", "STATE TERRORISM", "Human rights in armed conflicts"]
)
def test_titles_that_only_look_alike(title: str) -> None:
    assert themes_of([title]) == ()


def test_an_unknown_theme_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="death_penalty"):
        theme("weather")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- {id: a, name: A, holds: [b]}\n- {id: a, name: A, holds: [b]}", "twice"),
        ("- {id: a, name: A, holds: []}", "phrases"),
        ("- {id: a, name: A, holds: [Upper, case]}", "lower case"),
    ],
)
def test_an_impossible_ledger_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_themes(text)
