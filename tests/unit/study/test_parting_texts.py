"""On which recurring texts two states part, worked out by hand on a made-up release."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import vote_tables
from comity.errors import FieldMissing, RollCallsMissing
from comity.model.reading import Reading
from comity.report import parting_tables
from comity.report.document import Fold, Paragraph, Table
from comity.study.answers.parting import PartingAnswer
from comity.study.parting import parting
from comity.study.release import ReleaseCorpus
from comity.study.starter import StarterCorpus

OTHERS = ("USA", "CHN", "GBR", "FRA", "IDN", "MYS", "PHL", "SGP", "THA", "LAO")
LIGHTHOUSES, HARBOURS, LANTERNS = "The keeping of lighthouses", "Harbours and their dues", "Lanterns of small islands"
# Text → how the ten others vote each year; then VNM's and RUS's votes by year, 2005 to 2008.
TEXTS = {
    LIGHTHOUSES: ("NYYAAYYYYY", "YYYY", "NAYY"),
    HARBOURS: ("YNNYNNAYYN", "YYYN", "YYNX"),
    LANTERNS: ("AAYYNNAYAN", "AAAA", "AAAA"),
}
ONCE = ("Drifting ice", "YYNAANYNAN", "Y", "A")  # 2008


def release() -> ReleaseCorpus:
    states = (*OTHERS, "VNM", "RUS")
    lines = ["|date|session|symbol|title|hr|" + "|".join(states) + "|", "|" + "---|" * (5 + len(states))]

    def add(year: int, number: int, title: str, cells: str) -> None:
        head = (f"{year}-12-0{number}", str(year - 1945), f"A/RES/{year - 1945}/{number}", title)
        lines.append("|" + "|".join((*head, "yes" if number == 1 else "no", *cells)) + "|")

    for k, year in enumerate(range(2005, 2009)):
        for number, (title, (others, vnm, rus)) in enumerate(TEXTS.items(), 1):
            add(year, number, title, others + vnm[k] + rus[k])
    title, others, vnm, rus = ONCE
    add(2008, 9, title, others + vnm + rus)
    return vote_tables.corpus(*vote_tables.frames("\n".join(lines)))


def ask(
    periods: str = "2005-2006,2007-2008", issue: str = "all", pair: tuple[str, str] = ("VNM", "RUS")
) -> PartingAnswer:
    return parting(*pair, periods=periods, reading=Reading(issue=issue), corpus=release())


def test_texts_stand_by_how_far_they_part_the_two_in_the_last_period() -> None:
    answer = ask()
    assert [text.label for text in answer.texts] == [HARBOURS, LIGHTHOUSES, LANTERNS]
    assert [text.label for text in answer.parted] == [HARBOURS]
    # Both cast 6 votes in 2007-2008: two on lighthouses, one on harbours (Russia once absent), two on lanterns, one on
    # drifting ice, which is a text of its own.
    assert (answer.cast, answer.different, answer.alone) == (6, 2, 1)


def test_a_text_in_a_period_is_counted_by_hand() -> None:
    harbours, lighthouses, _ = ask().texts
    early, late = lighthouses.periods
    assert (early.slots, early.cast, early.same, early.opposite, early.mean) == ((2005, 2006), 2, 0, 1, 1.5)
    assert (late.cast, late.same, late.mean) == (2, 2, 0.0)
    assert (lighthouses.change, lighthouses.weight) == (-1.5, 1.0)
    late = harbours.periods[1]
    assert (late.slots, late.steps, late.cast) == ((2007, 2008), (2,), 1)
    assert harbours.weight == 2 / 3


def test_what_came_closer_what_moved_apart_and_what_stayed() -> None:
    answer = ask()
    assert {way: [t.label.split()[0] for t in answer.moved(way)] for way in ("closer", "apart", "same")} == {  # type: ignore[arg-type]
        "closer": ["The"],
        "apart": ["Harbours"],
        "same": ["Lanterns"],
    }
    assert all(not ask("2005-2008").moved(way) for way in ("closer", "apart", "same"))  # type: ignore[arg-type]


def test_swapping_the_states_swaps_their_votes_and_nothing_else() -> None:
    forth, back = ask(), ask(pair=("RUS", "VNM"))
    assert [t.family for t in forth.texts] == [t.family for t in back.texts]
    for one, other in zip(forth.texts, back.texts, strict=True):
        assert [(p.a, p.b, p.steps) for p in one.periods] == [(p.b, p.a, p.steps) for p in other.periods]


def test_the_answer_as_a_dictionary_and_a_frame() -> None:
    answer = ask()
    told = json.loads(json.dumps(answer.to_dict()))
    assert told["texts"][0]["periods"][1] == {
        "slots": [2007, 2008], "a": ["yes", "no"], "b": ["no", "absent"], "both_cast": 1, "same": 0, "opposite": 1,
    }  # fmt: skip
    assert answer.to_polars().height == 6
    assert answer.to_polars()["votes_b"][1] == "no; absent"


def test_the_chapter_says_it_in_sentences_and_strips() -> None:
    lead, order, table, change, closer, apart = parting_tables.parting_blocks(ask())
    assert isinstance(lead, Paragraph) and isinstance(order, Paragraph) and isinstance(change, Paragraph)
    assert lead.text == (
        "In 2007–2008, Viet Nam and Russia cast different votes on 2 of the 6 roll calls on which both cast one. "
        "Texts that recur (1) hold 1 of these 2; texts that met no second vote hold 1."
    )
    assert isinstance(table, Table)
    assert [[item.text for item in line.items] for line in table.lines] == [
        ["Harbours and their dues (2005–2008)", "Viet Nam", "YY", "YN"],
        ["", "Russia", "YY", "Nx"],
        ["", "alike", "2 of 2", "0 of 1"],
    ]
    assert "closer together on 1, further apart on 1, and as before on 1" in change.text
    assert isinstance(closer, Fold) and isinstance(apart, Fold)
    assert (closer.title, apart.title) == (
        "Texts on which they came closer: 1 of 1",
        "Texts on which they moved apart: 1 of 1",
    )


def test_lines_that_may_be_one_text_say_so_where_both_are_listed() -> None:
    answer = ask()
    one, other, third = answer.texts
    doubled = [replace(one, maybe=(other.family, 99)), replace(other, maybe=(one.family,)), replace(third, maybe=(99,))]
    names = [line.items[0].text for line in parting_tables.strips(answer, doubled, "").lines if line.kind == "first"]
    assert ["may be one text" in name for name in names] == [True, True, False]


def test_nothing_to_part_on_is_said() -> None:
    (said,) = parting_tables.parting_blocks(ask("2007-2008", issue="hr"))
    assert isinstance(said, Paragraph)
    assert "voted alike on all 2 roll calls" in said.text


def test_no_vote_together_is_said() -> None:
    answer = ask("2005-2006,2008", issue="title:harbours")
    blocks = parting_tables.parting_blocks(answer)
    assert all(isinstance(block, Paragraph) for block in blocks)
    lead, change = (block.text for block in blocks if isinstance(block, Paragraph))
    assert "cast no vote together" in lead
    assert "cannot be said" in lead and "cannot be said" in change


def test_it_needs_roll_calls_with_titles() -> None:
    with pytest.raises(RollCallsMissing):
        parting("VNM", "RUS", corpus=StarterCorpus.load())
    held = release()
    with pytest.raises(FieldMissing):
        parting(
            "VNM", "RUS", corpus=ReleaseCorpus(held.manifest, held.roll_calls.with_columns(title=None), held.matrix)
        )
