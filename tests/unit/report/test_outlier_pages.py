"""What is printed of outliers: chances that proved too small are said, titles are titles, numbers are named."""

from __future__ import annotations

from dataclasses import replace

import outlier_factory
import pytest

from comity.report import record, terminal
from comity.report.outlier_tables import sentences
from comity.report.text_formats import as_json, as_markdown


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ((343, 203.0, 95_751), "1.7 times as often as expected: the chances given are too small"),
        ((100, 203.0, 95_751), "0.5 times as often as expected: the chances given are too large"),
        ((240, 203.0, 95_751), None),
        ((19, 2.0, 900), None),
    ],
)
def test_chances_that_proved_wrong_are_said(held: tuple[int, float, int], said: str | None) -> None:
    told = sentences(replace(outlier_factory.outliers_answer(), held=held))
    assert [s for s in told if "times as often" in s] == [s for s in told if said and said in s]
    assert said is None or any(said in s for s in told)


def test_a_speech_is_printed_as_its_title_and_stored_as_it_is() -> None:
    answer = outlier_factory.outliers_answer()
    speech = (
        "The President: Draft resolution XXI is entitled _Women <d2>and<d3> peace<d3>. A vote has been requested. A"
    )
    row = replace(answer.rows[0], split=replace(answer.rows[0].split, title=speech, symbol=None, roll_call="9446"))
    answer = replace(answer, rows=(row,))
    for text in (terminal.text(answer), as_markdown(answer)):
        assert "roll call 9446" in text and "Draft resolution XXI" not in text and "<d" not in text
    assert "Draft resolution XXI is entitled" in as_json(answer)


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ("A/73/251 101b - Nuclear disarmament. - NUCLEAR DISARMAMENT", "Nuclear disarmament"),
        (
            "The President (spoke in French): We now turn to draft resolution XXII, entitled _Convening<d3>. A",
            "Convening",
        ),
        ("The Assembly<90>s rules", "The Assembly’s rules"),
        ("Situation of human rights in Iraq.", "Situation of human rights in Iraq."),
    ],
)
def test_titles(stored: str, printed: str) -> None:
    assert record.title(stored) == printed
