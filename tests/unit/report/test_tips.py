"""What a figure tells at a mark is told in words, never under the name of a field."""

from __future__ import annotations

import json
import re
from importlib import resources

import factory

from comity.model.words import catalogue
from comity.report.figures.save import spec, svg
from comity.report.figures.strip import rank_strip


def test_every_field_that_a_figure_tells_has_its_word() -> None:
    told: set[str] = set()
    for module in (resources.files("comity.report") / "figures").iterdir():
        if module.name.endswith(".py"):
            text = module.read_text(encoding="utf-8")
            for fields in re.findall(r"(?:tooltip=|_TIPS = |tips = )\[(.*?)\]", text, re.DOTALL):
                told |= set(re.findall(r'"(\w+):[NQOT]"', fields))
    assert {"year", "tiv", "theta", "checked"} <= told
    assert {name for name in told if f"tip.{name}" not in catalogue()} == set()


def test_the_words_stand_in_the_figure_as_data_and_the_drawing_is_the_same() -> None:
    figure = rank_strip([(factory.rank_answer(), "VNM")])
    made = spec(figure)
    assert '"title": "Both cast"' in made
    assert svg(figure) == svg(figure, made) == svg(figure, json.dumps(figure.to_dict(validate=False)))
