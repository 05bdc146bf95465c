"""Recurring texts in made-up assemblies whose families are known."""

from __future__ import annotations

from random import Random

import numpy as np
import polars as pl
import pytest

import vote_tables
from comity.states.registry import registry
from comity.votes.families import ALONE, Families, recognise
from comity.votes.family_links import agreement, best_pairs, lineage, neighbourhood, standing
from comity.votes.family_text import Vocabulary, is_speech, title_and_subject
from comity.votes.matrix import VoteMatrix, build

STATES = (
    "USA", "CHN", "RUS", "GBR", "FRA", "VNM", "IDN", "MYS", "PHL", "SGP", "THA", "LAO", "MMR", "IND", "BRA", "ZAF",
    "CUB", "MEX", "EGY", "IRN",
)  # fmt: skip
TEXTS = {
    "right": "The right to development",
    "golan": "The occupied Syrian Golan",
    "nuclear": "Nuclear disarmament",
    "space": "Prevention of an arms race in outer space",
    "sudan": "Situation of human rights in the Sudan",
    "iraq": "Situation of human rights in Iraq",
}
SKIPPED = {("space", 52), ("sudan", 51), ("sudan", 52)}  # one session, two sessions
ONCE = {50: "Status of a forgotten railway", 53: "Celebration of lighthouses"}


def made_up(seed: int = 3) -> tuple[pl.DataFrame, pl.DataFrame, list[str]]:
    """Four sessions; each text keeps its votes but for a state or two. The true name of every roll call comes last."""
    random = Random(seed)
    votes = {name: random.choices("YAN", (5, 2, 3), k=len(STATES)) for name in TEXTS}
    lines, truth = ["|date|session|symbol|title|paragraph|" + "|".join(STATES) + "|"], []
    for session in range(50, 54):
        held = [name for name in TEXTS if (name, session) not in SKIPPED]
        for k, name in enumerate(held, 1):
            cells = list(votes[name])
            cells[random.randrange(len(STATES))] = "A"
            lines.append(_line(session, k, TEXTS[name], cells))
            truth.append(name)
        if session in ONCE:
            lines.append(_line(session, 9, ONCE[session], random.choices("YAN", k=len(STATES))))
            truth.append(ONCE[session])
    cells = random.choices("YN", k=len(STATES))
    lines.append(_line(53, 1, "The President: I shall now put to the vote paragraph 3", cells, "yes"))
    truth.append("right")
    rule = "|" + "---|" * (5 + len(STATES))
    return *vote_tables.frames("\n".join([lines[0], rule, *lines[1:]])), truth


def _line(session: int, number: int, title: str, cells: list[str], part: str = "") -> str:
    head = (f"{session + 1945}-12-{number:02}", str(session), f"A/RES/{session}/{number + session}", title, part)
    return "|" + "|".join((*head, *cells)) + "|"


def matrix_of(roll_calls: pl.DataFrame, votes: pl.DataFrame) -> VoteMatrix:
    """The matrix of made-up tables."""
    return build(roll_calls, votes, registry())


@pytest.fixture(scope="module")
def found() -> tuple[Families, list[str]]:
    """The families of the made-up assembly, and the truth."""
    roll_calls, votes, truth = made_up()
    return recognise(roll_calls, matrix_of(roll_calls, votes)), truth


def test_every_text_is_one_family(found: tuple[Families, list[str]]) -> None:
    families, truth = found
    for name in TEXTS:
        assert len({int(i) for i, t in zip(families.ids, truth, strict=True) if t == name} - {ALONE}) == 1, name
    assert len(families.members) == len(TEXTS)


def test_a_text_voted_on_once_stays_alone(found: tuple[Families, list[str]]) -> None:
    families, truth = found
    assert {int(i) for i, t in zip(families.ids, truth, strict=True) if t in ONCE.values()} == {ALONE}


def test_a_family_may_skip_a_session_or_two_and_knows_its_title_and_theme(found: tuple[Families, list[str]]) -> None:
    by_label = {family.label: family for family in found[0].members}
    assert by_label[TEXTS["space"]].sessions == (50, 51, 53)
    assert by_label[TEXTS["sudan"]].sessions == (50, 53)
    assert by_label[TEXTS["right"]].sessions == (50, 51, 52, 53)
    assert len(by_label[TEXTS["right"]].rows) == 5  # with the vote on its paragraph
    assert by_label[TEXTS["right"]].themes == ("right_to_development",)
    assert by_label[TEXTS["iraq"]].themes == ("country_situations",)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    roll_calls, votes, _ = made_up()
    ids = recognise(roll_calls, matrix_of(roll_calls, votes)).ids
    order = list(range(roll_calls.height))
    Random(seed).shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    moved = votes.with_columns(pl.col("row").replace_strict(place, return_dtype=pl.UInt32))
    again = recognise(roll_calls[order], matrix_of(roll_calls[order], moved)).ids
    assert again.tolist() == ids[order].tolist()


def test_without_titles_nothing_is_put_together() -> None:
    roll_calls, votes, _ = made_up()
    untitled = roll_calls.with_columns(title=pl.lit(None, dtype=pl.String))
    families = recognise(untitled, matrix_of(untitled, votes))
    assert set(families.ids.tolist()) == {ALONE}
    assert families.members == families.links == ()


def test_lineage_reads_number_and_letter() -> None:
    assert lineage("A/RES/45/73G") == (73, "G")
    assert lineage("A/RES/50/38B/VII") == (38, "B")
    assert lineage("A/RES/3379(XXX)") == (3379, "")
    assert lineage("A/47/L.60") is lineage(None) is None


def test_titles_lose_what_is_not_theirs() -> None:
    heading = "A/73/251 101k - Convention on nuclear weapons. - NUCLEAR WEAPONS USE"
    assert title_and_subject(heading, "Convention : resolution / adopted by the General Assembly")[0] == "Convention"
    assert title_and_subject(heading, None)[0] == "Convention on nuclear weapons. - NUCLEAR WEAPONS USE"
    assert title_and_subject("The President: I put to the vote", "FOOD") == ("", "FOOD")
    assert is_speech("The Acting President (spoke in French): Draft resolution X")
    assert not is_speech("The President of the Assembly and his Cabinet")


def test_rare_words_weigh_more() -> None:
    texts = ["rights in Iraq", "rights in Iraq", "rights in Sudan", "rights in Sudan", "rights of fish", "fish"]
    cosine = (v := Vocabulary.of(texts).vectors(texts)) @ v.T
    assert cosine[0, 1] == pytest.approx(1, abs=1e-6)
    assert 0 < cosine[0, 2] < 0.2


def test_agreement_counts_a_step_as_half_and_leaves_absence_out() -> None:
    first, second = np.array([[0, 1, 2, 3, 0]], np.uint8), np.array([[0, 2, 0, 0, 5]], np.uint8)
    alike, common = agreement(first, second)  # yes-yes 1, abstain-no ½, no-yes 0; two without a vote in both
    assert (alike.item(), common.item()) == (0.5, 3)


def test_pairs_are_one_to_one_and_the_best_comes_first() -> None:
    score = np.array([[5.0, 4.0, -9.0], [4.5, -9.0, -9.0]])
    assert best_pairs(score, -1) == [(0, 0, 5.0)]
    assert best_pairs(np.array([[1.0, 1.0], [1.0, 1.0]]), 0) == [(0, 0, 1.0), (1, 1, 1.0)]


def test_a_lead_over_rivals_counts_up_to_a_point() -> None:
    assert standing(np.array([[-3.0, -9.0], [-9.0, 4.0]]), 0, 0) == pytest.approx(-3 + 1.25 * 3)
    assert standing(np.array([[-3.0, -4.0]]), 0, 0) == pytest.approx(-3 + 1.25)
    assert standing(np.array([[-3.0, -1.0]]), 0, 0) == -3


def test_neighbours_tell_where_a_text_belongs() -> None:
    first, second = np.arange(4.0), np.arange(4.0) + 2  # everything moved by two places
    near = neighbourhood(first, second, [(0, 0, 9.0), (2, 2, 9.0), (3, 3, 9.0)])
    assert near[1].tolist() == pytest.approx(np.log1p([1, 0, 1, 2]).tolist())
    assert neighbourhood(first, second, []) == pytest.approx(np.full((4, 4), np.log1p(20)))
