"""Faults that another release shows are kept with both, said beside the answers they touch, and forgotten with it."""

import random
from datetime import date
from pathlib import Path

import pytest

from comity.ingest.add import add_files, remove
from comity.model.reading import Reading
from comity.states.registry import registry
from comity.store.releases import get
from comity.study.pair import pair

# Enough states that an exchange of two leaves two roll calls recognisably the same vote.
STATES = sorted(registry().members(date(2015, 12, 1)))
COUNT = 12


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))


def table(path: Path, *, without: str = "", swap: tuple[str, str] = ("", "")) -> Path:
    """Twelve roll calls of session 70; each state's votes follow a pattern of its own."""
    names = dict(zip(swap, reversed(swap), strict=True))
    rows = []
    for i in range(COUNT):
        for j, state in enumerate(STATES):
            vote = "X" if state == without and i > 0 else random.Random(f"{i} {j}").choice("YAN")
            rows.append(f"A/RES/70/{i + 1},2015-12-{i + 1:02},Text {i},{names.get(state, state)},{vote}")
    path.write_text("\n".join(["symbol,date,title,iso3,vote", *rows]) + "\n")
    return path


def notes(a: str, b: str, release: str) -> list[str]:
    answer = pair(a, b, periods="2015", reading=Reading(release=release))
    return [n.text for n in answer.notes if n.id.startswith("fault_")]


def test_a_missing_state_is_said_of_the_release_that_lacks_it(tmp_path):
    add_files([table(tmp_path / "whole.csv")], label="whole")
    add_files([table(tmp_path / "holed.csv", without="NOR")], label="holed")
    (fault,) = get("holed").faults
    assert (fault.kind, fault.state, fault.session, fault.against) == ("missing", "NOR", 70, "whole")
    assert get("whole").faults == ()
    (said,) = notes("NOR", "USA", "holed")
    assert "in session 70 holed lacks the votes of Norway" in said
    assert notes("FRA", "USA", "holed") == []
    assert notes("NOR", "USA", "whole") == []


def test_an_exchange_is_said_of_both_and_forgotten_with_one(tmp_path):
    add_files([table(tmp_path / "whole.csv")], label="whole")
    add_files([table(tmp_path / "swapped.csv", swap=("BRA", "IND"))], label="swapped")
    for release in ("whole", "swapped"):
        assert {f.kind for f in get(release).faults} == {"exchanged"}
        assert any("Brazil" in said and "India" in said for said in notes("BRA", "USA", release))
    remove("swapped")
    assert get("whole").faults == ()
    assert notes("BRA", "USA", "whole") == []
