"""A corpus that is open answers as one opened for the question, from several threads at once too."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import vote_tables
from comity.errors import RollCallsMissing
from comity.model.period import Period
from comity.model.reading import Reading
from comity.study.corpus import Corpus
from comity.study.pair import pair
from comity.study.rank import rank
from comity.study.release import ReleaseCorpus
from comity.study.splits import splits
from comity.study.standing import medians, rank_partners
from comity.study.starter import StarterCorpus
from comity.study.trend import trend

STATES = ("USA", "RUS", "CHN", "GBR", "FRA", "VNM", "BRA")
YEARS = range(1978, 1990)
READINGS = [
    Reading(),
    Reading(issue="hr"),
    Reading(issue="me+hr", coded_nonmember="drop"),
    Reading(issue="title:text 3", duplicates="keep"),
    Reading(clock="session", tally_mismatch="strict"),
]


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Twelve years, thirty roll calls each, every state's choices in a rhythm of its own."""
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    lines = [f"| date | session | hr | me | symbol | title | {' | '.join(STATES)} |"]
    for n in range(30 * len(YEARS)):
        year = YEARS[n // 30]
        choices = ["YANYNYY9A.NY"[(n * (s + 2) + n // (s + 3)) % 12] for s in range(len(STATES))]
        flags = ("yes" if n % 3 == 0 else "no", "yes" if n % 4 == 0 else "no")
        fields = (f"{year}-1{n % 3}-0{1 + n % 9}", year - 1945, *flags, f"A/RES/{year - 1945}/{n}", f"Text {n % 7}")
        lines.append(f"| {' | '.join(map(str, (*fields, *choices)))} |")
    vote_tables.keep(*vote_tables.frames("\n".join(lines)), "made-up")
    return "made-up"


def answers(corpus: Corpus, reading: Reading, n: int) -> list[object]:
    """Four questions of one reading, each over periods that no other n has."""
    years = reading.clock == "year"
    first, middle, last = (y if years else y - 1945 for y in (1978 + n, 1982 + n, 1989))
    periods = f"{first}-{middle},{middle + 1}-{last}"
    return [
        pair("VNM", "RUS", periods=periods, vs="USA,CHN", reading=reading, corpus=corpus).to_dict(),
        trend("VNM", "GBR", period=f"{first}-{last}", reading=reading, corpus=corpus).to_dict(),
        rank("VNM", period=f"{first}-{middle}", reading=reading, corpus=corpus).to_dict(),
        splits("VNM", "USA", period=f"{first}-{last}", reading=reading, corpus=corpus).to_dict(),
    ]


def test_many_threads_ask_one_corpus(release: str) -> None:
    asked = [(reading, n) for reading in READINGS for n in range(4)]
    alone = [answers(ReleaseCorpus.load(release), *one) for one in asked]
    shared = ReleaseCorpus.load(release)
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda one: answers(shared, *one), asked * 3))
    assert together == alone * 3


def test_medians_of_all_periods_are_those_of_each(release: str) -> None:
    known = []
    for reading in READINGS:
        periods = [Period(y, y) if reading.clock == "year" else Period(y - 1945, y - 1945, "session") for y in YEARS]
        cut = ReleaseCorpus.load(release).cut(reading, periods)
        for state in (*STATES, "MEX"):
            each = [rank_partners(cut.partners(k, state), cut.seated(k, state)).median for k in range(len(periods))]
            assert list(medians(cut, state)) == each
            known += [value for value in each if value is not None]
    assert len(set(known)) > 20, "too few medians for the test to prove anything"


def test_the_starter_has_medians_of_its_anchors_only() -> None:
    cut = StarterCorpus.load().cut(Reading(issue="hr"), [Period(1964, 1964), Period(1992, 1999), Period(2000, 2020)])
    each = [rank_partners(cut.partners(k, "VNM"), cut.seated(k, "VNM")).median for k in range(3)]
    assert list(medians(cut, "VNM")) == each
    assert each[0] is None
    assert each[2] is not None
    with pytest.raises(RollCallsMissing):
        medians(cut, "BRA")
