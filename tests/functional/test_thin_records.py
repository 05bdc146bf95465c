"""Records that say little: one roll call in a period, nothing but unanimous ones, a group with one member, nobody.

Every command answers with what there is, undefined values with their reason, or one line that says why it cannot; none
with a warning of numpy's.
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from random import Random

import pytest

import comity as front
from comity import errors
from small_store import Ran, comity

STATES = ("VNM", "LAO", "THA", "RUS", "USA", "CHN", "FRA", "BRA", "IND", "ZAF", "CUB", "ISR")
ONE, UNANIMOUS, LATER = 2011, 2012, 2013


def _file() -> str:
    """2000 to 2010 and 2013 with eight roll calls a year; one in 2011; six on which all vote yes in 2012."""
    random = Random(5)
    lines = ["symbol,date,title,iso3,vote"]
    for year in (*range(2000, 2011), ONE, UNANIMOUS, LATER):
        for k in range(1, {ONE: 1, UNANIMOUS: 6}.get(year, 8) + 1):
            for place, state in enumerate(STATES):
                vote = random.choices("YANX", (2 + place, 3, 9 - place / 2, 1))[0]
                vote = "Y" if year == UNANIMOUS or (year == ONE and state != "USA") else vote
                vote = "N" if year == ONE and state == "USA" else vote
                lines.append(f"A/RES/{year - 1945}/{k},{year}-11-{k + 10},Question {k} of all,{state},{vote}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("thin")
    file = folder / "thin.csv"
    file.write_text(_file())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(folder / "home"))
        front.add(file)
    return folder / "home"


@pytest.fixture(autouse=True)
def thin(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(filled))
    monkeypatch.chdir(tmp_path)


def ran(line: str, capsys: pytest.CaptureFixture[str]) -> Ran:
    """The command, any warning of numpy's an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        return comity([*line.split(), "--release", "plain-2000-2013"], capsys)


@pytest.mark.parametrize("year", [ONE, UNANIMOUS])
@pytest.mark.parametrize(
    "question",
    [
        "pair VNM RUS --periods {year} --measure all",
        "pair VNM USA --vs RUS --periods 2010,{year} --measure kappa_sq",
        "trend VNM RUS --period {year}",
        "trend VNM RUS --period {year} --breaks",
        "rank VNM --period {year}",
        "rank VNM --period {year} --among asean",
        "splits VNM USA --period {year}",
        "moved VNM RUS --periods 2010,{year}",
        "moved VNM RUS --periods {year},2013",
        "decompose VNM RUS --periods 2010,{year}",
        "decompose VNM RUS --periods {year},2013",
        "cohesion asean --period {year}",
        "atlas --measure all --period {year} -o made.csv",
    ],
)
def test_one_roll_call_or_nothing_but_unanimous_ones(
    question: str, year: int, capsys: pytest.CaptureFixture[str]
) -> None:
    done = ran(question.format(year=year), capsys)
    assert done.code == 0, done.err
    assert "Traceback" not in done.err
    assert " nan" not in done.out.lower()


@pytest.mark.parametrize(
    ("year", "says"), [(ONE, "the 1 roll call selected"), (UNANIMOUS, "the 6 roll calls selected")]
)
def test_no_blocs_where_nobody_differs(year: int, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(f"blocs --year {year}", capsys)
    assert done.code == errors.EmptySelection.exit_code
    assert done.err.count("\n") == 1
    assert says in done.err and "Where all vote alike, or on one roll call, there are no blocs" in done.err


@pytest.mark.parametrize(("group", "says"), [("csto", "at most 1 member with a seat"), ("caricom", "no member held")])
@pytest.mark.parametrize("period", ["2005", str(ONE), str(UNANIMOUS)])
def test_a_group_of_one_or_of_nobody_has_no_cohesion(
    group: str, says: str, period: str, capsys: pytest.CaptureFixture[str]
) -> None:
    done = ran(f"cohesion {group} --period {period}", capsys)
    assert done.code == errors.EmptySelection.exit_code
    assert done.err.count("\n") == 1
    assert says in done.err and "two members or more" in done.err


@pytest.mark.parametrize("group", ["csto", "five_eyes"])
def test_ranked_among_a_group_of_one(group: str, capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(f"rank VNM --period {ONE} --among {group} --format json", capsys)
    assert done.code == 0, done.err
    assert len(json.loads(done.out)["partners"]) == 1


def test_unanimous_votes_leave_chance_corrected_measures_undefined_with_the_reason() -> None:
    answer = front.pair("VNM", "RUS", periods=str(UNANIMOUS), measures="all", release="plain-2000-2013")
    found = {m.id: m for m in answer.lead.cells[0].measures}
    for id in ("kappa_lin", "kappa_sq", "pi_lin", "pi_sq", "alpha_nominal", "alpha_interval", "alpha_ordinal"):
        assert found[id].value is None
        assert "one and the same choice" in str(found[id].reason)
        assert found[id].choices == ((6, 0, 0), (6, 0, 0))
    assert found["same_share"].value == found["brennan_prediger"].value == 1


def test_too_few_votes_for_points(capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(f"decompose VNM RUS --periods {ONE},{UNANIMOUS}", capsys)
    lead = " ".join(done.out.split())
    assert "with so few votes a change in percentage points says little." in lead
    assert "95 % interval –" not in lead.partition("Parts of the change")[0]
    assert "absent from 0 of their 3 votes" in " ".join(ran(f"cohesion asean --period {ONE}", capsys).out.split())
