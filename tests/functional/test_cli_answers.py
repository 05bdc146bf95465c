"""What the questions print: the JSON that others build on, and every format of every question."""

from __future__ import annotations

import csv
import io
import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from small_store import LABELS, SYMBOL, comity, fill

CATEGORIES = ["same", "ambivalent", "opposite", "absent"]
# The keys that the project's first issue promises, in its order; a reader may rely on them.
PROMISED_PERIOD = [
    "label", "roll_calls", "same", "same_yes", "same_abstain", "same_no", "ambivalent", "opposite", "absent",
    "coded_nonmember", "share_of_all", "share_of_cast",
]  # fmt: skip
PROMISED = ["release", "last_roll_call", "issue", "pairs", "dropped", "notes"]

QUESTIONS = {
    "pair": "pair VNM RUS --issue hr --periods 1992-1999,2000-2020 --vs USA,CHN",
    "pair, defaults": "pair VNM RUS",
    "pair by session": "pair VNM RUS --clock session --periods 47-54",
    "pair by day": "pair VNM RUS --clock day --periods 1992-01-01..1999-12-31",
    "pair, every choice": "pair VNM RUS --coded-nonmember drop --duplicates keep --tally-mismatch strict",
    "pair, intervals": "pair VNM RUS --issue hr --periods 1992-1999,2000-2020 --vs USA --intervals --seed 7",
    "pair, families and sessions": "pair VNM RUS --issue hr --periods 2000-2020 --intervals --clusters family-session",
    "pair, means of years": "pair VNM RUS --issue hr --measure kappa_sq,ia --average years",
    "trend, intervals": "trend VNM RUS --issue hr --period 1992-2023 --intervals",
    "rank, intervals": "rank RUS --issue hr --period 2000-2020 --among ASEAN --intervals",
    "pair, starter": "pair VNM RUS --issue hr --release starter",
    "trend": "trend VNM RUS --issue hr --period 1992-2023",
    "trend by session": "trend VNM RUS --clock session",
    "trend, starter": "trend IND RUS --release starter",
    "splits": "splits VNM RUS --issue hr --period 2000-2020",
    "rank": "rank RUS --issue hr --period 2000-2020",
    "rank, none too few": "rank RUS --min-common 0",
    "rank, starter": "rank RUS --issue hr --release starter",
    "vote": f"vote {SYMBOL} --group ASEAN",
    "vote by id": "vote r7",
    "vote, ledger": "vote A/RES/ES-11/1 --group ASEAN",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(folder))
        fill()
    return folder


@pytest.fixture(autouse=True)
def use_store(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(store))


def answer(command: str, capsys: pytest.CaptureFixture[str]) -> Any:
    ran = comity([*shlex.split(command), "--format", "json"], capsys)
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def test_the_pair_has_the_promised_keys(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(QUESTIONS["pair"], capsys)
    assert [key for key in found if key in PROMISED] == PROMISED
    assert (found["release"], found["issue"]) == (LABELS[0], "hr")
    assert [(p["a"], p["b"]) for p in found["pairs"]] == [
        ("VNM", "RUS"), ("VNM", "USA"), ("VNM", "CHN"), ("RUS", "USA"), ("RUS", "CHN"),
    ]  # fmt: skip
    for pair in found["pairs"]:
        assert [period["label"] for period in pair["periods"]] == ["1992-1999", "2000-2020"]
        for period in pair["periods"]:
            assert [key for key in period if key in PROMISED_PERIOD] == PROMISED_PERIOD
            assert list(period["share_of_all"]) == CATEGORIES
            assert list(period["share_of_cast"]) == CATEGORIES[:3]
            assert period["same"] == period["same_yes"] + period["same_abstain"] + period["same_no"]
            assert sum(period[c] for c in CATEGORIES) == period["roll_calls"]
            assert sum(period["share_of_all"].values()) == pytest.approx(1)  # four fractions of one whole, rounded
            assert period["share_of_all"]["same"] == period["same"] / period["roll_calls"]
    assert all({"reason", "count"} <= set(d) for d in found["dropped"])
    assert all(set(n) == {"id", "text"} for n in found["notes"])


def test_a_release_that_counts_otherwise_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """voeten-2016 holds other votes, undl-1992-2022 the same ones."""
    notes = [note["text"] for note in answer(QUESTIONS["pair"], capsys)["notes"] if note["id"] == "differs"]
    assert notes
    assert all("voeten-2016" in text and "undl-1992-2022" not in text for text in notes)


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("format", ["text", "json", "csv", "md", "html"])
def test_every_format_of_every_question(name: str, format: str, capsys: pytest.CaptureFixture[str]) -> None:
    ran = comity([*shlex.split(QUESTIONS[name]), "--format", format], capsys)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("\n")
    assert "None" not in ran.out.replace("None of", "")
    assert "nan" not in ran.out.lower().split()
    if format == "json":
        assert json.loads(ran.out)["release"]
    elif format == "csv":
        rows = list(csv.reader(io.StringIO(ran.out)))
        assert len(rows) > 1
        assert len({len(row) for row in rows}) == 1
    elif format == "html":
        assert ran.out.lstrip().startswith("<")


def test_text_is_the_default_and_fits_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    command = shlex.split(QUESTIONS["pair"])
    ran = comity(command, capsys)
    assert ran.out == comity([*command, "--format", "text"], capsys).out
    assert max(map(len, ran.out.splitlines())) <= 100
    assert "\x1b" not in ran.out


def test_the_faces_agree(capsys: pytest.CaptureFixture[str]) -> None:
    command = QUESTIONS["pair"]
    from_json = [
        (pair["a"], pair["b"], period["label"], period["roll_calls"], period["same"])
        for pair in answer(command, capsys)["pairs"]
        for period in pair["periods"]
    ]
    text = comity([*shlex.split(command), "--format", "csv"], capsys).out
    rows = csv.DictReader(io.StringIO(text))
    from_csv = [(r["a"], r["b"], r["period"], int(r["roll_calls"]), int(r["same"])) for r in rows]
    assert from_csv == from_json


def test_questions_agree_with_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    pair = answer("pair VNM RUS --issue hr --periods 2000-2020", capsys)
    lead = pair["pairs"][0]["periods"][0]
    assert len(answer(QUESTIONS["splits"], capsys)["splits"]) == lead["opposite"]
    partners = {p["state"]: p for p in answer(QUESTIONS["rank"], capsys)["partners"]}
    assert (partners["VNM"]["same"], partners["VNM"]["cast"]) == (lead["same"], lead["cast"])
    (standing,) = [r for r in pair["ranks"] if r["state"] == "RUS"]
    assert (standing["rank"], standing["percentile"]) == (partners["VNM"]["rank"], partners["VNM"]["percentile"])
    years = answer("trend VNM RUS --issue hr --period 2000-2020", capsys)["periods"]
    for key in ("roll_calls", *CATEGORIES):
        assert sum(year[key] for year in years) == lead[key]


def test_the_votes_of_one_roll_call(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(QUESTIONS["vote"], capsys)
    assert (found["symbol"], found["date"], found["session"]) == (SYMBOL, "2014-03-27", 68)
    assert found["tally_agrees"] is True
    assert found["link"] == "https://undocs.org/A/RES/68/262"
    in_group = [vote["state"] for vote in found["votes"] if vote["in_group"]]
    assert sorted(in_group) == sorted(found["group"]["members"])
    assert "TLS" not in in_group, "Timor-Leste joined ASEAN in October 2025"
    votes = [vote["vote"] for vote in found["votes"]]
    assert found["tally"] == {
        "yes": votes.count("yes"),
        "no": votes.count("no"),
        "abstain": votes.count("abstained"),
        "nonvoting": votes.count("absent"),
    }


def test_the_lent_and_the_empty_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty store answers from the starter data, and says so."""
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "none"))
    found = answer("pair VNM RUS --issue hr", capsys)
    assert found["release"] == "starter"
    assert found["origin"]["aggregates"] is True
    assert "starter" in [note["id"] for note in found["notes"]]
    assert not (tmp_path / "none").exists()


def test_the_list_of_releases_has_the_keys_that_were_promised(capsys: pytest.CaptureFixture[str]) -> None:
    listed = answer("data list", capsys)["releases"]
    assert {release["release"] for release in listed} == set(LABELS)
    for release in listed:
        assert {"release", "source", "layout", "sha256", "span"} <= release.keys()
        assert release["span"] == [release["first"], release["last"]]
