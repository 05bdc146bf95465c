"""The Security Council on the command line: added, listed, checked, asked beside the Assembly, never in its place."""

from __future__ import annotations

import csv
import io
import json
import shlex
from pathlib import Path

import pytest

from council_files import council_csv, three_years
from small_store import LABELS, Ran, comity, fill

LABEL = "undl-sc-2007-2009"
QUESTIONS = [
    "pair VNM RUS --body sc --period 2008-2009 --vs USA",
    f"pair VNM RUS --release {LABEL} --measure all",
    "trend VNM RUS --body sc",
    "splits RUS HRV --body sc",
    "rank VNM --body sc",
    "rank VNM --body sc --among USA,CHN",
    "vote 'S/RES/90804 (2008)' --group ASEAN",
    "vote S/RES/90804",
    "vote MADE-UP-90804 --body sc",
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up releases of the Assembly, and one of the Council that was added last."""
    folder = tmp_path_factory.mktemp("store")
    file = folder / "council.csv"
    file.write_text(council_csv(three_years()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(folder / "home"))
        fill()
        from comity.ingest.add import add_files

        add_files([file])
    return folder


@pytest.fixture(autouse=True)
def use_store(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(store / "home"))


def ran(line: str, capsys: pytest.CaptureFixture[str], code: int = 0) -> Ran:
    found = comity(shlex.split(line), capsys)
    assert found.code == code, found.err
    return found


@pytest.mark.parametrize("line", QUESTIONS)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_format_names_the_body(line: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    names = {"en": ("Security Council", "General Assembly"), "vi": ("Hội đồng Bảo an", "Đại hội đồng")}[language]
    for format in ("text", "md", "html"):
        flowing = " ".join(ran(f"--lang {language} {line} --format {format}", capsys).out.split())
        assert names[0] in flowing
        assert names[1] not in flowing
    assert json.loads(ran(f"{line} --format json", capsys).out)["body"] == "SC"
    rows = list(csv.DictReader(io.StringIO(ran(f"{line} --format csv", capsys).out)))
    assert {(row["body"], row["release"]) for row in rows} <= {("SC", LABEL)}


def test_the_assembly_answers_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    for line in ("pair VNM RUS", "pair VNM RUS --body ga", "rank VNM", "trend VNM RUS"):
        found = json.loads(ran(f"{line} --format json", capsys).out)
        assert (found["body"], found["release"]) == ("GA", LABELS[0])
    assert LABEL not in ran("pair VNM RUS", capsys).out


def test_both_bodies_are_listed_apart(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(ran("data list --format json", capsys).out)["releases"]
    assert [(m["release"], m["body"]) for m in found] == [*((label, "unga") for label in LABELS), (LABEL, "unsc")]
    shown = ran("data list", capsys).out
    assert shown.index(LABELS[-1]) < shown.index("Releases of the Security Council") < shown.index(LABEL)


@pytest.mark.parametrize("line", ["data check --body sc", "data check sc", f"data check {LABEL}"])
def test_a_check_of_the_council(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(ran(f"{line} --format json", capsys).out)
    assert (found["release"], found["against"]) == (LABEL, [])
    assert [f["kind"] for f in found["findings"]] == ["without_vote"]
    assert json.loads(ran("data check --format json", capsys).out)["release"] == LABELS[0]


def test_adding_says_what_it_serves(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    told = ran(f"data add {store / 'council.csv'}", capsys).out
    assert f"added {LABEL}: 33 roll calls" in told and "answer only where --body sc" in told
    assert "adopted without a vote: 45" in told
    assert "already there" in ran(f"data add {store / 'council.csv'}", capsys).out
    assert json.loads(ran("pair VNM RUS --format json", capsys).out)["release"] == "starter"
    ran(f"data remove {LABEL}", capsys)
    assert "holds no release of the Security Council" in ran("pair VNM RUS --body sc", capsys, 16).err
    assert "Save the Library’s Security Council voting data" in ran("vote 'S/RES/90804(2008)'", capsys, 15).err


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("pair VNM RUS --body sc --issue hr", 22, "carry no issue flags (got 'hr'). Allowed: all, title:WORDS"),
        ("trend VNM RUS --body sc --clock session", 22, "has no sessions"),
        ("pair VNM QAT --body sc", 21, "at the same time"),
        ("pair VNM NOR --body sc", 12, "held no seat in the Security Council"),
        ("pair VNM RUS --body sc --period 2012", 14, "reaches outside the data"),
        (f"pair VNM RUS --body sc --release {LABELS[0]}", 2, "do not fit"),
        ("pair VNM RUS --body who", 2, "ga"),
        ("pair VNM RUS --body sc --intervals", 16, "without --intervals"),
        ("trend VNM RUS --body sc --breaks", 16, "and --breaks"),
        ("blocs --release sc", 16, "of which this question cannot be asked"),
        (f"ideal fit --release {LABEL}", 16, "of which this question cannot be asked"),
        (f"dossier VNM RUS --release {LABEL}", 16, "of which this question cannot be asked"),
        (f"moved VNM RUS --release {LABEL}", 16, "of which this question cannot be asked"),
        (f"outliers VNM RUS --release {LABEL}", 16, "of which this question cannot be asked"),
        (f"situations VNM RUS --release {LABEL}", 16, "of which this question cannot be asked"),
        (f"family list --release {LABEL}", 16, "of which this question cannot be asked"),
        (f"atlas --release {LABEL} -o atlas.csv", 16, "of which this question cannot be asked"),
        (f"export dyad-year --release {LABEL}", 16, "of which this question cannot be asked"),
        (f"data build-starter --release {LABEL}", 16, "of which this question cannot be asked"),
        (f"data diff {LABEL} {LABELS[0]}", 2, "one body"),
        (f"data check --body sc --against {LABELS[0]}", 2, "one body"),
        ("vote 'S/RES/90809(2008)'", 15, "adopted without a vote"),
        ("vote A/RES/68/262 --body sc", 15, "A/RES/68/262"),
    ],
)
def test_mistakes_are_one_line(
    line: str, code: int, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    found = comity(shlex.split(line), capsys)
    assert (found.code, found.out) == (code, "")
    assert says in found.err and found.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_maps_name_the_body(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for what in ("VNM --release sc", "'S/RES/90804(2008)'"):
        ran(f"figure world {what} -o {tmp_path / 'map.svg'}", capsys)
        drawn = (tmp_path / "map.svg").read_text()
        assert "Security Council" in drawn
        assert "General Assembly" not in drawn and "of the United Nations" not in drawn
    ran(f"figure world VNM -o {tmp_path / 'map.svg'}", capsys)
    assert "of the United Nations" in (tmp_path / "map.svg").read_text()


def test_the_source_to_cite_is_the_councils(capsys: pytest.CaptureFixture[str]) -> None:
    told = ran("cite data --release sc", capsys).out
    assert "Security Council Voting Data" in told and "General Assembly" not in told
