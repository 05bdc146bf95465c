"""What answers about the Security Council say of themselves, and what they refuse."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from comity.errors import ComityError, EmptySelection, FieldMissing, StateDidNotExist, UnknownIssue, UnknownRelease
from comity.ingest.add import add_files
from comity.model.choice import Choice
from comity.model.reading import Reading
from comity.report.terminal import text
from comity.report.text_formats import as_html, as_markdown
from comity.states.registry import registry
from comity.store.home import at
from comity.study.answers.pair import PairAnswer
from comity.study.council_vetoes import sat_on
from comity.study.moved import moved
from comity.study.opening import open_release
from comity.study.pair import pair
from comity.study.rank import rank
from comity.study.splits import splits
from comity.study.trend import trend
from comity.study.vote import vote
from council_files import council_csv, three_years

COUNCIL = Reading(release="sc")
SYMBOL = "S/RES/90804(2008)"


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A store with a small release of the Assembly and one of the Council."""
    folder = tmp_path_factory.mktemp("council")
    with at(folder / "home"):
        (folder / "own.csv").write_text(
            "symbol,date,title,iso3,vote\n"
            + "".join(
                f"A/RES/63/{k},2008-12-{k:02},Made up,{s},Y\n" for k in range(1, 9) for s in ("USA", "RUS", "VNM")
            )
        )
        (folder / "council.csv").write_text(council_csv(three_years()))
        add_files([folder / "own.csv"], label="assembly")
        add_files([folder / "council.csv"])
        yield folder


def ids(answer: PairAnswer) -> set[str]:
    return {note.id for note in answer.notes}


@pytest.mark.parametrize(
    "ask",
    [
        lambda: pair("RUS", "VNM", reading=COUNCIL, vs="USA", periods="2008,2009"),
        lambda: trend("RUS", "VNM", reading=COUNCIL),
        lambda: splits("RUS", "HRV", reading=COUNCIL),
        lambda: rank("VNM", reading=COUNCIL),
        lambda: vote(SYMBOL),
    ],
    ids=["pair", "trend", "splits", "rank", "vote"],
)
def test_every_face_says_which_body_and_that_vetoed_drafts_are_missing(ask: Callable[[], object]) -> None:
    answer = ask()
    told = answer.to_dict()  # type: ignore[attr-defined]
    assert told["body"] == told["origin"]["body"] == "SC"
    assert any(note["id"] == "council_adopted" for note in told["notes"])
    for face in (text(answer, 100), as_markdown(answer), as_html(answer)):  # type: ignore[arg-type]
        flowing = " ".join(face.split())
        assert "Security Council" in flowing
        assert "General Assembly" not in flowing
        assert "vetoed ones among them" in flowing


def test_the_assembly_is_asked_by_default_and_says_so() -> None:
    answer = pair("RUS", "VNM")
    assert (answer.header.origin.release, answer.to_dict()["body"]) == ("assembly", "GA")
    assert "in the General Assembly" in answer.headline and "Council" not in text(answer, 100)
    assert "vetoed_drafts" not in answer.to_dict()


def test_resolutions_without_a_vote_are_told() -> None:
    (told,) = [n.text for n in pair("RUS", "VNM", reading=COUNCIL).notes if n.id == "council_unvoted"]
    assert told.startswith("Resolutions of 2008–2009 adopted without a vote") and "member: 2." in told
    assert all(cell.counts.roll_calls == 11 for cell in pair("RUS", "VNM", reading=COUNCIL).lead.cells)


def test_a_state_without_a_seat_is_no_member_and_not_absent() -> None:
    corpus = open_release("sc", council=True)
    column = corpus.matrix.cells[:, corpus.matrix.column["VNM"]]
    assert (column[corpus.matrix.year == 2007] == Choice.NOT_MEMBER).all()
    assert not (column[corpus.matrix.year == 2008] == Choice.NOT_MEMBER).any()
    assert {b.state for b in vote("S/RES/90701(2007)").ballots} == {
        *("CHN", "FRA", "GBR", "RUS", "USA"),
        *("BEL", "GHA", "IDN", "ITA", "PAN", "PER", "QAT", "SVK", "ZAF", "COG"),
    }


def test_ranks_are_over_those_that_sat() -> None:
    ranked = rank("VNM", period="2009", reading=COUNCIL)
    assert {p.state for p in ranked.partners} == {
        *("CHN", "FRA", "GBR", "RUS", "USA", "AUT", "BFA", "CRI", "HRV", "JPN", "LBY", "MEX", "TUR", "UGA")
    }
    assert not ranked.too_few


def test_vetoed_drafts_of_the_ledger_on_which_both_sat() -> None:
    answer = pair("RUS", "VNM", periods="2008,2009", reading=COUNCIL)
    assert [(v.draft, v.vetoed_by) for v in answer.vetoes] == [
        ("S/2008/447", ("CHN", "RUS")),
        ("S/2009/310", ("RUS",)),
    ]
    (told,) = [n.text for n in answer.notes if n.id == "council_vetoes"]
    assert "both held a seat on 2: 2 vetoed by Russia and not by Viet Nam. How other" in told
    assert answer.to_dict()["vetoed_drafts"][0]["draft"] == "S/2008/447"
    us = pair("RUS", "USA", periods="2008", reading=COUNCIL)
    assert any("holds no veto of the United States among them" in n.text for n in us.notes)
    assert not any("0 vetoed" in n.text for n in us.notes)
    both = pair("RUS", "CHN", periods="2007-2008", reading=COUNCIL)
    assert [v.draft for v in both.vetoes] == ["S/2007/14", "S/2008/447"]


@pytest.mark.parametrize(
    ("state", "day", "sat"),
    [
        ("VNM", date(2008, 7, 11), True),
        ("VNM", date(2007, 1, 20), False),
        ("VNM", date(2008, 1, 1), None),  # before the year's first resolution of the file
        ("VNM", date(2009, 12, 31), None),
        ("VNM", date(2012, 7, 19), None),  # a year the file does not hold
        ("RUS", date(1956, 11, 4), True),
        ("CHN", date(1971, 1, 1), False),
        ("TWN", date(1971, 1, 1), True),
        ("CHN", date(2012, 7, 19), True),
    ],
)
def test_a_seat_is_known_or_it_is_not(state: str, day: date, sat: bool | None) -> None:
    assert sat_on(open_release("sc", council=True), registry().state(state), day) is sat


@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        (lambda: pair("VNM", "BEL", reading=COUNCIL, periods="2007"), StateDidNotExist, "Viet Nam: 2008–2009"),
        (lambda: pair("VNM", "QAT", reading=COUNCIL), EmptySelection, "Viet Nam: 2008–2009; Qatar: 2007"),
        (
            lambda: pair("VNM", "QAT", reading=COUNCIL, periods="2007-2009"),
            EmptySelection,
            "at the same time in 2007-2009",
        ),
        (lambda: trend("VNM", "QAT", reading=COUNCIL), EmptySelection, "Votes in the General Assembly can be asked"),
        (lambda: pair("VNM", "NOR", reading=COUNCIL), StateDidNotExist, "Norway (NOR) held no seat in the Security"),
        (lambda: rank("NOR", reading=COUNCIL), StateDidNotExist, "held no seat in the Security Council"),
        (lambda: pair("RUS", "VNM", reading=COUNCIL, vs="NOR"), StateDidNotExist, "Norway"),
        (lambda: pair("RUS", "VNM", reading=Reading(release="sc", issue="hr")), FieldMissing, "no issue flags"),
        (lambda: pair("RUS", "VNM", reading=Reading(release="sc", issue="me+hr")), FieldMissing, "no issue flags"),
        (lambda: trend("RUS", "VNM", reading=Reading(release="sc", clock="session")), FieldMissing, "no sessions"),
        (lambda: moved("RUS", "VNM", reading=COUNCIL), UnknownRelease, "of which this question cannot be asked"),
        (lambda: vote("S/RES/90809(2008)"), UnknownIssue, "adopted without a vote"),
        (lambda: vote("A/RES/63/1", release="sc"), UnknownIssue, "A/RES/63/1"),
    ],
)
def test_what_cannot_be_answered_says_why(ask: Callable[[], object], error: type[ComityError], says: str) -> None:
    with pytest.raises(error) as caught:
        ask()
    assert type(caught.value) is error
    assert says in str(caught.value) and "\n" not in str(caught.value)


def test_titles_and_subjects_can_be_searched() -> None:
    answer = pair("RUS", "VNM", periods="2008", reading=Reading(release="sc", issue="title:90804"))
    assert answer.lead.cells[0].counts.roll_calls == 1
    answer = pair("RUS", "VNM", periods="2008", reading=Reading(release="sc", issue="subject:made-up"))
    assert answer.lead.cells[0].counts.roll_calls == 11


def test_a_second_release_of_the_council_that_counts_otherwise_is_told(store: Path) -> None:
    with at(store / "other"):
        (store / "shorter.csv").write_text(council_csv(three_years()[:-13]))
        add_files([store / "council.csv"])
        add_files([store / "own.csv"], label="assembly")
        add_files([store / "shorter.csv"])
        assert "differs" not in ids(pair("RUS", "USA", periods="2007", reading=COUNCIL))
        rows = three_years()
        changed = [r if r.number != 90704 else type(r)(r.number, r.day, {**r.votes, "RUS": "Y"}) for r in rows]
        (store / "changed.csv").write_text(council_csv(changed))
        add_files([store / "changed.csv"], label="changed")
        told = [n.text for n in pair("RUS", "USA", periods="2007", reading=COUNCIL).notes if n.id == "differs"]
        assert told and all("assembly" not in sentence for sentence in told)
