"""comity events show and its figure, on the command line; events in the dossier and beside the strands of a balance."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from comity.report.document import Paragraph, Picture
from comity.report.dossier.chapters import document
from comity.store.home import events_folder
from comity.study.balance.spread import balance
from comity.study.dossier import dossier
from event_lines import gdelt, write
from event_tables import keep_events, nobody, row, two_years
from small_store import comity, contents, fill


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def test_what_was_built_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [gdelt(), gdelt(a="RUS", b="VNM", quad="4", goldstein="-10.0"), gdelt(a="", b=""), gdelt(a="EUR")]
    write(tmp_path / "in" / "a.csv", *lines, gdelt(day="20160101", a="USA", b="CHN"))
    assert comity(["events", "build", "in"], capsys).code == 0
    told = json.loads(comity(["events", "show", "VNM", "RUS", "--format", "json"], capsys).out)
    first, second = told["spans"]
    assert (first["both"]["events"], first["both"]["of_all"], first["both"]["goldstein"]) == (2, 4, -3.6)
    assert (second["both"]["events"], second["both"]["of_all"], second["place"]["rank"]) == (0, 1, None)
    assert (first["a_to_b"]["tone"], first["b_to_a"]["material_conflict"]) == (1.5, 1)
    assert "EUR (1)" in told["notes"][-1]["text"]
    assert told["hash"] == json.loads((events_folder() / "events.json").read_text())["made"]["hash"]


@pytest.mark.parametrize(
    ("asked", "code", "says"),
    [
        (["VNM", "RUS"], 24, "comity events build"),
        (["VNM", "RUS", "--from", "elsewhere"], 30, "No events there"),
        (["VNM", "RUS", "--from", "made", "--by", "day"], 2, "year, quarter, month"),
        (["VNM", "RUS", "--from", "made", "--period", "2001"], 14, "2014-2015"),
        (["VNM", "CHN", "--from", "made"], 21, "no event between these states"),
        (["VNM", "Atlantis", "--from", "made"], 10, "Atlantis"),
    ],
)
def test_a_mistake_is_one_line(asked: list[str], code: int, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    keep_events(Path("made"), two_years())
    ran = comity(["events", "show", *asked], capsys)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err
    assert ran.err.count("\n") == 1


def test_every_format_carries_the_source(capsys: pytest.CaptureFixture[str]) -> None:
    keep_events(events_folder(), two_years())
    for kind in ("text", "csv", "md", "html", "json"):
        ran = comity(["events", "show", "VNM", "RUS", "--by", "month", "--format", kind], capsys)
        assert (ran.code, ran.err) == (0, "")
        assert "0123456789ab" in ran.out
    assert "Sự kiện" in comity(["--lang", "vi", "events", "show", "VNM", "RUS"], capsys).out


def test_the_figure_and_its_rows(capsys: pytest.CaptureFixture[str]) -> None:
    keep_events(events_folder(), two_years())
    assert comity(["figure", "events", "VNM", "RUS", "-o", "events.svg"], capsys).code == 0
    assert set(contents(Path())) >= {"events.svg", "events.csv"}
    lone = comity(["figure", "events", "VNM", "RUS", "--period", "2014", "-o", "lone.svg"], capsys)
    assert (lone.code, Path("lone.svg").exists()) == (20, False)
    assert "--by month" in lone.err


def test_a_dossier_says_once_how_to_add_events_and_has_them_where_they_are() -> None:
    fill()
    bare = dossier("VNM", "RUS", periods="2000-2015", ideal=False)
    (gap,) = [s for s in bare.strands if s.key == "events"]
    assert gap.answer is None
    assert gap.gap == "The store holds no events. Build them from files of your own: comity events build FILES."
    keep_events(events_folder(), two_years())
    whole = dossier("VNM", "RUS", periods="2000-2015", ideal=False)
    (found,) = [s for s in whole.strands if s.key == "events"]
    assert found.answer is not None
    opening, picture, *_ = next(c for c in document(whole).chapters if c.id == "strand-events").blocks
    assert isinstance(opening, Paragraph)
    assert opening.text.startswith("Event data is noisy")
    assert isinstance(picture, Picture)
    assert "noisy" not in bare.lead_pair.headline
    (other,) = [s for s in dossier("VNM", "FRA", periods="2000-2015", ideal=False).strands if s.key == "events"]
    assert other.answer is None


def test_a_balance_shows_events_beside_and_never_counts_them() -> None:
    fill()
    before = balance("VNM", period="2010-2019")
    assert "events" not in [s.strand for s in before.strands]
    keep_events(
        events_folder(),
        [
            row(20140305, "VNM", "RUS", (30, 0, 0, 0), 0),
            row(20140305, "USA", "VNM", (10, 0, 0, 0), 0),
            row(20140305, "USA", "CHN", (60, 0, 0, 0), 0),
            nobody(20140305, 50),
        ],
    )
    after = balance("VNM", period="2010-2019")
    events = after.strands[-1]
    assert (events.strand, events.counted, events.level) == ("events", False, 1.0)
    assert [(t.power, t.value) for t in events.ties] == [("USA", 25.0), ("CHN", 0.0), ("RUS", 75.0)]
    # Of 160 places in events, the partners hold 70 (USA), 60 (CHN), 30 (RUS) apart from Viet Nam's 40.
    assert [t.baseline for t in events.ties] == pytest.approx([25 / (7000 / 160), 0, 75 / (3000 / 160)])
    assert (after.means, after.path) == (before.means, before.path)
    assert "events.warning" in [n.id for n in after.notes]
    (none,) = [s for s in balance("THA", period="2010-2019").strands if s.strand == "events"]
    assert none.gap == "The files have no event of this state in these years."
